import { z } from 'zod'
import type { App } from '../../kernel/app.ts'
import { run } from '../../kernel/command.ts'
import { actorKey, type Context } from '../../kernel/context.ts'
import { refusals } from '../../kernel/errors.ts'
import { isReceipt, receiptFor } from '../../kernel/files/receipt.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import type { Web } from '../../kernel/http/context.ts'
import { readForm, say } from '../../kernel/http/form.ts'
import { addressOf } from '../../kernel/http/server.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { answerSupplement } from './commands/answer-supplement.ts'
import { assignDossier } from './commands/assign-dossier.ts'
import { correctDossier } from './commands/correct-dossier.ts'
import { digitisePaper } from './commands/digitise-paper.ts'
import { extendDossier } from './commands/extend-dossier.ts'
import { issueResult } from './commands/issue-result.ts'
import { markUncollected } from './commands/mark-uncollected.ts'
import { noteOnDossier } from './commands/note-dossier.ts'
import { recallResult } from './commands/recall-result.ts'
import { receiveDossier } from './commands/receive-dossier.ts'
import { recordPayment } from './commands/record-payment.ts'
import { refuseDossier } from './commands/refuse-dossier.ts'
import { requestPayment } from './commands/request-payment.ts'
import { requestSupplement } from './commands/request-supplement.ts'
import { rescheduleDossier } from './commands/reschedule-dossier.ts'
import { resumeDossier } from './commands/resume-dossier.ts'
import { returnResult } from './commands/return-result.ts'
import { sendBack } from './commands/send-back.ts'
import { settlePayment } from './commands/settle-payment.ts'
import { stopDossier } from './commands/stop-dossier.ts'
import { type SubmitDossier, submitDossier } from './commands/submit-dossier.ts'
import { submitForSignature } from './commands/submit-for-signature.ts'
import { transferDossier } from './commands/transfer-dossier.ts'
import { undoStep } from './commands/undo-step.ts'
import { withdrawDossier } from './commands/withdraw-dossier.ts'
import { unknownFile } from './errors.ts'
import { type Answers, checkedAnswers } from './facts.ts'
import { inputs, storedFile, submitInput } from './input.ts'
import { citizenViewOutput, extensionOutput, myDossiersOutput, officerViewOutput, summary, workListOutput } from './output.ts'
import { type CitizenView, dossierForCitizen, dossierForOfficer, type OfficerView } from './queries/dossier-view.ts'
import { previewExtension } from './queries/extension-preview.ts'
import { myDossiers } from './queries/my-dossiers.ts'
import { trackDossier } from './queries/track.ts'
import { workList } from './queries/work-list.ts'
import { clockFilters, workScopes } from './queries/work-list-filter.ts'
import { parseCode } from './rules/code.ts'
import { stages } from './rules/dossier.ts'
import { parseReference } from './rules/reference.ts'
import type { Action } from './rules/transitions.ts'
import { actionTexts } from './texts.ts'
import type { DossierSummary } from './view.ts'

const TAG = 'dossier'
const id = z.object({ id: z.uuid() })
const asker = (c: Web) => ({ province: c.get('province'), actor: c.get('actor') })

