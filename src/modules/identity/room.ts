import type { App, Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { accountPage, contactForm, contactSend, endAllSend, endOneSend } from './pages/account.tsx'
import { delegationRevokeSend, delegationsForm, delegationsSend } from './pages/delegations.tsx'
import { deactivateSend, grantSend, officerPage, reactivateSend, resetSend, revokeSend } from './pages/officer.tsx'
import { newOfficerForm, newOfficerSend, OFFICERS, officersPage } from './pages/officers.tsx'
import { passwordForm, passwordSend } from './pages/password.tsx'
import { permissionForm, permissionSend, permissionsPage } from './pages/permissions.tsx'
import { sessionPolicyForm, sessionPolicySend } from './pages/session-policy.tsx'
import { choosePage, officerForm, officerSend } from './pages/sign-in.tsx'
import { signOutForm, signOutSend } from './pages/sign-out.tsx'
import { forwardPage, interactionForm, interactionSend } from './pages/stand-in.tsx'
import { beginPage, returnPage } from './pages/vneid.tsx'
import { permissions } from './permissions.ts'
import { CALLBACK_PATH, type ConnectIdentity, type IdentityConnection, STAND_IN_PATH } from './port.ts'
import { connectOnce } from './services.ts'
import { texts } from './texts.ts'

function waysIn(connection: IdentityConnection): Routes {
  const { standIn } = connection
  const routes = new Routes()
    .get('/dang-nhap', 'public', choosePage(connection))
    .get('/dang-nhap/can-bo', 'public', officerForm)
    .post('/dang-nhap/can-bo', 'public', officerSend)
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
    .post('/tai-khoan/uy-quyen', 'officer', delegationsSend)
    .post('/tai-khoan/uy-quyen/thu-hoi', 'officer', delegationRevokeSend)

const may = (action: string) => ({ action: `identity.${action}` })

const administration = (): Routes =>
  new Routes()
    .get(OFFICERS, may('see-officers'), officersPage)
    .get(`${OFFICERS}/moi`, may('create-officer'), newOfficerForm)
    .post(`${OFFICERS}/moi`, may('create-officer'), newOfficerSend)
    .get(`${OFFICERS}/:id`, may('see-officers'), officerPage)
    .post(`${OFFICERS}/:id/vai-tro`, may('grant-role'), grantSend)
    .post(`${OFFICERS}/:id/thu-hoi`, may('revoke-role'), revokeSend)
    .post(`${OFFICERS}/:id/mat-khau`, may('reset-password'), resetSend)
    .post(`${OFFICERS}/:id/ngung`, may('deactivate-officer'), deactivateSend)
    .post(`${OFFICERS}/:id/mo-lai`, may('deactivate-officer'), reactivateSend)
    .get('/quan-tri/phan-quyen', may('see-permissions'), permissionsPage)
    .get('/quan-tri/phan-quyen/:action', may('change-permissions'), permissionForm)
    .post('/quan-tri/phan-quyen/:action', may('change-permissions'), permissionSend)
    .get('/quan-tri/phien-dang-nhap', may('change-permissions'), sessionPolicyForm)
    .post('/quan-tri/phien-dang-nhap', may('change-permissions'), sessionPolicySend)

/** What identity brings to the house. `connect` is the adapter: how citizens sign in at this installation. */
export function identityRoom(connect: ConnectIdentity): Room {
  const connection = (app: App): IdentityConnection => connectOnce(app, connect)
  return {
    name: 'identity',
    permissions,
    navigation: [
      { door: 'admin', href: OFFICERS, text: texts.officersTitle, entry: may('see-officers') },
      { door: 'admin', href: '/quan-tri/phan-quyen', text: texts.permissionsTitle, entry: may('see-permissions') },
      { door: 'admin', href: '/quan-tri/phien-dang-nhap', text: texts.policyTitle, entry: may('change-permissions') },
    ],
    pages: (app) => [waysIn(connection(app)), account(), administration()],
    workers: (app) => [{ name: 'identity service', start: async () => undefined, stop: () => connection(app).close() }],
    checks: (app) => {
      const { provider } = connection(app)
      if (!provider) return []
      return [{ name: provider.name, run: async () => ({ ok: true, detail: await provider.check() }) }]
    },
  }
}
