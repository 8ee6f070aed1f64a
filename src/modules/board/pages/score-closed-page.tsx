import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  formatNumber,
  InsetText,
  NotificationBanner,
  page,
  Select,
  SummaryList,
  Table,
  Tag,
  TextArea,
} from '../../../ui/index.ts'
import {
  allSchemes,
  bodyOf,
  type ClosedUnit,
  changesBetween,
  closePeriod,
  closePeriodInput,
  findSnapshot,
  listSnapshots,
  NATIONAL,
  quantities,
  readClosing,
  type SnapshotHead,
  type UnitChange,
} from '../../scheme/index.ts'
import { endedPeriods, periodName, periodOf } from '../rules/question.ts'
import { readScoreAddress, scoreHref } from '../rules/score-question.ts'
import { closedTexts as texts } from '../score-closed-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { ClosedGaps, monthsChangeText } from './score-gaps.tsx'
import { scoreTabs } from './score-page.tsx'

const PATH = '/dieu-hanh/chi-so/chot'

/** `2022`, `2022-q3`, `2022-07`: the name of a whole period. */
export function nameOfPeriod({ from, to }: { from: string; to: string }): string {
  const [year, month] = [from.slice(0, 4), from.slice(5, 7)]
  if (to.slice(5, 7) === month) return `${year}-${month}`
  return month === '01' && to.slice(5, 7) === '12' ? year : `${year}-q${Math.ceil(Number(month) / 3)}`
}

const hrefOf = ({ scheme, from, to, revision }: Pick<SnapshotHead, 'scheme' | 'from' | 'to' | 'revision'>): string =>
  `${PATH}/${scheme}/${nameOfPeriod({ from, to })}?ban=${revision}`

const points = (value: string | null, locale: Locale): string => (value === null ? '–' : formatNumber(Number(value), locale, 2))

async function listPage(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const today = dayOf(app.clock())
  const { heads, schemes } = await app.db.snapshot(c.get('province'), async (tx) => ({
    heads: await listSnapshots(tx),
    schemes: await allSchemes(tx),
  }))
  const error = errorsBy(locale, sent?.refusal.fields)
  const nameOf = (code: string): string => {
    const scheme = schemes.find((one) => one.code === code)
    return scheme ? t(locale, scheme.name) : code
  }
  const address = readScoreAddress({}, today, NATIONAL)
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true, hasErrors: sent !== undefined },
    <div class="cs-board">
      {sent && (
        <ErrorSummary
          errors={sent.refusal.fields ?? []}
          message={`${t(locale, sent.refusal.message)} ${sent.refusal.next ? t(locale, sent.refusal.next) : ''}`}
          locale={locale}
        />
      )}
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      {scoreTabs(address, 'closed', locale)}
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      <Table
        caption={t(locale, texts.list)}
        captionHidden
        locale={locale}
        rows={heads}
        empty={<EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneHint)}</EmptyState>}
        columns={[
          {
            key: 'period',
            label: t(locale, texts.period),
            header: true,
            nowrap: true,
            cell: (row) => (
              <a class="govuk-link govuk-link--no-visited-state" href={hrefOf(row)}>
                {periodName(nameOfPeriod(row), locale)}
              </a>
            ),
          },
          { key: 'scheme', label: t(locale, scoreTexts.scheme), cell: (row) => nameOf(row.scheme) },
          {
            key: 'revision',
            label: t(locale, texts.revision),
            nowrap: true,
            cell: (row) =>
              row.revision === 1 ? t(locale, texts.first) : <Tag tone="info">{t(locale, texts.revised, { n: row.revision - 1 })}</Tag>,
          },
          { key: 'closed', label: t(locale, texts.closedAt), nowrap: true, cell: (row) => formatInstant(row.closedAt) },
          { key: 'by', label: t(locale, texts.closedBy), cell: (row) => row.closedBy },
          { key: 'reason', label: t(locale, texts.reason), cell: (row) => row.reason },
          { key: 'digest', label: t(locale, texts.digest), nowrap: true, cell: (row) => <code>{row.digest.slice(0, 12)}…</code> },
        ]}
      />
      {app.access(c.get('province')).canAtRoot(c.get('actor'), 'index.manage') && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={PATH}>
          <h2 class="govuk-heading-m">{t(locale, texts.close)}</h2>
          <p class="govuk-body">{t(locale, texts.closeLead)}</p>
          <Select
            name="period"
            label={t(locale, texts.period)}
            options={endedPeriods(today).map((name) => ({ value: name, label: periodName(name, locale) }))}
            value={sent?.values.get('period') ?? undefined}
            error={error('period') ?? error('from')}
            empty={false}
            locale={locale}
          />
          <Select
            name="scheme"
            label={t(locale, scoreTexts.scheme)}
            options={schemes.map(({ code, name }) => ({ value: code, label: t(locale, name) }))}
            value={sent?.values.get('scheme') ?? NATIONAL}
            empty={false}
            locale={locale}
          />
          <TextArea
            name="reason"
            label={t(locale, texts.reason)}
            hint={t(locale, texts.reasonHint)}
            rows={2}
            maxlength={500}
            value={sent?.values.get('reason') ?? ''}
            error={error('reason')}
            locale={locale}
          />
          <Button>{t(locale, texts.close)}</Button>
        </Form>
      )}
    </div>,
  )
}

