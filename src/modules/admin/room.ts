import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { purgeSessions } from '../identity/index.ts'
import { MOVE_DUES, moveDuesOf } from './calendar-change.ts'
import { calendarTexts } from './calendar-texts.ts'
import { calendarChangePage, postApply, postDrop } from './pages/calendar-change-page.tsx'
import { feedbackSettingsPage, saveLimit } from './pages/feedback-page.tsx'
import { homePage } from './pages/home-page.tsx'
import { jobPage, postRetry, postSettle } from './pages/job-page.tsx'
import { jobsPage } from './pages/jobs-page.tsx'
import { postScheme, schemeEditPage } from './pages/scheme-edit-page.tsx'
import { postSchemeJson, schemeJson, schemePage, schemesPage } from './pages/scheme-page.tsx'
import { postReported, postReportedCsv, reportedPage } from './pages/scheme-reported-page.tsx'
import { styleGuidePage } from './pages/style-guide-page.tsx'
import { systemPage } from './pages/system-page.tsx'
import { permissions } from './permissions.ts'
import { reportedTexts, schemeTexts } from './scheme-texts.ts'
import { texts } from './texts.ts'

const enter = { action: 'admin.enter' } as const
const jobs = { action: 'ops.jobs', at: 'root' } as const
const feedback = { action: 'feedback.settings' } as const
const health = { action: 'ops.health', at: 'root' } as const

const index = { action: 'index.manage', at: 'root' } as const
const calendar = { action: 'calendar.edit' } as const

const routes = (): Routes =>
  new Routes()
    .get('/quan-tri', enter, homePage)
    .get('/quan-tri/cong-viec', jobs, jobsPage)
    .get('/quan-tri/cong-viec/:id', jobs, jobPage)
    .post('/quan-tri/cong-viec/:id/thu-lai', jobs, postRetry)
    .post('/quan-tri/cong-viec/:id/xu-ly-tay', jobs, postSettle)
    .get('/quan-tri/he-thong', health, systemPage)
    .get('/quan-tri/phan-anh', feedback, feedbackSettingsPage)
    .post('/quan-tri/phan-anh', feedback, saveLimit)
    .get('/quan-tri/bo-chi-so', index, schemesPage)
    .get('/quan-tri/bo-chi-so/soan', index, schemeEditPage)
    .post('/quan-tri/bo-chi-so/soan', index, postScheme, { confirm: (_c, values) => !values.has('lam') })
    .post('/quan-tri/bo-chi-so/nap', index, postSchemeJson, { confirm: true })
    .get('/quan-tri/bo-chi-so/:code', index, schemePage)
    .get('/quan-tri/bo-chi-so/:code/json', index, schemeJson)
    .get('/quan-tri/so-lieu-bao-cao', index, reportedPage)
    .post('/quan-tri/so-lieu-bao-cao', index, postReported)
    .post('/quan-tri/so-lieu-bao-cao/csv', index, postReportedCsv)
    .get('/quan-tri/giao-dien', enter, styleGuidePage)
    .get('/quan-tri/lich/thay-doi/:id', calendar, calendarChangePage)
    .post('/quan-tri/lich/thay-doi/:id/ap-dung', calendar, postApply)
    .post('/quan-tri/lich/thay-doi/:id/bo', calendar, postDrop)

/** What the administration door brings to the house, beside the pages that the modules bring themselves. */
export const adminRoom: Room = {
  name: 'admin',
  permissions,
  navigation: [
    { door: 'admin', href: '/quan-tri/cong-viec', text: texts.jobs, entry: jobs },
    { door: 'admin', href: '/quan-tri/he-thong', text: texts.system, entry: health },
    { door: 'admin', href: '/quan-tri/phan-anh', text: { vi: 'Phản ánh', en: 'Petitions' }, entry: feedback },
    { door: 'admin', href: '/quan-tri/bo-chi-so', text: schemeTexts.title, entry: index },
    { door: 'admin', href: '/quan-tri/so-lieu-bao-cao', text: reportedTexts.title, entry: index },
    { door: 'admin', href: '/quan-tri/giao-dien', text: texts.styleGuide, entry: enter },
  ],
  pages: () => [routes()],
  jobs: (app) => [
    {
      queue: 'identity.purge-sessions',
      owner: 'identity',
      label: { vi: 'Xóa phiên đăng nhập đã hết hạn', en: 'Remove expired sessions' },
      schedule: '7 * * * *',
      retryLimit: 2,
      handler: (_payload, { province }) => purgeSessions(app.db, province, app.clock()),
    },
    {
      queue: MOVE_DUES,
      owner: 'calendar',
      label: calendarTexts.job,
      retryLimit: 5,
      timeout: 1800,
      concurrency: 1,
      handler: (payload, job) => moveDuesOf(app, { id: String(payload.id) }, job),
    },
  ],
}
