import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  page,
  Radios,
  readDate,
  TextInput,
  typedDate,
  WarningText,
} from '../../../ui/index.ts'
import {
  type Campaign,
  campaignById,
  cancelCampaign,
  cancelCampaignInput,
  changeCampaign,
  changeCampaignInput,
  changeCampaignTargets,
  changeTargetsInput,
  endCampaign,
  endCampaignInput,
  type StoredTarget,
} from '../../campaign/index.ts'
import { askerOf, dayFields, must } from './campaign-asked.ts'
import { fieldsOf, meanwhile, SeenField, type Sent, seenVersion } from './campaign-meanwhile.tsx'
import { campaignHref } from './campaign-parts.tsx'
import { gridChoices, gridValues, readGrid, TierGrid, UnitGrid } from './campaign-target-grid.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

export const contentHref = (id: string): string => campaignHref(id, '/noi-dung')

/** Why a campaign that everybody sees is changed. */
export const Reason = (props: { campaign: Campaign; error: string | undefined; value: string | undefined; locale: Locale }) =>
  props.campaign.publishedAt === null ? null : (
    <TextInput
      name="reason"
      label={t(props.locale, texts.reason)}
      hint={t(props.locale, texts.reasonHint)}
      error={props.error}
      value={props.value}
    />
  )

