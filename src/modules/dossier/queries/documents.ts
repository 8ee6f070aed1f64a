import { Temporal } from 'temporal-polyfill'
import type { Target } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { type ControlSlipFacts, type HandOver, issuerOf, type NumberedFacts, type NumberedKind } from '../../printing/index.ts'
import type { DossierEvent } from '../events.ts'
import { findHistory, findSteps } from '../print-store.ts'
import { type DocumentStep, documentSteps, handOvers, type StepTaken } from '../rules/documents.ts'
import type { Dossier } from '../rules/dossier.ts'
import { applyEvent } from '../rules/fold.ts'
import { representationTexts } from '../rules/representation-rule.ts'
import { targetOf } from '../target.ts'
import { eventTexts } from '../texts.ts'
import { dossierForCitizen, dossierForOfficer } from './dossier-view.ts'
import { type Asker, type QueryHost, type Reader, readerOf } from './reader.ts'
import { type HandoverRow, handoverSlip } from './routing-view.ts'

/** What a printed paper needs beside a query: where people reach us. */
export interface PrintHost extends QueryHost {
  readonly baseUrl: string
}

/** A paper about a dossier, ready to be issued and printed. */
export interface DossierDocument {
  readonly step: DocumentStep
  readonly facts: NumberedFacts
  /** Whose dossier it is, for permission. */
  readonly target: Target
}

/** The papers that a dossier's history calls for, in its order. For pages that have read the dossier. */
export const documentList = async (host: Pick<QueryHost, 'db'>, province: Province, id: string): Promise<readonly DocumentStep[]> =>
  documentSteps(await host.db.read(province, (tx) => findSteps(tx, id)))

interface Moment {
  readonly step: StepTaken
  readonly before: Dossier | null
  readonly after: Dossier
}

const isKnown = (step: StepTaken): boolean => step.type in eventTexts

