import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { access, dossierLine, furnish, officer, open, reportedLine } from '../../../test/support/past.ts'
import { run } from '../../kernel/command.ts'
import { record } from '../../kernel/events.ts'
import { ok } from '../../kernel/result.ts'
import { measureSources } from '../../measure-sources.ts'
import { filePetition, withdrawPetition } from '../feedback/index.ts'
import { byAgency, foldAll, foldOnce, type Period, recount } from '../indicator/index.ts'
import { loadDirectory, type OrganisationDirectory } from '../organisation/index.ts'
import type { ScoredUnit } from './index.ts'
import {
  allSchemes,
  checkSnapshots,
  closePeriod,
  NATIONAL,
  nationalSchemes,
  oneUnit,
  provinceUnit,
  rankedUnits,
  rescore,
  scoreBoth,
  scoreUnits,
  unitsAsNow,
  versionOn,
  writtenVersion,
} from './index.ts'
import { insertScheme } from './store.ts'

const { db, province, owner } = await testDatabase()
const now = Temporal.Instant.from('2026-09-01T03:00:00Z')
const host = { db, clock: () => now, access: () => access }
let files: Awaited<ReturnType<typeof furnish>>
let directory: OrganisationDirectory

beforeAll(async () => {
  files = await furnish(db, province, () => now)
  directory = await db.read(province, loadDirectory)
})
const empty = () =>
  owner(`truncate ca_mau.event, ca_mau.indicator_delta, ca_mau.indicator_cell, ca_mau.indicator_presence, ca_mau.index_reported,
    ca_mau.request_log, ca_mau.index_scheme, ca_mau.index_snapshot, ca_mau.petition, ca_mau.dossier_mark, ca_mau.dossier cascade`)
beforeEach(empty)

const score = async (period: Period, units: readonly ScoredUnit[], at = now) => {
  const { lines } = await db.snapshot(province, (tx) => scoreUnits(tx, { period, scheme: NATIONAL }, units, at))
  return lines
}
const amounts = async (period: Period, code?: string, at = now) => {
  const unit = code ? oneUnit(directory, period, code) : provinceUnit(directory, period)
  return (await score(period, [unit], at))[0]?.amounts ?? {}
}
const indicator = async (id: string, period: Period, code?: string, at = now) => {
  const unit = code ? oneUnit(directory, period, code) : provinceUnit(directory, period)
  return (await score(period, [unit], at))[0]?.score.indicators.find((one) => one.indicator.id === id)
}

