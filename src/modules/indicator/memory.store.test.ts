import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { addDays } from '../../kernel/clock.ts'
import { run } from '../../kernel/command.ts'
import { openDatabase, type Snapshot, sql } from '../../kernel/database/index.ts'
import { createProvince } from '../../kernel/database/migrate.ts'
import { record } from '../../kernel/events.ts'
import { migrationsFolder } from '../../kernel/paths.ts'
import { ok } from '../../kernel/result.ts'
import { byAgency, foldAll, foldOnce, type Period, readTotals, recount, type UnitVersion } from './index.ts'
import { DELTAS, memoryOf } from './memory.ts'
import { zeroValues } from './rules/counts.ts'

const { db, province, owner, ownerUrl, appUrl } = await testDatabase()
const host = { db, clock: () => Temporal.Now.instant(), access: () => createAccess([], { isWithin: () => false }) }

/** More than are looked for one by one: of so many what was read is remembered. */
const UNITS = 10
const units: UnitVersion[] = Array.from({ length: UNITS }, (_none, n) => ({
  ...{ code: `H12.${10 + n}`, name: `${n}`, tier: 'commune' as const, parentCode: null },
  ...{ validFrom: '2021-01-01', validTo: null },
}))
const quarter: Period = { from: '2022-01-01', to: '2022-03-31' }
/** In which days are counted one by one, and months of which one unit becomes another place. */
const odd: Period = { from: '2022-01-20', to: '2022-03-10' }
const parted: UnitVersion[] = [
  { ...(units[0] as UnitVersion), validTo: '2022-02-14' },
  { ...(units[0] as UnitVersion), name: 'another place', validFrom: '2022-02-15' },
  ...units.slice(1),
]
const questions = [
  [quarter, units],
  [odd, units],
  [quarter, parted],
] as const

interface Filing {
  readonly unit: number
  readonly day: number
  readonly procedure: number
  readonly online: boolean
  readonly paid: boolean
}

const filing: fc.Arbitrary<Filing> = fc.record({
  unit: fc.nat({ max: UNITS - 1 }),
  day: fc.nat({ max: 85 }),
  procedure: fc.nat({ max: 3 }),
  online: fc.boolean(),
  paid: fc.boolean(),
})

const rowOf = ({ unit, day, procedure, online, paid }: Filing, sign: 1 | -1) => ({
  agencyCode: `H12.${10 + unit}`,
  day: addDays('2022-01-03', day),
  procedureCode: `1.00000${procedure}`,
  channel: online ? ('online' as const) : ('counter' as const),
  values: [1, ...(online ? [2] : []), ...(paid ? [7] : [])].map((id) => [id, sign] as const),
})

const commit = (away: readonly Filing[], come: readonly Filing[]) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'count' }, async (cx) => {
    const deltas = [...away.map((one) => rowOf(one, -1)), ...come.map((one) => rowOf(one, 1))]
    await record(cx, { events: [{ type: 'test.filed', subject: randomUUID(), data: {} }], deltas })
    return ok(null)
  })

/** What filings come to, counted one by one. */
function plain(filings: readonly Filing[]) {
  return questions.map(([period, versions]) =>
    byAgency(versions, period).map(({ members }) => {
      const own = filings
        .map((one) => ({ ...one, ...rowOf(one, 1) }))
        .filter(({ agencyCode, day }) => members.some(({ code, first, last }) => code === agencyCode && first <= day && day <= last))
      const distinct = (some: typeof own) => new Set(some.map(({ procedure }) => procedure)).size
      const vals = zeroValues()
      vals[0] = own.length
      vals[1] = own.filter(({ online }) => online).length
      vals[6] = own.filter(({ paid }) => paid).length
      const procedures = { online: distinct(own.filter(({ online }) => online)), paidOnline: distinct(own.filter(({ paid }) => paid)) }
      return { vals, procedures }
    }),
  )
}

const readAll = async (tx: Snapshot) => {
  const answers = []
  for (const [period, versions] of questions) {
    const totals = await readTotals(tx, period, byAgency(versions, period))
    answers.push(totals.map(({ vals, procedures }) => ({ vals: [...vals], procedures })))
  }
  return answers
}

/** Something that was begun and ends when it is told to. */
interface Held<T> {
  readonly value: T
  end(): Promise<void>
}

