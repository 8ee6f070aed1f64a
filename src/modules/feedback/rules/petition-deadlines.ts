import { Temporal } from 'temporal-polyfill'
import { dueAt, type WorkCalendar } from '../../calendar/index.ts'
import type { Deadlines, Pause } from './petition.ts'
import type { LocalLimit, PetitionLimits } from './settings.ts'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

const days = (limit: number) => ({ limit, unit: 'working_day' as const })

interface Times {
  /** When the round began and when the unit that has it got it. */
  readonly clockFrom: string
  readonly atUnitSince: string
  readonly pauses: readonly Pause[]
}

/**
 * By when what is due, in working days after the day it came in. The time to refuse and to ask is counted from when the unit got it;
 * the time to resolve from when it was filed (or raised again), whoever has it, and moves by the working time the petitioner took.
 */
export function deadlinesOf(times: Times, limits: PetitionLimits, local: LocalLimit | undefined, calendar: WorkCalendar): Deadlines {
  const pauses = times.pauses
    .map(({ from, to }) => ({ from: instant(from), to: instant(to) }))
    .filter(({ from, to }) => from.epochMilliseconds < to.epochMilliseconds)
  const start = instant(times.clockFrom)
  const unit = instant(times.atUnitSince)
  const promised = dueAt(start, days(local?.resolveDays ?? limits.resolve), calendar, pauses)
  return {
    refuseDueAt: dueAt(unit, days(limits.refuse), calendar, pauses).due.toString(),
    askDueAt: dueAt(unit, days(limits.ask), calendar, pauses).due.toString(),
    dueAt: promised.due.toString(),
    dueExplanation: promised.explanation,
    indexDueAt: dueAt(start, days(limits.resolve), calendar, pauses).due.toString(),
  }
}

/** By when a signed answer is to be published. */
export const publishDue = (signedAt: Temporal.Instant, limits: PetitionLimits, calendar: WorkCalendar): string =>
  dueAt(signedAt, days(limits.publish), calendar).due.toString()
