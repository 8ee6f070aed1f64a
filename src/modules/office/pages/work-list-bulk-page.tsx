import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import { Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { derivedUuid, isUuid } from '../../../kernel/id.ts'
import type { Result } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  formatNumber,
  LinkButton,
  NotificationBanner,
  page,
  Select,
  Table,
  TextArea,
  WarningText,
} from '../../../ui/index.ts'
import {
  actionTexts,
  assignDossier,
  chosenRows,
  type DossierSummary,
  possibleActions,
  receiveDossier,
  returnResult,
  specialistsAt,
  type WorkRow,
} from '../../dossier/index.ts'
import { type BulkKind, bulkKinds, MOST_AT_ONCE } from '../rules/bulk.ts'
import { listQuery, readListAddress } from '../rules/list-address.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'
import { asker } from './request.ts'
import { StageTag } from './work-list-marks.tsx'
import { dossierHref } from './work-list-rows.ts'

const titles = { receive: listTexts.bulkTitleReceive, assign: listTexts.bulkTitleAssign, return: listTexts.bulkTitleReturn } as const

const kindIn = (value: string | null | undefined): BulkKind => {
  const kind = bulkKinds.find((one) => one === value)
  if (!kind) throw new Refused(refusals.notFound)
  return kind
}

/** The list somebody came from: only filters of ours. */
const wayBack = (typed: string | null | undefined): string => {
  const query = listQuery(readListAddress(Object.fromEntries(new URLSearchParams(typed ?? ''))))
  return query ? `/mot-cua?${query}` : '/mot-cua?pham-vi=all'
}

const idsIn = (values: readonly string[]): string[] => [...new Set(values.filter(isUuid))]

