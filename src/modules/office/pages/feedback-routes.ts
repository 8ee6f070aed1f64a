import { Routes } from '../../../kernel/http/routes.ts'
import { satisfactionPage } from './feedback-figures.tsx'
import { kioskPage, kioskRate } from './feedback-kiosk.tsx'
import { petitionListPage } from './feedback-list.tsx'
import { actOnPetitionPage, petitionFile, petitionPage } from './feedback-petition.tsx'

const list = { action: 'feedback.list' }
const read = { action: 'feedback.read' }
const figures = { action: 'feedback.figures' }
const kiosk = { action: 'feedback.kiosk' }

/** What officers see of feedback. */
export const feedbackRoutes = (): Routes =>
  new Routes()
    .get('/mot-cua/phan-anh', list, petitionListPage)
    .get('/mot-cua/phan-anh/:id', read, petitionPage)
    .get('/mot-cua/phan-anh/:id/tep/:number', read, petitionFile)
    .post('/mot-cua/phan-anh/:id/:action', 'officer', actOnPetitionPage, { confirm: (c) => c.req.param('action') === 'sign' })
    .get('/mot-cua/hai-long', figures, satisfactionPage)
    .get('/mot-cua/danh-gia/:id', kiosk, kioskPage)
    .post('/mot-cua/danh-gia/:id', kiosk, kioskRate)
