import { z } from 'zod'
import type { Day } from '../../../kernel/clock.ts'
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
  correctDossier,
  type DossierSummary,
  digitisePaper,
  extendDossier,
  inputs,
  issueResult,
  markUncollected,
  noteOnDossier,
  type PaperInput,
  recallResult,
  receiveDossier,
  recordPayment,
  refuseDossier,
  requestPayment,
  requestSupplement,
  rescheduleDossier,
  resumeDossier,
  returnResult,
  sendBack,
  settlePayment,
  stopDossier,
  submitForSignature,
  transferDossier,
  typedInput,
  undoStep,
  type Wanted,
  withdrawDossier,
} from '../../dossier/index.ts'
import { stepTexts } from '../step-texts.ts'
import { texts } from '../texts.ts'

type Run = (cx: Context) => Promise<Result<DossierSummary>>

const typed = (form: SentForm, name: string): string => form.values.get(name)?.trim() ?? ''
const optional = (form: SentForm, name: string): string | undefined => typed(form, name) || undefined

/** What is missing, said by the field, so that the summary above the page makes sense by itself. */
const absent = {
  note: { vi: 'Chưa ghi lý do, nội dung.', en: 'The reason is missing.' },
  amount: { vi: 'Ghi số tiền bằng chữ số, ví dụ 120.000.', en: 'Write the amount in digits, such as 120.000.' },
  scan: { vi: 'Chưa chọn tệp quét hoặc ảnh chụp.', en: 'Choose the scan or picture.' },
  decisionNumber: { vi: 'Chưa ghi số quyết định thu hồi.', en: 'The number of the decision is missing.' },
  pdf: { vi: 'Kết quả điện tử phải là tệp PDF.', en: 'An electronic result must be a PDF file.' },
} as const satisfies Record<string, Text>
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
  for (const [path, refusal] of form.refused)
    return withFields({ ...refusal, message: refusals.invalid.message }, [{ path, message: refusal.message }])
  return undefined
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** An amount as people write it: 1.200.000 or 1 200 000 đ. Undefined for what is none. */
function moneyOf(text: string): number | undefined {
  const amount = Number(text.replace(/[.\s₫đ]/g, ''))
  return Number.isSafeInteger(amount) && amount > 0 ? amount : undefined
}