describe('2.1: a dossier that is not finished', () => {
  const march = { from: '2024-03-01', to: '2024-03-31' }
  const received = '2024-03-20T08:00:00+07:00'
  const line = (n: number, due: string, change = {}) => dossierLine(n, received, { ...open, due_at: due, ...change })
  const standing = async (at: string) => {
    const { open_in_time, late, on_time } = await amounts(march, 'H12.31.01', Temporal.Instant.from(at))
    return { open_in_time, late, on_time }
  }

  test('is judged at the end of a period that is over, and by the clock while it lasts', async () => {
    await files.dossiers([line(1, '2024-03-22T17:00:00+07:00'), line(2, '2024-04-05T17:00:00+07:00')])
    expect(await standing('2024-03-22T17:00:00+07:00')).toEqual({ open_in_time: 2, late: 0, on_time: 0 })
    expect(await standing('2024-03-22T17:00:00.001+07:00')).toEqual({ open_in_time: 1, late: 1, on_time: 0 })
    // The second one was in time on 31 March, and stays so for March however long it lies.
    expect(await standing('2024-04-30T00:00:00+07:00')).toEqual({ open_in_time: 1, late: 1, on_time: 0 })
    expect(await standing('2026-09-01T00:00:00+07:00')).toEqual({ open_in_time: 1, late: 1, on_time: 0 })
  })

  test('due in the last millisecond of the period is in time, a millisecond before that is late', async () => {
    await files.dossiers([line(1, '2024-03-31T23:59:59.999+07:00'), line(2, '2024-03-31T23:59:59.998+07:00')])
    expect(await standing('2026-09-01T00:00:00+07:00')).toMatchObject({ open_in_time: 1, late: 1 })
  })

  const waits = (n: number, change: string) =>
    owner(`update ca_mau.dossier set status = 5, stage = 'supplement', ${change} where code like '%-${String(n).padStart(4, '0')}'`)

  test('waiting for its applicant is judged by when the list was sent; a second open list is late; lists before reception do not count', async () => {
    await files.dossiers([1, 2, 3, 4].map((n) => line(n, '2024-03-22T17:00:00+07:00')))
    await waits(1, `paused_at = '2024-03-22T17:00:00+07:00', supplement_requests = 1`)
    await waits(2, `paused_at = '2024-03-22T17:00:01+07:00', supplement_requests = 1`)
    await waits(3, `paused_at = '2024-03-21T17:00:00+07:00', supplement_requests = 2`)
    await waits(4, `paused_at = '2024-03-21T17:00:00+07:00', supplement_requests = 2, intake_supplements = 1`)
    expect(await standing('2026-09-01T00:00:00+07:00')).toMatchObject({ open_in_time: 2, late: 2 })
  })

  test('from a file that does not say since when it waits: a second open list is late at once, a first one by its due time', async () => {
    const waiting = { ...open, status: '5', due_at: '2024-03-29T17:00:00+07:00' }
    await files.dossiers([
      line(1, '', { ...waiting, supplement_requests: '1' }),
      line(2, '', { ...waiting, supplement_requests: '2' }),
      line(3, '', { ...waiting, supplement_requests: '2', due_at: '2024-03-20T17:00:00+07:00' }),
    ])
    expect(await standing('2024-03-25T00:00:00+07:00')).toMatchObject({ open_in_time: 1, late: 2 })
  })

  test('waiting for money after two answered lists is not late for them', async () => {
    await files.dossiers([line(1, '2024-03-29T17:00:00+07:00')])
    await owner(`update ca_mau.dossier set status = 6, stage = 'payment', paused_at = '2024-03-25T08:00:00+07:00', supplement_requests = 2`)
    expect(await standing('2026-09-01T00:00:00+07:00')).toMatchObject({ open_in_time: 1, late: 0 })
  })

  test('withdrawn (7) or stopped (8) in a file is finished, once; without any time it is still open', async () => {
    const ended = { ...open, returned_at: '2024-03-21T08:00:00+07:00' }
    await files.dossiers([
      line(1, '2024-03-22T17:00:00+07:00', { ...ended, status: '7' }),
      line(2, '2024-03-22T17:00:00+07:00', { ...ended, status: '8' }),
      line(3, '2024-03-20T17:00:00+07:00', { ...ended, status: '8' }),
      line(4, '2024-03-22T17:00:00+07:00', { ...open, status: '8' }),
    ])
    expect(await standing('2024-03-22T00:00:00+07:00')).toEqual({ open_in_time: 1, late: 1, on_time: 2 })
    expect(await standing('2024-03-30T00:00:00+07:00')).toEqual({ open_in_time: 0, late: 2, on_time: 2 })
  })

  test('without a due date has the longest time of its procedure; the applicant’s days are taken off', async () => {
    // Birth registration: one working day.
    const at = '2024-03-20T08:00:00+07:00'
    await files.dossiers([
      dossierLine(1, at, { completed_at: '2024-03-21T16:00:00+07:00' }),
      dossierLine(2, at, { completed_at: '2024-03-25T16:00:00+07:00' }),
      dossierLine(3, at, { completed_at: '2024-03-25T16:00:00+07:00', supplement_requests: '1', supplement_working_days: '3' }),
      dossierLine(4, at, { completed_at: '2024-03-27T16:00:00+07:00', supplement_requests: '1', supplement_working_days: '3' }),
    ])
    expect(await standing('2024-03-30T00:00:00+07:00')).toEqual({ open_in_time: 0, late: 2, on_time: 2 })
  })

  test('and was filed online with help leaves the score without help by the same rule', async () => {
    const helped = { assisted: 'true' }
    await files.dossiers([
      line(1, '2024-03-22T17:00:00+07:00', helped),
      line(2, '2024-04-05T17:00:00+07:00', helped),
      line(3, '2024-04-05T17:00:00+07:00', { ...helped, status: '5', supplement_requests: '2' }),
      dossierLine(4, received, { ...helped, due_at: '2024-03-21T17:00:00+07:00', completed_at: '2024-03-22T08:00:00+07:00' }),
      line(5, '2024-04-05T17:00:00+07:00'),
      line(6, '2024-03-22T17:00:00+07:00'),
    ])
    const both = await db.snapshot(province, (tx) =>
      scoreBoth(tx, { period: march, scheme: NATIONAL }, oneUnit(directory, march, 'H12.31.01'), now),
    )
    expect(both.assisted).toBe(4)
    expect(both.with.amounts).toMatchObject({ received: 6, open_in_time: 2, late: 4 })
    expect(both.without.amounts).toMatchObject({ received: 2, open_in_time: 1, late: 1, on_time: 0 })
  })

  test('counts as on time in 2.1 while in time, and against 5.4 when late', async () => {
    await files.dossiers([
      line(1, '2024-03-22T17:00:00+07:00'),
      line(2, '2024-04-05T17:00:00+07:00'),
      dossierLine(3, received, { due_at: '2024-03-22T17:00:00+07:00' }),
    ])
    expect(await indicator('2.1', march)).toMatchObject({ numerator: 2, denominator: 3 })
    expect(await indicator('5.4', march)).toMatchObject({ numerator: 2, denominator: 3 })
  })
})

