import type { App, Worker } from '../app.ts'
import { isUnavailable } from '../command.ts'
import type { Tx } from '../database/index.ts'
import type { Jobs } from '../jobs/index.ts'
import { addCursor, findBehind, findEvent, type LoggedEvent, moveCursor, readOutbox, takeCursor } from './store.ts'

/**
 * Someone who wants to hear of events. `handle` runs in the transaction that moves the subscriber's cursor: what it writes through `tx`
 * (usually `jobs.send(tx, …)`) happens exactly once, or not at all and then again. It must do nothing outside `tx`.
 */
export interface Subscriber {
  /** Stable: it names the cursor. */
  readonly name: string
  readonly types: readonly string[]
  /** Where a subscriber that is new begins: after what already happened (usual), or at the first event of the log. */
  readonly from?: 'end' | 'start'
  handle(event: LoggedEvent, tx: Tx): Promise<void>
}

export interface Relay extends Worker {
  /** Before `start`. Two subscribers never share a name. */
  subscribe(subscriber: Subscriber): void
  /** Looks at the outbox now. */
  wake(): void
  /** Hands out everything that is settled by now, for tests and commands that run without the worker. Returns how many events. */
  drain(): Promise<number>
}

const BATCH = 200
const POLL_MS = 500
/** After so many failures in a row an event is put aside as a job of its own, and the line moves on. */
const ATTEMPTS = 3
const ASIDE = 'relay.aside'
const PATIENCE_MS = 60_000

class HandlerFailed extends Error {
  readonly position: number
  constructor(position: number, cause: unknown) {
    super(`event ${position}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.position = position
  }
}

/**
 * Reads the event log as an outbox and hands every event to its subscribers at least once, in commit-safe order: it never reads past
 * the oldest running transaction, so an event that commits late is not skipped.
 */
export function createRelay(app: Pick<App, 'db' | 'clock' | 'log' | 'province'>, jobs: Jobs, options: { pollMs?: number } = {}): Relay {
  const subscribers = new Map<string, Subscriber>()
  const failures = new Map<string, { position: number; count: number; message: string }>()
  const { db, province } = app
  let stopped = true
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  let again = false
  let timer: NodeJS.Timeout | undefined
  let unsubscribe: (() => void) | undefined
  let wellAt = 0
  let lastError: string | undefined

  jobs.define({
    queue: ASIDE,
    owner: 'kernel',
    label: { vi: 'Sự kiện chưa chuyển được', en: 'Event that could not be handed on' },
    retryLimit: 5,
    handler: async ({ subscriber: name, position }: { subscriber: string; position: number }, run) => {
      await db.write(run.province, async (tx) => {
        const subscriber = subscribers.get(name)
        const event = await findEvent(tx, position)
        if (!subscriber || !event) throw new Error(`no subscriber ${name} or no event ${position}`)
        await subscriber.handle(event, tx)
      })
    },
  })

  const setAside = (subscriber: string, position: number): boolean => {
    const failure = failures.get(subscriber)
    return failure !== undefined && failure.position === position && failure.count >= ATTEMPTS
  }

  /** One batch of one subscriber in one transaction. Returns how many events the cursor passed. */
  const pass = (subscriber: Subscriber): Promise<number> =>
    db.write(
      province,
      async (tx) => {
        const cursor = await takeCursor(tx, subscriber.name)
        if (!cursor) return 0
        const events = await readOutbox(tx, cursor, subscriber.types, BATCH)
        for (const event of events) {
          if (!event.wanted) continue
          if (setAside(subscriber.name, event.position)) {
            await jobs.send(tx, province, ASIDE, { subscriber: subscriber.name, position: event.position })
            continue
          }
          try {
            await subscriber.handle(event, tx)
          } catch (error) {
            if (isUnavailable(error)) throw error
            throw new HandlerFailed(event.position, error)
          }
        }
        const last = events.at(-1)
        if (last) await moveCursor(tx, subscriber.name, { tx: last.tx, position: last.position }, app.clock())
        return events.length
      },
      { quiet: true },
    )

  const noteFailure = (subscriber: Subscriber, error: HandlerFailed): void => {
    const before = failures.get(subscriber.name)
    const count = before?.position === error.position ? before.count + 1 : 1
    failures.set(subscriber.name, { position: error.position, count, message: error.message })
    app.log.error(
      { err: error.cause, subscriber: subscriber.name, position: error.position, attempt: count },
      'an event could not be handed on',
    )
  }

  /** Reads one subscriber to the end. A failing event is tried again at once, then put aside. */
  const follow = async (subscriber: Subscriber): Promise<number> => {
    let handed = 0
    for (;;) {
      try {
        const passed = await pass(subscriber)
        handed += passed
        if (passed > 0) failures.delete(subscriber.name)
        if (passed < BATCH) return handed
      } catch (error) {
        if (!(error instanceof HandlerFailed)) throw error
        noteFailure(subscriber, error)
      }
    }
  }

  const drain = async (): Promise<number> => {
    // Every commit wakes the relay; while nobody listens that must cost a busy counter nothing.
    if (subscribers.size === 0) return 0
    const behind = await db.read(province, (tx) => findBehind(tx, [...subscribers.keys()]))
    let handed = 0
    for (const name of behind) handed += await follow(subscribers.get(name) as Subscriber)
    if (handed > 0) jobs.wake()
    return handed
  }

  const look = async (): Promise<void> => {
    try {
      do {
        again = false
        await drain()
      } while (again && !stopped)
      wellAt = Date.now()
      lastError = undefined
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error)
      app.log.warn({ err: error }, 'the relay could not read the outbox; it will try again')
    }
    busy = false
    if (!stopped) timer = setTimeout(wake, options.pollMs ?? POLL_MS).unref()
  }

  const wake = (): void => {
    again = true
    if (busy || stopped) return
    busy = true
    clearTimeout(timer)
    running = look()
  }

  const addCursors = (): Promise<void> =>
    db.write(
      province,
      async (tx) => {
        for (const { name, from } of subscribers.values()) await addCursor(tx, name, from ?? 'end')
      },
      { quiet: true },
    )

  return {
    name: 'relay',
    subscribe(subscriber) {
      if (subscribers.has(subscriber.name)) throw new Error(`two subscribers are called "${subscriber.name}"`)
      subscribers.set(subscriber.name, subscriber)
    },
    wake,
    async drain() {
      await addCursors()
      return drain()
    },
    async start() {
      if (!stopped) return
      await addCursors()
      stopped = false
      wellAt = Date.now()
      unsubscribe = db.onCommit(wake)
      wake()
    },
    async stop() {
      stopped = true
      unsubscribe?.()
      clearTimeout(timer)
      await running
    },
    health: () =>
      lastError && Date.now() - wellAt > PATIENCE_MS ? `events have waited for ${Math.round((Date.now() - wellAt) / 1000)} s` : undefined,
  }
}
