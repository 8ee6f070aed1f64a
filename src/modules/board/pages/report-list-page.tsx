import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  EmptyState,
  FilterChips,
  formatDay,
  formatInstant,
  LinkButton,
  NotificationBanner,
  page,
  SubNavigation,
  Table,
  Tag,
} from '../../../ui/index.ts'
import {
  nextSlot,
  openWeekly,
  type Provenance,
  type WeeklyReport,
  type WeeklyWatch,
  watchWeekly,
  weeklyHistory,
  weeklyWords,
} from '../../reporting/index.ts'
import { reportTexts as texts } from '../report-texts.ts'

export const REPORTS = '/dieu-hanh/bao-cao'

const hows: Readonly<Record<Provenance, string>> = { on_time: 'dung-gio', late: 'muon', later: 'lap-sau' }
const tones = { on_time: 'good', late: 'waiting', later: 'neutral' } as const

export const ProvenanceTag = ({ provenance, locale }: { provenance: Provenance; locale: Locale }) => (
  <Tag tone={tones[provenance]}>{t(locale, texts[provenance])}</Tag>
)

const weekdays = {
  vi: ['thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy', 'chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const

/** 1 Monday … 7 Sunday, by name. */
export const weekdayName = (weekday: number, locale: Locale): string => weekdays[locale][weekday - 1] ?? ''

/** The pages of reports, beside each other. */
export const ReportTabs = ({ c, current }: { c: Web; current: 'weekly' | 'builder' | 'saved' | 'settings' }) => {
  const locale = c.get('locale')
  const mayChange = c.get('app').access(c.get('province')).canAtRoot(c.get('actor'), 'report.settings')
  const tabs = [
    { id: 'weekly', text: t(locale, texts.weekly), href: REPORTS },
    { id: 'builder', text: t(locale, texts.builder), href: `${REPORTS}/tu-tao` },
    { id: 'saved', text: t(locale, texts.saved), href: `${REPORTS}/da-luu` },
    ...(mayChange ? [{ id: 'settings', text: t(locale, texts.settings), href: `${REPORTS}/cau-hinh` }] : []),
  ]
  return <SubNavigation label={t(locale, texts.title)} tabs={tabs.map(({ id, ...tab }) => ({ ...tab, current: id === current }))} />
}

/** A banner while the report whose hour came last is not there. */
export const MissingReport = ({ watch, locale }: { watch: WeeklyWatch; locale: Locale }) =>
  watch.state === 'missing' ? (
    <NotificationBanner kind="warning" title={t(locale, texts.alarm)}>
      <p class="govuk-body">{t(locale, texts.missing, { day: formatDay(watch.slot.day), time: watch.slot.settings.time })}</p>
    </NotificationBanner>
  ) : null

/** Whether the banner is needed: asked by the board itself too. */
export const weeklyWatch = (c: Web): Promise<WeeklyWatch> => watchWeekly(c.get('app').db, c.get('province'), c.get('app').clock())

/** GET /dieu-hanh/bao-cao: the history of weekly reports. */
export async function reportListPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const year = /^\d{4}$/.test(c.req.query('nam') ?? '') ? Number(c.req.query('nam')) : undefined
  const provenance = (Object.keys(hows) as Provenance[]).find((one) => hows[one] === c.req.query('lap'))
  const watch = await weeklyWatch(c)
  const { rows, years } = await weeklyHistory(app.db, c.get('province'), { year, provenance })
  const plain = year === undefined && provenance === undefined
  const latest = plain && rows[0] ? (await openWeekly(app.db, c.get('province'), rows[0].id))?.report : undefined
  const next = await nextSlot(app.db, c.get('province'), app.clock())
  const href = (change: { nam?: string | undefined; lap?: string | undefined }): string => {
    const asked = { nam: year === undefined ? undefined : String(year), lap: provenance && hows[provenance], ...change }
    const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])))
    return query.size > 0 ? `${REPORTS}?${query}` : REPORTS
  }
  const weekday = weekdayName(watch.slot.settings.weekday, locale)
  const rhythm = { weekday, time: watch.slot.settings.time }
  return page(
    c,
    { ...frame(c, 'board'), title: texts.weekly, wide: true },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <ReportTabs c={c} current="weekly" />
      <MissingReport watch={watch} locale={locale} />
      {latest && rows[0] && <Latest report={latest} id={rows[0].id} locale={locale} />}
      <h2 class="govuk-heading-m">{t(locale, texts.weekly)}</h2>
      <p class="govuk-body">
        {t(locale, texts.rhythm, rhythm)} {t(locale, texts.nextAt, { time: formatInstant(next.at) })} {t(locale, texts.lead)}
      </p>
      <div class="cs-filters">
        <FilterChips
          label={t(locale, texts.year)}
          locale={locale}
          chips={[
            { text: t(locale, texts.allYears), href: href({ nam: undefined }), on: year === undefined },
            ...years.map((one) => ({ text: String(one), href: href({ nam: String(one) }), on: one === year })),
          ]}
        />
        <FilterChips
          label={t(locale, texts.how)}
          locale={locale}
          chips={[
            { text: t(locale, texts.anyHow), href: href({ lap: undefined }), on: provenance === undefined },
            ...(Object.keys(hows) as Provenance[]).map((one) => ({
              text: t(locale, texts[one]),
              href: href({ lap: hows[one] }),
              on: one === provenance,
            })),
          ]}
        />
      </div>
      <Table
        caption={t(locale, texts.weekly)}
        captionHidden
        locale={locale}
        rows={rows}
        empty={<EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneNext, rhythm)}</EmptyState>}
        columns={[
          {
            key: 'report',
            label: t(locale, texts.report),
            header: true,
            cell: (row) => (
              <a class="govuk-link govuk-link--no-visited-state" href={`${REPORTS}/${row.id}`}>
                {t(locale, { vi: 'Tuần đến', en: 'Week to' })} {formatDay(row.day)}
              </a>
            ),
          },
          { key: 'period', label: t(locale, texts.period), nowrap: true, cell: (row) => `${formatDay(row.first)} – ${formatDay(row.day)}` },
          { key: 'produced', label: t(locale, texts.producedAt), nowrap: true, cell: (row) => formatInstant(row.producedAt) },
          { key: 'how', label: t(locale, texts.how), cell: (row) => <ProvenanceTag provenance={row.provenance} locale={locale} /> },
          { key: 'files', label: t(locale, texts.files), nowrap: true, cell: (row) => <Files id={row.id} day={row.day} /> },
        ]}
      />
    </>,
  )
}

