import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { rates } from '../../indicator/index.ts'
import { endsBeforeBegin, published, unknownCampaign, wrongAim } from '../errors.ts'
import { type CreateCampaign, createCampaignInput } from '../input.ts'
import { findCampaign, insertCampaign, insertTargets, markPublished, type NewTarget } from '../store.ts'
import { whoSays } from './who.ts'

/** Drafts a campaign with its targets by tier. Nobody outside the reform office sees it before it is published. Refusals: input.invalid. */
export async function createCampaign(cx: Context, input: CreateCampaign & { id?: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { name, decision, begins, ends, targets, units } = createCampaignInput.parse(input)
  if (ends < begins) return refuse(endsBeforeBegin)
  const aims = [...new Set(targets.map(({ aim }) => aim))]
  if (aims.some((aim) => !rates.some(({ code }) => code === aim))) return refuse(wrongAim)
  const id = input.id ?? cx.id()
  await insertCampaign(cx.tx, { id, name, decision, begins, ends, aims, units }, whoSays(cx.actor), cx.now)
  const rows = targets.map(
    ({ aim, tier, value }): NewTarget => ({
      id: cx.id(),
      aim: { kind: 'rate', code: aim },
      scope: { kind: 'tier', tier },
      from: begins,
      to: ends,
      comparator: 'at_least',
      value,
      source: `${name}, ${decision}`,
      certainty: 'confirmed',
      campaignId: id,
      setBy: whoSays(cx.actor),
    }),
  )
  await insertTargets(cx.tx, rows, cx.now)
  await record(cx, {
    events: [{ type: 'campaign.created', subject: id, data: { name, decision, begins, ends, aims, units, targets } }],
    result: { id },
  })
  return ok({ id })
}

/** Shows a campaign to everybody who works in the province; its reminders begin. Refusals: campaign.unknown, campaign.published. */
export async function publishCampaign(cx: Context, { campaignId }: { campaignId: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  if (!(await findCampaign(cx.tx, campaignId))) return refuse(unknownCampaign)
  if (!(await markPublished(cx.tx, campaignId, cx.now))) return refuse(published)
  await record(cx, { events: [{ type: 'campaign.published', subject: campaignId, data: {} }], result: { id: campaignId } })
  return ok({ id: campaignId })
}
