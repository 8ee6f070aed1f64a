import type { Child } from 'hono/jsx'
import { classes } from '../say.ts'
import { type Column, ColumnLabel, type TableProps } from './table-column.tsx'
import { CompactTable } from './table-compact.tsx'

export type { Column } from './table-column.tsx'

/** A table on a desk. Below 640 px a card a row, or, where columns say which of them stay, a line or two. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, locale = 'vi' } = props
  if (rows.length === 0 && props.empty) return <>{props.empty}</>
  if (columns.some(({ phone }) => phone)) return CompactTable(props)
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
