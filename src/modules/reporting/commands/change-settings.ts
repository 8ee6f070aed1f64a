import { allowAtRoot } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { parse } from '../../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { reportRefusals } from '../errors.ts'
import { weeklySettingsSchema } from '../input.ts'
import { insertSetting } from '../store.ts'

/** Changes how the weekly report is made, from a day on. Reports that are there stay as they are. */
export async function changeWeeklySettings(cx: Context, input: { validFrom: Day; settings: unknown }): Promise<Result<{ validFrom: Day }>> {
  const actor = allowAtRoot(cx, 'report.settings')
  const read = parse(weeklySettingsSchema, input.settings)
  if (!read.ok) return refuse(read.error)
  if (input.validFrom < dayOf(cx.now)) return refuse(reportRefusals.pastSetting)
  await insertSetting(cx.tx, input.validFrom, read.value, cx.now, actor.kind === 'officer' ? actor.name : actor.kind)
  const view = { validFrom: input.validFrom }
  const data = { ...read.value, validFrom: input.validFrom, officers: read.value.officers.map(({ id }) => id) }
  await record(cx, { events: [{ type: 'reporting.settings-changed', subject: cx.id(), data }], result: view })
  return ok(view)
}
