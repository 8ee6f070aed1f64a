import { allowAtRoot } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { holdMoment } from '../../../kernel/database/index.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { noticeEvent } from '../../notification/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { notRunning, unknownCampaign } from '../errors.ts'
import { readReminders } from '../queries/reminders.ts'
import { readStanding } from '../queries/standing.ts'
import { isRunning } from '../rules/running.ts'
import { findCampaign, targetsOfCampaign } from '../store.ts'
import { reminderText } from '../words.ts'

/** How many units and officers were reminded, and how many units have nobody to tell. */
export interface Reminded {
  readonly units: number
  readonly officers: number
  readonly withoutAccount: number
}

/**
 * Reminds the units that are behind, their heads and counters, of what is missing. Once a week for each, whoever asks and however often.
 * Must be the first thing its transaction does: it reads one moment. Refusals: campaign.unknown, campaign.not-running.
 */
export async function remindUnits(cx: Context, { campaignId }: { campaignId: string }): Promise<Result<Reminded>> {
  const moment = await holdMoment(cx.tx)
  allowAtRoot(cx, 'campaign.remind')
  const campaign = await findCampaign(cx.tx, campaignId)
  if (!campaign) return refuse(unknownCampaign)
  const today = dayOf(cx.now)
  if (!isRunning(campaign, today)) return refuse(notRunning)
  const targets = await targetsOfCampaign(cx.tx, campaignId)
  const standing = await readStanding(moment, await loadDirectory(cx.tx), campaign, targets, { today, now: cx.now })
  const reminders = await readReminders(cx.tx, standing, today)
  const due = reminders.filter(({ officers }) => officers.length > 0)
  const result: Reminded = {
    units: due.length,
    officers: due.reduce((sum, { officers }) => sum + officers.length, 0),
    withoutAccount: reminders.filter(({ officers, told }) => officers.length + told.length === 0).length,
  }
  const notices = due.map(({ unit, key, officers }) =>
    noticeEvent(campaignId, unit.code, {
      officerIds: officers.map(({ id }) => id),
      key,
      ...reminderText(standing, unit),
      href: `/dieu-hanh/chien-dich/${campaignId}/don-vi/${unit.code}`,
    }),
  )
  // Written down even when nobody was behind: the week's reminder has been, and does not come again.
  await record(cx, { events: [{ type: 'campaign.reminded', subject: campaignId, data: result }, ...notices], result })
  return ok(result)
}
