import type { Child } from 'hono/jsx'
import { Temporal } from 'temporal-polyfill'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { EmptyState, formatDay, formatInstant, Table } from '../../../ui/index.ts'
import type { BehindFigure, BehindRow } from '../../dossier/index.ts'
import { texts } from '../texts.ts'

const channelNames = {
  online: { vi: 'Trực tuyến', en: 'Online' },
  counter: { vi: 'Trực tiếp', en: 'Counter' },
  post: { vi: 'Bưu chính', en: 'Post' },
}

const moment = (instant: string | null): Child => (instant ? formatInstant(Temporal.Instant.from(instant)) : '–')

/** A page of the dossiers behind a figure, each opening to itself, and the way to the next page. */
export const DossiersBehind = ({ behind, next, locale }: { behind: BehindFigure; next: (after: string) => string; locale: Locale }) => (
  <>
    <Table
      caption={t(locale, texts.dossiers)}
      captionHidden
      dense
      locale={locale}
      rows={behind.rows}
      empty={<EmptyState title={t(locale, texts.none)} />}
      columns={[
        {
          key: 'code',
          label: t(locale, texts.code),
          header: true,
          nowrap: true,
          cell: (row: BehindRow) => (
            <a class="govuk-link govuk-link--no-visited-state cs-nowrap" href={`/mot-cua/ho-so/${row.id}`}>
              {row.code ?? row.id}
            </a>
          ),
        },
        {
          key: 'procedure',
          label: t(locale, texts.procedure),
          phone: 'line',
          cell: (row) => <span class="cs-lines__short">{row.procedureName}</span>,
        },
        { key: 'unit', label: t(locale, texts.unit), phone: 'third', cell: (row) => row.agencyName },
        { key: 'channel', label: t(locale, texts.channel), phone: 'keep', cell: (row) => t(locale, channelNames[row.channel]) },
        { key: 'received', label: t(locale, texts.receivedAt), nowrap: true, cell: (row) => formatDay(row.receivedDay) },
        { key: 'due', label: t(locale, texts.due), phone: 'third', nowrap: true, cell: (row) => moment(row.dueAt) },
        { key: 'completed', label: t(locale, texts.completed), phone: 'third', nowrap: true, cell: (row) => moment(row.completedAt) },
      ]}
    />
    {behind.next && (
      <p class="govuk-body">
        <a class="govuk-link" rel="next" href={next(behind.next)}>
          {t(locale, texts.more)}
        </a>
      </p>
    )}
  </>
)