/** GET /dieu-hanh/chi-so/chot: every closed period, and closing one more. */
export const closedListPage = (c: Web): Promise<Response> => listPage(c)

/** POST /dieu-hanh/chi-so/chot: closes a period, or keeps a revision of it. */
export async function postClosePeriod(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const period = periodOf(values.get('period') ?? '')
  const input = parse(closePeriodInput, {
    from: period?.from ?? '',
    to: period?.to ?? '',
    scheme: values.get('scheme') ?? NATIONAL,
    reason: values.get('reason') ?? '',
  })
  if (!input.ok) return listPage(c, { values, refusal: input.error })
  const done = await runFor(c, values, 'index.close', (cx) => closePeriod(cx, input.value))
  if (!done.ok) return listPage(c, { values, refusal: done.error })
  return c.redirect(`${hrefOf({ ...input.value, revision: done.value.revision })}&xong=1`, 303)
}

const Changes = ({
  changes,
  caption,
  empty,
  locale,
}: {
  changes: readonly UnitChange[]
  caption: string
  empty: string
  locale: Locale
}) => (
  <Table
    caption={caption}
    captionHidden
    dense
    locale={locale}
    rows={changes.slice(0, 100)}
    empty={<p class="govuk-body cs-muted">{empty}</p>}
    columns={[
      { key: 'unit', label: t(locale, scoreTexts.unit), header: true, cell: (row) => row.name },
      { key: 'before', label: t(locale, texts.before), numeric: true, cell: (row) => points(row.before, locale) },
      { key: 'after', label: t(locale, texts.after), numeric: true, cell: (row) => points(row.after, locale) },
      {
        key: 'what',
        label: t(locale, texts.what),
        cell: (row) =>
          [
            ...row.amounts.map(({ quantity, before, after }) => {
              const number = (value: number | null): string => (value === null ? '–' : formatNumber(value, locale))
              return `${t(locale, quantities[quantity].name)}: ${number(before)} → ${number(after)}`
            }),
            ...row.months.map((change) => monthsChangeText(change, locale)),
          ].join('; ') || t(locale, texts.rulesOnly),
      },
    ]}
  />
)

