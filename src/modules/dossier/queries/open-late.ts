import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, startOfDay } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { LogMark } from '../../indicator/index.ts'
import type { DossierEvent } from '../events.ts'
import { foldEvents } from '../rules/fold.ts'
import { isLateWhileOpen } from '../rules/open-late.ts'
import { eventTexts } from '../texts.ts'

/** Received dossiers that are not finished and whose time has run out. */
export interface OpenLate {
  readonly agencyCode: string
  /** How many of the cuts lie on or before the day of reception. */
  readonly segment: number
  readonly late: number
}

/** The moment by which the open dossiers of a period are judged: its last one, or now while it lasts. (QĐ 766/QĐ-TTg, rule 2.1.) */
export function judgedAt({ to }: { readonly to: Day }, now: Temporal.Instant): Temporal.Instant {
  const last = startOfDay(addDays(to, 1)).subtract({ milliseconds: 1 })
  return Temporal.Instant.compare(now, last) < 0 ? now : last
}

/** As a condition on an unfinished dossier `d`: whether it is late at a moment (rules/open-late.ts). */
export const lateWhileOpen = (at: Temporal.Instant) =>
  sql<boolean>`(coalesce(coalesce(d.paused_at, ${at}::timestamptz) > d.due_at, false)
    or d.stage = 'supplement' and d.supplement_requests - d.intake_supplements > 1)`

/**
 * How many unfinished dossiers of a period (by their day of reception) are late, in lines of an agency each that add up: judged at the
 * period's end, or at `now` while it lasts. One that waits for its applicant is judged by the time it began to wait; one that waits after
 * a second request is late, lists of missing papers sent before reception not counted. (QĐ 766/QĐ-TTg, rule 2.1.) The other unfinished
 * ones are in time: received less finished less these. `cuts`: days on which units changed, in order; dossiers before and from each of
 * them are counted apart. `agencies`: only these, few of them.
 */
export async function openLate(
  tx: Tx,
  period: { readonly from: Day; readonly to: Day },
  now: Temporal.Instant,
  cuts: readonly Day[] = [],
  agencies: readonly string[] | null = null,
): Promise<OpenLate[]> {
  const at = judgedAt(period, now)
  const unfinished = sql`completed_at is null and closed_at is null and received_day between ${period.from}::date and ${period.to}::date
    ${agencies === null ? sql`` : sql`and agency_code = any (${[...agencies]}::text[])`}`
  const segment = cuts.length > 0 ? sql`width_bucket(received_day, ${[...cuts]}::date[])` : sql`0`
  // Each of the three is read from an index of its own; a second request counts where the dossier is not late by its time already.
  const lines = (condition: RawBuilder<unknown>) =>
    sql`select agency_code as "agencyCode", ${segment} as segment, count(*) as late from dossier where ${unfinished} and ${condition} group by 1, 2`
  // Said twice for few agencies: the index of a unit's running dossiers (dossier_running_unit) is found by these words.
  const byUnit = agencies === null ? sql`` : sql`and coalesce(due_at, received_at) < ${at}::timestamptz`
  const { rows } = await sql<OpenLate>`
    ${lines(sql`paused_at is null and due_at < ${at}::timestamptz ${byUnit}`)}
    union all
    ${lines(sql`paused_at is not null and paused_at > due_at`)}
    union all
    ${lines(sql`stage = 'supplement' and supplement_requests - intake_supplements > 1
      and not coalesce(coalesce(paused_at, ${at}::timestamptz) > due_at, false)`)}`.execute(tx)
  return rows
}

const CHUNK = 500

/**
 * Which of some dossiers were late while open at an instant, from nothing but the event log as it had been read up to a mark: each is
 * made again from its events. (The same rule as `openLate`.)
 */
export async function openLateUntil(tx: Tx, ids: readonly string[], until: LogMark, at: Temporal.Instant): Promise<ReadonlySet<string>> {
  const late = new Set<string>()
  for (let from = 0; from < ids.length; from += CHUNK) {
    const { rows } = await sql<{ subject: string; type: string; at: Temporal.Instant; data: object }>`
      select subject, type, at, data from event
      where subject = any(${ids.slice(from, from + CHUNK)}::uuid[]) and type = any(${Object.keys(eventTexts)}::text[])
        and position <= ${until.position}::bigint and pg_visible_in_snapshot(tx, ${until.snapshot}::pg_snapshot)
      order by subject, position`.execute(tx)
    const events = new Map<string, DossierEvent[]>()
    for (const { subject, ...event } of rows) events.set(subject, [...(events.get(subject) ?? []), event as unknown as DossierEvent])
    for (const [subject, own] of events) {
      const dossier = foldEvents(own)
      if (dossier && isLateWhileOpen(dossier, at)) late.add(subject)
    }
  }
  return late
}
