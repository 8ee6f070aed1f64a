import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { hoursPage, removeSettingPost, setHoursPost, setRulesPost } from './pages/hours-page.tsx'
import { importPage, importPost } from './pages/import-page.tsx'
import { addDay, takeBackDay, yearPage } from './pages/year-page.tsx'
import { permissions } from './permissions.ts'
import { texts } from './texts.ts'

const HREF = '/quan-tri/lich'
const view = { action: 'calendar.view' } as const
const edit = { action: 'calendar.edit' } as const
const editAll = { action: 'calendar.edit', at: 'root' } as const

const routes = (): Routes =>
  new Routes()
    .get(HREF, view, yearPage)
    .post(HREF, edit, addDay)
    .post(`${HREF}/bo`, edit, takeBackDay)
    .get(`${HREF}/gio`, view, hoursPage)
    .post(`${HREF}/gio`, edit, setHoursPost)
    .post(`${HREF}/gio/bo`, edit, removeSettingPost)
    .post(`${HREF}/cach-tinh`, edit, setRulesPost)
    .get(`${HREF}/nap`, editAll, importPage)
    .post(`${HREF}/nap`, editAll, importPost)

/** What the calendar brings to the house. */
export const calendarRoom: Room = {
  name: 'calendar',
  permissions,
  navigation: [{ door: 'admin', href: HREF, text: texts.title, entry: view }],
  pages: () => [routes()],
}
