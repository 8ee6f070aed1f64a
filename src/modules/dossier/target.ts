import type { Target } from '../../kernel/access/index.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Dossier } from './rules/dossier.ts'
import { isApplicant } from './rules/representation-rule.ts'

/**
 * Whose thing a dossier is, for permission: the agency that resolves it and the counter that took it in, who holds it, and whose it
 * is: the account that filed it, and the person whose verified personal number stands on it (filed for them at a counter).
 */
export function targetOf(dossier: Dossier, actor: Actor): Target {
  const named = actor.kind === 'citizen' && isApplicant(actor, dossier)
  return {
    agencyCodes: [dossier.agencyCode, dossier.receptionAgencyCode],
    assigneeId: dossier.assigneeId,
    personIds: [dossier.submitterId, named ? actor.personId : null],
  }
}
