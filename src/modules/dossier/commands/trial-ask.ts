import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { dueAt, loadCalendar } from '../../calendar/index.ts'
import { citizenRule } from '../citizen-law.ts'
import { unknownProcedure, wrongAgency } from '../errors.ts'
import { findProcedure, loadUnits } from '../facts.ts'
import { deleteTrial, putTrial } from '../trial-store.ts'

export interface AskTrial {
  readonly personId: string
  readonly procedureCode: string
  /** The desk that looks at it: the agency that would resolve the dossier. */
  readonly agencyCode: string
  readonly formCode: string
  readonly formVersion: number
  readonly answers: Readonly<Record<string, unknown>>
  readonly applicantName: string | null
}

/**
 * Shows a draft to the desk before it is filed. The desk promises an answer by working days (data/dossier/citizen.json). No dossier comes
 * into being: nothing is counted, no clock of the law runs. Asked again, the newer draft takes the place of the older.
 */
export async function askTrial(cx: Context, input: AskTrial): Promise<Result<{ id: string; promisedAt: string }>> {
  const actor = allow(cx, 'dossier.ask-trial', { personId: input.personId })
  const today = dayOf(cx.now)
  const [procedure, units] = await Promise.all([findProcedure(cx.tx, input.procedureCode, today), loadUnits(cx.tx)])
  if (!procedure) throw new Refused(unknownProcedure)
  if (!units.resolves(input.agencyCode, procedure.resolver, today)) throw new Refused(wrongAgency)
  const calendar = await loadCalendar(cx.tx, input.agencyCode)
  const limit = citizenRule(today, procedure.code).trialWorkingDays
  const put = await putTrial(cx.tx, {
    id: cx.id(),
    personId: input.personId,
    personName: actor.kind === 'citizen' ? actor.name : '',
    phone: actor.kind === 'citizen' ? (actor.phone ?? null) : null,
    procedureCode: procedure.code,
    procedureName: procedure.name,
    agencyCode: input.agencyCode,
    formCode: input.formCode,
    formVersion: input.formVersion,
    answers: input.answers,
    applicantName: input.applicantName,
    askedAt: cx.now,
    promisedAt: dueAt(cx.now, { limit, unit: 'working_day' }, calendar).due,
  })
  const data = { procedureCode: procedure.code, promisedAt: put.promisedAt }
  await record(cx, { events: [{ type: 'trial.asked', subject: put.id, agencyCode: input.agencyCode, data }], result: put })
  return ok(put)
}

/** Forgets the person's trial of a procedure: in the transaction that files or discards the draft. Leaves no event of its own. */
export async function forgetTrial(cx: Context, input: { personId: string; procedureCode: string }): Promise<void> {
  allow(cx, 'dossier.ask-trial', { personId: input.personId })
  await deleteTrial(cx.tx, input.personId, input.procedureCode)
}
