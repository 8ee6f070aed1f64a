import { randomUUID } from 'node:crypto'
import type { App } from '../../kernel/app.ts'
import { type Call, run } from '../../kernel/command.ts'
import type { Context } from '../../kernel/context.ts'
import type { JobRun } from '../../kernel/jobs/index.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import {
  agencyOf,
  applyDraft,
  type CalendarChange,
  changeCalendar,
  describeChange,
  findChange,
  loadCalendars,
  openDraft,
  settleMoves,
  takeMoves,
} from '../calendar/index.ts'
import { agenciesOf, type DuePreview, moveDues, openWithDue, previewDues } from '../dossier/index.ts'

export const MOVE_DUES = 'calendar.move-dues'
/** Dossiers a transaction: long enough to be quick, short enough that nobody waits for it. */
const AT_ONCE = 100

/** Carries what was seen out of a transaction that is not to leave anything behind. */
class Seen extends Error {
  readonly preview: DuePreview
  constructor(preview: DuePreview) {
    super('seen')
    this.preview = preview
  }
}

/** Reads the open due times and their calendars before a change; what comes back compares them with the calendars after it. */
async function openDues(cx: Context, change: CalendarChange): Promise<() => Promise<DuePreview>> {
  const dossiers = await openWithDue(cx.tx, agencyOf(change))
  const agencies = agenciesOf(dossiers)
  const before = await loadCalendars(cx.tx, agencies)
  return async () => previewDues(dossiers, before, await loadCalendars(cx.tx, agencies), cx.now)
}

/**
 * What a change of the calendar would move: the change is made in a transaction, every open due time worked out again, and the
 * transaction given up. Nothing is left behind. Refusals as `changeCalendar`.
 */
export async function previewCalendarChange(app: App, call: Call, change: CalendarChange): Promise<Result<DuePreview>> {
  try {
    return await run<DuePreview>(app, { ...call, requestId: randomUUID() }, async (cx) => {
      const dues = await openDues(cx, change)
      const changed = await changeCalendar(cx, change)
      if (!changed.ok) return refuse(changed.error)
      throw new Seen(await dues())
    })
  } catch (error) {
    if (error instanceof Seen) return ok(error.preview)
    throw error
  }
}

export interface ApplyCalendarChange {
  readonly id: string
  /** Also move due times to a moment that has passed already. */
  readonly past: boolean
}

/**
 * Applies a drafted change: the calendar counts anew from now on, and the due times it moves follow in a job, each with an event of its
 * own. A due time that has passed stays. Refusals: calendar.change-not-found, calendar.change-settled, and those of `changeCalendar`.
 */
export async function applyCalendarChange(
  app: App,
  cx: Context,
  { id, past }: ApplyCalendarChange,
): Promise<Result<{ id: string; moves: number; kept: number }>> {
  const draft = await openDraft(cx, id)
  const dues = await openDues(cx, draft.change)
  const done = await applyDraft(cx, draft, async () => {
    const preview = await dues()
    const moves = preview.moves.filter((move) => past || !move.past)
    return {
      moves: moves.map((move) => ({ subject: move.id, from: move.from, to: move.to })),
      kept: preview.kept + preview.unknown + preview.moves.length - moves.length,
    }
  })
  if (done.ok && done.value.moves > 0) await app.jobs.send(cx.tx, cx.province, MOVE_DUES, { id })
  return done
}

/** Moves the due times of an applied change, some at a time, until none waits. Safe to begin again. */
export async function moveDuesOf(app: App, { id }: { id: string }, { province, signal }: JobRun): Promise<{ moved: number }> {
  const found = await app.db.read(province, (tx) => findChange(tx, id))
  if (!found) return { moved: 0 }
  const why = describeChange(found.change)
  let moved = 0
  for (;;) {
    signal.throwIfAborted()
    const call: Call = { province, actor: { kind: 'system', name: 'calendar' }, name: MOVE_DUES }
    const done = await run(app, call, async (cx) => {
      const moves = await takeMoves(cx.tx, id, AT_ONCE)
      if (moves.length === 0) return ok({})
      const result = await moveDues(cx, { moves: moves.map(({ subject, from, to }) => ({ dossierId: subject, from, to })), why })
      if (result.ok)
        await settleMoves(
          cx.tx,
          id,
          Object.entries(result.value).map(([subject, outcome]) => ({ subject, outcome })),
        )
      return result
    })
    if (!done.ok) throw new Error(done.error.code)
    const outcomes = Object.values(done.value)
    if (outcomes.length === 0) return { moved }
    moved += outcomes.filter((outcome) => outcome === 'moved').length
  }
}
