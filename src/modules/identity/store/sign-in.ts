import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import type { ThrottleLimit } from '../rules/throttle.ts'

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()

/** What tries are counted for. `account` alone counts them from everywhere. */
export interface Counted {
  readonly account?: string
  readonly network?: string
}

const accountKey = (account: string): Uint8Array => sha256(`account:${account}`)

/** What is counted, as the table keeps it: not readable back. Every count of an account begins with the account's own. */
const keyOf = ({ account, network }: Counted): Uint8Array =>
  Buffer.concat([
    account === undefined ? new Uint8Array() : accountKey(account),
    network === undefined ? new Uint8Array() : sha256(`address:${network}`),
  ])

/** Beyond every count of an account: longer than any, and as high as can be. */
const AFTER = new Uint8Array(33).fill(255)

export interface Tries {
  /** Tries in this window, this one included. */
  readonly tries: number
  readonly until: Temporal.Instant
}

/**
 * Counts a try before it is looked at, so that many at once cannot slip past the limit. The try that reaches the limit starts the wait
 * anew; tries beyond it do not lengthen it.
 */
export async function countTry(tx: Tx, counted: Counted, limit: ThrottleLimit, now: Temporal.Instant): Promise<Tries> {
  const end = now.add({ minutes: limit.minutes })
  const { rows } = await sql<Tries>`
    insert into sign_in_throttle as t (key, tries, window_ends_at) values (${keyOf(counted)}, 1, ${end}::timestamptz)
    on conflict (key) do update set
      tries = case when t.window_ends_at <= ${now}::timestamptz then 1 else t.tries + 1 end,
      window_ends_at = case when t.window_ends_at <= ${now}::timestamptz or t.tries + 1 = ${limit.tries}
        then ${end}::timestamptz else t.window_ends_at end
    returning tries, window_ends_at as until`.execute(tx)
  return rows[0] as Tries
}

/** A right password clears the count of its account from this network, and gives the account and the network the try back. */
export async function clearTries(tx: Tx, account: string, network: string): Promise<void> {
  const given = [keyOf({ account }), keyOf({ network })]
  await sql`
    with cleared as (delete from sign_in_throttle where key = ${keyOf({ account, network })})
    update sign_in_throttle set tries = greatest(tries - 1, 0) where key = any(${given}::bytea[])`.execute(tx)
}

/** Lifts the lock of an account, for every network: after its password was set anew. */
export async function clearAccount(tx: Tx, account: string): Promise<void> {
  const first = accountKey(account)
  await sql`delete from sign_in_throttle where key >= ${first} and key < ${Buffer.concat([first, AFTER])}`.execute(tx)
}

export interface Attempt {
  readonly nonce: string
  readonly verifier: string
  readonly returnPath: string
}

/** Remembers a way to the identity service, bound to the browser that begins it. */
export async function insertAttempt(
  tx: Tx,
  attempt: Attempt & { state: string; browser: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql`
    insert into sign_in_attempt (state_hash, browser_hash, nonce, verifier, return_path, expires_at)
    values (${sha256(attempt.state)}, ${sha256(attempt.browser)}, ${attempt.nonce}, ${attempt.verifier}, ${attempt.returnPath},
      ${attempt.expiresAt}::timestamptz)`.execute(tx)
}

/** Takes an attempt out: once, in time, by the browser that began it. Anything else finds nothing. */
export async function takeAttempt(tx: Tx, state: string, browser: string, now: Temporal.Instant): Promise<Attempt | undefined> {
  const { rows } = await sql<Attempt>`
    delete from sign_in_attempt
    where state_hash = ${sha256(state)} and browser_hash = ${sha256(browser)} and expires_at > ${now}::timestamptz
    returning nonce, verifier, return_path as "returnPath"`.execute(tx)
  return rows[0]
}
