import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteEdit, findEdit, insertEdit, lockEdit, updateEdit } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import { editChanged, editDiscarded, editStarted } from '../events.ts'
import { blankProcedure } from '../rules/draft.ts'
import type { Section } from '../rules/edit.ts'
import type { VersionBody } from '../rules/procedure.ts'
import { listVersions } from '../store.ts'
import { mistakes } from '../texts.ts'

export type StartEdit =
  /** A new version from one of its versions. Opens the draft there is. */
  | { readonly from: 'version'; readonly code: string; readonly version?: number | undefined }
  /** A procedure that the province does not have yet: blank, or with the parts of another one. */
  | { readonly from: 'new'; readonly code: string; readonly name: Text; readonly copy?: string | undefined }
  /** A file: a new procedure, or the next version of the one with its code. */
  | { readonly from: 'file'; readonly code: string; readonly body: VersionBody }

export interface StartedEdit {
  readonly code: string
}

const nameOf = (actor: Context['actor']): string => ('name' in actor ? actor.name : '')

/** A version to go on from: its end and what it once changed are not carried along. */
const goingOn = ({ change: _, ...body }: VersionBody): VersionBody => ({ ...body, abolished: false })

/** Begins to write on a procedure. One draft a procedure: nothing of it is replaced by a copy or a file. */
export async function startEdit(cx: Context, input: StartEdit): Promise<Result<StartedEdit>> {
  const by = nameOf(allowAtRoot(cx, 'catalogue.publish'))
  const view = { code: input.code }
  const begin = async (body: VersionBody, basedOn: number | null): Promise<Result<StartedEdit>> => {
    const id = cx.id()
    if (!(await insertEdit(cx.tx, { code: input.code, id, basedOn, body }, by, cx.now))) return refuse(refusals.editExists)
    await record(cx, { events: [editStarted(id, input.code, basedOn)], result: view })
    return ok(view)
  }
  // The editor's own address for a procedure that has no code yet.
  if (input.code === 'moi') return refuse(withFields(refusals.alreadyExists, [{ path: 'code', message: mistakes.code }]))
  const there = await findEdit(cx.tx, input.code)
  if (there) return input.from === 'version' ? ok(view) : refuse(refusals.editExists)
  const versions = await listVersions(cx.tx, input.code)
  if (input.from === 'file') return begin(goingOn(input.body), versions[0]?.version ?? null)
  if (input.from === 'version') {
    const base = versions.find(({ version }) => version === input.version) ?? versions[0]
    return base ? begin(goingOn(base.body), base.version) : refuse(refusals.procedureNotFound)
  }
  if (versions.length > 0) return refuse(withFields(refusals.alreadyExists, [{ path: 'code', message: refusals.alreadyExists.next }]))
  if (!input.copy) return begin(blankProcedure(input.name), null)
  const [source] = await listVersions(cx.tx, input.copy)
  if (!source) return refuse(withFields(refusals.procedureNotFound, [{ path: 'copy', message: refusals.procedureNotFound.message }]))
  return begin({ ...goingOn(source.body), name: input.name }, null)
}

export interface SaveEdit {
  readonly code: string
  readonly section: Section
  /** The save that the page was shown with. */
  readonly seen: number
  /** The part as it is now, over the body that the page was shown with. */
  readonly change: (body: VersionBody) => VersionBody
}

export interface SavedEdit {
  readonly version: number
}

/** Saves one part at once. Refuses, with nothing changed, when this very part was changed in another window since the page was shown. */
export async function saveEdit(cx: Context, input: SaveEdit): Promise<Result<SavedEdit>> {
  const by = nameOf(allowAtRoot(cx, 'catalogue.publish'))
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft) return refuse(refusals.editNotFound)
  const last = draft.touched[input.section]
  if (last && last.version > input.seen)
    return refuse({ ...refusals.editChangedElsewhere, message: fill(refusals.editChangedElsewhere.message, { by: last.by }) })
  const body = input.change(draft.body)
  const version = draft.version + 1
  const touched = { ...draft.touched, [input.section]: { version, by } }
  await updateEdit(cx.tx, { code: input.code, body, previous: draft.body, touched, version }, by, cx.now)
  const view = { version }
  await record(cx, { events: [editChanged(draft.id, input.code, version, input.section, body)], result: view })
  return ok(view)
}

/** Takes the last change back; a second time brings it forward again. */
export async function undoEdit(cx: Context, input: { readonly code: string }): Promise<Result<SavedEdit>> {
  const by = nameOf(allowAtRoot(cx, 'catalogue.publish'))
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft) return refuse(refusals.editNotFound)
  const version = draft.version + 1
  if (draft.previous === null) return ok({ version: draft.version })
  await updateEdit(cx.tx, { ...draft, body: draft.previous, previous: draft.body, version }, by, cx.now)
  const view = { version }
  await record(cx, { events: [editChanged(draft.id, input.code, version, 'undo', draft.previous)], result: view })
  return ok(view)
}

/** Drops what was being written. What it said stays in the log. */
export async function discardEdit(cx: Context, input: { readonly code: string }): Promise<Result<StartedEdit>> {
  allowAtRoot(cx, 'catalogue.publish')
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft || !(await deleteEdit(cx.tx, input.code))) return refuse(refusals.editNotFound)
  const view = { code: input.code }
  await record(cx, { events: [editDiscarded(draft.id, input.code, draft.body)], result: view })
  return ok(view)
}
