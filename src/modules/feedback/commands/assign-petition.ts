import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { type OfficerName, officersAt } from '../../identity/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { unknownAssignee } from '../errors.ts'
import { decide } from '../rules/petition-life.ts'
import type { PetitionSummary } from '../view.ts'
import { type OnPetition, openPetition, settle } from './step.ts'

/** Who can be given petitions of a unit: its specialists and its reform officers. */
export async function handlersAt(tx: Tx, agencyCode: string, day: string): Promise<readonly OfficerName[]> {
  const ancestors = (await loadDirectory(tx)).path(agencyCode, day).map(({ code }) => code)
  const found = [
    ...(await officersAt(tx, { role: 'specialist', agencyCode, ancestors, day })),
    ...(await officersAt(tx, { role: 'reform_officer', agencyCode, ancestors, day })),
  ]
  return [...new Map(found.map((officer) => [officer.id, officer])).values()]
}

export interface AssignPetition extends OnPetition {
  readonly assigneeId: string
}

/** Gives a petition to somebody of the unit that has it. */
export async function assignPetition(asked: Context, input: AssignPetition): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'assign', input)
  const officer = (await handlersAt(cx.tx, petition.agencyCode, dayOf(cx.now))).find(({ id }) => id === input.assigneeId)
  if (!officer) throw new Refused(unknownAssignee)
  return settle(cx, petition, decide(petition, 'assign', { assigneeId: officer.id, assigneeName: officer.name }, cx.now))
}

/** The same for histories of times when today's officers had no account yet: demo and test data. People use `assignPetition`. */
export async function handPetition(
  asked: Context,
  input: OnPetition & { officer: Pick<OfficerName, 'id' | 'name'> },
): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'assign', input)
  return settle(cx, petition, decide(petition, 'assign', { assigneeId: input.officer.id, assigneeName: input.officer.name }, cx.now))
}
