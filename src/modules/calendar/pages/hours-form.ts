import { readDate } from '../../../ui/index.ts'
import type { ClockRules } from '../rules/ledger.ts'
import { pauseReasons } from '../rules/ledger.ts'
import type { WorkingHours } from '../rules/work-calendar.ts'

/** A form's typed values; lists under their own names. */
export type Typed = Record<string, string | string[]>

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
/** Morning opens and closes, afternoon opens and closes. */
export const places = ['a', 'b', 'c', 'd'] as const

/** "07:30" → 450; undefined when empty, -1 when it is no time. */
export function readTime(typed: string | string[] | undefined): number | undefined {
  const text = typeof typed === 'string' ? typed.trim() : ''
  if (text === '') return undefined
  const [, h, m] = /^(\d{1,2})[:hg.](\d{2})$/.exec(text) ?? []
  const minutes = Number(h) * 60 + Number(m)
  return Number.isInteger(minutes) && minutes <= 1440 && Number(m) < 60 ? minutes : -1
}

export const timeText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Opening hours as the form's fields. */
export function typedHours(hours: readonly WorkingHours[]): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const weekday of weekdays) {
    const rows = hours.filter((row) => row.weekday === weekday).sort((a, b) => a.opens - b.opens)
    // A single stretch that begins after noon is an afternoon.
    const first = rows.length === 1 && (rows[0]?.opens ?? 0) >= 12 * 60 ? [undefined, rows[0]] : rows
    for (const [at, row] of first.slice(0, 2).entries()) {
      typed[`w${weekday}${at === 0 ? 'a' : 'c'}`] = row ? timeText(row.opens) : ''
      typed[`w${weekday}${at === 0 ? 'b' : 'd'}`] = row ? timeText(row.closes) : ''
    }
  }
  return typed
}

/** What the hours form says, for `setHoursInput`. A time that cannot be read becomes one that the schema refuses at its weekday. */
export function hoursInput(typed: Typed): Record<string, unknown> {
  const inherits = typed.inherits === '1'
  const hours = weekdays.flatMap((weekday) =>
    (['ab', 'cd'] as const).flatMap(([from, to]) => {
      const [opens, closes] = [readTime(typed[`w${weekday}${from}`]), readTime(typed[`w${weekday}${to}`])]
      if (opens === undefined && closes === undefined) return []
      const wrong = opens === undefined || closes === undefined || opens < 0 || closes < 0
      return [wrong ? { weekday, opens: 1, closes: 1 } : { weekday, opens, closes }]
    }),
  )
  return {
    agencyCode: typed.agencyCode,
    validFrom: readDate(typed as Record<string, string>, 'validFrom') ?? '',
    inherits,
    saturdayCounts: !inherits && typed.saturdayCounts === '1',
    hours: inherits ? [] : hours,
    source: typed.source,
  }
}

/** Rules as the form's fields. */
export const typedRules = (rules: ClockRules): Typed => ({
  startDay: rules.startDay,
  lateReceipt: rules.lateReceipt,
  cutOff: timeText(rules.cutOff),
  endDay: rules.endDay,
  endTime: rules.endTime,
  pauses: [...rules.pauses],
  restarts: [...rules.restarts],
})

/** What the rules form says, for `setRulesInput`. */
export function rulesInput(typed: Typed): Record<string, unknown> {
  const cutOff = readTime(typed.cutOff)
  // 'other' stands for pauses that name no reason; it always stops the clock and never shows.
  const known = (name: string): string[] => pauseReasons.filter((reason) => reason !== 'other' && (typed[name] ?? []).includes(reason))
  return {
    ...typed,
    validFrom: readDate(typed as Record<string, string>, 'validFrom') ?? '',
    inherits: typed.inherits === '1',
    cutOff: cutOff === undefined || cutOff < 0 ? undefined : cutOff,
    pauses: [...known('pauses'), 'other'],
    restarts: known('restarts'),
  }
}
