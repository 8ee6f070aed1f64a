import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { formsPage, HREF, previewPage } from './pages/forms-page.tsx'
import { permissions } from './permissions.ts'
import { sharedPress } from './press.ts'
import { texts } from './texts.ts'

const view = { action: 'printing.view' } as const

/** What printing brings to the house: its check page, and a press that stops with the house. */
export const printingRoom: Room = {
  name: 'printing',
  permissions,
  navigation: [{ door: 'admin', href: HREF, text: texts.title, entry: view }],
  pages: () => [new Routes().get(HREF, view, formsPage).get(`${HREF}/:set/:file`, view, previewPage)],
  workers: () => [{ name: 'press', start: async () => {}, stop: () => sharedPress().close() }],
}
