import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { refusals } from '../errors.ts'
import { baseDue, carriedOver, extended } from './base-due.ts'
import * as say from './explain.ts'
import type { Calendars, ClockChange, ClockEvent, ClockRules, ClockState, ClockStretch, PauseReason } from './ledger.ts'
import { checkLimit, type TimeLimit } from './time-limit.ts'
import { rulesOn, type WorkCalendar } from './work-calendar.ts'
import { addWorkingMillis, workingMillis } from './working-time.ts'

type Of<Type extends ClockEvent['type']> = Extract<ClockEvent, { type: Type }>

const invalid = (): Refused => new Refused(refusals.ledgerInvalid)

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(a, b) > 0 ? a : b)

export const calendarOf = (calendars: Calendars, agency: string): WorkCalendar =>
  typeof calendars === 'function' ? calendars(agency) : calendars

/** A deadline as it goes through its events. Lives for one call of `clock`. */
class Running {
  readonly calendars: Calendars
  readonly rules: ClockRules
  readonly startedAt: Temporal.Instant
  readonly originalDue: Temporal.Instant
  readonly changes: ClockChange[] = []
  readonly stretches: ClockStretch[] = []
  readonly texts: Text[]
  limit: TimeLimit
  agency: string
  due: Temporal.Instant
  endedAt: Temporal.Instant | null = null
  /** What is open now, whether or not it stops the clock. */
  readonly open = new Set<PauseReason>()
  /** While the clock stands still: since when, and for what in all. */
  still: { from: Temporal.Instant; reasons: PauseReason[]; moved: number } | null = null
  pausedWorkingMs = 0

  constructor(start: Of<'start'>, limit: TimeLimit, calendars: Calendars, asked: Partial<ClockRules>) {
    const at = Temporal.Instant.from(start.at)
    const calendar = calendarOf(calendars, start.agency)
    this.calendars = calendars
    this.rules = { ...rulesOn(dayOf(at), calendar), ...asked }
    this.limit = limit
    this.agency = start.agency
    this.startedAt = at
    if (start.due === undefined) {
      const { due, why } = baseDue(at, limit, calendar, this.rules)
      this.due = due
      this.texts = [say.received(at), ...why]
    } else {
      this.due = Temporal.Instant.from(start.due)
      this.texts = [say.received(at), say.promised()]
    }
    this.originalDue = this.due
    this.stretches.push({ from: at, to: null, agency: start.agency, running: true })
  }

  get calendar(): WorkCalendar {
    return calendarOf(this.calendars, this.agency)
  }

  private turn(at: Temporal.Instant, running: boolean): void {
    const last = this.stretches.pop()
    if (last && Temporal.Instant.compare(last.from, at) < 0) this.stretches.push({ ...last, to: at })
    this.stretches.push({ from: at, to: null, agency: this.agency, running })
  }

  private change(type: ClockChange['type'], at: Temporal.Instant, to: Temporal.Instant, reason: string, text: Text): void {
    this.changes.push({ type, at, from: this.due, to, reason, text })
    this.texts.push(text)
    this.due = to
  }

  pause(at: Temporal.Instant, { reason }: Of<'pause'>): void {
    if (this.open.has(reason)) throw invalid()
    this.open.add(reason)
    if (!this.rules.pauses.includes(reason)) return
    if (this.still === null) {
      this.still = { from: at, reasons: [reason], moved: 0 }
      this.turn(at, false)
    } else if (!this.still.reasons.includes(reason)) this.still.reasons.push(reason)
  }

  resume(at: Temporal.Instant, { reason, restart }: Of<'resume'>): void {
    if (!this.open.delete(reason)) throw invalid()
    const { still } = this
    if (still === null || [...this.open].some((other) => this.rules.pauses.includes(other))) {
      // Another reason still holds the clock: what this one asks for is said when the last one goes.
      if (still !== null && restart === true) this.restartAsked = true
      return
    }
    const anew = restart ?? (this.restartAsked || still.reasons.some((one) => this.rules.restarts.includes(one)))
    this.restartAsked = false
    this.still = null
    this.turn(at, true)
    const stood = still.moved + workingMillis(still.from, at, this.calendar)
    this.pausedWorkingMs += stood
    const told = { from: still.from, to: at, reasons: still.reasons }
    if (Temporal.Instant.compare(still.from, this.due) >= 0) {
      this.change('pause', at, this.due, still.reasons.join(' '), say.pauseTooLate(still.from))
    } else if (anew) {
      const due = later(baseDue(at, this.limit, this.calendar, this.rules).due, this.due)
      this.change('pause', at, due, still.reasons.join(' '), say.restarted(told))
    } else {
      const due = addWorkingMillis(this.due, stood, this.calendar)
      this.change('pause', at, due, still.reasons.join(' '), say.paused(told, stood))
    }
  }

