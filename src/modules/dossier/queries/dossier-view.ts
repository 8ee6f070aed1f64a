import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, refusals } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadCalendar, timeLeft } from '../../calendar/index.ts'
import { notTracked, unknown } from '../errors.ts'
import type { DossierEventType } from '../events.ts'
import { lifecycleRule } from '../law.ts'
import { agenciesWithSteps, findConsultations, findSteps } from '../routing-store.ts'
import type { Applicant, Dossier, DueChange, Paper } from '../rules/dossier.ts'
import { canUndo, daysSince, lastStepOf, nextRound } from '../rules/lifecycle.ts'
import type { Representation } from '../rules/representation-rule.ts'
import { type Standing, type StandingRole, standingOf } from '../rules/standing.ts'
import { type Action, possibleActions } from '../rules/transitions.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'
import { stepNames } from '../texts.ts'
import { type DossierSummary, masked, summaryOf, withMaskedNumbers } from '../view.ts'
import { type Asker, type QueryHost, type Reader, readerOf } from './reader.ts'
import { importedLife, type PlainEntry, plainTimelineOf, type TimelineEntry, timelineOf } from './timeline.ts'
import { type ClockState, clockOf, edgesOf } from './work-list-filter.ts'

export interface PaperView extends Omit<Paper, 'addedAt'> {
  readonly addedAt: string
}

/** What both sides of the counter see. Instants as ISO text. */
interface CommonView extends DossierSummary {
  readonly agencyName: string
  readonly receptionAgencyName: string
  /** Where the person was helped to file; null when they filed themselves, or where it was received. */
  readonly assistanceAgencyCode: string | null
  readonly assistanceAgencyName: string | null
  readonly clock: ClockState
  readonly dueExplanation: readonly Text[]
  readonly originalDueAt: string | null
  readonly pausedAt: string | null
  readonly returnedAt: string | null
  readonly closedAt: string | null
  readonly workedDays: number | null
  /** Every move of the due time since, apart from the first promise. */
  readonly dueChanges: readonly DueChange[]
  readonly papers: readonly PaperView[]
  readonly supplementRequests: number
  readonly paidOnline: boolean
  readonly returnsResult: boolean
  readonly resultElectronic: boolean
  readonly source: string | null
}

export interface OfficerView extends CommonView {
  readonly applicant: Applicant
  readonly representation: Representation | null
  /** The personal number is shown in full only to those who may see it. */
  readonly numberShown: boolean
  readonly submitterId: string | null
  readonly formCode: string | null
  readonly formVersion: number | null
  readonly answers: Readonly<Record<string, unknown>>
  readonly timeline: readonly TimelineEntry[]
  /** What this officer may do now: the stage allows it and so do their role and the dated rules. */
  readonly actions: readonly Action[]
  /** The number of the next list of missing papers; from the second one on it needs to be confirmed. */
  readonly nextRound: number
  /** The step that `undo` would take back. */
  readonly lastStep: Text | null
  readonly extensions: number
  readonly recalls: number
  readonly uncollectedAt: string | null
  readonly refusalGround: string | null
  /** Codes it had before a reception was taken back. */
  readonly formerCodes: readonly string[]
}

export interface CitizenView extends CommonView {
  readonly applicantName: string
  readonly representation: Representation | null
  /** Where it stands and whose turn it is, in plain words. */
  readonly standing: Standing
  /** Nobody came for the result yet, and that was recorded. */
  readonly uncollectedAt: string | null
  readonly formCode: string | null
  readonly formVersion: number | null
  /** Only for the applicant, signed in; never on the tracking page. */
  readonly answers: Readonly<Record<string, unknown>> | null
  readonly timeline: readonly PlainEntry[]
  /** What the applicant can do now. */
  readonly actions: readonly Extract<Action, 'answer-supplement' | 'withdraw' | 'resume'>[]
  /** What the office asked for, while it waits for it. */
  readonly wanted: {
    readonly note: string
    readonly items: readonly string[]
    readonly round: number
    /** ISO text. */
    readonly askedAt: string
  } | null
  /** What the office wants to be paid, while it waits for it. */
  readonly payment: { readonly note: string; readonly amountVnd: number; readonly items: readonly string[] } | null
}

function common(reader: Reader, dossier: Dossier): CommonView {
  const { now, tomorrow, afterSoon } = edgesOf(reader.now, reader.soonDays)
  const day = dayOf(dossier.receivedAt ?? dossier.submittedAt)
  const summary = summaryOf(dossier)
  return {
    ...summary,
    agencyName: reader.directory.name(dossier.agencyCode, day),
    receptionAgencyName: reader.directory.name(dossier.receptionAgencyCode, day),
    assistanceAgencyCode: dossier.assistanceAgencyCode,
    assistanceAgencyName: dossier.assistanceAgencyCode === null ? null : reader.directory.name(dossier.assistanceAgencyCode, day),
    clock: clockOf(summary, now.epochMilliseconds, tomorrow.epochMilliseconds, afterSoon.epochMilliseconds),
    dueExplanation: dossier.dueExplanation ?? [],
    originalDueAt: dossier.originalDueAt?.toString() ?? null,
    pausedAt: dossier.pausedAt?.toString() ?? null,
    returnedAt: dossier.returnedAt?.toString() ?? null,
    closedAt: dossier.closedAt?.toString() ?? null,
    workedDays: dossier.workedDays,
    dueChanges: dossier.dueChanges,
    papers: dossier.papers.map((paper) => ({ ...paper, addedAt: paper.addedAt.toString() })),
    supplementRequests: dossier.supplementRequests,
    paidOnline: dossier.paidOnline,
    returnsResult: dossier.returnsResult,
    resultElectronic: dossier.resultElectronic,
    source: dossier.source,
  }
}

