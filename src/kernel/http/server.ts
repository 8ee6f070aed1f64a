import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import { compress } from 'hono/compress'
import { getCookie, setCookie } from 'hono/cookie'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { App } from '../app.ts'
import { isUnavailable, isUnreadable } from '../command.ts'
import type { Actor } from '../context.ts'
import { type Refusal, Refused, refusals } from '../errors.ts'
import { localeOf } from '../i18n/index.ts'
import type { ApiRoute } from './api.ts'
import type { Web, WebVariables } from './context.ts'
import { csrfToken } from './csrf.ts'
import { networkOf } from './network.ts'
import { problem, RETRY_AFTER } from './problem.ts'
import type { Entry, Route } from './routes.ts'

/** Name of the session's cookie. Over https its prefix makes browsers refuse it from a subdomain or another path (RFC 6265bis). */
export const sessionCookie = (app: Pick<App, 'baseUrl'>): string =>
  app.baseUrl.startsWith('https:') ? '__Host-cuaso_session' : 'cuaso_session'
export const LOCALE_COOKIE = 'cuaso_locale'

export interface WebOptions {
  readonly pages: readonly Route[]
  readonly api: readonly ApiRoute[]
  /** Built assets by path, when this address has one. */
  readonly asset: (c: Web) => Response | undefined
  /** A refusal as a page that keeps the person where they are. */
  readonly refusalPage: (c: Web, refusal: Refusal, traceId: string) => Response | Promise<Response>
  /** Counts a finished request. */
  readonly observe?: (line: { method: string; route: string; status: number; seconds: number }) => void
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self' {forms}; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(self), payment=(), usb=()',
}

const internal: Refusal = {
  code: 'service.failed',
  status: 503,
  message: { vi: 'Có lỗi ở phía hệ thống, chưa làm xong việc này.', en: 'Something failed on our side; this was not done.' },
  next: {
    vi: 'Những gì bạn đã lưu vẫn còn. Thử lại; nếu vẫn lỗi, báo mã bên dưới cho nơi hỗ trợ.',
    en: 'What you saved is safe. Try again; if it still fails, give the code below to support.',
  },
}

