import { dayOf } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { citizenRefusals } from '../citizen-errors.ts'
import * as store from '../store.ts'
import { findTrial, listTrials, type Trial } from '../trial-store.ts'
import { withMaskedNumbers } from '../view.ts'
import { type Asker, type QueryHost, reachedCodes, readerOf } from './reader.ts'

export interface TrialRow extends Omit<Trial, 'answers'> {
  readonly agencyName: string
  readonly overdue: boolean
}

/** The drafts on the officer's desks: waiting ones by the earliest promise, or those answered last. At most 100. */
export async function trialList(host: QueryHost, asker: Asker, { answered }: { answered: boolean }): Promise<Result<readonly TrialRow[]>> {
  const reader = await readerOf(host, asker)
  if (reader.actor.kind !== 'officer' || !reader.access.can(reader.actor, 'dossier.answer-trial')) return refuse(refusals.denied)
  const rows = await reader.read((tx) => listTrials(tx, reachedCodes(reader, 'dossier.answer-trial'), answered))
  const now = reader.now.epochMilliseconds
  return ok(
    rows.map((row) => ({
      ...row,
      agencyName: reader.directory.name(row.agencyCode, dayOf(reader.now)),
      overdue: row.verdict === null && Date.parse(row.promisedAt) < now,
    })),
  )
}

/** One draft as the desk reads it; the look is recorded like that at a dossier. */
export async function trialForOfficer(host: QueryHost, asker: Asker, id: string): Promise<Result<Trial & { agencyName: string }>> {
  const reader = await readerOf(host, asker)
  const { actor, access } = reader
  const trial = isUuid(id) ? await reader.read((tx) => findTrial(tx, id)) : undefined
  if (actor.kind !== 'officer' || !access.can(actor, 'dossier.answer-trial')) return refuse(refusals.denied)
  if (!trial) return refuse(citizenRefusals.trialUnknown)
  if (!access.can(actor, 'dossier.answer-trial', { agencyCode: trial.agencyCode })) return refuse(refusals.denied)
  await reader.read((tx) => store.recordAccess(tx, id, actor, reader.now))
  const numberShown = access.can(actor, 'dossier.see-number', { agencyCode: trial.agencyCode })
  return ok({
    ...trial,
    answers: numberShown ? trial.answers : withMaskedNumbers(trial.answers),
    agencyName: reader.directory.name(trial.agencyCode, dayOf(reader.now)),
  })
}
