import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { unknownProcedure, wrongAgency } from '../errors.ts'
import { findProcedure, loadDirectory, unitsOf } from '../facts.ts'
import { decideTransfer } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface TransferDossier extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
  /** The competent agency: it must resolve the procedure today. */
  readonly agencyCode: string
  /** Where the result will be handed over; stays the same when absent. */
  readonly receptionAgencyCode?: string | undefined
}

/**
 * Another agency resolves the dossier from now on: what is left of its time is laid on that agency's calendar, nobody there holds it
 * yet, the counts move along, the code stays. Refusals: dossier.wrong-agency, dossier.same-agency, dossier.unknown-procedure.
 */
export async function transferDossier(asked: Context, input: TransferDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.transfer', input)
  const today = dayOf(cx.now)
  const procedure = await findProcedure(cx.tx, dossier.procedureCode, today)
  if (!procedure) throw new Refused(unknownProcedure)
  const directory = await loadDirectory(cx.tx)
  const units = unitsOf(directory)
  const reception = input.receptionAgencyCode
  if (!units.resolves(input.agencyCode, procedure.resolver, today)) throw new Refused(wrongAgency)
  if (reception !== undefined && !units.exists(reception, today)) throw new Refused(wrongAgency)
  const moved = (await reckon(cx, dossier, input.agencyCode)).transferred(input.agencyCode)
  const decision = decideTransfer(
    dossier,
    {
      note: input.note,
      agencyCode: input.agencyCode,
      agencyName: directory.name(input.agencyCode, today),
      receptionAgencyCode: reception,
      ...moved,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