describe('5.4: a complaint about a dossier', () => {
  const april = { from: '2024-04-01', to: '2024-04-30' }

  test('filed with help leaves the score without help together with its dossier, once, and only while it counts', async () => {
    const helped = { assisted: 'true' }
    const at = '2024-04-10T08:00:00+07:00'
    const changes: Record<string, string>[] = [helped, helped, { channel: 'counter' }, helped, {}, {}]
    const lines = changes.map((change, n) => dossierLine(n + 1, at, change))
    // The last one was helped too, in the month before.
    await files.dossiers([...lines, dossierLine(7, '2024-03-31T08:00:00+07:00', helped)])
    const ids = await owner('select id, code from ca_mau.dossier order by code')
    const idOf = (n: number) => ids.find(({ code }) => String(code).endsWith(`-000${n}`))?.id as string
    const then = { ...host, clock: () => Temporal.Instant.from('2024-05-06T02:00:00Z') }
    const stranger = { province, actor: { kind: 'anonymous' }, name: 'petition' } as const
    const complain = async (n: number, phone: string) => {
      const input = { content: 'Tôi đến ba lần vẫn chưa được trả lời rõ ràng.', name: 'Lý Thị Mười', dossierId: idOf(n), phone }
      const done = await run(then, stranger, (cx) => filePetition(cx, input))
      if (!done.ok) throw new Error(done.error.code)
      return done.value.id
    }
    // Twice about the first; the second's is taken back; one of the counter, one without help, one of March.
    for (const [i, n] of [1, 1, 3, 5, 7].entries()) await complain(n, `090100000${i}`)
    const petitionId = await complain(2, '0901000009')
    const back = await run(then, stranger, (cx) => withdrawPetition(cx, { petitionId, note: 'Đã rõ.', phone: '0901000009' }))
    expect(back.ok).toBe(true)
    const whole = provinceUnit(directory, april)
    for (const fold of [false, true]) {
      if (fold) await foldAll(db, province)
      const both = await db.snapshot(province, (tx) => scoreBoth(tx, { period: april, scheme: NATIONAL }, whole, now))
      expect([both.assisted, both.with.amounts.received, both.without.amounts.received]).toEqual([3, 6, 3])
      expect([both.with.amounts.complained, both.without.amounts.complained]).toEqual([3, 2])
    }
    const commune = await db.snapshot(province, (tx) =>
      scoreBoth(tx, { period: april, scheme: NATIONAL }, oneUnit(directory, april, 'H12.31.02'), now),
    )
    expect([commune.with.amounts.complained, commune.without.amounts.complained]).toEqual([0, 0])
  })
})