/** The frame of every page on which something of a campaign is changed. */
export async function changingPage(
  c: Web,
  campaign: Campaign,
  title: Text,
  sent: Sent | undefined,
  body: unknown,
  next?: Text,
): Promise<Response> {
  const locale = c.get('locale')
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${title.vi}, ${campaign.name}`, en: `${title.en}, ${campaign.name}` },
      hasErrors: sent !== undefined,
      back: { href: contentHref(campaign.id), text: texts.content },
    },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{campaign.name}</span>
        {t(locale, title)}
      </h1>
      {await meanwhile(c, campaign, sent, { next })}
      {body as never}
    </>,
  )
}

const found = async (c: Web) => must(await campaignById(c.get('app'), askerOf(c), c.req.param('id') ?? ''))

/** GET /dieu-hanh/chien-dich/:id/sua: name, document and days. */
export async function changeAboutPage(c: Web, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const { campaign } = await found(c)
  const error = errorsBy(locale, sent?.refusal.fields)
  const aboutFields = (one: Pick<Campaign, 'name' | 'decision' | 'begins' | 'ends'>) => ({
    ...{ name: one.name, decision: one.decision },
    ...dayFields('begins', one.begins),
    ...dayFields('ends', one.ends),
  })
  const typed = await fieldsOf(c, campaign, sent, aboutFields(campaign), (act) => {
    if (act.kind === 'changed') return aboutFields(act.before)
    return act.kind === 'ended' ? dayFields('ends', act.before) : {}
  })
  return changingPage(
    c,
    campaign,
    texts.changeAbout,
    sent,
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
      <SeenField version={campaign.version} sent={sent} />
      <TextInput name="name" label={t(locale, texts.name)} error={error('name')} value={typed.name} />
      <TextInput
        name="decision"
        label={t(locale, texts.decision)}
        hint={t(locale, texts.decisionHint)}
        error={error('decision')}
        value={typed.decision}
      />
      <DateInput name="begins" label={t(locale, texts.begins)} error={error('begins')} value={typedDate(typed, 'begins')} locale={locale} />
      <DateInput
        name="ends"
        label={t(locale, texts.ends)}
        hint={t(locale, texts.daysMoveTargets)}
        error={error('ends')}
        value={typedDate(typed, 'ends')}
        locale={locale}
      />
      <Reason campaign={campaign} error={error('reason')} value={typed.reason} locale={locale} />
      <Button>{t(locale, texts.save)}</Button>
    </Form>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/sua. */
export async function changeAbout(c: Web): Promise<Response> {
  const form = await readForm(c)
  const values = formObject(form.values)
  const day = (name: string): string => readDate(values, name) ?? ''
  const parsed = parse(changeCampaignInput, { ...values, begins: day('begins'), ends: day('ends') })
  const campaignId = c.req.param('id') ?? ''
  const refused = (refusal: Refusal) => changeAboutPage(c, { values: form.values, refusal })
  if (!parsed.ok) return refused(parsed.error)
  const done = await runFor(c, form.values, 'campaign.change', (cx) =>
    changeCampaign(cx, { campaignId, version: seenVersion(form.values), ...parsed.value }),
  )
  return done.ok ? c.redirect(`${contentHref(campaignId)}?xong=1`, 303) : refused(done.error)
}

/** Those that hold today, or on the last day of a campaign that is over, or on the first of one that is ahead. */
function holding(campaign: Campaign, targets: readonly StoredTarget[], today: string): StoredTarget[] {
  const day = today < campaign.begins ? campaign.begins : today > campaign.ends ? campaign.ends : today
  return targets.filter(({ from, to }) => from <= day && day <= to)
}

/** GET /dieu-hanh/chien-dich/:id/muc-tieu: what tiers and single units have to reach. */
export async function changeTargetsPage(c: Web, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const { campaign, targets } = await found(c)
  const today = dayOf(c.get('app').clock())
  const error = errorsBy(locale, sent?.refusal.fields)
  const typed = await fieldsOf(c, campaign, sent, gridValues(holding(campaign, targets, today)), (act) => {
    if (act.kind === 'targets-changed')
      return { ...Object.fromEntries(Object.keys(gridValues(act.added)).map((name) => [name, ''])), ...gridValues(act.ended) }
    const { aim, scope, value } = act.kind === 'target-ended' ? act : {}
    return aim && scope && value !== undefined ? gridValues([{ aim, scope, value }]) : {}
  })
  const choices = await gridChoices(c, today < campaign.begins ? campaign.begins : today > campaign.ends ? campaign.ends : today)
  const begun = campaign.publishedAt !== null && today > campaign.begins
  return changingPage(
    c,
    campaign,
    texts.changeTargets,
    sent,
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
      <SeenField version={campaign.version} sent={sent} />
      <p class="govuk-body">{t(locale, begun ? texts.targetsFromToday : texts.targetsFromBegin)}</p>
      <TierGrid choices={choices} typed={typed} error={error} locale={locale} />
      <UnitGrid choices={choices} typed={typed} error={error} locale={locale} />
      <Reason campaign={campaign} error={error('reason')} value={typed.reason} locale={locale} />
      <Button>{t(locale, texts.save)}</Button>
    </Form>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/muc-tieu. */
export async function changeTargetsNow(c: Web): Promise<Response> {
  const form = await readForm(c)
  const campaignId = c.req.param('id') ?? ''
  const { targets, wrong } = readGrid(form.values)
  const parsed = parse(changeTargetsInput, { targets, reason: form.values.get('reason') ?? undefined })
  const refused = (refusal: Refusal) => changeTargetsPage(c, { values: form.values, refusal })
  const fields = [...(parsed.ok ? [] : (parsed.error.fields ?? [])), ...wrong]
  if (!parsed.ok || wrong.length > 0) return refused(withFields(refusals.invalid, fields))
  const done = await runFor(c, form.values, 'campaign.change-targets', (cx) =>
    changeCampaignTargets(cx, { campaignId, version: seenVersion(form.values), ...parsed.value }),
  )
  return done.ok ? c.redirect(`${contentHref(campaignId)}?xong=1`, 303) : refused(done.error)
}

/** GET /dieu-hanh/chien-dich/:id/ket-thuc: ends a campaign early, or cancels it. */
export async function endCampaignPage(c: Web, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const { campaign } = await found(c)
  const error = errorsBy(locale, sent?.refusal.fields)
  const typed: Record<string, string> = sent ? Object.fromEntries(sent.values) : {}
  return changingPage(
    c,
    campaign,
    texts.endOrCancel,
    sent,
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
      <SeenField version={campaign.version} sent={sent} />
      <WarningText locale={locale}>{t(locale, texts.endWarning)}</WarningText>
      <Radios
        name="how"
        label={t(locale, texts.endHow)}
        value={typed.how}
        error={error('how')}
        locale={locale}
        options={[
          { value: 'end', label: t(locale, texts.endEarly), hint: t(locale, texts.endEarlyHint) },
          { value: 'cancel', label: t(locale, texts.cancel), hint: t(locale, texts.cancelHint) },
        ]}
      />
      <DateInput
        name="ends"
        label={t(locale, texts.endsNew)}
        hint={t(locale, texts.endsNewHint, { day: formatDay(campaign.ends) })}
        error={error('ends')}
        value={sent ? typedDate(typed, 'ends') : dayOf(c.get('app').clock())}
        locale={locale}
      />
      <TextInput
        name="reason"
        label={t(locale, texts.reason)}
        hint={t(locale, texts.reasonHint)}
        error={error('reason')}
        value={typed.reason}
      />
      <Button look="warning">{t(locale, texts.confirm)}</Button>
    </Form>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/ket-thuc. */
export async function endCampaignNow(c: Web): Promise<Response> {
  const form = await readForm(c)
  const values = formObject(form.values)
  const campaignId = c.req.param('id') ?? ''
  const version = seenVersion(form.values)
  const refused = (refusal: Refusal) => endCampaignPage(c, { values: form.values, refusal })
  if (values.how === 'cancel') {
    const parsed = parse(cancelCampaignInput, values)
    if (!parsed.ok) return refused(parsed.error)
    const done = await runFor(c, form.values, 'campaign.cancel', (cx) => cancelCampaign(cx, { campaignId, version, ...parsed.value }))
    if (!done.ok) return refused(done.error)
  } else if (values.how === 'end') {
    const parsed = parse(endCampaignInput, { ...values, ends: readDate(values, 'ends') ?? '' })
    if (!parsed.ok) return refused(parsed.error)
    const done = await runFor(c, form.values, 'campaign.end', (cx) => endCampaign(cx, { campaignId, version, ...parsed.value }))
    if (!done.ok) return refused(done.error)
  } else return refused(withFields(refusals.invalid, [{ path: 'how', message: texts.chooseHow }]))
  return c.redirect(`${contentHref(campaignId)}?xong=1`, 303)
}
