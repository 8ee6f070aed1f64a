import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { FilterChips, formatDay, formatInstant, formatLevel, formatNumber, formatPercent, page, SummaryList } from '../../../ui/index.ts'
import { readTargets, targetOn } from '../../campaign/index.ts'
import { type MeasureCode as DossierMeasure, dossiersBehind, measureIds } from '../../dossier/index.ts'
import { byAgency, type Counts, measures, ratio, readLines } from '../../indicator/index.ts'
import { directoryOf, unitsDuring } from '../../organisation/index.ts'
import { addressOf, readQuestion, slugOfRate } from '../rules/question.ts'
import { sumCounts } from '../rules/standing.ts'
import { texts } from '../texts.ts'
import { DossiersBehind } from './dossiers-behind.tsx'
import { rateOf } from './parts.tsx'

/** Which of the dossiers behind a rate are listed. */
const views = { tat: 'everything', dat: 'counted', 'chua-dat': 'notCounted' } as const
type View = keyof typeof views

/** Measures that a dossier's own row keeps; the others (petitions, ratings) open to no dossiers. */
const ofDossiers = (code: string): code is DossierMeasure => code in measureIds

/** GET /dieu-hanh/so-lieu: one figure with its definition, its basis, and exactly the dossiers that make it. */
export async function figurePage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const question = readQuestion(c.req.query(), dayOf(now))
  const shown: View = (Object.keys(views) as View[]).find((one) => one === c.req.query('xem')) ?? 'tat'
  const directory = await directoryOf(app, province)
  const unitCode = c.req.query('don-vi')
  const all = byAgency(unitsDuring(directory, question), question)
  const groups = all.filter((group) => (unitCode ? group.key === unitCode : question.tier === null || group.tier === question.tier))
  const rate = rateOf(question, question.rate)
  const unit = unitCode ? (groups[0]?.name ?? unitCode) : question.tier ? t(locale, texts[question.tier]) : t(locale, texts.allTiers)

  const lines = groups.length > 0 ? await app.db.read(province, (tx) => readLines(tx, { period: question, groups })) : []
  const counts: Counts = sumCounts(lines.flatMap((line) => (line.group ? [line.counts] : [])))
  const behind = await dossiersBehind(
    app,
    { province, actor: c.get('actor') },
    {
      from: question.from,
      to: question.to,
      members: groups.flatMap(({ members }) => members),
      has: (shown === 'dat' ? [rate.denominator, rate.numerator] : [rate.denominator]).filter(ofDossiers),
      ...(shown === 'chua-dat' ? { lacks: [rate.numerator].filter(ofDossiers) } : {}),
      after: c.req.query('sau'),
    },
  )
  if (!behind.ok) throw new Refused(behind.error)

  const only = groups.length === 1 ? groups[0] : undefined
  const place = only?.validFrom ? { code: only.key, validFrom: only.validFrom } : undefined
  const target = targetOn(await app.db.read(province, readTargets), question.rate, only?.tier ?? question.tier, question.to, place)
  const measureName = (code: string): string => t(locale, measures.find((one) => one.code === code)?.name ?? { vi: code, en: code })
  const href = (extra: Record<string, string | undefined>): string => {
    const query = new URLSearchParams({ tu: question.from, den: question.to, 'chi-so': slugOfRate(question.rate) })
    if (unitCode) query.set('don-vi', unitCode)
    else if (question.tier) query.set('cap', { province: 'tinh', district: 'huyen', commune: 'xa' }[question.tier])
    for (const [name, value] of Object.entries({ xem: shown, ...extra })) if (value) query.set(name, value)
    return `/dieu-hanh/so-lieu?${query}`
  }
  const exact = ratio(counts[rate.numerator], counts[rate.denominator])
  const title = { vi: `${rate.name.vi}, ${unit}`, en: `${rate.name.en}, ${unit}` }
  return page(
    c,
    { ...frame(c, 'board'), title, wide: true, back: { href: addressOf(question), text: texts.back } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {formatDay(question.from)} – {formatDay(question.to)}
        </span>
        {t(locale, title)}: {formatPercent(exact === null ? null : Number(exact), locale, 2)}
      </h1>
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.definition), value: t(locale, rate.definition) },
          {
            key: t(locale, texts.formula, { numerator: measureName(rate.numerator), denominator: measureName(rate.denominator) }),
            value: (
              <span class="cs-tabular">
                {formatNumber(counts[rate.numerator], locale)} ÷ {formatNumber(counts[rate.denominator], locale)} ={' '}
                {exact === null ? '–' : formatNumber(Number(exact), locale, 4)}
              </span>
            ),
          },
          { key: t(locale, texts.basis), value: rate.basis },
          ...(target ? [{ key: t(locale, texts.level, { target: formatLevel(target.value, locale) }), value: target.source }] : []),
        ]}
      />
      <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(now) })}</p>
      <h2 class="govuk-heading-m">{t(locale, texts.dossiers)}</h2>
      <FilterChips
        locale={locale}
        chips={(Object.keys(views) as View[]).map((view) => ({
          text: t(locale, texts[views[view]]),
          count:
            view === 'tat'
              ? counts[rate.denominator]
              : view === 'dat'
                ? counts[rate.numerator]
                : counts[rate.denominator] - counts[rate.numerator],
          href: href({ xem: view }),
          on: view === shown,
        }))}
      />
      <DossiersBehind behind={behind.value} next={(after) => href({ sau: after })} locale={locale} />
    </>,
  )
}
