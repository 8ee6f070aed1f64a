import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, Form, formatDay, LinkButton, NotificationBanner, page, Table } from '../../../ui/index.ts'
import {
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
import { aimColumns, CampaignHead, CampaignTabs, campaignHref, timeLeft, unitHref } from './campaign-parts.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

/** GET /dieu-hanh/chien-dich/:id/thi-dua: who is praised and who is behind, with letters for signature. */
export async function emulationPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const standing = must(await campaignStanding(app, askerOf(c), id))
  const { campaign, praise, late } = standing
  const letters = app.access(c.get('province')).canAtRoot(c.get('actor'), 'campaign.letters')
  const table = (rows: readonly UnitPlace[], kind: LetterKind) => (
    <Table
      caption={t(locale, kind === 'commendation' ? texts.praise : texts.late, { count: rows.length })}
      locale={locale}
      rows={rows}
      empty={<EmptyState title={t(locale, kind === 'commendation' ? texts.praiseNone : texts.lateNone)} />}
      columns={[
        {
          key: 'unit',
          label: t(locale, texts.unit),
          header: true,
          cell: (unit) => (
            <a class="govuk-link govuk-link--no-visited-state" href={unitHref(id, unit.code)}>
              {unit.name}
            </a>
          ),
        },
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
                  <a
                    class="govuk-link"
                    href={campaignHref(id, `/thu/${kind === 'commendation' ? 'khen' : 'don-doc'}.pdf?don-vi=${unit.code}`)}
                  >
                    {t(locale, kind === 'commendation' ? texts.printOnePraise : texts.printOneLate)}
                    <span class="govuk-visually-hidden">: {unit.name}</span>
                  </a>
                ),
              },
            ]
          : []),
      ]}
    />
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
      <p class="govuk-body">
        {timeLeft(standing, locale)}. {t(locale, texts.praiseLead)}
      </p>
      {table(praise, 'commendation')}
      {letters && praise.length > 0 && (
        <LinkButton href={campaignHref(id, '/thu/khen.pdf')} look="secondary">
          {t(locale, texts.printPraise)}
        </LinkButton>
      )}
      <p class="govuk-body">{t(locale, texts.lateLead)}</p>
      {table(late, 'reminder')}
      {letters && late.length > 0 && (
        <LinkButton href={campaignHref(id, '/thu/don-doc.pdf')} look="secondary">
          {t(locale, texts.printLate)}
        </LinkButton>
      )}
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
      <p class="govuk-body-s cs-muted">{formatDay(today)}</p>
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
