import type { Child } from 'hono/jsx'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Locale } from '../../../kernel/i18n/index.ts'
import { type EditedProcedure, findEdit } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import type { VersionBody } from '../rules/procedure.ts'

export { type EditedProcedure, type EditLine, findEdit, listEdits } from '../edit-store.ts'

/** What the editor learns from rooms it may not know: told by the house that puts the rooms together. */
export interface CatalogueLinks {
  /** E-forms that are published, by title. */
  forms(tx: Tx): Promise<readonly { readonly code: string; readonly title: string }[]>
  /** Dossiers not closed yet, by version of the procedure. */
  openDossiersOn(tx: Tx, code: string): Promise<ReadonlyMap<number, number>>
  /** The page that citizens read, of a version that is not published yet. */
  publicView(shown: {
    readonly code: string
    readonly body: VersionBody
    readonly validFrom: Day
    readonly agency: string
    readonly locale: Locale
  }): Child
}

/** The draft of a procedure; must be there. Throws `Refused` catalogue.edit-not-found. */
export async function getEdit(tx: Tx, code: string): Promise<EditedProcedure> {
  const draft = await findEdit(tx, code)
  if (!draft) throw new Refused(refusals.editNotFound)
  return draft
}
