import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { NOTICE_ASKED, readAsked } from './notices.ts'
import { HREF, noticesPage, readNotices } from './pages/notices-page.tsx'
import { insertNotices } from './store.ts'
import { texts } from './texts.ts'

/** In-house notices to officers: heard of from the event log, shown at the officer's own page. */
export const notificationRoom: Room = {
  name: 'notification',
  navigation: [{ door: 'office', href: HREF, text: texts.title, entry: 'officer' }],
  pages: () => [new Routes().get(HREF, 'officer', noticesPage).post(HREF, 'officer', readNotices)],
  subscribers: () => [
    {
      name: 'notification.in-house',
      types: [NOTICE_ASKED],
      handle: async (event, tx) => void (await insertNotices(tx, readAsked(event.data), event.at)),
    },
  ],
}
