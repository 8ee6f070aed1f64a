import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { organisationApi } from './api.ts'
import { changePages } from './pages/change-pages.tsx'
import { treePage } from './pages/tree-page.tsx'
import { changePaths, unitPage } from './pages/unit-page.tsx'
import { permissions } from './permissions.ts'
import { texts } from './texts.ts'

const TREE = '/quan-tri/co-quan'
const view = { action: 'organisation.view' } as const
const edit = { action: 'organisation.edit', at: 'root' } as const

function routes(): Routes {
  const open = changePages('open')
  const list = new Routes().get(TREE, view, treePage).get(`${TREE}/moi`, edit, open.show).post(`${TREE}/moi`, edit, open.send)
  for (const [change, path] of Object.entries(changePaths) as [keyof typeof changePaths, string][]) {
    const pages = changePages(change)
    list.get(`${TREE}/:code/${path}`, edit, pages.show).post(`${TREE}/:code/${path}`, edit, pages.send)
  }
  return list.get(`${TREE}/:code`, view, unitPage)
}

/** What organisation brings to the house. */
export const organisationRoom: Room = {
  name: 'organisation',
  permissions,
  navigation: [{ door: 'admin', href: TREE, text: texts.title, entry: view }],
  pages: () => [routes()],
  api: () => organisationApi,
}
