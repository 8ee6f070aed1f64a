import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import * as changes from '../change-store.ts'
import { refusals } from '../errors.ts'
import { changeApplied, changeDrafted, changeDropped } from '../events.ts'
import type { CalendarChange } from '../input.ts'
import { allowEdit } from './allow-edit.ts'
import { agencyOf, changeCalendar } from './change-calendar.ts'

const nameOf = (cx: Context): string => ('name' in cx.actor ? cx.actor.name : '')

/** Whether the change could be made now; leaves nothing behind. */
async function tryOut(cx: Context, change: CalendarChange): Promise<Result<unknown>> {
  await sql`savepoint calendar_change`.execute(cx.tx)
  try {
    return await changeCalendar(cx, change)
  } finally {
    await sql`rollback to savepoint calendar_change`.execute(cx.tx)
  }
}

/** Writes a change down, to be looked at with what it would move before it is applied. Refusals as `changeCalendar`. */
export async function draftChange(cx: Context, change: CalendarChange): Promise<Result<{ id: string }>> {
  allowEdit(cx, agencyOf(change))
  const possible = await tryOut(cx, change)
  if (!possible.ok) return possible
  const id = cx.id()
  await changes.insertChange(cx.tx, { id, change, draftedBy: nameOf(cx), draftedAt: cx.now })
  await record(cx, { events: [changeDrafted(id, change)], result: { id } })
  return ok({ id })
}

/** A draft that nobody wants any more. Refusals: calendar.change-not-found, calendar.change-settled, access.denied. */
export async function dropChange(cx: Context, input: { id: string }): Promise<Result<{ id: string }>> {
  const { change } = await openDraft(cx, input.id)
  allowEdit(cx, agencyOf(change))
  await changes.settleChange(cx.tx, input.id, { state: 'dropped', by: nameOf(cx), at: cx.now, moves: 0, kept: 0 })
  await record(cx, { events: [changeDropped(input.id)], result: input })
  return ok(input)
}

/** A draft, locked. Throws `Refused` calendar.change-not-found or calendar.change-settled. */
export async function openDraft(cx: Context, id: string): Promise<changes.DraftedChange> {
  const found = await changes.lockChange(cx.tx, id)
  if (!found) throw new Refused(refusals.changeNotFound)
  if (found.state !== 'draft') throw new Refused(refusals.changeSettled)
  return found
}

/**
 * The calendar's part of applying a draft: the change itself, the draft settled, the due times to move written down for their job.
 * `movesOf` is asked after the change stands in this transaction. Gives the events to record. Refusals as `changeCalendar`.
 */
export async function applyDraft(
  cx: Context,
  { id, change }: Pick<changes.DraftedChange, 'id' | 'change'>,
  movesOf: () => Promise<{ moves: readonly changes.DueMove[]; kept: number }>,
): Promise<Result<{ id: string; moves: number; kept: number }>> {
  const changed = await changeCalendar(cx, change)
  if (!changed.ok) return refuse(changed.error)
  const { moves, kept } = await movesOf()
  await changes.settleChange(cx.tx, id, { state: 'applied', by: nameOf(cx), at: cx.now, moves: moves.length, kept })
  await changes.insertMoves(cx.tx, id, moves)
  const view = { id, moves: moves.length, kept }
  await record(cx, { events: [changed.value, changeApplied(id, change, view)], result: view })
  return ok(view)
}
