import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import {
  type ClockEvent,
  type ClockState,
  clock,
  dueAt,
  isWorkingDay,
  type PauseReason,
  type TimeLimit,
  type WorkCalendar,
  workingDayAfter,
  workingDaysBetween,
  workingMillis,
} from '../../calendar/index.ts'
import { noDueTime, notAWorkingDay } from '../errors.ts'
import type { Resumption } from '../events.ts'
import { type Clock, type Dossier, isoText } from './dossier.ts'
import type { Extension } from './due.ts'
import { openReason } from './fold.ts'
import type { LifecycleRule } from './law.ts'

/** The due time and its explanation as a decision takes them. */
export interface Moved {
  readonly due: Temporal.Instant | null
  readonly explanation: readonly Text[] | null
  readonly why?: Text
  readonly ledger?: Clock
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

const whyOf = (state: ClockState): Text => state.changes.at(-1)?.text ?? { vi: '', en: '' }

/** The last moment at which a due time may be put off when so many working days' notice is asked for: the end of that day. */
function latestMoment(due: Temporal.Instant, days: number, calendar: WorkCalendar): Temporal.Instant {
  if (days === 0) return due
  const last = dayOf(due)
  let day = addDays(last, -1)
  while (workingDaysBetween(day, last, calendar) < days) day = addDays(day, -1)
  return startOfDay(addDays(day, 1)).subtract({ seconds: 1 })
}

/** Agencies whose calendars a ledger is read with. */
export const agenciesIn = (events: readonly ClockEvent[]): string[] => [
  ...new Set(events.flatMap((event) => (event.type === 'start' || event.type === 'transfer' ? [event.agency] : []))),
]

/**
 * The clock's ledger of a dossier. One that came without (imported, or received before ledgers were kept) gets one that begins with the
 * due time it was promised. Undefined where there is no due time to begin with.
 */
export function ledgerOf(dossier: Dossier, limit: TimeLimit, now: Temporal.Instant): Clock | undefined {
  if (dossier.clock) return dossier.clock
  if (!dossier.receivedAt || !dossier.dueAt) return undefined
  const events: ClockEvent[] = [{ type: 'start', at: isoText(dossier.receivedAt), agency: dossier.agencyCode, due: isoText(dossier.dueAt) }]
  // A file of the past does not say when it began to wait: from now on the clock is known to stand still.
  const waits: PauseReason | null = dossier.stage === 'supplement' ? 'supplement' : dossier.stage === 'payment' ? 'payment' : null
  if (waits) events.push({ type: 'pause', at: isoText(dossier.pausedAt ?? now), reason: waits })
  if (dossier.stage === 'withdrawn') events.push({ type: 'pause', at: isoText(dossier.closedAt ?? now), reason: 'withdrawal' })
  if (dossier.completedAt) events.push({ type: 'end', at: isoText(dossier.completedAt) })
  return { limit, events }
}

/** Reads and moves the clock of one dossier at one moment. Pure: the calendars are given. */
export class Reckoning {
  readonly dossier: Dossier
  readonly now: Temporal.Instant
  readonly ledger: Clock | undefined
  private readonly calendarOf: (agencyCode: string) => WorkCalendar

  constructor(dossier: Dossier, now: Temporal.Instant, limit: TimeLimit, calendarOf: (agencyCode: string) => WorkCalendar) {
    this.dossier = dossier
    this.now = now
    this.ledger = ledgerOf(dossier, limit, now)
    this.calendarOf = calendarOf
  }

  private get at(): string {
    return isoText(this.now)
  }

  /** How the clock stands after these events; undefined without a due time, or in a year no calendar covers. */
  after(more: readonly ClockEvent[]): ClockState | undefined {
    const { ledger } = this
    return ledger && covered(() => clock([...ledger.events, ...more], ledger.limit, this.calendarOf, ledger.rules))
  }

  /** Where these events move the due time; it stays where no clock can be read. */
  moved(more: readonly ClockEvent[]): Moved {
    const state = this.after(more)
    if (!state) return { due: this.dossier.dueAt, explanation: this.dossier.dueExplanation }
    return { due: state.due, explanation: state.explanation, why: whyOf(state), ...(this.ledger ? { ledger: this.ledger } : {}) }
  }

