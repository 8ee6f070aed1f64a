import { Temporal } from 'temporal-polyfill'
import type { Target } from '../../../kernel/access/index.ts'
import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { isProof } from '../../../kernel/phone-proof.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { loadCalendar, moment } from '../../calendar/index.ts'
import { changedMeanwhile, unknownPetition } from '../errors.ts'
import { feedbackSettings } from '../files.ts'
import { type CountChange, changeOf, type DossierMark, deltasOf, isSameMark, markFacts, petitionFacts } from '../rules/facts.ts'
import type { Deadlines, Petition } from '../rules/petition.ts'
import { deadlinesOf } from '../rules/petition-deadlines.ts'
import type { Decided } from '../rules/petition-life.ts'
import type { PetitionEventType } from '../rules/petition-transitions.ts'
import { versionOn } from '../rules/settings.ts'
import * as store from '../store.ts'
import { eventTexts } from '../texts.ts'
import { type PetitionSummary, summaryOf } from '../view.ts'

/** Which petition, and the version the person was looking at when they decided. */
export interface OnPetition {
  readonly petitionId: string
  readonly version?: number | undefined
}

/** The petitioner's own step: signed in, or with the phone digits as proof. */
export interface ByPetitioner extends OnPetition {
  readonly phone?: string | undefined
}

export const targetOf = (petition: Petition): Target => ({
  agencyCode: petition.agencyCode,
  assigneeId: petition.assigneeId,
  personId: petition.personId,
})

async function refuseStale(cx: Context, petition: Petition): Promise<never> {
  const last = await store.lastEvent(cx.tx, petition.id)
  const what = eventTexts[(last?.type ?? 'petition.noted') as PetitionEventType]
  const named = { vi: what.vi.replace(/ \{\w+\}/, ''), en: what.en.replace(/ \{\w+\}/, '') }
  throw new Refused(changedMeanwhile(last?.actorName ?? '—', named, moment(last?.at ?? cx.now)))
}

/** A locked petition, and the context to decide and record in: its time is never before the petition's last event. */
interface Opened {
  readonly petition: Petition
  readonly cx: Context
}

async function lockAt(asked: Context, input: OnPetition): Promise<Opened> {
  const petition = await store.lockPetition(asked.tx, input.petitionId)
  if (!petition) throw new Refused(unknownPetition)
  const last = await store.lastEvent(asked.tx, petition.id)
  const cx = last && Temporal.Instant.compare(last.at, asked.now) > 0 ? { ...asked, now: last.at } : asked
  if (input.version !== undefined && input.version !== petition.version) await refuseStale(cx, petition)
  return { petition, cx }
}

/**
 * Steps 1 and 2 of every officer's step: permission, lock, permission on this very petition, and the version the person saw.
 * Throws `Refused`: access.denied, petition.unknown, petition.changed-meanwhile.
 */
export async function openPetition(asked: Context, action: string, input: OnPetition): Promise<Opened> {
  allow(asked, `feedback.${action}`)
  const opened = await lockAt(asked, input)
  allow(asked, `feedback.${action}`, targetOf(opened.petition))
  if (opened.petition.kind === 'staff') allow(asked, 'feedback.read-staff', targetOf(opened.petition))
  return opened
}

/** The same for whoever filed it: signed in as them, or with the end of the phone number. Anybody else learns nothing. */
export async function openOwn(asked: Context, action: 'supply' | 'reraise' | 'withdraw' | 'vote', input: ByPetitioner): Promise<Opened> {
  const opened = await lockAt(asked, input)
  if (input.phone !== undefined && isProof(input.phone, opened.petition.phone)) return opened
  const { actor } = asked
  if (actor.kind !== 'citizen' || opened.petition.personId !== actor.personId) throw new Refused(unknownPetition)
  allow(asked, `feedback.${action}`, { personId: actor.personId })
  return opened
}

/** By when what is due, with today's limits of the country and the province and the unit's calendar. */
export async function deadlinesFor(
  cx: Context,
  petition: Pick<Petition, 'agencyCode' | 'clockFrom' | 'atUnitSince' | 'pauses'>,
): Promise<Deadlines> {
  const { limits } = await feedbackSettings()
  const day = dayOf(Temporal.Instant.from(petition.clockFrom))
  const calendar = await loadCalendar(cx.tx, petition.agencyCode)
  const local = (await store.localLimits(cx.tx)).findLast(({ validFrom }) => validFrom <= day)
  return deadlinesOf(petition, versionOn(limits, day), local, calendar)
}

const markEvent = (mark: DossierMark, count: CountChange | undefined): NewEvent => ({
  type: 'dossier-mark.set',
  subject: mark.id,
  agencyCode: mark.place?.agency ?? null,
  data: { dossierId: mark.dossierId, petitions: mark.petitions, disliked: mark.disliked, ...(count ? { count } : {}) },
})

/**
 * Changes what a dossier has against it (index 5.4), and says what that does to the counts. Its place is where its own events count it.
 */
export async function changeMark(
  cx: Pick<Context, 'tx' | 'id'>,
  dossierId: string,
  change: (mark: DossierMark) => Partial<Pick<DossierMark, 'petitions' | 'disliked'>>,
): Promise<{ event: NewEvent; count: CountChange | undefined } | undefined> {
  const before = await store.lockMark(cx.tx, dossierId, cx.id())
  const dossier = await store.readDossier(cx.tx, dossierId)
  const after: DossierMark = { ...before, ...change(before), place: dossier?.place ?? before.place }
  if (isSameMark(before, after)) return undefined
  await store.saveMark(cx.tx, after)
  const count = changeOf(markFacts(before), markFacts(after))
  return { event: markEvent(after, count), count }
}

/** Steps 4 and 5: the next state, its event and deltas, and the answer. */
export async function settle(cx: Context, before: Petition | null, decided: Decided): Promise<Result<PetitionSummary>> {
  if (!decided.ok) return decided
  const { event, next } = decided.value
  if (before) await store.savePetition(cx.tx, before, next)
  else await store.insertPetition(cx.tx, next)
  const counts = [changeOf(before && petitionFacts(before), petitionFacts(next))]
  const events: NewEvent[] = [{ type: event.type, subject: next.id, agencyCode: next.agencyCode, data: event.data }]
  // A dossier has a petition against it from filing until that is withdrawn.
  const wasAgainst = before !== null && before.stage !== 'withdrawn'
  const isAgainst = next.stage !== 'withdrawn'
  if (next.dossierId !== null && wasAgainst !== isAgainst) {
    const marked = await changeMark(cx, next.dossierId, ({ petitions }) => ({ petitions: petitions + (isAgainst ? 1 : -1) }))
    if (marked) {
      events.push(marked.event)
      counts.push(marked.count)
    }
  }
  const view = summaryOf(next)
  await record(cx, { events, deltas: deltasOf(counts), result: view })
  return ok(view)
}
