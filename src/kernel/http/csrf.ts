import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import type { Web } from './context.ts'

const COOKIE = 'cuaso_form'

/** The token for this visitor's forms: the session's, or for anonymous visitors one derived from a cookie of their own. */
export function csrfToken(c: Web): string {
  const session = c.get('session')
  if (session) return session.csrf
  let seed = getCookie(c, COOKIE)
  if (!seed || !/^[\w-]{22}$/.test(seed)) {
    seed = randomBytes(16).toString('base64url')
    setCookie(c, COOKIE, seed, { path: '/', httpOnly: true, sameSite: 'Lax', secure: c.get('app').baseUrl.startsWith('https:') })
  }
  return createHmac('sha256', c.get('app').secret).update(seed).digest('base64url')
}

/** Whether a token sent with a form is this visitor's. */
export function isOwnToken(c: Web, sent: string | undefined): boolean {
  const expected = Buffer.from(csrfToken(c))
  const given = Buffer.from(sent ?? '')
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/**
 * Whether the browser says that the request comes from a page of ours. Browsers send Sec-Fetch-Site or Origin with every POST;
 * a tool that sends neither still needs the token.
 */
export function isSameOrigin(c: Web): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  if (!origin || origin === 'null') return origin !== 'null'
  return URL.parse(origin)?.host === c.req.header('host')
}
