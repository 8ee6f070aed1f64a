import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Checkboxes,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  InsetText,
  page,
  Radios,
  Select,
  SummaryList,
  Table,
  Tag,
  TextArea,
  TextInput,
} from '../../../ui/index.ts'
import {
  answerOpinion,
  askedOfMe,
  askOpinion,
  cancelOpinion,
  dossierForOfficer,
  type QuestionView,
  questionFor,
  remindOpinion,
  routingOf,
  type Verdict,
  verdicts,
} from '../../dossier/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { asker, sendFile } from './request.ts'
import { dueText, whenText } from './routing-panel.tsx'
import { routingWords as words } from './routing-texts.ts'

const INBOX = '/mot-cua/xin-y-kien'

interface Typed {
  readonly values: URLSearchParams
  readonly refusal?: Refusal
}

async function showAsk(c: Web, { values, refusal }: Typed): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const id = c.req.param('id') ?? ''
  const found = await dossierForOfficer(app, asker(c), id)
  if (!found.ok) throw new Refused(found.error)
  const view = found.value
  const { may } = await routingOf(app, asker(c), view)
  if (!may.ask) throw new Refused(refusals.denied)
  const directory = await directoryOf(app, c.get('province'))
  const today = dayOf(app.clock())
  const others = directory.list(today).filter(({ code }) => code !== view.agencyCode)
  const departments = others.filter(({ tier, kind }) => tier === 'province' && kind === 'department')
  const communes = others.filter(({ tier }) => tier === 'commune').map(({ code, shortName }) => ({ value: code, label: shortName }))
  const errorOf = errorsBy(locale, refusal?.fields)
  const papers = view.papers.filter(({ sha256 }) => sha256 !== null)
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'office'), title: words.ask, back: { href: `/mot-cua/ho-so/${id}` }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={refusal?.fields ?? []} message={refusal && t(locale, refusal.message)} locale={locale} />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">
            {view.code} · {view.procedureName}
          </span>
          {t(locale, words.ask)}
        </h1>
        <InsetText>{t(locale, words.askLead)}</InsetText>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
          <TextArea
            name="question"
            label={t(locale, words.question)}
            hint={t(locale, words.questionHint)}
            rows={4}
            maxlength={4000}
            value={values.get('question') ?? ''}
            error={errorOf('question')}
          />
          <Checkboxes
            name="agencies"
            label={t(locale, words.agencies)}
            small
            options={departments.map(({ code, shortName }) => ({ value: code, label: shortName }))}
            values={values.getAll('agencies')}
            error={errorOf('agencies')}
          />
          <Select
            name="commune"
            label={t(locale, words.commune)}
            empty={t(locale, words.none)}
            options={communes}
            value={values.get('commune') ?? ''}
          />
          <Select
            name="commune2"
            label={t(locale, words.commune2)}
            empty={t(locale, words.none)}
            options={communes}
            value={values.get('commune2') ?? ''}
          />
          {papers.length > 0 && (
            <Checkboxes
              name="papers"
              label={t(locale, words.papers)}
              small
              options={papers.map(({ number, name }) => ({ value: String(number), label: name }))}
              values={values.getAll('papers')}
            />
          )}
          <TextInput
            name="days"
            label={t(locale, words.days)}
            hint={t(locale, words.daysHint)}
            optional
            inputmode="numeric"
            width={3}
            value={values.get('days') ?? ''}
            error={errorOf('days')}
          />
          <Button>{t(locale, words.send)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /mot-cua/ho-so/:id/xin-y-kien: whom to ask what. */
export const askPage = (c: Web): Promise<Response> => showAsk(c, { values: new URLSearchParams() })

/** POST: the question goes out. Refused: the page again with what was typed. */
export async function sendQuestion(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Refused(refusals.notFound)
  const typed = values.get('days')?.trim() ?? ''
  const days = typed === '' ? undefined : Number(typed)
  const wrong = { vi: 'Nhập số ngày từ 1 đến 60.', en: 'Enter a number of days from 1 to 60.' }
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 60))
    return showAsk(c, { values, refusal: withFields(refusals.invalid, [{ path: 'days', message: wrong }]) })
  const question = (values.get('question') ?? '').slice(0, 4000)
  const agencies = [...values.getAll('agencies'), values.get('commune') ?? '', values.get('commune2') ?? ''].filter(Boolean)
  const papers = values.getAll('papers').map(Number)
  const asked = await runFor(c, values, 'dossier.ask-opinion', (cx) =>
    askOpinion(cx, { dossierId: id, question, agencies, papers, workingDays: days }),
  )
  if (!asked.ok) return showAsk(c, { values, refusal: asked.error })
  return c.redirect(`/mot-cua/ho-so/${id}?duong=asked&so=${asked.value.asked}#y-kien`, 303)
}

