import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { dossierLine } from '../../../test/support/past.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { dossierImport } from '../dossier/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import { digestOf } from './digest.ts'
import {
  freezeWeekly,
  openWeekly,
  type ReadAims,
  type ReportHost,
  type WeeklyReport,
  watchWeekly,
  weeklyHistory,
  weeklyPdf,
  weeklyXlsx,
} from './index.ts'

const { db, province, owner } = await testDatabase()
let now = Temporal.Instant.from('2023-03-12T09:00:00+07:00')
const clock = () => now

/** Four of five, for everybody. */
const aims: ReadAims = async () => () => ({
  value: 0.8,
  source: 'Kế hoạch 48/KH-UBND',
  gapOf: ({ n, d }) => (d === 0 ? null : Math.max(0, Math.ceil(0.8 * d) - n)),
})
const host: ReportHost = { db, clock, access: () => createAccess([], { isWithin: () => false }), aims, gaps: async () => [] }

const line = (n: number, day: string, agency: string, online: boolean) =>
  dossierLine(n, `${day}T08:30:00+07:00`, {
    agency_code: agency,
    channel: online ? 'online' : 'counter',
    submitted_at: `${day}T08:00:00+07:00`,
    due_at: `${day}T17:00:00+07:00`,
    completed_at: `${day}T16:00:00+07:00`,
    returned_at: `${day}T16:30:00+07:00`,
    status: '10',
  })

const dossiers = dossierImport('thử')

async function bring(lines: readonly Record<string, string>[]): Promise<void> {
  const rows = lines.map((record, n) => {
    const read = dossiers.parse(record)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: n + 2, row: read.value }
  })
  await db.write(province, (tx) => dossiers.apply({ tx, now, province, id: randomUUID }, rows))
}

const freeze = async (day: string, made: 'by_clock' | 'from_log' = 'by_clock') => {
  const done = await freezeWeekly(host, province, { day, made })
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const open = async (id: string): Promise<WeeklyReport> => {
  const opened = await openWeekly(db, province, id)
  if (!opened?.report) throw new Error('not there, or altered')
  return opened.report
}

beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await bring([
    ...[1, 2, 3].map((n) => line(n, '2023-03-02', 'H12.31.01', true)),
    line(4, '2023-03-02', 'H12.31.01', false),
    line(5, '2023-03-08', 'H12.31.01', true),
    ...[1, 2].map((n) => line(n, '2023-03-08', 'H12.31.02', false)),
    // After the report's day: counted in none of these.
    line(9, '2023-03-11', 'H12.31.02', true),
  ])
  now = Temporal.Instant.from('2023-03-10T15:00:00+07:00')
})

