import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, keptFiles, parse, readForm, type SentForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatDay,
  InsetText,
  page,
  readDate,
  Select,
  Table,
  Tag,
  TextArea,
  TextInput,
  type Tone,
  typedDate,
} from '../../../ui/index.ts'
import {
  addTask,
  addTaskInput,
  type CampaignAct,
  campaignById,
  campaignTasks,
  changeTask,
  dropTask,
  dropTaskInput,
  finishTask,
  finishTaskInput,
  mayLead,
  notTheirs,
  type TaskView,
  taskOfficers,
} from '../../campaign/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { askerOf, dayFields, must } from './campaign-asked.ts'
import { fieldsOf, meanwhile, SeenField, type Sent, seenVersion } from './campaign-meanwhile.tsx'
import { CampaignHead, CampaignTabs, campaignHref } from './campaign-parts.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

const tones = { done: 'good', done_late: 'waiting', open: 'info', overdue: 'bad', dropped: 'neutral' } as const satisfies Record<
  TaskView['standing'],
  Tone
>

/** Who does what until when, and what shows that it was done. */
export const TaskTable = (props: { tasks: readonly TaskView[]; campaignId: string; lead?: boolean; locale: Locale }) => {
  const { tasks, campaignId, lead, locale } = props
  return (
    <Table
      caption={t(locale, texts.tasks)}
      locale={locale}
      rows={tasks}
      empty={<EmptyState title={t(locale, texts.tasksNone)} />}
      columns={[
        { key: 'what', label: t(locale, texts.what), header: true, cell: (task) => task.what },
        {
          key: 'who',
          label: t(locale, texts.who),
          cell: (task) => (task.officerName ? `${task.officerName}, ${task.unitName}` : task.unitName),
        },
        { key: 'due', label: t(locale, texts.due), nowrap: true, cell: (task) => formatDay(task.due) },
        {
          key: 'state',
          label: t(locale, texts.state),
          cell: (task) => (
            <>
              <Tag tone={tones[task.standing]}>{t(locale, texts[task.standing])}</Tag>
              {task.doneOn && (
                <p class="govuk-body-s">
                  {task.doneNote} ({t(locale, texts.doneBy, { who: task.doneBy ?? '', day: formatDay(task.doneOn) })}){' '}
                  {task.evidence && (
                    <a class="govuk-link" href={campaignHref(campaignId, `/viec/${task.id}/minh-chung`)}>
                      {task.evidence.name}
                    </a>
                  )}
                </p>
              )}
              {task.droppedOn && <p class="govuk-body-s">{`${formatDay(task.droppedOn)}: ${task.droppedReason}`}</p>}
              {task.mayFinish && (
                <Act text={t(locale, texts.finish)} href={campaignHref(campaignId, `/viec/${task.id}`)} what={task.what} />
              )}
              {lead && !task.doneOn && !task.droppedOn && (
                <Act text={t(locale, texts.changeTask)} href={campaignHref(campaignId, `/viec/${task.id}/sua`)} what={task.what} />
              )}
            </>
          ),
        },
      ]}
    />
  )
}

const Act = ({ text, href, what }: { text: string; href: string; what: string }) => (
  <p class="govuk-body-s">
    <a class="govuk-link" href={href}>
      {text}
      <span class="govuk-visually-hidden">: {what}</span>
    </a>
  </p>
)

type Typed = Readonly<Record<string, string | undefined>>

/** What a task is, whose, and until when. */
async function taskFields(c: Web, typed: Typed, error: (path: string) => string | undefined) {
  const locale = c.get('locale')
  const app = c.get('app')
  const directory = await directoryOf(app, c.get('province'))
  const officers = await taskOfficers(app, askerOf(c))
  return (
    <>
      <TextInput name="what" label={t(locale, texts.what)} error={error('what')} value={typed.what} />
      <Select
        name="unitCode"
        label={t(locale, texts.unit)}
        error={error('unitCode')}
        value={typed.unitCode}
        options={directory.list(dayOf(app.clock())).map(({ code, shortName }) => ({ value: code, label: shortName }))}
      />
      <Select
        name="officerId"
        label={t(locale, texts.officer)}
        error={error('officerId')}
        value={typed.officerId}
        optional
        empty={t(locale, texts.officerNone)}
        options={officers.map(({ id, name, unitName }) => ({ value: id, label: `${name}, ${unitName}` }))}
      />
      <DateInput name="due" label={t(locale, texts.due)} error={error('due')} value={typedDate(typed, 'due')} locale={locale} />
    </>
  )
}

