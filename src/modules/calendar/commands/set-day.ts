import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { say } from '../../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { daySet } from '../events.ts'
import { loadCalendar } from '../load-calendar.ts'
import { isWorkingDay } from '../rules/work-calendar.ts'
import { type LocalDay, lockCalendar, saveDay } from '../store.ts'
import { allowEdit } from './allow-edit.ts'

const missing = say('Mục này chưa được điền.', 'This is missing.')

export const setDayInput = z.object({
  day: z.iso.date(say('Ngày chưa đúng.', 'This is not a day.')),
  agencyCode: z
    .string()
    .trim()
    .toUpperCase()
    .max(35)
    .regex(
      /^([0-9A-Z]+(\.[0-9A-Z]+)*)?$/,
      say('Mã cơ quan gồm chữ A–Z, số và dấu chấm.', 'An agency code is letters A–Z, digits and dots.'),
    )
    .default(''),
  kind: z.enum(['closed', 'open'], say('Chọn nghỉ hay làm việc.', 'Choose closed or open.')),
  name: z.string().trim().min(1, missing).max(200),
  source: z.string().trim().min(1, missing).max(300),
})
export type SetDay = z.output<typeof setDayInput>

/** A day on which the province or one agency is closed (storm, move), or works although others do not. Deadlines set before stay. */
export async function setDay(cx: Context, input: SetDay): Promise<Result<LocalDay>> {
  allowEdit(cx, input.agencyCode)
  await lockCalendar(cx.tx)
  const calendar = await loadCalendar(cx.tx, input.agencyCode, input.day, input.day)
  if (isWorkingDay(input.day, calendar) === (input.kind === 'open')) {
    const message =
      input.kind === 'open'
        ? { vi: 'Ngày này vốn là ngày làm việc.', en: 'This is a working day already.' }
        : { vi: 'Ngày này vốn là ngày nghỉ.', en: 'This is a day off already.' }
    return refuse(withFields(refusals.dayInvalid, [{ path: 'day', message }]))
  }
  await saveDay(cx.tx, input)
  await record(cx, { events: [daySet(input)], result: input })
  return ok(input)
}
