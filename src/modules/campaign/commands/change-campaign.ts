import type { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { cancelled, endsBeforeBegin, endsNotEarlier, tasksOutside, unknownCampaign } from '../errors.ts'
import type { cancelCampaignInput, changeCampaignInput, changeTargetsInput, changeUnitsInput, endCampaignInput } from '../input.ts'
import { changeTargets, moveTargets } from '../rules/change.ts'
import { aimKey } from '../rules/target.ts'
import {
  type Campaign,
  endTargetRow,
  insertTargets,
  lockCampaign,
  markCancelled,
  setTargetDays,
  targetsOfCampaign,
  tasksOf,
  updateCampaign,
  withdrawTargets,
} from '../store.ts'
import { lacksReason, readTargets, readUnits, targetRow } from './draw-up.ts'
import { overtaken, type Seen } from './meanwhile.ts'
import { whoSays } from './who.ts'

type Of<S extends z.ZodType> = z.output<S> & Seen & { readonly campaignId: string }

async function toChange(cx: Context, { campaignId, version }: Seen & { readonly campaignId: string }): Promise<Result<Campaign>> {
  const campaign = await lockCampaign(cx.tx, campaignId)
  if (!campaign) return refuse(unknownCampaign)
  if (campaign.cancelledOn !== null) return refuse(cancelled)
  const targets = (await targetsOfCampaign(cx.tx, campaignId)).map(({ id }) => id)
  return (await overtaken(cx, { version }, campaign, [campaignId, ...targets])) ?? ok(campaign)
}

/** Gives a campaign other days; its targets go with them. */
async function moveTo(cx: Context, campaign: Campaign, to: Pick<Campaign, 'name' | 'decision' | 'begins' | 'ends'>): Promise<void> {
  const { moved, withdrawn } = moveTargets(await targetsOfCampaign(cx.tx, campaign.id), campaign, to)
  await setTargetDays(cx.tx, moved)
  await withdrawTargets(cx.tx, withdrawn, whoSays(cx.actor), cx.now)
  await updateCampaign(cx.tx, campaign.id, { ...campaign, ...to })
}

/**
 * Changes a campaign's name, document and days. Its targets go with its days; tasks in progress must be due within them. What was said
 * before and why it changed stays in the event log. Refusals: campaign.unknown, campaign.cancelled, campaign.changed-meanwhile, input.invalid.
 */
export async function changeCampaign(cx: Context, input: Of<typeof changeCampaignInput>): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId: id, version: _seen, reason, ...to } = input
  const found = await toChange(cx, input)
  if (!found.ok) return found
  const campaign = found.value
  if (to.ends < to.begins) return refuse(endsBeforeBegin)
  const silent = lacksReason(campaign, reason)
  if (silent) return silent
  const open = (await tasksOf(cx.tx, id)).filter(({ doneOn, droppedOn }) => doneOn === null && droppedOn === null)
  if (open.some(({ due }) => due < to.begins || due > to.ends)) return refuse(tasksOutside)
  await moveTo(cx, campaign, to)
  const { name, decision, begins, ends } = campaign
  const data = { before: { name, decision, begins, ends }, after: to, reason: reason ?? null, version: campaign.version + 1 }
  await record(cx, { events: [{ type: 'campaign.changed', subject: id, data }], result: { id } })
  return ok({ id })
}

/**
 * Sets a campaign's targets as they are to be from today on (a campaign that has not begun: from its first day). A target that is left out
 * or has another value holds until yesterday; one that never held is withdrawn. Refusals: as changeCampaign.
 */
