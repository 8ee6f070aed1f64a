import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { scoreComparePage } from './pages/score-compare-page.tsx'
import { scoreIndicatorPage } from './pages/score-indicator-page.tsx'
import { scorePage } from './pages/score-page.tsx'
import { scoreRankingPage } from './pages/score-ranking-page.tsx'
import { scoreTexts } from './score-texts.ts'

const entry = { action: 'board.see' }

export const scoreNavigation: readonly NavLink[] = [{ door: 'board', href: '/dieu-hanh/chi-so', text: scoreTexts.nav, entry }]

export const scoreRoutes = (): Routes =>
  new Routes()
    .get('/dieu-hanh/chi-so', entry, scorePage)
    .get('/dieu-hanh/chi-so/xep-hang', entry, scoreRankingPage)
    .get('/dieu-hanh/chi-so/so-sanh', entry, scoreComparePage)
    .get('/dieu-hanh/chi-so/chi-tieu', entry, scoreIndicatorPage)
