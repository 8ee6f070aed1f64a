import { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { holdMoment } from '../../../kernel/database/index.ts'
import { record } from '../../../kernel/events.ts'
import { civilDay, say } from '../../../kernel/http/form.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { digestOf } from '../digest.ts'
import { refusals } from '../errors.ts'
import { bodyOf, readClosing } from '../queries/snapshot.ts'
import { canonical, closable, closableFrom, saysTheSame } from '../rules/snapshot.ts'
import { NATIONAL } from '../schemes.ts'
import { digestBefore, findSnapshot, insertSnapshot } from '../snapshots.ts'

const day = civilDay(say('Ngày phải có dạng YYYY-MM-DD.', 'A date looks like YYYY-MM-DD.'))
export const closePeriodInput = z.object({
  from: day,
  to: day,
  scheme: z.string().max(40).default(NATIONAL),
  reason: z.string().trim().max(500, say('Lý do dài quá 500 chữ.', 'The reason is longer than 500 characters.')).default(''),
})
export type ClosePeriod = z.output<typeof closePeriodInput>

export interface Closed {
  readonly revision: number
  readonly digest: string
}

/**
 * Closes a month, quarter or year: what every unit had and scored is kept as it stands at this moment, under its digest. Closing a
 * period again keeps what changed as a revision and wants a reason. Must be the first thing its transaction does: it reads one moment.
 * Refusals: access.denied, scheme.period-not-closable, scheme.period-running, scheme.closed-unchanged, scheme.reason-missing, scheme.unknown.
 */
export async function closePeriod(cx: Context, { from, to, scheme, reason }: ClosePeriod): Promise<Result<Closed>> {
  const moment = await holdMoment(cx.tx)
  const actor = allowAtRoot(cx, 'index.manage')
  if (!closable({ from, to })) return refuse(refusals.notClosable)
  if (cx.now.epochMilliseconds < closableFrom({ to }).epochMilliseconds) return refuse(refusals.stillRunning)
  const last = await findSnapshot(cx.tx, { scheme, from, to })
  const why = reason.trim()
  const closedBy = 'name' in actor ? actor.name : 'system'
  const body = await readClosing(moment, { period: { from, to }, scheme }, cx.now, {
    revision: (last?.revision ?? 0) + 1,
    closedBy,
    reason: why || 'Chốt kỳ',
  })
  if (last && saysTheSame(bodyOf(last), body)) return refuse(refusals.unchanged)
  if (last && why === '') return refuse(refusals.reasonMissing)
  const previous = await digestBefore(cx.tx, { scheme, from, to })
  const text = canonical(body)
  const digest = digestOf(text, previous)
  await insertSnapshot(cx.tx, body, { text, digest, previous })
  const done = { revision: body.revision, digest }
  await record(cx, {
    events: [
      {
        type: 'index.closed',
        subject: derivedUuid('index-snapshot', cx.province.slug, scheme, from, to),
        agencyCode: body.province.code,
        data: { scheme, from, to, revision: body.revision, digest, previous, reason: body.reason },
      },
    ],
    result: done,
  })
  return ok(done)
}
