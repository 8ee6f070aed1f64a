import type { Temporal } from 'temporal-polyfill'
import { refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { Correction } from '../events.ts'
import { type Decided, make, one, permitted } from './decide.ts'
import type { Applicant, Channel, Dossier } from './dossier.ts'

/** What should stand in a dossier instead of what a clerk wrote by mistake; what is absent stays. */
export interface Wanted {
  readonly applicant?: Partial<Applicant> | undefined
  readonly channel?: Channel | undefined
  readonly assisted?: boolean | undefined
  readonly feeVnd?: number | undefined
  readonly papers?:
    | readonly {
        readonly number: number
        readonly name?: string | undefined
        readonly reused?: boolean | undefined
        /** The paper was recorded by mistake and does not count. */
        readonly voided?: boolean | undefined
      }[]
    | undefined
}

const people = ['name', 'number', 'phone', 'email'] as const

/** What differs between a dossier and what is wanted, before and after. Only an online dossier can be assisted. */
export function correctionsOf(dossier: Dossier, wanted: Wanted): Correction[] {
  const changes: Correction[] = []
  for (const field of people) {
    const after = wanted.applicant?.[field]
    const before = dossier.applicant[field]
    if (after !== undefined && (after?.trim() || null) !== (before || null)) changes.push({ field, before, after: after?.trim() || null })
  }
  const channel = wanted.channel ?? dossier.channel
  if (channel !== dossier.channel) changes.push({ field: 'channel', before: dossier.channel, after: channel })
  const assisted = channel === 'online' && (wanted.assisted ?? dossier.assisted)
  if (assisted !== dossier.assisted) changes.push({ field: 'assisted', before: dossier.assisted, after: assisted })
  if (wanted.feeVnd !== undefined && wanted.feeVnd !== dossier.feeVnd)
    changes.push({ field: 'fee', before: dossier.feeVnd, after: wanted.feeVnd })
  for (const { number, name, reused, voided } of wanted.papers ?? []) {
    const paper = dossier.papers.find((one) => one.number === number)
    if (!paper) continue
    if (name !== undefined && name.trim() !== paper.name)
      changes.push({ field: 'paper-name', paper: number, before: paper.name, after: name.trim() })
    if (reused !== undefined && reused !== paper.reused)
      changes.push({ field: 'paper-reused', paper: number, before: paper.reused, after: reused })
    if (voided !== undefined && voided !== (paper.voided ?? false))
      changes.push({ field: 'paper-voided', paper: number, before: paper.voided ?? false, after: voided })
  }
  return changes
}

/**
 * Puts a mistake right by an event that says what stood there before and what stands there now; the history stays as it is and the
 * counts move by the difference. Where the dossier stands does not change, and a closed one stays closed. Results are taken back by
 * a decision, not corrected.
 */
export function decideCorrect(dossier: Dossier, input: Wanted & { readonly note: string }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'correct', input.note)
  if (refusal) return refuse(refusal)
  for (const { number } of input.papers ?? []) {
    const paper = dossier.papers.find((one) => one.number === number)
    if (!paper || paper.kind === 'result') return refuse(refusals.noSuchPaper)
  }
  if (input.applicant?.name !== undefined && !input.applicant.name.trim()) return refuse(refusals.nameNeeded)
  if (input.feeVnd !== undefined && (!Number.isSafeInteger(input.feeVnd) || input.feeVnd < dossier.paidVnd))
    return refuse(refusals.feeBelowPaid(dossier.paidVnd))
  const changes = correctionsOf(dossier, input)
  if (changes.length === 0) return refuse(refusals.nothingToCorrect)
  return one(dossier, make('dossier.details-corrected', now, { note: input.note.trim(), changes }))
}
