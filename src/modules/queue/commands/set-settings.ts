import { allow } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused, refusals, withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { badSettings } from '../errors.ts'
import { type QueueSettings, settingsFaults } from '../rules/settings.ts'
import * as store from '../store.ts'

export interface SetSettings {
  readonly agencyCode: string
  /** Today or later: what already happened keeps the rules it happened under. */
  readonly validFrom: Day
  readonly body: QueueSettings
}

/** Sets categories, points and rules of a counter from a day on. Refusals: access.denied, input.invalid. */
export async function setSettings(cx: Context, input: SetSettings): Promise<Result<{ validFrom: Day }>> {
  const actor = allow(cx, 'queue.settings', { agencyCode: input.agencyCode })
  const faults = settingsFaults(input.body)
  if (faults.length > 0) throw new Refused(badSettings(faults))
  if (input.validFrom < dayOf(cx.now)) {
    const message = { vi: 'Chọn từ hôm nay trở đi.', en: 'Choose today or later.' }
    throw new Refused(withFields(refusals.invalid, [{ path: 'tu', message }]))
  }
  await store.saveSettings(cx.tx, input.agencyCode, input.validFrom, input.body, actor.kind === 'officer' ? actor.name : actor.kind, cx.now)
  const result = { validFrom: input.validFrom }
  const subject = derivedUuid('queue-settings', cx.province.schema, input.agencyCode)
  await record(cx, {
    events: [{ type: 'queue-settings.set', subject, agencyCode: input.agencyCode, data: { validFrom: input.validFrom, body: input.body } }],
    result,
  })
  return ok(result)
}
