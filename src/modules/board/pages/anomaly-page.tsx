import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, Form, formatDay, formatInstant, formatNumber, Pagination, page, Table } from '../../../ui/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { type AnomalyKind, anomalyKinds, type CasesView, type CaseView, casesFor, refreshRun } from '../../scheme/index.ts'
import { kindTexts, anomalyTexts as texts } from '../anomaly-texts.ts'
import { type AnomalyQuestion, anomalyPeriods, kindSlugs, readAnomalyQuestion } from '../rules/anomaly-question.ts'
import { periodName, periodOf } from '../rules/question.ts'
import { addressOf, CASE, OutcomeTag, PATH, Standing, sentence, ThresholdList, unitName } from './anomaly-parts.tsx'
import { OtherPeriod } from './score-parts.tsx'

const PAGE = 50

interface Listed {
  readonly question: AnomalyQuestion
  readonly directory: OrganisationDirectory
  readonly locale: Locale
}

/** Where a case opens. */
const CaseLink = ({ one, name, listed: { question, directory } }: { one: CaseView; name: string; listed: Listed }) => (
  <a class="govuk-link" href={addressOf(question, CASE, { muc: one.key })}>
    {name}
    <span class="govuk-visually-hidden">, {unitName(directory, one.agencyCode, question.to)}</span>
  </a>
)

/** An office's own machines: what came from them, and nothing to look into. */
const HelpingTable = ({ cases, listed }: { cases: readonly CaseView[]; listed: Listed }) => {
  const { question, directory, locale } = listed
  return (
    <Table
      caption={t(locale, texts.helping)}
      captionHidden
      locale={locale}
      rows={cases}
      columns={[
        {
          key: 'machine',
          label: t(locale, texts.machine),
          header: true,
          cell: (one) => <CaseLink one={one} name={one.machine?.name ?? t(locale, texts.unnamed)} listed={listed} />,
        },
        {
          key: 'unit',
          label: t(locale, texts.unit),
          cell: (one) => unitName(directory, one.machine?.agencyCode ?? one.agencyCode, question.to),
        },
        { key: 'what', label: t(locale, texts.what), cell: (one) => sentence(one, locale, directory, question.to) },
      ]}
    />
  )
}

const CaseTable = ({ cases, caption, listed }: { cases: readonly CaseView[]; caption: string; listed: Listed }) => {
  const { question, directory, locale } = listed
  return (
    <Table
      caption={caption}
      captionHidden
      locale={locale}
      rows={cases}
      empty={<EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneHint)}</EmptyState>}
      columns={[
        {
          key: 'case',
          label: t(locale, texts.case),
          header: true,
          cell: (one) => <CaseLink one={one} name={t(locale, kindTexts[one.kind].name)} listed={listed} />,
        },
        { key: 'unit', label: t(locale, texts.unit), cell: (one) => unitName(directory, one.agencyCode, question.to) },
        { key: 'what', label: t(locale, texts.what), cell: (one) => sentence(one, locale, directory, question.to) },
        {
          key: 'standing',
          label: t(locale, texts.standing),
          nowrap: true,
          cell: (one) => <Standing reviews={one.reviews} locale={locale} />,
        },
      ]}
    />
  )
}

/** What was noted about cases that no longer hold: it is never lost from sight. */
const Gone = ({ found, listed }: { found: CasesView; listed: Listed }) => {
  const { directory, locale, question } = listed
  if (found.gone.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.gone)}</h2>
      <p class="govuk-body">{t(locale, texts.goneLead)}</p>
      <Table
        caption={t(locale, texts.gone)}
        captionHidden
        locale={locale}
        rows={found.gone}
        columns={[
          {
            key: 'case',
            label: t(locale, texts.case),
            header: true,
            cell: ({ key }) => {
              const kind = anomalyKinds.find((one) => one === key.split(' ')[0])
              return kind ? t(locale, kindTexts[kind].name) : key
            },
          },
          { key: 'unit', label: t(locale, texts.unit), cell: ({ key }) => unitName(directory, key.split(' ')[1] ?? '', question.to) },
          { key: 'note', label: t(locale, texts.note), cell: ({ note }) => note },
          { key: 'outcome', label: t(locale, texts.outcome), cell: ({ outcome }) => <OutcomeTag outcome={outcome} locale={locale} /> },
          { key: 'by', label: t(locale, texts.by), cell: ({ reviewedBy, reviewedAt }) => `${reviewedBy}, ${formatInstant(reviewedAt)}` },
        ]}
      />
    </>
  )
}