const denied = (reader: Reader): Refusal => (reader.actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)

/** A dossier as the officer works on it. The look is recorded. Refusals: dossier.unknown, access.denied. */
export async function dossierForOfficer(host: QueryHost, asker: Asker, id: string): Promise<Result<OfficerView>> {
  const reader = await readerOf(host, asker)
  const { access, actor } = reader
  if (actor.kind === 'citizen' || !access.can(actor, 'dossier.read')) return refuse(denied(reader))
  const found = isUuid(id) ? await reader.read((tx) => store.findWithHistory(tx, id)) : undefined
  if (!found) return refuse(unknown)
  const target = targetOf(found.dossier, actor)
  if (!access.can(actor, 'dossier.read', target)) {
    // An agency that has a step of it to do reads it, as long as the step is open.
    const involved = await reader.read((tx) => agenciesWithSteps(tx, id))
    if (!access.can(actor, 'dossier.read', { agencyCodes: involved })) return refuse(refusals.denied)
  }
  if (actor.kind === 'officer') await reader.read((tx) => store.recordAccess(tx, id, actor, reader.now))
  const { dossier } = found
  const step = access.can(actor, 'dossier.undo', target) ? lastStepOf(await reader.read((tx) => store.pastEvents(tx, id))) : undefined
  const officerId = actor.kind === 'officer' ? actor.officerId : null
  const mayUndo = step !== undefined && canUndo(step, { officerId, any: access.can(actor, 'dossier.undo-any', target) }, reader.now)
  const numberShown = access.can(actor, 'dossier.see-number', target)
  return ok({
    ...common(reader, dossier),
    representation: dossier.representation,
    applicant: numberShown ? dossier.applicant : { ...dossier.applicant, number: masked(dossier.applicant.number) },
    numberShown,
    submitterId: dossier.submitterId,
    formCode: dossier.formCode,
    formVersion: dossier.formVersion,
    answers: numberShown ? dossier.answers : withMaskedNumbers(dossier.answers),
    timeline: timelineOf(found.events),
    actions: possibleActions(dossier.stage)
      .filter((action) => access.can(actor, `dossier.${action}`, target))
      .filter((action) => isUseful(action, dossier, reader.now) && (action !== 'undo' || mayUndo))
      .filter((action) => action !== 'correct' || dossier.stage !== 'closed' || access.can(actor, 'dossier.correct-closed', target)),
    nextRound: nextRound(dossier),
    lastStep: step ? stepName(step.events) : null,
    extensions: dossier.extensions,
    recalls: dossier.recalls,
    uncollectedAt: dossier.uncollectedAt?.toString() ?? null,
    refusalGround: dossier.refusalGround,
    formerCodes: dossier.formerCodes,
  })
}

const stepName = (events: readonly { type: DossierEventType }[]): Text => {
  const names = events.flatMap(({ type }) => stepNames[type] ?? [])
  return { vi: names.map(({ vi }) => vi).join(', '), en: names.map(({ en }) => en).join(', ') }
}

/** Whether a possible step would do anything now, by the dated rules. A due time follows the calendar from the calendar's page. */
function isUseful(action: Action, dossier: Dossier, now: Temporal.Instant): boolean {
  const rule = lifecycleRule(dossier.receivedDay ?? dayOf(now), dossier.procedureCode)
  switch (action) {
    case 'request-supplement':
      return nextRound(dossier) <= rule.maxSupplementRounds
    case 'pay':
      return dossier.paidVnd < dossier.feeVnd
    case 'extend':
      return dossier.dueAt !== null && Temporal.Instant.compare(now, dossier.dueAt) < 0 && dossier.extensions < rule.maxExtensions
    case 'mark-uncollected':
      return (
        dossier.uncollectedAt === null && dossier.completedAt !== null && daysSince(dossier.completedAt, now) >= rule.uncollectedAfterDays
      )
    case 'reschedule':
      return false
    default:
      return true
  }
}

const standingRoles: readonly string[] = ['clerk', 'specialist', 'unit_head', 'leader']

