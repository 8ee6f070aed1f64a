import type { Web } from '../../kernel/http/context.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { answerApplicant, messageFile } from './pages/messages-panel.tsx'
import { answerTrialPage, trialFile, trialPage, trialsPage } from './pages/trial-pages.tsx'

const trials = { action: 'dossier.answer-trial' }
const read = { action: 'dossier.read' }

/** The office's side of what citizens do: words about a dossier, drafts to look at. */
export const citizenRoutes = (): Routes =>
  new Routes()
    .get('/mot-cua/xem-truoc', trials, trialsPage)
    .get('/mot-cua/xem-truoc/:id', trials, trialPage)
    .post('/mot-cua/xem-truoc/:id', trials, answerTrialPage)
    .get('/mot-cua/xem-truoc/:id/tep/:sha256', trials, trialFile)
    .get('/mot-cua/ho-so/:id/tin-nhan', read, (c: Web) => c.redirect(`/mot-cua/ho-so/${c.req.param('id')}#tin-nhan`, 303))
    .post('/mot-cua/ho-so/:id/tin-nhan', { action: 'dossier.message' }, answerApplicant)
    .get('/mot-cua/ho-so/:id/tin-nhan/:message/:n', read, messageFile)
