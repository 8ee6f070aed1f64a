import { refusals as common, type Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { ownPath } from '../rules/own-path.ts'
import type { IdentitySession } from '../sessions.ts'
import { withReturn } from './ways.ts'

const OFFICES = /^\/(mot-cua|dieu-hanh|quan-tri|tai-khoan\/(hai-lop|mat-khau|uy-quyen))(\/|$)/

const asPerson = (c: Web): boolean => (c.req.header('accept') ?? '').includes('text/html')
const isPageView = (c: Web): boolean => c.req.method === 'GET' && asPerson(c)

const here = (c: Web): string => {
  const { pathname, search } = new URL(c.req.url)
  return ownPath(pathname + search, '')
}

/** To the sign-in page, and back here afterwards. */
export const signInRedirect = (c: Web): Response =>
  c.redirect(withReturn(OFFICES.test(c.req.path) ? '/dang-nhap/can-bo' : '/dang-nhap', here(c)), 303)

/** The page a form was sent from, as the browser says; one that cannot be opened (a form shown again with errors) is shortened until it can. */
function formPage(c: Web, opens: (path: string) => boolean): string {
  const from = URL.parse(c.req.header('referer') ?? '')
  if (!from || from.host !== c.req.header('host')) return ''
  if (opens(from.pathname)) return ownPath(from.pathname + from.search, '')
  let path = from.pathname
  while (path.length > 1 && !opens(path)) path = path.slice(0, path.lastIndexOf('/')) || '/'
  return ownPath(path, '')
}

/** The session ended in the middle of a form: to sign in and back to it. The browser has kept what was typed. */
function backToForm(c: Web, opens: (path: string) => boolean): Response {
  const at = OFFICES.test(c.req.path) ? '/dang-nhap/can-bo' : '/dang-nhap'
  const query = new URLSearchParams({ het: '1' })
  const wanted = formPage(c, opens)
  if (wanted) query.set('ve', wanted)
  return c.redirect(`${at}?${query}`, 303)
}

/**
 * Where somebody who opened a page or sent a form is better sent than to a refusal: to sign in, or to choose a password of their own.
 * `undefined` for everything else (streams, programs): those get the refusal itself.
 * @param opens whether a path of ours is a page
 */
export function refusalRedirect(c: Web, refusal: Refusal, opens: (path: string) => boolean = () => true): Response | undefined {
  if (c.req.method === 'POST' && asPerson(c) && refusal.code === common.signInNeeded.code) return backToForm(c, opens)
  if (!isPageView(c)) return undefined
  if (refusal.code === common.signInNeeded.code) return signInRedirect(c)
  const session = c.get('session') as IdentitySession | undefined
  const must = refusal.code === common.denied.code && session?.mustChangePassword
  return must ? c.redirect(withReturn('/tai-khoan/mat-khau', here(c)), 303) : undefined
}
