import { addDays, type Day, dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, FilterChips, formatInstant, page, Select, Table, Tag } from '../../../ui/index.ts'
import type { Group } from '../../indicator/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { gapsAsked, type IndicatorScore, NATIONAL, oneGap, rankedUnits, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import { periodOf } from '../rules/question.ts'
import { besideOf, choiceOf, lineOf, readLine, readScoreAddress, type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { sumsOfBoth } from '../rules/score-sums.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { lackingTexts } from './score-gaps.tsx'
import { scoreTabs, unitOf } from './score-page.tsx'
import { namedPeriods, Periods, periodText, shareText } from './score-parts.tsx'
import { maxText, pointsText } from './score-points.ts'

const PATH = '/dieu-hanh/chi-so/so-sanh'

/** The other side's days: a name (`2022-q3`), the same days a year before (`nam-truoc`), or as many days just before (`truoc`). */
function otherDays(named: string, { from, to }: ScoreAddress): { from: string; to: string } | undefined {
  if (named === 'nam-truoc') {
    const back = (day: string): string => {
      const year = Number(day.slice(0, 4)) - 1
      return `${year}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
    }
    return { from: back(from), to: back(to) }
  }
  if (named === 'truoc') {
    const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
    return { from: addDays(from, -days), to: addDays(from, -1) }
  }
  return periodOf(named)
}

/** The part of a period in which the unit itself stood. */
function daysOf({ key, members }: Group): { from: Day; to: Day } | undefined {
  const own = members.filter(({ code }) => code === key)
  const [from, to] = [
    own.map(({ first }) => first).sort()[0],
    own
      .map(({ last }) => last)
      .sort()
      .at(-1),
  ]
  return from && to ? { from, to } : undefined
}

/** Of either period: a unit of 2022 can be set beside one of today. Versions of one code can be several places: each is a choice too. */
function choices(directory: OrganisationDirectory, address: ScoreAddress, today: Day): { value: string; label: string }[] {
  const groups = rankedUnits(directory, address).map(({ group }) => group)
  const current = rankedUnits(directory, { from: today, to: today }).map(({ group }) => group)
  const times = new Map<string, number>()
  for (const { key } of groups) times.set(key, (times.get(key) ?? 0) + 1)
  return [...groups, ...current].flatMap((group, i, all) => {
    const { key, name } = group
    const days = daysOf(group)
    const several = i < groups.length && (times.get(key) ?? 0) > 1
    const line = lineOf(address, group)
    return [
      ...(all.findIndex((one) => one.key === key) === i ? [{ value: key, label: `${name} (${key})` }] : []),
      ...(several && line.since && days ? [{ value: choiceOf(line), label: `${name} (${key}, ${periodText(days)})` }] : []),
    ]
  })
}

/** GET /dieu-hanh/chi-so/so-sanh: a unit beside another one, or beside itself in another period. */
export async function scoreComparePage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const query = c.req.query()
  const address = readScoreAddress({ ...query, ...readLine(query, 'don-vi') }, today, NATIONAL)
  const directory = await directoryOf(app, province)
  const { unit: otherUnit, since: otherSince } = readScoreAddress(readLine(query, 'voi'), today, NATIONAL)
  const namedPeriod = c.req.query('voi-ky')?.trim() ?? ''
  const otherPeriod = namedPeriod === '' ? undefined : otherDays(namedPeriod, address)
  const asked = otherUnit !== undefined || otherPeriod !== undefined
  const other: ScoreAddress = { ...address, ...(otherPeriod ?? {}), ...(otherUnit ? { unit: otherUnit, since: otherSince } : {}) }
  const question = (one: ScoreAddress) => ({ period: one, scheme: address.scheme })
  const sides = await app.db.snapshot(province, async (tx) => {
    const read = async (one: ScoreAddress): Promise<ScoredLine | undefined> => {
      try {
        return (await scoreUnits(tx, question(one), [unitOf(directory, one, today)], now)).lines[0]
      } catch (error) {
        // A code that stood for nothing in one of the periods: said on the page, the form stays.
        if (error instanceof Refused) return undefined
        throw error
      }
    }
    return { left: await read(address), right: asked ? await read(other) : undefined }
  })
  const { left, right } = sides
  const units = choices(directory, address, today)
  const chosen = (one: Pick<ScoreAddress, 'unit' | 'since'>): string | undefined =>
    units.some(({ value }) => value === choiceOf(one)) ? choiceOf(one) : one.unit
  const wrong = namedPeriod !== '' && !otherPeriod
  const trouble = wrong || (asked && (!left || !right))
  const beside = besideOf({ unit: otherUnit, since: otherSince })
  const extra = { ...beside, ...(namedPeriod ? { 'voi-ky': namedPeriod } : {}) }
  return page(
    c,
    { ...frame(c, 'board'), title: texts.compare, wide: true, hasErrors: trouble },
    <div class="cs-board">
      {trouble && (
        <ErrorSummary
          locale={locale}
          errors={[wrong ? { path: 'voi-ky', message: texts.wrongPeriod } : { path: 'voi', message: texts.missingThen }]}
        />
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{periodText(address)}</span>
        {t(locale, texts.compare)}
      </h1>
      {scoreTabs(address, 'compare', locale)}
      <p class="govuk-body">
        {t(locale, texts.compareLead)}{' '}
        <a class="govuk-link" href={scoreHref({ ...address, unit: undefined }, '/dieu-hanh/chi-so/hai-bo')}>
          {t(locale, texts.twoSchemes)}
        </a>
      </p>
      <div class="cs-board__controls cs-screen-only">
        <Periods address={address} path={PATH} today={today} extra={extra} locale={locale} />
        <FilterChips
          label={t(locale, texts.compareWith)}
          locale={locale}
          chips={(
            [
              ['nam-truoc', texts.yearBefore],
              ['truoc', texts.justBefore],
            ] as const
          ).map(([name, text]) => ({
            text: t(locale, text),
            href: scoreHref(address, PATH, { ...beside, 'voi-ky': name }),
            on: namedPeriod === name,
          }))}
        />
      </div>
      <form method="get" action={PATH} class="cs-compare cs-screen-only">
        <input type="hidden" name="tu" value={address.from} />
        <input type="hidden" name="den" value={address.to} />
        <input type="hidden" name="bo" value={address.scheme} />
        <Select
          name="don-vi"
          label={t(locale, texts.unit)}
          options={units}
          empty={t(locale, texts.province)}
          value={chosen(address)}
          locale={locale}
        />
        <Select
          name="voi"
          label={`${t(locale, texts.compareWith)}: ${t(locale, texts.compareUnits).toLowerCase()}`}
          options={units}
          empty={address.unit ? t(locale, texts.unit) : t(locale, texts.province)}
          value={chosen({ unit: otherUnit, since: otherSince })}
          locale={locale}
        />
        <Select
          name="voi-ky"
          label={`${t(locale, texts.compareWith)}: ${t(locale, texts.comparePeriod).toLowerCase()}`}
          options={[
            { value: 'nam-truoc', label: t(locale, texts.yearBefore) },
            { value: 'truoc', label: t(locale, texts.justBefore) },
            ...namedPeriods(today, locale),
          ]}
          empty={t(locale, texts.samePeriod)}
          value={namedPeriod}
          locale={locale}
        />
        <Button look="secondary">{t(locale, texts.compare)}</Button>
      </form>
      {left && right && (
        <SideBySide left={{ line: left, address }} right={{ line: right, address: other }} asOf={formatInstant(now)} locale={locale} />
      )}
    </div>,
  )
}

interface Side {
  readonly line: ScoredLine
  readonly address: ScoreAddress
}

const SideBySide = ({ left, right, asOf, locale }: { left: Side; right: Side; asOf: string; locale: Locale }) => {
  const sameUnit =
    left.line.unit.group.key === right.line.unit.group.key &&
    left.address.unit === right.address.unit &&
    left.address.since === right.address.since
  const samePeriod = left.address.from === right.address.from && left.address.to === right.address.to
  const sameName = left.line.unit.group.name === right.line.unit.group.name
  /** Only what tells the two apart. */
  const head = ({ line, address }: Side): string => {
    const { group } = line.unit
    // Two places that had one name stood on other days.
    const days = sameName && samePeriod ? daysOf(group) : undefined
    const name = days ? `${group.name}, ${periodText(days)}` : group.name
    return sameUnit ? periodText(address) : samePeriod ? name : `${name}, ${periodText(address)}`
  }
  // Where nothing was received nothing is compared: what the catalogue alone would give says nothing of the unit's work.
  const worked = ({ line }: Side): boolean => (line.amounts.received ?? 0) > 0
  const points = (side: Side, one: IndicatorScore | undefined) =>
    one?.points && worked(side) ? (
      <a
        class="govuk-link govuk-link--no-visited-state"
        href={scoreHref({ ...side.address, grouping: undefined }, '/dieu-hanh/chi-so/chi-tieu', { id: one.indicator.id })}
      >
        {pointsText(one.points, locale)}
      </a>
    ) : (
      <>–</>
    )
  const share = (side: Side, one: IndicatorScore | undefined): string => shareText((worked(side) && one?.share) || null, locale)
  const total = (side: Side): string => (worked(side) ? pointsText(side.line.score.total, locale) : '–')
  const both = worked(left) && worked(right)
  const unknown = [left, right].filter((side) => worked(side) && exact.compare(side.line.score.unknown, exact.zero) > 0)
  const sums = sumsOfBoth(left.line.score.indicators, right.line.score.indicators)
  const empty = [left, right].filter((side) => !worked(side))
  // By what an indicator is, not where it stands: another day's version may have others.
  const twin = (one: IndicatorScore): IndicatorScore | undefined =>
    right.line.score.indicators.find(({ indicator }) => indicator.id === one.indicator.id)
  return (
    <div class="cs-side">
      {empty.map((side) => (
        <p class="govuk-body">
          <strong>{head(side)}</strong>: {t(locale, texts.none).toLowerCase()}.
        </p>
      ))}
      {unknown.map((side) => (
        <p class="govuk-body">
          <strong>{head(side)}</strong>:{' '}
          {t(locale, texts.unknown, {
            points: pointsText(side.line.score.unknown, locale),
            low: pointsText(side.line.score.total, locale),
            high: pointsText(exact.plus(side.line.score.total, side.line.score.unknown), locale),
          })}
        </p>
      ))}
      {[left, right].map((side) => {
        const { indicators } = side.line.score
        const asked = indicators.map(({ indicator }) => indicator)
        const months = worked(side) ? oneGap(gapsAsked(asked, side.line)).missing : []
        return lackingTexts({ unknown: exact.zero, months }, locale).map((text) => (
          <p class="govuk-body">
            <strong>{head(side)}</strong>: {text}.
          </p>
        ))
      })}
      {both && unknown.length > 0 && (
        <p class="govuk-body">
          {t(locale, texts.bothScored, { left: pointsText(sums.left, locale), right: pointsText(sums.right, locale) })}
        </p>
      )}
      <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: asOf })}</p>
      <Table
        caption={t(locale, texts.compare)}
        captionHidden
        dense
        locale={locale}
        rows={left.line.score.indicators.map((one) => ({ one, two: twin(one) }))}
        columns={[
          {
            key: 'indicator',
            label: t(locale, texts.indicator),
            header: true,
            cell: ({ one }) => `${one.indicator.id} ${t(locale, one.indicator.name)}`,
          },
          { key: 'max', label: t(locale, texts.max), numeric: true, cell: ({ one }) => maxText(one.max, locale) },
          { key: 'left', label: head(left), numeric: true, phone: 'half', cell: ({ one }) => points(left, one) },
          {
            key: 'leftShare',
            label: t(locale, texts.share),
            numeric: true,
            nowrap: true,
            phone: 'half',
            cell: ({ one }) => share(left, one),
          },
          { key: 'right', label: head(right), numeric: true, phone: 'half', cell: ({ two }) => points(right, two) },
          {
            key: 'rightShare',
            label: t(locale, texts.share),
            numeric: true,
            nowrap: true,
            phone: 'half',
            cell: ({ two }) => share(right, two),
          },
          {
            key: 'difference',
            label: t(locale, texts.difference),
            numeric: true,
            nowrap: true,
            phone: 'keep',
            cell: ({ one, two }) => (both ? <Difference left={one.points} right={two?.points ?? null} locale={locale} /> : '–'),
          },
        ]}
        footer={{
          indicator: t(locale, texts.score),
          max: maxText(left.line.score.max, locale),
          left: total(left),
          right: total(right),
          // What its column adds up to.
          difference: both ? signed(exact.minus(sums.left, sums.right), locale) : '–',
        }}
      />
    </div>
  )
}

const signed = (value: exact.Rational, locale: Locale): string => {
  const text = pointsText(value, locale)
  return exact.compare(value, exact.zero) > 0 ? `+${text}` : text
}

const Difference = ({ left, right, locale }: { left: exact.Rational | null; right: exact.Rational | null; locale: Locale }) => {
  if (left === null || right === null) return <>–</>
  // Of what is printed: less than a hundredth is no difference to show.
  const difference = exact.rounded(exact.minus(left, right), 2)
  const order = exact.compare(difference, exact.zero)
  return order === 0 ? <>0</> : <Tag tone={order > 0 ? 'good' : 'waiting'}>{signed(difference, locale)}</Tag>
}