/** The web application: security headers, sessions, rate limits, doors. Deny unless a route says otherwise. */
export function createWeb(app: App, options: WebOptions): Hono<{ Variables: WebVariables }> {
  const web = new Hono<{ Variables: WebVariables }>()
  const limiter = new RateLimiterMemory({ points: app.config.RATE_LIMIT, duration: 60 })
  const secure = app.baseUrl.startsWith('https:')
  const cookieName = sessionCookie(app)
  const formTargets = app.config.OIDC_ISSUER ? new URL(app.config.OIDC_ISSUER).origin : ''
  const headers = Object.entries({
    ...SECURITY_HEADERS,
    'content-security-policy': (SECURITY_HEADERS['content-security-policy'] ?? '').replace(
      ' {forms}',
      formTargets ? ` ${formTargets}` : '',
    ),
    ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  })

  const isApi = (c: Web): boolean => c.req.path.startsWith('/api/')
  const respond = (c: Web, refusal: Refusal): Response | Promise<Response> =>
    isApi(c) ? problem(refusal, c.get('locale') ?? 'vi', c.get('traceId')) : options.refusalPage(c, refusal, c.get('traceId'))

  web.onError((error, c) => {
    const context = c as Web
    if (error instanceof Refused) return respond(context, error.refusal)
    if (isUnavailable(error)) {
      app.log.warn({ err: error, traceId: c.get('traceId') }, 'database unavailable')
      return respond(context, refusals.busy)
    }
    if (isUnreadable(error)) {
      // Nearly always an address that somebody changed by hand; the line in the log is for the other times.
      app.log.warn({ err: error, traceId: c.get('traceId'), route: c.req.routePath, method: c.req.method }, 'a value could not be read')
      return respond(context, refusals.badRequest)
    }
    app.log.error({ err: error, traceId: c.get('traceId'), route: c.req.routePath, method: c.req.method }, 'request failed')
    if (isApi(context)) return problem(internal, context.get('locale') ?? 'vi', context.get('traceId'), 500)
    return Promise.resolve(respond(context, internal)).then((page) => new Response(page.body, { status: 500, headers: page.headers }))
  })

  web.use(async (c, next) => {
    const started = performance.now()
    c.set('app', app)
    c.set('province', app.province)
    c.set('traceId', randomUUID())
    const chosen = c.req.query('lang')
    c.set('locale', localeOf(chosen ?? getCookie(c, LOCALE_COOKIE)))
    if (chosen) setCookie(c, LOCALE_COOKIE, c.get('locale'), { path: '/', sameSite: 'Lax', secure, httpOnly: true, maxAge: 31_536_000 })
    c.set('actor', { kind: 'anonymous' })
    await next()
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    if ((c.res.status === 429 || c.res.status === 503) && !c.res.headers.has('retry-after')) c.res.headers.set('retry-after', RETRY_AFTER)
    c.res.headers.set('x-trace-id', c.get('traceId'))
    const seconds = (performance.now() - started) / 1000
    const route = c.req.routePath
    options.observe?.({ method: c.req.method, route, status: c.res.status, seconds })
    app.log.debug(
      { method: c.req.method, route, status: c.res.status, ms: Math.round(seconds * 1000), traceId: c.get('traceId') },
      'request',
    )
  })

  web.use(async (c, next) => {
    const asset = c.req.method === 'GET' || c.req.method === 'HEAD' ? options.asset(c) : undefined
    return asset ?? next()
  })

  web.use(async (c, next) => {
    try {
      await limiter.consume(networkOf(addressOf(c)))
    } catch {
      throw new Refused(refusals.tooMany)
    }
    // No database text can hold U+0000; an address that does is nobody's link.
    if (c.req.url.includes('%00')) throw new Refused(refusals.badRequest)
    return next()
  })

  const gzip = compress({ threshold: 1024 })
  web.use((c, next) => (c.req.header('accept') === 'text/event-stream' ? next() : gzip(c, next)))

  web.use(async (c, next) => {
    const token = getCookie(c, cookieName)
    const session = token ? await app.sessions.find(app.province, token, app.clock()) : undefined
    c.set('session', session)
    if (session) c.set('actor', session.actor)
    await next()
  })

  const routes: Route[] = [...options.pages, ...options.api.map((api) => api.route)]
  for (const route of routes) {
    web.on(route.method, route.path, async (c) => {
      const refusal = refuseEntry(app, c.get('actor'), route.entry)
      if (refusal) return respond(c, refusal)
      if (!isApi(c)) c.set('csrf', csrfToken(c))
      await askAgain(app, c, route)
      const response = await route.handler(c)
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
      return response
    })
  }
  web.notFound((c) => respond(c as Web, refusals.notFound))
  return web
}

/**
 * Where what is sent matters, the second factor is asked for again when its last proof is old. A form is asked once it is read (it may bring
 * the proof); a program brings none and is asked here.
 */
async function askAgain({ sessions }: App, c: Web, { confirm, path }: Route): Promise<void> {
  if (!confirm || !sessions.confirm) return
  if (path.startsWith('/api/')) return sessions.confirm(c)
  c.set('confirm', async (sent) => {
    if (confirm === true || confirm(c, sent.values)) await sessions.confirm?.(c, sent)
  })
}

/** Why an actor may not come in, or nothing when they may. */
export function refuseEntry(app: Pick<App, 'access' | 'province'>, actor: Actor, entry: Entry): Refusal | undefined {
  if (entry === 'public') return undefined
  if (actor.kind === 'anonymous') return refusals.signInNeeded
  if (entry === 'signed-in') return undefined
  if (typeof entry === 'object') {
    const access = app.access(app.province)
    const may = entry.at === 'root' ? access.canAtRoot(actor, entry.action) : access.can(actor, entry.action)
    return may ? undefined : refusals.denied
  }
  return actor.kind === entry ? undefined : refusals.denied
}

/** The caller's address for rate limits: the socket's, or what a trusted proxy says. */
export function addressOf(c: HonoContext<{ Variables: WebVariables }>): string {
  if (c.get('app').config.TRUST_PROXY) {
    const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (forwarded) return forwarded
  }
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
  return incoming?.socket?.remoteAddress ?? 'local'
}
