import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid, uuidv7 } from '../../../kernel/id.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, Form, formatDay, formatInstant, NotificationBanner, page, Table, Tag } from '../../../ui/index.ts'
import {
  type Answer,
  digestOf,
  fileKinds,
  forgetReport,
  type ListedReport,
  listRuns,
  listSaved,
  type RunRow,
  reportRefusals,
  runById,
  type SavedReport,
} from '../../reporting/index.ts'
import { builderTexts as texts } from '../report-builder-texts.ts'
import { reportTexts } from '../report-texts.ts'
import { AnswerView, answerFile, BUILDER, FileLinks, SAVED } from './report-builder-page.tsx'
import { REPORTS, ReportTabs, weekdayName } from './report-list-page.tsx'

/** Whoever looks at kept questions; nobody's id when it is no officer. */
export const ownerId = (c: Web): string => {
  const actor = c.get('actor')
  return actor.kind === 'officer' ? actor.officerId : '00000000-0000-0000-0000-000000000000'
}

/** GET /dieu-hanh/bao-cao/da-luu: kept questions, and what the scheduled ones answered. */
export async function savedPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const me = ownerId(c)
  const saved = await app.db.read(c.get('province'), (tx) => listSaved(tx, me))
  const runs = await app.db.read(c.get('province'), (tx) => listRuns(tx, me))
  const done = ownValue({ luu: texts.savedFlash, bo: texts.forgotFlash }, c.req.query('xong'))
  return page(
    c,
    { ...frame(c, 'board'), title: texts.savedTitle, wide: true, ...(done ? { flash: { kind: 'success', text: t(locale, done) } } : {}) },
    <>
      <h1 class="govuk-heading-l">{t(locale, reportTexts.title)}</h1>
      <ReportTabs c={c} current="saved" />
      <Table<ListedReport>
        caption={t(locale, texts.savedTitle)}
        locale={locale}
        rows={saved}
        empty={<EmptyState title={t(locale, texts.noSaved)} action={{ href: BUILDER, text: t(locale, texts.title) }} />}
        columns={[
          {
            key: 'name',
            label: t(locale, texts.name),
            header: true,
            cell: (row) => (
              <a class="govuk-link govuk-link--no-visited-state" href={`${SAVED}/${row.id}`}>
                {row.name}
              </a>
            ),
          },
          {
            key: 'owner',
            label: t(locale, texts.owner),
            cell: (row) => (
              <>
                {row.ownerId === me ? t(locale, texts.mine) : row.ownerName}{' '}
                {row.shared && <Tag tone="info">{t(locale, texts.sharedTag)}</Tag>}
              </>
            ),
          },
          { key: 'schedule', label: t(locale, texts.schedule), cell: (row) => scheduleText(row, locale) },
          {
            key: 'sent',
            label: t(locale, texts.sent),
            cell: (row) => (row.schedule === 'none' ? '–' : t(locale, row.sent ? texts.yes : texts.no)),
          },
          {
            key: 'action',
            label: t(locale, texts.action),
            cell: (row) =>
              row.ownerId === me ? (
                <Form csrfToken={c.get('csrf')} requestId={uuidv7(app.clock().epochMilliseconds)} action={`${SAVED}/bo`}>
                  <input type="hidden" name="id" value={row.id} />
                  <Button look="secondary">
                    {t(locale, texts.forget)}
                    <span class="govuk-visually-hidden"> {row.name}</span>
                  </Button>
                </Form>
              ) : (
                ''
              ),
          },
        ]}
      />
      <Runs runs={runs} locale={locale} />
    </>,
  )
}

/** When a kept question is answered, in words. */
export function scheduleText({ schedule, weekday, time }: Pick<SavedReport, 'schedule' | 'weekday' | 'time'>, locale: Locale): string {
  if (schedule === 'none') return t(locale, texts.never)
  return t(locale, schedule === 'weekly' ? texts.weeklyAt : texts.monthlyAt, { weekday: weekdayName(weekday, locale), time })
}

/** Answers as they were given, the newest first. */
export const Runs = ({ runs, none, locale }: { runs: readonly RunRow[]; none?: string; locale: Locale }) => (
  <Table<RunRow>
    caption={t(locale, texts.runs)}
    locale={locale}
    rows={runs}
    empty={<EmptyState title={none ?? t(locale, texts.noRuns)} />}
    columns={[
      {
        key: 'name',
        label: t(locale, texts.name),
        header: true,
        cell: (row) => (
          <a class="govuk-link govuk-link--no-visited-state" href={`${REPORTS}/ket-qua/${row.id}`}>
            {row.name}
          </a>
        ),
      },
      { key: 'slot', label: t(locale, texts.slot), nowrap: true, cell: (row) => formatDay(row.slot) },
      { key: 'at', label: t(locale, texts.producedAt), nowrap: true, cell: (row) => formatInstant(row.producedAt) },
    ]}
  />
)

/** POST /dieu-hanh/bao-cao/da-luu/bo */
export async function forgetSaved(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = values.get('id') ?? ''
  if (!isUuid(id)) throw new Refused(reportRefusals.unknown)
  const done = await runFor(c, values, 'reporting.forget', (cx) => forgetReport(cx, { id }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`${SAVED}?xong=bo`, 303)
}

async function opened(c: Web): Promise<{ row: RunRow; answer: Answer | undefined }> {
  const id = c.req.param('id') ?? ''
  const known = isUuid(id) ? await c.get('app').db.read(c.get('province'), (tx) => runById(tx, id, ownerId(c))) : undefined
  if (!known) throw new Refused(reportRefusals.unknown)
  const { body, ...row } = known
  return { row, answer: digestOf(body) === row.digest ? (JSON.parse(body) as Answer) : undefined }
}

/** GET /dieu-hanh/bao-cao/ket-qua/:id: what a scheduled question answered, as it was frozen. */
export async function runPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { row, answer } = await opened(c)
  return page(
    c,
    { ...frame(c, 'board'), title: { vi: row.name, en: row.name }, wide: true, back: { href: SAVED, text: texts.back } },
    <>
      <h1 class="govuk-heading-l">{row.name}</h1>
      <p class="govuk-body">{t(locale, texts.frozenAt, { time: formatInstant(row.producedAt) })}</p>
      {answer ? (
        <>
          <FileLinks hrefOf={(kind) => `${REPORTS}/ket-qua/${row.id}/${kind}`} locale={locale} />
          <AnswerView answer={answer} locale={locale} />
        </>
      ) : (
        <NotificationBanner kind="warning" title={t(locale, reportTexts.alteredTitle)}>
          <p class="govuk-body">{t(locale, reportTexts.altered)}</p>
        </NotificationBanner>
      )}
    </>,
  )
}

/** GET /dieu-hanh/bao-cao/ket-qua/:id/:kind */
export async function runFile(c: Web): Promise<Response> {
  const kind = fileKinds.find((one) => one === c.req.param('kind'))
  const { row, answer } = await opened(c)
  if (!kind) throw new Refused(reportRefusals.unknown)
  if (!answer) throw new Refused(reportRefusals.altered)
  return answerFile(c, answer, row.name, kind)
}
