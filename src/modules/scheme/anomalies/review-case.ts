import { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { civilDay, say } from '../../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { findCases } from './find-cases.ts'
import { insertReview, outcomes, readRun } from './store.ts'

const NOTE_LENGTH = 2000

const day = civilDay(say('Ngày phải có dạng YYYY-MM-DD.', 'A date looks like YYYY-MM-DD.'))

export const reviewInput = z.object({
  key: z.string().max(300),
  from: day,
  to: day,
  outcome: z.enum(outcomes, say('Chọn kết quả tìm hiểu.', 'Choose what came of it.')),
  note: z
    .string()
    .trim()
    .min(1, say('Viết điều đã tìm hiểu được.', 'Write what you found.'))
    .max(NOTE_LENGTH, say('Ghi chú quá dài.', 'The note is too long.')),
})
export type ReviewInput = z.infer<typeof reviewInput>

/** Notes what somebody found who looked into a case. It changes no figure and says nothing about anybody but what is written. */
export async function reviewCase(cx: Context, { key, outcome, note, from, to }: ReviewInput): Promise<Result<{ key: string }>> {
  const actor = allowAtRoot(cx, 'anomaly.review')
  // What the page showed: the cases as they were last worked out.
  const { cases } = (await readRun(cx.tx, { from, to })) ?? (await findCases(cx.tx, { from, to }, cx.now))
  const found = cases.find((one) => one.key === key)
  if (!found) return refuse(refusals.noCase)
  const id = cx.id()
  const reviewedBy = actor.kind === 'officer' ? actor.name : 'system'
  await insertReview(cx.tx, id, { key, outcome, note, reviewedAt: cx.now, reviewedBy })
  const { kind, agencyCode, count, of, dossiers } = found
  await record(cx, {
    events: [
      { type: 'anomaly.reviewed', subject: id, agencyCode, data: { key, kind, count, of, dossiers: dossiers.length, outcome, note } },
    ],
    result: { key },
  })
  return ok({ key })
}
