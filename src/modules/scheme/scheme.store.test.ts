import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { dossierLine } from '../../../test/support/past.ts'
import type { ImportKind, ImportOutcome } from '../../kernel/import.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { dossierImport } from '../dossier/index.ts'
import { foldAll } from '../indicator/index.ts'
import { loadDirectory, loadOrganisationData } from '../organisation/index.ts'
import {
  lastQuarter,
  NATIONAL,
  nationalSchemes,
  oneUnit,
  provinceUnit,
  rankedUnits,
  reportedImport,
  type ScoreJson,
  scoreJson,
  scoreUnits,
  tryScheme,
} from './index.ts'

const { db, province, owner } = await testDatabase()
const NOW = Temporal.Instant.from('2022-04-20T03:00:00Z')
const period = { from: '2022-03-01', to: '2022-03-31' }

const line = (n: number, change: Record<string, string> = {}) =>
  dossierLine(n, '2022-03-15T08:30:00+07:00', {
    submitted_at: '2022-03-15T08:00:00+07:00',
    due_at: '2022-03-18T17:00:00+07:00',
    completed_at: '2022-03-16T16:00:00+07:00',
    returned_at: '2022-03-16T16:30:00+07:00',
    status: '10',
    ...change,
  })

async function load(kind: ImportKind<unknown>, lines: readonly Record<string, string>[]): Promise<ImportOutcome> {
  const rows = lines.map((record, n) => {
    const read = kind.parse(record)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: n + 2, row: read.value }
  })
  return db.write(province, (tx) => kind.apply({ tx, now: NOW, province, id: randomUUID }, rows))
}
const reported = (quantity: string, value: number, source = 'Báo cáo tháng 3/2022') => ({
  quantity,
  agency_code: 'H12',
  month: '2022-03',
  value: String(value),
  source,
})

const score = (unit?: string, scheme: string = NATIONAL, at = NOW): Promise<ScoreJson> =>
  db.snapshot(province, async (tx) => {
    const directory = await loadDirectory(tx)
    const asked = unit ? oneUnit(directory, period, unit) : provinceUnit(directory, period)
    const { lines, ...chosen } = await scoreUnits(tx, { period, scheme }, [asked], at)
    return scoreJson(lines[0] as (typeof lines)[number], { ...chosen, period, asOf: at })
  })
const indicator = (json: ScoreJson, id: string) => json.indicators.find((one) => one.id === id)

const open = { completed_at: '', returned_at: '', result_electronic: 'false', status: '4' }

beforeAll(async () => {
  await loadOrganisationData({ db, clock: () => NOW }, province)
  await loadCatalogue({ db, clock: () => NOW }, province)
  await load(
    dossierImport() as ImportKind<unknown>,
    [
      // A commune: four done in time, one late, one open and still in time, one open and late, one waiting since before its time ran out.
      ...[1, 2, 3, 4].map((n) => line(n)),
      line(5, {
        completed_at: '2022-03-21T08:00:00+07:00',
        returned_at: '2022-03-22T08:00:00+07:00',
        channel: 'counter',
        paid_online: 'false',
      }),
      line(6, { ...open, due_at: '2022-05-18T17:00:00+07:00' }),
      line(7, { ...open, channel: 'counter' }),
      // Its district, and a department.
      line(8, {
        code: 'H12.31-220310-0001',
        agency_code: 'H12.31',
        papers_digitised: '1',
        result_electronic: 'false',
        procedure_code: '1.000894',
      }),
      line(9, {
        code: 'H12.05-220310-0001',
        agency_code: 'H12.05',
        fee_vnd: '0',
        paid_vnd: '0',
        paid_online: 'false',
        procedure_code: '1.009994',
      }),
    ].filter(({ procedure_code: code }) => code),
  )
})

