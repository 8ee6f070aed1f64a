import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, formatInstant, formatNumber, LinkButton, Pagination, page, SearchBox, Table } from '../../../ui/index.ts'
import { listEdits } from '../queries/edited-procedures.ts'
import { findProcedures, searchInput } from '../queries/find-procedures.ts'
import { listFields } from '../queries/lists.ts'
import { moneyText, serviceLevelNames, tierNames, timeLimitText } from '../rules/words.ts'
import { texts } from '../texts.ts'
import { texts as words } from './editor/texts.ts'

export const ADMIN = '/quan-tri/thu-tuc'
const PAGE_SIZE = 50

/** GET /quan-tri/thu-tuc: every procedure in force today, with search. */
export async function adminListPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const [province, locale] = [c.get('province'), c.get('locale')]
  const input = searchInput.parse({ q: c.req.query('q') ?? '', page: c.req.query('trang') ?? 1 })
  const [found, fields, edits] = await Promise.all([
    app.db.read(province, (tx) => findProcedures(tx, input, dayOf(app.clock()), PAGE_SIZE)),
    app.db.read(province, listFields),
    app.db.read(province, listEdits),
  ])
  const mayPublish = app.access(province).canAtRoot(c.get('actor'), 'catalogue.publish')
  const fieldNames = new Map(fields.map(({ code, ...name }) => [code, name[locale]]))
  const href = (at: number) => `${ADMIN}?${new URLSearchParams({ ...(input.q ? { q: input.q } : {}), trang: String(at) })}`
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, wide: true },
    <>
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        {mayPublish && <LinkButton href={`${ADMIN}/moi`}>{t(locale, words.newProcedure)}</LinkButton>}
      </div>
      {edits.length > 0 && (
        <Table
          caption={t(locale, words.writing)}
          dense
          locale={locale}
          rows={edits}
          columns={[
            { key: 'code', label: t(locale, texts.code), nowrap: true, cell: (row) => row.code },
            {
              key: 'name',
              label: t(locale, texts.name),
              header: true,
              cell: (row) =>
                mayPublish ? (
                  <a class="govuk-link" href={`${ADMIN}/${row.code}/sua`}>
                    {row.name || row.code}
                  </a>
                ) : (
                  row.name || row.code
                ),
            },
            {
              key: 'by',
              label: t(locale, words.writing),
              cell: (row) => t(locale, words.writingBy, { by: row.updatedBy, at: formatInstant(row.updatedAt) }),
            },
          ]}
        />
      )}
      <SearchBox action={ADMIN} label={t(locale, texts.search)} value={input.q} locale={locale} />
      {found.total === 0 ? (
        <EmptyState title={t(locale, texts.nothing)}>{t(locale, texts.importHint)}</EmptyState>
      ) : (
        <>
          <Table
            caption={`${t(locale, texts.title)} (${formatNumber(found.total, locale)})`}
            dense
            locale={locale}
            rows={found.items}
            columns={[
              { key: 'code', label: t(locale, texts.code), nowrap: true, cell: (row) => row.code },
              {
                key: 'name',
                label: t(locale, texts.name),
                header: true,
                cell: (row) => (
                  <a class="govuk-link" href={`${ADMIN}/${row.code}`}>
                    {locale === 'en' ? row.nameEn : row.name}
                  </a>
                ),
              },
              { key: 'field', label: t(locale, texts.field), cell: (row) => fieldNames.get(row.field) ?? row.field },
              {
                key: 'tiers',
                label: t(locale, texts.tiers),
                cell: (row) => row.tiers.map((tier) => t(locale, tierNames[tier])).join(', '),
              },
              { key: 'level', label: t(locale, texts.level), cell: (row) => t(locale, serviceLevelNames[row.serviceLevel]) },
              {
                key: 'limit',
                label: t(locale, texts.limit),
                cell: (row) => t(locale, timeLimitText({ amount: row.timeLimit, unit: row.timeUnit })),
              },
              { key: 'fee', label: t(locale, texts.fee), numeric: true, cell: (row) => t(locale, moneyText(row.feeVnd)) },
            ]}
          />
          <Pagination page={input.page} pageSize={PAGE_SIZE} total={found.total} href={href} locale={locale} />
        </>
      )}
    </>,
  )
}
