import { addDays, type Day, dayOf } from '../../../kernel/clock.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, formatInstant, formatNumber, InsetText, page, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { NATIONAL, provinceUnit, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import { readScoreAddress, scoreHref } from '../rules/score-question.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { Periods, periodText, pointsText } from './score-parts.tsx'

const PATH = '/dieu-hanh/toan-quoc'

interface ProvinceScore {
  readonly province: Province
  readonly now: ScoredLine
  readonly before: ScoredLine | undefined
}

/** As many days just before a period: what its trend is compared with. */
function stretchBefore({ from, to }: { from: Day; to: Day }): { from: Day; to: Day } {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

/** One province's own line, read in its own schema; undefined when it had no top agency or no dossier then. */
async function scoreProvince(c: Web, province: Province, period: { from: Day; to: Day }): Promise<ProvinceScore | undefined> {
  const app = c.get('app')
  const at = app.clock()
  const directory = await directoryOf(app, province)
  return app.db.snapshot(province, async (tx) => {
    const score = async (asked: { from: Day; to: Day }): Promise<ScoredLine | undefined> => {
      try {
        const { lines } = await scoreUnits(tx, { period: asked, scheme: NATIONAL }, [provinceUnit(directory, asked)], at)
        return (lines[0]?.amounts.received ?? 0) > 0 ? lines[0] : undefined
      } catch (error) {
        if (error instanceof Refused) return undefined
        throw error
      }
    }
    const now = await score(period)
    return now && { province, now, before: await score(stretchBefore(period)) }
  })
}

const Change = ({ line: { now, before }, locale }: { line: ProvinceScore; locale: Locale }) => {
  if (!before) return <>–</>
  const difference = exact.minus(now.score.total, before.score.total)
  const order = exact.compare(difference, exact.zero)
  if (order === 0) return <>{t(locale, texts.same)}</>
  const points = pointsText(order > 0 ? difference : exact.minus(exact.zero, difference), locale)
  return (
    <Tag tone={order > 0 ? 'good' : 'waiting'}>
      {order > 0 ? '↑' : '↓'} {t(locale, order > 0 ? texts.up : texts.down, { points })}
    </Tag>
  )
}

/** GET /dieu-hanh/toan-quoc: the provinces of this installation side by side, each counted in its own schema. */
export async function nationalPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const address = readScoreAddress(c.req.query(), today, NATIONAL)
  const provinces = await app.db.shared((tx) =>
    tx.selectFrom('province').select(['slug', 'schema', 'name', 'code']).orderBy('slug').execute(),
  )
  const scored = await Promise.all(provinces.map((province) => scoreProvince(c, province, address)))
  const lines = scored.filter((line) => line !== undefined)
  const absent = provinces.filter((_, i) => scored[i] === undefined)
  const groups = lines[0]?.now.score.groupings.find(({ code }) => code === 'portal')?.groups ?? []
  const by = groups.find(({ code }) => code === c.req.query('nhom'))?.code
  const pointsOf = ({ score }: ScoredLine, code: string | undefined): exact.Rational =>
    (code && score.groupings.flatMap((one) => (one.code === 'portal' ? one.groups : [])).find((one) => one.code === code)?.points) ||
    score.total
  const rows = [...lines].sort(
    (a, b) => exact.compare(pointsOf(b.now, by), pointsOf(a.now, by)) || a.province.name.localeCompare(b.province.name, 'vi'),
  )
  const rankOf = (line: ProvinceScore): number =>
    rows.findIndex((one) => exact.compare(pointsOf(one.now, by), pointsOf(line.now, by)) === 0) + 1
  const href = (code?: string): string => scoreHref({ ...address, grouping: code }, PATH)
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true },
    <div class="cs-board">
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{periodText(address)}</span>
        {t(locale, texts.title)}
      </h1>
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      {provinces.length === 1 && <InsetText>{t(locale, texts.alone)}</InsetText>}
      <div class="cs-board__controls cs-screen-only">
        <Periods address={address} path={PATH} today={today} locale={locale} />
        <FilterChips
          label={t(locale, texts.order)}
          locale={locale}
          chips={[
            { text: t(locale, texts.total), href: href(), on: by === undefined },
            ...groups.map(({ code, name }) => ({ text: t(locale, name), href: href(code), on: by === code })),
          ]}
        />
      </div>
      <p class="govuk-body-s cs-muted">{t(locale, scoreTexts.asOf, { time: formatInstant(now) })}</p>
      <Table
        caption={t(locale, texts.title)}
        captionHidden
        dense
        locale={locale}
        rows={rows}
        empty={<EmptyState title={t(locale, scoreTexts.none)} />}
        columns={[
          { key: 'rank', label: t(locale, scoreTexts.rank), numeric: true, cell: (line) => formatNumber(rankOf(line), locale) },
          {
            key: 'province',
            label: t(locale, texts.province),
            header: true,
            cell: ({ province }) =>
              province.slug === app.province.slug ? (
                <>
                  <a class="govuk-link govuk-link--no-visited-state" href={scoreHref({ ...address, grouping: undefined })}>
                    {province.name}
                  </a>{' '}
                  <Tag tone="info">{t(locale, texts.here)}</Tag>
                </>
              ) : (
                province.name
              ),
          },
          {
            key: 'total',
            label: t(locale, texts.total),
            numeric: true,
            cell: ({ now: { score } }) => <strong>{pointsText(score.total, locale)}</strong>,
          },
          { key: 'change', label: t(locale, texts.change), nowrap: true, cell: (line) => <Change line={line} locale={locale} /> },
          ...groups.map(({ code, name }) => ({
            key: code,
            label: t(locale, name),
            numeric: true,
            cell: (line: ProvinceScore) => pointsText(pointsOf(line.now, code), locale),
          })),
          {
            key: 'unknown',
            label: t(locale, texts.unknown),
            numeric: true,
            cell: ({ now: { score } }) => pointsText(score.unknown, locale),
          },
        ]}
      />
      {absent.length > 0 && (
        <p class="govuk-body-s cs-muted">{t(locale, texts.absent, { names: absent.map(({ name }) => name).join(', ') })}</p>
      )}
    </div>,
  )
}