/** GET /dieu-hanh/chien-dich/:id/viec: the tasks, and for the reform office a form to give one. */
export async function tasksPage(c: Web, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const { campaign } = must(await campaignById(app, askerOf(c), id))
  const tasks = must(await campaignTasks(app, askerOf(c), id))
  const lead = mayLead(app, askerOf(c)) && campaign.cancelledOn === null
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const typed = sent ? Object.fromEntries(sent.values) : {}
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${texts.tasks.vi}, ${campaign.name}`, en: `${texts.tasks.en}, ${campaign.name}` },
      wide: true,
      hasErrors: sent !== undefined,
      back: { href: campaignHref(id), text: texts.back },
    },
    <div class="cs-campaign">
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <CampaignHead campaign={campaign} locale={locale} title={t(locale, texts.tasks)} />
      <CampaignTabs c={c} campaign={campaign} here="tasks" />
      <TaskTable tasks={tasks} campaignId={id} lead={lead} locale={locale} />
      {lead && (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h2 class="govuk-heading-m">{t(locale, texts.addTask)}</h2>
            <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
              {await taskFields(c, typed, error)}
              <Button>{t(locale, texts.addTask)}</Button>
            </Form>
          </div>
        </div>
      )}
    </div>,
  )
}

const readTask = (values: Record<string, string | string[]>) => parse(addTaskInput, { ...values, due: readDate(values, 'due') ?? '' })

/** POST /dieu-hanh/chien-dich/:id/viec. */
export async function giveTask(c: Web): Promise<Response> {
  const form = await readForm(c)
  const campaignId = c.req.param('id') ?? ''
  const parsed = readTask(formObject(form.values))
  if (!parsed.ok) return tasksPage(c, { values: form.values, refusal: parsed.error })
  const done = await runFor(c, form.values, 'campaign.give-task', (cx) => addTask(cx, { ...parsed.value, campaignId }))
  if (!done.ok) return tasksPage(c, { values: form.values, refusal: done.error })
  return c.redirect(campaignHref(campaignId, '/viec'), 303)
}

async function taskOf(c: Web): Promise<TaskView> {
  const tasks = must(await campaignTasks(c.get('app'), askerOf(c), c.req.param('id') ?? ''))
  const task = tasks.find(({ id }) => id === c.req.param('task'))
  if (!task) throw new Refused(refusals.notFound)
  return task
}

/** Somebody did or dropped the task, or gave it to others, while this one was writing about it: what became of it, and what they wrote, which has no place any more. */
function closedTask(c: Web, task: TaskView, { values, refusal }: Sent): Response | Promise<Response> {
  const locale = c.get('locale')
  const wrote = ['note', 'reason', 'what'].flatMap((name) => values.get(name)?.trim() || [])
  c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: texts.tasks,
      hasErrors: true,
      back: { href: campaignHref(task.campaignId, '/viec'), text: texts.tasks },
    },
    <>
      <ErrorSummary errors={[]} message={refusal.message} locale={locale} />
      <h1 class="govuk-heading-l">{task.what}</h1>
      <TaskTable tasks={[task]} campaignId={task.campaignId} locale={locale} />
      {wrote.length > 0 && (
        <InsetText>
          <h2 class="govuk-heading-m">{t(locale, texts.youWrote)}</h2>
          {wrote.map((text) => (
            <p class="govuk-body">{text}</p>
          ))}
        </InsetText>
      )}
    </>,
  )
}

/** GET /dieu-hanh/chien-dich/:id/viec/:task/sua: changes a task in progress, or takes it back. */
export async function changeTaskPage(c: Web, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const task = await taskOf(c)
  if (task.doneOn !== null || task.droppedOn !== null)
    return sent ? closedTask(c, task, sent) : c.redirect(campaignHref(task.campaignId, '/viec'), 303)
  const { campaign } = must(await campaignById(c.get('app'), askerOf(c), task.campaignId))
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const fields = (one: Pick<TaskView, 'what' | 'unitCode' | 'officerId' | 'due'>) => ({
    ...{ what: one.what, unitCode: one.unitCode, officerId: one.officerId ?? '' },
    ...dayFields('due', one.due),
  })
  const before = (act: CampaignAct) => (act.kind === 'task-changed' ? fields(act.before) : {})
  const typed: Typed = await fieldsOf(c, campaign, sent?.values.has('reason') ? undefined : sent, fields(task), before, task.id)
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: texts.changeTask,
      hasErrors: sent !== undefined,
      back: { href: campaignHref(task.campaignId, '/viec'), text: texts.tasks },
    },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, texts.changeTask)}</h1>
      {await meanwhile(c, campaign, sent, { task: task.id })}
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
        <SeenField version={task.version} sent={sent} />
        {await taskFields(c, typed, error)}
        <Button>{t(locale, texts.save)}</Button>
      </Form>
      <h2 class="govuk-heading-m">{t(locale, texts.dropTask)}</h2>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
        <SeenField version={task.version} sent={sent} />
        <TextInput
          name="reason"
          label={t(locale, texts.reason)}
          hint={t(locale, texts.dropTaskHint)}
          error={error('reason')}
          value={sent?.values.get('reason') ?? ''}
        />
        <Button look="warning">{t(locale, texts.dropTask)}</Button>
      </Form>
    </>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/viec/:task/sua. */
export async function changeTaskNow(c: Web): Promise<Response> {
  const { id: taskId, campaignId } = await taskOf(c)
  const form = await readForm(c)
  const values = formObject(form.values)
  const version = seenVersion(form.values)
  const refused = (refusal: Refusal) => changeTaskPage(c, { values: form.values, refusal })
  if (form.values.has('reason')) {
    const parsed = parse(dropTaskInput, values)
    if (!parsed.ok) return refused(parsed.error)
    const done = await runFor(c, form.values, 'campaign.drop-task', (cx) => dropTask(cx, { taskId, version, ...parsed.value }))
    if (!done.ok) return refused(done.error)
  } else {
    const parsed = readTask(values)
    if (!parsed.ok) return refused(parsed.error)
    const done = await runFor(c, form.values, 'campaign.change-task', (cx) => changeTask(cx, { taskId, version, ...parsed.value }))
    if (!done.ok) return refused(done.error)
  }
  return c.redirect(campaignHref(campaignId, '/viec'), 303)
}

interface SentFinish extends Sent {
  /** What was sent, with no more files than the one that shows the task as done. */
  readonly form: SentForm
}

/** GET /dieu-hanh/chien-dich/:id/viec/:task: says that a task is done, and shows it. */
export async function finishPage(c: Web, sent?: SentFinish): Promise<Response> {
  const locale = c.get('locale')
  const task = await taskOf(c)
  if (sent && (task.doneOn !== null || task.droppedOn !== null)) return closedTask(c, task, sent)
  if (sent && !task.mayFinish) return closedTask(c, task, { ...sent, refusal: notTheirs(task, { version: seenVersion(sent.values) }) })
  if (!task.mayFinish) throw new Refused(refusals.denied)
  const { campaign } = must(await campaignById(c.get('app'), askerOf(c), task.campaignId))
  const error = errorsBy(locale, sent?.refusal.fields)
  const [kept] = sent?.form.files.get('evidence') ?? []
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: texts.finish,
      hasErrors: sent !== undefined,
      back: { href: campaignHref(task.campaignId, '/viec'), text: texts.tasks },
    },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{t(locale, texts.finish)}</span>
        {task.what}
      </h1>
      <p class="govuk-body">
        {task.unitName}, {t(locale, texts.due)} {formatDay(task.due)}
      </p>
      {await meanwhile(c, campaign, sent, { task: task.id })}
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} files>
        <SeenField version={task.version} sent={sent} />
        <TextArea name="note" label={t(locale, texts.note)} error={error('note')} value={sent?.values.get('note') ?? ''} />
        <FileInput
          name="evidence"
          label={t(locale, texts.evidence)}
          hint={kept ? t(locale, texts.evidenceKept, { name: kept.name }) : t(locale, texts.evidenceHint)}
          optional
          accept="application/pdf,image/*"
          error={error('evidence')}
          locale={locale}
        />
        {sent && keptFiles(c, sent.form).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        <Button>{t(locale, texts.finish)}</Button>
      </Form>
    </>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/viec/:task. */
export async function finishOne(c: Web): Promise<Response> {
  const task = await taskOf(c)
  const form = await readForm(c)
  // One that was kept comes after one that was chosen now.
  const [evidence = null] = form.files.get('evidence') ?? []
  const refused = (refusal: Refusal) =>
    finishPage(c, { values: form.values, refusal, form: { ...form, files: new Map(evidence ? [['evidence', [evidence]]] : []) } })
  const wrong = form.refused.get('evidence')
  if (wrong) return refused({ ...wrong, fields: [{ path: 'evidence', message: wrong.message }] })
  const parsed = parse(finishTaskInput, formObject(form.values))
  if (!parsed.ok) return refused(parsed.error)
  const done = await runFor(c, form.values, 'campaign.finish-task', (cx) =>
    finishTask(cx, { taskId: task.id, version: seenVersion(form.values), ...parsed.value, evidence }),
  )
  if (!done.ok) return refused(done.error)
  return c.redirect(campaignHref(task.campaignId, '/viec'), 303)
}

/** GET …/viec/:task/minh-chung: the file that shows it. */
export async function evidenceFile(c: Web): Promise<Response> {
  const { evidence } = await taskOf(c)
  const { files } = c.get('app')
  if (!evidence || !(await files.exists(evidence.sha256))) throw new Refused(refusals.notFound)
  return new Response(Readable.toWeb(await files.read(evidence.sha256)) as ReadableStream, {
    headers: {
      'content-type': evidence.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(evidence.name)}`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
