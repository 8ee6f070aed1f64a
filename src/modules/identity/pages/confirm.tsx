import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { keptFiles, readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Form, InsetText, page } from '../../../ui/index.ts'
import { PROOF_FIELDS, waitingForm } from '../confirm.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { ownFactors } from '../queries/factors.ts'
import { ownPath } from '../rules/own-path.ts'
import { FactorQuestion, Wrong } from './factor-parts.tsx'
import { wantedPath, withReturn } from './ways.ts'

const doorOf = (path: string) => (path.startsWith('/quan-tri') ? 'admin' : path.startsWith('/dieu-hanh') ? 'board' : 'office')

/** What a form carried, as hidden inputs of the next one: its token is renewed, proofs and our own marks are left out. */
const carried = (values: URLSearchParams): readonly (readonly [string, string])[] =>
  [...values].filter(([name]) => name !== '_csrf' && !PROOF_FIELDS.some((field) => field === name))

/**
 * The question for a second factor in the place of an answer, when a form of this request waits for it. Everything typed is on the page
 * and goes with the proof to where it was sent. Nothing when no form waits.
 */
export async function confirmPage(c: Web, refusal: Refusal): Promise<Response | undefined> {
  const waiting = waitingForm(c)
  const actor = c.get('actor')
  if (!waiting || actor.kind !== 'officer') return undefined
  const locale = c.get('locale')
  const { pathname, search } = new URL(c.req.url)
  const own = await ownFactors(c.get('app'), actor.officerId)
  c.status(waiting.wrong ? refusal.status : 401)
  return page(
    c,
    { ...frame(c, doorOf(pathname)), title: texts.confirmTitle, hasErrors: waiting.wrong !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Wrong c={c} refusal={waiting.wrong} />
        <h1 class="govuk-heading-l">{t(locale, texts.confirmTitle)}</h1>
        <p class="govuk-body">{t(locale, texts.confirmText)}</p>
        <Form csrfToken={c.get('csrf')} action={pathname + search}>
          {[...carried(waiting.sent.values), ...keptFiles(c, waiting.sent)].map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <FactorQuestion c={c} officerId={actor.officerId} own={own} refusal={waiting.wrong} button={t(locale, texts.confirmButton)} />
        </Form>
      </div>
    </div>,
  )
}

/** Confirms before it is asked for: for whoever works through the API, or wants to be asked now and not in the middle. */
export function confirmForm(c: Web): Response | Promise<Response> {
  const locale = c.get('locale')
  return page(
    c,
    { ...frame(c, 'office'), title: texts.confirmTitle, back: { href: '/tai-khoan/hai-lop' } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, texts.confirmTitle)}</h1>
        <InsetText>{t(locale, texts.confirmAsk)}</InsetText>
        <Form csrfToken={c.get('csrf')} action={withReturn('/tai-khoan/hai-lop/xac-nhan', wantedPath(c))}>
          <Button>{t(locale, texts.goOn)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** Comes here only with a proof that counts: the route asks for it. */
export async function confirmSend(c: Web): Promise<Response> {
  await readForm(c)
  return c.redirect(ownPath(wantedPath(c), '/tai-khoan/hai-lop?bao=xac-nhan'), 303)
}
