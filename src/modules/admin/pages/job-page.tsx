import { randomUUID } from 'node:crypto'
import { run } from '../../../kernel/command.ts'
import type { Context } from '../../../kernel/context.ts'
import { type FieldError, type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { findJob, type JobRow, NOTE_LENGTH, retryJob, settleJob } from '../../../kernel/jobs/index.ts'
import { maskDeep } from '../../../kernel/log/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import type { Result } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, DateText, ErrorSummary, errorsBy, Form, page, REQUEST_FIELD, SummaryList, Tag, TextArea } from '../../../ui/index.ts'
import { texts, viewNames } from '../texts.ts'
import { viewTones } from './job-views.ts'
import { labelOf } from './jobs-page.tsx'

const Json = ({ title, value }: { title: string; value: unknown }) => (
  <>
    <h2 class="govuk-heading-s">{title}</h2>
    <pre class="govuk-body-s cs-json">
      <code>{JSON.stringify(maskDeep(value), null, 2)}</code>
    </pre>
  </>
)

const Facts = ({ c, job }: { c: Web; job: JobRow }) => {
  const locale = c.get('locale')
  const { definitions } = c.get('app').jobs
  const when = (value: JobRow['startedAt']) => (value ? <DateText value={value} time locale={locale} /> : t(locale, texts.notYet))
  return (
    <SummaryList
      locale={locale}
      rows={[
        { key: t(locale, texts.state), value: <Tag tone={viewTones[job.view]}>{t(locale, viewNames[job.view])}</Tag> },
        { key: t(locale, texts.kind), value: job.queue },
        { key: t(locale, texts.owner), value: definitions.get(job.queue)?.owner ?? t(locale, texts.never) },
        { key: t(locale, texts.tries), value: t(locale, texts.triesOf, { n: job.retryCount, limit: job.retryLimit }) },
        { key: t(locale, texts.made), value: when(job.createdAt) },
        { key: t(locale, texts.started), value: when(job.startedAt) },
        { key: t(locale, texts.finished), value: when(job.completedAt) },
        ...(job.view === 'retry' || job.view === 'waiting' ? [{ key: t(locale, texts.nextTry), value: when(job.startAfter) }] : []),
      ]}
    />
  )
}

interface Typed {
  readonly note: string
  readonly fields: readonly FieldError[]
}

const Actions = ({ c, job, typed }: { c: Web; job: JobRow; typed: Typed }) => {
  const locale = c.get('locale')
  const form = (action: string) => ({
    action: `/quan-tri/cong-viec/${job.id}/${action}`,
    csrfToken: c.get('csrf'),
    requestId: randomUUID(),
  })
  const errorOf = errorsBy(locale, typed.fields)
  return (
    <>
      {(job.view === 'stuck' || job.view === 'retry') && (
        <Form {...form('thu-lai')}>
          <p class="govuk-hint">{t(locale, texts.retryHint)}</p>
          <Button>{t(locale, texts.retry)}</Button>
        </Form>
      )}
      {job.view === 'stuck' && (
        <Form {...form('xu-ly-tay')}>
          <TextArea
            name="note"
            label={t(locale, texts.note)}
            hint={t(locale, texts.settleHint)}
            rows={4}
            maxlength={NOTE_LENGTH}
            value={typed.note}
            error={errorOf('note')}
            locale={locale}
          />
          <Button look="secondary">{t(locale, texts.settle)}</Button>
        </Form>
      )}
    </>
  )
}

const done: Readonly<Record<string, Text>> = { 'thu-lai': texts.retried, 'xu-ly-tay': texts.settled }

async function getJob(c: Web): Promise<JobRow> {
  const id = c.req.param('id') ?? ''
  const { slug } = c.get('province')
  const job = isUuid(id) ? await c.get('app').db.read(c.get('province'), (tx) => findJob(tx, slug, id)) : undefined
  if (!job) throw new Refused(refusals.notFound)
  return job
}

function show(c: Web, job: JobRow, typed: Typed): Response | Promise<Response> {
  const locale: Locale = c.get('locale')
  const title = labelOf(c.get('app').jobs.definitions, job.queue, locale)
  const flash = ownValue(done, c.req.query('xong'))
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title,
      back: { href: '/quan-tri/cong-viec', text: texts.jobs },
      hasErrors: typed.fields.length > 0,
      ...(flash ? { flash: { kind: 'success' as const, text: flash } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={typed.fields} locale={locale} />
        <h1 class="govuk-heading-l">{title}</h1>
        <Facts c={c} job={job} />
        <Actions c={c} job={job} typed={typed} />
        {job.output && Object.keys(job.output).length > 0 && <Json title={t(locale, texts.output)} value={job.output} />}
        <Json title={t(locale, texts.payload)} value={job.data.payload} />
      </div>
    </div>,
  )
}

/** `/quan-tri/cong-viec/:id`: one job, what it carries and what went wrong, both masked. */
export const jobPage = async (c: Web): Promise<Response> => show(c, await getJob(c), { note: '', fields: [] })

async function act(
  c: Web,
  name: string,
  work: (cx: Context, note: string) => Promise<Result<{ id: string }>>,
): Promise<{ result: Result<{ id: string }>; note: string }> {
  const { values } = await readForm(c)
  if (!isUuid(c.req.param('id') ?? '')) throw new Refused(refusals.notFound)
  const note = values.get('note') ?? ''
  const call = {
    province: c.get('province'),
    actor: c.get('actor'),
    locale: c.get('locale'),
    requestId: isUuid(values.get(REQUEST_FIELD) ?? '') ? (values.get(REQUEST_FIELD) as string) : undefined,
    name,
  }
  return { result: await run(c.get('app'), call, (cx) => work(cx, note)), note }
}

/** The answers of a form that can be mended stay on the page; any other refusal is a page of its own. */
async function refused(c: Web, refusal: Refusal, note: string): Promise<Response> {
  if (!refusal.fields?.length) throw new Refused(refusal)
  c.status(refusal.status)
  return show(c, await getJob(c), { note, fields: refusal.fields })
}

/** Tries the job again and shows it in its new place. */
export async function postRetry(c: Web): Promise<Response> {
  const { jobs } = c.get('app')
  const { result, note } = await act(c, 'ops.retry-job', (cx) => retryJob(cx, jobs, c.req.param('id') ?? ''))
  return result.ok ? c.redirect(`/quan-tri/cong-viec/${result.value.id}?xong=thu-lai`, 303) : refused(c, result.error, note)
}

/** Records that a person has done the job's work another way. */
export async function postSettle(c: Web): Promise<Response> {
  const { result, note } = await act(c, 'ops.settle-job', (cx, said) => settleJob(cx, { id: c.req.param('id') ?? '', note: said }))
  return result.ok ? c.redirect(`/quan-tri/cong-viec/${result.value.id}?xong=xu-ly-tay`, 303) : refused(c, result.error, note)
}