/** GET /dieu-hanh/chi-so/chot/:scheme/:period: one closed period with its digest, its units, and what differs since. */
export async function closedPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const period = periodOf(c.req.param('period') ?? '')
  const revision = Number(c.req.query('ban') ?? 0)
  if (!period) throw new Refused(refusals.notFound)
  const scheme = c.req.param('scheme') ?? ''
  const asked = { scheme, ...period, revision: Number.isInteger(revision) && revision > 0 && revision < 1e6 ? revision : null }
  const found = await app.db.snapshot(province, async (tx) => {
    const snapshot = await findSnapshot(tx, asked)
    if (!snapshot) return undefined
    const before = snapshot.revision > 1 ? await findSnapshot(tx, { ...asked, revision: snapshot.revision - 1 }) : undefined
    const live = await readClosing(tx, { period, scheme }, now, { revision: 0, closedBy: '', reason: '' })
    return { snapshot, before, live, heads: await listSnapshots(tx) }
  })
  if (!found) throw new Refused(refusals.notFound)
  const { snapshot, before, live, heads } = found
  const body = bodyOf(snapshot)
  const name = `${t(locale, texts.closed)}: ${periodName(nameOfPeriod(period), locale)}`
  const revisions = heads.filter((one) => one.scheme === scheme && one.from === period.from && one.to === period.to)
  const worked = body.units.filter(({ amounts }) => (amounts.received ?? 0) > 0)
  const rows: ClosedUnit[] = [
    body.province,
    ...[...worked].sort((a, b) => Number(b.total) - Number(a.total) || a.code.localeCompare(b.code)),
  ]
  const since = changesBetween(body, live)
  /** How a unit's points of this period are counted, with the dossiers: as they stand today. */
  const nowHref = ({ code, level }: ClosedUnit): string =>
    scoreHref({ ...period, scheme, grouping: undefined, unit: level === 'province' ? undefined : code, level: null, asNow: false })
  return page(
    c,
    { ...frame(c, 'board'), title: { vi: name, en: name }, wide: true, back: { href: PATH, text: texts.title } },
    <div class="cs-board">
      {c.req.query('xong') && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.done)}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">{name}</h1>
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, scoreTexts.scheme), value: `${t(locale, body.scheme.name)}. ${body.scheme.basis}` },
          {
            key: t(locale, texts.revision),
            value: (
              <>
                {revisions.map((one, i) => (
                  <>
                    {i > 0 && ', '}
                    {one.revision === snapshot.revision ? (
                      <strong>{t(locale, one.revision === 1 ? texts.first : texts.revised, { n: one.revision - 1 })}</strong>
                    ) : (
                      <a class="govuk-link" href={hrefOf(one)}>
                        {t(locale, one.revision === 1 ? texts.first : texts.revised, { n: one.revision - 1 })}
                      </a>
                    )}
                  </>
                ))}
              </>
            ),
          },
          { key: t(locale, texts.closedAt), value: `${formatInstant(snapshot.closedAt)}, ${snapshot.closedBy}` },
          { key: t(locale, texts.reason), value: snapshot.reason },
          { key: t(locale, texts.digest), value: <code class="cs-digest">{snapshot.digest}</code> },
          {
            key: t(locale, texts.previous),
            value: snapshot.previous ? <code class="cs-digest">{snapshot.previous}</code> : t(locale, texts.noPrevious),
          },
          { key: t(locale, texts.position), value: formatNumber(snapshot.position, locale) },
        ]}
      />
      <ClosedGaps units={[body.province, ...body.units]} locale={locale} />
      <p class="govuk-body-s cs-muted">{t(locale, texts.explain)}</p>
      <h2 class="govuk-heading-m">{t(locale, texts.sinceTitle)}</h2>
      {since.length > 0 && <InsetText>{t(locale, texts.since, { count: since.length, time: formatInstant(now) })}</InsetText>}
      <Changes changes={since} caption={t(locale, texts.sinceTitle)} empty={t(locale, texts.sinceNone)} locale={locale} />
      {before && (
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.revisedTitle)}</h2>
          <Changes
            changes={changesBetween(bodyOf(before), body)}
            caption={t(locale, texts.revisedTitle)}
            empty={t(locale, texts.sinceNone)}
            locale={locale}
          />
        </>
      )}
      <h2 class="govuk-heading-m">{t(locale, texts.units)}</h2>
      <p class="govuk-body">{t(locale, texts.unitsLead)}</p>
      <Table
        caption={t(locale, texts.units)}
        captionHidden
        dense
        locale={locale}
        rows={rows}
        columns={[
          {
            key: 'unit',
            label: t(locale, scoreTexts.unit),
            header: true,
            cell: (row) => (
              <a class="govuk-link govuk-link--no-visited-state" href={nowHref(row)}>
                {row.name}
              </a>
            ),
          },
          { key: 'level', label: t(locale, scoreTexts.level), cell: (row) => t(locale, scoreTexts[row.level]) },
          {
            key: 'received',
            label: t(locale, scoreTexts.received),
            numeric: true,
            cell: (row) => formatNumber(row.amounts.received ?? 0, locale),
          },
          { key: 'total', label: t(locale, scoreTexts.score), numeric: true, cell: (row) => <strong>{points(row.total, locale)}</strong> },
          { key: 'unknown', label: t(locale, texts.unknown), numeric: true, cell: (row) => points(row.unknown, locale) },
        ]}
      />
    </div>,
  )
}
