import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { REPORTS, reportListPage } from './pages/report-list-page.tsx'
import { reportPage, reportPdf, reportXlsx } from './pages/report-page.tsx'
import { changeReportSettings, reportSettingsPage } from './pages/report-settings-page.tsx'
import { reportTexts } from './report-texts.ts'

const see = { action: 'report.see' }
const settings = { action: 'report.settings' }

export const reportNavigation: readonly NavLink[] = [{ door: 'board', href: REPORTS, text: reportTexts.nav, entry: see }]

/** Fixed addresses first: what is left is a report's id. */
export const reportRoutes = (): Routes =>
  new Routes()
    .get(REPORTS, see, reportListPage)
    .get(`${REPORTS}/cau-hinh`, settings, reportSettingsPage)
    .post(`${REPORTS}/cau-hinh`, settings, changeReportSettings)
    .get(`${REPORTS}/:id`, see, reportPage)
    .get(`${REPORTS}/:id/pdf`, see, reportPdf)
    .get(`${REPORTS}/:id/xlsx`, see, reportXlsx)
