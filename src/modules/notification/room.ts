import type { NavLink, Room } from '../../kernel/app.ts'
import { type Entry, Routes } from '../../kernel/http/routes.ts'
import { mailCheck, mailJobs, writeDown } from './deliver.ts'
import { MailRoom } from './mail-room.ts'
import { NOTICE_ASKED } from './notices.ts'
import { LETTERS, lettersPage, postResend, postTest } from './pages/letters-page.tsx'
import { BOARD_HREF, changeMail, HREF, noticesPage, readNotices } from './pages/notices-page.tsx'
import type { MailParts } from './port.ts'
import { texts } from './texts.ts'

const ops = { action: 'ops.jobs', at: 'root' } as const

/** The way to one's notices from the leaders' door, for the end of its pages. */
export const noticesOnBoard = (entry: Entry): NavLink => ({ door: 'board', href: BOARD_HREF, text: texts.title, entry })

/** In-house notices to officers: heard of from the event log, shown at the officer's own page, and sent by mail where there is a mail server. */
export function notificationRoom(parts: MailParts): Room {
  const room = new MailRoom(parts)
  return {
    name: 'notification',
    navigation: [
      { door: 'office', href: HREF, text: texts.title, entry: 'officer' },
      { door: 'admin', href: LETTERS, text: texts.letters, entry: ops },
    ],
    pages: () => [
      new Routes()
        .get(HREF, 'officer', noticesPage(room))
        .post(HREF, 'officer', readNotices)
        .post(`${HREF}/thu`, 'officer', changeMail)
        .get(BOARD_HREF, 'officer', noticesPage(room))
        .post(BOARD_HREF, 'officer', readNotices)
        .post(`${BOARD_HREF}/thu`, 'officer', changeMail)
        .get(LETTERS, ops, lettersPage(room))
        .post(`${LETTERS}/gui-lai`, ops, postResend(room))
        .post(`${LETTERS}/thu-may-chu`, ops, postTest),
    ],
    subscribers: (app) => [
      { name: 'notification.in-house', types: [NOTICE_ASKED], handle: (event, tx) => writeDown(room, app, event, tx) },
    ],
    jobs: (app) => mailJobs(room, app),
    workers: (app) => [{ name: 'mail', start: async () => undefined, stop: async () => room.of(app)?.close() }],
    checks: (app) => [mailCheck(room, app)],
  }
}
