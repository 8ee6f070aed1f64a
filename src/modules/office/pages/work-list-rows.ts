import { html } from 'hono/html'
import { dayOf } from '../../../kernel/clock.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { formatDay } from '../../../ui/index.ts'
import { stageTexts, type WorkRow } from '../../dossier/index.ts'
import { clockWords } from '../rules/clock-words.ts'
import type { ListColumn } from '../rules/columns.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'
import { routingWords } from './routing-texts.ts'
import { channelText, stageTones } from './work-list-marks.tsx'

// Rows as tagged templates (which escape what they are given) and not as elements: fifty rows of eight cells are most of this page, and
// made so they cost a twentieth. Nothing else on the page is worth it.

const columnTexts = {
  procedure: texts.procedure,
  applicant: texts.applicant,
  number: listTexts.number,
  stage: texts.stands,
  holder: texts.holder,
  agency: listTexts.agency,
  clock: texts.clock,
  due: listTexts.due,
  received: listTexts.received,
  submitted: listTexts.submitted,
  channel: texts.channel,
} as const satisfies Record<ListColumn, unknown>

export const columnLabel = (column: ListColumn, locale: Locale): string => t(locale, columnTexts[column])

/** `17:00, 27/11/2026` of an instant as ISO text: Vietnam has no summer time. */
export function timeText(iso: string): string {
  const at = Date.parse(iso)
  return `${new Date(at + 7 * 3_600_000).toISOString().slice(11, 16)}, ${formatDay(dayOf({ epochMilliseconds: at }))}`
}
const dayText = (iso: string | null): string => (iso ? formatDay(dayOf({ epochMilliseconds: Date.parse(iso) })) : '')

export const dossierHref = (row: Pick<WorkRow, 'id'>): string => `/mot-cua/ho-so/${row.id}`

type Html = ReturnType<typeof html> | string

function clockCell(row: WorkRow, now: number, locale: Locale): Html {
  const { state, used, text } = clockWords(row, now)
  const width = Math.round(Math.min(1, Math.max(0, used)) * 100)
  const due = row.dueAt && state !== 'done' ? html`<span class="cs-clock__due">${timeText(row.dueAt)}</span>` : ''
  return html`<span class="cs-clock cs-clock--${state}"><span class="cs-clock__text">${t(locale, text)}</span><svg class="cs-clock__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="cs-clock__track" width="100" height="6"/><rect class="cs-clock__used" width="${width}" height="6"/></svg>${due}</span>`
}

const channelSigns = { online: '⌁', counter: '▤', post: '✉' } as const

const cells: Readonly<Record<ListColumn, (row: WorkRow, now: number, locale: Locale) => Html>> = {
  procedure: (row) => row.procedureName,
  applicant: (row) => row.applicantName,
  number: (row) => row.applicantNumber ?? '',
  stage: (row, _now, locale) => html`<strong class="cs-tag cs-tag--${stageTones[row.stage]}">${t(locale, stageTexts[row.stage])}</strong>`,
  holder: (row, _now, locale) =>
    html`<span><span class="cs-work__keep">${row.assigneeName ?? t(locale, texts.nobody)}</span><small>${row.agencyName}</small></span>`,
  agency: (row) => row.agencyName,
  clock: clockCell,
  due: (row) => (row.dueAt ? timeText(row.dueAt) : ''),
  received: (row) => dayText(row.receivedAt),
  submitted: (row) => dayText(row.submittedAt),
  channel: (row, _now, locale) =>
    html`<span class="cs-work__keep"><span class="cs-work__sign" aria-hidden="true">${channelSigns[row.channel]}</span> ${t(locale, channelText(row))}</span>`,
}

const opinionCell = (count: { asked: number; answered: number } | undefined, locale: Locale): Html =>
  count ? html`<small>${t(locale, routingWords.counter, count)}</small>` : ''

interface RowsProps {
  readonly rows: readonly WorkRow[]
  readonly columns: readonly ListColumn[]
  readonly now: number
  readonly locale: Locale
  readonly selectable: boolean
  /** How many of the opinions asked about a dossier have come, by its id. */
  readonly opinions?: ReadonlyMap<string, { readonly asked: number; readonly answered: number }>
}

/** The table of a work list: dense on a desk, a card a dossier on a phone. */
export function WorkRows({ rows, columns, now, locale, selectable, opinions }: RowsProps) {
  const labels = columns.map((column) => columnLabel(column, locale))
  const head = labels.map((label) => html`<th scope="col">${label}</th>`)
  const body = rows.map((row) => {
    const name = row.code ?? row.reference
    const tick = selectable
      ? html`<td class="cs-work__tick"><input type="checkbox" name="chon" value="${row.id}" aria-label="${t(locale, listTexts.select, { what: name })}"></td>`
      : ''
    const rest = columns.map(
      (column, n) =>
        html`<td data-label="${labels[n]}">${cells[column](row, now, locale)}${column === 'stage' ? opinionCell(opinions?.get(row.id), locale) : ''}</td>`,
    )
    return html`<tr data-href="/mot-cua/ho-so/${row.id}">${tick}<th scope="row"><a class="govuk-link" href="/mot-cua/ho-so/${row.id}">${name}</a></th>${rest}</tr>`
  })
  const tickHead = selectable ? html`<td></td>` : ''
  return html`<table class="cs-work" data-keys="rows"><caption class="govuk-visually-hidden">${t(locale, texts.workList)}</caption><thead><tr>${tickHead}<th scope="col">${t(locale, texts.code)}</th>${head}</tr></thead><tbody>${body}</tbody></table>`
}
