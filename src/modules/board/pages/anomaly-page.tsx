import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import {
  BackLink,
  Button,
  DateText,
  Details,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FilterChips,
  Form,
  formatDay,
  formatInstant,
  formatNumber,
  NotificationBanner,
  page,
  SummaryList,
  Table,
  Tag,
  TextArea,
} from '../../../ui/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import {
  type CaseView,
  findCase,
  findCases,
  NATIONAL,
  oneUnit,
  provinceUnit,
  reviewCase,
  reviewInput,
  refusals as schemeRefusals,
  scoreBoth,
  type Thresholds,
} from '../../scheme/index.ts'
import { kindTexts, anomalyTexts as texts } from '../anomaly-texts.ts'
import { type BoardQuestion, offeredPeriods, readQuestion } from '../rules/question.ts'

const PATH = '/dieu-hanh/bat-thuong'
const CASE = `${PATH}/muc`

const addressOf = ({ from, to }: Pick<BoardQuestion, 'from' | 'to'>, path = PATH, more: Record<string, string> = {}): string =>
  `${path}?${new URLSearchParams({ tu: from, den: to, ...more })}`

const unitName = (directory: OrganisationDirectory, { agencyCode }: { agencyCode: string }, day: string): string =>
  (directory.find(agencyCode, day) ?? directory.agencies.find(({ code }) => code === agencyCode))?.name ?? agencyCode

const sentence = (one: CaseView, locale: Locale): string =>
  t(locale, kindTexts[one.kind].sentence, {
    count: formatNumber(one.count, locale),
    of: formatNumber(one.of, locale),
    masked: one.masked ?? '',
    officer: one.officer ?? '',
    day: one.day ? formatDay(one.day) : '',
  })

const Standing = ({ one, locale }: { one: CaseView; locale: Locale }) =>
  one.reviews.length > 0 ? <Tag tone="good">{t(locale, texts.looked)}</Tag> : <Tag tone="waiting">{t(locale, texts.open)}</Tag>

const ThresholdList = ({ thresholds, locale }: { thresholds: Thresholds; locale: Locale }) => {
  const { assistedShare, onePhone, oneAccount, burst, takenBack, stopClock } = thresholds
  const vi = locale === 'vi'
  const rows: [keyof typeof kindTexts, string][] = [
    [
      'assisted-share',
      vi
        ? `Từ ${assistedShare.least} hồ sơ trực tuyến, từ ${100 * assistedShare.share} % nộp hộ`
        : `${assistedShare.least} online dossiers or more, ${100 * assistedShare.share} % with help or more`,
    ],
    ['one-phone', vi ? `Từ ${onePhone.persons} người` : `${onePhone.persons} people or more`],
    ['one-account', vi ? `Từ ${oneAccount.persons} người` : `${oneAccount.persons} people or more`],
    [
      'burst',
      vi
        ? `Trong ${burst.lastDays} ngày làm việc cuối kỳ, từ ${burst.least} hồ sơ và gấp ${burst.times} lần ngày thường`
        : `In the last ${burst.lastDays} working days, ${burst.least} dossiers or more and ${burst.times} times a usual day`,
    ],
    [
      'taken-back',
      vi
        ? `Kết quả trong ${takenBack.minutes} phút cuối trước hạn, mở lại trong ${takenBack.withinDays} ngày`
        : `Issued in the last ${takenBack.minutes} minutes, taken back within ${takenBack.withinDays} days`,
    ],
    [
      'stop-clock',
      vi
        ? `Từ ${stopClock.least} lần trong ${stopClock.hours} giờ cuối trước hạn, cùng một cán bộ`
        : `${stopClock.least} times or more in the last ${stopClock.hours} hours, by one officer`,
    ],
  ]
  return (
    <Details summary={t(locale, texts.thresholds)}>
      <p class="govuk-body-s">{t(locale, texts.thresholdsFrom, { day: formatDay(thresholds.validFrom), basis: thresholds.basis })}</p>
      <SummaryList locale={locale} rows={rows.map(([kind, value]) => ({ key: t(locale, kindTexts[kind].name), value }))} />
    </Details>
  )
}