  private restartAsked = false

  extend(at: Temporal.Instant, event: Of<'extend'>): void {
    const by = 'by' in event ? event.by : null
    if (by) checkLimit(by)
    const to = 'to' in event ? Temporal.Instant.from(event.to) : extended(this.due, event.by, this.calendar, this.rules)
    if (Temporal.Instant.compare(to, this.due) > 0) this.change('extend', at, to, event.reason, say.extension(at, by, to, event.reason))
    else this.change('extend', at, this.due, event.reason, say.extensionNotLater(at))
  }

  transfer(at: Temporal.Instant, { agency, limit }: Of<'transfer'>): void {
    const before = this.calendar
    const [due, since] = [this.due, this.still?.from ?? at]
    this.agency = agency
    this.turn(at, this.still === null)
    // Time that stood still until now was the old agency's working time.
    if (this.still) this.still = { ...this.still, moved: this.still.moved + workingMillis(this.still.from, at, before), from: at }
    if (limit) {
      checkLimit(limit)
      this.limit = limit
      const next = baseDue(at, limit, this.calendar, this.rules).due
      if (this.still) this.still = { ...this.still, moved: 0 }
      this.change('transfer', at, next, '', say.transferred(at, next, limit))
      return
    }
    const next = Temporal.Instant.compare(since, due) < 0 ? later(at, carriedOver(since, due, this.limit.unit, before, this.calendar)) : due
    this.change('transfer', at, next, '', say.transferred(at, next, null))
  }

  move(at: Temporal.Instant, { due, reason }: Of<'move'>): void {
    const to = Temporal.Instant.from(due)
    this.change('move', at, to, '', say.calendarMoved(reason, to))
  }

  end(at: Temporal.Instant): void {
    this.endedAt = at
    this.turn(at, false)
  }

  reopen(at: Temporal.Instant): void {
    const from = this.endedAt
    if (from === null) throw invalid()
    this.endedAt = null
    this.turn(at, this.still === null)
    // One that was finished late stays late; the days it lay finished are nobody's fault.
    const inTime = Temporal.Instant.compare(from, this.due) < 0
    const to = inTime && this.still === null ? addWorkingMillis(this.due, workingMillis(from, at, this.calendar), this.calendar) : this.due
    this.change('reopen', at, to, '', say.reopened(from, at, to))
  }

  apply(event: ClockEvent): void {
    const at = Temporal.Instant.from(event.at)
    if (this.endedAt !== null && event.type !== 'reopen') throw invalid()
    if (event.type === 'start') throw invalid()
    if (event.type === 'pause') this.pause(at, event)
    else if (event.type === 'resume') this.resume(at, event)
    else if (event.type === 'extend') this.extend(at, event)
    else if (event.type === 'transfer') this.transfer(at, event)
    else if (event.type === 'move') this.move(at, event)
    else if (event.type === 'end') this.end(at)
    else this.reopen(at)
  }

  result(): ClockState {
    const { still, endedAt, due } = this
    const last: Text[] = []
    if (endedAt) last.push(say.finished(endedAt, Temporal.Instant.compare(endedAt, due) > 0))
    else if (still) last.push(say.standingStill(still.from, still.reasons))
    return {
      state: endedAt ? 'ended' : still ? 'paused' : 'running',
      startedAt: this.startedAt,
      endedAt,
      pausedSince: still?.from ?? null,
      pausedFor: still ? [...this.open].filter((reason) => this.rules.pauses.includes(reason)) : [],
      agency: this.agency,
      originalDue: this.originalDue,
      due,
      changes: this.changes,
      stretches: this.stretches,
      pausedWorkingMs: this.pausedWorkingMs,
      explanation: [...this.texts, say.due(due), ...last],
    }
  }
}

/**
 * What a deadline's ledger says: when it is due, why, every change apart, and whether it runs. Pure. `calendars` gives each agency's
 * calendar (or is the one for all); `rules` are the procedure's own where it differs from the dated rules of the agency on the day of
 * receipt. Events stand in the order in which they happened; none may be before the one in front of it.
 * Throws `Refused`: calendar.ledger-invalid, calendar.limit-invalid, calendar.year-unknown.
 */
export function clock(events: readonly ClockEvent[], limit: TimeLimit, calendars: Calendars, rules: Partial<ClockRules> = {}): ClockState {
  checkLimit(limit)
  const [start, ...more] = events
  if (start?.type !== 'start') throw invalid()
  const running = new Running(start, limit, calendars, rules)
  let last = running.startedAt
  for (const event of more) {
    const at = Temporal.Instant.from(event.at)
    if (Temporal.Instant.compare(at, last) < 0) throw invalid()
    last = at
    running.apply(event)
  }
  return running.result()
}
