import type { App } from '../../kernel/app.ts'
import { type Day, dayOf } from '../../kernel/clock.ts'
import { Refused } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { frame } from '../../ui/frame.ts'
import { Button, EmptyState, Form, page, SearchBox, TextInput, Tiles } from '../../ui/index.ts'
import {
  findProcedures,
  listFields,
  listLifeEvents,
  refusals,
  type SearchInput,
  searchInput,
  suggestProcedures,
} from '../catalogue/index.ts'
import { type ActualDuration, procedurePage } from './catalogue-procedure.tsx'
import { CatalogueFilters, listHref, ProcedureList, Results } from './catalogue-results.tsx'
import { texts } from './catalogue-texts.ts'

export interface CatalogueDoor {
  /** How long a procedure really took here in the last 90 days; `undefined` when too few dossiers ended. */
  readonly actualDurations?: (c: Web, code: string) => Promise<ActualDuration | undefined>
}

const today = (c: Web): Day => dayOf(c.get('app').clock())

/** The first page: one question, search, twelve life events, and where my dossier is. */
async function homePage(c: Web): Promise<Response> {
  const { db } = c.get('app')
  const locale = c.get('locale')
  const events = await db.read(c.get('province'), listLifeEvents)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.homeTitle },
    <>
      <SearchBox
        action="/thu-tuc"
        label={t(locale, texts.question)}
        hint={t(locale, texts.searchHint)}
        big
        heading
        suggestions="/goi-y"
        locale={locale}
      />
      {events.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.lifeEvents)}</h2>
          <Tiles
            tiles={events.map((event) => ({
              href: `/su-kien/${event.code}`,
              title: event[locale],
              text: locale === 'vi' ? event.hintVi : event.hintEn,
            }))}
          />
        </>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href="/thu-tuc">
          {t(locale, texts.seeAll)}
        </a>
      </p>
      <h2 class="govuk-heading-m" id="ho-so-cua-toi">
        {t(locale, texts.whereIsMine)}
      </h2>
      <Form action="/tra-cuu" csrfToken={c.get('csrf')}>
        <TextInput
          name="ma"
          label={t(locale, texts.codeLabel)}
          hint={t(locale, texts.codeHint)}
          width={20}
          spellcheck={false}
          locale={locale}
        />
        <Button look="secondary">{t(locale, texts.lookUp)}</Button>
      </Form>
    </>,
  )
}

/** The parts of the address → search input. The address speaks Vietnamese. */
const inputOf = (c: Web): SearchInput =>
  searchInput.parse({
    q: c.req.query('q') ?? '',
    field: c.req.query('linh-vuc'),
    tier: c.req.query('cap'),
    lifeEvent: c.req.query('su-kien'),
    serviceLevel: c.req.query('muc-do'),
    page: c.req.query('trang') ?? 1,
  })

async function listPage(c: Web): Promise<Response> {
  const { db } = c.get('app')
  const [province, locale, input] = [c.get('province'), c.get('locale'), inputOf(c)]
  const [found, fields, events] = await Promise.all([
    db.read(province, (tx) => findProcedures(tx, input, today(c))),
    db.read(province, listFields),
    db.read(province, listLifeEvents),
  ])
  const title = input.q.trim()
    ? { vi: t('vi', texts.foundTitle, { q: input.q }), en: t('en', texts.foundTitle, { q: input.q }) }
    : texts.listTitle
  const keep = Object.fromEntries(new URL(listHref({ ...input, q: '', page: 1 }), 'http://localhost').searchParams)
  return page(
    c,
    { ...frame(c, 'portal'), title, back: { href: '/' } },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.listTitle)}</h1>
      <SearchBox
        action="/thu-tuc"
        label={t(locale, texts.searchLabel)}
        value={input.q}
        keep={keep}
        suggestions="/goi-y"
        labelHidden
        locale={locale}
      />
      <CatalogueFilters input={input} found={found} fields={fields} events={events} locale={locale} />
      <Results input={input} found={found} fields={fields} locale={locale} />
    </>,
  )
}

async function eventPage(c: Web): Promise<Response> {
  const { db } = c.get('app')
  const [province, locale] = [c.get('province'), c.get('locale')]
  const code = c.req.param('event') ?? ''
  const [events, fields] = await Promise.all([db.read(province, listLifeEvents), db.read(province, listFields)])
  const event = events.find((one) => one.code === code)
  if (!event) throw new Refused(refusals.procedureNotFound)
  const found = await db.read(province, (tx) => findProcedures(tx, searchInput.parse({ lifeEvent: code }), today(c), 100))
  const title = { vi: t('vi', texts.eventTitle, { event: event.vi }), en: t('en', texts.eventTitle, { event: event.en }) }
  return page(
    c,
    { ...frame(c, 'portal'), title, back: { href: '/' } },
    <>
      <h1 class="govuk-heading-l">
        {event[locale]}
        <span class="govuk-caption-l">{locale === 'vi' ? event.hintVi : event.hintEn}</span>
      </h1>
      {found.items.length === 0 ? (
        <EmptyState title={t(locale, texts.nothing)} action={{ href: '/thu-tuc', text: t(locale, texts.seeAll) }}>
          {t(locale, texts.nothingHint)}
        </EmptyState>
      ) : (
        <ProcedureList items={found.items} fields={fields} locale={locale} />
      )}
      <h2 class="govuk-heading-s">{t(locale, texts.allEvents)}</h2>
      <ul class="govuk-list">
        {events
          .filter((one) => one.code !== code)
          .map((one) => (
            <li>
              <a class="govuk-link" href={`/su-kien/${one.code}`}>
                {one[locale]}
              </a>
            </li>
          ))}
      </ul>
    </>,
  )
}

const nameOf = (item: { name: string; nameEn: string }, locale: Locale): string => (locale === 'en' ? item.nameEn : item.name)

/** Suggestions for the search box while typing. */
async function suggestions(c: Web): Promise<Response> {
  const [q, locale] = [c.req.query('q') ?? '', c.get('locale')]
  const items = await c.get('app').db.read(c.get('province'), (tx) => suggestProcedures(tx, q, today(c)))
  return c.json({ items: items.map((item) => ({ text: nameOf(item, locale), href: `/thu-tuc/${item.code}`, detail: item.code })) })
}

/** Home, catalogue, procedure and life-event pages of the citizens' door. */
export const cataloguePages = (_app: App, door: CatalogueDoor = {}): Routes =>
  new Routes()
    .get('/', 'public', homePage)
    .get('/thu-tuc', 'public', listPage)
    .get('/thu-tuc/:code', 'public', (c) => procedurePage(c, door.actualDurations))
    .get('/su-kien/:event', 'public', eventPage)
    .get('/goi-y', 'public', suggestions)
