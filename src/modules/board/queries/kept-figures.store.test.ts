import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDays } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { foldAll, foldOnce } from '../../indicator/index.ts'
import { loadDirectory, loadOrganisationData } from '../../organisation/index.ts'
import type { BoardQuestion } from '../rules/question.ts'
import { KeptFigures } from './kept-figures.ts'
import { boardOf, readBoard, readKeptFigures } from './read-board.ts'

const { db, province, owner } = await testDatabase()
const now = Temporal.Instant.from('2025-11-20T03:00:00Z')
const TODAY = '2025-11-20'
await loadOrganisationData({ db, clock: () => now }, province)
const directory = await db.read(province, loadDirectory)

/** Commits one line of counts on a day. */
const count = (agencyCode: string, day: string, values: [number, number][]): Promise<void> =>
  db.write(province, (tx) =>
    record(
      { tx, now, actor: { kind: 'system', name: 'test' }, requestId: randomUUID(), command: 'test', id: randomUUID } as unknown as Context,
      {
        events: [{ type: 'test.counted', subject: randomUUID(), data: {} }],
        deltas: [{ agencyCode, day, procedureCode: '1.001193', channel: 'online', values }],
      },
    ),
  )

// The year of the reform: districts until 30 June, communes with other codes from 1 July.
const boards: Pick<BoardQuestion, 'from' | 'to'>[] = [
  { from: '2025-01-01', to: TODAY },
  { from: '2025-11-01', to: TODAY },
  { from: '2025-06-10', to: '2025-07-20' },
  { from: '2024-01-01', to: '2024-12-31' },
]
const codes = ['H12.01', 'H12.31', 'H12.31.01', 'H12.101', 'H12.102', 'H12.164']

test('a live board that reads only the weeks and months that changed shows what a board read anew shows, after every commit and fold', async () => {
  const kept = new KeptFigures()
  let seed = 7
  const pick = (n: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % n
  }
  for (let step = 0; step < 24; step += 1) {
    const what = pick(5)
    if (what === 0) await foldOnce(db, province, 1 + pick(3))
    else if (what === 1) await foldAll(db, province)
    else {
      const day = pick(3) === 0 ? TODAY : addDays(TODAY, -pick(600))
      // What is corrected is taken away again: counts can go down, and to nothing.
      await count(codes[pick(codes.length)] ?? 'H12.01', day, [
        [1, pick(6) === 0 ? -1 : 1],
        [2, 1],
      ])
    }
    for (const days of boards) {
      const question: BoardQuestion = { ...days, tier: step % 2 ? null : 'commune', rate: 'online_rate' }
      const anew = await db.read(province, (tx) => readBoard(tx, directory, question, TODAY))
      const live = boardOf(await db.read(province, (tx) => readKeptFigures(tx, kept, directory, question, TODAY)), question)
      expect(live).toEqual(anew)
    }
  }
})

test('counts that were set right behind the fold are seen too', async () => {
  const kept = new KeptFigures()
  const question: BoardQuestion = { from: '2025-01-01', to: TODAY, tier: null, rate: 'online_rate' }
  const live = async () => boardOf(await db.read(province, (tx) => readKeptFigures(tx, kept, directory, question, TODAY)), question)
  await count('H12.101', '2025-08-05', [[1, 5]])
  await foldAll(db, province)
  const { received } = (await live()).total
  await owner(
    `update ca_mau.indicator_cell set vals[1] = vals[1] + 3 where agency_code = 'H12.101' and day in ('2025-08-01', '2025-08-05', '2025-07-01')`,
  )
  expect((await live()).total.received).toBe(received + 3)
  await owner('delete from ca_mau.indicator_cell')
  expect((await live()).total.received).toBe(0)
})
