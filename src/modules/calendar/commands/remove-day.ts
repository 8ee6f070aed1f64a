import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { RemoveDay } from '../input.ts'
import { changeCalendar } from './change-calendar.ts'

/** Takes a local day back. Due times already promised stay. */
export async function removeDay(cx: Context, input: RemoveDay): Promise<Result<RemoveDay>> {
  const changed = await changeCalendar(cx, { kind: 'remove-day', value: input })
  if (!changed.ok) return changed
  await record(cx, { events: [changed.value], result: input })
  return ok(input)
}
