import { Temporal } from 'temporal-polyfill'
import { addDays, dayOf } from '../../../kernel/clock.ts'
import type { Database, Province } from '../../../kernel/database/index.ts'
import { digestOf } from '../digest.ts'
import { latestSlot, type Slot, slotOf } from '../rules/settings.ts'
import type { Provenance, WeeklyReport } from '../rules/weekly.ts'
import { listSettings, listWeekly, logBegan, type WeeklyRow, weeklyById, weeklyOf, weeklyYears } from '../store.ts'

/** A frozen report as it is kept. `report` is undefined when its text is no longer what was written: then nothing of it is to be trusted. */
export interface OpenedReport {
  readonly row: WeeklyRow
  readonly report: WeeklyReport | undefined
  /** What the text gives now. */
  readonly found: string
}

/** Opens a frozen report and compares its digest. Undefined when there is none with this id. */
export async function openWeekly(db: Database, province: Province, id: string): Promise<OpenedReport | undefined> {
  const known = await db.read(province, (tx) => weeklyById(tx, id))
  if (!known) return undefined
  const { body, ...row } = known
  const found = digestOf(body)
  return { row, found, report: found === row.digest ? (JSON.parse(body) as WeeklyReport) : undefined }
}

/** The history: newest first, with the years there are reports of. */
export const weeklyHistory = async (
  db: Database,
  province: Province,
  asked: { year?: number | undefined; provenance?: Provenance | undefined },
): Promise<{ rows: WeeklyRow[]; years: number[] }> => ({
  rows: await db.read(province, (tx) => listWeekly(tx, asked)),
  years: await db.read(province, weeklyYears),
})

/** The report that comes next: its hour has not come. */
export async function nextSlot(db: Database, province: Province, now: Temporal.Instant): Promise<Slot> {
  const settings = await db.read(province, listSettings)
  return slotOf(settings, addDays(latestSlot(settings, now, dayOf(now)).week, 7))
}

/** How the last report that should be there stands. */
export interface WeeklyWatch {
  readonly slot: Slot
  /** `made`, `waiting` (its hour has come, it is being made), `missing` (an alarm), `none` (the province's log began after it). */
  readonly state: 'made' | 'waiting' | 'missing' | 'none'
  readonly reportId: string | undefined
}

/** Looks whether the report whose hour came last is there. A province is owed none from before its first event. */
export async function watchWeekly(db: Database, province: Province, now: Temporal.Instant): Promise<WeeklyWatch> {
  const settings = await db.read(province, listSettings)
  const slot = latestSlot(settings, now, dayOf(now))
  const report = await db.read(province, (tx) => weeklyOf(tx, slot.week))
  if (report) return { slot, state: 'made', reportId: report.id }
  const began = await db.read(province, logBegan)
  if (!began || Temporal.Instant.compare(began, slot.at) > 0) return { slot, state: 'none', reportId: undefined }
  return { slot, state: Temporal.Instant.compare(now, slot.alarmAt) < 0 ? 'waiting' : 'missing', reportId: undefined }
}
