import type { App, Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { factorTexts } from './factor-texts.ts'
import { accountPage, contactForm, contactSend, endAllSend, endOneSend } from './pages/account.tsx'
import { confirmForm, confirmSend } from './pages/confirm.tsx'
import { delegationRevokeSend, delegationsForm, delegationsSend } from './pages/delegations.tsx'
import { FACTOR_POLICY, factorPolicyForm, factorPolicySend, freshMinutesSend } from './pages/factor-policy.tsx'
import { ADD, addForm, addSend, codesSend, FACTORS, factorsPage, removeSend } from './pages/factors.tsx'
import { INVITATION, invitationPage } from './pages/invitation.tsx'
import {
  contactOfOfficerSend,
  deactivateSend,
  grantSend,
  officerPage,
  reactivateSend,
  resetFactorSend,
  resetSend,
  revokeSend,
} from './pages/officer.tsx'
import { newOfficerForm, newOfficerSend, OFFICERS, officersPage } from './pages/officers.tsx'
import { passwordForm, passwordSend } from './pages/password.tsx'
import { permissionForm, permissionSend, permissionsPage } from './pages/permissions.tsx'
import { SECOND_STEP, SET_UP, secondStepForm, secondStepSend, setUpForm, setUpSend } from './pages/second-step.tsx'
import { sessionPolicyForm, sessionPolicySend } from './pages/session-policy.tsx'
import { choosePage, officerForm, officerSend } from './pages/sign-in.tsx'
import { signOutForm, signOutSend } from './pages/sign-out.tsx'
import { forwardPage, interactionForm, interactionSend } from './pages/stand-in.tsx'
import { beginPage, returnPage } from './pages/vneid.tsx'
import { permissions } from './permissions.ts'
import { CALLBACK_PATH, type ConnectIdentity, type IdentityConnection, STAND_IN_PATH } from './port.ts'
import { examineFactors } from './queries/factors.ts'
import { connectOnce } from './services.ts'
import { texts } from './texts.ts'

function waysIn(connection: IdentityConnection): Routes {
  const { standIn } = connection
  const routes = new Routes()
    .get('/dang-nhap', 'public', choosePage(connection))
    .get('/dang-nhap/can-bo', 'public', officerForm)
    .post('/dang-nhap/can-bo', 'public', officerSend)
    .get(SECOND_STEP, 'public', secondStepForm)
    .post(SECOND_STEP, 'public', secondStepSend)
    .get(SET_UP, 'public', setUpForm)
    .post(SET_UP, 'public', setUpSend)
    .get('/dang-nhap/vneid', 'public', beginPage(connection))
    .get(CALLBACK_PATH, 'public', returnPage(connection))
    .get('/dang-xuat', 'public', signOutForm)
    .post('/dang-xuat', 'public', signOutSend)
  if (standIn) {
    routes
      .get(`${STAND_IN_PATH}/auth`, 'public', forwardPage(standIn))
      .get(`${STAND_IN_PATH}/auth/:uid`, 'public', forwardPage(standIn))
      .get(`${STAND_IN_PATH}/luot/:uid`, 'public', interactionForm(standIn))
      .post(`${STAND_IN_PATH}/luot/:uid`, 'public', interactionSend(standIn))
  }
  return routes
}

/** Asked for the second factor again when the last proof is old. */
const matters = { confirm: true } as const

const account = (): Routes =>
  new Routes()
    .get('/tai-khoan', 'signed-in', accountPage)
    .get('/tai-khoan/lien-he', 'citizen', contactForm)
    .post('/tai-khoan/lien-he', 'citizen', contactSend)
    .post('/tai-khoan/phien', 'signed-in', endOneSend)
    .post('/tai-khoan/phien/tat-ca', 'signed-in', endAllSend)
    .get('/tai-khoan/mat-khau', 'officer', passwordForm)
    .post('/tai-khoan/mat-khau', 'officer', passwordSend)
    .get('/tai-khoan/uy-quyen', 'officer', delegationsForm)
    .post('/tai-khoan/uy-quyen', 'officer', delegationsSend, matters)
    .post('/tai-khoan/uy-quyen/thu-hoi', 'officer', delegationRevokeSend)
    .get(FACTORS, 'officer', factorsPage)
    .get(INVITATION, 'officer', invitationPage)
    .get(ADD, 'officer', addForm)
    .post(ADD, 'officer', addSend, matters)
    .post(`${FACTORS}/ma-du-phong`, 'officer', codesSend, matters)
    .get(`${FACTORS}/xac-nhan`, 'officer', confirmForm)
    .post(`${FACTORS}/xac-nhan`, 'officer', confirmSend, matters)
    .post(`${FACTORS}/:id/bo`, 'officer', removeSend, matters)

const may = (action: string) => ({ action: `identity.${action}` })

const administration = (): Routes =>
  new Routes()
    .get(OFFICERS, may('see-officers'), officersPage)
    .get(`${OFFICERS}/moi`, may('create-officer'), newOfficerForm)
    .post(`${OFFICERS}/moi`, may('create-officer'), newOfficerSend, matters)
    .get(`${OFFICERS}/:id`, may('see-officers'), officerPage)
    .post(`${OFFICERS}/:id/lien-he`, may('create-officer'), contactOfOfficerSend, matters)
    .post(`${OFFICERS}/:id/vai-tro`, may('grant-role'), grantSend, matters)
    .post(`${OFFICERS}/:id/thu-hoi`, may('revoke-role'), revokeSend, matters)
    .post(`${OFFICERS}/:id/mat-khau`, may('reset-password'), resetSend, matters)
    .post(`${OFFICERS}/:id/hai-lop`, may('reset-factor'), resetFactorSend, matters)
    .post(`${OFFICERS}/:id/ngung`, may('deactivate-officer'), deactivateSend, matters)
    .post(`${OFFICERS}/:id/mo-lai`, may('deactivate-officer'), reactivateSend, matters)
    .get('/quan-tri/phan-quyen', may('see-permissions'), permissionsPage)
    .get('/quan-tri/phan-quyen/:action', may('change-permissions'), permissionForm)
    .post('/quan-tri/phan-quyen/:action', may('change-permissions'), permissionSend, matters)
    .get(FACTOR_POLICY, may('change-permissions'), factorPolicyForm)
    .post(FACTOR_POLICY, may('change-permissions'), factorPolicySend, matters)
    .post(`${FACTOR_POLICY}/xac-nhan`, may('change-permissions'), freshMinutesSend, matters)
    .get('/quan-tri/phien-dang-nhap', may('change-permissions'), sessionPolicyForm)
    .post('/quan-tri/phien-dang-nhap', may('change-permissions'), sessionPolicySend, matters)

/** What identity brings to the house. `connect` is the adapter: how citizens sign in at this installation. */
export function identityRoom(connect: ConnectIdentity): Room {
  const connection = (app: App): IdentityConnection => connectOnce(app, connect)
  return {
    name: 'identity',
    permissions,
    navigation: [
      { door: 'admin', href: OFFICERS, text: texts.officersTitle, entry: may('see-officers') },
      { door: 'admin', href: '/quan-tri/phan-quyen', text: texts.permissionsTitle, entry: may('see-permissions') },
      { door: 'admin', href: FACTOR_POLICY, text: factorTexts.policyTitle, entry: may('change-permissions') },
      { door: 'admin', href: '/quan-tri/phien-dang-nhap', text: texts.policyTitle, entry: may('change-permissions') },
    ],
    pages: (app) => [waysIn(connection(app)), account(), administration()],
    workers: (app) => [{ name: 'identity service', start: async () => undefined, stop: () => connection(app).close() }],
    checks: (app) => {
      const { provider } = connection(app)
      const factors = { name: 'second factor', run: () => examineFactors(app) }
      if (!provider) return [factors]
      return [factors, { name: provider.name, run: async () => ({ ok: true, detail: await provider.check() }) }]
    },
  }
}
