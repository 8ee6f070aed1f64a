import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  EmptyState,
  FilterChips,
  formatDay,
  formatNumber,
  KeyboardHints,
  LinkButton,
  NotificationBanner,
  page,
  SearchBox,
} from '../../../ui/index.ts'
import { type ArrangedWorkList, arrangedWorkList, COUNTED, opinionCounts, stageTexts, type WorkListFilter } from '../../dossier/index.ts'
import { bulkKinds } from '../rules/bulk.ts'
import { columnsOf } from '../rules/columns.ts'
import {
  countBeside,
  countOf,
  isOn,
  listAddress,
  listQuery,
  type NamedList,
  namedLists,
  readListAddress,
  towards,
} from '../rules/list-address.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'
import { WorkRows } from './work-list-rows.ts'

export { channelText, RowClock, StageTag } from './work-list-marks.tsx'

const nameOfList = (key: string, locale: Locale): string => {
  if (key in stageTexts) return t(locale, stageTexts[key as keyof typeof stageTexts])
  return t(locale, key in listTexts ? listTexts[key as keyof typeof listTexts] : texts[key as keyof typeof texts])
}

interface Props {
  readonly filter: WorkListFilter
  readonly list: ArrangedWorkList
  readonly locale: Locale
}

/** Lists with their counts: a count stands only where choosing the list shows exactly so many. */
const Lists = ({ filter, list, locale }: Props) => {
  const chips = (lists: readonly NamedList[]) =>
    lists.map((one) => {
      const count = countBeside(filter, one, list.counts)
      return {
        text: nameOfList(one.key, locale),
        href: listAddress(towards(filter, one)),
        on: isOn(filter, one),
        ...(count === undefined ? {} : { count }),
      }
    })
  const { views } = list.arrangement
  const here = listQuery({ ...filter, after: undefined })
  return (
    <div class="cs-filters">
      <FilterChips label={t(locale, listTexts.lists)} locale={locale} chips={chips(namedLists.whose)} />
      <FilterChips label={t(locale, texts.clocks)} locale={locale} chips={chips(namedLists.clock)} />
      <FilterChips label={t(locale, texts.stages)} locale={locale} chips={chips(namedLists.stage)} />
      {views.length > 0 && (
        <FilterChips
          label={t(locale, listTexts.saved)}
          locale={locale}
          chips={views.map((view) => ({
            text: view.own ? view.name : t(locale, listTexts.shared, { name: view.name, by: view.by }),
            href: `/mot-cua?${view.query || 'pham-vi=all'}`,
            on: view.query !== '' && view.query === here,
          }))}
        />
      )}
    </div>
  )
}

/** What else is asked for, each with a way to drop it. */
export function narrowing(filter: WorkListFilter, rows: ArrangedWorkList['rows'], locale: Locale) {
  const { procedureCode, agencyCode, assignee, channel, receivedFrom, receivedTo, dueFrom, dueTo } = filter
  const parts: { key: keyof WorkListFilter; text: string }[] = []
  if (procedureCode) parts.push({ key: 'procedureCode', text: rows[0]?.procedureName ?? procedureCode })
  if (agencyCode) parts.push({ key: 'agencyCode', text: rows[0]?.agencyName ?? agencyCode })
  if (assignee && assignee !== 'nobody') {
    const who = assignee === 'unheld' ? t(locale, texts.nobody) : (rows[0]?.assigneeName ?? '…')
    parts.push({ key: 'assignee', text: `${t(locale, texts.holder)}: ${who}` })
  }
  if (channel) parts.push({ key: 'channel', text: t(locale, texts[channel]) })
  const day = (key: keyof WorkListFilter, what: keyof typeof listTexts, bound: 'from' | 'to', value: string | undefined): void => {
    if (value) parts.push({ key, text: `${t(locale, listTexts[what])} ${t(locale, listTexts[bound], { day: formatDay(value) })}` })
  }
  day('receivedFrom', 'received', 'from', receivedFrom)
  day('receivedTo', 'received', 'to', receivedTo)
  day('dueFrom', 'due', 'from', dueFrom)
  day('dueTo', 'due', 'to', dueTo)
  if (filter.stage === 'closed') parts.push({ key: 'stage', text: t(locale, stageTexts.closed) })
  return parts
}

/** How many there are, in words that hold. */
function total({ filter, list, locale }: Props): string {
  const n = (count: number): string => formatNumber(count, locale)
  if (filter.search) return t(locale, list.more ? listTexts.foundMore : listTexts.found, { n: n(list.rows.length) })
  if (filter.stage === 'closed') return ''
  const kept = countOf(filter, list.counts)
  if (kept !== undefined) return t(locale, listTexts.matching, { n: n(kept) })
  if (list.matching === null) return ''
  return list.matching > COUNTED ? t(locale, listTexts.moreThan, { n: n(COUNTED) }) : t(locale, listTexts.matching, { n: n(list.matching) })
}

const bulkTexts = { receive: listTexts.bulkReceive, assign: listTexts.bulkAssign, return: listTexts.bulkReturn } as const

const notices: Readonly<Record<string, keyof typeof listTexts>> = { 'cach-xem': 'arranged', luu: 'savedView', bo: 'forgotten' }

