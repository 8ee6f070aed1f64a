import { Temporal } from 'temporal-polyfill'
import type { Text } from '../../../kernel/i18n/index.ts'
import { refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import { type Decided, make, one, permitted, withLedger } from './decide.ts'
import type { Clock, Dossier } from './dossier.ts'

/** A new due time with its explanation, from the clock's ledger. */
export interface NewDue {
  readonly due: Temporal.Instant
  readonly explanation: readonly Text[]
  /** The one sentence that says why it moved. */
  readonly why: Text
  readonly ledger?: Clock | undefined
}

export interface Extension extends NewDue {
  /** Why it takes longer, in words the applicant will read (form 04). */
  readonly note: string
  readonly maxExtensions: number
  /** The last moment at which it may still be put off; the due time itself when the rule asks for no notice. */
  readonly latest: Temporal.Instant
}

/**
 * Apologises and puts the due time off (form 04; NĐ 61/2018 Art. 19): only before it, only to a later time, and not more often than
 * the dated rule allows.
 */
export function decideExtend(dossier: Dossier, input: Extension, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'extend', input.note)
  if (refusal) return refuse(refusal)
  if (dossier.dueAt === null) return refuse(refusals.noDueTime)
  if (dossier.extensions >= input.maxExtensions) return refuse(refusals.extensionsUsed(input.maxExtensions))
  if (Temporal.Instant.compare(now, dossier.dueAt) >= 0) return refuse(refusals.extendTooLate(dossier.dueAt))
  if (Temporal.Instant.compare(now, input.latest) > 0) return refuse(refusals.extendTooLate(input.latest))
  if (Temporal.Instant.compare(input.due, dossier.dueAt) <= 0) return refuse(refusals.newDueNotLater(dossier.dueAt))
  return one(
    dossier,
    make('dossier.extended', now, {
      note: input.note.trim(),
      dueAt: input.due.toString(),
      dueExplanation: input.explanation,
      why: input.why,
      ...withLedger(dossier, input.ledger),
    }),
  )
}

/** The calendar changed (a holiday added later): the due time follows it. No apology, no re-appointment. */
export function decideReschedule(dossier: Dossier, input: NewDue & { readonly note: string }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'reschedule', input.note)
  if (refusal) return refuse(refusal)
  if (dossier.dueAt === null) return refuse(refusals.noDueTime)
  if (Temporal.Instant.compare(input.due, dossier.dueAt) === 0) return refuse(refusals.dueUnchanged)
  return one(
    dossier,
    make('dossier.rescheduled', now, {
      note: input.note.trim(),
      dueAt: input.due.toString(),
      dueExplanation: input.explanation,
      why: input.why,
      ...withLedger(dossier, input.ledger),
    }),
  )
}
