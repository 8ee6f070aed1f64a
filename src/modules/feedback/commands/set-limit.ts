import { allowAtRoot } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { refusals, withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { LocalLimit } from '../rules/settings.ts'
import * as store from '../store.ts'

/** Subject of events about the settings of this room. */
const SETTINGS = '00000000-0000-0000-0000-000000000766'

/**
 * The province's own time to resolve petitions, from today or a later day on. Petitions already filed keep what they were promised; the
 * national index goes on counting by the national limit.
 */
export async function setLimit(cx: Context, input: LocalLimit): Promise<Result<LocalLimit>> {
  const actor = allowAtRoot(cx, 'feedback.settings')
  if (input.validFrom < dayOf(cx.now))
    return refuse(
      withFields(refusals.invalid, [{ path: 'validFrom', message: { vi: 'Chọn từ hôm nay trở đi.', en: 'Choose today or a later day.' } }]),
    )
  const by = actor.kind === 'officer' || actor.kind === 'system' ? actor.name : ''
  await store.putLocalLimit(cx.tx, input, by, cx.now)
  await record(cx, { events: [{ type: 'petition-limit.set', subject: SETTINGS, data: input }], result: input })
  return ok(input)
}
