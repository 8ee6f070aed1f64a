import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { Enclosed } from './notices.ts'

export type LetterState = 'waiting' | 'sent' | 'failed' | 'stale'

/** A notice on its way by mail. */
export interface Letter {
  readonly id: string
  readonly officerId: string
  readonly state: LetterState
  /** The job that has it in hand; null: none has. */
  readonly jobId: string | null
  readonly enclosed: Enclosed | null
  readonly tries: number
  readonly askedAt: Temporal.Instant
  readonly settledAt: Temporal.Instant | null
  readonly problem: string | null
  /** A try was cut off before this letter went again: the server may have taken it both times. */
  readonly maybeTwice: boolean
  readonly title: string
  readonly body: string
  readonly href: string
}

const columns = sql`l.id, l.officer_id as "officerId", l.state, l.job_id as "jobId", l.enclosed, l.tries, l.asked_at as "askedAt",
  l.settled_at as "settledAt", l.problem, l.maybe_twice as "maybeTwice", n.title, n.body, n.href`

export interface NewLetter {
  readonly id: string
  readonly noticeId: string
  readonly officerId: string
  readonly jobId: string | null
  readonly enclosed: Enclosed | undefined
}

export async function insertLetters(tx: Tx, letters: readonly NewLetter[], at: Temporal.Instant): Promise<void> {
  const rows = letters.map(({ enclosed, ...letter }) => ({ ...letter, enclosed: enclosed ?? null }))
  await sql`
    insert into letter (id, notice_id, officer_id, state, job_id, enclosed, asked_at)
    select id, "noticeId", "officerId", 'waiting', "jobId", nullif(enclosed, 'null'::jsonb), ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as l(id uuid, "noticeId" uuid, "officerId" uuid, "jobId" uuid, enclosed jsonb)`.execute(tx)
}

export async function letterById(tx: Tx, id: string): Promise<Letter | undefined> {
  const { rows } = await sql<Letter>`
    select ${columns} from letter l join notice n on n.id = l.notice_id where l.id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/**
 * A try begins: from here until it is settled or noted, nobody else knows whether the letter went. False when it is not this job's (any
 * more). A try that is still marked was cut off: it is counted, and the letter may come twice.
 */
export async function beginTry(tx: Tx, id: string, jobId: string, at: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update letter set trying_since = ${at}::timestamptz, maybe_twice = maybe_twice or trying_since is not null,
      tries = tries + (trying_since is not null)::int
    where id = ${id}::uuid and state = 'waiting' and job_id = ${jobId}::uuid`.execute(tx)
  return numAffectedRows === 1n
}

/** The end of a letter's way. False when it had come to one before. */
export async function settleLetter(
  tx: Tx,
  id: string,
  state: 'sent' | 'failed',
  problem: string | null,
  at: Temporal.Instant,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update letter set state = ${state}, problem = ${problem}, tries = tries + 1, trying_since = null, settled_at = ${at}::timestamptz
    where id = ${id}::uuid and state = 'waiting'`.execute(tx)
  return numAffectedRows === 1n
}

/** A try that came to nothing; there will be another. */
export async function noteTry(tx: Tx, id: string, problem: string): Promise<void> {
  await sql`
    update letter set tries = tries + 1, problem = ${problem}, trying_since = null
    where id = ${id}::uuid and state = 'waiting'`.execute(tx)
}

/** No job has it in hand any more: it waits until there is a mail server. */
export async function putBack(tx: Tx, id: string): Promise<void> {
  await sql`update letter set job_id = null where id = ${id}::uuid and state = 'waiting'`.execute(tx)
}

/** A job takes a letter over from one that is no more, or that none had. False when it came into other hands meanwhile. */
export async function adopt(tx: Tx, { id, jobId }: Pick<Letter, 'id' | 'jobId'>, newJobId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update letter set job_id = ${newJobId}::uuid
    where id = ${id}::uuid and state = 'waiting' and job_id is not distinct from ${jobId}::uuid`.execute(tx)
  return numAffectedRows === 1n
}

