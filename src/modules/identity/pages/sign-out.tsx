import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Form, page } from '../../../ui/index.ts'
import { endSession } from '../commands/end-session.ts'
import { heldToken, takeTokenAway } from '../sessions.ts'
import { texts } from '../texts.ts'

export function signOutForm(c: Web): Response | Promise<Response> {
  const locale = c.get('locale')
  if (!c.get('session')) return c.redirect('/', 303)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.signOut },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, texts.signOutAsk)}</h1>
        <p class="govuk-body">{t(locale, texts.signOutText)}</p>
        <Form csrfToken={c.get('csrf')} action="/dang-xuat">
          <Button>{t(locale, texts.signOut)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** Ends this session. Whose session is over already is simply shown the way out. */
export async function signOutSend(c: Web): Promise<Response> {
  if (c.get('session')) {
    await readForm(c)
    await endSession(c.get('app'), heldToken(c))
  }
  takeTokenAway(c)
  return c.redirect('/', 303)
}
