import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { CalendarChange } from './input.ts'

export interface DraftedChange {
  readonly id: string
  readonly change: CalendarChange
  readonly state: 'draft' | 'applied' | 'dropped'
  readonly draftedBy: string
  readonly draftedAt: Temporal.Instant
  readonly appliedBy: string | null
  readonly appliedAt: Temporal.Instant | null
  /** Due times it moves, and those that had passed and stay. */
  readonly moves: number
  readonly kept: number
}

/** A due time that moves; `subject` is whose (a dossier's id). */
export interface DueMove {
  readonly subject: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

export type MoveOutcome = 'moved' | 'changed-meanwhile' | 'closed'

const columns = sql`id, change, state, drafted_by as "draftedBy", drafted_at as "draftedAt", applied_by as "appliedBy",
  applied_at as "appliedAt", moves, kept`

export async function insertChange(tx: Tx, made: Pick<DraftedChange, 'id' | 'change' | 'draftedBy' | 'draftedAt'>): Promise<void> {
  await sql`
    insert into calendar_change (id, change, drafted_by, drafted_at)
    values (${made.id}, ${JSON.stringify(made.change)}::jsonb, ${made.draftedBy}, ${made.draftedAt})`.execute(tx)
}

export async function findChange(tx: Tx, id: string): Promise<DraftedChange | undefined> {
  const { rows } = await sql<DraftedChange>`select ${columns} from calendar_change where id = ${id}::uuid`.execute(tx)
  return rows[0]
}

export async function lockChange(tx: Tx, id: string): Promise<DraftedChange | undefined> {
  const { rows } = await sql<DraftedChange>`select ${columns} from calendar_change where id = ${id}::uuid for update`.execute(tx)
  return rows[0]
}

/** The latest changes, drafts first looked at again. */
export async function listChanges(tx: Tx, limit: number): Promise<DraftedChange[]> {
  const { rows } = await sql<DraftedChange>`
    select ${columns} from calendar_change where state <> 'dropped' order by drafted_at desc limit ${limit}`.execute(tx)
  return rows
}

export async function settleChange(
  tx: Tx,
  id: string,
  done: { state: 'applied' | 'dropped'; by: string; at: Temporal.Instant; moves: number; kept: number },
): Promise<void> {
  await sql`
    update calendar_change set state = ${done.state}, applied_by = ${done.by}, applied_at = ${done.at}, moves = ${done.moves}, kept = ${done.kept}
    where id = ${id}::uuid`.execute(tx)
}

export async function insertMoves(tx: Tx, id: string, moves: readonly DueMove[]): Promise<void> {
  if (moves.length === 0) return
  await sql`
    insert into due_move (change_id, subject, due_from, due_to)
    select ${id}::uuid, subject, due_from, due_to
    from unnest(${moves.map((move) => move.subject)}::uuid[], ${moves.map((move) => move.from.toString())}::timestamptz[],
      ${moves.map((move) => move.to.toString())}::timestamptz[]) as move (subject, due_from, due_to)`.execute(tx)
}

/** The next moves that wait, locked for this transaction; others at the same work take others. */
export async function takeMoves(tx: Tx, id: string, limit: number): Promise<DueMove[]> {
  const { rows } = await sql<DueMove>`
    select subject, due_from as "from", due_to as "to" from due_move
    where change_id = ${id}::uuid and outcome is null order by subject limit ${limit} for update skip locked`.execute(tx)
  return rows
}

export async function settleMoves(tx: Tx, id: string, done: readonly { subject: string; outcome: MoveOutcome }[]): Promise<void> {
  await sql`
    update due_move set outcome = done.outcome
    from unnest(${done.map((move) => move.subject)}::uuid[], ${done.map((move) => move.outcome)}::text[]) as done (subject, outcome)
    where change_id = ${id}::uuid and due_move.subject = done.subject`.execute(tx)
}

/** How many of a change's moves are done, by outcome; those that wait under ''. */
export async function countMoves(tx: Tx, id: string): Promise<Readonly<Record<MoveOutcome | '', number>>> {
  const { rows } = await sql<{ outcome: MoveOutcome | ''; n: number }>`
    select coalesce(outcome, '') as outcome, count(*)::int as n from due_move where change_id = ${id}::uuid group by 1`.execute(tx)
  return { '': 0, moved: 0, 'changed-meanwhile': 0, closed: 0, ...Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n])) }
}

/** Moves of an applied change, page by page. */
export async function listMoves(tx: Tx, id: string, limit: number, offset: number): Promise<(DueMove & { outcome: MoveOutcome | null })[]> {
  const { rows } = await sql<DueMove & { outcome: MoveOutcome | null }>`
    select subject, due_from as "from", due_to as "to", outcome from due_move
    where change_id = ${id}::uuid order by due_from, subject limit ${limit} offset ${offset}`.execute(tx)
  return rows
}
