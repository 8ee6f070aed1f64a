import { randomUUID } from 'node:crypto'
import type { App, Room } from '../kernel/app.ts'
import { run } from '../kernel/command.ts'
import { record } from '../kernel/events.ts'
import type { Web } from '../kernel/http/context.ts'
import { readForm, requestIdOf } from '../kernel/http/form.ts'
import { Routes } from '../kernel/http/routes.ts'
import { t } from '../kernel/i18n/index.ts'
import { countJobs } from '../kernel/jobs/index.ts'
import { ok } from '../kernel/result.ts'
import { foldAll } from '../modules/indicator/index.ts'
import { frame } from '../ui/frame.ts'
import { Button, Form, formatNumber, InsetText, NotificationBanner, Progress, page } from '../ui/index.ts'
import { TOTAL_2023 } from './ca-mau-2023.ts'
import { is2023Loaded, load2023, progressOf2023 } from './load-year.ts'

const PATH = '/quan-tri/nam-2023'
const QUEUE = 'demo.load-2023'
const entry = { action: 'ops.jobs', at: 'root' } as const

const texts = {
  title: { vi: 'Năm 2023 (mô phỏng)', en: 'The year 2023 (simulated)' },
  lead: {
    vi: 'Nạp {n} hồ sơ mô phỏng của Cà Mau năm 2023 và số báo cáo kèm theo, qua cùng cách nạp với dữ liệu thật. Mọi hồ sơ đều do chương trình đặt ra; đợt cao điểm 01/03–09/05/2023 và cả năm ra đúng các số đã công bố, điểm bộ chỉ số là 89,06.',
    en: 'Loads {n} simulated dossiers of Cà Mau in 2023 and the figures reported with them, the same way as real data. Every dossier was made up by a program; the campaign of 1 March – 9 May 2023 and the year end with the published figures, the index with 89.06.',
  },
  load: { vi: 'Nạp năm 2023 (mô phỏng)', en: 'Load 2023 (simulated)' },
  running: { vi: 'Đang nạp: {done} trong {total} hồ sơ', en: 'Loading: {done} of {total} dossiers' },
  leave: { vi: 'Có thể rời trang này; việc nạp vẫn tiếp tục.', en: 'You may leave this page; loading goes on.' },
  stuck: { vi: 'Lần nạp trước đã hỏng. Xem ở mục Công việc, hoặc nạp tiếp tại đây.', en: 'The last load failed. See Jobs, or go on here.' },
  done: { vi: 'Năm 2023 đã nạp xong.', en: 'The year 2023 is loaded.' },
  look: { vi: 'Xem bảng điều hành năm 2023', en: 'See the board of 2023' },
}

/** Whether a load is on its way, or the last one failed for good. */
async function standing(app: App): Promise<{ running: boolean; stuck: boolean }> {
  const jobs = (await app.db.read(app.province, (tx) => countJobs(tx, app.province.slug))).filter(({ queue }) => queue === QUEUE)
  return {
    running: jobs.some(({ view }) => view === 'waiting' || view === 'running' || view === 'retry'),
    stuck: jobs.some(({ view }) => view === 'stuck'),
  }
}

/** GET /quan-tri/nam-2023: loads the simulated year on demand and says how far it is. */
async function show(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const loaded = await is2023Loaded(app.db, app.province)
  const { running, stuck } = await standing(app)
  const { done, total } = await progressOf2023(app.db, app.province)
  const numbers = { done: formatNumber(done, locale), total: formatNumber(total, locale) }
  const waiting = running && !loaded
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, ...(waiting ? { head: <meta http-equiv="refresh" content="3" /> } : {}) },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <p class="govuk-body">{t(locale, texts.lead, { n: formatNumber(TOTAL_2023, locale) })}</p>
      {loaded && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.done)}{' '}
          <a class="govuk-notification-banner__link" href="/dieu-hanh?tu=2023-01-01&den=2023-12-31">
            {t(locale, texts.look)}
          </a>
        </NotificationBanner>
      )}
      {waiting && (
        <>
          <Progress done={done} total={total} label={t(locale, texts.running, numbers)} />
          <p class="govuk-body">{t(locale, texts.leave)}</p>
        </>
      )}
      {!loaded && !running && (
        <>
          {stuck && <InsetText>{t(locale, texts.stuck)}</InsetText>}
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={PATH}>
            <Button>{t(locale, texts.load)}</Button>
          </Form>
        </>
      )}
    </>,
  )
}

/** POST /quan-tri/nam-2023: one load at a time. */
async function start(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const app = c.get('app')
  const { running } = await standing(app)
  if (!running && !(await is2023Loaded(app.db, app.province))) {
    const call = { province: app.province, actor: c.get('actor'), requestId: requestIdOf(values), locale: c.get('locale'), name: QUEUE }
    const sent = await run(app, call, async (cx) => {
      const job = await app.jobs.send(cx.tx, app.province, QUEUE, {})
      await record(cx, { events: [{ type: 'demo.year-asked', subject: job, data: { year: 2023 } }], result: job })
      return ok(job)
    })
    if (sent.ok) app.jobs.wake()
  }
  return c.redirect(PATH, 303)
}

/** What the demo brings to administration: the year 2023, which the first start leaves out. */
export const demoRoom: Room = {
  name: 'demo',
  navigation: [{ door: 'admin', href: PATH, text: texts.title, entry }],
  pages: () => [new Routes().get(PATH, entry, show).post(PATH, entry, start)],
  jobs: (app) => [
    {
      queue: QUEUE,
      owner: 'demo',
      label: texts.load,
      retryLimit: 2,
      timeout: 1800,
      concurrency: 1,
      handler: async (_payload, { province, signal }) => {
        await load2023(app, province, () => undefined, signal)
        await foldAll(app.db, province)
        return progressOf2023(app.db, province)
      },
    },
  ],
}
