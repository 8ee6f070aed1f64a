import { allow, allowAtRoot } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import type { StoredFile } from '../../../kernel/files/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { officerNames } from '../../identity/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { dueOutside, taskDone, unknownCampaign, unknownTask, wrongTaskOfficer, wrongTaskUnit } from '../errors.ts'
import type { AddTask } from '../input.ts'
import { findCampaign, finishTaskRow, insertTask, lockTask } from '../store.ts'
import { whoSays } from './who.ts'

/** Gives a unit (and one of its officers) something to do until a day of the campaign. Refusals: campaign.unknown, input.invalid. */
export async function addTask(cx: Context, input: AddTask & { campaignId: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId, what, unitCode, officerId = null, due } = input
  const campaign = await findCampaign(cx.tx, campaignId)
  if (!campaign) return refuse(unknownCampaign)
  if (due < campaign.begins || due > campaign.ends) return refuse(dueOutside)
  if (!(await loadDirectory(cx.tx)).find(unitCode, due)) return refuse(wrongTaskUnit)
  if (officerId !== null && !(await officerNames(cx.tx, [officerId])).has(officerId)) return refuse(wrongTaskOfficer)
  const id = cx.id()
  await insertTask(cx.tx, { id, campaignId, what, unitCode, officerId, due }, cx.now)
  const data = { campaignId, what, officerId, due }
  await record(cx, { events: [{ type: 'campaign.task-given', subject: id, agencyCode: unitCode, data }], result: { id } })
  return ok({ id })
}

/** Says that a task is done, with a note and, if there is one, the file that shows it. Refusals: campaign.unknown-task, campaign.task-done. */
export async function finishTask(
  cx: Context,
  { taskId, note, evidence }: { taskId: string; note: string; evidence: StoredFile | null },
): Promise<Result<{ id: string }>> {
  const task = await lockTask(cx.tx, taskId)
  if (!task) return refuse(unknownTask)
  allow(cx, 'campaign.finish-task', { agencyCode: task.unitCode, assigneeId: task.officerId })
  if (task.doneOn !== null) return refuse(taskDone)
  const done = { on: dayOf(cx.now), by: whoSays(cx.actor), note, evidence }
  await finishTaskRow(cx.tx, taskId, done)
  await record(cx, {
    events: [{ type: 'campaign.task-done', subject: taskId, agencyCode: task.unitCode, data: done }],
    result: { id: taskId },
  })
  return ok({ id: taskId })
}
