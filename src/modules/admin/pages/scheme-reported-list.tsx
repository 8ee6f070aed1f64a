import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Button, EmptyState, formatInstant, formatNumber, Pagination, Select, Table, Tag } from '../../../ui/index.ts'
import { quantities as known, type QuantityName, type ReportedLine } from '../../scheme/index.ts'
import { reportedTexts as texts } from '../scheme-texts.ts'

export const REPORTED_PAGE = 50

/** Which of a year's reported figures are looked at. */
export interface ReportedAddress {
  readonly year: number
  readonly quantity: QuantityName | undefined
  readonly agencyCode: string | undefined
  readonly page: number
}

interface Props {
  readonly rows: readonly ReportedLine[]
  readonly total: number
  readonly address: ReportedAddress
  readonly quantities: readonly QuantityName[]
  /** Units that anything was reported for. */
  readonly agencies: readonly { readonly code: string; readonly name: string }[]
  readonly path: string
  readonly locale: Locale
}

/** A year's reported figures, narrowed to a quantity or unit, in pages. */
export const ReportedList = ({ rows, total, address, quantities, agencies, path, locale }: Props) => {
  const names = new Map(agencies.map(({ code, name }) => [code, name]))
  const href = (page: number): string => {
    const query = new URLSearchParams({ nam: String(address.year) })
    if (address.quantity) query.set('loc-so-lieu', address.quantity)
    if (address.agencyCode) query.set('loc-don-vi', address.agencyCode)
    if (page > 1) query.set('trang', String(page))
    return `${path}?${query}`
  }
  const narrowed = address.quantity !== undefined || address.agencyCode !== undefined
  return (
    <>
      {agencies.length > 0 && (
        <form method="get" action={path} class="cs-inline-form cs-screen-only">
          <input type="hidden" name="nam" value={String(address.year)} />
          <Select
            name="loc-so-lieu"
            label={t(locale, texts.quantity)}
            options={quantities.map((name) => ({ value: name, label: t(locale, known[name].name) }))}
            value={address.quantity ?? ''}
            empty={t(locale, texts.all)}
            optional={false}
            locale={locale}
          />
          <Select
            name="loc-don-vi"
            label={t(locale, texts.unit)}
            options={agencies.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
            value={address.agencyCode ?? ''}
            empty={t(locale, texts.all)}
            optional={false}
            locale={locale}
          />
          <Button look="secondary">{t(locale, texts.narrow)}</Button>
        </form>
      )}
      <Table
        caption={t(locale, texts.title)}
        captionHidden
        dense
        locale={locale}
        rows={rows}
        empty={<EmptyState title={t(locale, narrowed ? texts.noneSuch : texts.none)} />}
        columns={[
          {
            key: 'month',
            label: t(locale, texts.month),
            header: true,
            nowrap: true,
            cell: (row) => `${row.month.slice(5, 7)}/${row.month.slice(0, 4)}`,
          },
          {
            key: 'quantity',
            label: t(locale, texts.quantity),
            cell: (row) => (row.quantity in known ? t(locale, known[row.quantity as QuantityName].name) : row.quantity),
          },
          { key: 'unit', label: t(locale, texts.unit), cell: (row) => names.get(row.agencyCode) ?? row.agencyCode },
          { key: 'value', label: t(locale, texts.value), numeric: true, cell: (row) => formatNumber(row.value, locale) },
          { key: 'source', label: t(locale, texts.source), cell: (row) => row.source },
          {
            key: 'revision',
            label: t(locale, texts.revision),
            nowrap: true,
            cell: ({ revision, standing }) => (
              <>
                {revision} <Tag tone={standing ? 'good' : 'neutral'}>{t(locale, standing ? texts.standing : texts.earlier)}</Tag>
              </>
            ),
          },
          { key: 'at', label: t(locale, texts.at), nowrap: true, cell: (row) => formatInstant(row.reportedAt) },
        ]}
      />
      {total > 0 && <Pagination page={address.page} pageSize={REPORTED_PAGE} total={total} href={href} locale={locale} />}
    </>
  )
}
