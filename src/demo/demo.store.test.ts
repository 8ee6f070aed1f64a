import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { createAccess } from '../kernel/access/index.ts'
import { readConfig } from '../kernel/config/index.ts'
import { createFiles } from '../kernel/files/index.ts'
import { measureSources } from '../measure-sources.ts'
import { stages } from '../modules/dossier/index.ts'
import { foldAll, recount, reportRates } from '../modules/indicator/index.ts'
import { loadDirectory } from '../modules/organisation/index.ts'
import { YEAR_TOTAL } from './ca-mau-2022.ts'
import { type DemoHost, loadDemo } from './load.ts'
import { PRESENT } from './present.ts'

const { db, province } = await testDatabase()
const YEAR = { from: '2022-01-01', to: '2022-12-31' }
const LONG = 300_000

let folder = ''
let host: DemoHost
const seen: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuaso-demo-test-'))
  const files = await createFiles(readConfig({ CUASO_DATA: folder }))
  const clock = () => Temporal.Instant.from('2026-11-18T10:20:00+07:00')
  host = { db, files, clock, access: () => createAccess([], { isWithin: () => false }) }
  // The first load is cut off in the middle of the year, as when the computer is switched off.
  const cut = loadDemo(host, province, (name) => {
    seen.push(name.en)
    return (done) => {
      if (done > 3000 && done < YEAR_TOTAL) throw new Error('cut off')
    }
  })
  await expect(cut).rejects.toThrow('cut off')
  await loadDemo(host, province, () => () => undefined)
}, LONG)
afterAll(() => rm(folder, { recursive: true, force: true }))

const rates = async (by: 'total' | 'tier' | 'agency', period = YEAR) => {
  const { agencies } = await db.read(province, loadDirectory)
  return db.read(province, (tx) => reportRates(tx, agencies, { period, by }))
}

test('the year 2022 comes out of the import as it was published, although the first load was cut off', { timeout: LONG }, async () => {
  const figures = (await rates('tier')).map(({ group, counts, rates: shares }) => [
    group,
    counts.online,
    counts.received,
    shares.digitised_rate,
    shares.payment_rate,
  ])
  expect(figures).toEqual([
    ['province', 24_965, 39_219, '0.5100', '0.0100'],
    ['district', 7_113, 23_487, '0.4000', '0.0097'],
    ['commune', 10_761, 19_309, '0.2600', '0.0000'],
  ])
  const [total] = await rates('total')
  expect([total?.counts.online, total?.counts.received, total?.rates.online_rate]).toEqual([42_839, 82_015, '0.5223'])
})

test('every unit of 2022 has its line, some of them at 0 % online, and the units of a neighbour have none', async () => {
  const lines = await rates('agency')
  expect(lines.filter(({ group }) => !group.startsWith('H12'))).toEqual([])
  expect(lines.filter(({ group }) => /^H12\.3\d(\.\d+)?$/.test(group)).length).toBe(9 + 101)
  expect(lines.filter(({ counts }) => counts.received > 0 && counts.online === 0).length).toBe(9)
})

test('the live present has dossiers in every state, late ones, ones due today, and some that are a demo citizen’s own', async () => {
  const { rows } = await db.read(province, (tx) =>
    sql<{ stage: string; n: number; late: number; today: number; own: number; future: number }>`
      select stage, count(*) as n,
        count(*) filter (where stage <> 'closed' and completed_at is null and due_at < ${host.clock()}::timestamptz) as late,
        count(*) filter (where completed_at is null and (due_at at time zone 'Asia/Ho_Chi_Minh')::date = '2026-11-18') as today,
        count(*) filter (where submitter_id is not null) as own,
        count(*) filter (where greatest(submitted_at, received_at, completed_at, returned_at) > ${host.clock()}::timestamptz) as future
      from dossier where source = ${PRESENT} group by stage`.execute(tx),
  )
  const sum = (of: 'n' | 'late' | 'today' | 'own' | 'future') => rows.reduce((all, row) => all + row[of], 0)
  expect(rows.map(({ stage }) => stage).sort()).toEqual([...stages].sort())
  expect(sum('n')).toBeGreaterThan(600)
  expect(sum('n')).toBeLessThan(1100)
  for (const of of ['late', 'today', 'own'] as const) expect(sum(of)).toBeGreaterThan(5)
  expect(sum('future')).toBe(0)
})

test('figures and event log agree, folded or not', { timeout: LONG }, async () => {
  expect((await recount(host, province, measureSources)).difference).toBe(0)
  await foldAll(db, province)
  expect((await recount(host, province, measureSources)).difference).toBe(0)
})

test('loading again adds nothing', { timeout: LONG }, async () => {
  const count = () => db.read(province, async (tx) => (await sql<{ n: number }>`select count(*) as n from event`.execute(tx)).rows[0]?.n)
  const before = await count()
  await loadDemo(host, province, () => () => undefined)
  expect(await count()).toBe(before)
})
