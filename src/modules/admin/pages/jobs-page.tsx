import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import type { JobDefinition, JobRow } from '../../../kernel/jobs/index.ts'
import { countJobs, jobViews, listJobs } from '../../../kernel/jobs/index.ts'
import { frame } from '../../../ui/frame.ts'
import { DateText, EmptyState, FilterChips, formatNumber, Pagination, page, SubNavigation, Table, Tag } from '../../../ui/index.ts'
import { texts, viewNames } from '../texts.ts'
import { type JobFilter, jobsHref, viewTones } from './job-views.ts'

const PAGE_SIZE = 50

/** Reads the filters from the address; anything unknown is no filter. */
function readFilter(c: Web): JobFilter {
  const view = jobViews.find((one) => one === c.req.query('trang-thai'))
  const queue = [...c.get('app').jobs.definitions.keys()].find((one) => one === c.req.query('loai'))
  const number = Number(c.req.query('trang') ?? 1)
  return { view, queue, page: Number.isInteger(number) && number > 0 && number < 100_000 ? number : 1 }
}

const NextTry = ({ job, locale }: { job: JobRow; locale: Locale }) => {
  if (job.view === 'stuck') return <>{t(locale, texts.byHand)}</>
  if (job.view === 'retry' || job.view === 'waiting') return <DateText value={job.startAfter} time locale={locale} />
  return <span class="cs-muted">{t(locale, texts.never)}</span>
}

export const labelOf = (definitions: ReadonlyMap<string, JobDefinition>, queue: string, locale: Locale): string => {
  const definition = definitions.get(queue)
  return definition ? t(locale, definition.label) : queue
}

const Jobs = ({
  jobs,
  definitions,
  locale,
}: {
  jobs: readonly JobRow[]
  definitions: ReadonlyMap<string, JobDefinition>
  locale: Locale
}) => (
  <Table
    caption={t(locale, texts.jobs)}
    captionHidden
    dense
    keys
    locale={locale}
    rows={jobs}
    rowHref={(job) => `/quan-tri/cong-viec/${job.id}`}
    empty={<EmptyState title={t(locale, texts.nothing)}>{t(locale, texts.nothingHint)}</EmptyState>}
    columns={[
      {
        key: 'job',
        label: t(locale, texts.job),
        header: true,
        cell: (job) => (
          <a class="govuk-link" href={`/quan-tri/cong-viec/${job.id}`}>
            {labelOf(definitions, job.queue, locale)}
          </a>
        ),
      },
      {
        key: 'state',
        label: t(locale, texts.state),
        cell: (job) => <Tag tone={viewTones[job.view]}>{t(locale, viewNames[job.view])}</Tag>,
      },
      { key: 'owner', label: t(locale, texts.owner), cell: (job) => definitions.get(job.queue)?.owner ?? '' },
      { key: 'made', label: t(locale, texts.made), nowrap: true, cell: (job) => <DateText value={job.createdAt} time locale={locale} /> },
      {
        key: 'tries',
        label: t(locale, texts.tries),
        nowrap: true,
        cell: (job) => t(locale, texts.triesOf, { n: job.retryCount, limit: job.retryLimit }),
      },
      { key: 'next', label: t(locale, texts.nextTry), nowrap: true, cell: (job) => <NextTry job={job} locale={locale} /> },
    ]}
  />
)

/** `/quan-tri/cong-viec`: jobs by state and kind, both in the address. */
export async function jobsPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const province = c.get('province')
  const filter = readFilter(c)
  const { definitions } = app.jobs
  const counts = await app.db.read(province, (tx) => countJobs(tx, province.slug))
  const jobs = await app.db.read(province, (tx) =>
    listJobs(tx, {
      province: province.slug,
      view: filter.view,
      queues: filter.queue ? [filter.queue] : undefined,
      limit: PAGE_SIZE,
      offset: (filter.page - 1) * PAGE_SIZE,
    }),
  )
  const counted = (wanted: Partial<JobFilter>): number =>
    counts
      .filter(({ view, queue }) => (!wanted.view || view === wanted.view) && (!wanted.queue || queue === wanted.queue))
      .reduce((sum, { count }) => sum + count, 0)
  const tabs = jobViews.map((view) => ({
    text: t(locale, viewNames[view]),
    href: jobsHref({ view, queue: filter.queue }),
    current: view === filter.view,
    count: counted({ view, queue: filter.queue }),
  }))
  const chips = [...definitions.keys()].map((queue) => ({
    text: labelOf(definitions, queue, locale),
    href: jobsHref({ view: filter.view, queue: queue === filter.queue ? undefined : queue }),
    on: queue === filter.queue,
    count: counted({ view: filter.view, queue }),
  }))
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.jobs, wide: true },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.jobs)}</h1>
      <p class="govuk-body">{t(locale, texts.jobsLead)}</p>
      <SubNavigation label={t(locale, texts.state)} tabs={tabs} />
      <FilterChips label={t(locale, texts.kind)} chips={chips} clearHref={jobsHref({ view: filter.view })} locale={locale} />
      <Jobs jobs={jobs} definitions={definitions} locale={locale} />
      <Pagination
        page={filter.page}
        pageSize={PAGE_SIZE}
        total={counted(filter)}
        href={(number) => jobsHref({ ...filter, page: number })}
        locale={locale}
      />
      <p class="govuk-body-s cs-muted">{t(locale, texts.count, { n: formatNumber(counted(filter), locale) })}</p>
    </>,
  )
}
