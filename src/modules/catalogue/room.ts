import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { catalogueApi } from './api.ts'
import { editPage, sendEdit } from './pages/edit-page.tsx'
import { ADMIN, adminListPage } from './pages/list-page.tsx'
import { versionsPage } from './pages/versions-page.tsx'
import { permissions } from './permissions.ts'
import { texts } from './texts.ts'

const view = { action: 'catalogue.view' } as const
const publish = { action: 'catalogue.publish', at: 'root' } as const

const routes = (): Routes =>
  new Routes()
    .get(ADMIN, view, adminListPage)
    .get(`${ADMIN}/:code`, view, versionsPage)
    .get(`${ADMIN}/:code/phien-ban-moi`, publish, editPage)
    .post(`${ADMIN}/:code/phien-ban-moi`, publish, sendEdit)

/** What the catalogue brings to the house; the citizens' pages stand in the portal. */
export const catalogueRoom: Room = {
  name: 'catalogue',
  permissions,
  navigation: [{ door: 'admin', href: ADMIN, text: texts.title, entry: view }],
  pages: () => [routes()],
  api: () => catalogueApi,
}
