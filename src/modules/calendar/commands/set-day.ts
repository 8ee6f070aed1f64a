import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { SetDay } from '../input.ts'
import type { LocalDay } from '../store.ts'
import { changeCalendar } from './change-calendar.ts'

/**
 * A day on which the province or one agency is closed (storm, move), or works although others do not. Due times already promised stay:
 * moving them is the administration's `applyCalendarChange`.
 */
export async function setDay(cx: Context, input: SetDay): Promise<Result<LocalDay>> {
  const changed = await changeCalendar(cx, { kind: 'set-day', value: input })
  if (!changed.ok) return changed
  await record(cx, { events: [changed.value], result: input })
  return ok(input)
}
