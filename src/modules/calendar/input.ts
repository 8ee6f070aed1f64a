import { z } from 'zod'
import { say } from '../../kernel/http/form.ts'
import { pauseReasons } from './rules/ledger.ts'

const noSource = say('Ghi theo văn bản nào.', 'Say which document it rests on.')
const noReason = say('Ghi lý do, ví dụ: Nghỉ tránh bão số 9.', 'Give the reason, such as: closed for storm no. 9.')

export const agencyCode = z
  .string()
  .trim()
  .toUpperCase()
  .max(35)
  .regex(/^([0-9A-Z]+(\.[0-9A-Z]+)*)?$/, say('Mã cơ quan gồm chữ A–Z, số và dấu chấm.', 'An agency code is letters A–Z, digits and dots.'))
  .default('')
const day = z.iso.date(say('Ngày chưa đúng.', 'This is not a day.'))
const source = z.string().trim().min(1, noSource).max(300)

export const setDayInput = z.object({
  day,
  agencyCode,
  kind: z.enum(['closed', 'open'], say('Chọn nghỉ hay làm việc.', 'Choose closed or open.')),
  name: z.string().trim().min(1, noReason).max(200),
  source,
})
export type SetDay = z.output<typeof setDayInput>

export const removeDayInput = z.object({ day: z.iso.date(), agencyCode: z.string().max(35).default('') })
export type RemoveDay = z.output<typeof removeDayInput>

const stretch = z.object({
  weekday: z.number().int().min(1).max(7),
  opens: z.number().int().min(0).max(1439),
  closes: z.number().int().min(1).max(1440),
})

/** Opening hours of an agency from a day on; stretches of a weekday follow each other. Minutes after midnight. */
export const setHoursInput = z
  .object({
    agencyCode,
    validFrom: day,
    /** From this day on the hours of the agency above; `hours` is empty then. */
    inherits: z.boolean().default(false),
    saturdayCounts: z.boolean().default(false),
    hours: z.array(stretch).max(28).default([]),
    source,
  })
  .superRefine(({ inherits, hours, saturdayCounts, agencyCode: code }, context) => {
    const wrong = (path: string, vi: string, en: string) => context.addIssue({ code: 'custom', path: [path], message: say(vi, en) })
    if (inherits && code === '')
      wrong('agencyCode', 'Giờ chung của cả tỉnh không kế thừa từ đâu.', 'The province’s own hours inherit from nobody.')
    if (inherits) return
    const weekdays = new Set(hours.map((row) => row.weekday))
    for (const weekday of [1, 2, 3, 4, 5])
      if (!weekdays.has(weekday))
        wrong(`w${weekday}a`, 'Ngày thứ Hai đến thứ Sáu phải có ít nhất một buổi.', 'Monday to Friday needs at least one stretch.')
    for (const weekday of weekdays) {
      const rows = hours.filter((row) => row.weekday === weekday).sort((a, b) => a.opens - b.opens)
      const bad = rows.some((row, at) => row.closes <= row.opens || row.opens < (rows[at - 1]?.closes ?? 0))
      if (bad)
        wrong(
          `w${weekday}a`,
          'Giờ đóng phải sau giờ mở, buổi chiều sau buổi sáng.',
          'Closing comes after opening, the afternoon after the morning.',
        )
    }
    if (saturdayCounts && !weekdays.has(6))
      wrong('saturdayCounts', 'Thứ Bảy tính là ngày làm việc thì phải có giờ mở cửa.', 'A Saturday that counts needs opening hours.')
  })
export type SetHours = z.output<typeof setHoursInput>

const reasons = z.array(z.enum(pauseReasons as [string, ...string[]])).max(pauseReasons.length)

/** How days are counted, from a day on. `cutOff` in minutes after midnight. */
export const setRulesInput = z.object({
  agencyCode,
  validFrom: day,
  inherits: z.boolean().default(false),
  startDay: z.enum(['next', 'same']),
  lateReceipt: z.enum(['same_day', 'all', 'none']),
  cutOff: z.number(say('Giờ phải có dạng 15:00.', 'A time looks like 15:00.')).int().min(0).max(1439),
  endDay: z.enum(['next', 'same', 'previous']),
  endTime: z.enum(['closing', 'same_time', 'midnight']),
  pauses: reasons,
  restarts: reasons,
  source,
})
export type SetRules = z.output<typeof setRulesInput>

const undated = z.object({ agencyCode: z.string().max(35).default(''), validFrom: z.iso.date() })

export const nationalDayInput = z.object({
  day,
  kind: z.enum(['holiday', 'compensatory', 'working_saturday']),
  name: z.string().trim().min(1, noReason).max(200),
  nameEn: z.string().trim().max(200).default(''),
  source: z.string().trim().max(300).default(''),
  certainty: z.enum(['official', 'recalled', 'computed']).default('official'),
})

/** Everything that can be changed about the calendar, as it is drafted, shown and applied. */
export const calendarChangeInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-day'), value: setDayInput }),
  z.object({ kind: z.literal('remove-day'), value: removeDayInput }),
  z.object({ kind: z.literal('set-hours'), value: setHoursInput }),
  z.object({ kind: z.literal('remove-hours'), value: undated }),
  z.object({ kind: z.literal('set-rules'), value: setRulesInput }),
  z.object({ kind: z.literal('remove-rules'), value: undated }),
  z.object({ kind: z.literal('set-years'), value: z.object({ days: z.array(nationalDayInput).min(1).max(2000) }) }),
])
export type CalendarChange = z.output<typeof calendarChangeInput>
