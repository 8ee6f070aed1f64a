import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame, roleNames } from '../../../ui/frame.ts'
import { Button, ErrorSummary, Form, InsetText, LinkButton, page, Table, TextInput, WarningText } from '../../../ui/index.ts'
import { signInOfficer } from '../commands/sign-in-officer.ts'
import { demoAccounts } from '../demo.ts'
import { refusals } from '../errors.ts'
import type { IdentityConnection } from '../port.ts'
import { ownPath } from '../rules/own-path.ts'
import { giveToken, heldToken, placeOf } from '../sessions.ts'
import { texts } from '../texts.ts'
import { INVITATION, isInvited } from './invitation.tsx'
import { toSecondStep } from './second-step.tsx'
import { homeOf, wantedPath, withReturn } from './ways.ts'

/** Said to whoever was sent here in the middle of a form. */
const Ended = ({ c }: { c: Web }) =>
  c.req.query('het') === '1' && (
    <InsetText>
      {t(c.get('locale'), texts.sessionEnded)} <noscript>{t(c.get('locale'), texts.sessionEndedPlain)}</noscript>
    </InsetText>
  )

/** Which way in: VNeID for citizens, password for officers. */
export const choosePage = (connection: IdentityConnection) => (c: Web) => {
  const locale = c.get('locale')
  const wanted = wantedPath(c)
  const actor = c.get('actor')
  const { provider } = connection
  const name = provider?.name ?? 'VNeID'
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.signIn },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, texts.signIn)}</h1>
        <Ended c={c} />
        {(actor.kind === 'citizen' || actor.kind === 'officer') && (
          <p class="govuk-body">
            {t(locale, texts.already, { name: actor.name })}{' '}
            <a class="govuk-link" href={wanted || homeOf(actor)}>
              {t(locale, texts.goOn)}
            </a>
          </p>
        )}
        <h2 class="govuk-heading-m">{t(locale, texts.citizens)}</h2>
        {provider ? (
          <>
            {provider.simulated && <WarningText locale={locale}>{t(locale, texts.simulated)}</WarningText>}
            <p class="govuk-body">{t(locale, texts.citizensText, { name })}</p>
            <LinkButton href={withReturn('/dang-nhap/vneid', wanted)} look="start">
              {t(locale, texts.withVneid, { name })}
            </LinkButton>
          </>
        ) : (
          <p class="govuk-body">
            {t(locale, refusals.notConfigured.message)} {t(locale, refusals.notConfigured.next)}
          </p>
        )}
        <h2 class="govuk-heading-m">{t(locale, texts.officers)}</h2>
        <p class="govuk-body">{t(locale, texts.officersText)}</p>
        <LinkButton href={withReturn('/dang-nhap/can-bo', wanted)} look="secondary">
          {t(locale, texts.withPassword)}
        </LinkButton>
      </div>
    </div>,
  )
}

const DemoAccounts = ({ c, wanted }: { c: Web; wanted: string }) => {
  const locale = c.get('locale')
  const accounts = demoAccounts().filter((account) => account.role !== 'citizen')
  const back = wanted ? `&ve=${encodeURIComponent(wanted)}` : ''
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.demoAccounts)}</h2>
      <p class="govuk-body">{t(locale, texts.demoPassword, { password: accounts[0]?.password ?? '' })}</p>
      <Table
        caption={t(locale, texts.demoAccounts)}
        captionHidden
        dense
        locale={locale}
        rows={accounts}
        columns={[
          {
            key: 'username',
            label: t(locale, texts.username),
            header: true,
            nowrap: true,
            cell: (account) => (
              <a class="govuk-link" href={`/dang-nhap/can-bo?ten=${encodeURIComponent(account.username)}${back}`}>
                {account.username}
              </a>
            ),
          },
          { key: 'role', label: t(locale, texts.role), cell: (account) => t(locale, roleNames[account.role]) },
          { key: 'does', label: t(locale, texts.does), cell: (account) => <span lang="vi">{account.what}</span> },
        ]}
      />
    </>
  )
}

function officerPage(c: Web, state: { username: string; wanted: string; refusal?: Refusal }): Response | Promise<Response> {
  const locale = c.get('locale')
  const { refusal } = state
  if (refusal) c.status(refusal.status)
  const sentence = refusal && [refusal.message, refusal.next].flatMap((text) => (text ? [t(locale, text)] : [])).join(' ')
  return page(
    c,
    {
      ...frame(c, 'office'),
      nav: [],
      title: texts.withPassword,
      hasErrors: refusal !== undefined,
      back: { href: withReturn('/dang-nhap', state.wanted) },
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={[{ path: 'username', message: { vi: sentence ?? '', en: sentence ?? '' } }]} locale={locale} />}
        <h1 class="govuk-heading-l">{t(locale, texts.withPassword)}</h1>
        <Ended c={c} />
        <Form csrfToken={c.get('csrf')} action={withReturn('/dang-nhap/can-bo', state.wanted)}>
          <TextInput
            name="username"
            label={t(locale, texts.username)}
            autocomplete="username"
            spellcheck={false}
            width={20}
            value={state.username}
          />
          <TextInput name="password" label={t(locale, texts.password)} type="password" autocomplete="current-password" width={20} />
          <Button>{t(locale, texts.signIn)}</Button>
        </Form>
        {c.get('app').config.DEMO && <DemoAccounts c={c} wanted={state.wanted} />}
      </div>
    </div>,
  )
}

export const officerForm = (c: Web) => officerPage(c, { username: c.req.query('ten') ?? '', wanted: wantedPath(c) })

/** Signs an officer in; then to the page they wanted, or to choose a password of their own first. */
export async function officerSend(c: Web): Promise<Response> {
  const { username = '', password = '' } = formObject((await readForm(c)).values) as Record<string, string>
  const wanted = wantedPath(c)
  const app = c.get('app')
  const result = await signInOfficer(app, { username, password, place: placeOf(c), replaces: heldToken(c) })
  if (!result.ok) return officerPage(c, { username, wanted, refusal: result.error })
  const { token, awaits } = result.value
  if (awaits) return toSecondStep(c, token, awaits, wanted)
  giveToken(c, token)
  if (result.value.mustChangePassword) return c.redirect(withReturn('/tai-khoan/mat-khau', wanted), 303)
  const session = await app.sessions.find(app.province, token, app.clock())
  const next = ownPath(wanted, homeOf(session?.actor ?? { kind: 'anonymous' }))
  return c.redirect((await isInvited(c, token)) ? withReturn(INVITATION, next) : next, 303)
}
