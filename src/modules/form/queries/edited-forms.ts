import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type EditedForm, findEdit } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import type { FormDefinition } from '../rules/definition.ts'
import { findForm } from '../store.ts'

export { type EditedForm, type FormVersion, findEdit, listEdits, listFormVersions } from '../edit-store.ts'

/** What the editor learns from rooms it may not know: told by the house that puts the rooms together. */
export interface FormLinks {
  /** Dossiers not closed yet, by version of the form they were filed on. */
  openDossiersOn(tx: Tx, formCode: string): Promise<ReadonlyMap<number, number>>
  /** Procedures in force that are filed with the form, with their components. */
  proceduresWith(
    tx: Tx,
    formCode: string,
    on: Day,
  ): Promise<
    readonly {
      readonly code: string
      readonly name: Text
      readonly components: readonly { readonly code: string; readonly name: Text }[]
    }[]
  >
}

/** The draft of a form; must be there. Throws `Refused` form.edit-not-found. */
export async function getEdit(tx: Tx, code: string): Promise<EditedForm> {
  const draft = await findEdit(tx, code)
  if (!draft) throw new Refused(refusals.editNotFound)
  return draft
}

/** A published version; must be there. Throws `Refused` form.not-found. */
export async function getForm(tx: Tx, code: string, version: number): Promise<FormDefinition> {
  const found = await findForm(tx, code, version)
  if (!found) throw new Refused(refusals.formNotFound)
  return found
}
