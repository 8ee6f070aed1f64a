import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../../../kernel/i18n/index.ts'
import { refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import { type Decided, make, one, permitted, withLedger } from './decide.ts'
import type { Clock, Dossier } from './dossier.ts'

export interface Transfer {
  /** Why, in words the applicant will read. */
  readonly note: string
  /** The agency that resolves it from now on, and its name on that day. */
  readonly agencyCode: string
  readonly agencyName: string
  /** The counter that keeps it from now on; stays the same when absent. */
  readonly receptionAgencyCode?: string | undefined
  /** By the calendar of the agency it goes to; null before reception, or when no due time is known. */
  readonly due: Temporal.Instant | null
  readonly explanation: readonly Text[] | null
  readonly why?: Text | undefined
  readonly ledger?: Clock | undefined
}

/** Another agency is competent and resolves it from now on: nobody there holds it yet. The code stays; the counts move along. */
export function decideTransfer(dossier: Dossier, input: Transfer, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'transfer', input.note)
  if (refusal) return refuse(refusal)
  const reception = input.receptionAgencyCode ?? dossier.receptionAgencyCode
  if (input.agencyCode === dossier.agencyCode && reception === dossier.receptionAgencyCode)
    return refuse(refusals.sameAgency(input.agencyName))
  return one(
    dossier,
    make('dossier.transferred', now, {
      note: input.note.trim(),
      fromAgencyCode: dossier.agencyCode,
      agencyCode: input.agencyCode,
      agencyName: input.agencyName,
      ...(input.receptionAgencyCode === undefined ? {} : { receptionAgencyCode: input.receptionAgencyCode }),
      dueAt: input.due?.toString() ?? null,
      dueExplanation: input.explanation,
      ...(input.why ? { why: input.why } : {}),
      ...withLedger(dossier, input.ledger),
    }),
  )
}
