import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import { unknown } from '../errors.ts'
import { stepRefusals } from '../routing-errors.ts'
import * as routing from '../routing-store.ts'
import { changedSteps, finishStep } from '../rules/routing-steps.ts'
import * as store from '../store.ts'
import { byOf, stepClock } from './routing-follow.ts'
import { inPlaceOf } from './step.ts'

export interface FinishStep {
  readonly dossierId: string
  /** The row of the step, as `findSteps` numbers them. */
  readonly number: number
  /** What came of it. */
  readonly note: string
}

export interface FinishedStep {
  readonly dossierId: string
  readonly opened: readonly string[]
}

/**
 * A step that no other act of the dossier ends is done: one at another agency, or one of several of the same role. Its own agency
 * ends it, or the unit head of the agency that resolves. Refusals: dossier.step-not-open, dossier.step-note-missing.
 */
export async function finishStepByHand(cx: Context, input: FinishStep): Promise<Result<FinishedStep>> {
  allow(cx, 'dossier.finish-step')
  const locked = await store.lock(cx.tx, input.dossierId)
  if (!locked) throw new Refused(unknown)
  const { dossier } = locked
  const rows = await routing.findSteps(cx.tx, dossier.id)
  const step = rows.find(({ number, state }) => number === input.number && state === 'open')
  // Who may not see this step learns nothing of it.
  const there = { agencyCodes: [step?.agencyCode ?? dossier.agencyCode], assigneeId: dossier.assigneeId }
  const own = { agencyCodes: [dossier.agencyCode], assigneeId: dossier.assigneeId }
  const mine = cx.access.can(cx.actor, 'dossier.finish-step', there)
  if (!mine) allow(cx, 'dossier.end-step', own)
  if (!step) return refuse(stepRefusals.notOpen)
  const note = input.note.trim()
  if (!note) return refuse(stepRefusals.noteMissing)
  const { body } = await getProcedureVersion(cx.tx, dossier.procedureCode, dossier.procedureVersion)
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode)
  const after = finishStep(rows, step.number, stepClock(cx.now, dossier, body.timeLimit, calendar), byOf(cx), note)
  const steps = changedSteps(rows, after)
  await routing.saveSteps(cx.tx, [{ dossierId: dossier.id, steps }])
  const view = { dossierId: dossier.id, opened: steps.filter(({ state }) => state === 'open').map(({ code }) => code) }
  const acting = mine ? inPlaceOf(cx, 'dossier.finish-step', there) : inPlaceOf(cx, 'dossier.end-step', own)
  await record(acting, {
    events: [
      { type: 'routing.step-finished', subject: dossier.id, agencyCode: dossier.agencyCode, data: { step: step.name, note, steps } },
    ],
    result: view,
  })
  return ok(view)
}
