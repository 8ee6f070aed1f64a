import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { classes } from '../say.ts'
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
}

interface TableProps<Row> {
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

/** A table on a desk, a card a row below 640 px. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, locale = 'vi' } = props
  if (rows.length === 0 && props.empty) return <>{props.empty}</>
  return (
    <table class={classes('govuk-table cs-table', props.dense && 'cs-table--dense')} data-keys={props.keys ? 'rows' : undefined}>
      <caption class={props.captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'}>
        {props.caption}
      </caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {columns.map((column) => (
            <th
              scope="col"
              class={classes('govuk-table__header', column.numeric && 'govuk-table__header--numeric')}
              aria-sort={column.sortHref ? (column.sorted ?? 'none') : undefined}
            >
              <ColumnLabel column={column} locale={locale} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {rows.map((row) => (
          <tr class="govuk-table__row" data-href={props.rowHref?.(row)} id={props.rowId?.(row)}>
            {columns.map((column) => (
              <Cell column={column}>{column.cell(row)}</Cell>
            ))}
          </tr>
        ))}
      </tbody>
      {props.footer && (
        <tfoot class="cs-table__foot">
          <tr class="govuk-table__row">
            {columns.map((column) => (
              <Cell column={column}>{props.footer?.[column.key] ?? ''}</Cell>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function ColumnLabel<Row>({ column, locale }: { column: Column<Row>; locale: Locale }) {
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

function Cell<Row>({ column, children }: { column: Column<Row>; children?: Child }) {
  const name = classes(
    column.header ? 'govuk-table__header cs-table__row-header' : 'govuk-table__cell',
    column.numeric && 'govuk-table__cell--numeric',
    column.nowrap && 'cs-nowrap',
  )
  const body = <span class="cs-table__value">{children}</span>
  return column.header ? (
    <th scope="row" class={name} data-label={column.label}>
      {body}
    </th>
  ) : (
    <td class={name} data-label={column.labelHidden ? undefined : column.label}>
      {body}
    </td>
  )
}