const Filters = ({ found, question, today, locale }: { found: CasesView; question: AnomalyQuestion; today: string; locale: Locale }) => {
  const notable = found.cases.filter(({ machine }) => !machine)
  const count = (kind: AnomalyKind): number => notable.filter((one) => one.kind === kind).length
  const kinds = anomalyKinds.filter((kind) => count(kind) > 0 || kind === question.kind)
  const sameKind = question.kind ? { loai: kindSlugs[question.kind] } : undefined
  return (
    <div class="cs-board__controls cs-screen-only">
      <FilterChips
        label={t(locale, texts.period)}
        locale={locale}
        chips={anomalyPeriods(today).flatMap((name) => {
          const period = periodOf(name)
          if (!period) return []
          const on = period.from === question.from && period.to === question.to
          return [{ text: periodName(name, locale), href: addressOf(period, PATH, sameKind), on }]
        })}
      />
      <OtherPeriod address={question} path={PATH} extra={sameKind} today={today} locale={locale} />
      <FilterChips
        label={t(locale, texts.kind)}
        locale={locale}
        chips={[
          { text: `${t(locale, texts.allKinds)} (${formatNumber(notable.length, locale)})`, href: addressOf(question), on: !question.kind },
          ...kinds.map((kind) => ({
            text: `${t(locale, kindTexts[kind].name)} (${formatNumber(count(kind), locale)})`,
            href: addressOf(question, PATH, { loai: kindSlugs[kind] }),
            on: question.kind === kind,
          })),
        ]}
      />
    </div>
  )
}

/** GET /dieu-hanh/bat-thuong: what is unusual in a period, and of what moment that is. */
export async function anomalyPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const today = dayOf(app.clock())
  const question = readAnomalyQuestion(c.req.query(), today)
  const directory = await directoryOf(app, c.get('province'))
  const found = await casesFor(app, { province: c.get('province'), actor: c.get('actor') }, question)
  const listed: Listed = { question, directory, locale }
  const asked = found.cases.filter(({ kind, machine }) => !machine && (question.kind === null || kind === question.kind))
  const helping = found.cases.filter(({ machine }) => machine)
  const last = Math.max(1, Math.ceil(asked.length / PAGE))
  const at = Math.min(question.page, last)
  const kindOf: Record<string, string> = question.kind ? { loai: kindSlugs[question.kind] } : {}
  const everywhere = app.access(c.get('province')).canAtRoot(c.get('actor'), 'anomaly.see')
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
      <Filters found={found} question={question} today={today} locale={locale} />
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${PATH}/tinh-lai`}>
        <p class="govuk-body-s cs-muted">
          {t(locale, found.renewing ? texts.computedRenewing : texts.computed, { time: formatInstant(found.computedAt) })}{' '}
          <input type="hidden" name="from" value={question.from} />
          <input type="hidden" name="to" value={question.to} />
          <button class="cs-link-button cs-screen-only" type="submit">
            {t(locale, texts.again)}
          </button>
        </p>
      </Form>
      {question.to >= today && <p class="govuk-body-s cs-muted">{t(locale, texts.stillOpen)}</p>}
      <CaseTable cases={asked.slice((at - 1) * PAGE, at * PAGE)} caption={t(locale, texts.title)} listed={listed} />
      {asked.length > PAGE && (
        <Pagination
          page={at}
          pageSize={PAGE}
          total={asked.length}
          href={(n) => addressOf(question, PATH, { ...kindOf, trang: String(n) })}
          locale={locale}
        />
      )}
      {everywhere && (
        <p class="govuk-body">
          <a class="govuk-link" href={addressOf(question, `${PATH}/nop-ho`)}>
            {t(locale, texts.both)}
          </a>
        </p>
      )}
      {helping.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.helping)}</h2>
          <p class="govuk-body">{t(locale, texts.helpingLead)}</p>
          <HelpingTable cases={helping} listed={listed} />
        </>
      )}
      <Gone found={found} listed={listed} />
      <p class="govuk-body-s cs-muted">
        {t(locale, texts.known, { marked: formatNumber(found.marked, locale), online: formatNumber(found.online, locale) })}
      </p>
      <ThresholdList thresholds={found.thresholds} locale={locale} />
    </div>,
  )
}

/** POST /dieu-hanh/bat-thuong/tinh-lai: works the cases out again at this moment. It changes nothing but what the page shows. */
export async function computeAgain(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const app = c.get('app')
  const question = readAnomalyQuestion({ tu: values.get('from') ?? '', den: values.get('to') ?? '' }, dayOf(app.clock()))
  await refreshRun(app, c.get('province'), { from: question.from, to: question.to })
  return c.redirect(addressOf(question), 303)
}
