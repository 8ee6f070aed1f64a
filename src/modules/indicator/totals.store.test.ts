import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { addDays } from '../../kernel/clock.ts'
import { run } from '../../kernel/command.ts'
import { record } from '../../kernel/events.ts'
import { migrationsFolder } from '../../kernel/paths.ts'
import { ok } from '../../kernel/result.ts'
import { byAgency, foldAll, foldOnce, type Group, type Period, readTotals, recount, type UnitVersion } from './index.ts'
import { differingPresence } from './presence.ts'
import { zeroValues } from './rules/counts.ts'

const { db, province, owner } = await testDatabase()
const host = { db, clock: () => Temporal.Now.instant(), access: () => createAccess([], { isWithin: () => false }) }

const unit = (code: string, validFrom = '2021-01-01', validTo: string | null = null): UnitVersion => ({
  code,
  name: code,
  tier: 'commune',
  parentCode: null,
  validFrom,
  validTo,
})
// H12.02 is another place from the middle of February on.
const versions = [unit('H12.01'), unit('H12.02', '2021-01-01', '2022-02-14'), unit('H12.02', '2022-02-15'), unit('H12.03')]

const unchanged = [unit('H12.01'), unit('H12.02'), unit('H12.03')]

interface Filing {
  readonly agency: string
  readonly day: string
  readonly procedure: string
  readonly channel: 'online' | 'counter'
  readonly paid: boolean
}

const measuresOf = (filing: Filing): number[] => [1, ...(filing.channel === 'online' ? [2] : []), ...(filing.paid ? [7] : [])]

/** One transaction that takes some filings away and brings some. */
const commit = (away: readonly Filing[], come: readonly Filing[]) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'count' }, async (cx) => {
    const signed = [...away.map((filing) => [filing, -1] as const), ...come.map((filing) => [filing, 1] as const)]
    const deltas = signed.map(([filing, sign]) => ({
      agencyCode: filing.agency,
      day: filing.day,
      procedureCode: filing.procedure,
      channel: filing.channel,
      values: measuresOf(filing).map((id) => [id, sign] as const),
    }))
    await record(cx, { events: [{ type: 'test.filed', subject: randomUUID(), data: {} }], deltas })
    return ok(null)
  })

const read = async (period: Period, groups: readonly Group[]) =>
  (await db.snapshot(province, (tx) => readTotals(tx, period, groups))).map(({ vals, procedures }) => ({ vals, procedures }))

const within = (group: Group, { agency, day }: Filing): boolean =>
  group.members.some(({ code, first, last }) => code === agency && first <= day && day <= last)

const plain = (filings: readonly Filing[], group: Group) => {
  const own = filings.filter((filing) => within(group, filing))
  const distinct = (some: readonly Filing[]) => new Set(some.map(({ procedure }) => procedure)).size
  const online = own.filter(({ channel }) => channel === 'online')
  const paid = own.filter((filing) => filing.paid)
  const vals = zeroValues()
  vals[0] = own.length
  vals[1] = online.length
  vals[6] = paid.length
  return { vals, procedures: { online: distinct(online), paidOnline: distinct(paid) } }
}

beforeEach(() => owner('truncate ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.indicator_presence, ca_mau.indicator_procedure'))

