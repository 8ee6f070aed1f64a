import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { TimeLimit } from './time-limit.ts'
import type { WorkCalendar } from './work-calendar.ts'

/**
 * Why the clock stands still: the applicant completes the dossier (form 02), pays what is owed (status 6), another agency is asked,
 * the applicant asked to stop (status 7), or anything else. Which of them really stop it is a dated rule (`ClockRules.pauses`).
 */
export type PauseReason = 'supplement' | 'payment' | 'consultation' | 'withdrawal' | 'other'
export const pauseReasons: readonly PauseReason[] = ['supplement', 'payment', 'consultation', 'withdrawal', 'other']

/**
 * One thing that happened to a deadline. Plain JSON, made to be stored as it is; `at` and other instants are ISO text. Events stand in
 * the order in which they happened, `start` first.
 * - `start`: received by an agency (its code; '' is the whole province). `due` only when the promise does not follow from the limit (imported).
 * - `pause`/`resume`: by reason; two reasons may overlap, the clock stands still while any lasts. `restart` says that the limit begins anew, whatever the rule.
 * - `extend`: to an instant, or by an amount, with the reason given to the applicant (form 04). One that is not later changes nothing.
 * - `transfer`: another agency's calendar counts from then on; with `limit`, a limit of its own from then on.
 * - `move`: the calendar was changed (a holiday added later) and the due time moved to `due`.
 * - `end`: the result is ready, or the dossier closed. `reopen`: a recorded recall; the time between does not count.
 */
export type ClockEvent =
  | { readonly type: 'start'; readonly at: string; readonly agency: string; readonly due?: string }
  | { readonly type: 'pause'; readonly at: string; readonly reason: PauseReason }
  | { readonly type: 'resume'; readonly at: string; readonly reason: PauseReason; readonly restart?: boolean }
  | { readonly type: 'extend'; readonly at: string; readonly to: string; readonly reason: string }
  | { readonly type: 'extend'; readonly at: string; readonly by: TimeLimit; readonly reason: string }
  | { readonly type: 'transfer'; readonly at: string; readonly agency: string; readonly limit?: TimeLimit }
  | { readonly type: 'move'; readonly at: string; readonly due: string; readonly reason: Text }
  | { readonly type: 'end'; readonly at: string }
  | { readonly type: 'reopen'; readonly at: string }

/** Everything a deadline follows from, beside the calendar: what a dossier stores. `rules` only where its procedure differs. */
export interface Ledger {
  readonly limit: TimeLimit
  readonly events: readonly ClockEvent[]
  readonly rules?: Partial<ClockRules>
}

/** How days are counted. Dated data of an agency (or of those above it); a procedure may differ (`Ledger.rules`). */
export interface ClockRules {
  /** Whether the day of receipt counts: not by law (Civil Code 2015 Art. 147). */
  readonly startDay: 'next' | 'same'
  /** What receipt after `cutOff` changes: only limits of "the same day" (default), every limit (as if received the next working day), nothing. */
  readonly lateReceipt: 'same_day' | 'all' | 'none'
  /** Minutes after midnight. Received at 15:00:00 is in time, a second later is late. */
  readonly cutOff: number
  /** A limit in days or months that ends on a day off: the next working day by law (Civil Code Art. 148), the day itself, or the working day before. */
  readonly endDay: 'next' | 'same' | 'previous'
  /** When the last day ends: the office's closing time, the time of day of receipt, or 23:59:59. */
  readonly endTime: 'closing' | 'same_time' | 'midnight'
  /** Which reasons stop the clock. */
  readonly pauses: readonly PauseReason[]
  /** After which of them the whole limit begins anew; after the others it goes on (whether a supplement restarts differs by sector). */
  readonly restarts: readonly PauseReason[]
}

/** Calendars by agency code, or one that holds for all. */
export type Calendars = WorkCalendar | ((agencyCode: string) => WorkCalendar)

/** A due time that changed, and why. `from` and `to` are the due time before and after; equal when it changed nothing. */
export interface ClockChange {
  readonly type: 'pause' | 'extend' | 'transfer' | 'move' | 'reopen'
  readonly at: Temporal.Instant
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** A `PauseReason`, the words of an extension, or empty. */
  readonly reason: string
  readonly text: Text
}

/** A stretch of the clock on one agency's calendar; the last one has no end while the clock is not ended. */
export interface ClockStretch {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant | null
  readonly agency: string
  readonly running: boolean
}

/** What a ledger says. While it is paused, `due` is what was promised before the pause; `readClock` moves it. */
export interface ClockState {
  readonly state: 'running' | 'paused' | 'ended'
  readonly startedAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
  readonly pausedSince: Temporal.Instant | null
  /** Reasons for which it stands still now. */
  readonly pausedFor: readonly PauseReason[]
  /** Whose calendar counts now. */
  readonly agency: string
  readonly originalDue: Temporal.Instant
  readonly due: Temporal.Instant
  readonly changes: readonly ClockChange[]
  readonly stretches: readonly ClockStretch[]
  /** Working time it stood still, finished pauses only, in milliseconds. */
  readonly pausedWorkingMs: number
  /** Sentences a person can check with a wall calendar, from receipt to the due time. */
  readonly explanation: readonly Text[]
}
