import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { anomalyTexts } from './anomaly-texts.ts'
import { anomalyCasePage, anomalyPage, postReview } from './pages/anomaly-page.tsx'

const entry = { action: 'anomaly.review', at: 'root' } as const

export const anomalyNavigation: readonly NavLink[] = [{ door: 'board', href: '/dieu-hanh/bat-thuong', text: anomalyTexts.nav, entry }]

export const anomalyRoutes = (): Routes =>
  new Routes()
    .get('/dieu-hanh/bat-thuong', entry, anomalyPage)
    .get('/dieu-hanh/bat-thuong/muc', entry, anomalyCasePage)
    .post('/dieu-hanh/bat-thuong/muc', entry, postReview)