/** GET /mot-cua: what waits, for whom, until when. Filters live in the address. */
export async function workListPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const actor = c.get('actor')
  const asked = c.req.query()
  const filter = readListAddress(asked)
  const found = await arrangedWorkList(app, { province: c.get('province'), actor }, filter)
  if (!found.ok) throw new Refused(found.error)
  const list = found.value
  const begins = list.arrangement.views.find(({ id }) => id === list.arrangement.defaultView)
  // Whoever begins with a list of their own: only at the bare address, so that every list can still be asked for by its name.
  if (begins?.query && Object.keys(asked).every((name) => name === 'lang')) return c.redirect(`/mot-cua?${begins.query}`, 302)
  const access = app.access(c.get('province'))
  const doable = bulkKinds.filter((kind) => access.can(actor, `dossier.${kind}`))
  const query = listQuery({ ...filter, after: undefined })
  const at = (path: string): string => (query ? `${path}?${query}` : path)
  const parts = narrowing(filter, list.rows, locale)
  const notice = notices[asked.xong ?? '']
  const words = total({ filter, list, locale })
  const opinions = await app.db.read(c.get('province'), (tx) =>
    opinionCounts(
      tx,
      list.rows.map(({ id }) => id),
    ),
  )
  return page(
    c,
    { ...frame(c, 'office'), title: texts.workList, wide: true },
    <>
      {notice && <NotificationBanner locale={locale}>{t(locale, listTexts[notice])}</NotificationBanner>}
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{t(locale, texts.workList)}</h1>
        {access.can(actor, 'dossier.assist') && (
          <LinkButton href="/mot-cua/tiep-nhan" shortcut=".">
            {t(locale, texts.intake)}
          </LinkButton>
        )}
      </div>
      <SearchBox
        action="/mot-cua"
        label={t(locale, texts.search)}
        hint={t(locale, listTexts.searchHint)}
        suggestions="/mot-cua/tim"
        {...(filter.search ? { value: filter.search } : {})}
        locale={locale}
      />
      <Lists filter={filter} list={list} locale={locale} />
      {parts.length > 0 && (
        <FilterChips
          label={t(locale, listTexts.filters)}
          clearHref={listAddress({ scope: 'all' })}
          locale={locale}
          chips={parts.map(({ key, text }) => ({ text, href: listAddress({ ...filter, after: undefined, [key]: undefined }), on: true }))}
        />
      )}
      <div class="cs-work__tools">
        <p class="govuk-body" role="status">
          <strong>{words}</strong>
        </p>
        <ul class="govuk-list">
          {[
            [at('/mot-cua/loc'), listTexts.moreFilters],
            [at('/mot-cua/cach-xem'), listTexts.arrange],
            ['/mot-cua/tong-hop', listTexts.groups],
            [`/mot-cua/xuat?dang=csv&${query}`, listTexts.csv],
            [`/mot-cua/xuat?dang=xlsx&${query}`, listTexts.xlsx],
          ].map(([href, text]) => (
            <li>
              <a class="govuk-link" href={href as string}>
                {t(locale, text as (typeof listTexts)['csv'])}
              </a>
            </li>
          ))}
        </ul>
      </div>
      {list.rows.length === 0 ? (
        filter.search ? (
          <EmptyState title={t(locale, texts.noMatch, { q: filter.search })}>{t(locale, listTexts.noMatchNext)}</EmptyState>
        ) : (
          <EmptyState title={t(locale, texts.noWork)}>{t(locale, texts.noWorkNext)}</EmptyState>
        )
      ) : (
        <form method="get" action="/mot-cua/hang-loat" class="cs-work__form">
          <input type="hidden" name="ve" value={query} />
          <WorkRows
            rows={list.rows}
            columns={columnsOf(list.arrangement.columns)}
            now={app.clock().epochMilliseconds}
            locale={locale}
            selectable={doable.length > 0}
            opinions={opinions}
          />
          {doable.length > 0 && (
            <fieldset class="govuk-fieldset cs-work__bulk">
              <legend class="govuk-fieldset__legend">{t(locale, listTexts.bulk)}</legend>
              {doable.map((kind) => (
                <button class="govuk-button govuk-button--secondary" name="viec" value={kind} data-bulk type="submit">
                  {t(locale, bulkTexts[kind])}
                </button>
              ))}
            </fieldset>
          )}
        </form>
      )}
      <p class="govuk-body">
        {filter.after && (
          <a class="govuk-link" href={listAddress({ ...filter, after: undefined })}>
            {t(locale, texts.first)}
          </a>
        )}{' '}
        {list.next && (
          <a class="govuk-link" rel="next" href={listAddress({ ...filter, after: list.next })}>
            {t(locale, texts.next)}
          </a>
        )}
      </p>
      <KeyboardHints
        locale={locale}
        hints={[
          { keys: '/', does: t(locale, texts.keysSearch) },
          { keys: 'j k', does: t(locale, texts.keysMove) },
          { keys: 'Enter', does: t(locale, texts.keysOpen) },
          { keys: 'x', does: t(locale, listTexts.keysSelect) },
          { keys: '.', does: t(locale, listTexts.keysAct) },
          { keys: '?', does: t(locale, texts.keysHelp) },
        ]}
      />
    </>,
  )
}
