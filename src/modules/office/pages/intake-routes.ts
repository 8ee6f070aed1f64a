import type { NavLink } from '../../../kernel/app.ts'
import { Routes } from '../../../kernel/http/routes.ts'
import { handOver, handOverPage, signaturePicture } from './hand-over-page.tsx'
import { intakePage, takeIn } from './intake-page.tsx'
import { phonePage, takePictures } from './intake-phone.tsx'
import { texts } from './intake-texts.ts'
import { dropMachine, machinesPage, saveMachine } from './machines-page.tsx'

const assist = { action: 'dossier.assist' }
const give = { action: 'dossier.return' }

export const handOverLink: NavLink = { door: 'office', href: '/mot-cua/tra-ket-qua', text: texts.handOver, entry: give }

/** The work at the desk: taking in, pictures by phone, handing over. */
export const intakeRoutes = (): Routes =>
  new Routes()
    .get('/mot-cua/tiep-nhan', assist, intakePage)
    .post('/mot-cua/tiep-nhan', assist, takeIn)
    .get('/mot-cua/may-ho-tro', assist, machinesPage)
    .post('/mot-cua/may-ho-tro', assist, saveMachine)
    .get('/mot-cua/may-ho-tro/:id/bo', assist, (c) => c.redirect('/mot-cua/may-ho-tro', 303))
    .post('/mot-cua/may-ho-tro/:id/bo', assist, dropMachine)
    .get('/chup/:token', 'public', phonePage)
    .post('/chup/:token', 'public', takePictures)
    .get('/mot-cua/tra-ket-qua', give, handOverPage)
    .post('/mot-cua/tra-ket-qua', give, handOver)
    .get('/mot-cua/tra-ket-qua/:id/chu-ky', { action: 'dossier.read' }, signaturePicture)
