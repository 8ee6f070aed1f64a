import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Petition } from '../rules/petition.ts'
import * as store from '../store.ts'
import { standTexts } from '../texts.ts'
import { type Asker, deniedTo, type QueryHost, readerOf } from './reader.ts'

export interface MyPetition {
  readonly id: string
  readonly reference: string
  readonly stage: Petition['stage']
  readonly stands: Text
  readonly filedAt: string
  readonly content: string
}

export interface MyFeedback {
  readonly petitions: readonly MyPetition[]
  /** Returned dossiers that wait for a word. */
  readonly invitations: readonly { readonly dossierId: string; readonly procedureName: string; readonly agencyName: string }[]
}

/** The signed-in person's petitions, newest first (the latest hundred), and what they are asked to rate. */
export async function myFeedback(host: QueryHost, asker: Asker): Promise<Result<MyFeedback>> {
  const reader = await readerOf(host, asker)
  const { actor, now } = reader
  if (actor.kind !== 'citizen') return refuse(deniedTo(actor))
  const { petitions, invitations } = await reader.read(async (tx) => ({
    petitions: (
      await sql<{ state: Petition }>`
        select state from petition where person_id = ${actor.personId}::uuid order by filed_at desc limit 100`.execute(tx)
    ).rows,
    invitations: await store.invitationsOf(tx, actor.personId, now),
  }))
  const today = dayOf(now)
  return ok({
    petitions: petitions.map(({ state }) => ({
      id: state.id,
      reference: state.reference,
      stage: state.stage,
      stands: fill(standTexts[state.stage], { agency: reader.directory.name(state.agencyCode, today) }),
      filedAt: state.filedAt,
      content: state.content,
    })),
    invitations: invitations.map(({ dossierId, procedureName, agencyCode }) => ({
      dossierId,
      procedureName,
      agencyName: reader.directory.name(agencyCode, today),
    })),
  })
}
