import { refusals as common, type Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { ownPath } from '../rules/own-path.ts'
import type { IdentitySession } from '../sessions.ts'
import { withReturn } from './ways.ts'

const OFFICES = /^\/(mot-cua|dieu-hanh|quan-tri)(\/|$)/

const isPageView = (c: Web): boolean => c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html')

const here = (c: Web): string => {
  const { pathname, search } = new URL(c.req.url)
  return ownPath(pathname + search, '')
}

/** To the sign-in page, and back here afterwards. */
export const signInRedirect = (c: Web): Response =>
  c.redirect(withReturn(OFFICES.test(c.req.path) ? '/dang-nhap/can-bo' : '/dang-nhap', here(c)), 303)

/**
 * Where somebody who opened a page is better sent than to a refusal: to sign in, or to choose a password of their own. `undefined`
 * for everything else (forms sent, streams, programs): those get the refusal itself.
 */
export function refusalRedirect(c: Web, refusal: Refusal): Response | undefined {
  if (!isPageView(c)) return undefined
  if (refusal.code === common.signInNeeded.code) return signInRedirect(c)
  const session = c.get('session') as IdentitySession | undefined
  const must = refusal.code === common.denied.code && session?.mustChangePassword
  return must ? c.redirect(withReturn('/tai-khoan/mat-khau', here(c)), 303) : undefined
}
