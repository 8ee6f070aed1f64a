import { z } from 'zod'
import type { Day } from '../../../kernel/clock.ts'

/**
 * The printed forms of the one-stop mechanism, by what they say: receipt and appointment, request for more papers, refusal, apology
 * with a new date, notice that work stops, slip of hand-overs, register. Their numbers (01–07, earlier 01–06) differ by form set.
 */
export const formKinds = ['receipt', 'supplement', 'refusal', 'extension', 'stop', 'control-slip', 'register'] as const
export type FormKind = (typeof formKinds)[number]

/** Kinds that go out to the applicant under a number of their own. */
export const numberedKinds = ['receipt', 'supplement', 'refusal', 'extension', 'stop'] as const
export type NumberedKind = (typeof numberedKinds)[number]

export const isNumbered = (kind: string): kind is NumberedKind => numberedKinds.some((one) => one === kind)

/** What paper a form is printed on: A4; A5; a roll of thermal paper 80 mm wide. Only the receipt is cut for all three. */
export const papers = ['a4', 'a5', 'roll'] as const
export type PaperFormat = (typeof papers)[number]

export const papersFor = (kind: FormKind): readonly PaperFormat[] => (kind === 'receipt' ? papers : ['a4'])

const form = z.object({
  kind: z.enum(formKinds),
  /** Two digits, a name: "01". */
  number: z.string(),
  title: z.string(),
  /** Stands behind the number of the document: 12/TNHS. */
  symbol: z.string().optional(),
})

const formSet = z.object({
  id: z.string(),
  validFrom: z.iso.date(),
  instrument: z.string(),
  /** How a document of this set begins to say on what ground it is made. */
  basis: z.string(),
  certainty: z.enum(['official', 'derived', 'recalled', 'local']),
  source: z.string(),
  forms: z.array(form),
})

export const formSetsFile = z.object({ note: z.string(), sets: z.array(formSet).min(1) })

export type Form = z.infer<typeof form>
/** Forms that hold from a day until the next set begins. */
export type FormSet = z.infer<typeof formSet>

/** The set in force on a civil day. Days before the first set known have the first: nothing earlier is printed. */
export function formSetAt(sets: readonly FormSet[], day: Day): FormSet {
  const ordered = [...sets].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const found = ordered.findLast((set) => set.validFrom <= day) ?? ordered[0]
  if (!found) throw new Error('no form set is known')
  return found
}

/** A form of a set; undefined when the set has none of that kind (the stop notice came with TT 03/2025/TT-VPCP). */
export const formOf = (set: FormSet, kind: FormKind): Form | undefined => set.forms.find((one) => one.kind === kind)
