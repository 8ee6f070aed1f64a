import { randomUUID } from 'node:crypto'
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
import {
  byAgency,
  byTier,
  type Facts,
  foldAll,
  foldOnce,
  indicatorFeed,
  type MeasureSource,
  pendingDeltas,
  readCounts,
  readLines,
  readYears,
  recount,
  reportRates,
  type UnitVersion,
} from './index.ts'

const { db, province, owner } = await testDatabase()
const clock = () => Temporal.Now.instant()
const host = { db, clock, access: () => createAccess([], { isWithin: () => false }) }

const versions: UnitVersion[] = [
  { code: 'H12', name: 'UBND tỉnh', tier: 'province', parentCode: null, validFrom: '2021-01-01', validTo: null },
  { code: 'H12.09', name: 'Sở Nông nghiệp', tier: 'province', parentCode: 'H12', validFrom: '2021-01-01', validTo: '2022-02-14' },
  { code: 'H12.09', name: 'Sở khác', tier: 'province', parentCode: 'H12', validFrom: '2022-02-15', validTo: null },
  { code: 'H12.31', name: 'Huyện', tier: 'district', parentCode: 'H12', validFrom: '2021-01-01', validTo: null },
  { code: 'H12.31.01', name: 'Xã', tier: 'commune', parentCode: 'H12.31', validFrom: '2021-01-01', validTo: null },
]

const source: MeasureSource = { types: ['dossier.counted'], part: 'facts', factsOf: (part) => part as Facts | null }

const signed = (facts: Facts | null, sign: 1 | -1): Delta[] =>
  facts
    ? [
        {
          agencyCode: facts.agency,
          day: facts.day,
          procedureCode: facts.procedure,
          channel: facts.channel,
          values: facts.in.map((id) => [id, sign] as const),
        },
      ]
    : []

const stands = new Map<string, Facts | null>()

/** One business transaction: from now on the dossier counts for this. */
const commit = (facts: Facts | null, subject: string = randomUUID()) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'count' }, async (cx) => {
    const deltas = [...signed(stands.get(subject) ?? null, -1), ...signed(facts, 1)]
    await record(cx, { events: [{ type: 'dossier.counted', subject, data: { facts } }], deltas })
    stands.set(subject, facts)
    return ok(null)
  })

const anyFacts = fc.record({
  agency: fc.constantFrom('H12.09', 'H12.31', 'H12.31.01'),
  day: fc.integer({ min: 0, max: 70 }).map((n) => addDays('2022-01-05', n)),
  procedure: fc.constantFrom('1.001193', '2.000815'),
  channel: fc.constantFrom('online' as const, 'counter' as const, 'post' as const),
  in: fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { minLength: 1 }),
})
const history = fc.array(fc.record({ dossier: fc.integer({ min: 0, max: 5 }), facts: fc.option(anyFacts) }), {
  minLength: 1,
  maxLength: 16,
})

/** What any reader must see: plain counting of how every dossier stands. */
const expected = (from: string, to: string, agency: (code: string, day: string) => boolean = () => true): number =>
  [...stands.values()].filter((facts) => facts?.in.includes(1) && facts.day >= from && facts.day <= to && agency(facts.agency, facts.day))
    .length

const one: Facts = { agency: 'H12.31', day: '2022-03-01', procedure: '1.001193', channel: 'online', in: [1] }
const year = { from: '2022-01-01', to: '2022-12-31' }
const empty = async () => {
  stands.clear()
  await owner('truncate ca_mau.event, ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.indicator_presence, ca_mau.request_log')
}

beforeEach(empty)