/** Runs a command for this request; the request id comes in the body, chosen before sending. */
const command = <T>(c: Web, name: string, requestId: string, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> =>
  run(c.get('app'), { province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name }, work)

interface Sent {
  requestId: string
  papers?: unknown
  results?: unknown
  file?: unknown
}

type NamedFile = z.output<typeof storedFile>

/** Whether every file named in the input was handed in by the one who names it, as what they say it is, and is in the store. */
async function hasOwnFiles(c: Web, input: Sent): Promise<boolean> {
  const { files, secret } = c.get('app')
  const owner = actorKey(c.get('actor'))
  const papers = [input.papers, input.results].flatMap((list) => (Array.isArray(list) ? list : [])) as { file?: NamedFile | null }[]
  const named = [...papers.map(({ file }) => file), input.file as NamedFile | undefined].filter(
    (file) => file !== undefined && file !== null,
  )
  if (!named.every((file) => isReceipt(secret, owner, file, file.receipt))) return false
  const known = await Promise.all([...new Set(named.map(({ sha256 }) => sha256))].map((sha256) => files.exists(sha256)))
  return !known.includes(false)
}

/** One POST an action: the same schema checks the input and describes it. */
function actionRoute<S extends z.ZodType<Sent>>(
  action: Action,
  schema: S,
  work: (cx: Context, input: z.output<S> & { dossierId: string }) => Promise<Result<DossierSummary>>,
): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: `/dossiers/{id}/${action}`,
    entry: { action: `dossier.${action}` },
    summary: actionTexts[action],
    tag: TAG,
    params: id,
    body: schema,
    response: summary,
    confirm: action === 'issue',
    handler: async (c, { params, body }) => {
      const input = body as z.output<S> & Sent
      if (!(await hasOwnFiles(c, input))) return refuse(unknownFile)
      return command(c, `dossier.${action}`, input.requestId, (cx) => work(cx, { ...input, dossierId: params.id }))
    },
  })
}

const text = (vi: string, en: string): Text => ({ vi, en })

/** Pages check the whole form before they send it; what comes by JSON is checked here. Without a form there are no questions to answer. */
async function withCheckedAnswers(cx: Context, body: z.output<typeof submitInput>): Promise<SubmitDossier> {
  const { formCode, formVersion, answers } = body
  if (!formCode || !formVersion) return { ...body, answers: {} }
  return { ...body, answers: await checkedAnswers(cx, { code: formCode, version: formVersion }, (answers ?? {}) as Answers) }
}

/** Hands one file in, before the dossier or the step that it belongs to. */
const handIn = apiRoute({
  method: 'POST',
  path: '/files',
  entry: 'signed-in',
  summary: text(
    'Tải một tệp lên: multipart/form-data, trường _csrf trước, rồi trường file',
    'Hand a file in: multipart/form-data, the field _csrf first, then the field file',
  ),
  tag: TAG,
  response: storedFile.extend({ name: z.string() }),
  status: 201,
  handler: async (c) => {
    const form = await readForm(c)
    const refused = [...form.refused.values()][0]
    if (refused) return refuse(refused)
    const file = form.files.get('file')?.[0]
    if (!file) return refuse(refusals.badRequest)
    return ok({ ...file, receipt: receiptFor(c.get('app').secret, actorKey(c.get('actor')), file) })
  },
})

