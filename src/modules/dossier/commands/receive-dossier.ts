import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { Result } from '../../../kernel/result.ts'
import { clock } from '../../calendar/index.ts'
import { notPossibleNow, unknownProcedure } from '../errors.ts'
import { findProcedure, loadCalendar, type ProcedureFacts } from '../facts.ts'
import { type Clock, type Dossier, isoText } from '../rules/dossier.ts'
import { decideReceive } from '../rules/lifecycle.ts'
import * as store from '../store.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface ReceiveDossier extends OnDossier {
  readonly note?: string | undefined
}

/** When a dossier received now is due, and why: the procedure's limit on the resolving agency's calendar. */
export async function dueOf(
  cx: Context,
  dossier: Dossier,
  procedure: ProcedureFacts,
): Promise<{ due: Temporal.Instant; explanation: readonly Text[]; clock: Clock }> {
  const ledger: Clock = { limit: procedure.limit, events: [{ type: 'start', at: isoText(cx.now), agency: dossier.agencyCode }] }
  const { due, explanation } = clock(ledger.events, ledger.limit, await loadCalendar(cx.tx, dossier.agencyCode))
  return { due, explanation, clock: ledger }
}

/** The serial of the official code: the last row a reception takes, so that receptions of one agency wait for each other briefly. */
export const nextSerial = async (cx: Context, dossier: Dossier): Promise<number> =>
  dossier.code === null ? store.takeSerial(cx.tx, dossier.agencyCode, dayOf(cx.now)) : 0

/**
 * Accepts a dossier: official code, due date with its explanation, clock starts (status 1 → 2, form 01). Fixes the version of the
 * procedure in force now. Refusals: dossier.not-possible-now, dossier.changed-meanwhile, dossier.unknown-procedure.
 */
export async function receiveDossier(asked: Context, input: ReceiveDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.receive', input)
  if (dossier.stage !== 'submitted') throw new Refused(notPossibleNow('receive', dossier.stage))
  const procedure = await findProcedure(cx.tx, dossier.procedureCode, dayOf(cx.now))
  if (!procedure) throw new Refused(unknownProcedure)
  const due = await dueOf(cx, dossier, procedure)
  const serial = await nextSerial(cx, dossier)
  const decision = decideReceive(
    dossier,
    { ...due, serial, feeVnd: procedure.feeVnd, procedureVersion: procedure.version, note: input.note },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