describe('what a unit counts in a period, and the number of its procedures with an online filing or payment', () => {
  const filing = fc.record({
    agency: fc.constantFrom('H12.01', 'H12.02', 'H12.03'),
    day: fc.integer({ min: 0, max: 100 }).map((n) => addDays('2022-01-05', n)),
    procedure: fc.constantFrom('1.000001', '1.000002', '1.000003', '1.000004'),
    channel: fc.constantFrom('online' as const, 'counter' as const),
    paid: fc.boolean(),
  })

  test('is exact for any period and any units, folded, half folded or pending, also when dossiers are taken back', {
    timeout: 120_000,
  }, async () => {
    const day = fc.integer({ min: 0, max: 110 }).map((n) => addDays('2022-01-01', n))
    const steps = fc.array(fc.tuple(fc.array(filing, { maxLength: 4 }), fc.nat({ max: 3 }), fc.nat({ max: 4 })), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(steps, day, day, async (history, a, b) => {
        await owner('truncate ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.indicator_presence')
        const period = a < b ? { from: a, to: b } : { from: b, to: a }
        let filings: Filing[] = []
        for (const [come, away, folded] of history) {
          const gone = filings.slice(0, away)
          await commit(gone, come)
          filings = [...filings.slice(away), ...come]
          if (folded > 0) await foldOnce(db, province, folded)
          const quarter = { from: '2022-01-01', to: '2022-03-31' }
          for (const [asked, units] of [[period, versions] as const, [quarter, versions] as const, [quarter, unchanged] as const]) {
            const groups = byAgency(units, asked)
            const whole: Group = { key: 'all', name: '', tier: null, validFrom: null, members: groups.flatMap(({ members }) => members) }
            expect(await read(asked, groups)).toEqual(groups.map((group) => plain(filings, group)))
            expect(await read(asked, [whole])).toEqual([plain(filings, whole)])
          }
        }
        expect(await db.read(province, differingPresence)).toBe(0)
        await foldAll(db, province)
        expect(await db.read(province, differingPresence)).toBe(0)
      }),
      { numRuns: 25 },
    )
  })

  test('holds however many procedures there are, and when several fold at once', async () => {
    const many = Array.from({ length: 2500 }, (_none, n) => ({
      agency: 'H12.01',
      day: addDays('2022-01-01', n % 60),
      procedure: `2.${String(n).padStart(6, '0')}`,
      channel: 'online' as const,
      paid: n % 2 === 0,
    }))
    for (let at = 0; at < many.length; at += 500) await commit([], many.slice(at, at + 500))
    await Promise.all(Array.from({ length: 4 }, () => foldAll(db, province, 100)))
    const quarter = { from: '2022-01-01', to: '2022-03-31' }
    const [first] = byAgency([unit('H12.01')], quarter)
    const distinct = async () => (await read(quarter, first ? [first] : [])).map(({ procedures }) => procedures)
    expect(await distinct()).toEqual([{ online: 2500, paidOnline: 1250 }])
    await Promise.all([0, 1, 2].map((part) => commit(many.slice(part * 700, part * 700 + 700), [])))
    expect(await distinct()).toEqual([{ online: 400, paidOnline: 200 }])
    await Promise.all(Array.from({ length: 3 }, () => foldAll(db, province, 100)))
    expect(await distinct()).toEqual([{ online: 400, paidOnline: 200 }])
    expect(await db.read(province, differingPresence)).toBe(0)
  })

  test('is exact for more units than are looked for one by one, some with something pending and some without', async () => {
    const units = Array.from({ length: 30 }, (_none, n) => unit(`H12.${100 + n}`))
    const quarter = { from: '2022-01-01', to: '2022-03-31' }
    const groups = byAgency(units, quarter)
    const filings = Array.from({ length: 300 }, (_none, n) => ({
      agency: `H12.${100 + (n % 29)}`,
      day: addDays('2022-01-05', n % 80),
      procedure: `1.00000${n % 7}`,
      channel: n % 3 === 0 ? ('counter' as const) : ('online' as const),
      paid: n % 4 === 0,
    }))
    await commit([], filings.slice(0, 200))
    await foldAll(db, province)
    expect(await read(quarter, groups)).toEqual(groups.map((group) => plain(filings.slice(0, 200), group)))
    await commit(filings.slice(0, 40), filings.slice(200, 210))
    expect(await read(quarter, groups)).toEqual(groups.map((group) => plain(filings.slice(40, 210), group)))
    await foldAll(db, province)
    await commit([], filings.slice(210))
    expect(await read(quarter, groups)).toEqual(groups.map((group) => plain(filings.slice(40), group)))
  })

  test('was kept for what had been counted before there were sets', async () => {
    const filings = Array.from({ length: 40 }, (_none, n) => ({
      agency: n % 3 === 0 ? 'H12.01' : 'H12.03',
      day: addDays('2022-01-05', n * 5),
      procedure: `1.${String((n * 7) % 31).padStart(6, '0')}`,
      channel: n % 4 === 0 ? ('counter' as const) : ('online' as const),
      paid: n % 5 === 0,
    }))
    await commit([], filings)
    await foldAll(db, province)
    await owner('truncate ca_mau.indicator_presence, ca_mau.indicator_procedure')
    const migration = await readFile(join(migrationsFolder, 'province', '0044_scores.sql'), 'utf8')
    const [filling = ''] = /^insert into indicator_procedure[\s\S]*?(?=^-- What a pending)/m.exec(migration) ?? []
    await owner(`begin; set local search_path to ca_mau, shared, public; ${filling} commit`)
    expect(await db.read(province, differingPresence)).toBe(0)
    // Two units in seven months and three quarters.
    expect(await owner('select count(*)::int as n from ca_mau.indicator_presence')).toEqual([{ n: 20 }])
  })

  test('is counted again with everything else: a set that was changed by hand is found and put right', async () => {
    await commit([], [{ agency: 'H12.01', day: '2022-01-05', procedure: '1.000001', channel: 'online', paid: true }])
    await foldAll(db, province)
    await owner(`update ca_mau.indicator_presence set online = ''`)
    const source = { types: ['test.filed'], part: 'facts', factsOf: () => null }
    expect((await recount(host, province, [source])).difference).toBe(5)
    expect(await recount(host, province, [source], { repair: true })).toMatchObject({ difference: 5, repaired: true })
    expect((await recount(host, province, [source])).difference).toBe(0)
  })

  test('of no units, or of no days, is nothing', async () => {
    const quarter = { from: '2022-01-01', to: '2022-03-31' }
    expect(await read(quarter, [])).toEqual([])
    const groups = byAgency(versions, quarter)
    const none = { vals: zeroValues(), procedures: { online: 0, paidOnline: 0 } }
    expect(await read({ from: '2022-02-01', to: '2022-01-01' }, groups.slice(0, 1))).toEqual([none])
    expect(await read(quarter, groups.slice(0, 1))).toEqual([none])
  })
})
