import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { WorkCalendar } from '../../calendar/index.ts'
import { findProcedure, loadCalendar } from '../facts.ts'
import type { Dossier } from '../rules/dossier.ts'
import { agenciesIn, NO_LIMIT, Reckoning } from '../rules/reckoning.ts'

/** What reading the clock needs: the database and the time it is. */
export type Timed = Pick<Context, 'tx' | 'now'>

/** The clock of a dossier now, with the calendars of every agency that counted its time, and of one it may go to. */
export async function reckon(cx: Timed, dossier: Dossier, agencyCode?: string): Promise<Reckoning> {
  const calendars = new Map<string, WorkCalendar>()
  const codes = [dossier.agencyCode, ...agenciesIn(dossier.clock?.events ?? []), ...(agencyCode === undefined ? [] : [agencyCode])]
  for (const code of new Set(codes)) calendars.set(code, await loadCalendar(cx.tx, code))
  const limit = dossier.clock?.limit ?? (await limitOf(cx, dossier))
  return new Reckoning(dossier, cx.now, limit, (code) => calendars.get(code) as WorkCalendar)
}

/** The limit a dossier without a ledger was promised by. */
async function limitOf(cx: Timed, dossier: Dossier) {
  if (dossier.receivedAt === null) return NO_LIMIT
  const procedure = await findProcedure(cx.tx, dossier.procedureCode, dossier.receivedDay ?? dayOf(dossier.receivedAt))
  return procedure?.limit ?? NO_LIMIT
}
