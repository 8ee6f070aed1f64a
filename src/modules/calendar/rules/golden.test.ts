import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readNationalCalendar } from '../files.ts'
import { dueAt } from './due-at.ts'
import type { TimeUnit } from './time-limit.ts'

/**
 * The due dates of due-dates.golden.csv were worked out by hand from a wall calendar. Here they are judged twice: by the calendar module,
 * and by the second reckoner below, which shares nothing with it: it has its own list of days and walks them one by one.
 */
interface Golden {
  received: string
  limit: string
  unit: TimeUnit
  pauses: string
  due: string
  sentence: string
}

const rows = parse(readFileSync(new URL('./due-dates.golden.csv', import.meta.url)), { columns: true }) as Golden[]
const calendar = await readNationalCalendar()

/** Weekdays off, day/month; typed from the yearly notices, not read from data/calendar. */
const OFF: Record<number, string> = {
  2022: '3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9',
  2023: '2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9',
  2024: '1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9',
  2025: '1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9',
  2026: '1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11',
  2027: '1/1 5/2 8/2 9/2 10/2 11/2 16/4 30/4 3/5 2/9 3/9 24/11',
}
const SATURDAYS = ['4/5/2024', '26/4/2025', '10/1/2026', '22/8/2026']
const MINUTE = 60_000

/** Vietnam's wall clock as if it were UTC: the second reckoner knows nothing of zones. */
const wall = (text: string): Date => {
  const [d = 0, m = 0, y = 0, h = 0, min = 0, s = 0] = text.split(/[/ :]/).map(Number)
  return new Date(Date.UTC(y, m - 1, d, h, min, s))
}

function worked(day: Date): boolean {
  const [d, m, y] = [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()]
  if (SATURDAYS.includes(`${d}/${m}/${y}`)) return true
  if (day.getUTCDay() === 0 || day.getUTCDay() === 6) return false
  return !(OFF[y] ?? '').split(' ').includes(`${d}/${m}`)
}

const inHours = (at: Date): boolean => {
  const minutes = at.getUTCHours() * 60 + at.getUTCMinutes()
  return worked(at) && ((minutes >= 450 && minutes < 690) || (minutes >= 810 && minutes < 1050))
}

const nextDay = (day: Date): Date => new Date(day.getTime() + 24 * 60 * MINUTE)
const closing = (day: Date): Date => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 17, 30))
const untilWorked = (day: Date): Date => (worked(day) ? day : untilWorked(nextDay(day)))

/** Minute after minute until so many worked ones have passed. */
function walk(from: Date, minutes: number): Date {
  let at = from
  for (let left = minutes; left > 0; at = new Date(at.getTime() + MINUTE)) if (inHours(at)) left -= 1
  return at
}

function reckon({ received, limit, unit, pauses }: Golden): Date {
  const start = wall(received)
  const n = Number(limit)
  let due: Date
  if (n === 0) {
    const late = (start.getTime() % (24 * 60 * MINUTE)) / 1000 > 15 * 3600
    due = closing(untilWorked(late ? nextDay(start) : start))
  } else if (unit === 'hour') due = walk(start, n * 60)
  else if (unit === 'working_day') {
    let day = start
    for (let left = n; left > 0; ) {
      day = nextDay(day)
      if (worked(day)) left -= 1
    }
    due = closing(day)
  } else if (unit === 'day') {
    let day = start
    for (let left = n; left > 0; left -= 1) day = nextDay(day)
    due = closing(untilWorked(day))
  } else {
    const [y, m, d] = [start.getUTCFullYear(), start.getUTCMonth() + n, start.getUTCDate()]
    const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
    due = closing(untilWorked(new Date(Date.UTC(y, m, Math.min(d, last)))))
  }
  const still = spans(pauses).map(({ from, to }) => ({ from: wall(from), to: wall(to) }))
  let at = start
  let stood = 0
  const end = Math.max(0, ...still.map(({ to }) => to.getTime()))
  const first = Math.min(...still.map(({ from }) => from.getTime()))
  if (still.length > 0 && first < due.getTime())
    for (; at.getTime() < end; at = new Date(at.getTime() + MINUTE))
      if (inHours(at) && still.some(({ from, to }) => from <= at && at < to)) stood += 1
  return walk(due, stood)
}

const spans = (text: string): { from: string; to: string }[] =>
  text === ''
    ? []
    : text.split(' + ').map((pause) => {
        const [from = '', to = ''] = pause.split('–')
        return { from, to }
      })

const instant = (text: string): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(wall(text).getTime() - 7 * 60 * 60 * 1000)
const said = (at: Date): string => {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}
const inVietnam = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds + 7 * 60 * 60 * 1000)

describe('due dates worked out by hand', () => {
  test.each(rows)('$sentence (nhận $received, $limit $unit)', (row) => {
    const pauses = spans(row.pauses).map(({ from, to }) => ({ from: instant(from), to: instant(to) }))
    const { due } = dueAt(instant(row.received), { limit: Number(row.limit), unit: row.unit }, calendar, pauses)
    expect(said(inVietnam(due))).toBe(row.due)
    expect(said(reckon(row))).toBe(row.due)
  })

  test('there are at least sixty, and every year from 2022 to 2027 and every unit has some', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60)
    const years = new Set(rows.map(({ received }) => received.slice(6, 10)))
    expect([...years].sort()).toEqual(['2022', '2023', '2024', '2025', '2026', '2027'])
    expect(new Set(rows.map(({ unit }) => unit)).size).toBe(4)
    expect(new Set(rows.map(({ sentence }) => sentence)).size).toBe(rows.length)
  })
})

test('the second reckoner and the calendar agree on every day of six years, for every unit', () => {
  for (let at = wall('04/01/2022 10:00'); at < wall('01/10/2027 10:00'); at = new Date(at.getTime() + 24 * 60 * MINUTE)) {
    for (const [limit, unit] of [
      ['1', 'working_day'],
      ['7', 'day'],
      ['2', 'month'],
      ['0', 'working_day'],
    ] as const) {
      const row = { received: said(at), limit, unit, pauses: '', due: '', sentence: '' }
      const { due } = dueAt(instant(row.received), { limit: Number(limit), unit }, calendar)
      if (said(inVietnam(due)) !== said(reckon(row)))
        expect(`${row.received} + ${limit} ${unit}: ${said(inVietnam(due))}`).toBe(said(reckon(row)))
    }
  }
})
