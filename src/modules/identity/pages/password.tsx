import type { Refusal } from '../../../kernel/errors.ts'
import { refusals as common, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, Form, InsetText, page, TextInput } from '../../../ui/index.ts'
import { changePassword } from '../commands/change-password.ts'
import { ownPath } from '../rules/own-path.ts'
import { giveToken, type IdentitySession, placeOf } from '../sessions.ts'
import { texts } from '../texts.ts'
import { INVITATION, isInvited } from './invitation.tsx'
import { wantedPath, withReturn } from './ways.ts'

function show(c: Web, refusal?: Refusal): Response | Promise<Response> {
  const locale = c.get('locale')
  if (refusal) c.status(refusal.status)
  const fields = refusal?.fields ?? []
  const errorOf = errorsBy(locale, fields)
  const must = (c.get('session') as IdentitySession | undefined)?.mustChangePassword
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: texts.changePassword,
      hasErrors: refusal !== undefined,
      ...(must ? {} : { back: { href: '/tai-khoan' } }),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={fields} locale={locale} message={fields.length === 0 ? t(locale, refusal.message) : undefined} />}
        <h1 class="govuk-heading-l">{t(locale, texts.changePassword)}</h1>
        {must && <InsetText>{t(locale, texts.mustChange)}</InsetText>}
        <Form csrfToken={c.get('csrf')} action={withReturn('/tai-khoan/mat-khau', wantedPath(c))}>
          <TextInput
            name="current"
            label={t(locale, texts.currentPassword)}
            type="password"
            autocomplete="current-password"
            error={errorOf('current')}
          />
          <TextInput
            name="next"
            label={t(locale, texts.newPassword)}
            hint={t(locale, texts.newPasswordHint)}
            type="password"
            autocomplete="new-password"
            error={errorOf('next')}
          />
          <TextInput
            name="repeat"
            label={t(locale, texts.repeatPassword)}
            type="password"
            autocomplete="new-password"
            error={errorOf('repeat')}
          />
          <Button>{t(locale, texts.changePassword)}</Button>
        </Form>
      </div>
    </div>,
  )
}

export const passwordForm = (c: Web) => show(c)

/** Changes the password; this browser goes on under a new token, every other one is signed out. */
export async function passwordSend(c: Web): Promise<Response> {
  const { current = '', next = '', repeat = '' } = formObject((await readForm(c)).values) as Record<string, string>
  const actor = c.get('actor')
  if (actor.kind !== 'officer') throw new Refused(common.denied)
  const session = c.get('session') as IdentitySession | undefined
  const factorAt = session?.factorAt ?? null
  const must = session?.mustChangePassword === true
  const result = await changePassword(c.get('app'), actor, { current, next, repeat, place: placeOf(c), factorAt })
  if (!result.ok) return show(c, result.error)
  giveToken(c, result.value.token)
  const way = ownPath(wantedPath(c), '/tai-khoan?bao=doi-mat-khau')
  return c.redirect(must && (await isInvited(c, result.value.token)) ? withReturn(INVITATION, way) : way, 303)
}
