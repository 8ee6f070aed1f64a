import type { Text } from '../../../kernel/i18n/index.ts'

export const representationKinds = ['child', 'other', 'organisation'] as const
/** In whose name somebody files: their child or ward, a person who asked them to, an organisation. */
export type RepresentationKind = (typeof representationKinds)[number]

/** Who filed a dossier for its applicant, and by what right. Kept with the dossier and in its event. */
export interface Representation {
  readonly kind: RepresentationKind
  /** Who filed it, as their verified account names them. */
  readonly by: string
  /** What they are to the applicant, in their words: "mẹ", "nhân viên". */
  readonly role: string
  /** Of the applicant, when it was asked. */
  readonly birthDate: string | null
  /** Names of the papers that prove it: they are among the dossier's papers. */
  readonly proofs: readonly string[]
}

/** A paper that proves the right to file for somebody. */
export interface Proof {
  readonly code: string
  readonly name: Text
  readonly required: boolean
}

/** As sentences and papers say it: "Trần Văn A (mẹ, nộp thay cho con)". */
export const representationTexts: Readonly<Record<RepresentationKind, Text>> = {
  child: { vi: 'cha, mẹ hoặc người giám hộ nộp cho con', en: 'a parent or guardian for the child' },
  other: { vi: 'nộp thay theo uỷ quyền', en: 'by power of attorney' },
  organisation: { vi: 'người của tổ chức', en: 'for the organisation' },
}

const sameName = (a: string, b: string): boolean =>
  a.normalize('NFC').trim().toLocaleUpperCase('vi') === b.normalize('NFC').trim().toLocaleUpperCase('vi')

/**
 * Whether a verified account is the applicant of a dossier. What somebody else typed about them may be mistaken: then the name must be
 * theirs as well as the number, so that a wrong digit opens the dossier to nobody.
 */
export function isApplicant(
  account: { readonly name: string; readonly personalNumber?: string | undefined },
  dossier: { readonly applicant: { readonly name: string; readonly number: string | null }; readonly representation: unknown },
): boolean {
  if (account.personalNumber === undefined || account.personalNumber !== dossier.applicant.number) return false
  return dossier.representation === null || sameName(account.name, dossier.applicant.name)
}