export async function changeCampaignTargets(cx: Context, input: Of<typeof changeTargetsInput>): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId: id, targets, reason } = input
  const found = await toChange(cx, input)
  if (!found.ok) return found
  const campaign = found.value
  const silent = lacksReason(campaign, reason)
  if (silent) return silent
  const wanted = await readTargets(cx, targets, campaign)
  if (!wanted.ok) return wanted
  const today = dayOf(cx.now)
  // A draft was seen by nobody: it has had no targets before these. After the end the last word is corrected for its last day.
  const begun = campaign.publishedAt !== null && today > campaign.begins
  const from = begun ? (today < campaign.ends ? today : campaign.ends) : campaign.begins
  const before = await targetsOfCampaign(cx.tx, id)
  const { added, ended, withdrawn } = changeTargets(before, wanted.value, from)
  if (added.length + ended.length + withdrawn.length === 0) return ok({ id })
  for (const one of ended) await endTargetRow(cx.tx, one.id, one.to, whoSays(cx.actor), cx.now)
  await withdrawTargets(cx.tx, withdrawn, whoSays(cx.actor), cx.now)
  await insertTargets(
    cx.tx,
    added.map((want) => targetRow(cx, campaign, want, from)),
    cx.now,
  )
  // What was measured stays in its place; what is new comes after it.
  const aims = new Set(wanted.value.map(({ aim }) => aimKey(aim)))
  const order = [...campaign.aims.filter((aim) => aims.has(aim)), ...[...aims].filter((aim) => !campaign.aims.includes(aim))]
  await updateCampaign(cx.tx, id, { ...campaign, aims: order })
  const gone = new Set([...ended.map((one) => one.id), ...withdrawn])
  const data = {
    from,
    added,
    ended: before.filter((one) => gone.has(one.id)).map(({ aim, scope, value }) => ({ aim, scope, value })),
    reason: reason ?? null,
    version: campaign.version + 1,
  }
  await record(cx, { events: [{ type: 'campaign.targets-changed', subject: id, data }], result: { id } })
  return ok({ id })
}

/** Says which units take part, by name; none: every unit of a tier with a target. Refusals: as changeCampaign. */
export async function changeCampaignUnits(cx: Context, input: Of<typeof changeUnitsInput>): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId: id, reason } = input
  const found = await toChange(cx, input)
  if (!found.ok) return found
  const campaign = found.value
  const units = await readUnits(cx, input.units, campaign)
  if (!units.ok) return units
  const added = units.value.filter((unit) => !campaign.units.includes(unit))
  const removed = campaign.units.filter((unit) => !units.value.includes(unit))
  if (added.length + removed.length === 0) return ok({ id })
  const silent = lacksReason(campaign, reason)
  if (silent) return silent
  await updateCampaign(cx.tx, id, { ...campaign, units: units.value })
  const data = { added, removed, units: units.value, reason: reason ?? null, version: campaign.version + 1 }
  await record(cx, { events: [{ type: 'campaign.units-changed', subject: id, data }], result: { id } })
  return ok({ id })
}

/** Ends a campaign before its time: nothing after that day counts, nobody is reminded any more. Refusals: as changeCampaign. */
export async function endCampaign(cx: Context, input: Of<typeof endCampaignInput>): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId: id, ends, reason } = input
  const found = await toChange(cx, input)
  if (!found.ok) return found
  const campaign = found.value
  if (ends < campaign.begins || ends >= campaign.ends) return refuse(endsNotEarlier)
  await moveTo(cx, campaign, { ...campaign, ends })
  const data = { ends, before: campaign.ends, reason, version: campaign.version + 1 }
  await record(cx, { events: [{ type: 'campaign.ended', subject: id, data }], result: { id } })
  return ok({ id })
}

/**
 * Cancels a campaign: it stays to be read, with its figures up to this day; its targets count no more from tomorrow, and nobody is reminded.
 * Refusals: as changeCampaign.
 */
export async function cancelCampaign(cx: Context, input: Of<typeof cancelCampaignInput>): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId: id, reason } = input
  const found = await toChange(cx, input)
  if (!found.ok) return found
  const today = dayOf(cx.now)
  const targets = await targetsOfCampaign(cx.tx, id)
  const held = targets.filter(({ from, to }) => from <= today && to > today)
  for (const one of held) await endTargetRow(cx.tx, one.id, today, whoSays(cx.actor), cx.now)
  const ahead = targets.filter(({ from }) => from > today)
  await withdrawTargets(
    cx.tx,
    ahead.map((one) => one.id),
    whoSays(cx.actor),
    cx.now,
  )
  await markCancelled(cx.tx, id, today, reason)
  await record(cx, {
    events: [{ type: 'campaign.cancelled', subject: id, data: { on: today, reason, version: found.value.version + 1 } }],
    result: { id },
  })
  return ok({ id })
}
