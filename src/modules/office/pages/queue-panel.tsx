import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { run } from '../../../kernel/command.ts'
import type { Context, Officer } from '../../../kernel/context.ts'
import { type Refusal, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Checkbox, ErrorSummary, Form, formatTime, Island, Live, page, Radios, Select, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import {
  callNext,
  categoryOf,
  comeBack,
  currentTicket,
  type PanelView,
  readPanel,
  serveSteps,
  serveTicket,
  setPoint,
  sitDown,
  type Ticket,
} from '../../queue/index.ts'
import { Counts } from './queue-public.tsx'
import { texts } from './queue-texts.ts'

const officerIn = (c: Web): Officer => c.get('actor') as Officer

/** Counters where this officer may sit: where they hold the clerk's role. */
export const countersOf = (officer: Officer): string[] => [
  ...new Set(officer.grants.filter(({ role }) => role === 'clerk').map(({ agencyCode }) => agencyCode)),
]

const when = (iso: string): string => formatTime(Temporal.Instant.from(iso))

/** One button that is one form: a step with the ticket before the officer. */
const Step = ({ c, step, text, ticketId, main }: { c: Web; step: string; text: string; ticketId?: string | undefined; main?: boolean }) => (
  <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/mot-cua/hang-cho/${step}`} class="cs-inline-form">
    {ticketId && <input type="hidden" name="ve" value={ticketId} />}
    <Button {...(main ? { shortcut: '.' } : { look: 'secondary' as const })}>{text}</Button>
  </Form>
)

const SendOn = ({ c, view, ticket }: { c: Web; view: PanelView; ticket: Ticket }) => {
  const locale = c.get('locale')
  return (
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action="/mot-cua/hang-cho/transferred" class="cs-queue__send">
      <input type="hidden" name="ve" value={ticket.id} />
      <Select
        name="loai"
        label={t(locale, texts.sendOn)}
        empty={false}
        options={view.settings.categories
          .filter(({ letter }) => letter !== ticket.category)
          .map(({ letter, name }) => ({ value: letter, label: `${letter} · ${t(locale, name)}` }))}
        locale={locale}
      />
      <Button look="secondary">{t(locale, texts.sendOnDo)}</Button>
    </Form>
  )
}

const Current = ({ c, view }: { c: Web; view: PanelView }) => {
  const locale = c.get('locale')
  const { current, settings } = view
  const category = current ? categoryOf(settings, current.category) : undefined
  return (
    <div class="cs-queue__current">
      <p class="cs-queue__code">{current?.code ?? t(locale, texts.nobody)}</p>
      {current && (
        <p class="govuk-body">
          {category && t(locale, category.name)} {current.ground !== null && <Tag tone="accent">{t(locale, texts.priority)}</Tag>}
        </p>
      )}
      <div class="cs-queue__steps">
        {!current && !view.point?.paused && <Step c={c} step="goi" text={t(locale, texts.callNext)} main />}
        {current?.stage === 'called' && (
          <>
            <Step c={c} step="started" ticketId={current.id} text={t(locale, texts.startIntake)} main />
            <Step c={c} step="recalled" ticketId={current.id} text={t(locale, texts.again)} />
            <Step c={c} step="absent" ticketId={current.id} text={t(locale, texts.absent)} />
          </>
        )}
        {current?.stage === 'serving' && (
          <>
            <Step c={c} step="xong-goi" text={t(locale, texts.finishNext)} main />
            <Step c={c} step="served" ticketId={current.id} text={t(locale, texts.served)} />
            <a class="govuk-link" href={category?.collect ? '/mot-cua/tra-ket-qua' : '/mot-cua/tiep-nhan'}>
              {t(locale, category?.collect ? texts.toHandOver : texts.toIntake)}
            </a>
          </>
        )}
      </div>
      {current && <SendOn c={c} view={view} ticket={current} />}
      {view.point?.paused && <p class="govuk-body">{t(locale, texts.isPaused)}</p>}
    </div>
  )
}

const Choose = ({
  c,
  view,
  agencyCode,
  counters,
}: {
  c: Web
  view: PanelView
  agencyCode: string
  counters: { value: string; label: string }[]
}) => {
  const locale = c.get('locale')
  const held = new Map(view.points.map((point) => [point.number, point.officerName]))
  return (
    <>
      {counters.length > 1 && (
        <form class="cs-inline-form" method="get" action="/mot-cua/hang-cho">
          <Select name="noi" label={t(locale, texts.counterLabel)} options={counters} empty={false} value={agencyCode} locale={locale} />
          <Button look="secondary">{t(locale, texts.show)}</Button>
        </form>
      )}
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action="/mot-cua/hang-cho/quay">
        <input type="hidden" name="noi" value={agencyCode} />
        <Radios
          name="quay"
          label={t(locale, texts.choosePoint)}
          labelSize="m"
          options={view.settings.points.map(({ number, letters }) => ({
            value: String(number),
            label: t(locale, texts.point, { n: number }),
            hint: [letters.join(', '), held.has(number) ? t(locale, texts.heldBy, { who: held.get(number) ?? '' }) : '']
              .filter(Boolean)
              .join(' · '),
          }))}
          locale={locale}
        />
        {view.points.length > 0 && <Checkbox name="thay" label={t(locale, texts.takeOver)} locale={locale} />}
        <Button shortcut=".">{t(locale, texts.sit)}</Button>
      </Form>
    </>
  )
}

const Line = ({ view, locale }: { view: PanelView; locale: Locale }) => (
  <Table
    caption={t(locale, texts.lineNow)}
    dense
    locale={locale}
    rows={view.waiting.slice(0, 40)}
    columns={[
      { key: 'code', label: t(locale, texts.number), header: true, cell: (ticket) => <strong>{ticket.code}</strong> },
      {
        key: 'category',
        label: t(locale, texts.category),
        cell: (ticket) => (
          <>
            {ticket.category} {ticket.ground !== null && <Tag tone="accent">{t(locale, texts.priority)}</Tag>}
          </>
        ),
      },
      { key: 'since', label: t(locale, texts.since), numeric: true, cell: (ticket) => when(ticket.takenAt) },
    ]}
  />
)

/** GET /mot-cua/hang-cho */
export const panelPage = (c: Web): Promise<Response> => showPanel(c)

async function showPanel(c: Web, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const officer = officerIn(c)
  const codes = countersOf(officer)
  const directory = await directoryOf(app, c.get('province'))
  const today = new Date(app.clock().epochMilliseconds + 7 * 3_600_000).toISOString().slice(0, 10)
  const at = await currentTicket(app, c.get('province'), officer)
  const asked = c.req.query('noi')
  const agencyCode = at?.point.agencyCode ?? (asked && codes.includes(asked) ? asked : codes[0]) ?? ''
  const view = await readPanel(app, c.get('province'), officer, agencyCode)
  const counters = codes.map((code) => ({ value: code, label: directory.name(code, today) }))
  const waiting: Record<string, number> = {}
  for (const { category } of view.waiting) waiting[category] = (waiting[category] ?? 0) + 1
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.queue, wide: true, hasErrors: refusal !== undefined },
    <>
      {refusal && (
        <ErrorSummary
          errors={refusal.fields ?? []}
          message={{ vi: `${refusal.message.vi} ${refusal.next?.vi ?? ''}`, en: `${refusal.message.en} ${refusal.next?.en ?? ''}` }}
          locale={locale}
        />
      )}
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{view.point ? t(locale, texts.youAreAt, { n: view.point.number }) : t(locale, texts.queue)}</h1>
        <p class="govuk-body-s">
          {directory.name(agencyCode, today)} ·{' '}
          <a class="govuk-link" href={`/quay/${agencyCode}/man-hinh`} target="_blank" rel="noopener">
            {t(locale, texts.toDisplay)}
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={`/quay/${agencyCode}?may=1`} target="_blank" rel="noopener">
            {t(locale, texts.toKiosk)}
          </a>
        </p>
      </div>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          {view.point ? (
            <>
              <Current c={c} view={view} />
              <div class="cs-queue__steps">
                <Step
                  c={c}
                  step={view.point.paused ? 'resumed' : 'paused'}
                  text={t(locale, view.point.paused ? texts.resume : texts.pause)}
                />
                {!view.current && <Step c={c} step="closed" text={t(locale, texts.leave)} />}
              </div>
            </>
          ) : (
            <Choose c={c} view={view} agencyCode={agencyCode} counters={counters} />
          )}
          {view.absent.length > 0 && (
            <>
              <h2 class="govuk-heading-s">{t(locale, texts.missedList)}</h2>
              <div class="cs-queue__steps">
                {view.absent.map((ticket) => (
                  <Step c={c} step="da-den" ticketId={ticket.id} text={t(locale, texts.cameBack, { code: ticket.code })} />
                ))}
              </div>
            </>
          )}
        </div>
        <div class="govuk-grid-column-one-half">
          <Live stream={`/quay/${agencyCode}/man-hinh/luong`} locale={locale}>
            <Counts view={{ settings: view.settings, waiting, total: view.waiting.length }} locale={locale} />
          </Live>
          {view.point && <p class="govuk-body">{t(locale, texts.waitingHere, { n: view.waitingHere })}</p>}
          {view.waiting.length > 0 && <Line view={view} locale={locale} />}
        </div>
      </div>
      <Island name="office-keys" />
    </>,
  )
}

type Work = (cx: Context) => Promise<Result<unknown>>

function workOf(step: string, values: URLSearchParams): Work | undefined {
  const ticketId = values.get('ve') ?? ''
  const serve = serveSteps.find((known) => known === step)
  if (serve) return (cx) => serveTicket(cx, { ticketId, step: serve, category: values.get('loai') ?? undefined })
  if (step === 'paused' || step === 'resumed' || step === 'closed') return (cx) => setPoint(cx, step)
  switch (step) {
    case 'quay':
      return (cx) =>
        sitDown(cx, { agencyCode: values.get('noi') ?? '', number: Number(values.get('quay')) || 0, takeOver: values.has('thay') })
    case 'goi':
      return (cx) => callNext(cx)
    case 'xong-goi':
      return (cx) => callNext(cx, { finish: true })
    case 'da-den':
      return (cx) => comeBack(cx, { ticketId })
    default:
      return undefined
  }
}

/** POST /mot-cua/hang-cho/:step: one touch, one step; sent twice it is done once. */
export async function actInQueue(c: Web): Promise<Response> {
  const { values } = await readForm(c, { dropFiles: true })
  const step = c.req.param('step') ?? ''
  const work = workOf(step, values)
  const done = work
    ? await run(
        c.get('app'),
        {
          province: c.get('province'),
          actor: c.get('actor'),
          requestId: requestIdOf(values),
          locale: c.get('locale'),
          name: `queue.${step}`,
        },
        work,
      )
    : refuse(refusals.notFound)
  if (!done.ok) return showPanel(c, done.error)
  if (step !== 'started') return c.redirect('/mot-cua/hang-cho', 303)
  // Serving begins where the work is.
  const at = await currentTicket(c.get('app'), c.get('province'), officerIn(c))
  const collect = at?.ticket && categoryOf(at.settings, at.ticket.category)?.collect
  return c.redirect(collect ? '/mot-cua/tra-ket-qua' : '/mot-cua/tiep-nhan', 303)
}

/** Above the work at the counter: whom the officer serves, and the way to the next. Nothing for somebody who sits at no point. */
export const QueueBar = async ({ c, main }: { c: Web; main?: boolean }) => {
  const actor = c.get('actor')
  if (actor.kind !== 'officer') return null
  const locale = c.get('locale')
  const at = await currentTicket(c.get('app'), c.get('province'), actor)
  if (!at) return null
  const { ticket, point } = at
  return (
    <div class="cs-queue__bar cs-screen-only">
      <span>
        {ticket?.stage === 'serving' || ticket?.stage === 'called' ? (
          <strong>{t(locale, texts.servingNow, { code: ticket.code, n: point.number })}</strong>
        ) : (
          t(locale, texts.youAreAt, { n: point.number })
        )}
      </span>
      {ticket?.stage === 'serving' && <Step c={c} step="xong-goi" text={t(locale, texts.finishNext)} main={main ?? false} />}
      <a class="govuk-link" href="/mot-cua/hang-cho">
        {t(locale, texts.queue)}
      </a>
    </div>
  )
}
