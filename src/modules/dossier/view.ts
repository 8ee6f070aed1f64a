import type { Dossier, Stage, Status } from './rules/dossier.ts'

/** What a command answers: where the dossier stands now. Plain JSON, because a repeat of the request gets the stored answer. */
export interface DossierSummary {
  readonly id: string
  readonly reference: string
  readonly code: string | null
  readonly status: Status
  readonly stage: Stage
  readonly version: number
  readonly procedureCode: string
  readonly procedureName: string
  readonly agencyCode: string
  readonly receptionAgencyCode: string
  readonly channel: Dossier['channel']
  readonly assisted: boolean
  readonly assigneeId: string | null
  readonly assigneeName: string | null
  /** Instants as ISO text. */
  readonly submittedAt: string
  readonly receivedAt: string | null
  readonly dueAt: string | null
  readonly completedAt: string | null
  readonly feeVnd: number
  readonly paidVnd: number
}

export const summaryOf = (dossier: Dossier): DossierSummary => ({
  id: dossier.id,
  reference: dossier.reference,
  code: dossier.code,
  status: dossier.status,
  stage: dossier.stage,
  version: dossier.version,
  procedureCode: dossier.procedureCode,
  procedureName: dossier.procedureName,
  agencyCode: dossier.agencyCode,
  receptionAgencyCode: dossier.receptionAgencyCode,
  channel: dossier.channel,
  assisted: dossier.assisted,
  assigneeId: dossier.assigneeId,
  assigneeName: dossier.assigneeName,
  submittedAt: dossier.submittedAt.toString(),
  receivedAt: dossier.receivedAt?.toString() ?? null,
  dueAt: dossier.dueAt?.toString() ?? null,
  completedAt: dossier.completedAt?.toString() ?? null,
  feeVnd: dossier.feeVnd,
  paidVnd: dossier.paidVnd,
})

/** A personal number or phone for those who need not know it: only the last digits. */
export const masked = (value: string | null, shown = 4): string | null =>
  value === null || value.length <= shown ? value && '•'.repeat(value.length) : '•'.repeat(value.length - shown) + value.slice(-shown)

/** Answers for those who may not see personal numbers: every one in them, also of a child or a spouse, shows only its last digits. */
export function withMaskedNumbers<T>(answer: T): T {
  if (typeof answer === 'string') return (/^\d{12}$/.test(answer) ? masked(answer) : answer) as T
  if (Array.isArray(answer)) return answer.map(withMaskedNumbers) as T
  if (typeof answer !== 'object' || answer === null) return answer
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, withMaskedNumbers(value)])) as T
}
