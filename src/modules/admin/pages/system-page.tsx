import { Temporal } from 'temporal-polyfill'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { formatBytes, formatInstant, formatNumber, page, SummaryList, Table, Tag } from '../../../ui/index.ts'
import { type Answer, readSystem, type SystemView } from '../queries/read-system.ts'
import { texts } from '../texts.ts'

const Answers = ({ caption, first, answers, locale }: { caption: string; first: string; answers: readonly Answer[]; locale: Locale }) => (
  <Table
    caption={caption}
    dense
    locale={locale}
    rows={answers}
    columns={[
      { key: 'name', label: first, header: true, cell: (answer) => answer.name },
      {
        key: 'state',
        label: t(locale, texts.state),
        cell: (answer) => <Tag tone={answer.ok ? 'good' : 'bad'}>{t(locale, answer.ok ? texts.well : texts.unwell)}</Tag>,
      },
      { key: 'detail', label: t(locale, texts.answer), cell: (answer) => answer.detail || '–' },
    ]}
  />
)

function logCheckText(system: SystemView, locale: Locale): string {
  if (!system.logCheck) return t(locale, texts.notYet)
  return t(locale, system.logCheck.ok ? texts.whole : texts.notWhole, { at: formatInstant(system.logCheck.at) })
}

function sealText({ lastSeal }: SystemView, locale: Locale): string {
  if (!lastSeal) return t(locale, texts.notYet)
  return t(locale, texts.sealOf, { batch: lastSeal.batch, n: formatNumber(lastSeal.events, locale), at: formatInstant(lastSeal.at) })
}

function recountText({ recount }: SystemView, locale: Locale): string {
  if (!recount) return t(locale, texts.notYet)
  return t(locale, texts.recountOf, {
    n: formatNumber(recount.difference, locale),
    events: formatNumber(recount.events, locale),
    at: formatInstant(Temporal.Instant.from(recount.at.replace(' ', 'T'))),
  })
}

/** `/quan-tri/he-thong`: what `cuaso doctor` asks, the workers, and the figures that show whether anything is left behind. */
export async function systemPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const system = await readSystem(c.get('app'))
  const rows = [
    { key: t(locale, texts.databaseVersion), value: system.database },
    { key: t(locale, texts.pendingDeltas), value: formatNumber(system.pendingDeltas, locale) },
    { key: t(locale, texts.relayLag), value: formatNumber(system.lag.events, locale) },
    { key: t(locale, texts.unsealed), value: formatNumber(system.unsealed, locale) },
    { key: t(locale, texts.lastSeal), value: sealText(system, locale) },
    { key: t(locale, texts.lastLogCheck), value: logCheckText(system, locale) },
    { key: t(locale, texts.lastRecount), value: recountText(system, locale) },
    { key: t(locale, texts.streams), value: formatNumber(system.streams, locale) },
    { key: t(locale, texts.memory), value: formatBytes(system.memory, locale) },
  ]
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.system },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.system)}</h1>
      <p class="govuk-body">{t(locale, texts.systemLead)}</p>
      <Answers caption={t(locale, texts.checks)} first={t(locale, texts.check)} answers={system.checks} locale={locale} />
      <Answers caption={t(locale, texts.workers)} first={t(locale, texts.worker)} answers={system.workers} locale={locale} />
      <h2 class="govuk-heading-m">{t(locale, texts.figures)}</h2>
      <SummaryList rows={rows} locale={locale} />
    </>,
  )
}
