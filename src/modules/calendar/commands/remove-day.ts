import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { dayRemoved } from '../events.ts'
import { lockCalendar, removeDay as remove } from '../store.ts'
import { allowEdit } from './allow-edit.ts'

export const removeDayInput = z.object({ day: z.iso.date(), agencyCode: z.string().max(35).default('') })
export type RemoveDay = z.output<typeof removeDayInput>

/** Takes a local day back. */
export async function removeDay(cx: Context, input: RemoveDay): Promise<Result<RemoveDay>> {
  allowEdit(cx, input.agencyCode)
  await lockCalendar(cx.tx)
  if (!(await remove(cx.tx, input.day, input.agencyCode))) return refuse(refusals.dayNotFound)
  await record(cx, { events: [dayRemoved(input.day, input.agencyCode)], result: input })
  return ok(input)
}
