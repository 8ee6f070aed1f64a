import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { findEdit, insertEdit, listEdits, listFormVersions } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import { editStarted } from '../events.ts'
import type { FormDefinition } from '../rules/definition.ts'
import { codeFrom } from '../rules/edit/names.ts'
import { blankForm } from '../rules/edit/new-field.ts'
import { findForm } from '../store.ts'

export type StartEdit =
  /** A new version of a form, from one of its versions (an older one brings back what it said). Opens the draft there is. */
  | { readonly from: 'version'; readonly code: string; readonly version: number }
  /** A new form: blank, or with the questions of another one. The code is made of the title unless given. */
  | { readonly from: 'new'; readonly title: Text; readonly code?: string | undefined; readonly copy?: string | undefined }
  /** A file: a new form, or the next version of the one with its code. */
  | { readonly from: 'file'; readonly definition: FormDefinition }

export interface StartedEdit {
  readonly code: string
}

/** The name of who acts, as drafts and versions say it. */
export const byName = (actor: Context['actor']): string => ('name' in actor ? actor.name : '')

/** Words that addresses of the editor use in the place of a code. */
const RESERVED = ['moi']

/** Begins to write on a form. One draft a form: whoever comes second goes on with it, and nothing of it is replaced by a copy or a file. */
export async function startEdit(cx: Context, input: StartEdit): Promise<Result<StartedEdit>> {
  const by = byName(allowAtRoot(cx, 'form.publish'))
  const versions = await listFormVersions(cx.tx)
  const published = new Set([...RESERVED, ...versions.map(({ code }) => code)])
  const drafted = new Set((await listEdits(cx.tx)).map(({ formCode }) => formCode))
  const begin = async (definition: FormDefinition, basedOn: number | null): Promise<Result<StartedEdit>> => {
    const id = cx.id()
    const view = { code: definition.code }
    if (!(await insertEdit(cx.tx, { formCode: definition.code, id, basedOn, definition }, by, cx.now)))
      return input.from === 'version' ? ok(view) : refuse(refusals.editExists)
    await record(cx, { events: [editStarted(id, definition.code, basedOn)], result: view })
    return ok(view)
  }

  if (input.from === 'version') {
    if (await findEdit(cx.tx, input.code)) return ok({ code: input.code })
    const definition = await findForm(cx.tx, input.code, input.version)
    return definition ? begin(definition, input.version) : refuse(refusals.formNotFound)
  }
  if (input.from === 'file') {
    const { code } = input.definition
    if (RESERVED.includes(code)) return refuse(withFields(refusals.codeTaken, [{ path: 'file', message: refusals.codeTaken.next }]))
    if (drafted.has(code)) return refuse(refusals.editExists)
    return begin(input.definition, versions.find((one) => one.code === code)?.version ?? null)
  }
  const code = input.code ?? codeFrom(input.title.vi, new Set([...published, ...drafted]), 'bieu-mau')
  if (published.has(code) || drafted.has(code))
    return refuse(withFields(refusals.codeTaken, [{ path: 'code', message: refusals.codeTaken.next }]))
  if (!input.copy) return begin(blankForm(code, input.title), null)
  const latest = versions.find((one) => one.code === input.copy)
  const source = latest && (await findForm(cx.tx, latest.code, latest.version))
  if (!source) return refuse(withFields(refusals.formNotFound, [{ path: 'copy', message: refusals.formNotFound.message }]))
  return begin({ ...source, code, title: input.title }, null)
}