/** Where it stands now: with whom, since the office's own steps say so, and how long until it is due by that office's calendar. */
async function standing(reader: Reader, dossier: Dossier): Promise<Standing> {
  const { directory, now } = reader
  const today = dayOf(now)
  const name = (code: string): string => directory.name(code, today)
  const working = dossier.stage === 'received' || dossier.stage === 'processing' || dossier.stage === 'signing'
  const { dueAt } = dossier
  const [steps, asked, left] = await reader.read(async (tx) => [
    working ? await findSteps(tx, dossier.id) : [],
    working ? await findConsultations(tx, dossier.id) : [],
    working && dueAt ? timeLeft(dueAt, now, await loadCalendar(tx, dossier.agencyCode)) : null,
  ])
  const open = steps.find(({ state, role }) => state === 'open' && standingRoles.includes(role))
  const questions = asked.filter(({ cancelledAt }) => cancelledAt === null).flatMap(({ answers }) => answers)
  return standingOf(
    {
      stage: dossier.stage,
      status: dossier.status,
      agency: name(dossier.agencyCode),
      desk: name(dossier.receptionAgencyCode),
      received: dossier.receivedAt !== null,
      dueAt,
      left,
      step: open ? { role: open.role as StandingRole, agency: name(open.agencyCode) } : null,
      opinions: {
        waiting: questions.filter(({ answeredAt }) => answeredAt === null).map(({ agencyCode }) => name(agencyCode)),
        asked: questions.length,
        answered: questions.filter(({ answeredAt }) => answeredAt !== null).length,
      },
      paused: dossier.pausedAt !== null,
      returnsResult: dossier.returnsResult,
      electronic: dossier.resultElectronic,
      uncollected: dossier.uncollectedAt !== null,
    },
    now,
  )
}

/** An imported dossier begins with what it lived through before; what happened here follows. */
function lifeOf(dossier: Dossier, events: readonly store.LoggedRow[]): PlainEntry[] {
  const own = plainTimelineOf(events)
  const imported = events.find(({ type }) => type === 'dossier.imported')
  if (!imported) return own
  const done = new Set(own.map(({ type }) => type))
  const before = importedLife(dossier).filter(({ type, at }) => !done.has(type) && Date.parse(at) <= Date.parse(imported.at))
  const [first, ...rest] = own
  return first ? [{ ...first, at: dossier.submittedAt.toString() }, ...before, ...rest] : before
}

const itemsOf = (data: store.LoggedRow['data']): string[] => (Array.isArray(data.items) ? data.items.map(String) : [])

async function citizenView(reader: Reader, dossier: Dossier, events: readonly store.LoggedRow[], own: boolean): Promise<CitizenView> {
  const asked = events.findLast(({ type }) => type === 'dossier.supplement-requested')
  const owed = events.findLast(({ type }) => type === 'dossier.payment-requested')
  const possible = possibleActions(dossier.stage)
  const shown = common(reader, dossier)
  return {
    ...shown,
    assigneeId: null,
    assigneeName: null,
    // On the tracking page names of papers are shown, their content is not.
    papers: own ? shown.papers : shown.papers.map((paper) => ({ ...paper, sha256: null })),
    applicantName: dossier.applicant.name,
    // Birth dates and roles are the family's own: not on the tracking page.
    representation: own ? dossier.representation : null,
    standing: await standing(reader, dossier),
    uncollectedAt: dossier.uncollectedAt?.toString() ?? null,
    formCode: dossier.formCode,
    formVersion: dossier.formVersion,
    answers: own ? dossier.answers : null,
    timeline: lifeOf(dossier, events),
    actions: own ? (['answer-supplement', 'withdraw', 'resume'] as const).filter((action) => possible.includes(action)) : [],
    wanted:
      dossier.stage === 'supplement' && asked
        ? {
            note: String(asked.data.note ?? ''),
            items: itemsOf(asked.data),
            round: Number(asked.data.round ?? 1),
            askedAt: asked.at,
          }
        : null,
    payment:
      dossier.stage === 'payment' && owed
        ? { note: String(owed.data.note ?? ''), amountVnd: Number(owed.data.amountVnd ?? 0), items: itemsOf(owed.data) }
        : null,
  }
}

/** A dossier as its applicant sees it, signed in. Somebody else's dossier is answered as one that does not exist. */
export async function dossierForCitizen(host: QueryHost, asker: Asker, id: string): Promise<Result<CitizenView>> {
  const reader = await readerOf(host, asker)
  const { actor } = reader
  if (actor.kind !== 'citizen') return refuse(denied(reader))
  const found = isUuid(id) ? await reader.read((tx) => store.findWithHistory(tx, id)) : undefined
  if (!found || !reader.access.can(actor, 'dossier.read', targetOf(found.dossier, actor))) return refuse(unknown)
  return ok(await citizenView(reader, found.dossier, found.events, true))
}

/** A dossier on the tracking page, once the proof is given (see track.ts). */
export async function dossierForTracking(host: QueryHost, asker: Asker, id: string, own: boolean): Promise<Result<CitizenView>> {
  const reader = await readerOf(host, asker)
  const found = await reader.read((tx) => store.findWithHistory(tx, id))
  return found ? ok(await citizenView(reader, found.dossier, found.events, own)) : refuse(notTracked)
}
