import type { App } from '../../../kernel/app.ts'
import { mailAddress } from '../../../kernel/mailbox.ts'
import { countLetters, type Letter, type LetterState, newestLetters, withoutMail } from '../letter-store.ts'
import type { MailRoom } from '../mail-room.ts'
import type { Recipient } from '../port.ts'

export const PAGE_SIZE = 50

interface LettersView {
  readonly letters: readonly Letter[]
  readonly counts: Readonly<Record<LetterState, number>>
  readonly recipients: ReadonlyMap<string, Recipient>
  /** A mail server is set. */
  readonly connected: boolean
}

/** One page of the letters, the newest first, with whom they are for. */
export async function lettersOf(room: MailRoom, app: App, asked: { state: LetterState | undefined; page: number }): Promise<LettersView> {
  return app.db.read(app.province, async (tx) => {
    const letters = await newestLetters(tx, asked.state, PAGE_SIZE, (asked.page - 1) * PAGE_SIZE)
    return {
      letters,
      counts: await countLetters(tx),
      recipients: await room.parts.recipients(tx, [...new Set(letters.map(({ officerId }) => officerId))]),
      connected: room.of(app) !== undefined,
    }
  })
}

/** How mail stands for one officer: where it would go, whether they want it, whether there is a server at all. */
export interface OwnMail {
  readonly address: string | undefined
  readonly wanted: boolean
  readonly connected: boolean
}

export const ownMail = (room: MailRoom, app: App, officerId: string): Promise<OwnMail> =>
  app.db.read(app.province, async (tx) => ({
    address: mailAddress((await room.parts.recipients(tx, [officerId])).get(officerId)?.address),
    wanted: !(await withoutMail(tx, [officerId])).has(officerId),
    connected: room.of(app) !== undefined,
  }))
