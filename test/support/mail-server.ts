import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

/** A letter as it arrived: its head by name, and its parts, decoded. */
export interface Arrived {
  readonly from: string
  readonly to: string
  readonly raw: string
  readonly head: ReadonlyMap<string, string>
  readonly parts: readonly { readonly type: string; readonly name: string; readonly body: Buffer }[]
}

export interface MailServer {
  /** What SMTP_URL is set to. */
  readonly url: string
  readonly letters: Arrived[]
  /** The most letters that were on their way at once. */
  readonly most: () => number
  /** What the server does with an address, or with a letter: undefined takes it; else an answer such as `450 try later`. */
  answer: {
    address?: (address: string) => string | undefined
    letter?: (letter: Arrived) => string | undefined | Promise<string | undefined>
  }
  close(): Promise<void>
}

const refusal = (text: string): Error => Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) })

const words = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, how: string, word: string) =>
      how.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('latin1') : quoted(word.replaceAll('_', ' ')).toString('latin1'),
    )

const quoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )

function headOf(text: string): Map<string, string> {
  const lines = text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const utf8 = (line: string): string => Buffer.from(words(line), 'latin1').toString('utf8')
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), utf8(line.slice(line.indexOf(':') + 1).trim())]))
}

function partsOf(raw: string): Arrived['parts'] {
  const at = raw.indexOf('\r\n\r\n')
  const head = headOf(raw.slice(0, at))
  const body = raw.slice(at + 4)
  const type = head.get('content-type') ?? ''
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1]
  if (boundary)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => partsOf(part.replace(/^\r\n/, '')))
  const how = head.get('content-transfer-encoding')
  const decoded = how === 'base64' ? Buffer.from(body, 'base64') : how === 'quoted-printable' ? quoted(body) : Buffer.from(body, 'latin1')
  const name = /filename="?([^";]+)"?/.exec(head.get('content-disposition') ?? '')?.[1] ?? ''
  return [{ type: type.split(';')[0] ?? '', name, body: decoded }]
}

/** A mail server in this process, on a port of its own; closes after the last test of the file. */
export async function mailServer(): Promise<MailServer> {
  let now = 0
  let most = 0
  const house: Pick<MailServer, 'letters' | 'answer'> = { letters: [], answer: {} }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const said = house.answer.address?.(address)
      done(said ? refusal(said) : null)
    },
    onData(stream, session, done) {
      now += 1
      most = Math.max(most, now)
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', async () => {
        const raw = Buffer.concat(pieces).toString('latin1')
        const { mailFrom, rcptTo } = session.envelope
        const head = headOf(raw.slice(0, raw.indexOf('\r\n\r\n')))
        const letter = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address).join(),
          raw,
          head,
          parts: partsOf(raw),
        }
        const said = await house.answer.letter?.(letter)
        now -= 1
        if (said) return done(refusal(said))
        house.letters.push(letter)
        done(null)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= new Promise((resolve) => server.close(() => resolve())))
  afterAll(close)
  return Object.assign(house, { url: `smtp://127.0.0.1:${port}`, most: () => most, close })
}

/** The plain text of a letter. */
export const plainOf = (letter: Arrived | undefined): string =>
  letter?.parts.find(({ type }) => type === 'text/plain')?.body.toString('utf8') ?? ''
