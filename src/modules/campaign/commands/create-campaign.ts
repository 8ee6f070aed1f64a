import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { cancelled, endsBeforeBegin, published, unknownCampaign } from '../errors.ts'
import { type CreateCampaign, createCampaignInput } from '../input.ts'
import { aimKey } from '../rules/target.ts'
import { insertCampaign, insertTargets, lockCampaign, markPublished } from '../store.ts'
import { readTargets, readUnits, targetRow } from './draw-up.ts'
import { overtaken, type Seen } from './meanwhile.ts'
import { whoSays } from './who.ts'

/** Drafts a campaign with its targets. Nobody outside the reform office sees it before it is published. Refusals: input.invalid. */
export async function createCampaign(cx: Context, input: CreateCampaign & { id?: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { name, decision, begins, ends, ...asked } = createCampaignInput.parse(input)
  if (ends < begins) return refuse(endsBeforeBegin)
  const targets = await readTargets(cx, asked.targets, { begins, ends })
  if (!targets.ok) return targets
  const units = await readUnits(cx, asked.units, { begins, ends })
  if (!units.ok) return units
  const id = input.id ?? cx.id()
  const campaign = { id, name, decision, begins, ends, aims: [...new Set(targets.value.map(({ aim }) => aimKey(aim)))], units: units.value }
  await insertCampaign(cx.tx, campaign, whoSays(cx.actor), cx.now)
  await insertTargets(
    cx.tx,
    targets.value.map((want) => targetRow(cx, campaign, want, begins)),
    cx.now,
  )
  await record(cx, {
    events: [{ type: 'campaign.created', subject: id, data: { ...campaign, targets: targets.value } }],
    result: { id },
  })
  return ok({ id })
}

/**
 * Shows a campaign to everybody who works in the province; its reminders begin. Refusals: campaign.unknown, .published, .cancelled,
 * .changed-meanwhile.
 */
export async function publishCampaign(
  cx: Context,
  { campaignId, ...seen }: Seen & { campaignId: string },
): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const campaign = await lockCampaign(cx.tx, campaignId)
  if (!campaign) return refuse(unknownCampaign)
  if (campaign.cancelledOn !== null) return refuse(cancelled)
  if (campaign.publishedAt !== null) return refuse(published)
  const changed = await overtaken(cx, seen, campaign, [campaignId])
  if (changed) return changed
  await markPublished(cx.tx, campaignId, cx.now)
  const data = { version: campaign.version + 1 }
  await record(cx, { events: [{ type: 'campaign.published', subject: campaignId, data }], result: { id: campaignId } })
  return ok({ id: campaignId })
}
