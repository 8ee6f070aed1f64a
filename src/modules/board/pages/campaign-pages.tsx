import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  LinkButton,
  page,
  readDate,
  Table,
  Tag,
  TextInput,
  type Tone,
  typedDate,
} from '../../../ui/index.ts'
import { type CampaignState, campaigns, createCampaign, createCampaignInput, mayLead, stateOf } from '../../campaign/index.ts'
import { askerOf } from './campaign-asked.ts'
import { CAMPAIGNS, campaignHref } from './campaign-parts.tsx'
import { gridChoices, readGrid, TierGrid } from './campaign-target-grid.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

const tones: Readonly<Record<CampaignState, Tone>> = { draft: 'waiting', ahead: 'info', running: 'good', over: 'neutral', cancelled: 'bad' }

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

/** GET /dieu-hanh/chien-dich/moi: a new campaign. */
export async function newCampaignPage(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const today = dayOf(app.clock())
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const typed: Record<string, string> = sent ? Object.fromEntries(sent.values) : {}
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
        <TierGrid choices={await gridChoices(c, today)} typed={typed} error={error} locale={locale} />
        <p class="govuk-body">{t(locale, texts.unitsNext)}</p>
        <Button>{t(locale, texts.saveDraft)}</Button>
      </Form>
    </>,
  )
}

/** POST /dieu-hanh/chien-dich/moi. */
export async function createOne(c: Web): Promise<Response> {
  const form = await readForm(c)
  const values = formObject(form.values)
  const { targets, wrong } = readGrid(form.values)
  const day = (name: string): string => readDate(values, name) ?? ''
  const parsed = parse(createCampaignInput, {
    name: values.name,
    decision: values.decision,
    begins: day('begins'),
    ends: day('ends'),
    targets,
  })
  const fields = [...(parsed.ok ? [] : (parsed.error.fields ?? [])), ...wrong]
  if (!parsed.ok || wrong.length > 0) return newCampaignPage(c, { values: form.values, refusal: withFields(refusals.invalid, fields) })
  const done = await runFor(c, form.values, 'campaign.create', (cx) => createCampaign(cx, parsed.value))
  if (!done.ok) return newCampaignPage(c, { values: form.values, refusal: done.error })
  return c.redirect(campaignHref(done.value.id), 303)
}