describe('3.5b', () => {
  const march = { from: '2024-03-01', to: '2024-03-31' }

  test('is a share of the procedures with a fee, or of those that had a dossier to pay for, as the scheme of the day says', async () => {
    const at = '2024-03-20T08:00:00+07:00'
    const free = { fee_vnd: '0', paid_vnd: '0', paid_online: 'false' }
    await files.dossiers([
      dossierLine(1, at),
      dossierLine(2, at),
      dossierLine(3, at, { procedure_code: '1.000894', paid_online: 'false' }),
      // Nothing to pay; and the district's own.
      dossierLine(4, at, { procedure_code: '1.000656', ...free }),
      dossierLine(5, at, { agency_code: 'H12.31', procedure_code: '2.000635' }),
      dossierLine(6, '2024-02-20T08:00:00+07:00', { procedure_code: '2.000635' }),
    ])
    const [national] = nationalSchemes()
    if (!national) throw new Error('no national scheme')
    const { version } = versionOn(national, march.to)
    const second = {
      ...version,
      indicators: version.indicators.map((one) =>
        one.id === '3.5b' ? { ...one, denominator: { greatest: [[{ quantity: 'procedures_fee_filed', sign: 1 }]] } } : one,
      ),
    }
    const own = { code: 'cach-hai', name: { vi: 'Cách hai', en: 'Second reading' }, basis: 'QĐ 1/QĐ-UBND', publishedBy: 'Mai Xuân Phúc' }
    const publish = (number: number, body: unknown, validFrom: string) =>
      db.write(province, (tx) => insertScheme(tx, { ...own, number, body, validFrom, publishedAt: now.toString() }))
    // The province changes its mind on 1 March.
    await publish(1, writtenVersion({ ...version, validFrom: '2024-01-01' }), '2024-01-01')
    await publish(2, writtenVersion({ ...(second as typeof version), validFrom: '2024-03-01' }), '2024-03-01')
    const shares = async (scheme: string, period: Period) => {
      const units = [provinceUnit(directory, period), oneUnit(directory, period, 'H12.31'), oneUnit(directory, period, 'H12.31.01')]
      const found: unknown[] = []
      for (const unit of units) {
        const { lines } = await db.snapshot(province, (tx) => scoreUnits(tx, { period, scheme }, [unit], now))
        const one = lines[0]?.score.indicators.find(({ indicator: { id } }) => id === '3.5b')
        found.push(one?.standing === 'not_applicable' ? 'not asked' : [one?.numerator, one?.denominator])
      }
      return found
    }
    for (const fold of [false, true]) {
      if (fold) await foldAll(db, province)
      expect(await shares('cach-hai', march)).toEqual([[2, 3], [2, 3], 'not asked'])
      const first = await shares(NATIONAL, march)
      expect((first[0] as number[])[1]).toBeGreaterThan(3)
      expect(await shares('cach-hai', { from: '2024-02-01', to: '2024-02-29' })).toEqual(
        await shares(NATIONAL, { from: '2024-02-01', to: '2024-02-29' }),
      )
    }
    // Closed, it is counted again from the log; and a comparison of two schemes reads it for the second one.
    const at31 = { province, actor: officer('Mai Xuân Phúc'), name: 'index.close' }
    expect((await run(host, at31, (cx) => closePeriod(cx, { ...march, scheme: 'cach-hai', reason: '' }))).ok).toBe(true)
    const checked = await db.snapshot(province, (tx) => checkSnapshots(tx, measureSources))
    expect(checked.map(({ broken, difference, misscored }) => [broken, difference, misscored])).toEqual([[null, 0, []]])
    await db.snapshot(province, async (tx) => {
      const also = (await allSchemes(tx)).find(({ code }) => code === 'cach-hai')
      if (!also) throw new Error('not published')
      const { lines } = await scoreUnits(tx, { period: march, scheme: NATIONAL, also }, [provinceUnit(directory, march)], now)
      const under = rescore(also, march, lines[0] as (typeof lines)[number]).score.indicators
      expect(under.find(({ indicator: { id } }) => id === '3.5b')).toMatchObject({ standing: 'scored', denominator: 3 })
    })
  })
})

describe('the days of a period', () => {
  test('end at midnight in Vietnam: the last millisecond of the year is the year’s; 29 February is February’s', async () => {
    await files.dossiers([
      dossierLine(1, '2023-12-31T23:59:59.999+07:00'),
      dossierLine(2, '2024-01-01T00:00:00+07:00'),
      // Still the old year in Greenwich.
      dossierLine(3, '2023-12-31T17:00:00Z'),
      dossierLine(4, '2024-02-29T23:59:59.999+07:00'),
      dossierLine(5, '2024-03-01T00:00:00+07:00'),
    ])
    const received = async (from: string, to: string) => (await amounts({ from, to })).received
    for (const fold of [false, true]) {
      if (fold) await foldAll(db, province)
      expect(await received('2023-01-01', '2023-12-31')).toBe(1)
      expect(await received('2024-01-01', '2024-01-31')).toBe(2)
      expect(await received('2024-02-01', '2024-02-29')).toBe(1)
      expect(await received('2024-03-01', '2024-03-31')).toBe(1)
      expect(await received('2024-01-01', '2024-03-31')).toBe(4)
    }
  })

  test('belong to the unit of the day when a code becomes another place in the middle of a month', async () => {
    const year = { from: '2024-01-01', to: '2024-12-31' }
    const version = (validFrom: string, validTo: string | null) =>
      ({ code: 'H12.31.01', name: `Xã từ ${validFrom}`, tier: 'commune', parentCode: null, validFrom, validTo }) as const
    await files.dossiers([
      dossierLine(1, '2024-05-14T23:59:59.999+07:00'),
      dossierLine(2, '2024-05-15T00:00:00+07:00'),
      dossierLine(3, '2024-05-16T08:00:00+07:00', { ...open, due_at: '2024-05-17T17:00:00+07:00' }),
      dossierLine(4, '2024-05-02T08:00:00+07:00', { ...open, due_at: '2026-12-31T17:00:00+07:00' }),
    ])
    const groups = byAgency([version('2021-01-01', '2024-05-14'), version('2024-05-15', null)], year)
    for (const fold of [false, true]) {
      if (fold) await foldAll(db, province)
      const lines = await score(
        year,
        groups.map((group) => ({ group, level: 'commune' as const })),
      )
      expect(lines.map(({ amounts: own }) => [own.received, own.open_in_time, own.late, own.procedures_online_filed])).toEqual([
        [2, 1, 0, 1],
        [2, 0, 1, 1],
      ])
    }
  })
})

