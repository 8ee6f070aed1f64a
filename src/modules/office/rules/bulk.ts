/** What may be done to several dossiers at once. */
export const bulkKinds = ['receive', 'assign', 'return'] as const
export type BulkKind = (typeof bulkKinds)[number]

/** Dossiers a form may name. */
export const MOST_AT_ONCE = 100