/** Letters that jobs have in hand, with their jobs. */
export async function lettersInHand(tx: Tx): Promise<{ id: string; jobId: string }[]> {
  const { rows } = await sql<{ id: string; jobId: string }>`
    select id, job_id as "jobId" from letter where state = 'waiting' and job_id is not null`.execute(tx)
  return rows
}

/** Why a letter failed whose last try was cut off: it may have arrived. */
export const CUT_OFF = 'CUT-OFF'

/**
 * A letter whose job is no more. Cut off in a try, it has failed: it may have gone, so only a person sends it again. Else nothing was sent,
 * and it waits. Null when it came to an end, or into other hands, meanwhile.
 */
export async function letGo(
  tx: Tx,
  { id, jobId }: { id: string; jobId: string },
  at: Temporal.Instant,
): Promise<'failed' | 'waiting' | null> {
  const { rows } = await sql<{ state: 'failed' | 'waiting' }>`
    update letter set job_id = null,
      state = case when trying_since is null then 'waiting' else 'failed' end,
      settled_at = case when trying_since is null then null else ${at}::timestamptz end,
      problem = case when trying_since is null then problem else ${CUT_OFF} end,
      tries = tries + (trying_since is not null)::int, trying_since = null
    where id = ${id}::uuid and state = 'waiting' and job_id = ${jobId}::uuid
    returning state`.execute(tx)
  return rows[0]?.state ?? null
}

/** Letters nobody has in hand from before a moment are no news any more. Returns how many. */
export async function makeStale(tx: Tx, before: Temporal.Instant, at: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    update letter set state = 'stale', settled_at = ${at}::timestamptz
    where state = 'waiting' and job_id is null and asked_at < ${before}::timestamptz`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Takes letters that wait for nobody in hand: for each the job is to be made that is named with it. */
export async function takeWaiting(tx: Tx, most: number): Promise<{ id: string; jobId: string }[]> {
  const { rows } = await sql<{ id: string; jobId: string }>`
    update letter set job_id = gen_random_uuid()
    where id in (select id from letter where state = 'waiting' and job_id is null order by asked_at, id limit ${most} for update skip locked)
    returning id, job_id as "jobId"`.execute(tx)
  return rows
}

/** Lets letters that came to nothing wait again: one, or (null) all of them. Returns how many. */
export async function reopenLetters(tx: Tx, id: string | null): Promise<number> {
  const { numAffectedRows } = await sql`
    update letter set state = 'waiting', job_id = null, settled_at = null, tries = 0,
      maybe_twice = maybe_twice or coalesce(problem = ${CUT_OFF}, false)
    where state in ('failed', 'stale') and (${id}::uuid is null or id = ${id}::uuid)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function newestLetters(tx: Tx, state: LetterState | undefined, limit: number, offset: number): Promise<Letter[]> {
  const { rows } = await sql<Letter>`
    select ${columns} from letter l join notice n on n.id = l.notice_id
    where ${state ?? null}::text is null or l.state = ${state ?? null}::text
    order by l.asked_at desc, l.id limit ${limit} offset ${offset}`.execute(tx)
  return rows
}

export async function countLetters(tx: Tx): Promise<Readonly<Record<LetterState, number>>> {
  const { rows } = await sql<{ state: LetterState; n: number }>`
    select state, count(*)::int as n from letter group by state`.execute(tx)
  return { waiting: 0, sent: 0, failed: 0, stale: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) }
}

/** Officers of these who want no mail. */
export async function withoutMail(tx: Tx, officerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select officer_id as id from mail_choice where officer_id = any(${[...officerIds]}::uuid[]) and not by_mail`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export async function chooseMail(tx: Tx, officerId: string, byMail: boolean, at: Temporal.Instant): Promise<void> {
  await sql`
    insert into mail_choice (officer_id, by_mail, set_at) values (${officerId}::uuid, ${byMail}, ${at}::timestamptz)
    on conflict (officer_id) do update set by_mail = excluded.by_mail, set_at = excluded.set_at`.execute(tx)
}
