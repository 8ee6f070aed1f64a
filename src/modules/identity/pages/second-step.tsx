import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { run } from '../../../kernel/command.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import { Form, page } from '../../../ui/index.ts'
import { addFactor, checkEnrolment } from '../commands/add-factor.ts'
import { finishSignIn, type HalfIn, halfIn, openProved } from '../commands/finish-sign-in.ts'
import { asActor, SECOND_STEP_MINUTES } from '../commands/sign-in-officer.ts'
import { partyOf, takeProof } from '../confirm.ts'
import { refusals } from '../errors.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { ownFactors } from '../queries/factors.ts'
import { ownPath } from '../rules/own-path.ts'
import { giveToken, heldToken, placeOf, tokenHashOf } from '../sessions.ts'
import { FactorQuestion, RecoveryCodes, Wrong } from './factor-parts.tsx'
import { readEnrolment, SetUp } from './factor-set-up.tsx'
import { homeOf, wantedPath, withReturn } from './ways.ts'

export const SECOND_STEP = '/dang-nhap/buoc-hai'
export const SET_UP = '/dang-nhap/thiet-lap'

/** Names a sign-in whose password was right. No page but those below `/dang-nhap` is given it; it opens nothing but them. */
const COOKIE = 'cuaso_second_step'

const cookieOptions = (c: Web) =>
  ({ path: '/dang-nhap', httpOnly: true, sameSite: 'Lax', secure: c.get('app').baseUrl.startsWith('https:') }) as const

/** Sends the browser to the second step. */
export function toSecondStep(c: Web, token: string, awaits: 'code' | 'enrol', wanted: string): Response {
  setCookie(c, COOKIE, token, { ...cookieOptions(c), maxAge: SECOND_STEP_MINUTES * 60 })
  return c.redirect(withReturn(awaits === 'code' ? SECOND_STEP : SET_UP, wanted), 303)
}

/** Who came by the password within five minutes and is to do this; else where the browser is sent: to the other step, or to the start. */
async function halfOf(c: Web, awaits: 'code' | 'enrol'): Promise<HalfIn | Response> {
  const token = getCookie(c, COOKIE)
  const half = token ? await halfIn(c.get('app'), token) : undefined
  if (!half) return fromTheStart(c)
  return half.awaits === awaits ? half : c.redirect(withReturn(half.awaits === 'code' ? SECOND_STEP : SET_UP, wantedPath(c)), 303)
}

/** Nobody who came by the password within five minutes: from the start. */
const fromTheStart = (c: Web): Response => {
  deleteCookie(c, COOKIE, cookieOptions(c))
  return c.redirect(withReturn('/dang-nhap/can-bo', wantedPath(c)), 303)
}

/** The page after the sign-in: to choose a password first, the page asked for, or where this officer's day begins. */
async function wayOn(c: Web, token: string, mustChangePassword: boolean): Promise<string> {
  const wanted = wantedPath(c)
  if (mustChangePassword) return withReturn('/tai-khoan/mat-khau', wanted)
  const app = c.get('app')
  const session = await app.sessions.find(app.province, token, app.clock())
  return ownPath(wanted, homeOf(session?.actor ?? { kind: 'anonymous' }))
}

/** Who signs in now may have left a session of somebody else behind: the frame shows nobody. */
const bare = (c: Web) => {
  const { user: _user, keepKey: _key, signInHref: _signIn, ...rest } = frame(c, 'office')
  return { ...rest, nav: [] }
}