function hold<T>(begin: (held: (value: T) => Promise<void>) => Promise<void>): Promise<Held<T>> {
  return new Promise((resolve, reject) => {
    const ended = Promise.withResolvers<void>()
    const over = begin(async (value) => {
      resolve({
        value,
        end: () => {
          ended.resolve()
          return over
        },
      })
      await ended.promise
    })
    over.catch(reject)
  })
}

const holdSnapshot = () =>
  hold<Snapshot>((held) =>
    db.snapshot(province, async (tx) => {
      await sql`select 1`.execute(tx)
      await held(tx)
    }),
  )

/** A transaction that has written and is not over. */
const holdWrite = (come: readonly Filing[]) =>
  hold<readonly Filing[]>((held) =>
    db.write(province, async (tx) => {
      for (const one of come) {
        const { agencyCode, day, procedureCode, channel, values } = rowOf(one, 1)
        const counts = values.map(([id]) => id).join(' ')
        await sql`insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
          values (${agencyCode}, ${day}, ${procedureCode}, ${channel}, ${counts})`.execute(tx)
      }
      await held(come)
    }),
  )

beforeEach(() => owner('truncate ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.indicator_presence, ca_mau.indicator_procedure'))

describe('what a process remembers between two folds', () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('commit' as const), come: fc.array(filing, { maxLength: 4 }), away: fc.nat({ max: 2 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('fold' as const), batch: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('begin to read' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('read where begun' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('begin to write' as const), come: fc.array(filing, { minLength: 1, maxLength: 3 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('end a write' as const) }) },
  )

  test('never shows: whatever is written, folded and read in whatever order, every snapshot sees exactly its own moment', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        await owner('truncate ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.indicator_presence, ca_mau.indicator_procedure')
        let filings: readonly Filing[] = []
        const snapshots: { held: Held<Snapshot>; seen: readonly Filing[] }[] = []
        const writes: Held<readonly Filing[]>[] = []
        try {
          for (const step of steps) {
            if (step.do === 'commit') {
              await commit(filings.slice(0, step.away), step.come)
              filings = [...filings.slice(step.away), ...step.come]
            } else if (step.do === 'fold') await foldOnce(db, province, step.batch)
            else if (step.do === 'read') expect(await db.snapshot(province, readAll)).toEqual(plain(filings))
            else if (step.do === 'begin to read' && snapshots.length < 2) snapshots.push({ held: await holdSnapshot(), seen: filings })
            else if (step.do === 'read where begun') {
              const [one] = snapshots
              if (one) expect(await readAll(one.held.value)).toEqual(plain(one.seen))
            } else if (step.do === 'begin to write' && writes.length < 2) writes.push(await holdWrite(step.come))
            else if (step.do === 'end a write') {
              const one = writes.shift()
              await one?.end()
              filings = [...filings, ...(one?.value ?? [])]
            }
          }
          for (const { held, seen } of snapshots) expect(await readAll(held.value)).toEqual(plain(seen))
        } finally {
          for (const one of [...snapshots.map(({ held }) => held), ...writes]) await one.end()
        }
        filings = [...filings, ...writes.flatMap(({ value }) => value)]
        expect(await db.snapshot(province, readAll)).toEqual(plain(filings))
      }),
      { numRuns: 25 },
    )
  })

  test('holds for many readers at once while others write and fold: each agrees with what is read unit by unit in its snapshot', {
    timeout: 60_000,
  }, async () => {
    const second = openDatabase({ url: appUrl, max: 4 })
    const drawn = fc.sample(filing, { numRuns: 240, seed: 7 })
    let over = false
    const writer = (async () => {
      for (let at = 0; at < drawn.length; at += 3)
        await commit(drawn.slice(Math.max(0, at - 30), Math.max(0, at - 29)), drawn.slice(at, at + 3))
      over = true
    })()
    const folder = (async () => {
      while (!over) {
        await foldOnce(second, province, 4)
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
    })()
    const groups = byAgency(units, quarter)
    let read = 0
    const reader = async (from: typeof db) => {
      while (!over) {
        await from.snapshot(province, async (tx) => {
          const all = await readTotals(tx, quarter, groups)
          const each = []
          for (const group of groups) each.push(...(await readTotals(tx, quarter, [group])))
          expect(all).toEqual(each)
        })
        read += 1
      }
    }
    await Promise.all([writer, folder, ...[db, db, db, second, second].map(reader)])
    await second.close()
    expect(read).toBeGreaterThan(10)
  })

  test('that another reader has gone on with meanwhile is left to him: whoever asked before and is answered later sees his own moment', async () => {
    const [first, second, third] = [0, 1, 2].map((day) => ({ unit: 1, day, procedure: day, online: true, paid: false })) as [
      Filing,
      Filing,
      Filing,
    ]
    await commit([], [first])
    await db.snapshot(province, readAll)
    await commit([], [second])
    const early = await holdSnapshot()
    await commit([], [third])
    const groups = byAgency(units, quarter)
    try {
      const waits = sql`select pg_sleep(0.1)`.execute(early.value)
      const answeredLater = readTotals(early.value, quarter, groups)
      expect((await db.snapshot(province, (tx) => readTotals(tx, quarter, groups)))[1]?.vals[0]).toBe(3)
      await waits
      expect((await answeredLater)[1]).toEqual({ vals: plain([first, second])[0]?.[1]?.vals, procedures: { online: 2, paidOnline: 0 } })
    } finally {
      await early.end()
    }
    expect(await db.snapshot(province, readAll)).toEqual(plain([first, second, third]))
  })

  test('is forgotten when figures are counted again, changed by hand or emptied', async () => {
    const one = { unit: 1, day: 3, procedure: 1, online: true, paid: true }
    const read = () => db.snapshot(province, readAll)
    await commit([], [one])
    await foldAll(db, province)
    expect(await read()).toEqual(plain([one]))
    await owner('update ca_mau.indicator_cell set vals[1] = 5')
    expect((await read())[0]?.[1]?.vals[0]).toBe(5)
    const source = { types: ['test.filed'], part: 'facts', factsOf: () => null }
    await recount(host, province, [source], { repair: true })
    expect(await read()).toEqual(plain([]))
    await commit([], [one])
    expect(await read()).toEqual(plain([one]))
    await owner(`update ca_mau.indicator_delta set counts = '1=3'`)
    expect((await read())[0]?.[1]?.vals[0]).toBe(3)
    await owner('truncate ca_mau.indicator_delta')
    expect(await read()).toEqual(plain([]))
  })

  test('is never taken for what stands in tables that were made anew: those begin with a note', async () => {
    const options = { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
    await createProvince(options, { slug: 'bac-lieu', name: 'Tỉnh Bạc Liêu', code: '95' })
    expect(await owner('select count(*)::int as n from bac_lieu.indicator_folded')).toEqual([{ n: 1 }])
  })

  test('is not kept of a queue so long that the fold must be standing still, and the figures are right all the same', {
    timeout: 60_000,
  }, async () => {
    const more = (n: number) =>
      owner(`insert into ca_mau.indicator_delta (agency_code, day, procedure_code, channel, counts)
        select 'H12.1' || i % 10, date '2022-01-03' + i % 80, '1.00000' || i % 4, 'online', '1 2' from generate_series(1, ${n}) i`)
    const received = () =>
      db.snapshot(province, async (tx) => {
        const totals = await readTotals(tx, quarter, byAgency(units, quarter))
        return totals.reduce((sum, { vals }) => sum + (vals[0] ?? 0), 0)
      })
    const counts: number[] = []
    let added = 0
    for (const n of [DELTAS - 5, 3, 3, 3, 3]) {
      await more(n)
      added += n
      counts.push((await received()) - added, (await received()) - added)
    }
    expect(counts.every((off) => off === 0)).toBe(true)
    expect(await db.snapshot(province, async (tx) => memoryOf(tx))).toMatchObject({ tooMuch: true })
    await owner('truncate ca_mau.indicator_delta')
    await commit([], [{ unit: 1, day: 3, procedure: 1, online: true, paid: true }])
    for (let i = 0; i < 3; i += 1) expect(await received()).toBe(1)
    expect((await db.snapshot(province, async (tx) => memoryOf(tx)))?.epoch?.waiting.length).toBe(1)
  })

  test('is kept while a fold finds nothing: an idle worker writes nothing down', async () => {
    const marks = () => owner('select tx::text from ca_mau.indicator_folded')
    await commit([], [{ unit: 1, day: 3, procedure: 1, online: true, paid: true }])
    await foldAll(db, province)
    const before = await marks()
    // The last always; older ones as long as any transaction of the server could have begun before them.
    expect(before.length).toBeGreaterThan(0)
    for (let i = 0; i < 3; i += 1) expect(await foldOnce(db, province)).toBe(0)
    expect(await marks()).toEqual(before)
  })
})
