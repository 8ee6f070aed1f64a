import { addDays, dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, formatDay, formatNumber, formatPercent, page, Table, Tag } from '../../../ui/index.ts'
import { type FigureLine, levelTexts, ratingFigures, SMALL } from '../../feedback/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { texts } from './feedback-texts.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const readDay = (text: string | undefined, otherwise: string): string =>
  text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : otherwise

/** A share never stands without its n; below five it is no share at all. */
const Share = ({ line, locale }: { line: FigureLine; locale: Locale }) =>
  line.n < SMALL ? (
    <span class="cs-muted">
      {line.good}/{line.n}, {t(locale, texts.tooFew)}
    </span>
  ) : (
    <>
      {formatPercent(line.good / line.n, locale)}{' '}
      <span class="cs-muted">
        ({line.good}/{line.n})
      </span>
    </>
  )

const Lines = ({ caption, first, lines, locale }: { caption: string; first: string; lines: readonly FigureLine[]; locale: Locale }) => (
  <Table
    caption={caption}
    dense
    locale={locale}
    rows={lines}
    columns={[
      { key: 'name', label: first, header: true, cell: (line) => line.name },
      { key: 'n', label: t(locale, texts.ratings), numeric: true, cell: (line) => formatNumber(line.n, locale) },
      { key: 'fair', label: t(locale, texts.fair), numeric: true, cell: (line) => formatNumber(line.fair, locale) },
      { key: 'poor', label: t(locale, texts.poor), numeric: true, cell: (line) => formatNumber(line.poor, locale) },
      { key: 'share', label: t(locale, texts.share), numeric: true, cell: (line) => <Share line={line} locale={locale} /> },
    ]}
  />
)

/** GET /mot-cua/hai-long?tu=&den=: how dossiers were rated, by unit, procedure, officer and criterion, always with n. */
export async function satisfactionPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const province = c.get('province')
  const today = dayOf(app.clock())
  const to = readDay(c.req.query('den'), today)
  const from = readDay(c.req.query('tu'), addDays(to, -89))
  const found = await ratingFigures(app, { province, actor: c.get('actor') }, { from, to })
  if (!found.ok) throw new Refused(found.error)
  const { total, units, procedures, officers, smallOfficers, criteria, comments, survey } = found.value
  const directory = await directoryOf(app, province)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.satisfaction, wide: true },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.satisfaction)}</h1>
      <form class="cs-inline-form" method="get" action="/mot-cua/hai-long">
        <label class="govuk-label" for="tu">
          {t(locale, texts.from)}
        </label>
        <input class="govuk-input govuk-input--width-10" id="tu" name="tu" type="date" value={from} />
        <label class="govuk-label" for="den">
          {t(locale, texts.to)}
        </label>
        <input class="govuk-input govuk-input--width-10" id="den" name="den" type="date" value={to} />
        <Button look="secondary">{t(locale, texts.show)}</Button>
      </form>
      {total.n === 0 ? (
        <EmptyState title={t(locale, texts.noneRated)}>{t(locale, texts.noneRatedNext)}</EmptyState>
      ) : (
        <>
          <p class="govuk-body-l">
            {formatNumber(total.n, locale)} {t(locale, texts.ratings).toLowerCase()}: <Share line={total} locale={locale} />{' '}
            {t(locale, texts.good).toLowerCase()}, {formatNumber(total.poor, locale)} {t(locale, texts.poor).toLowerCase()}.
          </p>
          <Lines caption={t(locale, texts.byUnit)} first={t(locale, texts.unit)} lines={units} locale={locale} />
          <Lines caption={t(locale, texts.byProcedure)} first={t(locale, texts.procedure)} lines={procedures} locale={locale} />
          {officers.length > 0 && (
            <Lines caption={t(locale, texts.byOfficer)} first={t(locale, texts.officer)} lines={officers} locale={locale} />
          )}
          {smallOfficers.officers > 0 && <p class="govuk-body-s">{t(locale, texts.smallOfficers, { ...smallOfficers, small: SMALL })}</p>}
          {criteria.length > 0 && (
            <Table
              caption={t(locale, texts.criteria)}
              dense
              locale={locale}
              rows={survey.criteria.flatMap((one) => {
                const line = criteria.find(({ code }) => code === one.code)
                return line ? [{ ...one, ...line }] : []
              })}
              columns={[
                { key: 'question', label: t(locale, texts.criterion), header: true, cell: (row) => t(locale, row.question) },
                { key: 'n', label: t(locale, texts.answers), numeric: true, cell: (row) => formatNumber(row.n, locale) },
                {
                  key: 'average',
                  label: t(locale, texts.average),
                  numeric: true,
                  cell: (row) => (row.points / row.n).toFixed(2).replace('.', locale === 'vi' ? ',' : '.'),
                },
              ]}
            />
          )}
          {comments.length > 0 && (
            <>
              <h2 class="govuk-heading-m">{t(locale, texts.comments)}</h2>
              <ul class="govuk-list govuk-list--spaced">
                {comments.map((one) => (
                  <li>
                    <Tag tone={one.level === 'good' ? 'good' : one.level === 'poor' ? 'bad' : 'neutral'}>
                      {t(locale, levelTexts[one.level])}
                    </Tag>{' '}
                    {one.comment}
                    <br />
                    <span class="govuk-body-s cs-muted">
                      {one.procedureName} · {directory.name(one.agencyCode, to)} · {formatDay(one.givenDay)}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </>,
  )
}
