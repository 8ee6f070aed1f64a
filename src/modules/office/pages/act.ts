import type { Context } from '../../../kernel/context.ts'
import { type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import { parse, type SentForm } from '../../../kernel/http/form.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import {
  type Action,
  answerSupplement,
  assignDossier,
  type DossierSummary,
  digitisePaper,
  issueResult,
  noteOnDossier,
  type PaperInput,
  receiveDossier,
  recordPayment,
  refuseDossier,
  requestSupplement,
  returnResult,
  sendBack,
  stopDossier,
  submitForSignature,
  typedInput,
  withdrawDossier,
} from '../../dossier/index.ts'
import { texts } from '../texts.ts'

type Run = (cx: Context) => Promise<Result<DossierSummary>>

const typed = (form: SentForm, name: string): string => form.values.get(name)?.trim() ?? ''
const optional = (form: SentForm, name: string): string | undefined => typed(form, name) || undefined

const missing: Text = { vi: 'Mục này chưa được điền.', en: 'This is missing.' }
const invalid = (path: string, message: Text): Refusal => withFields(refusals.invalid, [{ path, message }])

/** Papers made of uploaded files, named by their file names or by `name`. */
function papersFrom(form: SentForm, field: string, name?: string): PaperInput[] {
  const files = form.files.get(field) ?? []
  return files.map((file, index) => ({
    name: name && files.length === 1 ? name : name ? `${name} (${index + 1})` : file.name,
    file: { sha256: file.sha256, size: file.size, type: file.type },
  }))
}

/** Why an uploaded file was not taken, at its field. */
function refusedFile(form: SentForm): Refusal | undefined {
  for (const [path, refusal] of form.refused) return withFields(refusal, [{ path, message: refusal.message }])
  return undefined
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** What is typed too long, at its field (a list is one field here). */
function overlong(form: SentForm): Refusal | undefined {
  const checked = parse(typedInput, {
    note: optional(form, 'note'),
    items: linesOf(typed(form, 'items')),
    receivedBy: optional(form, 'receivedBy'),
    resultName: optional(form, 'resultName'),
  })
  if (checked.ok) return undefined
  const fields = (checked.error.fields ?? []).map((field) => ({ ...field, path: field.path.split('.')[0] ?? field.path }))
  return withFields(checked.error, fields)
}

/**
 * Turns what an officer sent for an action into the command that does it, or says what is missing. The commands check permission and
 * whether the step is possible; here only the form is read.
 */
export function prepare(action: Action, dossierId: string, form: SentForm): Result<Run> {
  const trouble = refusedFile(form) ?? overlong(form)
  if (trouble) return refuse(trouble)
  const version = Number(typed(form, 'version'))
  const on = { dossierId, version: Number.isInteger(version) && version > 0 ? version : undefined }
  const note = optional(form, 'note')
  const does = (run: Run): Result<Run> => ({ ok: true, value: run })
  const needsNote = (run: (note: string) => Run): Result<Run> => (note ? does(run(note)) : refuse(invalid('note', missing)))

  switch (action) {
    case 'receive':
      return does((cx) => receiveDossier(cx, { ...on, note }))
    case 'assign': {
      const assigneeId = typed(form, 'assigneeId')
      if (!isUuid(assigneeId)) return refuse(invalid('assigneeId', texts.choose))
      return does((cx) => assignDossier(cx, { ...on, assigneeId, note }))
    }
    case 'submit-for-signature':
      return does((cx) => submitForSignature(cx, { ...on, note }))
    case 'issue': {
      const results = papersFrom(form, 'results', optional(form, 'resultName'))
      const paper = optional(form, 'resultName')
      return does((cx) =>
        issueResult(cx, {
          ...on,
          note,
          results: results.length > 0 || !paper ? results : [{ name: paper }],
          electronic: results.length > 0,
        }),
      )
    }
    case 'return':
      return does((cx) => returnResult(cx, { ...on, note, receivedBy: optional(form, 'receivedBy') }))
    case 'answer-supplement':
      return does((cx) => answerSupplement(cx, { ...on, note, papers: papersFrom(form, 'papers') }))
    case 'pay': {
      const amountVnd = Number(typed(form, 'amount').replace(/[.\s₫đ]/g, ''))
      if (!Number.isSafeInteger(amountVnd) || amountVnd <= 0) return refuse(invalid('amount', missing))
      return does((cx) => recordPayment(cx, { ...on, amountVnd, online: typed(form, 'how') === 'online', note }))
    }
    case 'digitise': {
      const file = form.files.get('scan')?.[0]
      if (!file) return refuse(invalid('scan', missing))
      return does((cx) => digitisePaper(cx, { ...on, number: Number(typed(form, 'number')), file }))
    }
    case 'request-supplement': {
      const items = linesOf(typed(form, 'items'))
      return needsNote((why) => (cx) => requestSupplement(cx, { ...on, note: why, items }))
    }
    case 'refuse':
      return needsNote((why) => (cx) => refuseDossier(cx, { ...on, note: why, ground: typed(form, 'ground') }))
    case 'send-back':
      return needsNote((why) => (cx) => sendBack(cx, { ...on, note: why }))
    case 'stop':
      return needsNote((why) => (cx) => stopDossier(cx, { ...on, note: why }))
    case 'withdraw':
      return needsNote((why) => (cx) => withdrawDossier(cx, { ...on, note: why }))
    case 'note':
      return needsNote((what) => (cx) => noteOnDossier(cx, { ...on, note: what, papers: papersFrom(form, 'papers') }))
    default:
      return refuse(refusals.notFound)
  }
}
