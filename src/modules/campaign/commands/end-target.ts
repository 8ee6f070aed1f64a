import { allowAtRoot } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { endsBeforeBegin, endsTooLate, targetEnded, unknownTarget } from '../errors.ts'
import { campaignOfTarget, endTargetRow, lockCampaign, lockTarget, touchCampaign } from '../store.ts'
import { overtaken, type Seen } from './meanwhile.ts'
import { whoSays } from './who.ts'

/**
 * Gives a target its last day (included). What was measured by it until then stays. Refusals: target.unknown, target.ended,
 * campaign.changed-meanwhile, input.invalid.
 */
export async function endTarget(
  cx: Context,
  { targetId, ends, ...seen }: Seen & { targetId: string; ends: Day },
): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.targets')
  // A campaign is locked before its targets, by everybody.
  const campaignId = await campaignOfTarget(cx.tx, targetId)
  const campaign = campaignId === null ? undefined : await lockCampaign(cx.tx, campaignId)
  const target = await lockTarget(cx.tx, targetId)
  if (!target) return refuse(unknownTarget)
  const changed = await overtaken(cx, seen, target, campaign ? [targetId, campaign.id] : [targetId])
  if (changed) return changed
  if (target.to < dayOf(cx.now)) return refuse(targetEnded)
  if (ends < target.from) return refuse(endsBeforeBegin)
  if (ends > target.to) return refuse(endsTooLate)
  await endTargetRow(cx.tx, targetId, ends, whoSays(cx.actor), cx.now)
  if (campaign) await touchCampaign(cx.tx, campaign.id)
  const { aim, scope, value } = target
  const data = { ends, before: target.to, aim, scope, value, version: (campaign ?? target).version + 1 }
  await record(cx, { events: [{ type: 'target.ended', subject: targetId, data }], result: { id: targetId } })
  return ok({ id: targetId })
}
