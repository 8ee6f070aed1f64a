import fc from 'fast-check'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { addDays } from '../../kernel/clock.ts'
import { run } from '../../kernel/command.ts'
import type { Delta } from '../../kernel/events.ts'
import { record } from '../../kernel/events.ts'
import { ok } from '../../kernel/result.ts'
import { foldAll, foldOnce, indicatorFeed, pendingDeltas, readCounts, readLines, recount, reportRates, type UnitVersion } from './index.ts'

const { db, province, owner } = await testDatabase()
const clock = () => Temporal.Now.instant()
const host = { db, clock, access: () => createAccess([], { isWithin: () => false }) }
const source = { types: ['dossier.counted'], deltasOf: (event: { data: Record<string, unknown> }) => event.data.deltas as Delta[] }

const versions: UnitVersion[] = [
  { code: 'H12', name: 'UBND tỉnh', tier: 'province', parentCode: null, validFrom: '2021-01-01', validTo: null },
  { code: 'H12.09', name: 'Sở Nông nghiệp', tier: 'province', parentCode: 'H12', validFrom: '2021-01-01', validTo: '2022-02-14' },
  { code: 'H12.09', name: 'Sở khác', tier: 'province', parentCode: 'H12', validFrom: '2022-02-15', validTo: null },
  { code: 'H12.31', name: 'Huyện', tier: 'district', parentCode: 'H12', validFrom: '2021-01-01', validTo: null },
  { code: 'H12.31.01', name: 'Xã', tier: 'commune', parentCode: 'H12.31', validFrom: '2021-01-01', validTo: null },
]

/** One business transaction that counts something. */
const commit = (deltas: Delta[]) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'count' }, async (cx) => {
    await record(cx, { events: [{ type: 'dossier.counted', subject: cx.id(), data: { deltas } }], deltas })
    return ok(null)
  })

const delta = fc.record({
  agencyCode: fc.constantFrom('H12.09', 'H12.31', 'H12.31.01'),
  day: fc.integer({ min: 0, max: 70 }).map((n) => addDays('2022-01-05', n)),
  procedureCode: fc.constantFrom('1.001193', '2.000815'),
  channel: fc.constantFrom('online' as const, 'counter' as const, 'post' as const),
  values: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: -1, max: 3 })), {
    maxLength: 5,
    selector: ([id]) => id,
  }),
})

/** What any reader must see: sums over the history by plain addition. */
function expected(history: Delta[], from: string, to: string, agency: (code: string, day: string) => boolean): number {
  return history
    .filter((one) => one.day >= from && one.day <= to && agency(one.agencyCode, one.day))
    .flatMap((one) => one.values.filter(([id]) => id === 1).map(([, value]) => value))
    .reduce((a, b) => a + b, 0)
}

beforeEach(async () => {
  await owner('truncate ca_mau.event, ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.request_log')
})

