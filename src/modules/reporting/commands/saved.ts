import { z } from 'zod'
import { allow } from '../../../kernel/access/index.ts'
import type { Context, Officer } from '../../../kernel/context.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { parse, say } from '../../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { reportRefusals } from '../errors.ts'
import { thoseWhoMay } from '../queries/recipients.ts'
import { queryOf, readQuestion } from '../rules/question.ts'
import { answerFiles, schedules } from '../rules/schedule.ts'
import {
  addRecipients,
  countSaved,
  deleteSaved,
  insertSaved,
  lockSaved,
  recipientsOf,
  type SavedReport,
  stopRecipients,
  updateSaved,
} from '../saved-store.ts'

const MOST_SAVED = 100

const settings = {
  name: z
    .string()
    .trim()
    .min(1, say('Đặt tên cho báo cáo.', 'Give the report a name.'))
    .max(120, say('Tên nhiều nhất 120 ký tự.', 'At most 120 characters.')),
  shared: z.boolean(),
  schedule: z.enum(schedules, say('Chọn một cách trong danh sách.', 'Choose one of the list.')),
  weekday: z.coerce.number(say('Chọn ngày trong tuần.', 'Choose a weekday.')).int().min(1).max(7),
  time: z
    .string()
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5][05]$/, say('Ghi giờ như 06:30, chẵn 5 phút.', 'Write the time like 06:30, in steps of 5 minutes.')),
  file: z.enum(answerFiles, say('Chọn một loại tệp.', 'Choose a kind of file.')),
}

const savedInput = z.object({ ...settings, question: z.string().max(2000) })
const officers = z.array(z.uuid()).max(500)
const changeInput = z.object({ ...settings, recipients: officers, shown: officers })

function officerOf(cx: Context): Officer {
  const actor = allow(cx, 'report.build')
  if (actor.kind !== 'officer') throw new Refused(refusals.denied)
  return actor
}

/**
 * Keeps a question under a name, for oneself or for everybody who reads reports. On request it is answered every week or month by itself, and
 * the answer is sent to its owner until they say otherwise.
 */
export async function saveReport(cx: Context, input: unknown): Promise<Result<{ id: string }>> {
  const officer = officerOf(cx)
  const read = parse(savedInput, input)
  if (!read.ok) return refuse(read.error)
  if ((await countSaved(cx.tx, officer.officerId)) >= MOST_SAVED) return refuse(reportRefusals.tooManySaved)
  const question = queryOf(readQuestion(new URLSearchParams(read.value.question)))
  const id = cx.id()
  await insertSaved(cx.tx, { ...read.value, id, question, ownerId: officer.officerId, ownerName: officer.name }, cx.now)
  if (read.value.schedule !== 'none') await addRecipients(cx.tx, id, [officer.officerId], cx.now)
  const view = { id }
  const { name: _name, ...data } = read.value
  await record(cx, { events: [{ type: 'reporting.saved', subject: id, data: { ...data, question } }], result: view })
  return ok(view)
}

/** Loads a kept question of one's own. Somebody else's shared one is theirs to change, not ours. */
async function ownReport(cx: Context, id: string): Promise<Result<SavedReport>> {
  const officer = officerOf(cx)
  const saved = await lockSaved(cx.tx, id, officer.officerId)
  if (!saved) return refuse(reportRefusals.unknown)
  return saved.ownerId === officer.officerId ? ok(saved) : refuse(refusals.denied)
}

/**
 * Changes name, sharing, schedule, file and recipients of a kept question of one's own. Recipients who may not read reports are refused, so that
 * nobody thinks they were told. `shown` are those whom the owner saw as recipients: only of them does it mean something not to be chosen.
 */
export async function changeReport(
  cx: Context,
  { id, ...input }: { id: string } & Record<string, unknown>,
): Promise<Result<{ id: string }>> {
  const known = await ownReport(cx, id)
  if (!known.ok) return known
  const read = parse(changeInput, input)
  if (!read.ok) return refuse(read.error)
  const { recipients, shown, ...wanted } = read.value
  const already = await recipientsOf(cx.tx, id)
  // Who asked for no more stays so until they say otherwise themselves; whom the owner took off, the owner may put back.
  const kept = new Set(already.filter(({ stopped }) => stopped !== 'owner').map(({ officerId }) => officerId))
  const added = recipients.filter((officerId) => !kept.has(officerId))
  if ((await thoseWhoMay(cx, added, 'report.build')).length < new Set(added).size) return refuse(reportRefusals.notAReader)
  const { schedule, weekday, time } = known.value
  const sameTimes = schedule === wanted.schedule && weekday === wanted.weekday && time === wanted.time
  await updateSaved(cx.tx, { id, ...wanted, scheduledAt: sameTimes ? known.value.scheduledAt : cx.now })
  const gone = shown.filter((officerId) => !recipients.includes(officerId))
  await stopRecipients(cx.tx, id, gone, { by: known.value.ownerId, at: cx.now })
  await addRecipients(cx.tx, id, added, cx.now)
  const own = recipients.includes(known.value.ownerId)
  if (own) await addRecipients(cx.tx, id, [known.value.ownerId], cx.now)
  const view = { id }
  const { name: _name, ...data } = wanted
  await record(cx, { events: [{ type: 'reporting.saved-changed', subject: id, data: { ...data, recipients, gone } }], result: view })
  return ok(view)
}

/** Asks for the answers of a question one may read, or for no more of them. Whom the owner took off the list asks the owner. */
export async function followReport(cx: Context, { id, follow }: { id: string; follow: boolean }): Promise<Result<{ id: string }>> {
  const officer = officerOf(cx)
  const saved = await lockSaved(cx.tx, id, officer.officerId)
  if (!saved) return refuse(reportRefusals.unknown)
  const before = (await recipientsOf(cx.tx, id)).find(({ officerId }) => officerId === officer.officerId)
  if (follow && before?.stopped === 'owner') return refuse(reportRefusals.takenOff)
  if (follow) await addRecipients(cx.tx, id, [officer.officerId], cx.now)
  else await stopRecipients(cx.tx, id, [officer.officerId], { by: officer.officerId, at: cx.now })
  const view = { id }
  await record(cx, { events: [{ type: follow ? 'reporting.followed' : 'reporting.unfollowed', subject: id, data: {} }], result: view })
  return ok(view)
}

/** Forgets a kept question of one's own. What it answered on its days stays. */
export async function forgetReport(cx: Context, { id }: { id: string }): Promise<Result<{ id: string }>> {
  const officer = officerOf(cx)
  if (!(await deleteSaved(cx.tx, id, officer.officerId))) return refuse(reportRefusals.unknown)
  const view = { id }
  await record(cx, { events: [{ type: 'reporting.forgotten', subject: id, data: {} }], result: view })
  return ok(view)
}
