import type { App, NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { screenStream } from './pages/screen-live.tsx'
import { screenPage } from './pages/screen-page.tsx'
import { screenTexts } from './screen-texts.ts'

const entry = { action: 'board.see' }

export const screenNavigation: readonly NavLink[] = [{ door: 'board', href: '/dieu-hanh/man-hinh', text: screenTexts.nav, entry }]

export const screenRoutes = (app: App): Routes =>
  new Routes().get('/dieu-hanh/man-hinh', entry, screenPage).get('/dieu-hanh/man-hinh/luong', entry, screenStream(app))
