import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { FieldError } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { type Draft, decideSave, type PageSave } from '../rules/draft.ts'
import { nextPage } from '../rules/pages.ts'
import { findForm, lockDraft, updateDraft } from '../store.ts'

export interface SaveDraftPage extends PageSave {
  readonly personId: string
  readonly procedureCode: string
}

export interface SavedPage {
  readonly draft: Draft
  /** What has to be mended before going on. What was good is saved all the same. */
  readonly errors: readonly FieldError[]
  /** Where to go on; absent after the last page, or while something has to be mended. */
  readonly nextPageId?: string | undefined
}

/**
 * Saves one page of a draft: also adds or removes an item of a repeated group and drops an upload, by `action`. Refuses with
 * `form.draft-changed-elsewhere` (each differing field with the other window's answer) and changes nothing then.
 */
export async function saveDraftPage(cx: Context, input: SaveDraftPage): Promise<Result<SavedPage>> {
  allow(cx, 'form.draft', { personId: input.personId })
  const draft = await lockDraft(cx.tx, input.personId, input.procedureCode)
  if (!draft) return refuse(refusals.draftNotFound)
  const definition = await findForm(cx.tx, draft.formCode, draft.formVersion)
  if (!definition) return refuse(refusals.formNotFound)
  const decision = decideSave(definition, draft, input, dayOf(cx.now))
  if (!decision.ok) return decision
  const { errors, ...next } = decision.value
  const saved = await updateDraft(cx.tx, draft, next, cx.now)
  return ok({ draft: saved, errors, nextPageId: errors.length === 0 ? nextPage(definition, saved.answers, input.pageId)?.id : undefined })
}
