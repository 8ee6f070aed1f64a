import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { anomalyTexts } from './anomaly-texts.ts'
import { assistedPage } from './pages/anomaly-assisted-page.tsx'
import { anomalyCasePage, postReview } from './pages/anomaly-case-page.tsx'
import { exportEvidence } from './pages/anomaly-export.ts'
import { anomalyPage, computeAgain } from './pages/anomaly-page.tsx'

// Whoever may see their own unit's comes in; the pages show no more than that. Notes and scores are the whole province's.
const see = { action: 'anomaly.see' } as const
const seeAll = { action: 'anomaly.see', at: 'root' } as const
const review = { action: 'anomaly.review', at: 'root' } as const
const PATH = '/dieu-hanh/bat-thuong'

export const anomalyNavigation: readonly NavLink[] = [{ door: 'board', href: PATH, text: anomalyTexts.nav, entry: see }]

export const anomalyRoutes = (): Routes =>
  new Routes()
    .get(PATH, see, anomalyPage)
    .post(`${PATH}/tinh-lai`, see, computeAgain)
    .get(`${PATH}/tinh-lai`, see, (c) => c.redirect(PATH, 303))
    .get(`${PATH}/nop-ho`, seeAll, assistedPage)
    .get(`${PATH}/muc`, see, anomalyCasePage)
    .post(`${PATH}/muc`, review, postReview)
    .get(`${PATH}/muc.csv`, see, exportEvidence)