/** GET /dieu-hanh/bat-thuong: what is unusual in a period, and the score with and without filings made for people. */
export async function anomalyPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const question = readQuestion(c.req.query(), today)
  const directory = await directoryOf(app, c.get('province'))
  const unitCode = c.req.query('don-vi')
  const unit = unitCode ? oneUnit(directory, question, unitCode) : provinceUnit(directory, question)
  const { found, both } = await app.db.snapshot(c.get('province'), async (tx) => ({
    found: await findCases(tx, question, now),
    both: await scoreBoth(tx, { period: question, scheme: NATIONAL }, unit, now),
  }))
  const units = [...new Set(found.cases.map(({ agencyCode }) => agencyCode))]
  const points = (value: exact.Rational | null): string => (value ? formatNumber(Number(exact.written(value, 2)), locale, 2) : '–')
  const rows = both.with.score.indicators.flatMap((one, i) => {
    const other = both.without.score.indicators[i]
    return other && one.points && other.points && exact.compare(one.points, other.points) !== 0
      ? [{ id: one.indicator.id, name: t(locale, one.indicator.name), before: one.points, after: other.points }]
      : []
  })
  const changeOf = (before: exact.Rational, after: exact.Rational): string => {
    const value = Number(exact.written(exact.minus(after, before), 2))
    return `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value), locale, 2)}`
  }
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true },
    <div class="cs-board">
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {formatDay(question.from)} – {formatDay(question.to)}
        </span>
        {t(locale, texts.title)}
      </h1>
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      <div class="cs-board__controls cs-screen-only">
        <FilterChips
          label={t(locale, texts.period)}
          locale={locale}
          chips={offeredPeriods(today).map((period) => ({
            text: period.name,
            href: addressOf(period),
            on: period.from === question.from && (period.to === question.to || (period.to > today && question.to === today)),
          }))}
        />
      </div>
      <Table
        caption={t(locale, texts.title)}
        captionHidden
        locale={locale}
        rows={found.cases}
        empty={<EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneHint)}</EmptyState>}
        columns={[
          {
            key: 'case',
            label: t(locale, texts.case),
            header: true,
            cell: (one) => (
              <a class="govuk-link" href={addressOf(question, CASE, { muc: one.key })}>
                {t(locale, kindTexts[one.kind].name)}
              </a>
            ),
          },
          { key: 'unit', label: t(locale, texts.unit), cell: (one) => unitName(directory, one, question.to) },
          { key: 'what', label: t(locale, texts.what), cell: (one) => sentence(one, locale) },
          { key: 'standing', label: t(locale, texts.standing), nowrap: true, cell: (one) => <Standing one={one} locale={locale} /> },
        ]}
      />
      <ThresholdList thresholds={found.thresholds} locale={locale} />
      <h2 class="govuk-heading-m" id="nop-ho">
        {t(locale, texts.both)}: {unit.group.name}
      </h2>
      <p class="govuk-body">{t(locale, texts.bothLead, { n: formatNumber(both.assisted, locale) })}</p>
      {units.length > 0 && (
        <FilterChips
          label={t(locale, texts.unit)}
          locale={locale}
          chips={[
            { text: provinceUnit(directory, question).group.name, href: `${addressOf(question)}#nop-ho`, on: !unitCode },
            ...units.slice(0, 8).map((code) => ({
              text: unitName(directory, { agencyCode: code }, question.to),
              href: `${addressOf(question, PATH, { 'don-vi': code })}#nop-ho`,
              on: unitCode === code,
            })),
          ]}
        />
      )}
      <Table
        caption={t(locale, texts.both)}
        captionHidden
        locale={locale}
        rows={[{ id: '', name: t(locale, texts.total), before: both.with.score.total, after: both.without.score.total }, ...rows]}
        columns={[
          { key: 'name', label: t(locale, texts.indicator), header: true, cell: ({ id, name }) => `${id} ${name}`.trim() },
          { key: 'with', label: t(locale, texts.with), numeric: true, cell: ({ before }) => points(before) },
          { key: 'without', label: t(locale, texts.without), numeric: true, cell: ({ after }) => points(after) },
          { key: 'change', label: t(locale, texts.change), numeric: true, cell: ({ before, after }) => changeOf(before, after) },
        ]}
      />
    </div>,
  )
}

