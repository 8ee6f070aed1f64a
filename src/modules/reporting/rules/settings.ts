import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, startOfDay } from '../../../kernel/clock.ts'
import type { Period, Tier } from '../../indicator/index.ts'

export const recipientRoles = ['leader', 'reform_officer', 'unit_head', 'administrator'] as const
export type RecipientRole = (typeof recipientRoles)[number]

/** How a weekly report is made, from a day on. */
export interface WeeklySettings {
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number
  /** Civil time, in steps of five minutes: `15:00`. */
  readonly time: string
  /** Not there so long after its time: an alarm. Minutes. */
  readonly alarmAfter: number
  /** Which days are counted: from the first of the year, quarter or month, or from a day, until the day of the report. */
  readonly period: { readonly kind: 'year' | 'quarter' | 'month' } | { readonly kind: 'since'; readonly from: Day }
  /** Only units of these tiers; empty: everybody. */
  readonly tiers: readonly Tier[]
  readonly roles: readonly RecipientRole[]
  readonly officers: readonly { readonly id: string; readonly name: string }[]
  /** A unit without a dossier for so many days is named. */
  readonly silentDays: number
}

export interface DatedSettings extends WeeklySettings {
  readonly validFrom: Day
}

/** What holds where nobody has decided otherwise: Friday at three, so that the chairman has it before four. */
export const usualSettings: DatedSettings = {
  validFrom: '2000-01-01',
  weekday: 5,
  time: '15:00',
  alarmAfter: 45,
  period: { kind: 'year' },
  tiers: [],
  roles: ['leader', 'reform_officer'],
  officers: [],
  silentDays: 14,
}

/** The settings in force on a day. `all` in any order; of two from one day the later in the list. */
export const settingsOn = (all: readonly DatedSettings[], day: Day): DatedSettings =>
  all.reduce((best, one) => (one.validFrom <= day && one.validFrom >= best.validFrom ? one : best), usualSettings)

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek

/** Monday of a day's week. */
export const weekOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day))

/** One week's report: when it is made and when its absence is an alarm. */
export interface Slot {
  readonly week: Day
  readonly day: Day
  readonly at: Temporal.Instant
  readonly alarmAt: Temporal.Instant
  readonly settings: DatedSettings
}

/** The slot of a week. When settings change within it so that no day or two would be right, the first right one, else the last's. */
export function slotOf(all: readonly DatedSettings[], week: Day): Slot {
  const days = Array.from({ length: 7 }, (_, n) => addDays(week, n))
  const sunday = days.at(-1) as Day
  const day = days.find((one) => settingsOn(all, one).weekday === weekdayOf(one)) ?? addDays(week, settingsOn(all, sunday).weekday - 1)
  const settings = settingsOn(all, day)
  const [hours = 0, minutes = 0] = settings.time.split(':').map(Number)
  const at = startOfDay(day).add({ hours, minutes })
  return { week, day, at, alarmAt: at.add({ minutes: settings.alarmAfter }), settings }
}

/** The last slot that has come. */
export function latestSlot(all: readonly DatedSettings[], now: Temporal.Instant, today: Day): Slot {
  const week = weekOf(today)
  const slot = slotOf(all, week)
  return Temporal.Instant.compare(slot.at, now) <= 0 ? slot : slotOf(all, addDays(week, -7))
}

/**
 * The year, quarter or month that ended within the seven days of a report, if the report counts such: its last figures would otherwise fall
 * between two reports.
 */
export function endedWithin(settings: Pick<WeeklySettings, 'period'>, day: Day): Period | undefined {
  if (settings.period.kind === 'since') return undefined
  const { from } = periodOf(settings, day)
  const last = addDays(from, -1)
  return last > addDays(day, -7) ? periodOf(settings, last) : undefined
}

/** The days a report counts. A period that would begin after its last day begins on it. */
export function periodOf({ period }: Pick<WeeklySettings, 'period'>, day: Day): Period {
  const [year = '', month = ''] = day.split('-')
  const quarter = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')
  const from =
    period.kind === 'since'
      ? period.from
      : period.kind === 'year'
        ? `${year}-01-01`
        : period.kind === 'quarter'
          ? `${year}-${quarter}-01`
          : `${year}-${month}-01`
  return { from: from < day ? from : day, to: day }
}
