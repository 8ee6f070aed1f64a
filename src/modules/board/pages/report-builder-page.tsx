import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { type FieldError, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Checkbox,
  Checkboxes,
  DateInput,
  Details,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  formatNumber,
  NotificationBanner,
  page,
  Radios,
  Select,
  TextInput,
} from '../../../ui/index.ts'
import { measures, rates } from '../../indicator/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import {
  type Answer,
  answerFiles,
  answerPaper,
  answerQuestion,
  bys,
  channels,
  daysOf,
  type FileKind,
  fileKinds,
  MOST_VALUES,
  periodNames,
  type Question,
  queryOf,
  readQuestion,
  reportRefusals,
  saveReport,
  schedules,
  slugOf,
  steps,
} from '../../reporting/index.ts'
import { builderTexts as texts } from '../report-builder-texts.ts'
import { reportTexts } from '../report-texts.ts'
import { AnswerChart, AnswerTable, SHOWN } from './report-answer.tsx'
import { REPORTS, ReportTabs, weekdayName } from './report-list-page.tsx'

export const BUILDER = `${REPORTS}/tu-tao`
export const SAVED = `${REPORTS}/da-luu`

/** An answer as one of its files. Throws `Refused` when it is too long for paper. */
export async function answerFile(c: Web, answer: Answer, name: string, kind: FileKind): Promise<Response> {
  const paper = await answerPaper(c.get('app'), c.get('province'), answer, name, kind)
  if (!paper) throw new Refused(reportRefusals.tooLongForPaper)
  return new Response(paper.bytes, {
    headers: {
      'content-type': paper.type,
      'content-length': String(paper.bytes.byteLength),
      'content-disposition': `${kind === 'pdf' ? 'inline' : 'attachment'}; filename="${paper.name}"`,
      'cache-control': 'private, no-store',
    },
  })
}

const asked = (c: Web): Question => readQuestion(new URL(c.req.url).searchParams)

async function answered(c: Web, question: Question) {
  const app = c.get('app')
  const directory = await directoryOf(app, c.get('province'))
  return answerQuestion(app.db, c.get('province'), directory, question, app.clock())
}

/** What an answer is called when nobody named it. */
const usualName = (answer: Answer): string => answer.values.map(({ name }) => name).join('; ')

/** GET /dieu-hanh/bao-cao/tu-tao/tep/:kind: the answer as a file. */
export async function builderFile(c: Web): Promise<Response> {
  const kind = fileKinds.find((one) => one === c.req.param('kind'))
  if (!kind) throw new Refused(reportRefusals.unknown)
  const answer = await answered(c, asked(c))
  if (!answer.ok) throw new Refused(answer.error)
  return answerFile(c, answer.value, usualName(answer.value), kind)
}

/** GET /dieu-hanh/bao-cao/tu-tao: the question stands in the address, its answer below. */
export const builderPage = (c: Web): Promise<Response> => show(c, asked(c), [])

/** What a form says about how a question is kept and answered. */
export const keepingOf = (values: URLSearchParams): Kept => ({
  name: values.get('name') ?? '',
  shared: values.get('shared') === '1',
  schedule: values.get('schedule') ?? 'none',
  weekday: values.get('weekday') ?? '1',
  time: values.get('time') ?? '06:30',
  file: values.get('file') ?? 'xlsx',
})

/** The same as a form shows it: as typed, or as kept. */
export interface Kept {
  readonly name: string
  readonly shared: boolean
  readonly schedule: string
  readonly weekday: string
  readonly time: string
  readonly file: string
}

const usual: Kept = { name: '', shared: false, schedule: 'none', weekday: '1', time: '06:30', file: 'xlsx' }

/** POST /dieu-hanh/bao-cao/tu-tao: keeps the question; one with a schedule opens, so that its recipients can be chosen. */
export async function saveBuilt(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const kept = keepingOf(values)
  const question = values.get('question') ?? ''
  const done = await runFor(c, values, 'reporting.save', (cx) => saveReport(cx, { ...kept, question }))
  if (done.ok) return c.redirect(kept.schedule === 'none' ? `${SAVED}?xong=luu` : `${SAVED}/${done.value.id}?xong=luu`, 303)
  if (done.error.status !== 422) throw new Refused(done.error)
  const errors = done.error.fields ?? [{ path: 'name', message: done.error.message }]
  return show(c, readQuestion(new URLSearchParams(question)), errors, kept)
}

