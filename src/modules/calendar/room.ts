import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { addDay, takeBackDay, yearPage } from './pages/year-page.tsx'
import { permissions } from './permissions.ts'
import { texts } from './texts.ts'

const HREF = '/quan-tri/lich'
const view = { action: 'calendar.view' } as const
const edit = { action: 'calendar.edit' } as const

/** What the calendar brings to the house. */
export const calendarRoom: Room = {
  name: 'calendar',
  permissions,
  navigation: [{ door: 'admin', href: HREF, text: texts.title, entry: view }],
  pages: () => [new Routes().get(HREF, view, yearPage).post(HREF, edit, addDay).post(`${HREF}/bo`, edit, takeBackDay)],
}