  /** How the clock goes on after it stood still for these reasons, in the order in which they end. */
  goOn(reasons: readonly PauseReason[]): { resumed: Resumption; ledger: Clock | undefined } {
    const { dossier, now } = this
    const moved = this.moved(reasons.map((reason) => ({ type: 'resume', at: this.at, reason })))
    const since = dossier.pausedAt ?? (dossier.stage === 'withdrawn' ? dossier.closedAt : null)
    const calendar = this.calendarOf(dossier.agencyCode)
    const counts = since !== null && dossier.receivedAt !== null
    return {
      resumed: {
        pausedWorkingMs: counts ? (covered(() => workingMillis(since, now, calendar)) ?? 0) : 0,
        pausedWorkingDays: counts ? (covered(() => workingDaysBetween(dayOf(since), dayOf(now), calendar)) ?? 0) : 0,
        dueAt: moved.due && isoText(moved.due),
        dueExplanation: moved.explanation,
        ...(moved.why ? { why: moved.why } : {}),
      },
      ledger: moved.ledger,
    }
  }

  /** As `goOn`, for a withdrawal that is taken back: what else it waited for has ended with it. */
  goOnAfterWithdrawal(): { resumed: Resumption; ledger: Clock | undefined } {
    if (this.dossier.stage !== 'withdrawn') return this.goOn([])
    const waited = openReason(this.ledger ?? null)
    return this.goOn([...(waited ? [waited] : []), 'withdrawal'])
  }

  /** Whether the clock stands still when it is stopped for this reason now, by the dated rule of the agency. */
  standsStill(reason: PauseReason): boolean {
    return this.after([{ type: 'pause', at: this.at, reason }])?.pausedFor.includes(reason) ?? false
  }

  /** Whole working days of work from reception to now, the applicant's own time taken out; null where no calendar reaches back so far. */
  workedDays(waitedNow = 0): number | null {
    const { receivedDay, agencyCode, supplementWorkingDays, otherPausedDays } = this.dossier
    if (receivedDay === null) return 0
    const taken = covered(() => workingDaysBetween(receivedDay, dayOf(this.now), this.calendarOf(agencyCode)))
    return taken === undefined ? null : Math.max(0, taken - supplementWorkingDays - otherPausedDays - waitedNow)
  }

  /** What an extension to a day would mean. Throws `Refused`: dossier.no-due-time, dossier.not-a-working-day, calendar.year-unknown. */
  extension({ note, day }: { readonly note: string; readonly day: Day }, rule: LifecycleRule): Extension {
    const { dossier } = this
    if (dossier.dueAt === null) throw new Refused(noDueTime)
    const calendar = this.calendarOf(dossier.agencyCode)
    if (!isWorkingDay(day, calendar)) throw new Refused(notAWorkingDay(workingDayAfter(day, 0, calendar)))
    const closing = dueAt(startOfDay(day), { limit: 0, unit: 'working_day' }, calendar).due
    const { due, explanation, why, ledger } = this.moved([{ type: 'extend', at: this.at, to: isoText(closing), reason: note.trim() }])
    return {
      note,
      due: due ?? closing,
      explanation: explanation ?? [],
      why: why ?? { vi: '', en: '' },
      ledger,
      maxExtensions: rule.maxExtensions,
      latest: latestMoment(dossier.dueAt, rule.extensionNoticeWorkingDays, calendar),
    }
  }

  /** Where the due time lies on the calendars as they are now; undefined where no clock can be read. */
  rescheduled(
    reason: Text,
  ): (Moved & { readonly due: Temporal.Instant; readonly explanation: readonly Text[]; readonly why: Text }) | undefined {
    const due = this.after([])?.due
    const state = due && this.after([{ type: 'move', at: this.at, due: isoText(due), reason }])
    return state && { due: state.due, explanation: state.explanation, why: whyOf(state), ...(this.ledger ? { ledger: this.ledger } : {}) }
  }

  /** After a recall: the days the result lay finished do not count. */
  reopened(): Moved {
    return this.moved([{ type: 'reopen', at: this.at }])
  }

  /** What is left of the time, laid on another agency's calendar. With the result ready nothing runs any more. */
  transferred(agencyCode: string): Moved {
    const { dossier } = this
    if (dossier.completedAt) return { due: dossier.dueAt, explanation: dossier.dueExplanation }
    return this.moved([{ type: 'transfer', at: this.at, agency: agencyCode }])
  }
}

/** A unit to promise by, for a dossier whose procedure is no longer known. */
export const NO_LIMIT: TimeLimit = { limit: 1, unit: 'working_day' }
