import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { BUILDER, builderFile, builderPage, saveBuilt } from './pages/report-builder-page.tsx'
import { REPORTS, reportListPage } from './pages/report-list-page.tsx'
import { reportPage, reportPdf, reportXlsx } from './pages/report-page.tsx'
import { changeSaved, followSaved, oneSavedPage } from './pages/report-saved-one-page.tsx'
import { forgetSaved, runFile, runPage, savedPage } from './pages/report-saved-page.tsx'
import { changeReportSettings, reportSettingsPage } from './pages/report-settings-page.tsx'
import { reportTexts } from './report-texts.ts'

const see = { action: 'report.see' }
const build = { action: 'report.build' }
const settings = { action: 'report.settings' }

export const reportNavigation: readonly NavLink[] = [{ door: 'board', href: REPORTS, text: reportTexts.nav, entry: see }]

/** Fixed addresses first: what is left is a report's id. */
export const reportRoutes = (): Routes =>
  new Routes()
    .get(REPORTS, see, reportListPage)
    .get(`${REPORTS}/cau-hinh`, settings, reportSettingsPage)
    .post(`${REPORTS}/cau-hinh`, settings, changeReportSettings)
    .get(BUILDER, build, builderPage)
    .post(BUILDER, build, saveBuilt)
    .get(`${BUILDER}/tep/:kind`, build, builderFile)
    .get(`${REPORTS}/da-luu`, build, savedPage)
    .post(`${REPORTS}/da-luu/bo`, build, forgetSaved)
    .get(`${REPORTS}/da-luu/:id`, build, oneSavedPage)
    .post(`${REPORTS}/da-luu/:id`, build, changeSaved)
    .post(`${REPORTS}/da-luu/:id/nhan`, build, followSaved)
    .get(`${REPORTS}/ket-qua/:id`, build, runPage)
    .get(`${REPORTS}/ket-qua/:id/:kind`, build, runFile)
    .get(`${REPORTS}/:id`, see, reportPage)
    .get(`${REPORTS}/:id/pdf`, see, reportPdf)
    .get(`${REPORTS}/:id/xlsx`, see, reportXlsx)
