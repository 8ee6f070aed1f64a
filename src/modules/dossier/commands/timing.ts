import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type Calendars, type ClockEvent, type ClockState, clock, type PauseReason, type WorkCalendar } from '../../calendar/index.ts'
import type { Resumption } from '../events.ts'
import { findProcedure, loadCalendar, workingDaysBetween, workingMillis } from '../facts.ts'
import { type Clock, type Dossier, isoText } from '../rules/dossier.ts'

/** What reading the clock needs: the database and the time it is. */
export type Timed = Pick<Context, 'tx' | 'now'>

/** A unit that takes a whole day to promise, for a dossier whose procedure is no longer known. */
const NO_LIMIT = { limit: 1, unit: 'working_day' } as const

/**
 * The clock's ledger of a dossier. One that came without (imported, or received before ledgers were kept) gets one that begins with the
 * due time it was promised. Undefined where there is no due time to begin with.
 */
export async function ledgerOf(cx: Timed, dossier: Dossier): Promise<Clock | undefined> {
  if (dossier.clock) return dossier.clock
  if (!dossier.receivedAt || !dossier.dueAt) return undefined
  const procedure = await findProcedure(cx.tx, dossier.procedureCode, dossier.receivedDay ?? dayOf(dossier.receivedAt))
  const events: ClockEvent[] = [{ type: 'start', at: isoText(dossier.receivedAt), agency: dossier.agencyCode, due: isoText(dossier.dueAt) }]
  // It never says when it began to wait: from then on the clock is known to stand still.
  const waits: PauseReason | null = dossier.stage === 'supplement' ? 'supplement' : dossier.stage === 'payment' ? 'payment' : null
  if (waits) events.push({ type: 'pause', at: isoText(dossier.pausedAt ?? cx.now), reason: waits })
  if (dossier.stage === 'withdrawn') events.push({ type: 'pause', at: isoText(dossier.closedAt ?? cx.now), reason: 'withdrawal' })
  if (dossier.completedAt) events.push({ type: 'end', at: isoText(dossier.completedAt) })
  return { limit: procedure?.limit ?? NO_LIMIT, events }
}

/** The clock of a dossier after some more events, and the ledger it began with. */
export interface ClockAfter {
  readonly ledger: Clock
  readonly state: ClockState
  readonly calendar: WorkCalendar
}

const agenciesIn = (events: readonly ClockEvent[]): string[] => [
  ...new Set(events.flatMap((event) => (event.type === 'start' || event.type === 'transfer' ? [event.agency] : []))),
]

async function calendarsFor(cx: Timed, events: readonly ClockEvent[], agencyCode: string): Promise<(code: string) => WorkCalendar> {
  const known = new Map<string, WorkCalendar>()
  for (const code of new Set([...agenciesIn(events), agencyCode])) known.set(code, await loadCalendar(cx.tx, code))
  return (code) => known.get(code) as WorkCalendar
}

/** A year that no calendar covers cannot be counted in: such a dossier keeps the due time it has. */
function covered<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'calendar.year-unknown') return undefined
    throw error
  }
}

/** How the clock stands after these events; undefined for a dossier without a due time, or of a time no calendar covers. */
export async function clockAfter(cx: Timed, dossier: Dossier, more: readonly ClockEvent[]): Promise<ClockAfter | undefined> {
  const ledger = await ledgerOf(cx, dossier)
  if (!ledger) return undefined
  const events = [...ledger.events, ...more]
  const calendars: Calendars = await calendarsFor(cx, events, dossier.agencyCode)
  const state = covered(() => clock(events, ledger.limit, calendars, ledger.rules))
  return state && { ledger, state, calendar: calendars(state.agency) }
}

/** Why it moved last: the sentence of the clock's last change. */
export const whyOf = (state: ClockState): Text => state.changes.at(-1)?.text ?? { vi: '', en: '' }

/** The due time and its explanation as a decision takes them. */
export interface Moved {
  readonly due: Temporal.Instant | null
  readonly explanation: readonly Text[] | null
  readonly why?: Text
  readonly ledger?: Clock
}

export const movedBy = (dossier: Dossier, after: ClockAfter | undefined): Moved =>
  after
    ? { due: after.state.due, explanation: after.state.explanation, why: whyOf(after.state), ledger: after.ledger }
    : { due: dossier.dueAt, explanation: dossier.dueExplanation }

/** How the clock goes on after it stood still for these reasons, in the order in which they ended. */
export async function goOn(
  cx: Timed,
  dossier: Dossier,
  reasons: readonly PauseReason[],
): Promise<{ resumed: Resumption; ledger: Clock | undefined }> {
  const at = isoText(cx.now)
  const after = await clockAfter(
    cx,
    dossier,
    reasons.map((reason) => ({ type: 'resume', at, reason })),
  )
  const since = dossier.pausedAt ?? (dossier.stage === 'withdrawn' ? dossier.closedAt : null)
  const stood = since && after ? covered(() => workingMillis(since, cx.now, after.calendar)) : 0
  const days = since && after ? covered(() => workingDaysBetween(dayOf(since), dayOf(cx.now), after.calendar)) : 0
  const moved = movedBy(dossier, after)
  return {
    resumed: {
      pausedWorkingMs: stood ?? 0,
      pausedWorkingDays: days ?? 0,
      dueAt: moved.due && isoText(moved.due),
      dueExplanation: moved.explanation,
    },
    ledger: moved.ledger,
  }
}

/** Whole working days of work from reception to now, the applicant's own time taken out; null where no calendar reaches back so far. */
export async function workedDays(cx: Timed, dossier: Dossier, waitedNow = 0): Promise<number | null> {
  const { receivedDay } = dossier
  if (receivedDay === null) return 0
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode)
  const taken = covered(() => workingDaysBetween(receivedDay, dayOf(cx.now), calendar))
  return taken === undefined ? null : Math.max(0, taken - dossier.supplementWorkingDays - dossier.otherPausedDays - waitedNow)
}

/** Whether the clock stands still when it is stopped for this reason now, by the dated rule of the agency. */
export async function standsStill(cx: Timed, dossier: Dossier, reason: PauseReason): Promise<boolean> {
  const after = await clockAfter(cx, dossier, [{ type: 'pause', at: isoText(cx.now), reason }])
  return after?.state.pausedFor.includes(reason) ?? false
}

export const instantOf = (text: string | null): Temporal.Instant | null => (text === null ? null : Temporal.Instant.from(text))
