import { html } from 'hono/html'
import { classes } from '../say.ts'
import { type Column, ColumnLabel, type TableProps } from './table-column.tsx'

// Drawn as tagged templates (which escape what they are given), with no class where the place in the table says enough: lists of seven
// hundred units have six thousand cells.

function classOf<Row>({ header, numeric, nowrap, phone }: Column<Row>, head: boolean): string {
  if (header) return head ? 'cs-name' : ''
  return classes(phone && `cs-${phone}`, !numeric && 'cs-text', nowrap && !head && 'cs-nowrap')
}

/**
 * A dense table on a desk and one or two lines a row on a phone: what of a row stays there its columns say (`phone`), the rest is on the
 * page its header leads to. It stays a table with its headers above it. Where a row takes several lines the browser lays it out as
 * a grid, and roles say that it is still a row.
 */
export function CompactTable<Row>({ columns, rows, locale = 'vi', ...props }: TableProps<Row>) {
  const lines = columns.some(({ phone }) => phone && phone !== 'keep')
  const role = (name: string) => (lines ? html` role="${name}"` : '')
  const named = (name: string) => (name ? html` class="${name}"` : '')
  const heads = columns.map((column) => {
    const sort = column.sortHref ? html` aria-sort="${column.sorted ?? 'none'}"` : ''
    const label = column.labelHidden || column.sortHref ? <ColumnLabel column={column} locale={locale} /> : column.label
    return html`<th scope="col"${role('columnheader')}${named(classOf(column, true))}${sort}>${label}</th>`
  })
  const cells = columns.map((column) => {
    const { header, cell } = column
    const open = header ? html`<th scope="row"${role('rowheader')}>` : html`<td${role('cell')}${named(classOf(column, false))}>`
    return { open, cell, close: header ? html`</th>` : html`</td>`, key: column.key }
  })
  const row = role('row')
  const body = rows.map((one) => {
    const [href, id] = [props.rowHref?.(one), props.rowId?.(one)]
    const mark = href || id ? html`${href ? html` data-href="${href}"` : ''}${id ? html` id="${id}"` : ''}` : ''
    return html`<tr${row}${mark}>${cells.map(({ open, cell, close }) => [open, cell(one), close])}</tr>`
  })
  const { footer } = props
  const foot = footer
    ? html`<tfoot${role('rowgroup')}><tr${row}>${cells.map(({ open, key, close }) => [open, footer[key] ?? '', close])}</tr></tfoot>`
    : ''
  const name = classes('cs-lines', lines && 'cs-lines--several')
  const captionClass = props.captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'
  return html`<table class="${name}"${role('table')}${props.keys ? html` data-keys="rows"` : ''}><caption class="${captionClass}">${props.caption}</caption><thead${role('rowgroup')}><tr${row}>${heads}</tr></thead><tbody${role('rowgroup')}>${body}</tbody>${foot}</table>`
}
