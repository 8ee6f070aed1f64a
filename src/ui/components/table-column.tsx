import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly cell: (row: Row) => Child
  /** Figures: right-aligned, tabular. */
  readonly numeric?: boolean
  /** Identifies the row: a row header, and the card's title on a phone. */
  readonly header?: boolean
  /** Address that sorts by this column. */
  readonly sortHref?: string | undefined
  readonly sorted?: 'ascending' | 'descending' | undefined
  /** Keeps a code or a date on one line. */
  readonly nowrap?: boolean
  /** Read out, not shown: a column of tick boxes or buttons. */
  readonly labelHidden?: boolean
  /**
   * Where a phone shows it: in the row's first line, or below the name on a line of its own, or half or a third of one. The first column
   * that says so makes the table compact (`CompactTable`): then what says nothing is not on a phone, only the row's header is always.
   */
  readonly phone?: 'keep' | 'line' | 'half' | 'third'
}

export interface TableProps<Row> {
  readonly caption: string
  readonly captionHidden?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Address a row opens: `Enter` in the office; the link itself is in a cell. */
  readonly rowHref?: (row: Row) => string | undefined
  readonly rowId?: (row: Row) => string | undefined
  /** Sum under the figures, by column key. */
  readonly footer?: Readonly<Record<string, Child>>
  readonly dense?: boolean
  /** Shown in place of an empty body. */
  readonly empty?: Child
  /** Rows answer to the office's keys (j k Enter x). */
  readonly keys?: boolean
  readonly locale?: Locale
}

export function ColumnLabel<Row>({ column, locale }: { column: Column<Row>; locale: Locale }) {
  if (column.labelHidden) return <span class="govuk-visually-hidden">{column.label}</span>
  if (!column.sortHref) return <>{column.label}</>
  const arrow = column.sorted === 'ascending' ? '↑' : column.sorted === 'descending' ? '↓' : '↕'
  return (
    <a class="cs-table__sort" href={column.sortHref} title={t(locale, texts.sortBy, { column: column.label })}>
      {column.label}
      <span class="cs-table__arrow" aria-hidden="true">
        {arrow}
      </span>
    </a>
  )
}
