import type { Petition } from './rules/petition.ts'

/** What a command answers: where the petition stands now. Plain JSON, because a repeat of the request gets the stored answer. */
export interface PetitionSummary {
  readonly id: string
  readonly reference: string
  readonly version: number
  readonly stage: Petition['stage']
  readonly agencyCode: string
  readonly kind: Petition['kind']
  readonly classCode: string | null
  readonly assigneeName: string | null
  readonly filedAt: string
  readonly dueAt: string
  readonly late: boolean
  readonly likes: number
  readonly dislikes: number
}

export const summaryOf = (petition: Petition): PetitionSummary => ({
  id: petition.id,
  reference: petition.reference,
  version: petition.version,
  stage: petition.stage,
  agencyCode: petition.agencyCode,
  kind: petition.kind,
  classCode: petition.classCode,
  assigneeName: petition.assigneeName,
  filedAt: petition.filedAt,
  dueAt: petition.dueAt,
  late: petition.late,
  likes: petition.likes,
  dislikes: petition.dislikes,
})

/** A phone number for those who need not know it: only the last digits. */
export const masked = (value: string | null): string | null =>
  value === null ? null : value.length <= 3 ? '•'.repeat(value.length) : '•'.repeat(value.length - 3) + value.slice(-3)
