import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteEdit, lockEdit, updateEdit } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import { editChanged, editDiscarded } from '../events.ts'
import { applyEdit, type FormEdit } from '../rules/edit/apply.ts'
import { plain } from '../rules/edit/publication.ts'
import { byName } from './start-edit.ts'

export interface SaveEdit {
  readonly code: string
  /** The save that the page was shown with. */
  readonly seen: number
  readonly edit: FormEdit
}

export interface SavedEdit {
  readonly version: number
  /** Where the work goes on: `field:<path>`, `page:<id>`, `form`. */
  readonly at: string
}

/** The part whose content a change replaces; moving and adding replace nothing, so they never meet another window. */
function replaced(edit: FormEdit): string | undefined {
  switch (edit.kind) {
    case 'form':
      return 'form'
    case 'page-save':
    case 'page-remove':
      return `page:${edit.pageId}`
    case 'field-save':
    case 'field-remove':
      return `field:${edit.path}`
    default:
      return undefined
  }
}

/**
 * One change to a form that is being written, saved at once. Refuses, with nothing changed, when the very part was changed in another
 * window since the page was shown (`form.edit-changed-elsewhere`) or is gone (`form.edit-part-gone`).
 */
export async function saveEdit(cx: Context, input: SaveEdit): Promise<Result<SavedEdit>> {
  const by = byName(allowAtRoot(cx, 'form.publish'))
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft) return refuse(refusals.editNotFound)
  const part = replaced(input.edit)
  const last = part === undefined ? undefined : draft.touched[part]
  if (last && last.version > input.seen)
    return refuse({ ...refusals.editChangedElsewhere, message: fill(refusals.editChangedElsewhere.message, { by: last.by }) })
  const applied = applyEdit(draft.definition, input.edit)
  if (!applied) return refuse(refusals.partGone)
  const version = draft.version + 1
  const touched = { ...draft.touched, ...Object.fromEntries(applied.touched.map((one) => [one, { version, by }])) }
  await updateEdit(
    cx.tx,
    { formCode: input.code, definition: plain(applied.definition), previous: draft.definition, touched, version },
    by,
    cx.now,
  )
  const view = { version, at: applied.touched[0] }
  await record(cx, { events: [editChanged(draft.id, input.code, version, input.edit)], result: view })
  return ok(view)
}

/** Takes the last change back; a second time brings it forward again. */
export async function undoEdit(cx: Context, input: { readonly code: string }): Promise<Result<SavedEdit>> {
  const by = byName(allowAtRoot(cx, 'form.publish'))
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft) return refuse(refusals.editNotFound)
  const version = draft.version + 1
  const view = { version, at: 'form' }
  if (draft.previous === null) return ok(view)
  const { previous, definition } = draft
  await updateEdit(cx.tx, { formCode: input.code, definition: previous, previous: definition, touched: draft.touched, version }, by, cx.now)
  await record(cx, { events: [editChanged(draft.id, input.code, version, { kind: 'undo' })], result: view })
  return ok(view)
}

/** Drops what was being written. What it said stays in the log. */
export async function discardEdit(cx: Context, input: { readonly code: string }): Promise<Result<{ readonly code: string }>> {
  allowAtRoot(cx, 'form.publish')
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft || !(await deleteEdit(cx.tx, input.code))) return refuse(refusals.editNotFound)
  const view = { code: input.code }
  await record(cx, { events: [editDiscarded(draft.id, input.code, draft.definition)], result: view })
  return ok(view)
}
