import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { actualDurations, printDocument } from '../dossier/index.ts'
import { cataloguePages } from './catalogue-pages.tsx'
import { myDossierPage, myDossiersPage, myPaper, sendSupplement, sentPage, withdraw } from './dossiers/my-pages.tsx'
import { texts } from './dossiers/texts.ts'
import { track, trackPage } from './dossiers/track-page.tsx'
import { feedbackRoutes } from './feedback-routes.ts'
import { texts as feedbackTexts } from './feedback-texts.ts'
import { checkPage, send } from './filing/check-page.tsx'
import { saveStep, stepPage } from './filing/step-page.tsx'
import { beginFiling, discard, discardPage, stepsPage } from './filing/steps-page.tsx'

export { procedureView } from './catalogue-procedure.tsx'

/** Fewer dossiers than this say nothing about how long it usually takes. */
const ENOUGH = 5

const filingRoutes = (): Routes =>
  new Routes()
    .get('/nop/:code', 'citizen', stepsPage)
    .post('/nop/:code', 'citizen', beginFiling)
    .get('/nop/:code/buoc/:page', 'citizen', stepPage)
    .post('/nop/:code/buoc/:page', 'citizen', saveStep)
    .get('/nop/:code/kiem-tra', 'citizen', checkPage)
    .post('/nop/:code/gui', 'citizen', send)
    .get('/nop/:code/xoa', 'citizen', discardPage)
    .post('/nop/:code/xoa', 'citizen', discard)

const dossierRoutes = (): Routes =>
  new Routes()
    .get('/ho-so', 'citizen', myDossiersPage)
    .get('/ho-so/:id', 'citizen', myDossierPage)
    .get('/ho-so/:id/da-nop', 'citizen', sentPage)
    .get('/ho-so/:id/giay-to/:number', 'citizen', myPaper)
    .get('/ho-so/:id/in/:file', 'citizen', printDocument)
    .post('/ho-so/:id/bo-sung', 'citizen', sendSupplement)
    .post('/ho-so/:id/rut', 'citizen', withdraw)
    .get('/tra-cuu', 'public', trackPage)
    .post('/tra-cuu', 'public', track)

/** The citizens' door. */
export const portalRoom: Room = {
  name: 'portal',
  navigation: [
    { door: 'portal', href: '/thu-tuc', text: { vi: 'Thủ tục', en: 'Procedures' }, entry: 'public' },
    { door: 'portal', href: '/tra-cuu', text: texts.track, entry: 'public' },
    { door: 'portal', href: '/phan-anh', text: feedbackTexts.petitions, entry: 'public' },
    { door: 'portal', href: '/ho-so', text: texts.mine, entry: 'citizen' },
  ],
  pages: (app) => [
    cataloguePages(app, {
      actualDurations: async (c, code) => {
        const [found] = await actualDurations(app, c.get('province'), [code])
        return found && found.dossiers >= ENOUGH ? { finished: found.dossiers, median: found.p50, mostWithin: found.p80 } : undefined
      },
    }),
    filingRoutes(),
    dossierRoutes(),
    feedbackRoutes(),
  ],
}
