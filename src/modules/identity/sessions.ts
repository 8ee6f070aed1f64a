import { hash, randomBytes } from 'node:crypto'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Temporal } from 'temporal-polyfill'
import type { App, Session, Sessions } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import type { Actor } from '../../kernel/context.ts'
import type { Database, Province, Tx } from '../../kernel/database/index.ts'
import type { Web } from '../../kernel/http/context.ts'
import { addressOf, sessionCookie } from '../../kernel/http/server.ts'
import { deviceName } from './rules/device.ts'
import { findSession, insertSession, purge, type SessionRow, touchSession } from './store/sessions.ts'

/** A session of ours; `mustChangePassword`: no role counts until the officer has chosen a password. */
export interface IdentitySession extends Session {
  readonly mustChangePassword: boolean
  /** When this session last proved a second factor; null: never. */
  readonly factorAt: Temporal.Instant | null
}

const TOKEN = /^[\w-]{43}$/

/** What the database keeps of a token. */
export const tokenHashOf = (token: string): Uint8Array => hash('sha256', token, 'buffer')

function actorOf(row: SessionRow): Session['actor'] {
  if (row.subjectKind === 'officer') return { kind: 'officer', officerId: row.subjectId, name: row.name, grants: row.grants }
  return {
    kind: 'citizen',
    personId: row.subjectId,
    name: row.name,
    ...(row.personalNumber ? { personalNumber: row.personalNumber } : {}),
    ...(row.phone ? { phone: row.phone } : {}),
  }
}

const MINUTE_MS = 60_000

/** Sessions as the web layer asks for them. Rights are read with every request: what was revoked is gone at once. */
export function createSessions(db: Database): Sessions {
  return {
    async find(province: Province, token: string, now: Temporal.Instant): Promise<IdentitySession | undefined> {
      if (!TOKEN.test(token)) return undefined
      const tokenHash = tokenHashOf(token)
      const row = await db.read(province, (tx) => findSession(tx, tokenHash, now, dayOf(now)))
      if (!row) return undefined
      if (now.epochMilliseconds - row.seenAt.epochMilliseconds > MINUTE_MS)
        await db.read(province, (tx) => touchSession(tx, tokenHash, now))
      return { actor: actorOf(row), csrf: row.csrf, tokenHash, mustChangePassword: row.mustChangePassword, factorAt: row.factorAt }
    },
  }
}

/** Where a sign-in came from, as its owner will see it in the list of sessions. */
export interface Place {
  readonly address: string
  readonly device: string
}

export const placeOf = (c: Web): Place => ({ address: addressOf(c), device: deviceName(c.req.header('user-agent')) })

/** A fresh 256-bit token. Only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Opens a session under a new token; the one the browser had before ends, so a planted token is worth nothing. */
export function openSession(
  tx: Tx,
  input: {
    token: string
    subject: Pick<SessionRow, 'subjectKind' | 'subjectId'>
    place: Place
    replaces: Uint8Array | null
    factorAt?: Temporal.Instant | null
  },
  now: Temporal.Instant,
): Promise<void> {
  const { token, subject, place, replaces, factorAt = null } = input
  const csrf = randomBytes(32).toString('base64url')
  return insertSession(tx, { tokenHash: tokenHashOf(token), ...subject, csrf, ...place, factorAt }, replaces, now)
}

/** The session the browser holds now, by hash, whether it still lives or not. */
export function heldToken(c: Web): Uint8Array | null {
  const token = getCookie(c, sessionCookie(c.get('app')))
  return token && TOKEN.test(token) ? tokenHashOf(token) : null
}

const cookieOptions = (app: Pick<App, 'baseUrl'>) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: app.baseUrl.startsWith('https:') }) as const

export const giveToken = (c: Web, token: string): void => setCookie(c, sessionCookie(c.get('app')), token, cookieOptions(c.get('app')))

export const takeTokenAway = (c: Web): void => {
  deleteCookie(c, sessionCookie(c.get('app')), cookieOptions(c.get('app')))
}

/** Whose session: the two kinds of people who can have one. */
export function subjectOf(actor: Actor): Pick<SessionRow, 'subjectKind' | 'subjectId'> | undefined {
  if (actor.kind === 'officer') return { subjectKind: 'officer', subjectId: actor.officerId }
  if (actor.kind === 'citizen') return { subjectKind: 'citizen', subjectId: actor.personId }
  return undefined
}

/** Removes what has expired: sessions, ways to the identity service, counts of tries. For a schedule; running it twice does no harm. */
export const purgeSessions = (db: Database, province: Province, now: Temporal.Instant) => db.write(province, (tx) => purge(tx, now))