async function show(c: Web, question: Question, errors: readonly FieldError[], typed: Kept = usual): Promise<Response> {
  const locale = c.get('locale')
  const answer = await answered(c, question)
  if (errors.length > 0 || !answer.ok) c.status(422)
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true, hasErrors: errors.length > 0 },
    <>
      <ErrorSummary errors={errors} locale={locale} />
      <h1 class="govuk-heading-l">{t(locale, reportTexts.title)}</h1>
      <ReportTabs c={c} current="builder" />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third cs-screen-only">
          <Asking question={question} today={dayOf(c.get('app').clock())} locale={locale} />
        </div>
        <div class="govuk-grid-column-two-thirds">
          {answer.ok ? (
            <Answered c={c} answer={answer.value} question={question} errors={errors} typed={typed} />
          ) : (
            <Refusing refusal={answer.error} locale={locale} />
          )}
        </div>
      </div>
    </>,
  )
}

const Refusing = ({ refusal, locale }: { refusal: Refusal; locale: Locale }) => (
  <NotificationBanner kind="warning">
    <p class="govuk-body">
      {t(locale, refusal.message)} {refusal.next && t(locale, refusal.next)}
    </p>
  </NotificationBanner>
)

const Asking = ({ question, today, locale }: { question: Question; today: string; locale: Locale }) => {
  const all = { value: '', label: t(locale, texts.all) }
  const days = daysOf(question, today)
  const own = !('name' in question.period)
  const named = (list: readonly { code: string; name: { vi: string; en: string } }[]) => [
    ...new Map(list.map(({ code, name }) => [code, { value: code, label: t(locale, name) }])).values(),
  ]
  const counts = named(measures)
  return (
    <form method="get" action={`${BUILDER}#ket-qua`}>
      <h2 class="govuk-heading-m">{t(locale, texts.question)}</h2>
      <Checkboxes
        name="so"
        id="so-ty-le"
        small
        label={t(locale, texts.rates)}
        hint={t(locale, texts.valuesHint, { count: MOST_VALUES })}
        values={[...question.values]}
        options={named(rates)}
        locale={locale}
      />
      <Details summary={t(locale, texts.counts)} open={question.values.some((value) => counts.some((one) => one.value === value))}>
        <Checkboxes
          name="so"
          id="so-luong"
          small
          label={t(locale, texts.counts)}
          values={[...question.values]}
          options={counts}
          locale={locale}
        />
      </Details>
      <Radios
        name="theo"
        small
        label={t(locale, texts.by)}
        value={slugOf.by(question.by)}
        options={bys.map((by) => ({ value: slugOf.by(by), label: t(locale, texts[`by_${by}`]) }))}
      />
      <Select
        name="cap"
        label={t(locale, texts.tier)}
        empty={false}
        value={question.tier ? slugOf.tier(question.tier) : ''}
        options={[
          all,
          ...(['province', 'district', 'commune'] as const).map((tier) => ({ value: slugOf.tier(tier), label: t(locale, texts[tier]) })),
        ]}
      />
      <Select
        name="ky"
        label={t(locale, texts.period)}
        empty={false}
        value={'name' in question.period ? question.period.name : 'khac'}
        options={[
          ...periodNames.map((name) => ({ value: name, label: t(locale, texts[name]) })),
          { value: 'khac', label: t(locale, texts.other) },
        ]}
      />
      <Details summary={t(locale, texts.other)} open={own}>
        <DateInput name="tu" label={t(locale, texts.from)} value={days.from} locale={locale} />
        <DateInput name="den" label={t(locale, texts.to)} value={days.to} locale={locale} />
      </Details>
      <Select
        name="buoc"
        label={t(locale, texts.step)}
        empty={false}
        value={slugOf.step(question.step)}
        options={steps.map((step) => ({ value: slugOf.step(step), label: t(locale, texts[`step_${step}`]) }))}
      />
      <TextInput
        name="thu-tuc"
        label={t(locale, texts.procedure)}
        hint={t(locale, texts.procedureHint)}
        width={10}
        value={question.procedure ?? ''}
      />
      <Select
        name="kenh"
        label={t(locale, texts.channel)}
        empty={false}
        value={question.channel ? slugOf.channel(question.channel) : ''}
        options={[all, ...channels.map((channel) => ({ value: slugOf.channel(channel), label: t(locale, texts[channel]) }))]}
      />
      <Checkboxes
        name="chia"
        small
        label={t(locale, texts.also)}
        values={[...(question.byProcedure ? ['thu-tuc'] : []), ...(question.byChannel ? ['kenh'] : [])]}
        options={[
          { value: 'thu-tuc', label: t(locale, texts.byProcedure) },
          { value: 'kenh', label: t(locale, texts.byChannel) },
        ]}
      />
      {question.unit && <input type="hidden" name="don-vi" value={question.unit} />}
      <Button>{t(locale, texts.show)}</Button>
    </form>
  )
}

