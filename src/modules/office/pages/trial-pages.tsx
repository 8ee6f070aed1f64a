import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  page,
  SubNavigation,
  Table,
  Tag,
  TextArea,
  TextInput,
} from '../../../ui/index.ts'
import { answerTrial, type Trial, type TrialRow, trialForOfficer, trialList } from '../../dossier/index.ts'
import { type Answers, findForm, type SummarySection, summary } from '../../form/index.ts'
import { citizenTexts as texts } from '../citizen-texts.ts'
import { asker, sendFile } from './request.ts'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

const verdictTag = (row: TrialRow, locale: Locale) =>
  row.verdict ? (
    <Tag tone={row.verdict === 'enough' ? 'good' : 'waiting'}>{t(locale, texts[row.verdict])}</Tag>
  ) : row.overdue ? (
    <Tag tone="bad">{t(locale, texts.overdue)}</Tag>
  ) : (
    <Tag tone="info">{t(locale, texts.waiting)}</Tag>
  )

/** GET /mot-cua/xem-truoc: drafts that people ask the desk to look at, the earliest promise first. */
export async function trialsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const answered = c.req.query('xem') === 'da-tra-loi'
  const found = await trialList(c.get('app'), asker(c), { answered })
  if (!found.ok) throw new Refused(found.error)
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: texts.trials,
      wide: true,
      ...(c.req.query('xong') ? { flash: { kind: 'success' as const, text: texts.doneTrial } } : {}),
    },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.trials)}</h1>
      <p class="govuk-body">{t(locale, texts.trialsLead)}</p>
      <SubNavigation
        label={t(locale, texts.trials)}
        tabs={[
          { text: t(locale, texts.waiting), href: '/mot-cua/xem-truoc', current: !answered },
          { text: t(locale, texts.answered), href: '/mot-cua/xem-truoc?xem=da-tra-loi', current: answered },
        ]}
      />
      <Table
        caption={t(locale, answered ? texts.answered : texts.waiting)}
        captionHidden
        locale={locale}
        rows={found.value}
        keys
        rowHref={(row) => `/mot-cua/xem-truoc/${row.id}`}
        empty={<EmptyState title={t(locale, answered ? texts.trialsNoneAnswered : texts.trialsNone)} />}
        columns={[
          {
            key: 'who',
            label: t(locale, texts.who),
            header: true,
            cell: (row) => (
              <>
                <a class="govuk-link" href={`/mot-cua/xem-truoc/${row.id}`}>
                  {row.personName}
                </a>
                {row.applicantName && <span class="cs-muted"> {t(locale, texts.forWhom, { name: row.applicantName })}</span>}
              </>
            ),
          },
          { key: 'procedure', label: t(locale, texts.procedure), cell: (row) => row.procedureName },
          { key: 'promised', label: t(locale, texts.promised), cell: (row) => formatInstant(instant(row.promisedAt)) },
          { key: 'verdict', label: t(locale, texts.verdict), cell: (row) => verdictTag(row, locale) },
        ]}
      />
    </>,
  )
}

