import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { type FieldError, type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Fieldset,
  Form,
  formatDay,
  LinkButton,
  page,
  readDate,
  Table,
  Tag,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import { type Campaign, campaigns, createCampaign, createCampaignInput, mayLead, type Tier } from '../../campaign/index.ts'
import { ratesOn } from '../../indicator/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { boardRates } from '../rules/question.ts'
import { askerOf } from './campaign-asked.ts'
import { CAMPAIGNS, campaignHref } from './campaign-parts.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

const stateOf = ({ publishedAt, begins, ends }: Campaign, today: string) =>
  publishedAt === null ? 'draft' : today < begins ? 'ahead' : today > ends ? 'over' : 'running'
const tones = { draft: 'waiting', ahead: 'info', running: 'good', over: 'neutral' } as const

/** GET /dieu-hanh/chien-dich: all campaigns. */
export async function campaignsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const today = dayOf(app.clock())
  const all = await campaigns(app, askerOf(c))
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true },
    <>
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        {mayLead(app, askerOf(c)) && (
          <LinkButton href={`${CAMPAIGNS}/moi`} look="secondary">
            {t(locale, texts.new)}
          </LinkButton>
        )}
      </div>
      <Table
        caption={t(locale, texts.title)}
        captionHidden
        locale={locale}
        rows={all}
        empty={<EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneNext)}</EmptyState>}
        columns={[
          {
            key: 'name',
            label: t(locale, texts.name),
            header: true,
            cell: (row) => (
              <a class="govuk-link" href={campaignHref(row.id)}>
                {row.name}
              </a>
            ),
          },
          { key: 'decision', label: t(locale, texts.decision), cell: (row) => row.decision },
          { key: 'days', label: t(locale, texts.days), nowrap: true, cell: (row) => `${formatDay(row.begins)} – ${formatDay(row.ends)}` },
          {
            key: 'state',
            label: t(locale, texts.state),
            cell: (row) => <Tag tone={tones[stateOf(row, today)]}>{t(locale, texts[stateOf(row, today)])}</Tag>,
          },
        ]}
      />
    </>,
  )
}

const fieldOf = (rate: string, tier: Tier): string => `muc.${rate}.${tier}`

/** GET /dieu-hanh/chien-dich/moi: a new campaign. */
export async function newCampaignPage(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, c.get('province'))
  const tiers = (['province', 'district', 'commune'] as const).filter((tier) => directory.list(today, { tier }).length > 0)
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const typed = sent ? Object.fromEntries(sent.values) : {}
  return page(
    c,
    { ...frame(c, 'board'), title: texts.new, hasErrors: sent !== undefined, back: { href: CAMPAIGNS, text: texts.title } },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, texts.new)}</h1>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
        <TextInput name="name" label={t(locale, texts.name)} error={error('name')} value={typed.name} />
        <TextInput
          name="decision"
          label={t(locale, texts.decision)}
          hint={t(locale, texts.decisionHint)}
          error={error('decision')}
          value={typed.decision}
        />
        <DateInput
          name="begins"
          label={t(locale, texts.begins)}
          error={error('begins')}
          value={typedDate(typed, 'begins')}
          locale={locale}
        />
        <DateInput name="ends" label={t(locale, texts.ends)} error={error('ends')} value={typedDate(typed, 'ends')} locale={locale} />
        <p class="govuk-body">{t(locale, texts.targetsLead)}</p>
        {ratesOn(today)
          .filter(({ code }) => boardRates.some((one) => one === code))
          .map((rate, at) => (
            <Fieldset legend={t(locale, texts.targetsOf, { rate: t(locale, rate.name) })}>
              <div class="cs-campaign__tiers">
                {tiers.map((tier, nth) => (
                  <TextInput
                    name={fieldOf(rate.code, tier)}
                    id={at === 0 && nth === 0 ? 'targets' : undefined}
                    label={t(locale, texts[tier])}
                    inputmode="decimal"
                    width={4}
                    suffix="%"
                    value={typed[fieldOf(rate.code, tier)]}
                    error={error(fieldOf(rate.code, tier)) ?? (at === 0 && nth === 0 ? error('targets') : undefined)}
                  />
                ))}
              </div>
            </Fieldset>
          ))}
        <Button>{t(locale, texts.saveDraft)}</Button>
      </Form>
    </>,
  )
}

/** `62,5` as 0.625; nothing for an empty field; null for what is no percentage. */
export function readPercent(typed: string | undefined): number | null | undefined {
  const text = (typed ?? '').trim().replace('%', '').replace(',', '.').trim()
  if (text === '') return undefined
  const value = /^\d{1,3}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN
  return value >= 0 && value <= 100 ? Number((value / 100).toFixed(6)) : null
}

/** POST /dieu-hanh/chien-dich/moi. */
export async function createOne(c: Web): Promise<Response> {
  const form = await readForm(c)
  const values = formObject(form.values)
  const wrong: FieldError[] = []
  const targets = boardRates.flatMap((aim) =>
    (['province', 'district', 'commune'] as const).flatMap((tier) => {
      const value = readPercent(form.values.get(fieldOf(aim, tier)) ?? undefined)
      if (value === null) wrong.push({ path: fieldOf(aim, tier), message: texts.wrongPercent })
      return typeof value === 'number' ? [{ aim, tier, value }] : []
    }),
  )
  const day = (name: string): string => readDate(values, name) ?? ''
  const parsed = parse(createCampaignInput, { ...values, begins: day('begins'), ends: day('ends'), targets })
  const fields = [...(parsed.ok ? [] : (parsed.error.fields ?? [])), ...wrong]
  if (!parsed.ok || wrong.length > 0) return newCampaignPage(c, { values: form.values, refusal: withFields(refusals.invalid, fields) })
  const call = { ...askerOf(c), locale: c.get('locale'), requestId: requestIdOf(form.values), name: 'campaign.create' }
  const done = await run(c.get('app'), call, (cx) => createCampaign(cx, parsed.value))
  if (!done.ok) return newCampaignPage(c, { values: form.values, refusal: done.error })
  return c.redirect(campaignHref(done.value.id), 303)
}
