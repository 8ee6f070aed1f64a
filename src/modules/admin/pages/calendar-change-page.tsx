import { randomUUID } from 'node:crypto'
import { type Call, run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  Checkbox,
  EmptyState,
  ErrorSummary,
  Form,
  formatNumber,
  InsetText,
  Pagination,
  Progress,
  page,
  REQUEST_FIELD,
  Table,
  Tag,
  WarningText,
} from '../../../ui/index.ts'
import {
  asHeading,
  refusals as calendarRefusals,
  countMoves,
  type DraftedChange,
  describeChange,
  dropChange,
  findChange,
  listMoves,
  type MoveOutcome,
  moment,
} from '../../calendar/index.ts'
import { type DueChangePreview, dossierNames } from '../../dossier/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { applyCalendarChange, previewCalendarChange } from '../calendar-change.ts'
import { calendarTexts as texts } from '../calendar-texts.ts'

const HREF = '/quan-tri/lich'
const PAGE = 50

/** A line of the list: whose due time, from when to when, and how it went. */
interface Line extends Omit<DueChangePreview, 'past'> {
  readonly past: boolean
  readonly outcome?: MoveOutcome | null
}

const callOf = (c: Web, sent: string | undefined, name: string): Call => ({
  province: c.get('province'),
  actor: c.get('actor'),
  requestId: sent && isUuid(sent) ? sent : randomUUID(),
  locale: c.get('locale'),
  name,
})

async function getChange(c: Web): Promise<DraftedChange> {
  const id = c.req.param('id') ?? ''
  const found = isUuid(id) ? await c.get('app').db.read(c.get('province'), (tx) => findChange(tx, id)) : undefined
  if (!found) throw new Refused(calendarRefusals.changeNotFound)
  return found
}

const pageOf = (c: Web): number => {
  const number = Number(c.req.query('trang') ?? 1)
  return Number.isInteger(number) && number > 0 && number < 100_000 ? number : 1
}

/** "H12.07 · Sở Xây dựng" */
async function agencyNames(c: Web): Promise<(code: string) => string> {
  const directory = await directoryOf(c.get('app'), c.get('province'))
  const names = new Map(directory.agencies.map((agency) => [agency.code, agency.shortName]))
  return (code) => names.get(code) ?? code
}

const Moves = ({ c, lines, nameOf }: { c: Web; lines: readonly Line[]; nameOf: (code: string) => string }) => {
  const locale = c.get('locale')
  const state = ({ past, outcome }: Line) => {
    if (outcome) return <Tag tone={outcome === 'moved' ? 'good' : 'neutral'}>{t(locale, texts.outcomes[outcome])}</Tag>
    if (past) return <Tag tone="bad">{t(locale, texts.past)}</Tag>
    return outcome === null ? <Tag tone="waiting">{t(locale, texts.waiting)}</Tag> : ''
  }
  return (
    <Table<Line>
      caption={t(locale, texts.list)}
      locale={locale}
      dense
      rows={lines}
      empty={<EmptyState title={t(locale, texts.nothing)}>{t(locale, texts.nothingHint)}</EmptyState>}
      columns={[
        { key: 'code', label: t(locale, texts.code), header: true, nowrap: true, cell: (line) => line.code ?? '' },
        { key: 'procedure', label: t(locale, texts.procedure), cell: (line) => line.procedureName },
        { key: 'agency', label: t(locale, texts.agency), cell: (line) => nameOf(line.agencyCode) },
        { key: 'from', label: t(locale, texts.from), nowrap: true, cell: (line) => t(locale, moment(line.from)) },
        { key: 'to', label: t(locale, texts.to), nowrap: true, cell: (line) => t(locale, moment(line.to)) },
        ...(lines.some((line) => line.past || line.outcome !== undefined)
          ? [{ key: 'state', label: t(locale, texts.state), nowrap: true, cell: state }]
          : []),
      ]}
    />
  )
}