/** The newest report in a few lines, with the way to it: what the chairman waits for. */
const Latest = ({ report, id, locale }: { report: WeeklyReport; id: string; locale: Locale }) => (
  <section class="cs-notice" aria-labelledby="latest">
    <h2 class="govuk-heading-m" id="latest">
      {t(locale, texts.latest, { day: formatDay(report.day) })}
    </h2>
    {weeklyWords
      .noticeOf(report)
      .body.split('\n')
      .map((line) => (
        <p class="govuk-body">{line}</p>
      ))}
    <div class="govuk-button-group">
      <LinkButton href={`${REPORTS}/${id}`}>{t(locale, texts.read)}</LinkButton>
      <LinkButton href={`${REPORTS}/${id}/pdf`} look="secondary">
        {t(locale, texts.pdf)}
      </LinkButton>
    </div>
  </section>
)

const Files = ({ id, day }: { id: string; day: string }) => (
  <>
    {(['pdf', 'xlsx'] as const).map((kind, at) => (
      <>
        {at > 0 && ' · '}
        <a class="govuk-link govuk-link--no-visited-state" href={`${REPORTS}/${id}/${kind}`}>
          {kind.toUpperCase()}
          <span class="govuk-visually-hidden"> {formatDay(day)}</span>
        </a>
      </>
    ))}
  </>
)
