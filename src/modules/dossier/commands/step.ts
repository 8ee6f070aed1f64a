import { Temporal } from 'temporal-polyfill'
import { actingFor, allow, type Target } from '../../../kernel/access/index.ts'
import type { Actor, Context } from '../../../kernel/context.ts'
import { later } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { moment } from '../../calendar/index.ts'
import { changedMeanwhile, notPossibleNow, unknown } from '../errors.ts'
import { deltasOf } from '../measures.ts'
import { saveSteps } from '../routing-store.ts'
import { anyEventText } from '../routing-texts.ts'
import type { Dossier } from '../rules/dossier.ts'
import type { Decision, PaperInput } from '../rules/lifecycle.ts'
import { isAction, transitions } from '../rules/transitions.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'
import { type DossierSummary, summaryOf } from '../view.ts'
import { followLinks } from './link.ts'
import { followSteps } from './routing-follow.ts'

/** Which dossier, and the version the person was looking at when they decided. */
export interface OnDossier {
  readonly dossierId: string
  readonly version?: number | undefined
}

async function refuseStale(cx: Context, dossier: Dossier): Promise<never> {
  const last = await store.lastEvent(cx.tx, dossier.id)
  const what = anyEventText(last?.type ?? '') ?? { vi: last?.type ?? '', en: last?.type ?? '' }
  const named = {
    vi: what.vi.replace('{assignee}', dossier.assigneeName ?? ''),
    en: what.en.replace('{assignee}', dossier.assigneeName ?? ''),
  }
  throw new Refused(changedMeanwhile(last?.actorName ?? '—', named, moment(last?.at ?? cx.now)))
}

/** A locked dossier, and the context to decide and record in: its time is never before the dossier's last event. */
interface Opened {
  readonly dossier: Dossier
  readonly cx: Context
}

/** A command's time is taken before it waits for the row, and clocks of two servers differ: a history still never goes backwards. */
const notBefore = (cx: Context, lastAt: Temporal.Instant | null): Context =>
  lastAt && Temporal.Instant.compare(lastAt, cx.now) > 0 ? { ...cx, now: lastAt } : cx

/** What the table does not allow now is refused before anything is reckoned for it. */
function refuseImpossible(dossier: Dossier, permission: string): void {
  const action = permission.replace('dossier.', '')
  if (isAction(action) && !transitions[action].from.includes(dossier.stage)) throw new Refused(notPossibleNow(action, dossier.stage))
}

/**
 * Steps 1 and 2 of every command on a dossier: permission, lock, permission on this very dossier, and the version the person saw.
 * Throws `Refused`: access.denied, dossier.unknown, dossier.changed-meanwhile.
 */
export async function openDossier(cx: Context, action: string, input: OnDossier): Promise<Opened> {
  allow(cx, action)
  const locked = await store.lock(cx.tx, input.dossierId)
  if (!locked) throw new Refused(unknown)
  const { dossier, lastAt } = locked
  const target = targetOf(dossier, cx.actor)
  allow(cx, action, target)
  if (input.version !== undefined && input.version !== dossier.version) await refuseStale(cx, dossier)
  refuseImpossible(dossier, action)
  return { dossier, cx: inPlaceOf(notBefore(cx, lastAt), action, target) }
}

/** Whoever may do this only for somebody who is away does it in their place, and the history says so. */
export function inPlaceOf(cx: Context, action: string, target: Target): Context {
  const absent = cx.actor.kind === 'officer' ? actingFor(cx.access, cx.actor, action, target) : undefined
  return absent && cx.actor.kind === 'officer' ? { ...cx, actor: { ...cx.actor, actingFor: absent } } : cx
}

/** Only the office can say that a paper was taken from what it already has (it is counted): what citizens hand in is their own. */
export const papersFrom = (actor: Pick<Actor, 'kind'>, papers: readonly PaperInput[] = []): readonly PaperInput[] =>
  actor.kind === 'citizen' ? papers.map((paper) => ({ ...paper, reused: false })) : papers

const newEvents = (dossier: Dossier, decision: Decision): NewEvent[] =>
  decision.events.map(({ type, data }) => ({ type, subject: dossier.id, agencyCode: dossier.agencyCode, data }))

/** Steps 4 and 5: the next state, its events and deltas, and the answer. */
export async function settle(cx: Context, before: Dossier, decided: Decision): Promise<Result<DossierSummary>> {
  const followed = await followSteps(cx, before, decided)
  const { decision, steps } = followed
  const { next } = decision
  await store.save(cx.tx, before, next)
  await saveSteps(cx.tx, [{ dossierId: next.id, steps }])
  const linked = await followLinks(cx, followed)
  const view = summaryOf(next)
  await record(cx, { events: [...newEvents(next, decision), ...linked], deltas: deltasOf(before, next), result: view })
  return ok(view)
}

/** As `settle`, for a dossier that comes into being. */
export async function create(cx: Context, decided: Decision): Promise<Result<DossierSummary>> {
  const followed = await followSteps(cx, null, decided)
  const { decision, steps } = followed
  const { next } = decision
  await later(cx.tx, store.insert(cx.tx, next))
  await saveSteps(cx.tx, [{ dossierId: next.id, steps }])
  const linked = await followLinks(cx, followed)
  const view = summaryOf(next)
  await record(cx, { events: [...newEvents(next, decision), ...linked], deltas: deltasOf(null, next), result: view })
  return ok(view)
}
