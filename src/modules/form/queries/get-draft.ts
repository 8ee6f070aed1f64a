import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { OpenDraft } from '../commands/start-draft.ts'
import { refusals } from '../errors.ts'
import type { Draft } from '../rules/draft.ts'
import { findDraft, findForm, listDrafts } from '../store.ts'

/** A person's draft for a procedure with the form it is written on; `undefined` when there is none. The caller knows who asks. */
export async function findOpenDraft(tx: Tx, personId: string, procedureCode: string): Promise<OpenDraft | undefined> {
  const draft = await findDraft(tx, personId, procedureCode)
  if (!draft) return undefined
  const definition = await findForm(tx, draft.formCode, draft.formVersion)
  return definition && { draft, definition }
}

/** As `findOpenDraft`, but must succeed. Throws `Refused` form.draft-not-found. */
export async function getOpenDraft(tx: Tx, personId: string, procedureCode: string): Promise<OpenDraft> {
  const open = await findOpenDraft(tx, personId, procedureCode)
  if (!open) throw new Refused(refusals.draftNotFound)
  return open
}

/** Everything a person has begun, the last one touched first. */
export const draftsOf = (tx: Tx, personId: string): Promise<Draft[]> => listDrafts(tx, personId)