async function question(c: Web, half: HalfIn, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  if (refusal) c.status(refusal.status)
  const own = await ownFactors(c.get('app'), half.officerId)
  const wanted = wantedPath(c)
  return page(
    c,
    { ...bare(c), title: texts.secondStep, hasErrors: refusal !== undefined, back: { href: withReturn('/dang-nhap/can-bo', wanted) } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Wrong c={c} refusal={refusal} />
        <h1 class="govuk-heading-l">{t(locale, texts.secondStep)}</h1>
        <p class="govuk-body">{t(locale, texts.secondStepText)}</p>
        <Form csrfToken={c.get('csrf')} action={withReturn(SECOND_STEP, wanted)}>
          <FactorQuestion c={c} officerId={half.officerId} own={own} refusal={refusal} button={t(locale, texts.goOn)} />
        </Form>
      </div>
    </div>,
  )
}

export async function secondStepForm(c: Web): Promise<Response> {
  const half = await halfOf(c, 'code')
  return half instanceof Response ? half : question(c, half)
}

/** The second step of a sign-in: a code, a passkey or a recovery code; then the session. */
export async function secondStepSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const half = await halfOf(c, 'code')
  if (half instanceof Response) return half
  const proof = takeProof(values) ?? { code: '', recovery: '', passkey: '', challenge: '' }
  const result = await finishSignIn(c.get('app'), half, { proof, place: placeOf(c), replaces: heldToken(c), party: partyOf(c) })
  if (!result.ok) return result.error.code === refusals.secondStepExpired.code ? fromTheStart(c) : question(c, half, result.error)
  const { token, mustChangePassword } = result.value
  deleteCookie(c, COOKIE, cookieOptions(c))
  giveToken(c, token)
  return c.redirect(await wayOn(c, token, mustChangePassword), 303)
}

async function setUp(c: Web, half: HalfIn, state: { values?: URLSearchParams; refusal?: Refusal } = {}): Promise<Response> {
  const locale = c.get('locale')
  if (state.refusal) c.status(state.refusal.status)
  return page(
    c,
    { ...bare(c), title: texts.requiredTitle, hasErrors: state.refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Wrong c={c} refusal={state.refusal} />
        <h1 class="govuk-heading-l">{t(locale, texts.requiredTitle)}</h1>
        <p class="govuk-body">{t(locale, texts.requiredText)}</p>
        <SetUp c={c} officer={half.officer} at={SET_UP} known={[]} {...state} />
      </div>
    </div>,
  )
}

export async function setUpForm(c: Web): Promise<Response> {
  const half = await halfOf(c, 'enrol')
  return half instanceof Response ? half : setUp(c, half)
}

/** Sets the first factor up and comes in with it, both or neither; the recovery codes are shown once. */
export async function setUpSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const half = await halfOf(c, 'enrol')
  if (half instanceof Response) return half
  const app = c.get('app')
  const ready = await checkEnrolment(app, half.officerId, readEnrolment(c, values))
  if (!ready.ok) return setUp(c, half, { values, refusal: ready.error })
  const call = { province: app.province, actor: asActor(half.officer), name: 'identity.set-up-factor' }
  const place = { place: placeOf(c), replaces: heldToken(c) }
  const done = await run(
    app,
    call,
    async (cx): Promise<Result<{ token: string; mustChangePassword: boolean; codes: readonly string[] }>> => {
      const opened = await openProved(cx, half, ready.value.kind, place)
      if (!opened.ok) return opened
      const { token } = opened.value.value
      const added = await addFactor(cx, half.officer, ready.value, { keep: tokenHashOf(token), first: true })
      if (!added.ok) return added
      await record(cx, { events: [...opened.value.events, ...added.value.events] })
      return ok({ ...opened.value.value, ...added.value.value })
    },
  )
  if (!done.ok)
    return done.error.code === refusals.secondStepExpired.code ? fromTheStart(c) : setUp(c, half, { values, refusal: done.error })
  const { token, mustChangePassword, codes } = done.value
  deleteCookie(c, COOKIE, cookieOptions(c))
  giveToken(c, token)
  return page(
    c,
    { ...bare(c), title: texts.codesTitle },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <RecoveryCodes c={c} codes={codes} next={await wayOn(c, token, mustChangePassword)} />
      </div>
    </div>,
  )
}
