import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  BackLink,
  Button,
  DateText,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  formatInstant,
  NotificationBanner,
  Pagination,
  page,
  Radios,
  Table,
  TextArea,
} from '../../../ui/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { caseFor, type Evidence, outcomes, type Review, reviewCase, reviewInput, refusals as schemeRefusals } from '../../scheme/index.ts'
import { kindTexts, outcomeTexts, anomalyTexts as texts } from '../anomaly-texts.ts'
import { type AnomalyQuestion, readAnomalyQuestion } from '../rules/anomaly-question.ts'
import { addressOf, CASE, OutcomeTag, Standing, sentence, ThresholdList, unitName } from './anomaly-parts.tsx'

const PAGE = 50

const Reviews = ({ reviews, locale }: { reviews: readonly Review[]; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-m">{t(locale, texts.reviews)}</h2>
    {reviews.length === 0 && <p class="govuk-body">{t(locale, texts.noReviews)}</p>}
    {reviews.map(({ outcome, note, reviewedBy, reviewedAt }) => (
      <div class="govuk-inset-text">
        <p class="govuk-body">
          <OutcomeTag outcome={outcome} locale={locale} /> {note}
        </p>
        <p class="govuk-body-s cs-muted">
          {reviewedBy}, {formatInstant(reviewedAt)}
        </p>
      </div>
    ))}
  </>
)

const EvidenceTable = ({ rows, directory, locale }: { rows: readonly Evidence[]; directory: OrganisationDirectory; locale: Locale }) => (
  <Table
    caption={t(locale, texts.dossiers)}
    captionHidden
    dense
    locale={locale}
    rows={rows}
    columns={[
      {
        key: 'code',
        label: t(locale, texts.code),
        header: true,
        nowrap: true,
        cell: (row: Evidence) => (
          <a class="govuk-link" href={`/mot-cua/ho-so/${row.id}`}>
            {row.code}
          </a>
        ),
      },
      { key: 'procedure', label: t(locale, texts.procedure), cell: (row) => row.procedure },
      { key: 'unit', label: t(locale, texts.unit), cell: (row) => unitName(directory, row.agencyCode, row.receivedDay) },
      {
        key: 'received',
        label: t(locale, texts.received),
        nowrap: true,
        cell: (row) => <DateText value={row.receivedDay} locale={locale} />,
      },
      { key: 'assisted', label: t(locale, texts.assisted), cell: (row) => (row.assisted ? t(locale, texts.yes) : '–') },
      { key: 'number', label: t(locale, texts.number), nowrap: true, cell: (row) => row.number ?? '–' },
      { key: 'phone', label: t(locale, texts.phone), nowrap: true, cell: (row) => row.phone ?? '–' },
    ]}
  />
)

interface Sent {
  readonly note: string
  readonly outcome: string | undefined
  readonly refusal: Refusal
}

async function showCase(c: Web, asked: { question: AnomalyQuestion; key: string }, sent?: Sent): Promise<Response> {
  const { question, key } = asked
  const app = c.get('app')
  const locale = c.get('locale')
  const directory = await directoryOf(app, c.get('province'))
  const asker = { province: c.get('province'), actor: c.get('actor') }
  const found = await caseFor(app, asker, { key, from: question.from, to: question.to, page: question.page, size: PAGE })
  if (!found) throw new Refused(schemeRefusals.noCase)
  const { all, one, evidence } = found
  const title = kindTexts[one.kind].name
  const mayNote = app.access(asker.province).canAtRoot(asker.actor, 'anomaly.review')
  if (sent) c.status(sent.refusal.status)
  const error = errorsBy(locale, sent?.refusal.fields)
  return page(
    c,
    { ...frame(c, 'board'), title, wide: true, hasErrors: sent !== undefined },
    <>
      <BackLink href={addressOf(question)} text={texts.back} locale={locale} />
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      {c.req.query('xong') && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.saved)}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {unitName(directory, one.agencyCode, question.to)}, {formatDay(question.from)} – {formatDay(question.to)}
        </span>
        {t(locale, title)}
      </h1>
      <p class="govuk-body">
        {sentence(one, locale, directory, question.to)} <Standing reviews={one.reviews} locale={locale} />
      </p>
      <p class="govuk-body">{t(locale, kindTexts[one.kind].ask)}</p>
      <p class="govuk-body-s cs-muted">{t(locale, texts.computed, { time: formatInstant(all.computedAt) })}</p>
      <Reviews reviews={one.reviews} locale={locale} />
      {mayNote && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={CASE}>
          <input type="hidden" name="key" value={key} />
          <input type="hidden" name="from" value={question.from} />
          <input type="hidden" name="to" value={question.to} />
          <Radios
            name="outcome"
            label={t(locale, texts.outcome)}
            small
            value={sent?.outcome}
            options={outcomes.map((value) => ({ value, label: t(locale, outcomeTexts[value]) }))}
            error={error('outcome')}
            locale={locale}
          />
          <TextArea
            name="note"
            label={t(locale, texts.note)}
            hint={t(locale, texts.noteHint)}
            value={sent?.note ?? ''}
            error={error('note')}
            maxlength={2000}
            locale={locale}
          />
          <Button>{t(locale, texts.save)}</Button>
        </Form>
      )}
      <h2 class="govuk-heading-m">{t(locale, texts.dossiers)}</h2>
      <p class="govuk-body-s cs-muted">
        {t(locale, one.dossiers.length > 0 ? texts.dossiersLead : texts.dossiersNow)}{' '}
        <a class="govuk-link cs-screen-only" href={addressOf(question, `${CASE}.csv`, { muc: key })}>
          {t(locale, texts.csv)}
        </a>
      </p>
      <EvidenceTable rows={evidence.rows} directory={directory} locale={locale} />
      <Pagination
        page={evidence.page}
        pageSize={PAGE}
        total={evidence.total}
        href={(n) => addressOf(question, CASE, { muc: key, trang: String(n) })}
        locale={locale}
      />
      <ThresholdList thresholds={all.thresholds} locale={locale} />
    </>,
  )
}

/** GET /dieu-hanh/bat-thuong/muc: one case with its dossiers and what people noted about it. */
export const anomalyCasePage = (c: Web): Promise<Response> =>
  showCase(c, { question: readAnomalyQuestion(c.req.query(), dayOf(c.get('app').clock())), key: c.req.query('muc') ?? '' })

/** POST /dieu-hanh/bat-thuong/muc: what came of looking into it. */
export async function postReview(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const asked = {
    question: readAnomalyQuestion({ tu: values.get('from') ?? '', den: values.get('to') ?? '' }, dayOf(c.get('app').clock())),
    key: values.get('key') ?? '',
  }
  const typed = { note: values.get('note') ?? '', outcome: values.get('outcome') ?? undefined }
  const input = parse(reviewInput, formObject(values))
  if (!input.ok) return showCase(c, asked, { ...typed, refusal: input.error })
  const done = await runFor(c, values, 'anomaly.review', (cx) => reviewCase(cx, input.value))
  if (!done.ok) return showCase(c, asked, { ...typed, refusal: done.error })
  return c.redirect(addressOf(asked.question, CASE, { muc: asked.key, xong: '1' }), 303)
}
