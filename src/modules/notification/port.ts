import type { App } from '../../kernel/app.ts'
import type { Province, Tx } from '../../kernel/database/index.ts'
import type { Mailbox } from '../../kernel/mailbox.ts'

/** A paper that goes with a letter. */
export interface Enclosure {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** A letter as it goes out. Every text has been made fit for where it stands. */
export interface Outgoing {
  /** `<id@domain>`: the same letter again bears the same one. */
  readonly messageId: string
  readonly to: Mailbox
  readonly subject: string
  readonly text: string
  readonly html: string
  /** RFC 3339. When it was asked for: a letter sent again is the same letter. */
  readonly date: string
  readonly enclosures: readonly Enclosure[]
}

/** A letter the mail server did not take. `final`: it will not take it later either (the address, the letter itself). No addresses in the message. */
export class NotSent extends Error {
  readonly final: boolean
  constructor(message: string, final: boolean) {
    super(message)
    this.final = final
  }
}

/** A mail server as this house needs it. */
export interface Mail {
  /** Resolves when the server has taken responsibility for the letter. Throws `NotSent`. */
  send(letter: Outgoing, signal: AbortSignal): Promise<void>
  /** Says in one line who answers there; throws when nobody does. */
  check(): Promise<string>
  close(): void
}

/** The mail server of the settings; undefined when none is set. */
export type ConnectMail = (app: Pick<App, 'config' | 'log'>) => Mail | undefined

/** An officer who may get letters. `address`: as it is kept, not yet looked at; null when there is none. */
export interface Recipient {
  readonly name: string
  readonly address: string | null
}

/** Active officers by id. Accounts are kept elsewhere; who puts the house together hands them in. */
export type ReadRecipients = (tx: Tx, officerIds: readonly string[]) => Promise<ReadonlyMap<string, Recipient>>

/** The paper a notice speaks of, for one officer; undefined when it is gone or not theirs to see. */
export type FindEnclosure = (
  app: App,
  province: Province,
  asked: { readonly id: string; readonly file: string; readonly officerId: string },
) => Promise<Enclosure | undefined>

/** What the house hands to this room. `enclosures`: by the name of their source. */
export interface MailParts {
  readonly connect: ConnectMail
  readonly recipients: ReadRecipients
  readonly enclosures: Readonly<Record<string, FindEnclosure>>
}
