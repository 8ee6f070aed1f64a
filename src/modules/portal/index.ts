import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { actualDurations, printDocument } from '../dossier/index.ts'
import { cataloguePages } from './catalogue-pages.tsx'
import { collectPage, saveCollection } from './dossiers/collect-page.tsx'
import { myDossiersPage } from './dossiers/list-page.tsx'
import { messageFile, messagesPage, writeMessage } from './dossiers/message-pages.tsx'
import { myDossierPage, myPaper, sentPage } from './dossiers/my-pages.tsx'
import { checkSupplement, saveSupplement, sendSupplement, supplementPage } from './dossiers/supplement-pages.tsx'
import { texts } from './dossiers/texts.ts'
import { track, trackPage } from './dossiers/track-page.tsx'
import { takeBack, withdraw, withdrawPage } from './dossiers/withdraw-page.tsx'
import { feedbackRoutes } from './feedback-routes.ts'
import { texts as feedbackTexts } from './feedback-texts.ts'
import { checkPage, send } from './filing/check-page.tsx'
import { forPage, saveFor } from './filing/for-page.tsx'
import { saveStep, stepPage } from './filing/step-page.tsx'
import { beginFiling, discard, discardPage, stepsPage } from './filing/steps-page.tsx'
import { sendTrial } from './filing/trial.tsx'
import { privacyPage } from './privacy-page.tsx'

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
    // The address of a form that was refused opens again as a page.
    .get('/nop/:code/gui', 'citizen', (c) => c.redirect(`/nop/${c.req.param('code')}/kiem-tra`, 303))
    .get('/nop/:code/cho-ai', 'citizen', forPage)
    .post('/nop/:code/cho-ai', 'citizen', saveFor)
    .post('/nop/:code/xem-truoc', 'citizen', sendTrial)
    .get('/nop/:code/xem-truoc', 'citizen', (c) => c.redirect(`/nop/${c.req.param('code')}`, 303))
    .get('/nop/:code/xoa', 'citizen', discardPage)
    .post('/nop/:code/xoa', 'citizen', discard)

const dossierRoutes = (): Routes =>
  new Routes()
    .get('/ho-so', 'citizen', myDossiersPage)
    .get('/ho-so/:id', 'citizen', myDossierPage)
    .get('/ho-so/:id/da-nop', 'citizen', sentPage)
    .get('/ho-so/:id/giay-to/:number', 'citizen', myPaper)
    .get('/ho-so/:id/in/:file', 'citizen', printDocument)
    .get('/ho-so/:id/bo-sung', 'citizen', supplementPage)
    .post('/ho-so/:id/bo-sung', 'citizen', sendSupplement)
    .post('/ho-so/:id/bo-sung/luu', 'citizen', saveSupplement)
    .get('/ho-so/:id/bo-sung/luu', 'citizen', supplementPage)
    .get('/ho-so/:id/bo-sung/kiem-tra', 'citizen', checkSupplement)
    .get('/ho-so/:id/rut', 'citizen', withdrawPage)
    .post('/ho-so/:id/rut', 'citizen', withdraw)
    .get('/ho-so/:id/rut/lay-lai', 'citizen', (c) => c.redirect(`/ho-so/${c.req.param('id')}`, 303))
    .post('/ho-so/:id/rut/lay-lai', 'citizen', takeBack)
    .get('/ho-so/:id/tin-nhan', 'citizen', messagesPage)
    .post('/ho-so/:id/tin-nhan', 'citizen', writeMessage)
    .get('/ho-so/:id/tin-nhan/:message/:n', 'citizen', messageFile)
    .get('/ho-so/:id/nhan-ket-qua', 'citizen', collectPage)
    .post('/ho-so/:id/nhan-ket-qua', 'citizen', saveCollection)
    .get('/tra-cuu', 'public', trackPage)
    .post('/tra-cuu', 'public', track)
    .get('/du-lieu-ca-nhan', 'public', privacyPage)

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
