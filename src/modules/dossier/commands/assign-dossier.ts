import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { unknownAssignee } from '../errors.ts'
import { findSpecialist } from '../facts.ts'
import { decideAssign } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface AssignDossier extends OnDossier {
  readonly assigneeId: string
  readonly note?: string | undefined
}

/** Gives a dossier to a specialist of the resolving agency, or moves it to another one. Refusal: dossier.unknown-assignee. */
export async function assignDossier(asked: Context, input: AssignDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.assign', input)
  const specialist = await findSpecialist(cx, input.assigneeId, dossier.agencyCode)
  if (!specialist) throw new Refused(unknownAssignee)
  const decision = decideAssign(dossier, { assigneeId: input.assigneeId, assigneeName: specialist.name, note: input.note }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
