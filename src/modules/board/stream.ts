import { getCookie } from 'hono/cookie'
import type { App } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import { actorKey } from '../../kernel/context.ts'
import { Refused } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { networkOf } from '../../kernel/http/network.ts'
import { addressOf, sessionCookie } from '../../kernel/http/server.ts'
import { SessionWatch } from '../../kernel/http/session-watch.ts'
import { tooManyStreams } from './errors.ts'
import type { Listening, LiveBoards } from './live.tsx'
import { readQuestion } from './rules/question.ts'

/** A line now and then keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 20_000
/** Who takes nothing for so long has gone without saying so. */
const STUCK_MS = 60_000
/** How long a connection may take to swallow the last bytes at the end. */
const GRACE_MS = 2000
/** Boards that one person may have open at once: a wall of screens and some tabs. */
const MOST_A_PERSON = 12
/** A whole province may come through one address. */
const MOST_A_NETWORK = 1000
const MOST = 2000

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const BEAT = encode(': …\n\n')
const END = encode('event: end\ndata:\n\n')

/** Counts streams by whose they are; one count for all kinds of them on a server. */
class Seats {
  readonly #taken = new Map<string, number>()

  /** Takes a place under every one of these names, or refuses. Returns what gives them back. Refusal: board.too-many-streams. */
  take(places: readonly (readonly [name: string, most: number])[]): () => void {
    if (places.some(([name, most]) => (this.#taken.get(name) ?? 0) >= most)) throw new Refused(tooManyStreams)
    for (const [name] of places) this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1)
    return () => {
      for (const [name] of places) {
        const left = (this.#taken.get(name) ?? 1) - 1
        if (left > 0) this.#taken.set(name, left)
        else this.#taken.delete(name)
      }
    }
  }
}

interface Hall {
  readonly seats: Seats
  readonly watch: SessionWatch
}

const halls = new WeakMap<App, Hall>()

function hallOf(app: App): Hall {
  const hall = halls.get(app) ?? { seats: new Seats(), watch: new SessionWatch(app) }
  halls.set(app, hall)
  return hall
}

/** What a stream asks, and the action that whoever reads it must be allowed. */
interface Asked<Question> {
  readonly action: string
  question(c: Web): Question | Promise<Question>
}

/** GET /dieu-hanh/luong: the same question as the board, as server-sent events. */
export const boardStream = (boards: LiveBoards, heartbeatMs: number = HEARTBEAT_MS): ((c: Web) => Promise<Response>) =>
  liveStream(boards, { action: 'board.see', question: (c) => readQuestion(c.req.query(), dayOf(c.get('app').clock())) }, heartbeatMs)

/**
 * A live page as server-sent events. Nothing is kept for a reader: they are given what is new when they can take it, so that who is slow
 * gets the latest and not a queue. It ends when its reader may no longer look, when they take nothing any more, and when the server stops.
 */
export function liveStream<Question>(
  boards: Pick<LiveBoards<Question>, 'listen'>,
  asked: Asked<Question>,
  heartbeatMs: number = HEARTBEAT_MS,
): (c: Web) => Promise<Response> {
  return async (c) => {
    const app = c.get('app')
    const question = await asked.question(c)
    const { seats, watch } = hallOf(app)
    const leave = seats.take([
      ['all', MOST],
      [`person ${actorKey(c.get('actor'))}`, MOST_A_PERSON],
      [`network ${networkOf(addressOf(c))}`, MOST_A_NETWORK],
    ])
    const outgoing = (c.env as { outgoing?: { destroy(): void } } | undefined)?.outgoing
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    let wanted = false
    let givenAt = performance.now()
    const give = (bytes: Uint8Array | undefined): void => {
      if (!bytes || !wanted) return
      wanted = false
      givenAt = performance.now()
      controller?.enqueue(bytes)
    }

    let over = false
    const open = [leave]
    const cleared = (): void => {
      over = true
      for (const close of open.splice(0)) close()
    }
    const keep = (close: () => void): void => void (over ? close() : open.push(close))
    const end = (last?: Uint8Array): void => {
      if (over) return
      give(last)
      cleared()
      controller?.close()
      // What was given but not taken must not hold the connection open.
      if (!wanted && outgoing) setTimeout(() => outgoing.destroy(), GRACE_MS).unref()
    }

    const after = c.req.header('last-event-id') ?? c.req.query('tiep')
    let listening: Listening
    try {
      listening = boards.listen(question, c.get('locale'), () => give(wanted ? listening.take() : undefined), after)
    } catch (error) {
      cleared()
      throw error
    }
    keep(() => listening.stop())
    const heartbeat = setInterval(() => {
      if (wanted) give(BEAT)
      else if (performance.now() - givenAt > STUCK_MS) end()
    }, heartbeatMs)
    keep(() => clearInterval(heartbeat))
    keep(app.streams.add(() => end()))
    const session = c.get('session')
    const token = getCookie(c, sessionCookie(app))
    if (session && token) keep(watch.add({ ...session, token }, asked.action, () => end(END)))

    // Should it end without a word, browsers of their own accord come back at different times.
    let opening: Uint8Array | undefined = encode(`retry: ${1000 + Math.floor(Math.random() * 4000)}\n\n`)
    const body = new ReadableStream<Uint8Array>(
      {
        start: (own) => {
          controller = own
          if (over) own.close()
        },
        pull: () => {
          wanted = true
          const first = opening
          opening = undefined
          give(first ?? listening.take())
        },
        cancel: () => {
          if (!over) cleared()
        },
      },
      { highWaterMark: 0 },
    )
    return c.body(body, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Proxies that gather answers before passing them on, or compress them, would hold the board back.
      'x-accel-buffering': 'no',
      'cache-control': 'no-cache, no-transform',
    })
  }
}
