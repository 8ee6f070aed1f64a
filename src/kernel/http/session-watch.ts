import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Actor } from '../context.ts'
import type { Tx } from '../database/index.ts'

/** Of these sessions, by hash in hexadecimal, those that are still there. Signing out, a withdrawn role and a closed account take them away. */
export async function livingSessions(tx: Tx, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ hash: string }>`
    select encode(token_hash, 'hex') as hash from session
    where token_hash = any (select decode(asked.hash, 'hex') from unnest(${hashes}::text[]) as asked (hash))`.execute(tx)
  return new Set(rows.map(({ hash }) => hash))
}

type Host = Pick<App, 'db' | 'province' | 'log' | 'sessions' | 'clock' | 'access'>

/** Something that stays open as long as its reader may look. */
interface Open {
  readonly action: string
  readonly end: () => void
}

interface Watched {
  readonly token: string
  readonly open: Set<Open>
  /** As they were when last asked for in full. */
  actor: Actor
  askedAt: number
}

/** How soon whoever has signed out stops seeing anything new. */
const INTERVAL_MS = 2000
/** How often a session is asked for in full: its end, its idle time, roles that ended with the day. What is open counts as use of it. */
const FULL_MS = 30_000

/**
 * Ends what is open for those who may no longer look. One statement every two seconds for all sessions together, however many they are,
 * and none while nothing is open.
 */
export class SessionWatch {
  readonly #app: Host
  readonly #interval: number
  readonly #watched = new Map<string, Watched>()
  #timer: NodeJS.Timeout | undefined

  constructor(app: Host, interval = INTERVAL_MS) {
    this.#app = app
    this.#interval = interval
  }

  /** Watches one open thing; returns what to call when it has ended by itself. */
  add(session: { token: string; tokenHash: Uint8Array; actor: Actor }, action: string, end: () => void): () => void {
    const hash = Buffer.from(session.tokenHash).toString('hex')
    const watched = this.#watched.get(hash) ?? { token: session.token, open: new Set<Open>(), actor: session.actor, askedAt: Date.now() }
    this.#watched.set(hash, watched)
    const open = { action, end }
    watched.open.add(open)
    this.#timer ??= setTimeout(() => void this.#look(), this.#interval)
    return () => {
      watched.open.delete(open)
      if (watched.open.size === 0) this.#watched.delete(hash)
      if (this.#watched.size > 0) return
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  async #look(): Promise<void> {
    const { db, province, log } = this.#app
    try {
      const living = await db.read(province, (tx) => livingSessions(tx, [...this.#watched.keys()]))
      const full = Math.ceil((this.#watched.size * this.#interval) / FULL_MS)
      const eldest = [...this.#watched].sort(([, a], [, b]) => a.askedAt - b.askedAt).slice(0, full)
      const due = new Set(eldest.filter(([, { askedAt }]) => Date.now() - askedAt > FULL_MS / 2).map(([hash]) => hash))
      for (const [hash, watched] of [...this.#watched]) {
        // What is missing is asked for in full as well, by whoever keeps the sessions: theirs is the last word.
        if (due.has(hash) || !living.has(hash)) await this.#ask(watched)
        else this.#judge(watched)
      }
    } catch (error) {
      // While the database is away nobody is sent away: the next look asks again.
      log.debug({ err: error }, 'sessions of open streams could not be looked at, trying again')
    } finally {
      this.#timer = this.#watched.size > 0 ? setTimeout(() => void this.#look(), this.#interval) : undefined
    }
  }

  async #ask(watched: Watched): Promise<void> {
    const { sessions, province, clock } = this.#app
    const session = await sessions.find(province, watched.token, clock())
    watched.askedAt = Date.now()
    if (!session) {
      for (const one of [...watched.open]) one.end()
      return
    }
    watched.actor = session.actor
    this.#judge(watched)
  }

  /** The roles are the same; what a role may do can have changed. */
  #judge({ open, actor }: Watched): void {
    const access = this.#app.access(this.#app.province)
    for (const one of [...open]) if (!access.can(actor, one.action)) one.end()
  }
}