/** JSON routes of the dossier module. */
export function dossierApi(_app: App): readonly ApiRoute[] {
  return [
    handIn,
    apiRoute({
      method: 'POST',
      path: '/dossiers',
      entry: { action: 'dossier.submit' },
      summary: text('Nộp hồ sơ', 'File a dossier'),
      tag: TAG,
      body: submitInput,
      response: summary,
      status: 201,
      handler: async (c, { body }) => {
        if (!(await hasOwnFiles(c, body))) return refuse(unknownFile)
        return command(c, 'dossier.submit', body.requestId, async (cx) => submitDossier(cx, await withCheckedAnswers(cx, body)))
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/dossiers',
      entry: { action: 'dossier.list' },
      summary: text('Danh sách việc: hồ sơ trong phạm vi của bạn', 'Work list: dossiers within your reach'),
      tag: TAG,
      query: z.object({
        scope: z.enum(workScopes).optional(),
        stage: z.enum(stages).optional(),
        procedureCode: z.string().optional(),
        agencyCode: z.string().optional(),
        channel: z.enum(['online', 'counter', 'post']).optional(),
        clock: z.enum(clockFilters).optional(),
        search: z.string().max(200).optional(),
        after: z.string().max(120).optional(),
        limit: z.coerce.number().int().min(1).max(200).optional(),
      }),
      response: workListOutput,
      handler: (c, { query }) => workList(c.get('app'), asker(c), query),
    }),
    apiRoute({
      method: 'GET',
      path: '/my/dossiers',
      entry: 'citizen',
      summary: text('Hồ sơ của tôi', 'My dossiers'),
      tag: TAG,
      query: z.object({ after: z.string().max(120).optional() }),
      response: myDossiersOutput,
      handler: (c, { query }) => myDossiers(c.get('app'), asker(c), query),
    }),
    apiRoute({
      method: 'GET',
      path: '/dossiers/{id}',
      entry: 'signed-in',
      summary: text('Một hồ sơ, với giấy tờ và lịch sử', 'One dossier, with papers and history'),
      tag: TAG,
      params: id,
      response: z.union([officerViewOutput, citizenViewOutput]),
      handler: async (c, { params }): Promise<Result<OfficerView | CitizenView>> =>
        c.get('actor').kind === 'citizen'
          ? dossierForCitizen(c.get('app'), asker(c), params.id)
          : dossierForOfficer(c.get('app'), asker(c), params.id),
    }),
    apiRoute({
      method: 'POST',
      path: '/track',
      entry: 'public',
      summary: text('Tra cứu bằng mã và 6 số cuối điện thoại', 'Track by code and the last 6 digits of the phone number'),
      tag: TAG,
      body: z.object({
        code: z
          .string()
          .max(60)
          .refine((typed) => parseReference(typed) !== undefined || parseCode(typed) !== undefined, {
            message: say('Mã này chưa đúng. Xem lại từng chữ số.', 'This code is not right. Check every character.'),
          }),
        phone: z.string().max(20).optional(),
      }),
      response: citizenViewOutput,
      handler: (c, { body }) => trackDossier(c.get('app'), asker(c), { ...body, address: addressOf(c) }),
    }),
    actionRoute('receive', inputs.receive, receiveDossier),
    actionRoute('refuse', inputs.refuse, refuseDossier),
    actionRoute('assign', inputs.assign, assignDossier),
    actionRoute('note', inputs.note, noteOnDossier),
    actionRoute('request-supplement', inputs['request-supplement'], requestSupplement),
    actionRoute('answer-supplement', inputs['answer-supplement'], answerSupplement),
    actionRoute('submit-for-signature', inputs['submit-for-signature'], submitForSignature),
    actionRoute('send-back', inputs['send-back'], sendBack),
    actionRoute('issue', inputs.issue, issueResult),
    actionRoute('return', inputs.return, returnResult),
    actionRoute('withdraw', inputs.withdraw, withdrawDossier),
    actionRoute('stop', inputs.stop, stopDossier),
    actionRoute('pay', inputs.pay, recordPayment),
    actionRoute('digitise', inputs.digitise, digitisePaper),
    actionRoute('request-payment', inputs['request-payment'], requestPayment),
    actionRoute('settle-payment', inputs['settle-payment'], settlePayment),
    actionRoute('extend', inputs.extend, extendDossier),
    apiRoute({
      method: 'GET',
      path: '/dossiers/{id}/extension',
      entry: { action: 'dossier.extend' },
      summary: text(
        'Xem trước hạn mới và cách tính, trước khi xin lỗi và gia hạn',
        'The new due time and why, before an extension is confirmed',
      ),
      tag: TAG,
      params: id,
      query: z.object({ day: z.iso.date() }),
      response: extensionOutput,
      handler: (c, { params, query }) => previewExtension(c.get('app'), asker(c), params.id, { day: query.day, note: '—' }),
    }),
    actionRoute('reschedule', inputs.reschedule, rescheduleDossier),
    actionRoute('recall', inputs.recall, recallResult),
    actionRoute('mark-uncollected', inputs['mark-uncollected'], markUncollected),
    actionRoute('resume', inputs.resume, resumeDossier),
    actionRoute('transfer', inputs.transfer, transferDossier),
    actionRoute('correct', inputs.correct, correctDossier),
    actionRoute('undo', inputs.undo, undoStep),
  ]
}