const rowsOf = async (c: Web, ids: readonly string[]): Promise<readonly WorkRow[]> => {
  const found = await chosenRows(c.get('app'), asker(c), ids)
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

/** Whether this officer can do it to this dossier now: the stage allows it and so does their role there. */
function canDo(c: Web, kind: BulkKind, row: WorkRow): boolean {
  const target = { agencyCodes: [row.agencyCode, row.receptionAgencyCode], assigneeId: row.assigneeId }
  return possibleActions(row.stage).includes(kind) && c.get('app').access(c.get('province')).can(c.get('actor'), `dossier.${kind}`, target)
}

/** Specialists of the agencies that resolve the dossiers, by name. */
async function specialistsFor(c: Web, rows: readonly WorkRow[]) {
  const app = c.get('app')
  const today = dayOf(app.clock())
  const agencies = [...new Set(rows.map(({ agencyCode }) => agencyCode))]
  const found = await app.db.read(c.get('province'), async (tx) => {
    const lists = []
    for (const agency of agencies) lists.push(await specialistsAt(tx, agency, today))
    return lists.flat()
  })
  return [...new Map(found.map((one) => [one.id, one])).values()]
}

const Chosen = ({ rows, caption, locale }: { rows: readonly WorkRow[]; caption: string; locale: Locale }) => (
  <Table
    caption={caption}
    dense
    locale={locale}
    rows={rows}
    columns={[
      {
        key: 'code',
        label: t(locale, texts.code),
        header: true,
        nowrap: true,
        cell: (row) => (
          <a class="govuk-link" href={dossierHref(row)}>
            {row.code ?? row.reference}
          </a>
        ),
      },
      { key: 'procedure', label: t(locale, texts.procedure), cell: (row) => row.procedureName },
      { key: 'applicant', label: t(locale, texts.applicant), cell: (row) => row.applicantName },
      { key: 'stage', label: t(locale, texts.stands), cell: (row) => <StageTag stage={row.stage} locale={locale} /> },
    ]}
  />
)

interface Again {
  readonly refusal: Refusal
  readonly ids: readonly string[]
  readonly kind: BulkKind
  readonly back: string
  readonly note: string
}

/** GET /mot-cua/hang-loat: what will be done to which of the ticked dossiers, before it is done. */
export async function bulkPage(c: Web, again?: Again): Promise<Response> {
  const locale = c.get('locale')
  const kind = again?.kind ?? kindIn(c.req.query('viec'))
  const all = again?.ids ?? idsIn(c.req.queries('chon') ?? [])
  const ids = all.slice(0, MOST_AT_ONCE)
  const back = again?.back ?? wayBack(c.req.query('ve'))
  const rows = ids.length > 0 ? await rowsOf(c, ids) : []
  const can = rows.filter((row) => canDo(c, kind, row))
  const cannot = rows.filter((row) => !can.includes(row))
  const specialists = kind === 'assign' && can.length > 0 ? await specialistsFor(c, can) : []
  const errorOf = errorsBy(locale, again?.refusal.fields)
  const what = t(locale, actionTexts[kind])
  const most = formatNumber(MOST_AT_ONCE, locale)
  return page(
    c,
    { ...frame(c, 'office'), title: titles[kind], back: { href: back, text: listTexts.back }, hasErrors: again !== undefined },
    <>
      {again && <ErrorSummary errors={again.refusal.fields ?? []} message={t(locale, again.refusal.message)} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, titles[kind])}</h1>
      {all.length > ids.length && <WarningText>{t(locale, listTexts.bulkTooMany, { n: most })}</WarningText>}
      {rows.length < ids.length && (
        <WarningText>{t(locale, listTexts.bulkLost, { n: formatNumber(ids.length - rows.length, locale) })}</WarningText>
      )}
      {rows.length === 0 && <EmptyState title={t(locale, listTexts.bulkNone)}>{t(locale, listTexts.bulkNoneNext)}</EmptyState>}
      {can.length > 0 && (
        <Form csrfToken={c.get('csrf') ?? ''} requestId={randomUUID()} action="/mot-cua/hang-loat">
          <input type="hidden" name="viec" value={kind} />
          <input type="hidden" name="ve" value={back.split('?')[1] ?? ''} />
          {can.map((row) => (
            <input type="hidden" name="chon" value={`${row.id}_${row.version}`} />
          ))}
          <Chosen rows={can} caption={t(locale, listTexts.bulkCan)} locale={locale} />
          {kind === 'assign' && (
            <Select
              name="assigneeId"
              label={t(locale, listTexts.assignTo)}
              hint={t(locale, listTexts.assignEach)}
              error={errorOf('assigneeId')}
              locale={locale}
              empty={t(locale, texts.choose)}
              options={specialists.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <TextArea name="note" label={t(locale, texts.noteOptional)} value={again?.note} rows={2} maxlength={2000} locale={locale} />
          <Button>{t(locale, listTexts.bulkDo, { what, n: formatNumber(can.length, locale) })}</Button>
        </Form>
      )}
      {cannot.length > 0 && <Chosen rows={cannot} caption={t(locale, listTexts.bulkNot)} locale={locale} />}
    </>,
  )
}

interface Outcome {
  readonly row: WorkRow
  readonly result: Result<DossierSummary>
}

/**
 * POST /mot-cua/hang-loat: one command a dossier, each by itself: what one refuses, the others do not wait for. Sent again, what was
 * done stays done and is told again.
 */
export async function doInBulk(c: Web): Promise<Response> {
  const form = await readForm(c)
  const { values } = form
  const kind = kindIn(values.get('viec'))
  const back = wayBack(values.get('ve'))
  const chosen = values
    .getAll('chon')
    .map((one) => one.split('_'))
    .filter(([id]) => id !== undefined && isUuid(id))
    .slice(0, MOST_AT_ONCE)
  const versions = new Map(chosen.map(([id, version]) => [id as string, Number(version)]))
  const ids = [...versions.keys()]
  const note = values.get('note')?.trim().slice(0, 2000) || undefined
  const assigneeId = values.get('assigneeId') ?? ''
  if (kind === 'assign' && !isUuid(assigneeId)) {
    c.status(422)
    const refusal = withFields(refusals.invalid, [{ path: 'assigneeId', message: texts.choose }])
    return bulkPage(c, { refusal, ids, kind, back, note: note ?? '' })
  }
  const formId = requestIdOf(values) ?? randomUUID()
  const work = (on: { dossierId: string; version: number | undefined }) => (cx: Context) =>
    kind === 'receive'
      ? receiveDossier(cx, { ...on, note })
      : kind === 'assign'
        ? assignDossier(cx, { ...on, assigneeId, note })
        : returnResult(cx, { ...on, note })
  const outcomes: Outcome[] = []
  for (const row of await rowsOf(c, ids)) {
    const version = versions.get(row.id)
    const call = {
      province: c.get('province'),
      actor: c.get('actor'),
      requestId: derivedUuid(formId, row.id),
      locale: c.get('locale'),
      name: `dossier.${kind}`,
    }
    const on = { dossierId: row.id, version: version !== undefined && version > 0 ? version : undefined }
    outcomes.push({ row, result: await run(c.get('app'), call, work(on)) })
  }
  return outcomePage(c, kind, back, outcomes)
}

function outcomePage(c: Web, kind: BulkKind, back: string, outcomes: readonly Outcome[]): Response | Promise<Response> {
  const locale = c.get('locale')
  const done = outcomes.filter(({ result }) => result.ok).length
  // What was not done comes first: that is where somebody has to look again.
  const shown = [...outcomes].sort((a, b) => Number(a.result.ok) - Number(b.result.ok))
  const figures = { done: formatNumber(done, locale), all: formatNumber(outcomes.length, locale) }
  return page(
    c,
    { ...frame(c, 'office'), title: titles[kind], back: { href: back, text: listTexts.back } },
    <>
      <h1 class="govuk-heading-l">{t(locale, titles[kind])}</h1>
      <NotificationBanner kind={done === outcomes.length ? 'success' : 'warning'} locale={locale}>
        {t(locale, listTexts.bulkDone, figures)}
      </NotificationBanner>
      <Table
        caption={t(locale, listTexts.bulkOutcome)}
        captionHidden
        dense
        locale={locale}
        rows={shown}
        columns={[
          {
            key: 'code',
            label: t(locale, texts.code),
            header: true,
            nowrap: true,
            cell: ({ row, result }) => (
              <a class="govuk-link" href={dossierHref(row)}>
                {(result.ok ? result.value.code : row.code) ?? row.reference}
              </a>
            ),
          },
          { key: 'applicant', label: t(locale, texts.applicant), cell: ({ row }) => row.applicantName },
          {
            key: 'outcome',
            label: t(locale, listTexts.bulkOutcome),
            cell: ({ result }) =>
              result.ok ? (
                <>
                  {t(locale, listTexts.bulkOk)}: <StageTag stage={result.value.stage} locale={locale} />
                  {result.value.assigneeName && kind === 'assign' && ` ${result.value.assigneeName}`}
                </>
              ) : (
                <>
                  <strong>{t(locale, listTexts.bulkRefused)}.</strong> {t(locale, result.error.message)}{' '}
                  {result.error.next && t(locale, result.error.next)}
                </>
              ),
          },
        ]}
      />
      <LinkButton href={back}>{t(locale, listTexts.back)}</LinkButton>
    </>,
  )
}
