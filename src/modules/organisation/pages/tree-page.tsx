import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, FilterChips, formatDay, formatNumber, LinkButton, page, SearchBox, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../directory.ts'
import { findTree, searchUnits, type TreeView } from '../queries/find-tree.ts'
import type { Agency } from '../rules/agency.ts'
import { type AgencyTree, childrenOf, descendants } from '../rules/tree.ts'
import { texts, tierNames } from '../texts.ts'
import { askedDay, lifetime, unitHref } from './days.ts'

const Unit = ({ agency, day }: { agency: Agency; day: Day }) => (
  <>
    <a class="govuk-link" href={unitHref(agency.code, day)}>
      {agency.shortName}
    </a>{' '}
    <span class="cs-muted cs-nowrap">{agency.code}</span>
  </>
)

const Branch = ({ tree, agency, locale, open }: { tree: AgencyTree; agency: Agency; locale: Locale; open?: boolean }) => {
  const below = childrenOf(tree, agency.code)
  if (below.length === 0) {
    return (
      <li class="cs-tree__item">
        <Unit agency={agency} day={tree.day} />
      </li>
    )
  }
  return (
    <li class="cs-tree__item">
      <details class="cs-tree__branch" open={open}>
        <summary class="cs-tree__summary">
          {agency.shortName}{' '}
          <span class="cs-muted">{t(locale, texts.below, { n: formatNumber(descendants(tree, agency.code).length, locale) })}</span>
        </summary>
        <p class="govuk-body-s">
          <Unit agency={agency} day={tree.day} />
        </p>
        <ul class="cs-tree">
          {below.map((child) => (
            <Branch tree={tree} agency={child} locale={locale} />
          ))}
        </ul>
      </details>
    </li>
  )
}

const Counts = ({ view, locale }: { view: TreeView; locale: Locale }) => (
  <>
    {view.roots.map(({ agency, counts }) => (
      <Table
        caption={agency.shortName}
        dense
        locale={locale}
        rows={counts.filter((row) => row.committees + row.others > 0)}
        columns={[
          { key: 'tier', label: t(locale, texts.tier), header: true, cell: (row) => t(locale, tierNames[row.tier]) },
          { key: 'committees', label: t(locale, texts.committees), numeric: true, cell: (row) => formatNumber(row.committees, locale) },
          { key: 'others', label: t(locale, texts.others), numeric: true, cell: (row) => formatNumber(row.others, locale) },
        ]}
      />
    ))}
  </>
)

const Found = ({ c, words, found, day }: { c: Web; words: string; found: readonly Agency[]; day: Day }) => {
  const locale = c.get('locale')
  if (found.length === 0)
    return <EmptyState title={t(locale, texts.nothingFound, { words })}>{t(locale, texts.nothingFoundHint)}</EmptyState>
  return (
    <Table
      caption={t(locale, texts.found, { words })}
      dense
      locale={locale}
      rows={found}
      columns={[
        {
          key: 'name',
          label: t(locale, texts.agency),
          header: true,
          cell: (agency) => (
            <a class="govuk-link" href={unitHref(agency.code, agency.validTo === null ? day : agency.validTo)}>
              {agency.name}
            </a>
          ),
        },
        { key: 'code', label: t(locale, texts.code), nowrap: true, cell: (agency) => agency.code },
        { key: 'area', label: t(locale, texts.areaCode), nowrap: true, cell: (agency) => agency.areaCode ?? '' },
        { key: 'tier', label: t(locale, texts.tier), cell: (agency) => t(locale, tierNames[agency.tier]) },
        { key: 'life', label: t(locale, texts.inForce), nowrap: true, cell: (agency) => lifetime(c, agency) },
      ]}
    />
  )
}

const QuickDays = ({ day, today, locale }: { day: Day; today: Day; locale: Locale }) => {
  const days = [
    { at: '2025-06-30', text: t(locale, texts.lastDistrictDay) },
    { at: '2025-07-01', text: t(locale, texts.firstTwoTierDay) },
    { at: today, text: t(locale, texts.today) },
  ]
  const chips = days.map(({ at, text }) => ({ text, href: `/quan-tri/co-quan?ngay=${at}`, on: at === day }))
  return <FilterChips label={t(locale, texts.quickDays)} chips={chips} locale={locale} />
}

/** `/quan-tri/co-quan`: the tree as it stood on any day, with search. */
export async function treePage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const { day, wrong } = askedDay(c)
  const words = (c.req.query('q') ?? '').trim().slice(0, 100)
  const directory = await directoryOf(app, c.get('province'))
  const view = findTree(directory, day)
  const found = words ? await app.db.read(c.get('province'), (tx) => searchUnits(tx, words)) : undefined
  const mayEdit = app.access(c.get('province')).canAtRoot(c.get('actor'), 'organisation.edit')
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, wide: true, ...(wrong ? { flash: { kind: 'warning' as const, text: texts.badDay } } : {}) },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <SearchBox
            action="/quan-tri/co-quan"
            label={t(locale, texts.search)}
            hint={t(locale, texts.searchHint)}
            value={words}
            keep={{ ngay: day }}
            locale={locale}
          />
        </div>
        <div class="govuk-grid-column-one-half">
          <form method="get" action="/quan-tri/co-quan" class="cs-inline-form">
            <label class="govuk-label" for="ngay">
              {t(locale, texts.chooseDay)}
            </label>
            <input class="govuk-input govuk-input--width-10" type="date" id="ngay" name="ngay" value={day} />{' '}
            <Button look="secondary">{t(locale, texts.show)}</Button>
          </form>
          <QuickDays day={day} today={dayOf(app.clock())} locale={locale} />
        </div>
      </div>
      {found && <Found c={c} words={words} found={found} day={day} />}
      <h2 class="govuk-heading-m">
        {t(locale, texts.tree)} <Tag tone="accent">{t(locale, texts.onDay, { day: formatDay(day) })}</Tag>
      </h2>
      {view.roots.length === 0 ? (
        <EmptyState title={t(locale, texts.emptyTree)}>{t(locale, texts.emptyTreeHint)}</EmptyState>
      ) : (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ul class="cs-tree cs-tree--top">
              {view.roots.map(({ agency }, at) => (
                <Branch tree={view.tree} agency={agency} locale={locale} open={at === 0} />
              ))}
            </ul>
          </div>
          <div class="govuk-grid-column-one-third">
            <h3 class="govuk-heading-s">{t(locale, texts.counts)}</h3>
            <Counts view={view} locale={locale} />
            {mayEdit && (
              <LinkButton href="/quan-tri/co-quan/moi" look="secondary">
                {t(locale, texts.newAgency)}
              </LinkButton>
            )}
          </div>
        </div>
      )}
    </>,
  )
}
