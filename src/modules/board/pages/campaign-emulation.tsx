import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, Form, LinkButton, NotificationBanner, page, Table } from '../../../ui/index.ts'
import {
  type CampaignStanding,
  campaignLetters,
  campaignStanding,
  type LetterKind,
  missedTexts,
  readReminders,
  remindUnits,
  stateOf,
  type UnitPlace,
} from '../../campaign/index.ts'
import { pdfResponse } from '../../printing/index.ts'
import { askerOf, must } from './campaign-asked.ts'
import { aimColumns, asOfText, CampaignHead, CampaignTabs, campaignHref, timeLeft, unitColumn } from './campaign-parts.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

/**
 * So many units of a list stand on the screen at once: both lists are within reach on a phone. A list a little longer is shown whole. The
 * rest is in the page all the same, for the printer; `cs-campaign__list--short` knows the number too.
 */
const SHORT = 5
const LITTLE_LONGER = 8

/** The two lists: their places on the page, and how each is asked for whole. */
const lists = {
  commendation: { id: 'khen', file: 'khen', ...{ title: texts.praise, lead: texts.praiseLead, none: texts.praiseNone } },
  reminder: { id: 'cham', file: 'don-doc', ...{ title: texts.late, lead: texts.lateLead, none: texts.lateNone } },
} as const
const printTexts = {
  commendation: { all: texts.printPraise, one: texts.printOnePraise },
  reminder: { all: texts.printLate, one: texts.printOneLate },
} as const

