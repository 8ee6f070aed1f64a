import { getCookie } from 'hono/cookie'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { dayOf } from '../../kernel/clock.ts'
import { actorKey } from '../../kernel/context.ts'
import { Refused, refusals } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { sessionCookie } from '../../kernel/http/server.ts'
import type { Locale } from '../../kernel/i18n/index.ts'
import type { LiveBoards, Message } from './live.tsx'
import { readQuestion } from './rules/question.ts'

/** A line now and then keeps proxies from closing a quiet stream, and is the moment to ask whether the reader may still look. */
const HEARTBEAT_MS = 20_000
/** Boards that one person may have open at once: a wall of screens and some tabs. Each different one is read anew at every change. */
const MOST = 12

/** Sends one message at a time: a reader who is slower than the counters gets the whole board once they have caught up, not a queue. */
function follow<Question>(boards: LiveBoards<Question>, question: Question, locale: Locale, stream: SSEStreamingApi): () => void {
  let [sending, missed, over] = [false, false, false]
  let stop: () => void = () => undefined
  const send = async ({ html, text }: Message): Promise<void> => {
    sending = true
    await stream.writeSSE({ event: 'html', data: JSON.stringify(html) })
    await stream.writeSSE({ event: 'text', data: JSON.stringify(text) })
    sending = false
    if (!missed || over) return
    missed = false
    stop()
    listen()
  }
  const listen = (): void => {
    stop = boards.listen(question, locale, (message) => {
      if (sending) missed = true
      // A stream that cannot be written to any more has ended, and whoever waits for its end hears of it.
      else send(message).catch(() => undefined)
    })
  }
  listen()
  return () => {
    over = true
    stop()
  }
}

/** Whether whoever opened the stream may still look: signed out, locked out or without the right, they may not. */
function stillMay(c: Web, action: string): () => Promise<boolean> {
  const app = c.get('app')
  const token = getCookie(c, sessionCookie(app)) ?? ''
  return async () => {
    // An open board is being looked at: it counts as use of the session, up to the session's own end.
    const session = await app.sessions.find(app.province, token, app.clock())
    return session !== undefined && app.access(app.province).can(session.actor, action)
  }
}

/** What a stream asks, and the action that whoever reads it must be allowed. */
interface Asked<Question> {
  readonly action: string
  question(c: Web): Question | Promise<Question>
}

/** GET /dieu-hanh/luong: the same question as the board, as server-sent events. */
export const boardStream = (boards: LiveBoards, heartbeatMs: number = HEARTBEAT_MS): ((c: Web) => Promise<Response>) =>
  liveStream(boards, { action: 'board.see', question: (c) => readQuestion(c.req.query(), dayOf(c.get('app').clock())) }, heartbeatMs)

/** A live page as server-sent events. */
export function liveStream<Question>(
  boards: LiveBoards<Question>,
  asked: Asked<Question>,
  heartbeatMs: number = HEARTBEAT_MS,
): (c: Web) => Promise<Response> {
  const open = new Map<string, number>()
  return async (c) => {
    const app = c.get('app')
    const question = await asked.question(c)
    const reader = actorKey(c.get('actor'))
    if ((open.get(reader) ?? 0) >= MOST) throw new Refused(refusals.tooMany)
    const may = stillMay(c, asked.action)
    const response = streamSSE(c, async (stream) => {
      open.set(reader, (open.get(reader) ?? 0) + 1)
      let end: () => void = () => undefined
      const ended = new Promise<void>((resolve) => {
        end = resolve
      })
      const forget = app.streams.add(end)
      stream.onAbort(end)
      const stop = follow(boards, question, c.get('locale'), stream)
      const heartbeat = setInterval(() => {
        // While the database is away nobody is sent away: the next beat asks again.
        may().then(
          (so) => (so ? void stream.write(': …\n\n') : end()),
          () => undefined,
        )
      }, heartbeatMs)
      await ended
      clearInterval(heartbeat)
      stop()
      forget()
      const left = (open.get(reader) ?? 1) - 1
      if (left > 0) open.set(reader, left)
      else open.delete(reader)
    })
    // Proxies that gather answers before passing them on would hold the board back.
    response.headers.set('x-accel-buffering', 'no')
    response.headers.set('cache-control', 'no-cache, no-transform')
    return response
  }
}
