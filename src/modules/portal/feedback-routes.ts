import { Routes } from '../../kernel/http/routes.ts'
import { filePage, sendPetition, sentPage } from './feedback-file.tsx'
import { myPetitionPage, myPetitionsPage, ownStep, track, trackPage } from './feedback-own.tsx'
import { petitionsPage, publishedPage, vote } from './feedback-public.tsx'
import { rate, ratePage, rateTracked } from './feedback-rate.tsx'

/** What citizens see of feedback: petitions, and how their dossiers were dealt with. */
export const feedbackRoutes = (): Routes =>
  new Routes()
    .get('/phan-anh', 'public', petitionsPage)
    .get('/phan-anh/gui', 'public', filePage)
    .post('/phan-anh/gui', 'public', sendPetition)
    .get('/phan-anh/da-gui', 'public', sentPage)
    .get('/phan-anh/tra-cuu', 'public', trackPage)
    .post('/phan-anh/tra-cuu', 'public', track)
    .post('/phan-anh/viec', 'public', ownStep)
    .get('/phan-anh/cua-toi', 'citizen', myPetitionsPage)
    .get('/phan-anh/cua-toi/:id', 'citizen', myPetitionPage)
    .get('/phan-anh/cong-khai/:ref', 'public', publishedPage)
    .post('/phan-anh/cong-khai/:ref/y-kien', 'citizen', vote)
    .get('/ho-so/:id/danh-gia', 'citizen', ratePage)
    .post('/ho-so/:id/danh-gia', 'citizen', rate)
    .post('/danh-gia', 'public', rateTracked)
