import { Routes } from '../../kernel/http/routes.ts'
import { arrangeWorkList, forgetWorkView, saveWorkView, workListArrangePage } from './pages/work-list-arrange-page.tsx'
import { bulkPage, doInBulk } from './pages/work-list-bulk-page.tsx'
import { exportWorkList, suggestDossiers } from './pages/work-list-export.ts'
import { workListFilterPage } from './pages/work-list-filter-page.tsx'
import { workGroupsPage } from './pages/work-list-groups-page.tsx'
import { workListPage } from './pages/work-list-page.tsx'

const list = { action: 'dossier.list' }

/** Everything about lists of dossiers: for whoever may see one at all; what they may do to each is asked where it is done. */
export const workListRoutes = (): Routes =>
  new Routes()
    .get('/mot-cua', list, workListPage)
    .get('/mot-cua/tim', list, suggestDossiers)
    .get('/mot-cua/loc', list, workListFilterPage)
    .get('/mot-cua/tong-hop', list, workGroupsPage)
    .get('/mot-cua/xuat', list, exportWorkList)
    .get('/mot-cua/cach-xem', list, (c) => workListArrangePage(c))
    .post('/mot-cua/cach-xem', list, arrangeWorkList)
    .post('/mot-cua/danh-sach', list, saveWorkView)
    .post('/mot-cua/danh-sach/:id/bo', list, forgetWorkView)
    .get('/mot-cua/hang-loat', list, (c) => bulkPage(c))
    .post('/mot-cua/hang-loat', list, doInBulk)