async function draftPage(c: Web, change: DraftedChange): Promise<Response> {
  const locale = c.get('locale')
  const n = (value: number): string => formatNumber(value, locale)
  const preview = await previewCalendarChange(c.get('app'), callOf(c, undefined, 'calendar.preview-change'), change.change)
  const title = t(locale, texts.title)
  const about = t(locale, asHeading(describeChange(change.change)))
  if (!preview.ok) {
    c.status(preview.error.status)
    return page(
      c,
      { ...frame(c, 'admin'), title, back: { href: HREF }, hasErrors: true },
      <>
        <ErrorSummary errors={[]} locale={locale} message={t(locale, preview.error.message)} />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{about}</span>
          {title}
        </h1>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${HREF}/thay-doi/${change.id}/bo`}>
          <Button look="secondary">{t(locale, texts.drop)}</Button>
        </Form>
      </>,
    )
  }
  const { moves, kept, unknown } = preview.value
  const number = pageOf(c)
  const past = moves.filter((move) => move.past).length
  const later = moves.filter((move) => move.to.epochMilliseconds > move.from.epochMilliseconds).length
  return page(
    c,
    { ...frame(c, 'admin'), title, wide: true, back: { href: HREF } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{about}</span>
        {title}
      </h1>
      <p class="govuk-body-l" id="moves">
        {t(locale, moves.length === 0 ? texts.movesNone : texts.moves, {
          n: n(moves.length),
          later: n(later),
          earlier: n(moves.length - later),
        })}
      </p>
      {kept > 0 && <p class="govuk-body">{t(locale, texts.kept, { n: n(kept) })}</p>}
      {unknown > 0 && <p class="govuk-body">{t(locale, texts.unknown, { n: n(unknown) })}</p>}
      {past > 0 && <WarningText locale={locale}>{t(locale, texts.pastWarning, { n: n(past) })}</WarningText>}
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${HREF}/thay-doi/${change.id}/ap-dung`}>
        {past > 0 && <Checkbox name="past" label={t(locale, texts.movePast)} hint={t(locale, texts.movePastHint)} />}
        <ButtonGroup>
          <Button>{t(locale, texts.apply)}</Button>
          <Button look="secondary" formaction={`${HREF}/thay-doi/${change.id}/bo`}>
            {t(locale, texts.drop)}
          </Button>
        </ButtonGroup>
      </Form>
      {moves.length > 0 && <Moves c={c} lines={moves.slice((number - 1) * PAGE, number * PAGE)} nameOf={await agencyNames(c)} />}
      <Pagination
        page={number}
        pageSize={PAGE}
        total={moves.length}
        href={(to) => `${HREF}/thay-doi/${change.id}?trang=${to}`}
        locale={locale}
      />
    </>,
  )
}

async function settledPage(c: Web, change: DraftedChange): Promise<Response> {
  const locale = c.get('locale')
  const number = pageOf(c)
  const { counts, lines } = await c.get('app').db.snapshot(c.get('province'), async (tx) => {
    const moves = await listMoves(tx, change.id, PAGE, (number - 1) * PAGE)
    const names = await dossierNames(
      tx,
      moves.map((move) => move.subject),
    )
    const unnamed = { code: null, procedureName: '', agencyCode: '' }
    return {
      counts: await countMoves(tx, change.id),
      lines: moves.map(({ subject, ...move }): Line => ({ id: subject, ...(names.get(subject) ?? unnamed), ...move, past: false })),
    }
  })
  const done = change.moves - counts['']
  const title = t(locale, change.state === 'applied' ? texts.appliedTitle : texts.droppedTitle)
  const values = { who: change.appliedBy ?? '', at: change.appliedAt ? t(locale, moment(change.appliedAt)) : '' }
  return page(
    c,
    { ...frame(c, 'admin'), title, wide: true, back: { href: HREF } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{t(locale, asHeading(describeChange(change.change)))}</span>
        {title}
      </h1>
      <p class="govuk-body">{t(locale, change.state === 'applied' ? texts.appliedBy : texts.droppedBy, values)}</p>
      {change.moves > 0 && (
        <Progress
          done={done}
          total={change.moves}
          label={t(locale, texts.progress, { done: formatNumber(done, locale), n: formatNumber(change.moves, locale) })}
        />
      )}
      {counts['changed-meanwhile'] + counts.closed > 0 && (
        <InsetText>{t(locale, texts.others, { n: formatNumber(counts['changed-meanwhile'] + counts.closed, locale) })}</InsetText>
      )}
      {change.kept > 0 && <p class="govuk-body">{t(locale, texts.kept, { n: formatNumber(change.kept, locale) })}</p>}
      {change.moves > 0 && <Moves c={c} lines={lines} nameOf={await agencyNames(c)} />}
      <Pagination
        page={number}
        pageSize={PAGE}
        total={change.moves}
        href={(to) => `${HREF}/thay-doi/${change.id}?trang=${to}`}
        locale={locale}
      />
    </>,
  )
}

/** `/quan-tri/lich/thay-doi/<id>`: what a drafted change would move; after it was applied, how far its job is. */
export async function calendarChangePage(c: Web): Promise<Response> {
  const change = await getChange(c)
  return change.state === 'draft' ? draftPage(c, change) : settledPage(c, change)
}

/** Applies a draft. */
export async function postApply(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const { id } = await getChange(c)
  const app = c.get('app')
  const call = callOf(c, typed[REQUEST_FIELD], 'calendar.apply-change')
  const done = await run(app, call, (cx) => applyCalendarChange(app, cx, { id, past: typed.past === '1' }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`${HREF}/thay-doi/${id}`, 303)
}

/** Drops a draft. */
export async function postDrop(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const { id, change } = await getChange(c)
  const done = await run(c.get('app'), callOf(c, typed[REQUEST_FIELD], 'calendar.drop-change'), (cx) => dropChange(cx, { id }))
  if (!done.ok) throw new Refused(done.error)
  const year = change.kind === 'set-day' ? `?nam=${change.value.day.slice(0, 4)}` : ''
  return c.redirect(`${HREF}${year}`, 303)
}