const UnitList = (props: {
  standing: CampaignStanding
  kind: LetterKind
  rows: readonly UnitPlace[]
  whole: boolean
  letters: boolean
  locale: Locale
}) => {
  const { standing, kind, rows, letters, locale } = props
  const { id, file, title, lead, none } = lists[kind]
  const address = (rest: string) => campaignHref(standing.campaign.id, rest)
  const long = rows.length > LITTLE_LONGER
  return (
    <section id={id} class={`cs-campaign__list${long && !props.whole ? ' cs-campaign__list--short' : ''}`} aria-labelledby={`${id}-title`}>
      <h2 class="govuk-heading-m" id={`${id}-title`}>
        {t(locale, title, { count: rows.length })}
      </h2>
      {rows.length > 0 && <p class="govuk-body">{t(locale, lead)}</p>}
      <Table
        caption={t(locale, title, { count: rows.length })}
        captionHidden
        locale={locale}
        rows={rows}
        empty={<EmptyState title={t(locale, none)} />}
        columns={[
          unitColumn(standing, locale),
          { key: 'tier', label: t(locale, texts.tier), nowrap: true, phone: 'keep', cell: (unit) => t(locale, texts[unit.tier]) },
          ...aimColumns(standing, locale),
          ...(letters
            ? [
                {
                  key: 'letter',
                  label: t(locale, texts.letter),
                  nowrap: true,
                  phone: 'line' as const,
                  cell: (unit: UnitPlace) => (
                    <a class="govuk-link" href={address(`/thu/${file}.pdf?don-vi=${unit.code}`)}>
                      {t(locale, printTexts[kind].one)}
                      <span class="govuk-visually-hidden">: {unit.name}</span>
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      {long && (
        <p class="govuk-body cs-screen-only">
          <a class="govuk-link" href={address(props.whole ? `/thi-dua#${id}` : `/thi-dua?xem=${id}#${id}`)}>
            {props.whole ? t(locale, texts.fewer, { count: SHORT }) : t(locale, texts.seeAll, { count: rows.length })}
          </a>
        </p>
      )}
      {letters && rows.length > 0 && (
        <LinkButton href={address(`/thu/${file}.pdf`)} look="secondary">
          {t(locale, printTexts[kind].all)}
        </LinkButton>
      )}
    </section>
  )
}

/** GET /dieu-hanh/chien-dich/:id/thi-dua: who is praised and who is behind, with letters for signature. */
export async function emulationPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const standing = must(await campaignStanding(app, askerOf(c), id))
  const { campaign, praise, late } = standing
  const letters = app.access(c.get('province')).canAtRoot(c.get('actor'), 'campaign.letters')
  const list = (kind: LetterKind, rows: readonly UnitPlace[]) => (
    <UnitList {...{ standing, kind, rows, letters, locale }} whole={c.req.query('xem') === lists[kind].id} />
  )
  const jump = (kind: LetterKind, count: number) => (
    <a class="govuk-link govuk-link--no-visited-state" href={`#${lists[kind].id}`}>
      {t(locale, lists[kind].title, { count })}
    </a>
  )
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${texts.emulation.vi}, ${campaign.name}`, en: `${texts.emulation.en}, ${campaign.name}` },
      wide: true,
      back: { href: campaignHref(id), text: texts.back },
    },
    <div class="cs-campaign">
      <CampaignHead campaign={campaign} locale={locale} title={t(locale, texts.emulation)} />
      <CampaignTabs c={c} campaign={campaign} here="emulation" />
      <p class="govuk-body">{timeLeft(standing, locale)}.</p>
      <nav class="cs-screen-only" aria-label={t(locale, texts.onThisPage)}>
        <ul class="govuk-list cs-campaign__jumps">
          <li>{jump('commendation', praise.length)}</li>
          <li>{jump('reminder', late.length)}</li>
        </ul>
      </nav>
      {list('commendation', praise)}
      {list('reminder', late)}
      {letters && <p class="govuk-body-s cs-muted">{t(locale, texts.letterLead)}</p>}
    </div>,
  )
}

const kinds: Readonly<Record<string, LetterKind>> = { 'khen.pdf': 'commendation', 'don-doc.pdf': 'reminder' }

/** GET /dieu-hanh/chien-dich/:id/thu/:file: letters as PDF, for one unit (`don-vi`) or for all on the list. */
export async function letterFile(c: Web): Promise<Response> {
  const kind = ownValue(kinds, c.req.param('file'))
  if (!kind) throw new Refused(refusals.notFound)
  const unit = c.req.query('don-vi')
  const pdf = must(await campaignLetters(c.get('app'), askerOf(c), { campaignId: c.req.param('id') ?? '', kind, unit }))
  return pdfResponse(pdf, `${kind === 'commendation' ? 'thu-khen' : 'cong-van-don-doc'}${unit ? `-${unit}` : ''}.pdf`)
}

/** GET /dieu-hanh/chien-dich/:id/nhac: who would be reminded, of what, before anything is sent. */
export async function remindPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const today = dayOf(app.clock())
  const standing = must(await campaignStanding(app, askerOf(c), id))
  const reminders = await app.db.read(c.get('province'), (tx) => readReminders(tx, standing, today))
  const due = reminders.filter(({ officers }) => officers.length > 0)
  const open = stateOf(standing.campaign, today) === 'running'
  const [units, officers] = (c.req.query('xong') ?? '').split('-')
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${texts.remindTitle.vi}, ${standing.campaign.name}`, en: `${texts.remindTitle.en}, ${standing.campaign.name}` },
      wide: true,
      back: { href: campaignHref(id), text: texts.back },
    },
    <div class="cs-campaign">
      {officers && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.reminded, { units: Number(units) || 0, officers: Number(officers) || 0 })}
        </NotificationBanner>
      )}
      <CampaignHead campaign={standing.campaign} locale={locale} title={t(locale, texts.remindTitle)} />
      <CampaignTabs c={c} campaign={standing.campaign} here="remind" />
      <p class="govuk-body">{t(locale, texts.remindLead)}</p>
      {open && due.length > 0 ? (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <Button>{t(locale, texts.remindButton, { count: due.length })}</Button>
        </Form>
      ) : (
        <p class="govuk-body">
          <strong>{open ? t(locale, texts.remindNobody) : timeLeft(standing, locale)}.</strong>
        </p>
      )}
      <Table
        caption={t(locale, texts.late, { count: reminders.length })}
        dense
        locale={locale}
        rows={reminders}
        empty={<EmptyState title={t(locale, texts.lateNone)} />}
        columns={[
          { key: 'unit', label: t(locale, texts.unit), header: true, cell: ({ unit }) => unit.name },
          {
            key: 'missing',
            label: t(locale, texts.missedTargets),
            cell: ({ unit }) => (
              <ul class="govuk-list cs-campaign__names">
                {missedTexts(standing, unit).map((text) => (
                  <li>{text}</li>
                ))}
              </ul>
            ),
          },
          {
            key: 'to',
            label: t(locale, texts.toWhom),
            cell: ({ officers, told }) => {
              if (officers.length + told.length === 0) return t(locale, texts.noAccount)
              const names = officers.map(({ name, position }) => (position ? `${name} (${position})` : name)).join(', ')
              const before = told.length > 0 ? t(locale, texts.told, { names: told.map(({ name }) => name).join(', ') }) : ''
              return [names, before].filter(Boolean).join('. ')
            },
          },
        ]}
      />
      <p class="govuk-body-s cs-muted">{asOfText(standing, standing.at, locale)}</p>
    </div>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/nhac. */
export async function remindNow(c: Web): Promise<Response> {
  const form = await readForm(c)
  const campaignId = c.req.param('id') ?? ''
  const { units, officers } = must(await runFor(c, form.values, 'campaign.remind', (cx) => remindUnits(cx, { campaignId })))
  return c.redirect(campaignHref(campaignId, `/nhac?xong=${units}-${officers}`), 303)
}