test('a commune is scored by what its dossiers are, open ones compared with the clock', async () => {
  const json = await score('H12.31.01')
  expect(json).toMatchObject({ unit: { code: 'H12.31.01', level: 'commune' }, in_force: false })
  // Four in time and one open in time, of seven.
  expect(indicator(json, '2.1')).toMatchObject({ numerator: 5, denominator: 7, ratio: 0.7143, score: 14.29, max: 20 })
  // Online with an electronic result: four of seven, more than half.
  expect(indicator(json, '3.3')).toMatchObject({ numerator: 4, denominator: 7, score: 6 })
  expect(indicator(json, '3.6')).toMatchObject({ numerator: 6, denominator: 7, score: 6 })
  expect(indicator(json, '4.1')).toMatchObject({ numerator: 5, denominator: 5, score: 6 })
  expect(indicator(json, '4.3')).toMatchObject({ numerator: 7, denominator: 7, score: 2 })
  expect(indicator(json, '4.5b')).toMatchObject({ standing: 'not_applicable', score: 2 })
  expect(indicator(json, '3.2')).toMatchObject({ numerator: 1 })
  // While March lasts, open ones are judged by the clock; once it is over, by its end, however long they lie.
  const at = async (instant: string) => indicator(await score('H12.31.01', NATIONAL, Temporal.Instant.from(instant)), '2.1')?.numerator
  expect(await at('2022-03-18T10:00:00Z')).toBe(6)
  expect(await at('2022-03-19T00:00:00Z')).toBe(5)
  expect(await at('2022-06-01T00:00:00Z')).toBe(5)
})

test('pending and folded counts give the same score', async () => {
  const before = await score()
  await foldAll(db, province)
  expect(await score()).toEqual(before)
})

test('a district and the province count what lies below them', async () => {
  const [district, whole] = [await score('H12.31'), await score()]
  expect(indicator(district, '2.1')?.denominator).toBe(8)
  expect(indicator(whole, '2.1')?.denominator).toBe(9)
  expect(whole.unit).toMatchObject({ code: 'H12', level: 'province' })
  const own = await db.snapshot(province, async (tx) => {
    const { lines } = await scoreUnits(tx, { period, scheme: NATIONAL }, rankedUnits(await loadDirectory(tx), period), NOW)
    return Object.fromEntries(
      lines.filter(({ amounts }) => amounts.received).map(({ unit, amounts }) => [unit.group.key, amounts.received]),
    )
  })
  // In a ranking each stands for its own work.
  expect(own).toEqual({ 'H12.31.01': 7, 'H12.31': 1, 'H12.05': 1 })
})

test('what only others can say is unknown until they say it, and then scored with its source kept', async () => {
  const before = await score()
  expect(indicator(before, '1.4')).toMatchObject({ standing: 'unknown', score: null, missing: ['synced', 'national_received'] })
  expect(before.unknown).toBeGreaterThanOrEqual(6)
  const kind = reportedImport as ImportKind<unknown>
  const lines = [reported('synced', 8), reported('national_received', 16), reported('decisions', 4), reported('decisions_on_time', 3)]
  expect(await load(kind, lines)).toEqual({ imported: 4, unchanged: 0, rejects: [] })
  expect(await load(kind, lines)).toEqual({ imported: 0, unchanged: 4, rejects: [] })
  // In the log once, where a live board sees that something is new.
  expect(await owner(`select data ->> 'imported' as n from ca_mau.event where type = 'index.figures-reported'`)).toEqual([{ n: '4' }])
  const after = await score()
  expect(indicator(after, '1.4')).toMatchObject({ numerator: 8, denominator: 16, score: 3 })
  expect(indicator(after, '1.1')).toMatchObject({ numerator: 3, denominator: 4, score: 4.5 })
  // A correction is a new revision; the share online is multiplied by the sync rate.
  expect(await load(kind, [reported('synced', 16, 'Đính chính 20/04/2022')])).toMatchObject({ imported: 1 })
  expect(indicator(await score(), '1.4')).toMatchObject({ numerator: 16, score: 6 })
  // The commune itself was never reported for.
  expect(indicator(await score('H12.31.01'), '1.4')).toMatchObject({ standing: 'unknown' })
})

