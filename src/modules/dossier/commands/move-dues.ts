import { Temporal } from 'temporal-polyfill'
import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Delta } from '../../../kernel/events.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { moment } from '../../calendar/index.ts'
import { deltasOf } from '../measures.ts'
import type { Dossier } from '../rules/dossier.ts'
import { decideReschedule } from '../rules/due.ts'
import * as store from '../store.ts'

/** A due time to move because the calendar changed, and what it was when that was decided. */
export interface MoveDue {
  readonly dossierId: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

export type Moved = 'moved' | 'changed-meanwhile' | 'closed'

const sentence = (why: Text, to: Temporal.Instant): Text => {
  const [vi, en] = [moment(to).vi, moment(to).en]
  return { vi: `Lịch làm việc thay đổi (${why.vi}): hạn mới ${vi}.`, en: `The working calendar changed (${why.en}): now due at ${en}.` }
}

/** "Hạn trả: …" stands last; the reason for the move comes before the new one. */
function explained(dossier: Dossier, why: Text, to: Temporal.Instant): Text[] {
  const said = (dossier.dueExplanation ?? []).filter(({ vi }) => !vi.startsWith('Hạn trả:'))
  const due = moment(to)
  return [...said, sentence(why, to), { vi: `Hạn trả: ${due.vi}.`, en: `Due at ${due.en}.` }]
}

/**
 * Moves due times after the calendar changed, each by an event of its own that says so; one transaction for all that are given. A dossier
 * that was closed meanwhile, or whose due time another step has set since, is left alone: that step counted on the new calendar already.
 */
export async function moveDues(cx: Context, input: { moves: readonly MoveDue[]; why: Text }): Promise<Result<Record<string, Moved>>> {
  allow(cx, 'dossier.reschedule')
  const outcomes: Record<string, Moved> = {}
  const events: NewEvent[] = []
  const deltas: Delta[] = []
  // In one order, so that two that move the same dossiers wait for each other instead of for nothing.
  for (const { dossierId, from, to } of [...input.moves].sort((a, b) => (a.dossierId < b.dossierId ? -1 : 1))) {
    const locked = await store.lock(cx.tx, dossierId)
    if (!locked || locked.dossier.stage === 'closed' || locked.dossier.stage === 'ready' || locked.dossier.stage === 'withdrawn') {
      outcomes[dossierId] = 'closed'
      continue
    }
    const { dossier, lastAt } = locked
    if (dossier.dueAt === null || Temporal.Instant.compare(dossier.dueAt, from) !== 0) {
      outcomes[dossierId] = 'changed-meanwhile'
      continue
    }
    const now = lastAt && Temporal.Instant.compare(lastAt, cx.now) > 0 ? lastAt : cx.now
    const why = sentence(input.why, to)
    const decision = decideReschedule(dossier, { note: input.why.vi, due: to, explanation: explained(dossier, input.why, to), why }, now)
    if (!decision.ok) {
      outcomes[dossierId] = 'changed-meanwhile'
      continue
    }
    const { next, events: decided } = decision.value
    await store.save(cx.tx, dossier, next)
    events.push(...decided.map(({ type, data }) => ({ type, subject: dossier.id, agencyCode: dossier.agencyCode, data })))
    deltas.push(...deltasOf(dossier, next))
    outcomes[dossierId] = 'moved'
  }
  await record(cx, { events, deltas, result: outcomes })
  return ok(outcomes)
}
