import { createHash, randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  InsetText,
  NotificationBanner,
  page,
  Select,
  Table,
  Tag,
  TextArea,
} from '../../../ui/index.ts'
import { assignDossier, type Holdings, holdings, type Stage, specialistsAt, stageTexts } from '../../dossier/index.ts'
import { asker } from './request.ts'
import { dueText } from './routing-panel.tsx'
import { routingWords as words } from './routing-texts.ts'

const HERE = '/mot-cua/phan-cong-lai'
const SPREAD = 'chia-deu'

/** What came of moving one dossier. */
interface Moved {
  readonly what: string
  readonly to: string | null
  readonly why: Text | null
}

interface State {
  readonly officerId: string | undefined
  readonly values: URLSearchParams
  readonly wrong?: { readonly path: 'dossiers' | 'to'; readonly message: Text }
  readonly report?: readonly Moved[]
}

async function load(c: Web, officerId: string | undefined): Promise<Holdings> {
  const found = await holdings(c.get('app'), asker(c), officerId)
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

/** Who can take dossiers of an agency over, but for the one who gives them away. */
async function takers(c: Web, agencyCode: string, but: string): Promise<readonly { id: string; name: string }[]> {
  const app = c.get('app')
  const found = await app.db.read(c.get('province'), (tx) => specialistsAt(tx, agencyCode, dayOf(app.clock())))
  return found.filter(({ id }) => id !== but)
}

const labelOf = (one: { code: string | null; reference: string }): string => one.code ?? one.reference

async function show(c: Web, { officerId, values, wrong, report }: State): Promise<Response> {
  const locale = c.get('locale')
  const { holders, dossiers } = await load(c, officerId)
  const holder = holders.find((one) => one.officerId === officerId)
  const people = holder ? await takers(c, holder.agencyCode, holder.officerId) : []
  const fields = wrong ? [{ path: wrong.path, message: wrong.message }] : []
  const errorOf = errorsBy(locale, fields)
  const chosen = new Set(values.getAll('dossiers'))
  if (wrong) c.status(422)
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: words.reassign,
      wide: true,
      hasErrors: wrong !== undefined,
      ...(holder ? { back: { href: HERE } } : {}),
    },
    <>
      <ErrorSummary errors={fields} locale={locale} />
      <h1 class="govuk-heading-l">{t(locale, words.reassign)}</h1>
      {report && (
        <NotificationBanner kind="success" title={t(locale, words.report)} locale={locale}>
          <p>{t(locale, words.reportLine, { moved: report.filter(({ why }) => why === null).length, all: report.length })}</p>
          <ul>
            {report.map(({ what, to, why }) => (
              <li>
                {what}: {why ? t(locale, why) : t(locale, words.movedTo, { who: to ?? '' })}
              </li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      {!holder && (
        <>
          <p class="govuk-body">{t(locale, words.reassignLead)}</p>
          {holders.length === 0 ? (
            <EmptyState title={t(locale, words.nobodyHolds)}>{t(locale, words.nobodyHoldsNext)}</EmptyState>
          ) : (
            <Table
              caption={t(locale, words.holder)}
              captionHidden
              locale={locale}
              rows={holders}
              columns={[
                {
                  key: 'name',
                  label: t(locale, words.holder),
                  header: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`${HERE}?tu=${row.officerId}`}>
                      {row.name}
                    </a>
                  ),
                },
                { key: 'agency', label: t(locale, words.agency), cell: (row) => row.agencyName },
                { key: 'open', label: t(locale, words.open), numeric: true, cell: (row) => String(row.open) },
                {
                  key: 'late',
                  label: t(locale, words.overdue),
                  numeric: true,
                  cell: (row) => (row.overdue > 0 ? <Tag tone="bad">{String(row.overdue)}</Tag> : '0'),
                },
              ]}
            />
          )}
        </>
      )}
      {holder && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={HERE}>
          <input type="hidden" name="from" value={holder.officerId} />
          <h2 class="govuk-heading-m" id="dossiers" tabindex={-1}>
            {t(locale, words.heldBy, { who: holder.name })}
          </h2>
          {errorOf('dossiers') && <p class="govuk-error-message">{errorOf('dossiers')}</p>}
          <Table
            caption={t(locale, words.dossier)}
            captionHidden
            dense
            locale={locale}
            rows={dossiers}
            columns={[
              {
                key: 'pick',
                label: t(locale, words.choose),
                labelHidden: true,
                cell: (row) => (
                  <div class="govuk-checkboxes govuk-checkboxes--small">
                    <div class="govuk-checkboxes__item">
                      <input
                        class="govuk-checkboxes__input"
                        type="checkbox"
                        id={`d-${row.id}`}
                        name="dossiers"
                        value={row.id}
                        checked={chosen.size === 0 ? row.stage === 'processing' : chosen.has(row.id)}
                      />
                      <label class="govuk-label govuk-checkboxes__label" for={`d-${row.id}`}>
                        <span class="govuk-visually-hidden">{labelOf(row)}</span>
                      </label>
                    </div>
                  </div>
                ),
              },
              {
                key: 'code',
                label: t(locale, words.dossier),
                header: true,
                nowrap: true,
                cell: (row) => (
                  <a class="govuk-link" href={`/mot-cua/ho-so/${row.id}`}>
                    {labelOf(row)}
                  </a>
                ),
              },
              { key: 'procedure', label: t(locale, words.procedure), cell: (row) => row.procedureName },
              { key: 'who', label: t(locale, words.applicant), cell: (row) => row.applicantName },
              { key: 'stage', label: t(locale, words.step), cell: (row) => t(locale, stageTexts[row.stage as Stage]) },
              { key: 'due', label: t(locale, words.due), cell: (row) => (row.dueAt ? dueText(row.dueAt, locale) : '') },
            ]}
          />
          {people.length === 0 && <InsetText>{t(locale, words.nobodyElse)}</InsetText>}
          <Select
            name="to"
            label={t(locale, words.give)}
            empty={t(locale, words.choose)}
            options={[
              ...people.map(({ id, name }) => ({ value: id, label: name })),
              ...(people.length > 1 ? [{ value: SPREAD, label: t(locale, words.spread) }] : []),
            ]}
            value={values.get('to') ?? ''}
            error={errorOf('to')}
          />
          <TextArea name="note" label={t(locale, words.reason)} rows={2} maxlength={1000} value={values.get('note') ?? ''} />
          <Button>{t(locale, words.move)}</Button>
        </Form>
      )}
    </>,
  )
}

/** GET /mot-cua/phan-cong-lai: who holds what; with `?tu=` what one officer holds. */
export function reassignPage(c: Web): Promise<Response> {
  const from = c.req.query('tu')
  return show(c, { officerId: from && isUuid(from) ? from : undefined, values: new URLSearchParams() })
}

/** The request of one dossier within the sent form: the same form again moves nothing twice. */
function requestOf(form: string, dossierId: string): string {
  const hash = createHash('sha256').update(`${form} ${dossierId}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-7${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** POST: one command a dossier; those that cannot move say why, the others have moved. */
export async function sendReassign(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const from = values.get('from') ?? ''
  const officerId = isUuid(from) ? from : undefined
  const chosen = values.getAll('dossiers').filter(isUuid).slice(0, 100)
  const to = values.get('to') ?? ''
  if (chosen.length === 0) return show(c, { officerId, values, wrong: { path: 'dossiers', message: words.noneChosen } })
  const { dossiers, holders } = await load(c, officerId)
  const holder = holders.find((one) => one.officerId === officerId)
  const people = holder ? await takers(c, holder.agencyCode, from) : []
  const targets = to === SPREAD ? people : people.filter(({ id }) => id === to)
  if (targets.length === 0) return show(c, { officerId, values, wrong: { path: 'to', message: words.nobodyChosen } })
  const note = values.get('note')?.trim().slice(0, 1000) || undefined
  const report: Moved[] = []
  for (const [n, dossierId] of chosen.entries()) {
    const line = dossiers.find(({ id }) => id === dossierId)
    const target = targets[n % targets.length] ?? targets[0]
    if (!target) continue
    const done = await run(
      c.get('app'),
      {
        province: c.get('province'),
        actor: c.get('actor'),
        requestId: requestOf(requestIdOf(values) ?? randomUUID(), dossierId),
        locale: c.get('locale'),
        name: 'dossier.assign',
      },
      (cx) => assignDossier(cx, { dossierId, assigneeId: target.id, note }),
    )
    report.push({ what: line ? labelOf(line) : dossierId, to: target.name, why: done.ok ? null : done.error.message })
  }
  return show(c, { officerId, values: new URLSearchParams(), report })
}
