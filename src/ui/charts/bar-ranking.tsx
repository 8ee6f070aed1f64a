import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { RateBar } from '../components/stat-card.tsx'
import { type Column, Table } from '../components/table.tsx'
import { formatNumber, formatPercent } from '../format.ts'
import { texts } from '../texts.ts'

export interface RankedUnit {
  readonly code: string
  readonly name: string
  /** Where its dossiers are. */
  readonly href?: string
  /** 0 to 1; `null` when there was nothing to divide by. */
  readonly ratio: number | null
  readonly numerator?: number
  readonly denominator?: number
  readonly note?: Child
}

interface BarRankingProps {
  readonly caption: string
  readonly unitLabel: string
  readonly ratioLabel: string
  readonly units: readonly RankedUnit[]
  /** 0 to 1; a line on every bar. */
  readonly target?: number
  /** Rank of the first row, for a later page. */
  readonly from?: number
  readonly noteLabel?: string
  readonly locale?: Locale
}

/** Units with a bar in the row, in the order given. Units without a rate have no rank. */
export const BarRanking = (props: BarRankingProps) => {
  const { locale = 'vi', target } = props
  let rank = (props.from ?? 1) - 1
  const rows = props.units.map((unit) => {
    if (unit.ratio !== null) rank += 1
    return { unit, rank: unit.ratio === null ? null : rank }
  })
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'rank', label: '#', cell: (row) => row.rank ?? '–', numeric: true, phone: 'keep' },
    {
      key: 'name',
      label: props.unitLabel,
      header: true,
      cell: ({ unit }) =>
        unit.href ? (
          <a class="govuk-link govuk-link--no-visited-state" href={unit.href}>
            {unit.name}
          </a>
        ) : (
          unit.name
        ),
    },
    {
      key: 'ratio',
      label: props.ratioLabel,
      phone: 'keep',
      cell: ({ unit }) => (
        <span class={rateClass(unit.ratio, target)}>
          <span class="cs-ranking__value">{unit.ratio === null ? <NoFigure locale={locale} /> : formatPercent(unit.ratio, locale)}</span>
          {unit.ratio !== null && <RateBar ratio={unit.ratio} target={target} />}
          {unit.denominator !== undefined && <small class="cs-lines__note">{figuresOf(unit, locale)}</small>}
        </span>
      ),
    },
  ]
  if (props.units.some((unit) => unit.denominator !== undefined)) {
    columns.push({
      key: 'figures',
      label: t(locale, texts.figures),
      numeric: true,
      nowrap: true,
      cell: ({ unit }) => figuresOf(unit, locale),
    })
  }
  if (props.noteLabel) columns.push({ key: 'note', label: props.noteLabel, cell: ({ unit }) => unit.note ?? '' })
  return <Table caption={props.caption} columns={columns} rows={rows} dense rowId={(row) => `unit-${row.unit.code}`} locale={locale} />
}

const figuresOf = ({ numerator = 0, denominator }: RankedUnit, locale: Locale): string =>
  denominator === undefined ? '' : `${formatNumber(numerator, locale)} / ${formatNumber(denominator, locale)}`

const NoFigure = ({ locale }: { locale: Locale }) => (
  <>
    <span aria-hidden="true">–</span>
    <span class="govuk-visually-hidden">{t(locale, texts.noData)}</span>
  </>
)

function rateClass(ratio: number | null, target: number | undefined): string {
  if (ratio === 0) return 'cs-ranking cs-ranking--zero'
  if (ratio === null || target === undefined) return 'cs-ranking'
  return ratio >= target ? 'cs-ranking cs-stat--reached' : 'cs-ranking cs-stat--below'
}
