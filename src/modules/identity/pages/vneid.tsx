import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { LinkButton, page } from '../../../ui/index.ts'
import { ATTEMPT_MINUTES, beginCitizenSignIn, finishCitizenSignIn } from '../commands/sign-in-citizen.ts'
import { refusals } from '../errors.ts'
import type { IdentityConnection } from '../port.ts'
import { ownPath } from '../rules/own-path.ts'
import { giveToken, heldToken, newToken, placeOf } from '../sessions.ts'
import { texts } from '../texts.ts'
import { originOf, wantedPath } from './ways.ts'

/** Binds a sign-in under way to the browser that began it. */
const COOKIE = 'cuaso_vneid'

const cookieOptions = (c: Web) =>
  ({ path: '/dang-nhap/vneid', httpOnly: true, sameSite: 'Lax', secure: c.get('app').baseUrl.startsWith('https:') }) as const

/** Sends the browser to the identity service. */
export const beginPage =
  ({ provider }: IdentityConnection) =>
  async (c: Web) => {
    if (!provider) throw new Refused(refusals.notConfigured)
    const browser = newToken()
    const begun = await beginCitizenSignIn(c.get('app'), provider, { origin: originOf(c), browser, returnPath: ownPath(wantedPath(c)) })
    if (!begun.ok) throw new Refused(begun.error)
    setCookie(c, COOKIE, browser, { ...cookieOptions(c), maxAge: ATTEMPT_MINUTES * 60 })
    return c.redirect(begun.value.url, 302)
  }

function failed(c: Web, refusal: Refusal): Response | Promise<Response> {
  const locale = c.get('locale')
  c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.signIn },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, refusal.message)}</h1>
        {refusal.next && <p class="govuk-body">{t(locale, refusal.next)}</p>}
        <LinkButton href="/dang-nhap">{t(locale, texts.signInAgain)}</LinkButton>
      </div>
    </div>,
  )
}

/** The browser comes back with a code: everything is checked, then the person is in, at the page they wanted. */
export const returnPage =
  ({ provider }: IdentityConnection) =>
  async (c: Web) => {
    if (!provider) throw new Refused(refusals.notConfigured)
    const browser = getCookie(c, COOKIE)
    deleteCookie(c, COOKIE, cookieOptions(c))
    const result = await finishCitizenSignIn(c.get('app'), provider, {
      origin: originOf(c),
      answer: new URL(c.req.url),
      browser,
      place: placeOf(c),
      replaces: heldToken(c),
    })
    if (!result.ok) return failed(c, result.error)
    giveToken(c, result.value.token)
    return c.redirect(ownPath(result.value.returnPath), 303)
  }
