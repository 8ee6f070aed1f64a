import type { App, NavLink } from '../../../kernel/app.ts'
import { Routes } from '../../../kernel/http/routes.ts'
import { queueFiguresCsv, queueFiguresPage } from './queue-figures.tsx'
import { QueueLive } from './queue-live.ts'
import { actInQueue, panelPage } from './queue-panel.tsx'
import { displayPage, displayStream, followPage, followStream, kioskPage, sayHere, takeNumber } from './queue-public.tsx'
import { queueSettingsPage, saveQueueSettings } from './queue-settings.tsx'
import { texts } from './queue-texts.ts'

const serve = { action: 'queue.serve' }
const figures = { action: 'queue.figures' }
const settings = { action: 'queue.settings' }

export const queueNavigation: readonly NavLink[] = [
  { door: 'office', href: '/mot-cua/hang-cho', text: texts.queue, entry: serve },
  { door: 'office', href: '/mot-cua/hang-cho/so-lieu', text: texts.figures, entry: figures },
]

/** The line at the counter: the hall's screens for everybody, the panel for whoever sits at a point, figures for whoever answers for it. */
export function queueRoutes(app: App): Routes {
  const live = new QueueLive(app)
  return new Routes()
    .get('/quay/ve/:secret', 'public', followPage)
    .post('/quay/ve/:secret', 'public', sayHere)
    .get('/quay/ve/:secret/luong', 'public', followStream(live))
    .get('/quay/:agency', 'public', kioskPage)
    .post('/quay/:agency', 'public', takeNumber)
    .get('/quay/:agency/man-hinh', 'public', displayPage)
    .get('/quay/:agency/man-hinh/luong', 'public', displayStream(live))
    .get('/mot-cua/hang-cho', serve, panelPage)
    .get('/mot-cua/hang-cho/so-lieu', figures, queueFiguresPage)
    .get('/mot-cua/hang-cho/so-lieu.csv', figures, queueFiguresCsv)
    .get('/mot-cua/hang-cho/cai-dat', settings, queueSettingsPage)
    .post('/mot-cua/hang-cho/cai-dat', settings, saveQueueSettings)
    .post('/mot-cua/hang-cho/:step', serve, actInQueue)
}