test('a row that cannot be right is turned away with its reason', async () => {
  expect(reportedImport.parse({ ...reported('received', 1) })).toMatchObject({ ok: false, error: [{ column: 'quantity' }] })
  expect(reportedImport.parse({ ...reported('synced', 1), month: '2022-13' })).toMatchObject({ ok: false, error: [{ column: 'month' }] })
  expect(reportedImport.parse({ ...reported('synced', 1), value: '-1' })).toMatchObject({ ok: false, error: [{ column: 'value' }] })
  const { rejects } = await load(reportedImport as ImportKind<unknown>, [
    { ...reported('synced', 1), agency_code: 'H99' },
    { ...reported('synced', 1), month: '2022-04' },
    { ...reported('synced', 2), month: '2022-04' },
  ])
  expect(rejects.map(({ line: at, column }) => [at, column])).toEqual([
    [2, 'agency_code'],
    [4, 'month'],
  ])
})

test('an unknown scheme, unit or day is refused in words', async () => {
  await expect(score(undefined, 'khong-co')).rejects.toMatchObject({ refusal: { code: 'scheme.unknown' } })
  await expect(score('H12.999')).rejects.toMatchObject({ refusal: { code: 'scheme.unit-unknown' } })
})

test('a score that cannot be read fails for whoever asked, and not for the whole server', async () => {
  const failures: unknown[] = []
  const hear = (reason: unknown) => failures.push(reason)
  process.on('unhandledRejection', hear)
  const asked = db.snapshot(province, async (tx) => {
    const units = rankedUnits(await loadDirectory(tx), period)
    // A broken transaction: every statement after it fails, as when the database goes away.
    await expect(sql`select 1 / 0`.execute(tx)).rejects.toThrow()
    return scoreUnits(tx, { period, scheme: NATIONAL }, units, NOW)
  })
  await expect(asked).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 50))
  process.off('unhandledRejection', hear)
  expect(failures).toEqual([])
})

test('a version that nobody has published is tried beside the one it began with: of the same figures, and of what only it asks for', async () => {
  const [before] = nationalSchemes()[0]?.versions ?? []
  if (!before) throw new Error('no national scheme')
  const asked = before.indicators.map((one) =>
    one.id === '3.5b' ? { ...one, max: 5, denominator: { greatest: [[{ quantity: 'procedures_fee_filed', sign: 1 } as const]] } } : one,
  )
  const after = { ...before, indicators: asked }
  const tried = await db.snapshot(province, async (tx) =>
    tryScheme(tx, period, provinceUnit(await loadDirectory(tx), period), { before, after }, NOW),
  )
  const total = ({ total: { num, den } }: { total: { num: bigint; den: bigint } }) => Number(num) / Number(den)
  const live = await score()
  expect([total(tried.before), tried.received > 0]).toEqual([live.score, true])
  const of = (which: 'before' | 'after') => tried[which].indicators.find((one) => one.indicator.id === '3.5b')
  expect(of('before')?.denominator).toBe(indicator(live, '3.5b')?.denominator)
  // Never more than the procedures that have a fee at all; and counted, not unknown.
  expect(of('after')?.denominator).toBeLessThan(of('before')?.denominator ?? 0)
  expect(of('after')?.missing).toEqual([])
})

test('the quarter that a trial is of is the last one that is over', () => {
  const days = ['2026-01-01', '2026-03-31', '2026-04-01', '2026-07-01', '2026-11-22'].map((day) => lastQuarter(day))
  expect(days.map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2025-10-01 2025-12-31',
    '2025-10-01 2025-12-31',
    '2026-01-01 2026-03-31',
    '2026-04-01 2026-06-30',
    '2026-07-01 2026-09-30',
  ])
})
