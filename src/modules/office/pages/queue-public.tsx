import { randomUUID } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { networkOf } from '../../../kernel/http/network.ts'
import { addressOf } from '../../../kernel/http/server.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { asset, Button, ErrorSummary, Form, formatDay, formatInstant, Island, LinkButton, Live, page, Qr } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import {
  categoryOf,
  comeBack,
  type DisplayView,
  type FollowView,
  followTicket,
  readDisplay,
  takenTooOften,
  takeTicket,
  unknownCounter,
  unknownTicket,
} from '../../queue/index.ts'
import type { QueueLive } from './queue-live.ts'
import { texts } from './queue-texts.ts'

/** The name of a counter that stands today. Throws `Refused` queue.unknown-counter. */
export async function counterName(c: Web, agencyCode: string): Promise<string> {
  const app = c.get('app')
  const found = (await directoryOf(app, c.get('province'))).find(agencyCode, dayOf(app.clock()))
  if (!found) throw new Refused(unknownCounter)
  return found.name
}

/** What the hall's screens look like: a sheet of its own, so that no other public page carries it. */
const Sheet = () => <link rel="stylesheet" href={asset('hall.css')} />

/** The plain frame of screens in the hall: nobody signs in there. */
const bare = (c: Web) => ({ door: 'portal' as const, locale: c.get('locale'), province: { name: c.get('province').name }, head: <Sheet /> })

const agencyOf = (c: Web): string => c.req.param('agency') ?? ''

/** GET /quay/:agency: take a number, by touch or on a phone. `?may=1` is the machine in the hall: its ticket page comes back here. */
export const kioskPage = (c: Web): Promise<Response> => showKiosk(c)

