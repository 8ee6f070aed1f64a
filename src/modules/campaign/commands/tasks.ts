import { allow, allowAtRoot } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { type Refusal, refusals } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { StoredFile } from '../../../kernel/files/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { officerNames } from '../../identity/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import {
  cancelled,
  dueOutside,
  taskDone,
  taskDropped,
  taskMoved,
  unknownCampaign,
  unknownTask,
  wrongTaskOfficer,
  wrongTaskUnit,
} from '../errors.ts'
import type { AddTask } from '../input.ts'
import { type CampaignTask, dropTaskRow, findCampaign, finishTaskRow, insertTask, lockTask, updateTask } from '../store.ts'
import { overtaken, type Seen } from './meanwhile.ts'
import { whoSays } from './who.ts'

/** Checks a task against its campaign, the units and the officers. */
async function checkTask(cx: Context, campaignId: string, { unitCode, officerId, due }: AddTask): Promise<Result<null>> {
  const campaign = await findCampaign(cx.tx, campaignId)
  if (!campaign) return refuse(unknownCampaign)
  if (campaign.cancelledOn !== null) return refuse(cancelled)
  if (due < campaign.begins || due > campaign.ends) return refuse(dueOutside)
  if (!(await loadDirectory(cx.tx)).find(unitCode, due)) return refuse(wrongTaskUnit)
  if (officerId !== undefined && !(await officerNames(cx.tx, [officerId])).has(officerId)) return refuse(wrongTaskOfficer)
  return ok(null)
}

/** Gives a unit (and one of its officers) something to do until a day of the campaign. Refusals: campaign.unknown, .cancelled, input.invalid. */
export async function addTask(cx: Context, input: AddTask & { campaignId: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { campaignId, what, unitCode, officerId = null, due } = input
  const right = await checkTask(cx, campaignId, input)
  if (!right.ok) return right
  const id = cx.id()
  await insertTask(cx.tx, { id, campaignId, what, unitCode, officerId, due }, cx.now)
  const data = { campaignId, what, officerId, due }
  await record(cx, { events: [{ type: 'campaign.task-given', subject: id, agencyCode: unitCode, data }], result: { id } })
  return ok({ id })
}

interface OnTask extends Seen {
  readonly taskId: string
}

/** A task that somebody still has to do. */
async function openTask(cx: Context, { taskId, version }: OnTask): Promise<Result<CampaignTask>> {
  const task = await lockTask(cx.tx, taskId)
  return task ? stillOpen(cx, task, { version }) : refuse(unknownTask)
}

async function stillOpen(cx: Context, task: CampaignTask, seen: Seen): Promise<Result<CampaignTask>> {
  if (task.droppedOn !== null) return refuse(taskDropped)
  if (task.doneOn !== null) return refuse(taskDone)
  return (await overtaken(cx, seen, task, [task.id])) ?? ok(task)
}

/** Changes what a task in progress is, whose, and until when; what it was stays in the log. Refusals: campaign.unknown-task, .task-done, .task-dropped, .changed-meanwhile, input.invalid. */
export async function changeTask(cx: Context, input: AddTask & OnTask): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const { taskId: id, what, unitCode, officerId = null, due } = input
  const found = await openTask(cx, input)
  if (!found.ok) return found
  const task = found.value
  const right = await checkTask(cx, task.campaignId, input)
  if (!right.ok) return right
  await updateTask(cx.tx, { id, what, unitCode, officerId, due })
  const before = { what: task.what, unitCode: task.unitCode, officerId: task.officerId, due: task.due }
  const data = { before, after: { what, unitCode, officerId, due }, version: task.version + 1 }
  await record(cx, { events: [{ type: 'campaign.task-changed', subject: id, agencyCode: unitCode, data }], result: { id } })
  return ok({ id })
}

/** Takes a task in progress back, with the reason. Refusals: campaign.unknown-task, .task-done, .task-dropped, .changed-meanwhile. */
export async function dropTask(cx: Context, { reason, ...on }: OnTask & { reason: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.lead')
  const found = await openTask(cx, on)
  if (!found.ok) return found
  const { id, what, unitCode, version } = found.value
  await dropTaskRow(cx.tx, id, dayOf(cx.now), reason)
  await record(cx, {
    events: [{ type: 'campaign.task-dropped', subject: id, agencyCode: unitCode, data: { what, reason, version: version + 1 } }],
    result: { id },
  })
  return ok({ id })
}

/** Why somebody may not finish a task: it was given to others since they saw it, or it never was theirs. */
export const notTheirs = (task: Pick<CampaignTask, 'version'>, { version }: Seen): Refusal =>
  version && version < task.version ? taskMoved : refusals.denied

/** Says that a task is done, with a note and, if there is one, the file that shows it. Refusals: campaign.unknown-task, .task-moved, .task-done, .task-dropped, .changed-meanwhile. */
export async function finishTask(
  cx: Context,
  { taskId, note, evidence, ...seen }: OnTask & { note: string; evidence: StoredFile | null },
): Promise<Result<{ id: string }>> {
  const task = await lockTask(cx.tx, taskId)
  if (!task) return refuse(unknownTask)
  allow(cx, 'campaign.finish-task')
  if (!cx.access.can(cx.actor, 'campaign.finish-task', { agencyCode: task.unitCode, assigneeId: task.officerId }))
    return refuse(notTheirs(task, seen))
  const open = await stillOpen(cx, task, seen)
  if (!open.ok) return open
  const done = { on: dayOf(cx.now), by: whoSays(cx.actor), note, evidence }
  await finishTaskRow(cx.tx, taskId, done)
  await record(cx, {
    events: [
      {
        type: 'campaign.task-done',
        subject: taskId,
        agencyCode: task.unitCode,
        data: { what: task.what, ...done, version: task.version + 1 },
      },
    ],
    result: { id: taskId },
  })
  return ok({ id: taskId })
}
