import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { dueAt, isWorkingDay, workingDayAfter } from '../../calendar/index.ts'
import { noDueTime, notAWorkingDay, notPossibleNow } from '../errors.ts'
import { loadCalendar, type WorkCalendar, workingDaysBetween } from '../facts.ts'
import { lifecycleRule } from '../law.ts'
import { type Dossier, isoText } from '../rules/dossier.ts'
import { decideExtend, type Extension } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { clockAfter, movedBy, type Timed, whyOf } from './timing.ts'

export interface ExtendDossier extends OnDossier {
  /** Why it takes longer, in words the applicant will read. */
  readonly note: string
  /** The new day; the dossier is due at its closing time. */
  readonly day: Day
}

/** The last moment at which a due time may be put off when so many working days' notice is asked for: the end of that day. */
function latestMoment(due: Temporal.Instant, days: number, calendar: WorkCalendar): Temporal.Instant {
  if (days === 0) return due
  const last = dayOf(due)
  let day = addDays(last, -1)
  while (workingDaysBetween(day, last, calendar) < days) day = addDays(day, -1)
  return startOfDay(addDays(day, 1)).subtract({ seconds: 1 })
}

/** What an extension to a day would mean: the new due time and its explanation. Throws `Refused`: dossier.not-a-working-day, dossier.no-due-time. */
export async function extensionTo(cx: Timed, dossier: Dossier, input: { note: string; day: Day }): Promise<Extension> {
  if (dossier.dueAt === null) throw new Refused(noDueTime)
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode, input.day, input.day)
  if (!isWorkingDay(input.day, calendar)) throw new Refused(notAWorkingDay(workingDayAfter(input.day, 0, calendar)))
  const closing = dueAt(startOfDay(input.day), { limit: 0, unit: 'working_day' }, calendar).due
  const after = await clockAfter(cx, dossier, [{ type: 'extend', at: isoText(cx.now), to: isoText(closing), reason: input.note.trim() }])
  const rule = lifecycleRule(dossier.receivedDay ?? dayOf(cx.now), dossier.procedureCode)
  const moved = movedBy(dossier, after)
  return {
    note: input.note,
    due: moved.due ?? closing,
    explanation: moved.explanation ?? [],
    why: after ? whyOf(after.state) : { vi: '', en: '' },
    ledger: moved.ledger,
    maxExtensions: rule.maxExtensions,
    latest: latestMoment(dossier.dueAt, rule.extensionNoticeWorkingDays, calendar),
  }
}

/**
 * Apologises and puts the due time off (form 04). Refusals: dossier.extend-too-late, dossier.extensions-used,
 * dossier.new-due-not-later, dossier.not-a-working-day, dossier.no-due-time.
 */
export async function extendDossier(asked: Context, input: ExtendDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.extend', input)
  if (dossier.stage === 'closed') throw new Refused(notPossibleNow('extend', dossier.stage))
  const decision = decideExtend(dossier, await extensionTo(cx, dossier, input), cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