/** The dossier before and after each step. Only steps of its own life change it. */
function replay(steps: readonly StepTaken[]): (Moment | undefined)[] {
  let dossier: Dossier | null = null
  return steps.map((step) => {
    if (!isKnown(step)) return undefined
    const before: Dossier | null = dossier
    const after: Dossier = applyEvent(before, { type: step.type, at: Temporal.Instant.from(step.at), data: step.data } as DossierEvent)
    dossier = after
    return { step, before, after }
  })
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const iso = (at: Temporal.Instant | null | undefined): string | null => at?.toString() ?? null

/** The full name of an agency on a day: a paper that goes home with somebody bears no short names. */
function namesOn(reader: Reader, day: Day) {
  const name = (code: string): string => reader.directory.find(code, day)?.name ?? reader.directory.name(code, day)
  const issuer = (code: string) => {
    const path = reader.directory.path(code, day)
    return issuerOf(path.length > 0 ? path : [{ code, name: name(code), kind: 'other' }], reader.directory.root(day)?.name ?? '')
  }
  return { name, issuer }
}

/** A dossier's papers are sent out by the desk that takes it in until it is received, then by the agency that resolves it. */
const senderOf = (kind: NumberedKind | 'control-slip', { agencyCode, receptionAgencyCode, receivedAt }: Dossier): string =>
  kind === 'receipt' || kind === 'refusal' || receivedAt === null ? receptionAgencyCode : agencyCode

function common(host: PrintHost, reader: Reader, moment: Moment, kind: NumberedKind | 'control-slip', at: string) {
  const { after, step } = moment
  const { name, issuer } = namesOn(reader, dayOf(Temporal.Instant.from(at)))
  return {
    at,
    issuer: issuer(senderOf(kind, after)),
    code: after.code,
    reference: after.reference,
    trackingUrl: `${host.baseUrl}/tra-cuu?ma=${after.reference}`,
    procedure: after.procedureName,
    applicant: { name: after.applicant.name, phone: after.applicant.phone, email: after.applicant.email },
    resolving: name(after.agencyCode),
    reception: name(after.receptionAgencyCode),
    officer: step.actor.kind === 'officer' ? text(step.actor.name) : '',
  }
}

const papersOf = ({ papers }: Dossier) =>
  papers
    .filter((paper) => paper.kind !== 'result' && !paper.voided)
    .map((paper) => ({
      name: paper.name,
      how: paper.reused ? ('reused' as const) : paper.sha256 ? ('digital' as const) : ('paper' as const),
    }))

const representativeOf = ({ representation }: Dossier): { representative?: string } =>
  representation ? { representative: `${representation.by} (${representation.role || representationTexts[representation.kind].vi})` } : {}

const groundOf = (data: StepTaken['data']): string | null => {
  const named = data.groundText as { vi?: string } | undefined
  return [named?.vi, named ? undefined : text(data.ground)].filter(Boolean).join(' ') || null
}

function factsOf(
  host: PrintHost,
  reader: Reader,
  moments: readonly (Moment | undefined)[],
  document: DocumentStep,
): NumberedFacts | undefined {
  const moment = moments[document.index]
  if (!moment) return undefined
  const { before, after, step } = moment
  const at = document.imported ? (iso(after.receivedAt) ?? step.at) : new Date(step.at).toISOString()
  const shared = common(host, reader, moment, document.kind, at)
  const reason = text(step.data.note)
  switch (document.kind) {
    case 'receipt':
      return {
        ...shared,
        kind: 'receipt',
        issue: document.occurrence,
        receivedAt: iso(after.receivedAt) ?? at,
        papers: papersOf(after),
        ...representativeOf(after),
        channel: after.channel,
        feeVnd: after.feeVnd,
        paidVnd: after.paidVnd,
        dueAt: iso(after.dueAt),
        why: (after.dueExplanation ?? []).map(({ vi }) => vi),
      }
    case 'supplement':
      return {
        ...shared,
        kind: 'supplement',
        round: Number(step.data.round ?? document.occurrence),
        reason,
        items: Array.isArray(step.data.items) ? step.data.items.map(String) : [],
      }
    case 'refusal':
      return { ...shared, kind: 'refusal', reason, ground: groundOf(step.data) }
    case 'extension':
      return {
        ...shared,
        kind: 'extension',
        reason,
        receivedAt: iso(after.receivedAt),
        dueBefore: iso(before?.dueAt),
        dueAfter: iso(after.dueAt),
      }
    case 'stop': {
      const asked = moments.slice(0, document.index).findLast((one) => one?.step.type === 'dossier.withdrawn')
      return {
        ...shared,
        kind: 'stop',
        reason,
        receivedAt: iso(after.receivedAt),
        requestedAt: asked && before?.stage === 'withdrawn' ? new Date(asked.step.at).toISOString() : null,
      }
    }
  }
}

/** Permission, and the look recorded: as for the dossier itself. */
const mayRead = async (host: PrintHost, asker: Asker, id: string): Promise<Result<unknown>> =>
  asker.actor.kind === 'citizen' ? dossierForCitizen(host, asker, id) : dossierForOfficer(host, asker, id)

/**
 * What the nth paper of a kind says, as the dossier stood at its step: later changes do not alter it. Refusals: those of reading the
 * dossier; not-found when its history calls for no such paper, or the step was taken back and a citizen asks.
 */
export async function dossierDocument(
  host: PrintHost,
  asker: Asker,
  id: string,
  which: { kind: NumberedKind; occurrence: number },
): Promise<Result<DossierDocument>> {
  const allowed = await mayRead(host, asker, id)
  if (!allowed.ok) return allowed
  const reader = await readerOf(host, asker)
  const steps = await reader.read((tx) => findHistory(tx, id))
  const listed = documentSteps(steps.map(withReception))
  const step = listed.find(({ kind, occurrence }) => kind === which.kind && occurrence === which.occurrence)
  if (!step || (step.undone && asker.actor.kind === 'citizen')) return refuse(refusals.notFound)
  const moments = replay(steps)
  const facts = factsOf(host, reader, moments, step)
  const last = moments.findLast((moment) => moment !== undefined)
  return facts && last ? ok({ step, facts, target: targetOf(last.after, asker.actor) }) : refuse(refusals.notFound)
}

/** An imported dossier was received before it came here when its line says so. */
const withReception = (step: StepTaken): StepTaken =>
  step.type === 'dossier.imported'
    ? { ...step, data: { ...step.data, received: (step.data.dossier as { receivedAt?: unknown } | undefined)?.receivedAt } }
    : step

const resultTexts = { early: 'trước hạn', 'on-time': 'đúng hạn', late: 'quá hạn', 'given-back': 'trả lại để làm lại' } as const

const holderOf = ({ agency, name }: HandoverRow['to']): string => (name ? `${name}, ${agency}` : agency)

/** A line of the slip from the steps of the procedure's internal process. */
const handOverOf = (row: HandoverRow, applicant: string): HandOver => ({
  giver: row.from ? holderOf(row.from) : applicant,
  taker: holderOf(row.to),
  at: row.receivedAt,
  what: row.result ? `${row.step.vi}: ${resultTexts[row.result]}` : row.step.vi,
  note: row.note,
})

/** The slip of hand-overs as of the dossier's last step. Refusals: those of reading the dossier; not-found before it was received. */
export async function controlSlip(host: PrintHost, asker: Asker, id: string): Promise<Result<ControlSlipFacts>> {
  const allowed = await mayRead(host, asker, id)
  if (!allowed.ok) return allowed
  if (asker.actor.kind === 'citizen') return refuse(refusals.notFound)
  const reader = await readerOf(host, asker)
  const steps = await reader.read((tx) => findHistory(tx, id))
  const held = await reader.read((tx) => handoverSlip(tx, id))
  const last = replay(steps).findLast((moment) => moment !== undefined)
  if (!last || last.after.receivedAt === null) return refuse(refusals.notFound)
  const times = [last.step.at, ...held.flatMap(({ receivedAt, handedOverAt }) => [receivedAt, handedOverAt ?? receivedAt])]
  const asOf = new Date(Math.max(...times.map((time) => Date.parse(time)))).toISOString()
  return ok({
    ...common(host, reader, last, 'control-slip', asOf),
    kind: 'control-slip',
    receivedAt: iso(last.after.receivedAt),
    dueAt: iso(last.after.dueAt),
    lines: held.length > 0 ? held.map((row) => handOverOf(row, last.after.applicant.name)) : handOvers(steps, last.after.applicant.name),
  })
}
