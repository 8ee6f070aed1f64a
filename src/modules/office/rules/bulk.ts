import { createHash } from 'node:crypto'

/** What may be done to several dossiers at once. */
export const bulkKinds = ['receive', 'assign', 'return'] as const
export type BulkKind = (typeof bulkKinds)[number]

/** Dossiers a form may name: as many as a list shows at the most. */
export const MOST_AT_ONCE = 100

/**
 * The request id of one dossier's command out of the form's: the same form sent again gives the same ids, so what was done is not done
 * twice and what was refused is tried again. A UUID of version 8 (made by us, not by chance).
 */
export function requestIdFor(formId: string, dossierId: string): string {
  const hex = createHash('sha256').update(`${formId} ${dossierId}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
