import { randomBytes } from 'node:crypto'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { Button, errorsBy, Form, TextInput } from '../../../ui/index.ts'
import { beginTotp, type Enrolment, enrolmentSecret } from '../commands/add-factor.ts'
import { partyOf } from '../confirm.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { creationOptions, newChallenge } from '../passkey.ts'
import type { FactorRow } from '../store/factors.ts'
import type { OfficerRow } from '../store/officers.ts'
import { texts as own } from '../texts.ts'
import { enrolment } from '../totp.ts'
import { PasskeyInput, TotpSetUp } from './factor-parts.tsx'

const wantsPasskey = (c: Web): boolean => c.req.query('cach') === 'khoa'

/** The address of this page with the other way, keeping where the person wants to go. */
function otherWay(c: Web, at: string): string {
  const query = new URLSearchParams()
  const wanted = c.req.query('ve')
  if (!wantsPasskey(c)) query.set('cach', 'khoa')
  if (wanted) query.set('ve', wanted)
  return query.size > 0 ? `${at}?${query}` : at
}

const here = (c: Web, at: string): string => at + new URL(c.req.url).search

interface SetUpProps {
  readonly c: Web
  readonly officer: Pick<OfficerRow, 'id' | 'username' | 'name'>
  /** Path of the page. */
  readonly at: string
  /** Factors there are: a passkey is not made twice on one device. */
  readonly known: readonly FactorRow[]
  /** The present password is asked for: a session left open is not enough for the first factor. */
  readonly password?: boolean
  readonly values?: URLSearchParams
  readonly refusal?: Refusal
}

const NameInput = ({ c, values, otherwise }: Pick<SetUpProps, 'c' | 'values'> & { otherwise: string }) => (
  <TextInput
    name="name"
    label={t(c.get('locale'), texts.name)}
    hint={t(c.get('locale'), texts.nameHint)}
    autocomplete="off"
    width={30}
    maxlength={60}
    value={values?.get('name') ?? otherwise}
  />
)

const Password = ({ c, refusal }: Pick<SetUpProps, 'c' | 'refusal'>) => (
  <TextInput
    name="current"
    label={t(c.get('locale'), own.currentPassword)}
    type="password"
    autocomplete="current-password"
    width={30}
    error={errorsBy(c.get('locale'), refusal?.fields)('current')}
  />
)

const App = async ({ c, officer, at, password, values, refusal }: SetUpProps) => {
  const locale = c.get('locale')
  const app = c.get('app')
  const errorOf = errorsBy(locale, refusal?.fields)
  // After a mistyped code the same picture is shown again: the app has it already.
  const before = values?.get('secret') ?? ''
  const known = before ? enrolmentSecret(app, officer.id, before) : undefined
  const { secret, sealed } = known ? { secret: known, sealed: before } : beginTotp(app, officer.id, randomBytes)
  const { key, uri } = await enrolment(secret, { issuer: `Cửa Số ${app.province.name}`, account: officer.username })
  return (
    <>
      <TotpSetUp c={c} uri={uri} secretKey={key} />
      <h2 class="govuk-heading-m">2. {t(locale, texts.thenCode)}</h2>
      <Form csrfToken={c.get('csrf')} action={here(c, at)}>
        <input type="hidden" name="kind" value="totp" />
        <input type="hidden" name="secret" value={sealed} />
        <TextInput
          name="code"
          label={t(locale, texts.code)}
          hint={t(locale, texts.codeHint)}
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          width={10}
          maxlength={10}
          error={errorOf('code')}
        />
        <NameInput c={c} values={values} otherwise={t(locale, texts.kindTotp)} />
        {password && <Password c={c} refusal={refusal} />}
        <Button>{t(locale, texts.addTotp)}</Button>
      </Form>
    </>
  )
}

const Passkey = ({ c, officer, at, known, password, values, refusal }: SetUpProps) => {
  const locale = c.get('locale')
  const app = c.get('app')
  const asked = newChallenge(app.secret, officer.id, app.clock().epochMilliseconds)
  return (
    <Form csrfToken={c.get('csrf')} action={here(c, at)}>
      <input type="hidden" name="kind" value="passkey" />
      <input type="hidden" name="challenge" value={asked.signed} />
      <NameInput c={c} values={values} otherwise={t(locale, texts.kindPasskey)} />
      {password && <Password c={c} refusal={refusal} />}
      <PasskeyInput
        act="create"
        field="answer"
        options={creationOptions(partyOf(c), officer, asked.challenge, known)}
        label={t(locale, texts.makePasskey)}
        needsScript={t(locale, texts.passkeyNeedsScript)}
        hint={t(locale, texts.passkeyText)}
      />
    </Form>
  )
}

/** Sets a factor up: an app by default, a passkey with `?cach=khoa`. */
export const SetUp = (props: SetUpProps) => (
  <>
    {wantsPasskey(props.c) ? <Passkey {...props} /> : <App {...props} />}
    <p class="govuk-body">
      <a class="govuk-link" href={otherWay(props.c, props.at)}>
        {t(props.c.get('locale'), wantsPasskey(props.c) ? texts.addTotp : texts.addPasskey)}
      </a>
    </p>
  </>
)

/** What such a form brought. */
export function readEnrolment(c: Web, values: URLSearchParams): Enrolment {
  const get = (name: string): string => values.get(name) ?? ''
  const name = get('name')
  return get('kind') === 'passkey'
    ? { kind: 'passkey', challenge: get('challenge'), answer: get('answer'), name, party: partyOf(c) }
    : { kind: 'totp', sealed: get('secret'), code: get('code'), name }
}
