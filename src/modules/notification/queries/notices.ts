import type { App } from '../../../kernel/app.ts'
import type { Province, Tx } from '../../../kernel/database/index.ts'
import { countUnread, markRead, type Notice, newestNotices } from '../store.ts'

/** How many notices a page shows. */
const MOST = 100

interface Notices {
  readonly notices: readonly Notice[]
  readonly unread: number
  readonly most: number
}

/** The newest notices of an officer, and how many of all they have not read. */
export const noticesOf = (app: Pick<App, 'db'>, province: Province, officerId: string): Promise<Notices> =>
  app.db.read(province, async (tx) => ({
    notices: await newestNotices(tx, officerId, MOST),
    unread: await countUnread(tx, officerId),
    most: MOST,
  }))

/** How many notices an officer has not read. */
export const unreadNotices: (tx: Tx, officerId: string) => Promise<number> = countUnread

/** An officer has read one of their notices, or (null) all of them. No business: it leaves no event. */
export const read = (app: Pick<App, 'db' | 'clock'>, province: Province, officerId: string, id: string | null): Promise<number> =>
  app.db.write(province, (tx) => markRead(tx, officerId, id, app.clock()))