async function showCase(
  c: Web,
  asked: { question: BoardQuestion; key: string },
  sent?: { note: string; refusal: Refusal },
): Promise<Response> {
  const { question, key } = asked
  const app = c.get('app')
  const locale = c.get('locale')
  const directory = await directoryOf(app, c.get('province'))
  const found = await app.db.snapshot(c.get('province'), (tx) => findCase(tx, question, key, app.clock()))
  if (!found) throw new Refused(schemeRefusals.noCase)
  const { one, evidence, thresholds } = found
  const title = kindTexts[one.kind].name
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
          {unitName(directory, one, question.to)}, {formatDay(question.from)} – {formatDay(question.to)}
        </span>
        {t(locale, title)}
      </h1>
      <p class="govuk-body">
        {sentence(one, locale)} <Standing one={one} locale={locale} />
      </p>
      <h2 class="govuk-heading-m">{t(locale, texts.reviews)}</h2>
      {one.reviews.length === 0 && <p class="govuk-body">{t(locale, texts.noReviews)}</p>}
      {one.reviews.map((review) => (
        <div class="govuk-inset-text">
          <p class="govuk-body">{review.note}</p>
          <p class="govuk-body-s cs-muted">
            {review.reviewedBy}, {formatInstant(review.reviewedAt)}
          </p>
        </div>
      ))}
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={CASE}>
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="from" value={question.from} />
        <input type="hidden" name="to" value={question.to} />
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
      <h2 class="govuk-heading-m">{t(locale, texts.dossiers)}</h2>
      <p class="govuk-body-s cs-muted">{t(locale, texts.dossiersLead)}</p>
      <Table
        caption={t(locale, texts.dossiers)}
        captionHidden
        dense
        locale={locale}
        rows={evidence}
        columns={[
          {
            key: 'code',
            label: t(locale, texts.code),
            header: true,
            nowrap: true,
            cell: (row) => (
              <a class="govuk-link" href={`/mot-cua/ho-so/${row.id}`}>
                {row.code}
              </a>
            ),
          },
          { key: 'procedure', label: t(locale, texts.procedure), cell: (row) => row.procedure },
          {
            key: 'received',
            label: t(locale, texts.received),
            nowrap: true,
            cell: (row) => <DateText value={row.receivedDay} locale={locale} />,
          },
          { key: 'number', label: t(locale, texts.number), nowrap: true, cell: (row) => row.number ?? '–' },
          { key: 'phone', label: t(locale, texts.phone), nowrap: true, cell: (row) => row.phone ?? '–' },
        ]}
      />
      <ThresholdList thresholds={thresholds} locale={locale} />
    </>,
  )
}

/** GET /dieu-hanh/bat-thuong/muc: one case with its dossiers and what people noted about it. */
export const anomalyCasePage = (c: Web): Promise<Response> =>
  showCase(c, { question: readQuestion(c.req.query(), dayOf(c.get('app').clock())), key: c.req.query('muc') ?? '' })

/** POST /dieu-hanh/bat-thuong/muc: a note that somebody looked into it. */
export async function postReview(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const app = c.get('app')
  const sent = formObject(values)
  const asked = {
    question: readQuestion({ tu: values.get('from') ?? '', den: values.get('to') ?? '' }, dayOf(app.clock())),
    key: values.get('key') ?? '',
  }
  const note = values.get('note') ?? ''
  const input = parse(reviewInput, sent)
  if (!input.ok) return showCase(c, asked, { note, refusal: input.error })
  const done = await run(
    app,
    { province: c.get('province'), actor: c.get('actor'), requestId: requestIdOf(values), locale: c.get('locale'), name: 'anomaly.review' },
    (cx) => reviewCase(cx, input.value),
  )
  if (!done.ok) return showCase(c, asked, { note, refusal: done.error })
  return c.redirect(addressOf(asked.question, CASE, { muc: asked.key, xong: '1' }), 303)
}