/** Links to an answer's files. */
export const FileLinks = ({ hrefOf, locale }: { hrefOf: (kind: FileKind) => string; locale: Locale }) => (
  <p class="govuk-body cs-screen-only">
    {t(locale, texts.files)}:{' '}
    {fileKinds.map((kind, at) => (
      <>
        {at > 0 && ' · '}
        <a class="govuk-link govuk-link--no-visited-state" href={hrefOf(kind)}>
          {kind === 'sdmx' ? 'SDMX-CSV' : kind.toUpperCase()}
        </a>
      </>
    ))}
  </p>
)

/** Chart, table, and how many lines there are. */
export const AnswerView = ({ answer, locale }: { answer: Answer; locale: Locale }) => (
  <>
    <AnswerChart answer={answer} locale={locale} />
    <p class="govuk-body-s cs-muted">
      {t(locale, texts.lines, { count: formatNumber(answer.rows.length, locale) })}{' '}
      {answer.rows.length > SHOWN && t(locale, texts.shown, { shown: SHOWN })}
    </p>
    <AnswerTable answer={answer} locale={locale} />
  </>
)

/** The fields that say how a question is kept and answered: the same where it is saved first and where it is changed. */
export const KeepingFields = ({ kept, errors, locale }: { kept: Kept; errors: readonly FieldError[]; locale: Locale }) => {
  const errorOf = errorsBy(locale, errors)
  return (
    <>
      <TextInput name="name" label={t(locale, texts.name)} maxlength={120} value={kept.name} error={errorOf('name')} />
      <Checkbox name="shared" label={t(locale, texts.share)} checked={kept.shared} />
      <Select
        name="schedule"
        label={t(locale, texts.schedule)}
        hint={t(locale, texts.scheduleHint)}
        empty={false}
        value={kept.schedule}
        error={errorOf('schedule')}
        options={schedules.map((one) => ({ value: one, label: t(locale, texts[`schedule_${one}`]) }))}
      />
      <Select
        name="weekday"
        label={t(locale, texts.weekday)}
        empty={false}
        value={kept.weekday}
        error={errorOf('weekday')}
        options={[1, 2, 3, 4, 5, 6, 7].map((one) => ({ value: String(one), label: weekdayName(one, locale) }))}
      />
      <TextInput
        name="time"
        label={t(locale, texts.time)}
        hint={t(locale, reportTexts.timeHint)}
        width={5}
        value={kept.time}
        error={errorOf('time')}
      />
      <Radios
        name="file"
        inline
        small
        label={t(locale, texts.file)}
        hint={t(locale, texts.fileHint)}
        value={kept.file}
        error={errorOf('file')}
        options={answerFiles.map((one) => ({ value: one, label: one.toUpperCase() }))}
      />
    </>
  )
}

const Answered = ({
  c,
  answer,
  question,
  errors,
  typed,
}: {
  c: Web
  answer: Answer
  question: Question
  errors: readonly FieldError[]
  typed: Kept
}) => {
  const locale = c.get('locale')
  const query = queryOf(question)
  return (
    <>
      <h2 class="govuk-heading-m" id="ket-qua">
        {t(locale, texts.answer)}
      </h2>
      <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(Temporal.Instant.from(answer.asOf)) })}</p>
      <FileLinks hrefOf={(kind) => `${BUILDER}/tep/${kind}?${query}`} locale={locale} />
      <Details summary={t(locale, texts.saveTitle)} open={errors.length > 0}>
        <Form csrfToken={c.get('csrf')} requestId={uuidv7(c.get('app').clock().epochMilliseconds)} action={BUILDER}>
          <input type="hidden" name="question" value={query} />
          <KeepingFields kept={typed} errors={errors} locale={locale} />
          <Button look="secondary">{t(locale, texts.save)}</Button>
        </Form>
      </Details>
      <AnswerView answer={answer} locale={locale} />
    </>
  )
}