describe('whose figure it is', () => {
  const quarter = { from: '2024-01-01', to: '2024-03-31' }

  test('a district asked with its communes is measured against the procedures of both tiers, alone against its own', async () => {
    const [district, commune] = [await amounts(quarter, 'H12.31'), await amounts(quarter, 'H12.31.01')]
    const own = (await score(quarter, rankedUnits(directory, quarter))).find(({ unit }) => unit.group.key === 'H12.31')?.amounts
    expect(commune.procedures).toBeGreaterThan(0)
    // Some are done at both tiers; each counts once.
    expect(district.procedures).toBeGreaterThanOrEqual(commune.procedures ?? 0)
    expect(own?.procedures).toBeLessThan(district.procedures ?? 0)
    // So that services used are never more than services offered.
    await files.dossiers([dossierLine(1, '2024-02-01T08:00:00+07:00')])
    const used = await indicator('3.2', quarter, 'H12.31')
    expect(used?.numerator).toBe(1)
    expect(used?.denominator).toBeGreaterThan(1)
  })

  test('a district with its communes is measured by what all of them reported, alone by its own; nobody knows while one of them is silent', async () => {
    const codes = oneUnit(directory, quarter, 'H12.31').group.members.map(({ code }) => code)
    expect(codes.length).toBeGreaterThan(2)
    await files.dossiers(codes.map((code) => dossierLine(1, '2024-02-01T08:00:00+07:00', { agency_code: code })))
    const [last = '', ...others] = [...codes].reverse()
    const reports = (code: string) =>
      ['2024-01', '2024-02', '2024-03'].map((month) => reportedLine('synced', month === '2024-02' ? 1 : 0, month, code))
    await files.reported(others.flatMap(reports))
    expect(await indicator('1.4', quarter, 'H12.31')).toMatchObject({ standing: 'unknown', points: null })
    await files.reported(reports(last))
    expect(await indicator('1.4', quarter, 'H12.31')).toMatchObject({ numerator: codes.length, denominator: codes.length })
    const own = (await score(quarter, rankedUnits(directory, quarter))).find(({ unit }) => unit.group.key === 'H12.31')
    expect(own?.score.indicators.find((one) => one.indicator.id === '1.4')).toMatchObject({ numerator: 1, denominator: 1 })
  })

  test('a department no procedure names is not measured against 0 procedures while some name only the tier: nobody knows its own', async () => {
    const names = (code: string) => amounts(quarter, code)
    const unnamed = rankedUnits(directory, quarter).filter(({ level }) => level === 'department')
    const before = await Promise.all(unnamed.map(({ group }) => names(group.key)))
    expect(before.some(({ procedures }) => procedures === 0)).toBe(true)
    await files.procedures([
      {
        code: '9.999999',
        name: 'Thủ tục cấp tỉnh',
        field: 'Khác',
        tier: 'province',
        service_level: 'full',
        time_limit: '5',
        time_unit: 'working_day',
        fee_vnd: '0',
        returns_result: 'true',
      },
    ])
    const after = await Promise.all(unnamed.map(({ group }) => names(group.key)))
    expect(after.filter(({ procedures }) => procedures === 0)).toEqual([])
    for (const [n, { procedures }] of before.entries()) expect(after[n]?.procedures).toBe(procedures === 0 ? undefined : procedures)
    const unit = unnamed[before.findIndex(({ procedures }) => procedures === 0)]
    expect(await indicator('3.1', quarter, unit?.group.key)).toMatchObject({ standing: 'unknown', points: null })
  })

  test('last year stands in for a province with all of its units of then, also where they no longer exist', async () => {
    // Received by a commune that ended on 30/06/2025; in 2026 nothing came in.
    await files.dossiers([1, 2, 3, 4, 5, 6, 7, 8].map((n) => dossierLine(n, '2025-02-03T08:00:00+07:00')))
    await files.reported([reportedLine('synced', 1, '2026-01')])
    expect(await indicator('1.4', { from: '2026-01-01', to: '2026-03-31' })).toMatchObject({ numerator: 1, denominator: 2 })
    expect(await indicator('1.4', { from: '2026-01-01', to: '2026-12-31' })).toMatchObject({ numerator: 1, denominator: 8 })
  })
})

