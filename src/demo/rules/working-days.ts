import { addDays, type Day } from '../../kernel/clock.ts'

/** Opening hours in minutes of the day: 07:30–11:30 and 13:30–17:30. */
const OPEN = [
  [450, 690],
  [810, 1050],
] as const
export const CLOSING = 1050

/** A moment as whole numbers: days since the first day, minutes (and seconds) into it. Quick, and the same on every machine. */
export interface Moment {
  readonly day: number
  readonly minute: number
  readonly second: number
}

export interface Unit {
  readonly limit: number
  readonly unit: 'hour' | 'day' | 'working_day' | 'month'
}

/** Days of a few years, which of them are worked, and arithmetic on them. */
export class WorkDays {
  readonly first: Day
  readonly #names: Day[] = []
  readonly #worked: boolean[] = []
  readonly #index = new Map<Day, number>()

  constructor(first: Day, days: number, isWorked: (day: Day) => boolean) {
    this.first = first
    for (let i = 0, day = first; i < days; i += 1, day = addDays(day, 1)) {
      this.#names.push(day)
      this.#index.set(day, i)
      this.#worked.push(isWorked(day))
    }
  }

  name(day: number): Day {
    const found = this.#names[day]
    if (found === undefined) throw new RangeError(`day ${day} is not in the calendar`)
    return found
  }

  index(day: Day): number {
    const found = this.#index.get(day)
    if (found === undefined) throw new RangeError(`${day} is not in the calendar`)
    return found
  }

  isWorked = (day: number): boolean => this.#worked[day] ?? false

  /** The nth worked day after a day; 0: the day itself or the next worked one. */
  after(day: number, n: number): number {
    let at = day
    if (n === 0) while (!this.isWorked(at)) at += 1
    for (let left = n; left > 0; ) {
      at += 1
      if (at >= this.#worked.length) throw new RangeError(`the calendar ends before day ${at}`)
      if (this.isWorked(at)) left -= 1
    }
    return at
  }

  /** Adds minutes of opening time. */
  addMinutes(from: Moment, minutes: number): Moment {
    let { day } = from
    let at = from.minute
    let left = minutes
    for (;;) {
      if (this.isWorked(day)) {
        for (const [opens, closes] of OPEN) {
          if (at >= closes) continue
          const start = Math.max(at, opens)
          if (start + left <= closes) return { day, minute: start + left, second: left === 0 ? from.second : 0 }
          left -= closes - start
          at = closes
        }
      }
      day = this.after(day, 1)
      at = 0
    }
  }

  /** When something received is due: the same rule as the calendar's `dueAt`, without its sentences. */
  due(received: Moment, { limit, unit }: Unit): Moment {
    const close = (day: number): Moment => ({ day, minute: CLOSING, second: 0 })
    if (unit === 'hour') return this.addMinutes(received, limit * 60)
    if (unit === 'working_day') return close(this.after(received.day, limit))
    if (unit === 'day') return close(this.after(received.day + limit, 0))
    const [year = 0, month = 1, day = 1] = this.name(received.day).split('-').map(Number)
    const target = new Date(Date.UTC(year, month - 1 + limit, 1))
    const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
    target.setUTCDate(Math.min(day, last))
    return close(this.after(this.index(target.toISOString().slice(0, 10)), 0))
  }

  /** ISO 8601 with Vietnam's offset. */
  instant(moment: Moment): string {
    const two = (n: number): string => String(n).padStart(2, '0')
    return `${this.name(moment.day)}T${two(Math.floor(moment.minute / 60))}:${two(moment.minute % 60)}:${two(moment.second)}+07:00`
  }
}

const compare = (a: Moment, b: Moment): number => a.day - b.day || a.minute - b.minute || a.second - b.second

export const isBefore = (a: Moment, b: Moment): boolean => compare(a, b) < 0

export const laterOf = (a: Moment, b: Moment): Moment => (isBefore(a, b) ? b : a)