describe('figures', () => {
  test('are exact whether the fold has run, half run or not run at all', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(delta, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 9 }),
        async (history, a, b, batch) => {
          await owner('truncate ca_mau.event, ca_mau.indicator_delta, ca_mau.indicator_cell')
          const [from, to] = [addDays('2022-01-01', Math.min(a, b)), addDays('2022-01-01', Math.max(a, b))]
          await commit(history)
          const check = async () => {
            const total = await db.read(province, (tx) => readCounts(tx, { from, to }))
            expect(total.received).toBe(expected(history, from, to, () => true))
            const lines = await db.read(province, (tx) => reportRates(tx, versions, { period: { from, to }, by: 'agency' }))
            for (const line of lines) {
              const version = versions.find((one) => one.code === line.group && one.validFrom === line.validFrom)
              const inForce = (code: string, day: string) =>
                code === line.group && day >= (version?.validFrom ?? '') && day <= (version?.validTo ?? '9')
              expect(line.counts.received).toBe(expected(history, from, to, inForce))
            }
            const weeks = await db.read(province, (tx) => readLines(tx, { period: { from, to }, by: { series: 'week', channel: true } }))
            expect(weeks.reduce((n, line) => n + line.counts.received, 0)).toBe(expected(history, from, to, () => true))
          }
          await check()
          await foldOnce(db, province, batch)
          await check()
          await foldAll(db, province, batch)
          await check()
          expect(await pendingDeltas(db, province)).toBe(0)
          expect((await recount(host, province, [source])).difference).toBe(0)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('stay exact while several folders work at once and people keep filing', { timeout: 60_000 }, async () => {
    const history = fc.sample(delta, { numRuns: 300, seed: 7 }).map((one) => ({ ...one, values: [[1, 1] as const] }))
    let committed = 0
    let filing = true
    const file = async () => {
      for (const one of history) {
        await commit([one])
        committed += 1
      }
    }
    const folder = async () => {
      while (filing) await foldOnce(db, province, 7)
    }
    const reader = async () => {
      while (filing) {
        const before = committed
        const { received } = await db.read(province, (tx) => readCounts(tx, { from: '2022-01-01', to: '2022-12-31' }))
        expect(received).toBeGreaterThanOrEqual(before)
        // At most the one transaction that has committed and not yet been told.
        expect(received).toBeLessThanOrEqual(committed + 1)
      }
    }
    const others = [folder(), folder(), folder(), reader()]
    await file()
    filing = false
    await Promise.all(others)
    await foldAll(db, province)
    expect((await recount(host, province, [source])).difference).toBe(0)
  })

  test('lose nothing when the fold dies in the middle of its transaction', async () => {
    await commit([{ agencyCode: 'H12.31', day: '2022-03-01', procedureCode: '1.001193', channel: 'online', values: [[1, 1]] }])
    const client = await db.pool(province).connect()
    await client.query('begin; delete from indicator_delta')
    // The connection is cut, as when the process is killed.
    client.release(new Error('killed'))
    expect((await db.read(province, (tx) => readCounts(tx, { from: '2022-01-01', to: '2022-12-31' }))).received).toBe(1)
    expect(await foldAll(db, province)).toBe(1)
  })

  test('of an agency that no unit list knows are shown, not lost', async () => {
    await commit([{ agencyCode: 'H99', day: '2022-03-01', procedureCode: '1.001193', channel: 'online', values: [[1, 2]] }])
    const lines = await db.read(province, (tx) =>
      reportRates(tx, versions, { period: { from: '2022-01-01', to: '2022-12-31' }, by: 'tier' }),
    )
    expect(lines.map(({ group, counts }) => [group, counts.received])).toContainEqual(['unknown', 2])
  })
})

describe('a recount', () => {
  const one: Delta = { agencyCode: 'H12.31', day: '2022-03-01', procedureCode: '1.001193', channel: 'online', values: [[1, 1]] }

  test('finds what someone changed behind the log, and repairs it when asked', async () => {
    await commit([one])
    await commit([one])
    await foldAll(db, province)
    await db.write(province, (tx) => sql`update indicator_cell set vals[1] = 5 where grain in ('day_detail', 'month')`.execute(tx))
    const found = await recount(host, province, [source])
    expect(found.difference).toBeGreaterThan(0)
    expect(found.differing).toContainEqual({
      agencyCode: 'H12.31',
      day: '2022-03-01',
      procedureCode: '1.001193',
      channel: 'online',
      measure: 1,
      counted: 2,
      shown: 5,
    })
    expect((await recount(host, province, [source], { repair: true })).repaired).toBe(true)
    await commit([one])
    expect((await recount(host, province, [source])).difference).toBe(0)
    expect((await db.read(province, (tx) => readCounts(tx, { from: '2022-01-01', to: '2022-12-31' }))).received).toBe(3)
  })

  test('as of an instant counts what had happened by then, and still differs by 0', async () => {
    await commit([one])
    const between = clock()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await commit([one])
    const report = await recount(host, province, [source], { asOf: between })
    expect([report.difference, report.figures.received, report.events]).toEqual([0, 1, 1])
  })
})

describe('the feed', () => {
  test('tells a listener within a second, once for many changes, even when a commit comes late', async () => {
    const feed = indicatorFeed({ db, province, log: { debug: () => undefined } as never }, 50)
    let told = 0
    const stop = feed.subscribe(() => {
      told += 1
    })
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(told).toBe(0)
    // Begins first, commits last: its number is smaller than what has been seen already.
    const slow = await db.pool(province).connect()
    const one: Delta = { agencyCode: 'H12.31', day: '2022-03-01', procedureCode: '1.001193', channel: 'online', values: [[1, 1]] }
    await slow.query('begin')
    await slow.query(`insert into event (at, type, subject, actor, data) values (now(), 'x', gen_random_uuid(), '{}', '{}')`)
    await Promise.all(Array.from({ length: 10 }, () => commit([one])))
    await expect.poll(() => told, { timeout: 1000 }).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const before = told
    expect(before).toBeLessThanOrEqual(4)
    await slow.query('commit')
    slow.release()
    await expect.poll(() => told, { timeout: 1000 }).toBe(before + 1)
    stop()
    await commit([one])
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(told).toBe(before + 1)
    feed.stop()
  })
})
