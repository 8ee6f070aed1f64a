import { dayOf } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { findProcedureAt } from '../../catalogue/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { openClockStages } from '../routing-errors.ts'
import { findConsultations, findKin, findSteps, type Kin } from '../routing-store.ts'
import { type AnswerState, answerState, type Consultation, type OpinionAnswer, opinionCount } from '../rules/consultation.ts'
import type { Stage } from '../rules/dossier.ts'
import type { HeldStep } from '../rules/routing-steps.ts'
import { type Asker, type QueryHost, readerOf } from './reader.ts'

export interface StepView extends HeldStep {
  readonly agencyName: string
  /** This officer may say that it is done. */
  readonly mayFinish: boolean
}

export interface AnswerView extends OpinionAnswer {
  readonly agencyName: string
  readonly state: AnswerState
}

export interface ConsultationView extends Omit<Consultation, 'answers'> {
  readonly answers: readonly AnswerView[]
  readonly open: boolean
}

export interface KinView extends Kin {
  readonly agencyName: string | null
}

/** A dossier's way through the offices: its steps, the opinions asked, the dossiers that belong to it. */
export interface RoutingView {
  readonly steps: readonly StepView[]
  readonly consultations: readonly ConsultationView[]
  readonly opinions: { readonly asked: number; readonly answered: number; readonly overdue: number }
  readonly kin: readonly KinView[]
  readonly may: { readonly ask: boolean; readonly remind: boolean; readonly cancel: boolean; readonly link: boolean }
}

interface Shown {
  readonly id: string
  readonly agencyCode: string
  readonly receptionAgencyCode: string
  readonly assigneeId: string | null
  readonly stage: Stage
}

/** What has not begun yet is named by the catalogue of today. */
async function withNames(tx: Tx, kin: readonly Kin[], today: string): Promise<readonly Kin[]> {
  const named: Kin[] = []
  for (const one of kin) {
    const procedureName = one.procedureName ?? (await findProcedureAt(tx, one.procedureCode, today))?.body.name.vi ?? null
    named.push({ ...one, procedureName })
  }
  return named
}

/** The way of a dossier that this officer may read (the caller has asked `dossierForOfficer`). */
export async function routingOf(host: QueryHost, asker: Asker, dossier: Shown): Promise<RoutingView> {
  const reader = await readerOf(host, asker)
  const { access, actor, directory } = reader
  const today = dayOf(reader.now)
  const now = reader.now.epochMilliseconds
  const [steps, consultations, kin] = await reader.read(async (tx) => [
    await findSteps(tx, dossier.id),
    await findConsultations(tx, dossier.id),
    await withNames(tx, await findKin(tx, dossier.id), today),
  ])
  const own = { agencyCodes: [dossier.agencyCode], assigneeId: dossier.assigneeId }
  const working = openClockStages.includes(dossier.stage)
  const open = steps.filter(({ state }) => state === 'open')
  const mayFinish = (step: HeldStep): boolean => {
    if (step.state !== 'open' || !working) return false
    // The dossier's own steps end with its own acts, unless another of the same kind waits beside or behind them.
    const elsewhere = step.agencyCode !== dossier.agencyCode && step.agencyCode !== dossier.receptionAgencyCode
    const several =
      open.length > 1 || steps.some((one) => one.state === 'waiting' && step.next.includes(one.code) && one.role === step.role)
    if (!elsewhere && !several) return false
    return (
      access.can(actor, 'dossier.finish-step', { agencyCodes: [step.agencyCode], assigneeId: dossier.assigneeId }) ||
      access.can(actor, 'dossier.end-step', own)
    )
  }
  return {
    steps: steps.map((step) => ({ ...step, agencyName: directory.name(step.agencyCode, today), mayFinish: mayFinish(step) })),
    consultations: consultations.map((one) => ({
      ...one,
      open: one.cancelledAt === null && one.answers.some(({ answeredAt }) => answeredAt === null),
      answers: one.answers.map((answer) => ({
        ...answer,
        agencyName: directory.name(answer.agencyCode, today),
        state: answerState(answer, one.cancelledAt, now),
      })),
    })),
    opinions: opinionCount(consultations, now),
    kin: kin.map((one) => ({ ...one, agencyName: one.agencyCode === null ? null : directory.name(one.agencyCode, today) })),
    may: {
      ask: working && access.can(actor, 'dossier.ask-opinion', own),
      remind: access.can(actor, 'dossier.remind-opinion', own),
      cancel: access.can(actor, 'dossier.cancel-opinion', own),
      link: access.can(actor, 'dossier.link', { agencyCodes: [dossier.agencyCode, dossier.receptionAgencyCode] }),
    },
  }
}

/** One hand-over on the control slip (form 06, TT 03/2025/TT-VPCP). Instants as ISO text; names as of the day of the hand-over. */
export interface HandoverRow {
  readonly number: number
  readonly step: Text
  /** Who handed it over; null for the first one, which came from the applicant. */
  readonly from: { readonly agency: string; readonly name: string | null } | null
  readonly to: { readonly agency: string; readonly name: string | null }
  readonly receivedAt: string
  readonly dueAt: string | null
  readonly handedOverAt: string | null
  /** Before the day it was due, on that day in time, after its time, or ended because the work was given back; null while it is still held. */
  readonly result: 'early' | 'on-time' | 'late' | 'given-back' | null
  readonly note: string | null
}

const civilDay = (iso: string): string => new Date(Date.parse(iso) + 7 * 3_600_000).toISOString().slice(0, 10)

/** How a held step ended against its due time. */
export function stepResult(step: Pick<HeldStep, 'finishedAt' | 'dueAt'>): 'early' | 'on-time' | 'late' | null {
  if (step.finishedAt === null) return null
  if (step.dueAt === null) return 'on-time'
  if (Date.parse(step.finishedAt) > Date.parse(step.dueAt)) return 'late'
  return civilDay(step.finishedAt) < civilDay(step.dueAt) ? 'early' : 'on-time'
}

/** The control slip of a dossier: who had it from when to when. Empty when its procedure has no internal process. */
export async function handoverSlip(tx: Tx, dossierId: string): Promise<readonly HandoverRow[]> {
  const steps = (await findSteps(tx, dossierId)).filter(({ startedAt }) => startedAt !== null)
  const directory = await loadDirectory(tx)
  const held = [...steps].sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? '') || a.round - b.round || a.number - b.number)
  const place = (step: HeldStep) => ({ agency: directory.name(step.agencyCode, civilDay(step.startedAt ?? '')), name: step.holderName })
  return held.map((step, at) => {
    const before = held.slice(0, at).findLast(({ finishedAt }) => finishedAt !== null && finishedAt <= (step.startedAt ?? ''))
    return {
      number: at + 1,
      step: step.name,
      from: before ? place(before) : null,
      to: place(step),
      receivedAt: step.startedAt ?? '',
      dueAt: step.dueAt,
      handedOverAt: step.finishedAt,
      result: step.outcome === 'sent-back' ? 'given-back' : stepResult(step),
      note: step.note,
    }
  })
}