/** GET /mot-cua/xin-y-kien: what other agencies ask of this officer's. */
export async function inboxPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const found = await askedOfMe(c.get('app'), asker(c))
  if (!found.ok) throw new Refused(found.error)
  const { open, answered, steps } = found.value
  const due = (line: { dueAt: string | null; overdue: boolean }) =>
    line.dueAt ? (
      <Tag tone={line.overdue ? 'bad' : 'waiting'}>
        {line.overdue && `${t(locale, words.late)} · `}
        {dueText(line.dueAt, locale)}
      </Tag>
    ) : (
      ''
    )
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: words.inbox,
      wide: true,
      ...(c.req.query('xong') ? { flash: { kind: 'success' as const, text: words.sent } } : {}),
    },
    <>
      <h1 class="govuk-heading-l">{t(locale, words.inbox)}</h1>
      <p class="govuk-body">{t(locale, words.inboxLead)}</p>
      {open.length === 0 ? (
        <EmptyState title={t(locale, words.nothingAsked)}>{t(locale, words.nothingAskedNext)}</EmptyState>
      ) : (
        <Table
          caption={`${t(locale, words.openQuestions)} (${open.length})`}
          dense
          locale={locale}
          keys
          rows={open}
          rowHref={(line) => `${INBOX}/${line.consultationId}?co-quan=${line.agencyCode}`}
          columns={[
            {
              key: 'question',
              label: t(locale, words.question),
              header: true,
              cell: (line) => (
                <a class="govuk-link" href={`${INBOX}/${line.consultationId}?co-quan=${line.agencyCode}`}>
                  {line.question.length > 140 ? `${line.question.slice(0, 140)}…` : line.question}
                </a>
              ),
            },
            { key: 'asks', label: t(locale, words.asks), cell: (line) => line.askedByName },
            { key: 'dossier', label: t(locale, words.dossier), nowrap: true, cell: (line) => line.dossierCode ?? '' },
            { key: 'procedure', label: t(locale, words.procedure), cell: (line) => line.procedureName },
            { key: 'agency', label: t(locale, words.agency), cell: (line) => line.agencyName },
            { key: 'due', label: t(locale, words.due), cell: due },
          ]}
        />
      )}
      {steps.length > 0 && (
        <Table
          caption={`${t(locale, words.stepsHere)} (${steps.length})`}
          dense
          locale={locale}
          rows={steps}
          columns={[
            {
              key: 'step',
              label: t(locale, words.step),
              header: true,
              cell: (line) => (
                <a class="govuk-link" href={`/mot-cua/ho-so/${line.dossierId}/buoc/${line.number}`}>
                  {t(locale, line.name)}
                </a>
              ),
            },
            { key: 'asks', label: t(locale, words.asks), cell: (line) => line.resolvingName },
            {
              key: 'dossier',
              label: t(locale, words.dossier),
              nowrap: true,
              cell: (line) => (
                <a class="govuk-link" href={`/mot-cua/ho-so/${line.dossierId}`}>
                  {line.code}
                </a>
              ),
            },
            { key: 'procedure', label: t(locale, words.procedure), cell: (line) => line.procedureName },
            { key: 'agency', label: t(locale, words.agency), cell: (line) => line.agencyName },
            { key: 'due', label: t(locale, words.due), cell: due },
          ]}
        />
      )}
      {answered.length > 0 && (
        <Table
          caption={t(locale, words.answeredLately)}
          dense
          locale={locale}
          rows={answered}
          columns={[
            {
              key: 'question',
              label: t(locale, words.question),
              header: true,
              cell: (line) => (
                <a class="govuk-link" href={`${INBOX}/${line.consultationId}?co-quan=${line.agencyCode}`}>
                  {line.question.length > 140 ? `${line.question.slice(0, 140)}…` : line.question}
                </a>
              ),
            },
            { key: 'asks', label: t(locale, words.asks), cell: (line) => line.askedByName },
            { key: 'verdict', label: t(locale, words.verdict), cell: (line) => (line.verdict ? t(locale, words[line.verdict]) : '') },
            { key: 'when', label: t(locale, words.handedOver), cell: (line) => (line.answeredAt ? whenText(line.answeredAt) : '') },
            {
              key: 'late',
              label: t(locale, words.result),
              cell: (line) => (line.overdue ? <Tag tone="bad">{t(locale, words.late)}</Tag> : t(locale, words['on-time'])),
            },
          ]}
        />
      )}
    </>,
  )
}

