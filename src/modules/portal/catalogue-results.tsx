import { type Locale, t } from '../../kernel/i18n/index.ts'
import { type Chip, Details, EmptyState, FilterChips, formatNumber, InsetText, Pagination } from '../../ui/index.ts'
import {
  type FoundProcedures,
  type LifeEvent,
  moneyText,
  type NamedCode,
  type ProcedureLine,
  type SearchInput,
  serviceLevelNames,
  serviceLevels,
  tierNames,
  tiers,
  timeLimitText,
} from '../catalogue/index.ts'
import { texts } from './catalogue-texts.ts'

const names = { q: 'q', field: 'linh-vuc', tier: 'cap', lifeEvent: 'su-kien', serviceLevel: 'muc-do' } as const

/** The address of the list with these filters. */
export function listHref(input: SearchInput): string {
  const query = new URLSearchParams()
  for (const [key, name] of Object.entries(names) as [keyof typeof names, string][]) if (input[key]) query.set(name, String(input[key]))
  if (input.page > 1) query.set('trang', String(input.page))
  return query.size > 0 ? `/thu-tuc?${query}` : '/thu-tuc'
}

interface Shown {
  readonly input: SearchInput
  readonly found: FoundProcedures
  readonly fields: readonly NamedCode[]
  readonly locale: Locale
}

/** Filters as chips with their counts; a choice that would show nothing is left out. */
export const CatalogueFilters = ({ input, found, fields, events, locale }: Shown & { events: readonly LifeEvent[] }) => {
  const chips = (key: 'field' | 'tier' | 'serviceLevel' | 'lifeEvent', options: readonly { code: string; text: string }[]): Chip[] =>
    options
      .filter(({ code }) => input[key] === code || (found.counts[key][code] ?? 0) > 0)
      .map(({ code, text }) => {
        const on = input[key] === code
        return { text, on, count: found.counts[key][code] ?? 0, href: listHref({ ...input, page: 1, [key]: on ? undefined : code }) }
      })
  const fieldChips = chips(
    'field',
    fields.map(({ code, ...name }) => ({ code, text: name[locale] })),
  )
  const cleared: SearchInput = { q: input.q, page: 1 }
  return (
    <>
      <FilterChips
        label={t(locale, texts.tier)}
        chips={chips(
          'tier',
          tiers.map((code) => ({ code, text: t(locale, tierNames[code]) })),
        )}
        locale={locale}
      />
      <FilterChips
        label={t(locale, texts.level)}
        chips={chips(
          'serviceLevel',
          serviceLevels.map((code) => ({ code, text: t(locale, serviceLevelNames[code]) })),
        )}
        locale={locale}
      />
      {input.lifeEvent && (
        <FilterChips
          label={t(locale, texts.event)}
          chips={chips(
            'lifeEvent',
            events.map(({ code, ...name }) => ({ code, text: name[locale] })),
          ).filter(({ on }) => on)}
          locale={locale}
        />
      )}
      <Details summary={t(locale, texts.moreFields)} open={input.field !== undefined}>
        <FilterChips label={t(locale, texts.field)} chips={fieldChips} clearHref={listHref(cleared)} locale={locale} />
      </Details>
    </>
  )
}

/** What is paid, as far as it is known before any assessment. */
function feeText({ feeVnd, feeAssessed }: ProcedureLine, locale: Locale): string {
  const known = feeVnd === 0 ? null : t(locale, moneyText(feeVnd))
  if (feeAssessed) return known ? t(locale, texts.andAssessed, { known }) : t(locale, texts.assessed).toLowerCase()
  return known ?? t(locale, texts.free)
}

/** Procedures as a list: the name to open, and what a person asks first: where, how long, how much. */
export const ProcedureList = ({
  items,
  fields,
  locale,
}: {
  items: readonly ProcedureLine[]
  fields: readonly NamedCode[]
  locale: Locale
}) => {
  const fieldNames = new Map(fields.map(({ code, ...name }) => [code, name[locale]]))
  return (
    <ul class="govuk-list govuk-list--spaced">
      {items.map((item) => (
        <li>
          <a class="govuk-link" href={`/thu-tuc/${item.code}`}>
            {locale === 'en' ? item.nameEn : item.name}
          </a>
          <br />
          <span class="cs-muted">
            {fieldNames.get(item.field) ?? item.field}
            {' · '}
            {item.tiers.map((tier) => t(locale, tierNames[tier])).join(', ')}
            {' · '}
            {t(locale, timeLimitText({ amount: item.timeLimit, unit: item.timeUnit }))}
            {' · '}
            {feeText(item, locale)}
          </span>
        </li>
      ))}
    </ul>
  )
}

export const Results = ({ input, found, fields, locale }: Shown) => {
  if (found.total === 0) {
    return (
      <EmptyState title={t(locale, texts.nothing)} action={{ href: '/thu-tuc', text: t(locale, texts.seeAll) }}>
        {t(locale, texts.nothingHint)}
      </EmptyState>
    )
  }
  return (
    <>
      {found.alike && <InsetText>{t(locale, texts.alike)}</InsetText>}
      <h2 class="govuk-heading-m">{t(locale, texts.count, { n: formatNumber(found.total, locale) })}</h2>
      <ProcedureList items={found.items} fields={fields} locale={locale} />
      <Pagination
        page={input.page}
        pageSize={found.pageSize}
        total={found.total}
        href={(page) => listHref({ ...input, page })}
        locale={locale}
      />
    </>
  )
}