describe('the report of a week', () => {
  test('is made once: asked for again, or twice at the same time, it is the same one', async () => {
    const [a, b] = await Promise.all([freeze('2023-03-10'), freeze('2023-03-10')])
    expect([a.made, b.made].filter(Boolean)).toHaveLength(1)
    expect(a.id).toBe(b.id)
    expect(await freeze('2023-03-10')).toEqual({ ...a, made: false })
    expect((await weeklyHistory(db, province, {})).rows).toHaveLength(1)
  })

  test('counts what was received until its day, under the units of that time, compared with the week before', async () => {
    const report = await open((await freeze('2023-03-10')).id)
    expect(report).toMatchObject({
      provenance: 'on_time',
      period: { from: '2023-01-01', to: '2023-03-10' },
      before: { basis: 'log', day: '2023-03-03' },
    })
    const total = report.lines[0]
    expect(total?.cells.online_rate).toMatchObject({ now: { n: 4, d: 7 }, before: { n: 3, d: 4 }, week: { n: 1, d: 3 }, gap: 2 })
    expect(total?.received).toEqual({ now: 7, week: 3 })
    expect(report.lines.map(({ key }) => key)).toEqual(['total', 'province', 'district', 'commune'])
    const online = report.highlights[0]
    expect(online?.zero.map(({ key }) => key)).toEqual(['H12.31.02'])
    expect(report.units.find(({ key }) => key === 'H12.31.02')?.lastReceived).toBe('2023-03-08')
    expect(report.units.some(({ key }) => key === 'H12.101')).toBe(false)
    expect(report.late.silent.length).toBeGreaterThan(50)
  })

  test('stays as it was when dossiers come in later; the next one is compared with it as it was frozen', async () => {
    const first = (await freeze('2023-03-10')).id
    const before = await open(first)
    await bring([line(7, '2023-03-07', 'H12.31.01', true)])
    expect(await open(first)).toEqual(before)
    now = Temporal.Instant.from('2023-03-17T15:50:00+07:00')
    const next = await open((await freeze('2023-03-17')).id)
    expect(next).toMatchObject({ provenance: 'late', before: { basis: 'frozen', day: '2023-03-10' } })
    expect(next.lines[0]?.cells.online_rate).toMatchObject({ now: { n: 6, d: 9 }, before: { n: 4, d: 7 } })
  })

  test('of a week long past is made from the log and says so; another day than the report’s, or one to come, is refused', async () => {
    const past = await open((await freeze('2023-03-03', 'from_log')).id)
    expect(past).toMatchObject({ provenance: 'later', lines: [{ received: { now: 4 } }, {}, {}, {}] })
    expect(await freezeWeekly(host, province, { day: '2023-03-02', made: 'from_log' })).toMatchObject({
      error: { code: 'report.wrong-day' },
    })
    expect(await freezeWeekly(host, province, { day: '2023-03-24', made: 'by_clock' })).toMatchObject({ error: { code: 'report.not-yet' } })
  })

  test('gives the same two pages and the same spreadsheet, byte for byte, every time', { timeout: 30_000 }, async () => {
    const report = await open((await freeze('2023-03-10')).id)
    const kept = { report, digest: 'a'.repeat(64) }
    const pdf = await weeklyPdf(kept)
    expect(digestOf(Buffer.from(pdf).toString('base64'))).toBe(digestOf(Buffer.from(await weeklyPdf(kept)).toString('base64')))
    expect(
      (
        Buffer.from(pdf)
          .toString('latin1')
          .match(/\/Type\s*\/Page\b/g) ?? []
      ).length,
    ).toBe(2)
    const book = Buffer.from(await weeklyXlsx(kept)).toString('base64')
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect(Buffer.from(await weeklyXlsx(kept)).toString('base64') === book).toBe(true)
  })

  test('with one byte changed behind the house’s back is shown as changed and never as a report', async () => {
    const { id } = await freeze('2023-03-17')
    await expect(db.write(province, (tx) => tx.updateTable('weekly_report').set({ body: '{}' }).execute())).rejects.toThrow(
      'permission denied',
    )
    await owner(`update ca_mau.weekly_report set body = replace(body, '"n":6', '"n":7') where id = '${id}'`)
    const opened = await openWeekly(db, province, id)
    expect(opened?.report).toBeUndefined()
    expect(opened?.found).not.toBe(opened?.row.digest)
  })
})

test('the report whose hour came last is waited for, then missed; a province is owed none from before its first event', async () => {
  const at = (text: string) => Temporal.Instant.from(`${text}+07:00`)
  expect((await watchWeekly(db, province, at('2023-03-10T14:59:00'))).state).not.toBe('missing')
  expect(await watchWeekly(db, province, at('2023-03-10T16:00:00'))).toMatchObject({ state: 'made' })
  const { rows } = await db.read(province, async (tx) => ({
    rows: await tx.selectFrom('event').select('at').orderBy('position').limit(1).execute(),
  }))
  const began = rows[0]?.at as Temporal.Instant
  expect((await watchWeekly(db, province, began.subtract({ hours: 24 * 700 }))).state).toBe('none')
  const next = (await watchWeekly(db, province, began.add({ hours: 24 * 30 }))).slot
  expect((await watchWeekly(db, province, next.at)).state).toBe('waiting')
  expect((await watchWeekly(db, province, next.alarmAt)).state).toBe('missing')
})