async function showKiosk(c: Web, refused?: Refused): Promise<Response> {
  const locale = c.get('locale')
  const agencyCode = agencyOf(c)
  const name = await counterName(c, agencyCode)
  const { settings, waiting } = await readDisplay(c.get('app'), c.get('province'), agencyCode)
  const machine = c.req.query('may') === '1'
  if (refused) c.status(refused.refusal.status)
  const { grounds } = settings.priority
  return page(
    c,
    { ...bare(c), title: texts.kiosk, hasErrors: refused !== undefined },
    <div class="cs-kiosk">
      {refused && <ErrorSummary errors={refused.refusal.fields ?? []} message={refused.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-xl">{t(locale, texts.kiosk)}</h1>
      <p class="govuk-body-l">
        <strong>{name}</strong>. {t(locale, texts.kioskLead)}
      </p>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/quay/${agencyCode}${machine ? '?may=1' : ''}`}>
        {grounds.length > 0 && (
          <fieldset class="govuk-fieldset cs-kiosk__first">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t(locale, texts.first)}</legend>
            <div class="cs-kiosk__grounds">
              {[{ code: '', name: texts.firstNo }, ...grounds].map((ground, at) => (
                <label class="cs-kiosk__ground">
                  <input type="radio" name="uu-tien" value={ground.code} checked={at === 0} />
                  <span>{t(locale, ground.name)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <div class="cs-kiosk__choices" id="loai">
          {settings.categories.map((category) => (
            <button class="cs-kiosk__choice" type="submit" name="loai" value={category.letter}>
              <span class="cs-kiosk__letter" aria-hidden="true">
                {category.letter}
              </span>
              <span class="cs-kiosk__what">{t(locale, category.name)}</span>
              <span class="cs-kiosk__count">{t(locale, texts.waitingNow, { n: waiting[category.letter] ?? 0 })}</span>
            </button>
          ))}
        </div>
      </Form>
    </div>,
  )
}

/** Numbers taken from one network: a machine in a busy hall gives fewer. */
const limiter = new RateLimiterMemory({ points: 120, duration: 600 })

/** POST /quay/:agency */
export async function takeNumber(c: Web): Promise<Response> {
  const { values } = await readForm(c, { dropFiles: true })
  const agencyCode = agencyOf(c)
  try {
    await limiter.consume(`${c.get('province').slug} ${networkOf(addressOf(c))}`)
  } catch {
    return showKiosk(c, new Refused(takenTooOften))
  }
  const taken = await run(
    c.get('app'),
    {
      province: c.get('province'),
      actor: { kind: 'anonymous' },
      requestId: requestIdOf(values),
      locale: c.get('locale'),
      name: 'queue.take',
    },
    (cx) => takeTicket(cx, { agencyCode, category: values.get('loai') ?? '', ground: values.get('uu-tien') || null }),
  )
  if (!taken.ok) return taken.error.status === 404 ? Promise.reject(new Refused(taken.error)) : showKiosk(c, new Refused(taken.error))
  return c.redirect(`/quay/ve/${taken.value.secret}${c.req.query('may') === '1' ? '?may=1' : ''}`, 303)
}

const Standing = ({ view, locale }: { view: FollowView; locale: Locale }) => {
  const { ticket, estimate, basis, over, settings } = view
  const point = ticket.pointNumber ?? '—'
  if (over || ticket.stage === 'expired') return <p class="cs-follow__state">{t(locale, texts.over, { day: formatDay(ticket.day) })}</p>
  if (ticket.stage === 'called') return <p class="cs-follow__state cs-follow__state--now">{t(locale, texts.goTo, { point })}</p>
  if (ticket.stage === 'serving') return <p class="cs-follow__state">{t(locale, texts.beingServed, { point })}</p>
  if (ticket.stage === 'served') return <p class="cs-follow__state">{t(locale, texts.done)}</p>
  if (ticket.stage === 'absent')
    return (
      <>
        <p class="cs-follow__state">{t(locale, texts.missed, { point })}</p>
        {!ticket.cameBack && <p class="govuk-body">{t(locale, texts.missedNext, { minutes: settings.absent.returnMinutes })}</p>}
      </>
    )
  if (!estimate) return null
  return (
    <>
      <p class="cs-follow__state">
        {estimate.before === 0 ? t(locale, texts.beforeNone) : t(locale, texts.before, { n: estimate.before })}
      </p>
      {estimate.minutes === null ? (
        <p class="govuk-body">{t(locale, texts.noPointOpen)}</p>
      ) : (
        <>
          <p class="govuk-body-l">{t(locale, texts.wait, { minutes: estimate.minutes })}</p>
          <p class="govuk-body-s cs-muted">
            {t(locale, basis.n > 0 ? texts.basisMeasured : texts.basisAssumed, {
              points: estimate.points,
              minutes: basis.minutes,
              n: basis.n,
            })}
          </p>
        </>
      )}
    </>
  )
}

/** What is kept true on the follower's page: where the ticket stands, and the button that only somebody who was missed has. */
const Follow = ({ view, locale }: { view: FollowView; locale: Locale }) => (
  <div id="follow" class="cs-follow__now" aria-live="polite">
    <Standing view={view} locale={locale} />
  </div>
)

async function followed(c: Web): Promise<FollowView> {
  const view = await followTicket(c.get('app'), c.get('province'), c.req.param('secret') ?? '')
  if (!view) throw new Refused(unknownTicket)
  return view
}

/** GET /quay/ve/:secret: the ticket, printable on a roll of 80 mm, and where it stands. */
export const followPage = (c: Web): Promise<Response> => showTicket(c)

async function showTicket(c: Web, refused?: Refused): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const view = await followed(c)
  const { ticket, settings, over } = view
  const secret = c.req.param('secret') ?? ''
  const machine = c.req.query('may') === '1'
  const directory = await directoryOf(app, c.get('province'))
  const address = `/quay/ve/${secret}`
  // The machine in the hall goes back to its first page by itself; a phone stays.
  if (machine) c.header('refresh', `20; url=/quay/${ticket.agencyCode}?may=1`)
  if (refused) c.status(refused.refusal.status)
  const category = categoryOf(settings, ticket.category)
  const ended = over || ticket.stage === 'expired' || ticket.stage === 'served' || ticket.stage === 'absent'
  return page(
    c,
    {
      ...bare(c),
      title: { vi: t('vi', texts.ticketPage, { code: ticket.code }), en: t('en', texts.ticketPage, { code: ticket.code }) },
      hasErrors: refused !== undefined,
      head: (
        <>
          <Sheet />
          {!machine && (
            <noscript>
              <meta http-equiv="refresh" content="15" />
            </noscript>
          )}
        </>
      ),
    },
    <div class="cs-follow">
      {refused && <ErrorSummary errors={[]} message={refused.refusal.message} locale={locale} />}
      <article class="cs-ticket">
        <p class="cs-ticket__place">{directory.name(ticket.agencyCode, ticket.day)}</p>
        <h1 class="cs-ticket__title">
          {t(locale, texts.ticket)} <span class="cs-ticket__code">{ticket.code}</span>
        </h1>
        <p class="cs-ticket__what">{category ? t(locale, category.name) : ticket.category}</p>
        {ticket.ground !== null && <p class="cs-ticket__first">{t(locale, texts.priority)}</p>}
        <p class="cs-ticket__time">{t(locale, texts.takenAt, { time: formatInstant(Temporal.Instant.from(ticket.takenAt)) })}</p>
        {!ended && (
          <div class="cs-ticket__qr">
            <Qr text={`${app.baseUrl}${address}`} label={t(locale, texts.followHere)} size={150} />
            <p>{t(locale, texts.followHere)}</p>
          </div>
        )}
      </article>
      <div class="cs-screen-only">
        <Live stream={`${address}/luong`} locale={locale}>
          <Follow view={view} locale={locale} />
        </Live>
        {ticket.stage === 'absent' && !ticket.cameBack && !over && (
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={address}>
            <Button>{t(locale, texts.iAmHere)}</Button>
          </Form>
        )}
        {ended ? (
          <LinkButton href={`/quay/${ticket.agencyCode}${machine ? '?may=1' : ''}`} look="secondary">
            {t(locale, texts.newNumber)}
          </LinkButton>
        ) : (
          <>
            <button class="govuk-button govuk-button--secondary" type="button" data-print={machine ? 'now' : 'asked'} hidden>
              {t(locale, texts.printTicket)}
            </button>
            <p class="govuk-body-s cs-muted">{t(locale, texts.keepOpen)}</p>
          </>
        )}
      </div>
      <Island name="queue" />
    </div>,
  )
}

/** POST /quay/ve/:secret: whoever was called in vain says that they are here. */
export async function sayHere(c: Web): Promise<Response> {
  const { values } = await readForm(c, { dropFiles: true })
  const secret = c.req.param('secret') ?? ''
  const done = await run(
    c.get('app'),
    {
      province: c.get('province'),
      actor: { kind: 'anonymous' },
      requestId: requestIdOf(values),
      locale: c.get('locale'),
      name: 'queue.come-back',
    },
    (cx) => comeBack(cx, { secret }),
  )
  if (!done.ok) return showTicket(c, new Refused(done.error))
  return c.redirect(`/quay/ve/${secret}`, 303)
}

/** GET /quay/ve/:secret/luong */
export const followStream =
  (live: QueueLive) =>
  async (c: Web): Promise<Response> => {
    const locale = c.get('locale')
    const { ticket } = await followed(c)
    const [app, province, secret] = [c.get('app'), c.get('province'), c.req.param('secret') ?? '']
    return live.answer(c, `${locale} ${secret}`, ticket.agencyCode, async () => {
      const view = await followTicket(app, province, secret)
      const parts: Record<string, string> = view ? { follow: String(await (<Follow view={view} locale={locale} />)) } : {}
      return parts
    })
  }

const Points = ({ view, locale }: { view: DisplayView; locale: Locale }) => (
  <div id="points" class="cs-display__points" aria-live="polite">
    {view.points.length === 0 && <p class="cs-display__none">{t(locale, texts.displayNone)}</p>}
    {view.points.map(({ number, code, called, paused }) => (
      <div class={`cs-display__point${called ? ' cs-display__point--called' : ''}`}>
        <p class="cs-display__desk">
          {t(locale, texts.displayPoint)} <strong>{number}</strong>
        </p>
        <p class={code ? 'cs-display__code' : 'cs-display__idle'}>{code ?? t(locale, paused ? texts.displayPaused : texts.displayFree)}</p>
      </div>
    ))}
  </div>
)

const Recent = ({ view, locale }: { view: DisplayView; locale: Locale }) => (
  <div id="recent" class="cs-display__recent">
    {view.recent.length > 0 && (
      <>
        <h2>{t(locale, texts.displayRecent)}</h2>
        <ol>
          {view.recent.slice(0, 5).map(({ code, point }) => (
            <li>
              <strong>{code}</strong> <span>{t(locale, texts.point, { n: point })}</span>
            </li>
          ))}
        </ol>
      </>
    )}
  </div>
)

/** How many wait, by category: on the wall and in the officers' panel. */
export const Counts = ({ view, locale }: { view: Pick<DisplayView, 'settings' | 'waiting' | 'total'>; locale: Locale }) => (
  <div id="counts" class="cs-display__counts">
    <h2>
      {t(locale, texts.displayWaiting)}: {view.total}
    </h2>
    <ul>
      {view.settings.categories.map(({ letter, name }) => (
        <li>
          <span>
            <strong>{letter}</strong> {t(locale, name)}
          </span>{' '}
          <strong>{view.waiting[letter] ?? 0}</strong>
        </li>
      ))}
    </ul>
  </div>
)

/** GET /quay/:agency/man-hinh: the screen on the wall, to be read from five metres. Numbers and desks, no person. */
export async function displayPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const agencyCode = agencyOf(c)
  const name = await counterName(c, agencyCode)
  const view = await readDisplay(c.get('app'), c.get('province'), agencyCode)
  return page(
    c,
    {
      ...bare(c),
      title: texts.display,
      wide: true,
      head: (
        <>
          <Sheet />
          <noscript>
            <meta http-equiv="refresh" content="5" />
          </noscript>
        </>
      ),
    },
    <div class="cs-display">
      <header class="cs-display__head">
        <h1>{name}</h1>
        <p>{t(locale, texts.display)}</p>
      </header>
      <Live stream={`/quay/${agencyCode}/man-hinh/luong`} locale={locale}>
        <div class="cs-display__body">
          <Points view={view} locale={locale} />
          <div class="cs-display__side">
            <Recent view={view} locale={locale} />
            <Counts view={view} locale={locale} />
          </div>
        </div>
      </Live>
    </div>,
  )
}

/** GET /quay/:agency/man-hinh/luong */
export const displayStream =
  (live: QueueLive) =>
  async (c: Web): Promise<Response> => {
    const locale = c.get('locale')
    const agencyCode = agencyOf(c)
    await counterName(c, agencyCode)
    const [app, province] = [c.get('app'), c.get('province')]
    return live.answer(c, `${locale} ${agencyCode}`, agencyCode, async () => {
      const view = await readDisplay(app, province, agencyCode)
      const parts = {
        points: <Points view={view} locale={locale} />,
        recent: <Recent view={view} locale={locale} />,
        counts: <Counts view={view} locale={locale} />,
      }
      return Object.fromEntries(await Promise.all(Object.entries(parts).map(async ([id, part]) => [id, String(await part)] as const)))
    })
  }
