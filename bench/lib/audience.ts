import { request } from 'node:http'
import { type ChangeMessage, change } from '../../src/islands/live-board/stream.ts'

/** One screen that looks at a live view. */
export interface Seat {
  readonly path: string
  readonly cookie: string
  /** Reads what it is told, as a browser does; the others only note when it came. */
  readonly reads: boolean
}

/** What a listener heard, in order: the number of the state, and when its last byte arrived (ms since the epoch). */
export interface Heard {
  readonly path: string
  readonly bytes: number
  readonly events: readonly (readonly [id: number, at: number])[]
  /** For one that reads: how many dossiers each state holds. */
  readonly counts: readonly (readonly [id: number, count: number])[]
  /** For one that reads: its parts at the end, by id. */
  readonly parts: Readonly<Record<string, string>>
  readonly ended: boolean
}

/** Milliseconds since the epoch, finer than a millisecond, the same in every process of a machine. */
export const instant = (): number => performance.timeOrigin + performance.now()

/** The largest whole number that stands in a part of a page: of the tiers, how many dossiers were received. */
export function largestNumber(html: string): number {
  const words = html.replace(/<[^>]*>/g, ' ').matchAll(/(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d+)(?![\d.,])/g)
  return Math.max(0, ...[...words].map((word) => Number((word[1] ?? '').replace(/[.,]/g, ''))))
}

const BREAK = Buffer.from('\n\n')

class Listener {
  readonly seat: Seat
  readonly events: [number, number][] = []
  readonly counts: [number, number][] = []
  readonly parts = new Map<string, string>()
  bytes = 0
  ended = false
  status = 0
  #parts: Buffer[] = []
  #end: (() => void) | undefined

  constructor(seat: Seat) {
    this.seat = seat
  }

  /** Opens the stream; resolves when the first state has come. */
  open(origin: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = request(
        origin + this.seat.path,
        { agent: false, headers: { cookie: this.seat.cookie, accept: 'text/event-stream' } },
        (response) => {
          this.status = response.statusCode ?? 0
          if (this.status !== 200) reject(new Error(`${this.seat.path}: ${this.status}`))
          response.on('data', (chunk: Buffer) => {
            this.#take(chunk)
            if (this.events.length > 0) resolve()
          })
          response.on('close', () => {
            this.ended = true
          })
        },
      )
      asked.on('error', (error) => {
        this.ended = true
        reject(error)
      })
      this.#end = () => asked.destroy()
      asked.end()
    })
  }

  close(): void {
    this.#end?.()
  }

  /** Bytes as they come; an event is over at its empty line, which may come in two pieces. */
  #take(chunk: Buffer): void {
    const at = instant()
    this.bytes += chunk.length
    let rest = chunk
    for (;;) {
      const split = this.#parts.at(-1)?.at(-1) === 10 && rest[0] === 10
      const end = split ? 1 : rest.indexOf(BREAK) + 2
      if (end === 1 && !split) break
      this.#parts.push(rest.subarray(0, end))
      this.#event(this.#parts, at)
      this.#parts = []
      rest = rest.subarray(end)
    }
    if (rest.length > 0) this.#parts.push(rest)
  }

  #event(parts: readonly Buffer[], at: number): void {
    if (parts[0]?.[0] === 58 /* a comment */) return
    const head = /^id: [a-z0-9]+\.(\d+)\n/.exec((parts[0] ?? BREAK).toString('latin1', 0, 60))
    if (!head) return
    const id = Number(head[1])
    if (!this.seat.reads) {
      this.events.push([id, at])
      return
    }
    const text = Buffer.concat(parts as Buffer[]).toString('utf8')
    const data = /\ndata: (.*)\n/.exec(`\n${text}`)?.[1]
    if (data === undefined) return
    this.events.push([id, at])
    const message = JSON.parse(data) as ChangeMessage
    for (const [part, html] of change(this.parts, message)) this.parts.set(part, html)
    this.counts.push([id, largestNumber(this.parts.get('tiers') ?? this.parts.get('wall-tiers') ?? '')])
  }

  heard(): Heard {
    const { events, counts, bytes, ended } = this
    return { path: this.seat.path, bytes, events, counts, parts: Object.fromEntries(this.parts), ended }
  }
}

/** What the audience is told to do, and what it answers. */
export type Told = { open: readonly Seat[]; origin: string } | { tell: true } | { close: true }
export type Answer = { opened: number } | { heard: Heard[] } | { closed: true } | { failed: string }

/** A process of its own that holds many streams open. */
export async function attend(): Promise<void> {
  let listeners: Listener[] = []
  const answer = (said: Answer): void => void process.send?.(said)
  process.on('message', async (told: Told) => {
    try {
      if ('open' in told) {
        listeners = told.open.map((seat) => new Listener(seat))
        const waiting = [...listeners]
        const hand = async (): Promise<void> => {
          for (let next = waiting.shift(); next; next = waiting.shift()) await next.open(told.origin)
        }
        await Promise.all(Array.from({ length: 50 }, hand))
        answer({ opened: listeners.length })
      } else if ('tell' in told) answer({ heard: listeners.map((one) => one.heard()) })
      else {
        for (const one of listeners) one.close()
        listeners = []
        answer({ closed: true })
      }
    } catch (error) {
      answer({ failed: String(error) })
    }
  })
  await new Promise<void>((resolve) => process.once('disconnect', resolve))
}
