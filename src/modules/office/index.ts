import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { printDocument } from '../dossier/index.ts'
import { citizenRoutes } from './citizen-routes.ts'
import { citizenTexts } from './citizen-texts.ts'
import { actOnDossier, dossierPage, paperFile, reopenStep } from './pages/dossier-page.tsx'
import { feedbackRoutes } from './pages/feedback-routes.ts'
import { texts as feedbackTexts } from './pages/feedback-texts.ts'
import { handOverLink, intakeRoutes } from './pages/intake-routes.ts'
import { registerPage, registerPdf, registerSheet } from './pages/print-register.tsx'
import { queueNavigation, queueRoutes } from './pages/queue-routes.ts'
import { receiptPage } from './pages/receipt-page.tsx'
import { printTexts } from './print-texts.ts'
import { routingNavigation, routingRoutes } from './routing-routes.ts'
import { texts } from './texts.ts'
import { workListRoutes } from './work-list-routes.ts'

const list = { action: 'dossier.list' }
const read = { action: 'dossier.read' }
const assist = { action: 'dossier.assist' }
const register = { action: 'printing.register' }

export const room: Room = {
  name: 'office',
  navigation: [
    { door: 'office', href: '/mot-cua', text: texts.workList, entry: list },
    { door: 'office', href: '/mot-cua/tiep-nhan', text: texts.intake, entry: assist },
    { door: 'office', href: '/mot-cua/so-theo-doi', text: printTexts.register, entry: register },
    handOverLink,
    ...queueNavigation,
    { door: 'office', href: '/mot-cua/xem-truoc', text: citizenTexts.trials, entry: { action: 'dossier.answer-trial' } },
    ...routingNavigation,
    { door: 'office', href: '/mot-cua/phan-anh', text: feedbackTexts.petitions, entry: { action: 'feedback.list' } },
    { door: 'office', href: '/mot-cua/hai-long', text: feedbackTexts.satisfaction, entry: { action: 'feedback.figures' } },
  ],
  pages: (app) => [
    queueRoutes(app),
    intakeRoutes(),
    citizenRoutes(),
    feedbackRoutes(),
    routingRoutes(),
    workListRoutes(),
    new Routes()
      .get('/mot-cua/ho-so/:id', read, dossierPage)
      .get('/mot-cua/ho-so/:id/giay-tiep-nhan', read, receiptPage)
      .get('/mot-cua/ho-so/:id/giay-to/:number', read, paperFile)
      .get('/mot-cua/ho-so/:id/in/:file', read, printDocument)
      .get('/mot-cua/so-theo-doi', register, registerPage)
      .get('/mot-cua/so-theo-doi/bang-tinh.xlsx', register, registerSheet)
      .get('/mot-cua/so-theo-doi/so.pdf', register, registerPdf)
      .get('/mot-cua/ho-so/:id/:action', 'officer', reopenStep)
      // Signing is what others rely on: the second factor is asked for again.
      .post('/mot-cua/ho-so/:id/:action', 'officer', actOnDossier, { confirm: (c) => c.req.param('action') === 'issue' }),
  ],
}
