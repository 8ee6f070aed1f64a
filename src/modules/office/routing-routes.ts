import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import {
  answerFile,
  askPage,
  inboxPage,
  questionPage,
  questionPaper,
  sendAnswer,
  sendCancel,
  sendQuestion,
  sendReminder,
} from './pages/consultation-pages.tsx'
import { linkPage, sendLink, sendStep, slipPage, stepPage } from './pages/routing-pages.tsx'
import { reassignPage, sendReassign } from './pages/routing-reassign-page.tsx'
import { routingWords } from './pages/routing-texts.ts'
import { sendTransfer, sendTransferNow, transferPage } from './pages/routing-transfer-page.tsx'

const may = (action: string) => ({ action: `dossier.${action}` })
const transfer = { action: 'dossier.transfer', at: 'root' } as const

export const routingNavigation: readonly NavLink[] = [
  { door: 'office', href: '/mot-cua/xin-y-kien', text: routingWords.inbox, entry: may('answer-opinion') },
  { door: 'office', href: '/mot-cua/phan-cong-lai', text: routingWords.reassign, entry: may('reassign') },
  { door: 'admin', href: '/quan-tri/chuyen-ho-so', text: routingWords.transferNav, entry: transfer },
]

/** A dossier's way through the offices: opinions, steps at other agencies, linked dossiers, handing work on, units that are gone. */
export const routingRoutes = (): Routes =>
  new Routes()
    .get('/mot-cua/ho-so/:id/qua-trinh', may('read'), slipPage)
    .get('/mot-cua/ho-so/:id/xin-y-kien', may('ask-opinion'), askPage)
    .post('/mot-cua/ho-so/:id/xin-y-kien', may('ask-opinion'), sendQuestion)
    .get('/mot-cua/ho-so/:id/buoc/:number', may('finish-step'), stepPage)
    .post('/mot-cua/ho-so/:id/buoc/:number', may('finish-step'), sendStep)
    .get('/mot-cua/ho-so/:id/lien-thong/:number', may('link'), linkPage)
    .post('/mot-cua/ho-so/:id/lien-thong/:number', may('link'), sendLink)
    .get('/mot-cua/xin-y-kien', may('answer-opinion'), inboxPage)
    .get('/mot-cua/xin-y-kien/:id', may('answer-opinion'), questionPage)
    .post('/mot-cua/xin-y-kien/:id', may('answer-opinion'), sendAnswer)
    .get('/mot-cua/xin-y-kien/:id/giay-to/:number', may('answer-opinion'), questionPaper)
    .get('/mot-cua/xin-y-kien/:id/van-ban/:agency/:at', may('list'), answerFile)
    .post('/mot-cua/xin-y-kien/:id/nhac', may('remind-opinion'), sendReminder)
    .post('/mot-cua/xin-y-kien/:id/rut', may('cancel-opinion'), sendCancel)
    .get('/mot-cua/phan-cong-lai', may('reassign'), reassignPage)
    .post('/mot-cua/phan-cong-lai', may('reassign'), sendReassign)
    .get('/quan-tri/chuyen-ho-so', transfer, transferPage)
    .post('/quan-tri/chuyen-ho-so', transfer, sendTransfer)
    .post('/quan-tri/chuyen-ho-so/ngay', transfer, sendTransferNow)