describe('5.1: petitions', () => {
  test('are shown by class, as a share of all that came in, and give no points', async () => {
    const year = { from: '2024-01-01', to: '2024-12-31' }
    const counted = (day: string, ids: readonly number[]) => ({
      agencyCode: 'H12.31.01',
      day,
      procedureCode: '-',
      channel: 'online' as const,
      values: ids.map((id) => [id, 1] as const),
    })
    await run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'count' }, async (cx) => {
      await record(cx, {
        events: [{ type: 'test.filed', subject: randomUUID(), data: {} }],
        deltas: [
          counted('2024-01-05', [20, 21, 23, 24, 25]),
          counted('2024-01-06', [20, 21]),
          counted('2024-01-07', [20, 22, 24, 26]),
          counted('2024-01-08', [20]),
        ],
      })
      return ok(null)
    })
    expect(await indicator('5.1', year, 'H12.31.01')).toMatchObject({ standing: 'shown', points: null, numerator: 2, denominator: 4 })
    expect(await indicator('5.1b', year, 'H12.31.01')).toMatchObject({ standing: 'shown', points: null, numerator: 1, denominator: 4 })
    expect(await indicator('5.2', year, 'H12.31.01')).toMatchObject({ numerator: 1, denominator: 2 })
    expect(await indicator('5.3', year, 'H12.31.01')).toMatchObject({ numerator: 1, denominator: 2 })
  })
})

describe('past work under the units of today', () => {
  const TODAY = '2026-09-01'
  const additive = ['received', 'on_time', 'open_in_time', 'late', 'online', 'online_complete', 'fee_due', 'paid_online', 'reused'] as const
  const sums = (lines: readonly { amounts: Readonly<Partial<Record<string, number | null>>> }[]) =>
    Object.fromEntries(additive.map((name) => [name, lines.reduce((sum, line) => sum + (line.amounts[name] ?? 0), 0)]))

  test('a merged unit has the sum of its parts, a split one is nobody’s, nothing is lost, and the units of the time stay as they were', async () => {
    const period = { from: '2025-01-01', to: '2025-12-31' }
    const { units, notAllocable } = unitsAsNow(directory, period, TODAY)
    const merged = units.filter(({ group, level }) => level === 'commune' && group.members.length >= 3).slice(0, 2)
    const split = notAllocable.filter(({ level }) => level === 'commune').slice(0, 1)
    expect([merged.length, split.length]).toEqual([2, 1])
    const parts = [...merged, ...split].flatMap(({ group }) => group.members)
    await files.dossiers(
      parts.flatMap(({ code, first }, n) => {
        const day = first < '2025-06-01' ? '2025-05-06' : '2025-08-05'
        const line = (k: number, change = {}) => dossierLine(k, `${day}T08:00:00+07:00`, { agency_code: code, ...change })
        return [
          line(1),
          line(2, { channel: n % 2 ? 'counter' : 'post', paid_online: 'false', completed_at: '2025-09-25T08:00:00+07:00' }),
          line(3, { ...open, due_at: n % 2 ? '2025-09-05T17:00:00+07:00' : '2026-12-05T17:00:00+07:00' }),
        ]
      }),
    )
    const asWas = await score(period, rankedUnits(directory, period))
    const asNow = await score(period, units)
    const apart = await score(period, notAllocable)
    for (const line of asNow) {
      const own = asWas.filter(({ unit }) =>
        line.unit.group.members.some(({ code, first }) => code === unit.group.key && unit.group.members[0]?.first === first),
      )
      expect(sums([line]), line.unit.group.key).toEqual(sums(own))
    }
    expect(asNow.find(({ unit }) => unit.group.key === merged[0]?.group.key)?.amounts.received).toBe(
      3 * (merged[0]?.group.members.length ?? 0),
    )
    const lost = sums(apart)
    const kept = sums(asNow)
    expect(Object.fromEntries(additive.map((name) => [name, (lost[name] ?? 0) + (kept[name] ?? 0)]))).toEqual(sums(asWas))
    expect(lost.received).toBe(3)
    expect(sums(asWas).received).toBe(3 * parts.length)
    // No successor of the split unit was given any of it.
    expect(units.some(({ group }) => group.members.some(({ code }) => code === split[0]?.group.key))).toBe(false)
  })

  test('what was reported for the parts adds up for the whole; as long as one of them is silent the sum is unknown', async () => {
    const period = { from: '2025-01-01', to: '2025-12-31' }
    const [unit] = unitsAsNow(directory, period, TODAY).units.filter(({ group, level }) => level === 'commune' && group.members.length >= 3)
    if (!unit) throw new Error('no merged unit')
    const members = unit.group.members
    await files.dossiers(
      members.map(({ code, first }) =>
        dossierLine(1, `${first < '2025-06-01' ? '2025-05-06' : '2025-08-05'}T08:00:00+07:00`, { agency_code: code }),
      ),
    )
    const [last, ...others] = [...members].reverse()
    const month = (first: string) => (first < '2025-06-01' ? '2025-05' : '2025-08')
    await files.reported(others.map(({ code, first }) => reportedLine('synced', 1, month(first), code)))
    const find = async () => (await score(period, [unit]))[0]?.score.indicators.find(({ indicator: { id } }) => id === '1.4')
    expect(await find()).toMatchObject({ standing: 'unknown' })
    if (last) await files.reported([reportedLine('synced', 1, month(last.first), last.code)])
    expect(await find()).toMatchObject({ numerator: members.length, denominator: members.length })
  })
})

