import type { Dossier, Moment } from './dossier.ts'

/**
 * Whether a received dossier that is not finished is late at a moment: by the time it began to wait for its applicant, else by that
 * moment; waiting after a second list of missing papers it is late whenever the list was sent. (QĐ 766/QĐ-TTg, rule 2.1.)
 */
export function isLateWhileOpen(
  dossier: Pick<Dossier, 'stage' | 'supplementRequests' | 'intakeSupplements' | 'dueAt' | 'pausedAt'>,
  at: Moment,
): boolean {
  const { stage, supplementRequests, intakeSupplements, dueAt, pausedAt } = dossier
  if (stage === 'supplement' && supplementRequests - intakeSupplements > 1) return true
  return dueAt !== null && (pausedAt ?? at).epochMilliseconds > dueAt.epochMilliseconds
}