describe('figures', () => {
  test('are exact whether the fold has run, half run or not run at all', { timeout: 120_000 }, async () => {
    const day = fc.integer({ min: 0, max: 80 }).map((n) => addDays('2022-01-01', n))
    await fc.assert(
      fc.asyncProperty(history, day, day, fc.integer({ min: 1, max: 9 }), async (steps, a, b, batch) => {
        await empty()
        const period = a < b ? { from: a, to: b } : { from: b, to: a }
        const { from, to } = period
        const ids = Array.from({ length: 6 }, () => randomUUID())
        const check = async () => {
          expect((await db.read(province, (tx) => readCounts(tx, period))).received).toBe(expected(from, to))
          const lines = await db.read(province, (tx) => reportRates(tx, versions, { period, by: 'agency' }))
          for (const line of lines) {
            const unit = versions.find((version) => version.code === line.group && version.validFrom === line.validFrom)
            const inForce = (code: string, on: string) =>
              code === line.group && on >= (unit?.validFrom ?? '') && on <= (unit?.validTo ?? '9')
            expect(line.counts.received).toBe(expected(from, to, inForce))
          }
          const [district] = byAgency(
            versions.filter(({ code }) => code === 'H12.31'),
            period,
          )
          const own = await db.read(province, (tx) => readCounts(tx, period, district))
          expect(own.received).toBe(expected(from, to, (code) => code === 'H12.31'))
          const weeks = await db.read(province, (tx) => readLines(tx, { period, by: { series: 'week', channel: true } }))
          expect(weeks.reduce((n, line) => n + line.counts.received, 0)).toBe(expected(from, to))
          const one = await db.read(province, (tx) =>
            readLines(tx, { period, groups: byTier(versions, period), procedureCode: '1.001193' }),
          )
          expect(one.reduce((n, line) => n + line.counts.received, 0)).toBe(
            [...stands.values()].filter((f) => f?.procedure === '1.001193' && f.in.includes(1) && f.day >= from && f.day <= to).length,
          )
        }
        for (const step of steps) await commit(step.facts, ids[step.dossier])
        await check()
        await foldOnce(db, province, batch)
        await check()
        await foldAll(db, province, batch)
        await check()
        expect(await pendingDeltas(db, province)).toBe(0)
        expect((await recount(host, province, [source])).difference).toBe(0)
      }),
      { numRuns: 20 },
    )
  })

  test('are known by their years, whether folded or still waiting; a year without a dossier is none', async () => {
    for (const day of ['2019-12-31', '2022-01-01', '2022-12-31']) await commit({ ...one, day })
    await foldAll(db, province, 100)
    await commit({ ...one, day: '2025-06-01' })
    expect(await db.read(province, readYears)).toEqual([2025, 2022, 2019])
    await empty()
    expect(await db.read(province, readYears)).toEqual([])
  })

  test('stay exact while several folders work at once and people keep filing', { timeout: 60_000 }, async () => {
    let committed = 0
    let filing = true
    const file = async () => {
      for (const facts of fc.sample(anyFacts, { numRuns: 300, seed: 7 })) {
        await commit({ ...facts, in: [1] })
        committed += 1
      }
    }
    const folder = async () => {
      while (filing) await foldOnce(db, province, 7)
    }
    const reader = async () => {
      while (filing) {
        const before = committed
        const { received } = await db.read(province, (tx) => readCounts(tx, year))
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
    await commit(one)
    const client = await db.pool(province).connect()
    await client.query('begin; delete from indicator_delta')
    // The connection is cut, as when the process is killed.
    client.release(new Error('killed'))
    expect((await db.read(province, (tx) => readCounts(tx, year))).received).toBe(1)
    expect(await foldAll(db, province)).toBe(1)
  })

  test('of an agency that no unit list knows are shown, not lost', async () => {
    await commit({ ...one, agency: 'H99' })
    const lines = await db.read(province, (tx) => reportRates(tx, versions, { period: year, by: 'tier' }))
    expect(lines.map(({ group, counts }) => [group, counts.received])).toContainEqual(['unknown', 1])
  })
})

describe('a recount', () => {
  test('finds what someone changed behind the log, and repairs it when asked', async () => {
    await commit(one)
    await commit(one)
    await foldAll(db, province)
    await db.write(province, (tx) => sql`update indicator_cell set vals[1] = 5 where grain in ('day_detail', 'month')`.execute(tx))
    const found = await recount(host, province, [source])
    const place = { agencyCode: one.agency, day: one.day, procedureCode: one.procedure, channel: one.channel }
    expect(found.differing).toContainEqual({ ...place, measure: 1, counted: 2, shown: 5 })
    expect((await recount(host, province, [source], { repair: true })).repaired).toBe(true)
    await commit(one)
    expect((await recount(host, province, [source])).difference).toBe(0)
    expect((await db.read(province, (tx) => readCounts(tx, year))).received).toBe(3)
  })

  test('finds a detailed cell that belongs to no channel: readers count it', async () => {
    await commit(one)
    await foldAll(db, province)
    await owner(
      `insert into ca_mau.indicator_cell (grain, day, agency_code, procedure_code, channel, vals) values ('day_detail', $1, $2, $3, '', '{7}')`,
      [one.day, one.agency, one.procedure],
    )
    expect((await recount(host, province, [source])).difference).toBeGreaterThan(0)
    expect((await recount(host, province, [source], { repair: true })).repaired).toBe(true)
    expect((await recount(host, province, [source])).difference).toBe(0)
  })

  test('repairs while a fold is under way: neither is the end of the other', { timeout: 30_000 }, async () => {
    await commit(one)
    await foldAll(db, province)
    await db.write(province, (tx) => sql`update indicator_cell set vals[1] = 5`.execute(tx))
    let repair: Promise<unknown> | undefined
    const fold = db.write(province, async (tx) => {
      // As far as a fold comes before it takes the sets in hand.
      await sql`update indicator_cell set vals = vals`.execute(tx)
      repair = recount(host, province, [source], { repair: true })
      repair.catch(() => undefined)
      for (let waiting = 0; waiting === 0; ) {
        const [row] = await owner(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        waiting = Number(row?.n)
      }
      await sql`lock table indicator_presence in share row exclusive mode`.execute(tx)
    })
    await expect(fold).resolves.toBeUndefined()
    await expect(repair).resolves.toMatchObject({ repaired: true })
    expect((await recount(host, province, [source])).difference).toBe(0)
  })

  test('as of an instant counts what had happened by then, and still differs by 0', async () => {
    const id = randomUUID()
    await commit(one, id)
    const between = clock()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await commit({ ...one, in: [1, 4] }, id)
    await commit(one)
    const report = await recount(host, province, [source], { asOf: between })
    expect([report.difference, report.figures.received, report.figures.finished, report.events]).toEqual([0, 1, 0, 1])
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
    // The first look says that it has looked; nothing else has happened.
    expect(told).toBe(1)
    // Begins first, commits last: its number is smaller than what has been seen already.
    const slow = await db.pool(province).connect()
    await slow.query('begin')
    await slow.query(`insert into event (at, type, subject, actor, data) values (now(), 'x', gen_random_uuid(), '{}', '{}')`)
    await Promise.all(Array.from({ length: 10 }, () => commit(one)))
    await expect.poll(() => told, { timeout: 1000 }).toBeGreaterThan(1)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const before = told
    expect(before).toBeLessThanOrEqual(5)
    await slow.query('commit')
    slow.release()
    await expect.poll(() => told, { timeout: 1000 }).toBe(before + 1)
    stop()
    await commit(one)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(told).toBe(before + 1)
    feed.stop()
  })
})