const procedure = (code: string, change = {}) => ({
  code,
  name: `Thủ tục ${code}`,
  field: 'Khác',
  tier: 'commune',
  service_level: 'full',
  time_limit: '5',
  time_unit: 'working_day',
  fee_vnd: '0',
  returns_result: 'true',
  ...change,
})

describe('2.2', () => {
  test('the average time is worked out for one procedure, and gives no points', async () => {
    await files.procedures([procedure('9.000001'), procedure('9.000002', { returns_result: 'false' })])
    const at = '2024-03-04T08:00:00+07:00'
    const done = (n: number, completed_at: string, change = {}) =>
      dossierLine(n, at, { procedure_code: '9.000001', completed_at, ...change })
    await files.dossiers([
      done(1, '2024-03-06T08:00:00+07:00'),
      done(2, '2024-03-11T08:00:00+07:00', { supplement_requests: '1', supplement_working_days: '2' }),
      done(3, '2024-03-15T08:00:00+07:00', { procedure_code: '9.000002' }),
      dossierLine(4, at, { procedure_code: '9.000001', ...open }),
      done(5, '2024-03-07T08:00:00+07:00', { agency_code: 'H12.31.02' }),
    ])
    const march = { from: '2024-03-01', to: '2024-03-31' }
    const of = async (units: readonly ScoredUnit[], chosen?: string) => {
      const question = { period: march, scheme: NATIONAL, procedure: chosen }
      const { lines } = await db.snapshot(province, (tx) => scoreUnits(tx, question, units, now))
      return lines.map(({ score: { indicators } }) => indicators.find((one) => one.indicator.id === '2.2'))
    }
    // Two working days, and five less the applicant's two.
    const commune = oneUnit(directory, march, 'H12.31.01')
    expect(await of([commune], '9.000001')).toMatchObject([{ standing: 'shown', points: null, numerator: 5, denominator: 2 }])
    expect(await of([provinceUnit(directory, march)], '9.000001')).toMatchObject([{ numerator: 8, denominator: 3 }])
    expect(await of([commune], '9.000002')).toMatchObject([{ numerator: 9, denominator: 1 }])
    expect(await of([commune], '1.001193')).toMatchObject([{ numerator: 0, denominator: 0, share: null }])
    expect(await of([commune])).toMatchObject([{ standing: 'shown', numerator: null, missing: ['worked_days', 'completed'] }])
  })
})

