import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { catalogueApi } from './api.ts'
import {
  beginEdit,
  discardNow,
  discardPage,
  draftPage,
  previewPage,
  saveSection,
  sectionPage,
  undoNow,
} from './pages/editor/draft-page.tsx'
import { createProcedure, exportProcedure, newPage } from './pages/editor/new-page.tsx'
import { endNow, endPage, publishNow, publishPage } from './pages/editor/publish-page.tsx'
import { ADMIN, adminListPage } from './pages/list-page.tsx'
import { editProcessPage, sendProcess } from './pages/process-edit-page.tsx'
import { processPage } from './pages/process-page.tsx'
import { versionsPage } from './pages/versions-page.tsx'
import { permissions } from './permissions.ts'
import type { CatalogueLinks } from './queries/edited-procedures.ts'
import { texts } from './texts.ts'

const view = { action: 'catalogue.view' } as const
const publish = { action: 'catalogue.publish', at: 'root' } as const

const draft = `${ADMIN}/:code/sua`

const routes = (links: CatalogueLinks): Routes =>
  new Routes()
    .get(ADMIN, view, adminListPage)
    .get(`${ADMIN}/moi`, publish, newPage)
    .post(`${ADMIN}/moi`, publish, createProcedure)
    .get(`${ADMIN}/:code`, view, versionsPage(links))
    .get(`${ADMIN}/:code/xuat`, view, exportProcedure)
    .get(`${ADMIN}/:code/bai-bo`, publish, endPage(links))
    .post(`${ADMIN}/:code/bai-bo`, publish, endNow(links), { confirm: true })
    .get(`${ADMIN}/:code/quy-trinh`, view, processPage)
    .get(`${ADMIN}/:code/quy-trinh/sua`, publish, editProcessPage)
    .post(`${ADMIN}/:code/quy-trinh/sua`, publish, sendProcess, { confirm: true })
    .get(draft, publish, draftPage(links))
    .post(draft, publish, beginEdit)
    .post(`${draft}/hoan-tac`, publish, undoNow(links))
    .get(`${draft}/phan/:section`, publish, sectionPage(links))
    .post(`${draft}/phan/:section`, publish, saveSection(links))
    .get(`${draft}/xem`, publish, previewPage(links))
    .get(`${draft}/ban-hanh`, publish, publishPage(links))
    .post(`${draft}/ban-hanh`, publish, publishNow(links), { confirm: true })
    .get(`${draft}/bo`, publish, discardPage)
    .post(`${draft}/bo`, publish, discardNow)

/** What the catalogue brings to the house; the citizens' pages stand in the portal. */
export const catalogueRoom = (links: CatalogueLinks): Room => ({
  name: 'catalogue',
  permissions,
  navigation: [{ door: 'admin', href: ADMIN, text: texts.title, entry: view }],
  pages: () => [routes(links)],
  api: () => catalogueApi,
})
