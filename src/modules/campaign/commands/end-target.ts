import { allowAtRoot } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { endsBeforeBegin, endsTooLate, targetEnded, unknownTarget } from '../errors.ts'
import { endTargetRow, lockTarget } from '../store.ts'
import { whoSays } from './who.ts'

/** Gives a target its last day (included). What was measured by it until then stays. Refusals: target.unknown, target.ended, input.invalid. */
export async function endTarget(cx: Context, { targetId, ends }: { targetId: string; ends: Day }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.targets')
  const target = await lockTarget(cx.tx, targetId)
  if (!target) return refuse(unknownTarget)
  if (target.to < dayOf(cx.now)) return refuse(targetEnded)
  if (ends < target.from) return refuse(endsBeforeBegin)
  if (ends > target.to) return refuse(endsTooLate)
  await endTargetRow(cx.tx, targetId, ends, whoSays(cx.actor), cx.now)
  await record(cx, {
    events: [{ type: 'target.ended', subject: targetId, data: { ends, before: target.to } }],
    result: { id: targetId },
  })
  return ok({ id: targetId })
}