describe('against a plain count', () => {
  const communes = ['H12.31.01', 'H12.31.02', 'H12.32.01', 'H12.31', 'H12.05']
  const instant = (minutes: number): string => Temporal.Instant.from('2024-01-20T00:00:00+07:00').add({ minutes }).toString()
  const filed = fc.record({
    n: fc.nat(11),
    agency_code: fc.constantFrom(...communes),
    procedure_code: fc.constantFrom('9.000001', '9.000002', '1.001193'),
    channel: fc.constantFrom('online', 'counter', 'post'),
    received: fc.nat(60 * 24 * 60),
    due: fc.nat(60 * 24 * 20),
    done: fc.option(fc.nat(60 * 24 * 30)),
    status: fc.constantFrom('9', '10', '8'),
    assisted: fc.boolean(),
    fee: fc.constantFrom('0', '8000'),
    paid: fc.boolean(),
    papers: fc.tuple(fc.nat(2), fc.boolean(), fc.boolean()),
    electronic: fc.boolean(),
  })
  type Filed = typeof filed extends fc.Arbitrary<infer T> ? T : never

  /** The code says who and when, so a correction changes neither. */
  const row = (one: Filed, place: Filed) => {
    const { agency_code, received } = place
    const finished = one.done === null ? '' : instant(received + one.done)
    const [total, digitised, reused] = one.papers
    return dossierLine(place.n, instant(received), {
      code: `${agency_code}-240120-${String(place.n).padStart(4, '0')}`,
      agency_code,
      procedure_code: one.procedure_code,
      channel: one.channel,
      assisted: String(one.assisted && one.channel === 'online'),
      due_at: instant(received + one.due),
      completed_at: one.status === '9' || one.status === '10' ? finished : '',
      returned_at: one.status === '9' ? '' : finished,
      status: one.done === null ? '4' : one.status,
      fee_vnd: one.fee,
      paid_vnd: one.paid ? one.fee : '0',
      paid_online: String(one.paid),
      papers_total: String(total),
      papers_digitised: String(digitised ? total : 0),
      papers_reused: String(reused ? total : 0),
      result_electronic: String(one.electronic),
    })
  }

  /** §1.3 of the rules again, said plainly over the rows. */
  function plain(lines: readonly Readonly<Record<string, string>>[], period: Period, belongs: (agency: string) => boolean) {
    const own = lines.filter(({ received_at = '', agency_code = '' }) => {
      const day = Temporal.Instant.from(received_at).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString()
      return period.from <= day && day <= period.to && belongs(agency_code)
    })
    const end = Temporal.Instant.from(`${period.to}T23:59:59.999+07:00`)
    const ended = ({ completed_at, returned_at }: Readonly<Record<string, string>>) => completed_at || returned_at || null
    const due = (line: Readonly<Record<string, string>>) => Temporal.Instant.from(line.due_at ?? '')
    const after = (a: Temporal.Instant | string, line: Readonly<Record<string, string>>) =>
      Temporal.Instant.compare(Temporal.Instant.from(String(a)), due(line)) > 0
    const answered = (line: Readonly<Record<string, string>>) => line.result_electronic === 'true' || line.procedure_code === '9.000002'
    const owes = (line: Readonly<Record<string, string>>) =>
      line.procedure_code !== '9.000002' && line.status !== '4' && line.status !== '8'
    const whole = (line: Readonly<Record<string, string>>) => line.papers_total !== '0' && line.papers_digitised === line.papers_total
    const count = (of: (line: Readonly<Record<string, string>>) => boolean) => own.filter(of).length
    const distinct = (of: (line: Readonly<Record<string, string>>) => boolean) =>
      new Set(own.filter(of).map(({ procedure_code }) => procedure_code)).size
    const online = (line: Readonly<Record<string, string>>) => line.channel === 'online'
    const paid = (line: Readonly<Record<string, string>>) => line.fee_vnd !== '0' && line.paid_online === 'true'
    const late = (line: Readonly<Record<string, string>>) => after(ended(line) ?? end.toString(), line)
    return {
      received: own.length,
      on_time: count((line) => ended(line) !== null && !late(line)),
      open_in_time: count((line) => ended(line) === null && !late(line)),
      late: count(late),
      online: count(online),
      assisted: count(({ assisted }) => assisted === 'true'),
      online_complete: count((line) => online(line) && answered(line)),
      fee_due: count(({ fee_vnd }) => fee_vnd !== '0'),
      paid_online: count(paid),
      digitised_complete: count((line) => whole(line) && answered(line)),
      reused: count(({ papers_reused }) => papers_reused !== '0'),
      population_data: 0,
      procedures_online_filed: distinct(online),
      procedures_paid_online: distinct(paid),
      result_due: count(owes),
      result_given: count((line) => owes(line) && line.result_electronic === 'true'),
    }
  }

  test('whatever was filed, corrected and folded: every quantity of every unit is what a plain count of the rows gives', {
    timeout: 60_000,
  }, async () => {
    await files.procedures([procedure('9.000001'), procedure('9.000002', { returns_result: 'false' })])
    await fc.assert(
      fc.asyncProperty(
        fc.array(filed, { minLength: 1, maxLength: 25 }),
        fc.array(filed, { maxLength: 6 }),
        fc.nat(12),
        async (first, later, folded) => {
          await empty()
          const places = new Map(first.map((one) => [`${one.agency_code} ${one.n}`, one]))
          const stands = new Map([...places].map(([key, one]) => [key, row(one, one)]))
          await files.dossiers([...stands.values()])
          if (folded > 0) await foldOnce(db, province, folded)
          const keys = [...places.keys()]
          for (const [at, change] of later.entries()) {
            const key = keys[at % keys.length] as string
            stands.set(key, row(change, places.get(key) as Filed))
            await files.dossiers([stands.get(key) as Readonly<Record<string, string>>])
          }
          // The same file again changes nothing.
          expect(await files.dossiers([...stands.values()])).toMatchObject({ imported: 0, unchanged: stands.size })
          const lines = [...stands.values()]
          for (const period of [
            { from: '2024-01-01', to: '2024-03-31' },
            { from: '2024-02-01', to: '2024-02-29' },
            { from: '2024-01-25', to: '2024-03-03' },
          ]) {
            const own = await score(period, rankedUnits(directory, period))
            for (const code of communes)
              expect(own.find(({ unit }) => unit.group.key === code)?.amounts, code).toMatchObject(
                plain(lines, period, (agency) => agency === code),
              )
            expect(await amounts(period, 'H12.31')).toMatchObject(plain(lines, period, (agency) => agency.startsWith('H12.31')))
            expect(await amounts(period)).toMatchObject(plain(lines, period, () => true))
          }
          expect((await recount({ db, clock: () => now }, province, measureSources)).difference).toBe(0)
        },
      ),
      { numRuns: 8, endOnFailure: true },
    )
  })
})
