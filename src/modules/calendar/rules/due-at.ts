import { Temporal } from 'temporal-polyfill'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { refusals } from '../errors.ts'
import { clock } from './clock.ts'
import type { ClockEvent } from './ledger.ts'
import { checkLimit, type TimeLimit } from './time-limit.ts'
import type { WorkCalendar } from './work-calendar.ts'

/** A stretch in which the clock stands still, such as waiting for the applicant's supplement. */
export interface Pause {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

export interface Due {
  readonly due: Temporal.Instant
  /** Sentences a person can check with a wall calendar. */
  readonly explanation: readonly Text[]
}

/** Pauses in order, overlapping ones joined, nothing before reception. */
function merged(pauses: readonly Pause[], received: Temporal.Instant): Pause[] {
  const after = pauses
    .filter((pause) => Temporal.Instant.compare(pause.to, received) > 0)
    .map((pause) => (Temporal.Instant.compare(pause.from, received) < 0 ? { from: received, to: pause.to } : pause))
    .sort((a, b) => Temporal.Instant.compare(a.from, b.from))
  const out: Pause[] = []
  for (const pause of after) {
    const last = out.at(-1)
    if (!last || Temporal.Instant.compare(pause.from, last.to) > 0) out.push(pause)
    else if (Temporal.Instant.compare(pause.to, last.to) > 0) out[out.length - 1] = { from: last.from, to: pause.to }
  }
  return out
}

/**
 * When a dossier is due, and why: a ledger that starts at reception and knows only finished pauses. The day of reception is not
 * counted; a limit in days or months that ends on a day off ends on the next working day (Civil Code 2015 Art. 147, 148); every day
 * ends at the office's closing time. A pause moves the due time by the working time that passed in it; one that begins after the due
 * time changes nothing. Throws `Refused`: calendar.limit-invalid, calendar.pause-invalid, calendar.year-unknown.
 */
export function dueAt(received: Temporal.Instant, limit: TimeLimit, calendar: WorkCalendar, pauses: readonly Pause[] = []): Due {
  checkLimit(limit)
  if (pauses.some((pause) => Temporal.Instant.compare(pause.from, pause.to) >= 0)) throw new Refused(refusals.pauseInvalid)
  const events: ClockEvent[] = [
    { type: 'start', at: received.toString(), agency: '' },
    ...merged(pauses, received).flatMap((pause): ClockEvent[] => [
      { type: 'pause', at: pause.from.toString(), reason: 'other' },
      { type: 'resume', at: pause.to.toString(), reason: 'other' },
    ]),
  ]
  return clock(events, limit, calendar, { pauses: ['other'], restarts: [] })
}
