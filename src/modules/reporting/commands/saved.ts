import { z } from 'zod'
import { allow } from '../../../kernel/access/index.ts'
import type { App } from '../../../kernel/app.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context, Officer } from '../../../kernel/context.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { parse, say } from '../../../kernel/http/form.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { digestOf } from '../digest.ts'
import { reportRefusals } from '../errors.ts'
import { answerQuestion } from '../queries/answer-question.ts'
import { canonicalText } from '../rules/canonical.ts'
import { queryOf, readQuestion } from '../rules/question.ts'
import { weekOf } from '../rules/settings.ts'
import { countSaved, deleteSaved, dueSaved, insertRun, insertSaved } from '../saved-store.ts'

const MOST_SAVED = 100

export const savedInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, say('Đặt tên cho báo cáo.', 'Give the report a name.'))
    .max(120, say('Tên nhiều nhất 120 ký tự.', 'At most 120 characters.')),
  question: z.string().max(2000),
  shared: z.boolean(),
  schedule: z.enum(['none', 'weekly', 'monthly']),
})

function officerOf(cx: Context): Officer {
  const actor = allow(cx, 'report.build')
  if (actor.kind !== 'officer') throw new Refused(refusals.denied)
  return actor
}

/** Keeps a question under a name, for oneself or for everybody who reads reports; on request it is answered every week or month. */
export async function saveReport(cx: Context, input: unknown): Promise<Result<{ id: string }>> {
  const officer = officerOf(cx)
  const read = parse(savedInput, input)
  if (!read.ok) return refuse(read.error)
  if ((await countSaved(cx.tx, officer.officerId)) >= MOST_SAVED) return refuse(reportRefusals.tooManySaved)
  const question = queryOf(readQuestion(new URLSearchParams(read.value.question)))
  const id = cx.id()
  await insertSaved(cx.tx, { ...read.value, id, question, ownerId: officer.officerId, ownerName: officer.name }, cx.now)
  const view = { id }
  const { shared, schedule } = read.value
  await record(cx, { events: [{ type: 'reporting.saved', subject: id, data: { question, shared, schedule } }], result: view })
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

/**
 * Answers the scheduled questions that are due: weekly ones since Monday, monthly ones since the first of the month, each once. A question that
 * has become too wide is left out; the next ones are answered all the same.
 */
export async function runSaved(host: Pick<App, 'db' | 'clock'>, province: Province): Promise<{ made: number; tooWide: number }> {
  const now = host.clock()
  const today = dayOf(now)
  const directory = await host.db.read(province, loadDirectory)
  const count = { made: 0, tooWide: 0 }
  const slots: readonly ['weekly' | 'monthly', Day][] = [
    ['weekly', weekOf(today)],
    ['monthly', `${today.slice(0, 7)}-01`],
  ]
  for (const [schedule, slot] of slots) {
    for (const saved of await host.db.read(province, (tx) => dueSaved(tx, schedule, slot))) {
      const answer = await answerQuestion(host.db, province, directory, readQuestion(new URLSearchParams(saved.question)), now)
      if (!answer.ok) {
        count.tooWide += 1
        continue
      }
      const body = canonicalText(answer.value)
      const row = { id: uuidv7(now.epochMilliseconds), savedId: saved.id, ownerId: saved.ownerId, slot, name: saved.name, producedAt: now }
      await host.db.write(province, (tx) => insertRun(tx, { ...row, body, digest: digestOf(body) }))
      count.made += 1
    }
  }
  return count
}
