import { z } from 'zod'
import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { say } from '../../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { findCase } from './find-cases.ts'
import { insertReview } from './store.ts'

const NOTE_LENGTH = 2000

export const reviewInput = z.object({
  key: z.string().max(300),
  from: z.iso.date(),
  to: z.iso.date(),
  note: z
    .string()
    .trim()
    .min(1, say('Viết điều đã tìm hiểu được.', 'Write what you found.'))
    .max(NOTE_LENGTH, say('Ghi chú quá dài.', 'The note is too long.')),
})
export type ReviewInput = z.infer<typeof reviewInput>

/** Notes that somebody looked into a case. It changes no figure and says nothing about anybody but what is written. */
export async function reviewCase(cx: Context, { key, note, from, to }: ReviewInput): Promise<Result<{ key: string }>> {
  const root = (await loadDirectory(cx.tx)).root(cx.now.toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString())
  const actor = allow(cx, 'anomaly.review', { agencyCode: root?.code })
  const found = await findCase(cx.tx, { from, to }, key, cx.now)
  if (!found) return refuse(refusals.noCase)
  const id = cx.id()
  const name = actor.kind === 'officer' ? actor.name : 'system'
  await insertReview(cx.tx, id, key, note, cx.now, name)
  const { kind, agencyCode, count, of, dossiers } = found.one
  await record(cx, {
    events: [{ type: 'anomaly.reviewed', subject: id, agencyCode, data: { key, kind, count, of, dossiers: dossiers.length, note } }],
    result: { key },
  })
  return ok({ key })
}