async function load(c: Web): Promise<{ trial: Trial & { agencyName: string }; sections: readonly SummarySection[] }> {
  const found = await trialForOfficer(c.get('app'), asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  const trial = found.value
  const form = await c.get('app').db.read(c.get('province'), (tx) => findForm(tx, trial.formCode, trial.formVersion))
  return { trial, sections: form ? summary(form, trial.answers as Answers, c.get('locale')) : [] }
}

async function show(c: Web, sent?: { refusal: Refusal; values: URLSearchParams }): Promise<Response> {
  const locale = c.get('locale')
  const { trial, sections } = await load(c)
  const commented = new Map(trial.comments.map((comment) => [comment.path, comment.text]))
  const open = trial.verdict === null
  if (sent) c.status(sent.refusal.status)
  const title = { vi: t('vi', texts.look, { name: trial.procedureName }), en: t('en', texts.look, { name: trial.procedureName }) }
  return page(
    c,
    { ...frame(c, 'office'), title, back: { href: '/mot-cua/xem-truoc', text: texts.back }, hasErrors: sent !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
        {sent?.refusal.next && <p class="govuk-body">{t(locale, sent.refusal.next)}</p>}
        <span class="govuk-caption-l">
          {trial.personName}
          {trial.applicantName && ` ${t(locale, texts.forWhom, { name: trial.applicantName })}`}
          {trial.phone && ` · ${trial.phone}`}
        </span>
        <h1 class="govuk-heading-l">{t(locale, title)}</h1>
        <p class="govuk-body">
          {t(locale, texts.promised)}: <strong>{formatInstant(instant(trial.promisedAt))}</strong> · {trial.agencyName}
        </p>
        {open ? (
          <p class="govuk-body">{t(locale, texts.lookLead)}</p>
        ) : (
          <p class="govuk-body">
            <Tag tone={trial.verdict === 'enough' ? 'good' : 'waiting'}>{t(locale, texts[trial.verdict ?? 'mend'])}</Tag>{' '}
            {trial.answeredByName}
            {trial.note && `: ${trial.note}`}
          </p>
        )}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/mot-cua/xem-truoc/${trial.id}`} unsaved={open}>
          {sections.map((section) => (
            <>
              <h2 class="govuk-heading-m">{t(locale, section.title)}</h2>
              {section.rows.map((row) => {
                const label = row.item ? `${t(locale, row.item)}: ${t(locale, row.label)}` : t(locale, row.label)
                return (
                  <div class="cs-item">
                    <p class="govuk-body">
                      <strong>{label}</strong>
                      <br />
                      {row.lines.length === 0 && <span class="cs-muted">{t(locale, texts.noAnswer)}</span>}
                      {row.files
                        ? row.files.map((file) => (
                            <a class="govuk-link" href={`/mot-cua/xem-truoc/${trial.id}/tep/${file.sha256}`} target="_blank" rel="noopener">
                              {file.name}{' '}
                            </a>
                          ))
                        : row.lines.map((line) => <div>{line}</div>)}
                    </p>
                    {open ? (
                      <TextInput
                        name={`sua:${row.path}`}
                        label={t(locale, texts.comment, { label })}
                        value={sent?.values.get(`sua:${row.path}`) ?? ''}
                        maxlength={500}
                        optional
                        locale={locale}
                      />
                    ) : (
                      commented.has(row.path) && <p class="govuk-inset-text">{commented.get(row.path)}</p>
                    )}
                  </div>
                )
              })}
            </>
          ))}
          {open && (
            <>
              <TextArea
                name="note"
                label={t(locale, texts.note)}
                rows={3}
                value={sent?.values.get('note') ?? undefined}
                error={errorsBy(locale, sent?.refusal.fields)('note')}
                maxlength={2000}
                locale={locale}
              />
              <ButtonGroup>
                <Button name="verdict" value="enough">
                  {t(locale, texts.sayEnough)}
                </Button>
                <Button look="secondary" name="verdict" value="mend">
                  {t(locale, texts.sayMend)}
                </Button>
              </ButtonGroup>
            </>
          )}
        </Form>
      </div>
    </div>,
  )
}

/** GET /mot-cua/xem-truoc/:id */
export const trialPage = (c: Web): Promise<Response> => show(c)

/** POST /mot-cua/xem-truoc/:id: complete, or what to mend, answer by answer. */
export async function answerTrialPage(c: Web): Promise<Response> {
  const form = await readForm(c, { dropFiles: true })
  const { trial, sections } = await load(c)
  const comments = sections.flatMap(({ rows }) =>
    rows.map((row) => ({
      path: row.path,
      label: (row.item ? `${t('vi', row.item)}: ` : '') + t('vi', row.label),
      text: (form.values.get(`sua:${row.path}`) ?? '').slice(0, 500),
    })),
  )
  const result = await runFor(c, form.values, 'trial.answer', (cx) =>
    answerTrial(cx, {
      trialId: trial.id,
      verdict: form.values.get('verdict') === 'mend' ? 'mend' : 'enough',
      note: (form.values.get('note') ?? '').slice(0, 2000),
      comments,
    }),
  )
  return result.ok ? c.redirect('/mot-cua/xem-truoc?xong=1', 303) : show(c, { refusal: result.error, values: form.values })
}

/** GET /mot-cua/xem-truoc/:id/tep/:sha256: a paper of the draft. */
export async function trialFile(c: Web): Promise<Response> {
  const { sections } = await load(c)
  const file = sections.flatMap(({ rows }) => rows.flatMap((row) => row.files ?? [])).find(({ sha256 }) => sha256 === c.req.param('sha256'))
  return sendFile(c, file, 'inline')
}
