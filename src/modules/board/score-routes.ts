import type { App, NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { closedListPage, closedPage, postClosePeriod } from './pages/score-closed-page.tsx'
import { scoreComparePage } from './pages/score-compare-page.tsx'
import { scoreIndicatorPage } from './pages/score-indicator-page.tsx'
import { nationalFile } from './pages/score-national-file.ts'
import { nationalStream, provinceStream } from './pages/score-national-live.tsx'
import { nationalPage } from './pages/score-national-page.tsx'
import { nationalProvincePage } from './pages/score-national-province-page.tsx'
import { scorePage } from './pages/score-page.tsx'
import { scoreRankingPage } from './pages/score-ranking-page.tsx'
import { scoreTwoSchemesPage } from './pages/score-two-schemes-page.tsx'
import { nationalOf } from './queries/national.ts'
import { nationalTexts } from './score-national-texts.ts'
import { scoreTexts } from './score-texts.ts'

const entry = { action: 'board.see' }
const national = { action: 'board.national' }
const manage = { action: 'index.manage', at: 'root' } as const

export const scoreNavigation: readonly NavLink[] = [
  { door: 'board', href: '/dieu-hanh/chi-so', text: scoreTexts.nav, entry },
  { door: 'board', href: '/dieu-hanh/toan-quoc', text: nationalTexts.nav, entry: national },
]

export function scoreRoutes(app: App): Routes {
  const { scores: provinces, watch } = nationalOf(app)
  return new Routes()
    .get('/dieu-hanh/chi-so', entry, scorePage)
    .get('/dieu-hanh/chi-so/xep-hang', entry, scoreRankingPage)
    .get('/dieu-hanh/chi-so/so-sanh', entry, scoreComparePage)
    .get('/dieu-hanh/chi-so/chi-tieu', entry, scoreIndicatorPage)
    .get('/dieu-hanh/chi-so/hai-bo', entry, scoreTwoSchemesPage)
    .get('/dieu-hanh/toan-quoc', national, nationalPage(provinces))
    .get('/dieu-hanh/toan-quoc/luong', national, nationalStream(app, provinces, watch))
    .get('/dieu-hanh/toan-quoc/bang.csv', national, nationalFile(provinces))
    .get('/dieu-hanh/toan-quoc/:province', national, nationalProvincePage(provinces))
    .get('/dieu-hanh/toan-quoc/:province/luong', national, provinceStream(app, provinces, watch))
    .get('/dieu-hanh/chi-so/chot', entry, closedListPage)
    .post('/dieu-hanh/chi-so/chot', manage, postClosePeriod, { confirm: true })
    .get('/dieu-hanh/chi-so/chot/:scheme/:period', entry, closedPage)
}
