import type { Mailbox } from '../../kernel/mailbox.ts'
import { type Mail, NotSent, type Outgoing } from '../../modules/notification/port.ts'

/** So many letters at once. */
const CONNECTIONS = 2

const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

interface SmtpProblem {
  readonly code?: string
  readonly responseCode?: number
  readonly message?: string
}

/** Why a letter was not taken, in words without an address: what a server answers often repeats it. */
function problemOf(error: unknown): NotSent {
  const { code = 'ERROR', responseCode, message = '' } = error as SmtpProblem
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(message)?.[0]
  const said = [code, responseCode, status].filter((part) => part !== undefined).join(' ')
  // What is wrong with the address or the letter stays wrong; what is wrong with the server or our account there can be mended.
  const final = (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode === undefined || responseCode >= 500)
  return new NotSent(said, final)
}

/** A mail server spoken to by SMTP, over connections that are opened when there is something to send. The library is loaded then, too. */
export function createSmtp(url: string, from: Mailbox): Mail {
  const { protocol, username, hostname } = new URL(url)
  type Transport = Awaited<ReturnType<typeof open>>
  let opened: Promise<Transport> | undefined

  async function open() {
    const { createTransport } = await import('nodemailer')
    return createTransport(
      {
        url,
        pool: true as const,
        maxConnections: CONNECTIONS,
        // A letter whose fate is not known is ours to send again, under the same id, not the library's.
        maxRequeues: 0,
        idleTimeout: 10_000,
        // A password is never said in the open.
        requireTLS: protocol === 'smtp:' && username !== '' && !local.test(hostname),
        connectionTimeout: 15_000,
        greetingTimeout: 15_000,
        socketTimeout: 60_000,
        dnsTimeout: 15_000,
      },
      { from, disableFileAccess: true, disableUrlAccess: true },
    )
  }
  const transport = (): Promise<Transport> => (opened ??= open())

  return {
    async send(letter: Outgoing, signal) {
      const { messageId, to, subject, text, html, date, enclosures } = letter
      try {
        await (await transport()).sendMail({
          messageId,
          to,
          subject,
          text,
          html,
          date: new Date(date),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          attachments: enclosures.map(({ name, type, bytes }) => ({ filename: name, contentType: type, content: Buffer.from(bytes) })),
          signal,
        })
      } catch (error) {
        throw problemOf(error)
      }
    },
    async check() {
      try {
        await (await transport()).verify()
      } catch (error) {
        throw problemOf(error)
      }
      return `${new URL(url).host} answers`
    },
    close() {
      void opened?.then((one) => one.close())
      opened = undefined
    },
  }
}
