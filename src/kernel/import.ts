import { randomBytes } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import { createAccess } from './access/index.ts'
import type { Context } from './context.ts'
import type { Province, Tx } from './database/index.ts'
import type { Text } from './i18n/index.ts'
import type { Result } from './result.ts'

/** Why one row of a file cannot be loaded. `column` is empty when the row as a whole is wrong. */
export interface RejectReason {
  readonly column: string
  readonly reason: Text
}

/** A row refused with its line in the file (the header is line 1). */
export interface Reject extends RejectReason {
  readonly line: number
}

export interface ImportColumn {
  readonly name: string
  /** The column may be missing from the header, and its values may be empty. A column nobody declares stops the import before it begins. */
  readonly optional?: boolean
}

/** What a batch works with: one transaction, and every source of the unpredictable. */
export interface ImportContext {
  readonly tx: Tx
  readonly now: Temporal.Instant
  readonly province: Province
  id(): string
}

/** The importer of a file writes events like every command: it acts as the system, and what it did says so. */
export const importer = (cx: ImportContext, command: string): Context => ({
  ...cx,
  actor: { kind: 'system', name: 'import' },
  requestId: cx.id(),
  command,
  locale: 'vi',
  access: createAccess([], { isWithin: () => false }),
  random: (bytes) => randomBytes(bytes),
})

export interface ImportOutcome {
  readonly imported: number
  readonly unchanged: number
  /** Rows that only the database could refuse (an unknown agency, a code already used); no row counts twice. */
  readonly rejects: readonly Reject[]
}

/**
 * One kind of file that `cuaso import` reads (import format, version 1). `parse` is pure: text in, row or reasons out; absent and
 * empty values arrive as ''. `apply` writes a batch in one transaction, all or nothing, and is safe to repeat: a row that is already
 * there as it stands in the file counts as unchanged. Rows come in the order of the file, with the line they begin on.
 */
export interface ImportKind<Row = unknown> {
  readonly kind: string
  readonly columns: readonly ImportColumn[]
  /** Rows a transaction; the default suits rows of dossier size. */
  readonly batch?: number
  parse(record: Readonly<Record<string, string>>): Result<Row, readonly RejectReason[]>
  apply(cx: ImportContext, rows: readonly { readonly line: number; readonly row: Row }[]): Promise<ImportOutcome>
}

/** The batch of a kind that names none. */
export const IMPORT_BATCH = 500
