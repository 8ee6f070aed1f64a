import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, ErrorSummary, errorsBy, Form, InsetText, page, Select, Table, Tag, TextArea } from '../../../ui/index.ts'
import { dossierForOfficer, finishStepByHand, handoverSlip, type OfficerView, routingOf, startLinked } from '../../dossier/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { asker } from './request.ts'
import { dueText, whenText } from './routing-panel.tsx'
import { routingWords as words } from './routing-texts.ts'

async function readable(c: Web): Promise<OfficerView> {
  const found = await dossierForOfficer(c.get('app'), asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

const tones = { early: 'good', 'on-time': 'good', late: 'bad', 'given-back': 'neutral' } as const

/** GET /mot-cua/ho-so/:id/qua-trinh: every hand-over, as on form 06. */
export async function slipPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const view = await readable(c)
  const rows = await c.get('app').db.read(c.get('province'), (tx) => handoverSlip(tx, view.id))
  const person = (one: { agency: string; name: string | null } | null) =>
    one === null ? t(locale, words.fromApplicant) : one.name ? `${one.name}, ${one.agency}` : one.agency
  return page(
    c,
    { ...frame(c, 'office'), title: words.slipTitle, wide: true, back: { href: `/mot-cua/ho-so/${view.id}` } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {view.code} · {view.procedureName}
        </span>
        {t(locale, words.slipTitle)}
      </h1>
      <p class="govuk-body">{t(locale, words.slipLead)}</p>
      {rows.length === 0 ? (
        <EmptyState title={t(locale, words.noSlip)} />
      ) : (
        <Table
          caption={t(locale, words.slipTitle)}
          captionHidden
          dense
          locale={locale}
          rows={rows}
          columns={[
            { key: 'n', label: '#', numeric: true, cell: (row) => String(row.number) },
            {
              key: 'step',
              label: t(locale, words.step),
              header: true,
              cell: (row) => (
                <>
                  {t(locale, row.step)}
                  {row.note && <div class="govuk-body-s cs-muted">{row.note}</div>}
                </>
              ),
            },
            { key: 'from', label: t(locale, words.from), cell: (row) => person(row.from) },
            { key: 'to', label: t(locale, words.to), cell: (row) => person(row.to) },
            { key: 'received', label: t(locale, words.received), cell: (row) => whenText(row.receivedAt) },
            { key: 'due', label: t(locale, words.due), cell: (row) => (row.dueAt ? dueText(row.dueAt, locale) : '') },
            {
              key: 'over',
              label: t(locale, words.handedOver),
              cell: (row) => (row.handedOverAt ? whenText(row.handedOverAt) : t(locale, words.holding)),
            },
            {
              key: 'result',
              label: t(locale, words.result),
              cell: (row) => (row.result ? <Tag tone={tones[row.result]}>{t(locale, words[row.result])}</Tag> : ''),
            },
          ]}
        />
      )}
    </>,
  )
}

async function showStep(c: Web, typed: { note: string; refusal?: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const view = await readable(c)
  const { steps } = await routingOf(c.get('app'), asker(c), view)
  const step = steps.find(({ number, mayFinish }) => String(number) === c.req.param('number') && mayFinish)
  if (!step && !typed.refusal) throw new Refused(refusals.notFound)
  const { refusal } = typed
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'office'), title: words.finishTitle, back: { href: `/mot-cua/ho-so/${view.id}` }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={refusal?.fields ?? []} message={refusal && t(locale, refusal.message)} locale={locale} />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">
            {view.code} · {view.procedureName}
          </span>
          {step ? t(locale, step.name) : t(locale, words.finishTitle)}
        </h1>
        {step && (
          <>
            <InsetText>
              {step.agencyName}
              {step.dueAt && `, ${t(locale, words.until, { due: dueText(step.dueAt, locale) })}`}
            </InsetText>
            <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
              <TextArea
                name="note"
                label={t(locale, words.finishNote)}
                hint={t(locale, words.finishNoteHint)}
                rows={4}
                maxlength={4000}
                value={typed.note}
                error={errorsBy(locale, refusal?.fields)('note')}
              />
              <Button>{t(locale, words.finish)}</Button>
            </Form>
          </>
        )}
      </div>
    </div>,
  )
}

/** GET /mot-cua/ho-so/:id/buoc/:number: what came of a step that no other act ends. */
export const stepPage = (c: Web): Promise<Response> => showStep(c, { note: '' })

export async function sendStep(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const note = (values.get('note') ?? '').slice(0, 4000)
  const dossierId = c.req.param('id') ?? ''
  if (!isUuid(dossierId)) throw new Refused(refusals.notFound)
  const done = await runFor(c, values, 'dossier.finish-step', (cx) =>
    finishStepByHand(cx, { dossierId, number: Number(c.req.param('number')), note }),
  )
  if (!done.ok) return showStep(c, { note, refusal: done.error })
  // Whoever had the step may not read the dossier any more.
  const still = await dossierForOfficer(c.get('app'), asker(c), dossierId)
  return c.redirect(still.ok ? `/mot-cua/ho-so/${dossierId}?duong=finished` : '/mot-cua/xin-y-kien?xong=1', 303)
}

async function showLink(c: Web, typed: { agency: string; refusal?: Refusal }): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const view = await readable(c)
  const { kin, may } = await routingOf(app, asker(c), view)
  const one = kin.find(({ number, role, dossierId }) => role === 'child' && dossierId === null && String(number) === c.req.param('number'))
  if (!one || !may.link) throw new Refused(refusals.notFound)
  const directory = await directoryOf(app, c.get('province'))
  const options = directory.list(dayOf(app.clock())).map(({ code, shortName }) => ({ value: code, label: shortName }))
  const { refusal } = typed
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'office'), title: words.begin, back: { href: `/mot-cua/ho-so/${view.id}` }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={refusal?.fields ?? []} message={refusal && t(locale, refusal.message)} locale={locale} />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{one.procedureName ?? one.procedureCode}</span>
          {t(locale, words.begin)}
        </h1>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <Select
            name="agencyCode"
            label={t(locale, words.agency)}
            empty={t(locale, words.choose)}
            options={options}
            value={typed.agency}
            error={errorsBy(locale, refusal?.fields)('agencyCode')}
          />
          <Button>{t(locale, words.begin)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /mot-cua/ho-so/:id/lien-thong/:number: a linked dossier that could not begin by itself. */
export const linkPage = (c: Web): Promise<Response> => showLink(c, { agency: '' })

export async function sendLink(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const [parentId, agencyCode] = [c.req.param('id') ?? '', values.get('agencyCode') ?? '']
  if (!isUuid(parentId)) throw new Refused(refusals.notFound)
  const done = await runFor(c, values, 'dossier.link', (cx) =>
    startLinked(cx, { parentId, number: Number(c.req.param('number')), agencyCode }),
  )
  return done.ok ? c.redirect(`/mot-cua/ho-so/${parentId}?duong=begun`, 303) : showLink(c, { agency: agencyCode, refusal: done.error })
}
