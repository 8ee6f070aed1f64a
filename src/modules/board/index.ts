import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { noticesOnBoard } from '../notification/index.ts'
import { anomalyNavigation, anomalyRoutes } from './anomaly-routes.ts'
import { campaignNavigation, campaignRoutes } from './campaign-routes.ts'
import { boardView, LiveBoards } from './live.tsx'
import { nationalApi } from './national-api.ts'
import { boardPage } from './pages/board-page.tsx'
import { figurePage } from './pages/figure-page.tsx'
import { permissions } from './permissions.ts'
import { reportNavigation, reportRoutes } from './report-routes.ts'
import { scoreNavigation, scoreRoutes } from './score-routes.ts'
import { screenNavigation, screenRoutes } from './screen-routes.ts'
import { boardStream } from './stream.ts'
import { texts } from './texts.ts'

export { type BoardView, readBoard } from './queries/read-board.ts'

const entry = { action: 'board.see' }

export const room: Room = {
  name: 'board',
  permissions,
  navigation: [
    { door: 'board', href: '/dieu-hanh', text: texts.title, entry },
    ...scoreNavigation,
    ...campaignNavigation,
    ...anomalyNavigation,
    ...screenNavigation,
    ...reportNavigation,
    noticesOnBoard(entry),
  ],
  api: nationalApi,
  pages: (app) => [
    scoreRoutes(app),
    campaignRoutes(app),
    anomalyRoutes(),
    screenRoutes(app),
    reportRoutes(),
    new Routes()
      .get('/dieu-hanh', entry, boardPage)
      .get('/dieu-hanh/so-lieu', entry, figurePage)
      .get('/dieu-hanh/luong', entry, boardStream(new LiveBoards(app, boardView(app)))),
  ],
}
