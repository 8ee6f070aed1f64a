import type { NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { screenPage } from './pages/screen-page.tsx'
import { screenTexts } from './screen-texts.ts'

const entry = { action: 'board.see' }

export const screenNavigation: readonly NavLink[] = [{ door: 'board', href: '/dieu-hanh/man-hinh', text: screenTexts.nav, entry }]

export const screenRoutes = (): Routes => new Routes().get('/dieu-hanh/man-hinh', entry, screenPage)
