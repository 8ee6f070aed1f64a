import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../kernel/clock.ts'
import { Refused } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { readForm } from '../../kernel/http/form.ts'
import { runFor } from '../../kernel/http/run-for.ts'
import { t } from '../../kernel/i18n/index.ts'
import { frame } from '../../ui/frame.ts'
import {
  Button,
  EmptyState,
  Form,
  formatDate,
  formatDay,
  InsetText,
  LinkButton,
  NotificationBanner,
  Pagination,
  page,
  SearchBox,
  SummaryList,
} from '../../ui/index.ts'
import { PUBLISHED_PAGE, publishedPetition, publishedPetitions, settingsView, voteOnPetition } from '../feedback/index.ts'
import { Typed } from './feedback-parts.tsx'
import { texts } from './feedback-texts.ts'

const asker = (c: Web) => ({ province: c.get('province'), actor: c.get('actor') })

/** Working days in which a petition filed today is answered here. */
export async function resolveDays(c: Web): Promise<{ refuse: number; ask: number; resolve: number }> {
  const today = dayOf(c.get('app').clock())
  const { limits, local } = await settingsView(c.get('app'), asker(c))
  const national = limits.findLast(({ validFrom }) => validFrom <= today) ?? limits[0]
  const own = local.findLast(({ validFrom }) => validFrom <= today)
  return { refuse: national?.refuse ?? 2, ask: national?.ask ?? 5, resolve: own?.resolveDays ?? national?.resolve ?? 15 }
}

/** GET /phan-anh: what it is for, the way in, and what was answered before. */
export async function petitionsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const q = (c.req.query('q') ?? '').slice(0, 200)
  const at = Math.min(10_000, Math.max(1, Number.parseInt(c.req.query('trang') ?? '1', 10) || 1))
  const found = await publishedPetitions(c.get('app'), asker(c), { q, page: at })
  const { resolve } = await resolveDays(c)
  const isCitizen = c.get('actor').kind === 'citizen'
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.petitions },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">{t(locale, texts.petitions)}</h1>
        <p class="govuk-body-l">{t(locale, texts.lead, { days: resolve })}</p>
        <LinkButton href="/phan-anh/gui" look="start">
          {t(locale, texts.write)}
        </LinkButton>
        <p class="govuk-body">
          <a class="govuk-link" href={isCitizen ? '/phan-anh/cua-toi' : '/phan-anh/tra-cuu'}>
            {t(locale, isCitizen ? texts.mine : texts.where)}
          </a>
        </p>
        <h2 class="govuk-heading-l">{t(locale, texts.answered)}</h2>
        <SearchBox action="/phan-anh" label={t(locale, texts.search)} value={q} locale={locale} />
        {found.rows.length === 0 ? (
          <EmptyState title={t(locale, q ? texts.noneFound : texts.nonePublished)}>{q && t(locale, texts.noneFoundNext)}</EmptyState>
        ) : (
          <ul class="cs-answers">
            {found.rows.map((row) => (
              <li class="cs-answers__item">
                <h3 class="govuk-heading-s">
                  <a class="govuk-link" href={`/phan-anh/cong-khai/${row.reference}`}>
                    {row.title}
                  </a>
                </h3>
                <p class="govuk-body-s cs-muted">
                  {t(locale, texts.publishedLine, { agency: row.agencyName, day: formatDate(Temporal.Instant.from(row.publishedAt)) })}
                  {' · '}
                  {t(locale, texts.opinions, { likes: row.likes, dislikes: row.dislikes })}
                </p>
              </li>
            ))}
          </ul>
        )}
        {found.total > PUBLISHED_PAGE && (
          <Pagination
            page={at}
            pageSize={PUBLISHED_PAGE}
            total={found.total}
            locale={locale}
            href={(n) => `/phan-anh?${new URLSearchParams({ ...(q ? { q } : {}), trang: String(n) })}`}
          />
        )}
      </div>
    </div>,
  )
}

/** GET /phan-anh/cong-khai/:ref: one published petition with its answer, and what people think of it. */
export async function publishedPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const found = await publishedPetition(c.get('app'), asker(c), c.req.param('ref') ?? '')
  if (!found.ok) throw new Refused(found.error)
  const view = found.value
  const here = `/phan-anh/cong-khai/${view.reference}`
  return page(
    c,
    { ...frame(c, 'portal'), title: { vi: view.title, en: view.title }, back: { href: '/phan-anh', text: texts.petitions } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {c.req.query('xong') && (
          <NotificationBanner kind="success" locale={locale}>
            {t(locale, texts.thanksOpinion)}
          </NotificationBanner>
        )}
        <h1 class="govuk-heading-l">{view.title}</h1>
        <SummaryList
          locale={locale}
          rows={[
            ...(view.procedureName ? [{ key: t(locale, texts.aboutProcedure), value: view.procedureName }] : []),
            { key: t(locale, texts.sentOn), value: formatDay(view.filedDay) },
            { key: t(locale, texts.publishedOn), value: formatDate(Temporal.Instant.from(view.publishedAt)) },
          ]}
        />
        <h2 class="govuk-heading-m">{t(locale, texts.whatWasSaid)}</h2>
        <Typed text={view.content} />
        <h2 class="govuk-heading-m">{t(locale, texts.theAnswer, { agency: view.agencyName })}</h2>
        <InsetText>
          <Typed text={view.answer} />
        </InsetText>
        <h2 class="govuk-heading-m">{t(locale, texts.yourOpinion)}</h2>
        {c.get('actor').kind === 'citizen' ? (
          <>
            {view.vote !== null && (
              <p class="govuk-body">{t(locale, texts.youSaid, { what: t(locale, view.vote ? texts.liked : texts.disliked) })}</p>
            )}
            <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${here}/y-kien`}>
              <div class="govuk-button-group">
                <Button look="secondary" name="thich" value="1">
                  {t(locale, texts.like, { n: view.likes })}
                </Button>
                <Button look="secondary" name="thich" value="0">
                  {t(locale, texts.dislike, { n: view.dislikes })}
                </Button>
              </div>
            </Form>
          </>
        ) : (
          <p class="govuk-body">
            {t(locale, texts.opinions, { likes: view.likes, dislikes: view.dislikes })}.{' '}
            <a class="govuk-link" href={`/dang-nhap?ve=${encodeURIComponent(here)}`}>
              {t(locale, texts.signInToSay)}
            </a>
          </p>
        )}
      </div>
    </div>,
  )
}

/** POST /phan-anh/cong-khai/:ref/y-kien: one like or dislike a person. */
export async function vote(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const found = await publishedPetition(c.get('app'), asker(c), c.req.param('ref') ?? '')
  if (!found.ok) throw new Refused(found.error)
  const petitionId = found.value.id
  const done = await runFor(c, values, 'petition.vote', (cx) => voteOnPetition(cx, { petitionId, liked: values.get('thich') === '1' }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/phan-anh/cong-khai/${found.value.reference}?xong=1`, 303)
}