/** A day as people write it, 09/12/2026 or 9-12-2026, or as a calendar gives it. */
export function dayFrom(text: string): Day | undefined {
  const [, d = '', m = '', y = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  const day = y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text
  return z.iso.date().safeParse(day).success ? day : undefined
}

/** What should stand in the dossier, as far as its fields were sent; checked as the API checks it. */
function correctionFrom(form: SentForm): Result<Wanted> {
  const person = ['name', 'number', 'phone', 'email'].flatMap((field) =>
    form.values.has(field) ? [[field, typed(form, field) || (field === 'name' ? '' : null)] as const] : [],
  )
  const channel = typed(form, 'channel')
  const fee = typed(form, 'feeVnd')
  const voided = new Set(form.values.getAll('voided'))
  const papers = form.values.getAll('paper').map((number) => ({ number: Number(number), voided: voided.has(number) }))
  const checked = parse(inputs.correct.omit({ requestId: true, version: true, note: true }), {
    applicant: Object.fromEntries(person),
    ...(channel ? { channel: channel === 'assisted' ? 'online' : channel, assisted: channel === 'assisted' } : {}),
    ...(fee ? { feeVnd: fee.replace(/[.\s₫đ]/g, '') } : {}),
    papers,
  })
  if (checked.ok) return checked
  const fields = (checked.error.fields ?? []).map((field) => ({ ...field, path: field.path.split('.').at(-1) ?? field.path }))
  return refuse(withFields(checked.error, fields))
}

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
  const needsNote = (run: (note: string) => Run): Result<Run> => (note ? does(run(note)) : refuse(invalid('note', absent.note)))

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
      if (results.some(({ file }) => file?.type !== 'application/pdf')) return refuse(invalid('results', absent.pdf))
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
      const amountVnd = moneyOf(typed(form, 'amount'))
      if (amountVnd === undefined) return refuse(invalid('amount', absent.amount))
      return does((cx) => recordPayment(cx, { ...on, amountVnd, online: typed(form, 'how') === 'online', note }))
    }
    case 'digitise': {
      const file = form.files.get('scan')?.[0]
      if (!file) return refuse(invalid('scan', absent.scan))
      return does((cx) => digitisePaper(cx, { ...on, number: Number(typed(form, 'number')), file }))
    }
    case 'request-supplement': {
      const items = linesOf(typed(form, 'items'))
      const confirmed = form.values.has('confirmed')
      return needsNote((why) => (cx) => requestSupplement(cx, { ...on, note: why, items, confirmed }))
    }
    case 'request-payment': {
      const amountVnd = moneyOf(typed(form, 'amountVnd'))
      if (amountVnd === undefined) return refuse(invalid('amountVnd', absent.amount))
      return needsNote((why) => (cx) => requestPayment(cx, { ...on, note: why, amountVnd }))
    }
    case 'settle-payment': {
      const how = typed(form, 'settled')
      if (how === 'elsewhere') return needsNote((why) => (cx) => settlePayment(cx, { ...on, note: why, elsewhere: true }))
      if (how === 'cancelled') return needsNote((why) => (cx) => settlePayment(cx, { ...on, note: why, cancelled: true }))
      return does((cx) => settlePayment(cx, { ...on, note }))
    }
    case 'extend': {
      const day = dayFrom(typed(form, 'day'))
      if (!day) return refuse(invalid('day', stepTexts.dayWrong))
      return needsNote((why) => (cx) => extendDossier(cx, { ...on, note: why, day }))
    }
    case 'recall': {
      const decisionDay = dayFrom(typed(form, 'decisionDay'))
      const decisionNumber = typed(form, 'decisionNumber')
      if (!decisionNumber) return refuse(invalid('decisionNumber', absent.decisionNumber))
      if (!decisionDay) return refuse(invalid('decisionDay', stepTexts.dayWrong))
      return needsNote((why) => (cx) => recallResult(cx, { ...on, note: why, decisionNumber, decisionDay }))
    }
    case 'mark-uncollected':
      return does((cx) => markUncollected(cx, { ...on, note }))
    case 'resume':
      return needsNote((why) => (cx) => resumeDossier(cx, { ...on, note: why }))
    case 'transfer': {
      const agencyCode = typed(form, 'agencyCode')
      if (!agencyCode) return refuse(invalid('agencyCode', stepTexts.chooseAgency))
      const reception = form.values.has('moveReception') ? { receptionAgencyCode: agencyCode } : {}
      return needsNote((why) => (cx) => transferDossier(cx, { ...on, note: why, agencyCode, ...reception }))
    }
    case 'correct': {
      const wanted = correctionFrom(form)
      if (!wanted.ok) return wanted
      return needsNote((why) => (cx) => correctDossier(cx, { ...on, note: why, ...wanted.value }))
    }
    case 'undo':
      return needsNote((why) => (cx) => undoStep(cx, { ...on, note: why }))
    case 'refuse':
      if (!typed(form, 'ground')) return refuse(invalid('ground', stepTexts.chooseGround))
      return needsNote((why) => (cx) => refuseDossier(cx, { ...on, note: why, ground: typed(form, 'ground') }))
    case 'send-back':
      return needsNote((why) => (cx) => sendBack(cx, { ...on, note: why }))
    case 'stop':
      return needsNote((why) => (cx) => stopDossier(cx, { ...on, note: why }))
    case 'withdraw':
      return needsNote((why) => (cx) => withdrawDossier(cx, { ...on, note: why }))
    case 'note':
      return needsNote((what) => (cx) => noteOnDossier(cx, { ...on, note: what, papers: papersFrom(form, 'papers') }))
    case 'reschedule':
      return needsNote((why) => (cx) => rescheduleDossier(cx, { ...on, note: why }))
  }
}