async function questionOf(c: Web, agencyCode: string | undefined): Promise<QuestionView> {
  const found = await questionFor(c.get('app'), asker(c), c.req.param('id') ?? '', agencyCode)
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

async function showQuestion(c: Web, view: QuestionView, { values, refusal }: Typed): Promise<Response> {
  const locale = c.get('locale')
  const errorOf = errorsBy(locale, refusal?.fields)
  if (refusal) c.status(refusal.status)
  const open = view.state === 'waiting' || view.state === 'overdue'
  return page(
    c,
    { ...frame(c, 'office'), title: words.answerTitle, back: { href: INBOX, text: words.inbox }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={refusal?.fields ?? []} message={refusal && t(locale, refusal.message)} locale={locale} />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{view.askedByAgency}</span>
          {t(locale, words.answerTitle)}
        </h1>
        <InsetText>
          <strong>{view.question}</strong>
        </InsetText>
        <SummaryList
          locale={locale}
          rows={[
            { key: t(locale, words.asks), value: `${view.askedByAgency}, ${view.askedByName}, ${whenText(view.askedAt)}` },
            { key: t(locale, words.dossier), value: view.dossierCode ?? '' },
            { key: t(locale, words.procedure), value: view.procedureName },
            { key: t(locale, words.applicant), value: view.applicantName },
            { key: t(locale, words.agency), value: view.agencyName },
            {
              key: t(locale, words.due),
              value: (
                <>
                  {dueText(view.answer.dueAt, locale)} {view.state === 'overdue' && <Tag tone="bad">{t(locale, words.late)}</Tag>}
                </>
              ),
            },
            ...(view.papers.length > 0
              ? [
                  {
                    key: t(locale, words.papers),
                    value: view.papers.map((paper) => (
                      <div>
                        {paper.sha256 ? (
                          <a
                            class="govuk-link"
                            href={`${INBOX}/${view.consultationId}/giay-to/${paper.number}`}
                            target="_blank"
                            rel="noopener"
                          >
                            {paper.name}
                          </a>
                        ) : (
                          paper.name
                        )}
                      </div>
                    )),
                  },
                ]
              : []),
          ]}
        />
        {view.cancelReason !== null && <InsetText>{t(locale, words.cancelled, { reason: view.cancelReason })}</InsetText>}
        {view.answer.answeredAt && (
          <>
            <h2 class="govuk-heading-m">
              {view.answer.verdict && t(locale, words[view.answer.verdict])}{' '}
              {view.state === 'late' && <Tag tone="bad">{t(locale, words.stateLate)}</Tag>}
            </h2>
            <p class="govuk-body cs-typed">{view.answer.answer}</p>
            <p class="govuk-body-s cs-muted">
              {t(locale, words.answeredBy, { who: view.answer.answeredByName ?? '', when: whenText(view.answer.answeredAt) })}
            </p>
          </>
        )}
        {open && (
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} files unsaved>
            <input type="hidden" name="agency" value={view.agencyCode} />
            <Radios
              name="verdict"
              label={t(locale, words.verdict)}
              options={verdicts.map((value) => ({ value, label: t(locale, words[value]) }))}
              value={values.get('verdict') ?? ''}
              error={errorOf('verdict')}
            />
            <TextArea
              name="answer"
              label={t(locale, words.answer)}
              hint={t(locale, words.answerHint)}
              rows={5}
              maxlength={4000}
              value={values.get('answer') ?? ''}
              error={errorOf('answer')}
            />
            <FileInput name="files" label={t(locale, words.files)} accept=".pdf,.jpg,.jpeg,.png" multiple error={errorOf('files')} />
            <Button>{t(locale, words.sendAnswer)}</Button>
          </Form>
        )}
      </div>
    </div>,
  )
}

/** GET /mot-cua/xin-y-kien/:id: the question, as much of the dossier as was shown, and the answer. */
export async function questionPage(c: Web): Promise<Response> {
  return showQuestion(c, await questionOf(c, c.req.query('co-quan')), { values: new URLSearchParams() })
}

/** POST: the agency answers. */
export async function sendAnswer(c: Web): Promise<Response> {
  const form = await readForm(c)
  const { values } = form
  const agencyCode = values.get('agency') ?? ''
  for (const [path, refusal] of form.refused)
    return showQuestion(c, await questionOf(c, agencyCode), { values, refusal: withFields(refusal, [{ path, message: refusal.message }]) })
  const files = (form.files.get('files') ?? []).map(({ name, sha256, size, type }) => ({ name, sha256, size, type }))
  const verdict = verdicts.find((one): one is Verdict => one === values.get('verdict'))
  const answer = (values.get('answer') ?? '').slice(0, 4000)
  const id = c.req.param('id') ?? ''
  const done = await runFor(c, values, 'dossier.answer-opinion', (cx) =>
    answerOpinion(cx, { consultationId: id, agencyCode, verdict, answer, files }),
  )
  if (!done.ok) return showQuestion(c, await questionOf(c, agencyCode), { values, refusal: done.error })
  return c.redirect(`${INBOX}?xong=1`, 303)
}

/** POST /mot-cua/xin-y-kien/:id/nhac: reminds everybody who has not answered. */
export async function sendReminder(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = c.req.param('id') ?? ''
  const done = await runFor(c, values, 'dossier.remind-opinion', (cx) => remindOpinion(cx, { consultationId: id }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/mot-cua/ho-so/${done.value.dossierId}?duong=remindedNow#y-kien`, 303)
}

/** POST /mot-cua/xin-y-kien/:id/rut: takes the question back. */
export async function sendCancel(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = c.req.param('id') ?? ''
  const reason = (values.get('reason') ?? '').slice(0, 500)
  const done = await runFor(c, values, 'dossier.cancel-opinion', (cx) => cancelOpinion(cx, { consultationId: id, reason }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/mot-cua/ho-so/${done.value.dossierId}?duong=cancelledNow#y-kien`, 303)
}

/** GET /mot-cua/xin-y-kien/:id/giay-to/:number: a paper that was named in the question. */
export async function questionPaper(c: Web): Promise<Response> {
  const view = await questionOf(c, undefined)
  const paper = view.papers.find(({ number }) => String(number) === c.req.param('number'))
  return sendFile(c, paper && { name: paper.name, sha256: paper.sha256, type: paper.mediaType })
}

/** GET /mot-cua/xin-y-kien/:id/van-ban/:agency/:at: a document that came with an answer, for those who read the dossier. */
export async function answerFile(c: Web): Promise<Response> {
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const dossierId = c.req.query('ho-so') ?? ''
  const found = dossierId ? await dossierForOfficer(app, asker(c), dossierId) : undefined
  if (!found?.ok) throw new Refused(refusals.notFound)
  const { consultations } = await routingOf(app, asker(c), found.value)
  const answer = consultations.find((one) => one.id === id)?.answers.find(({ agencyCode }) => agencyCode === c.req.param('agency'))
  return sendFile(c, answer?.files[Number(c.req.param('at'))])
}
