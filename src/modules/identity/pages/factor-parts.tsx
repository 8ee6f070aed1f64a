import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { Button, CopyButton, Details, ErrorSummary, errorsBy, InsetText, Island, LinkButton, Qr, TextInput } from '../../../ui/index.ts'
import { partyOf } from '../confirm.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { newChallenge, requestOptions } from '../passkey.ts'
import type { OwnFactors } from '../queries/factors.ts'

/** What went wrong, above the heading. */
export const Wrong = ({ c, refusal }: { c: Web; refusal: Refusal | undefined }) => {
  const locale = c.get('locale')
  if (!refusal) return false
  const sentence = [refusal.message, refusal.next].flatMap((one) => (one ? [t(locale, one)] : [])).join(' ')
  const path = refusal.fields?.[0]?.path
  return path ? (
    <ErrorSummary errors={[{ path, message: { vi: sentence, en: sentence } }]} locale={locale} />
  ) : (
    <ErrorSummary errors={[]} message={sentence} locale={locale} />
  )
}

interface QuestionProps {
  readonly c: Web
  readonly officerId: string
  readonly own: OwnFactors
  readonly refusal?: Refusal | undefined
  /** What sending does: "Go on". */
  readonly button: string
}

/** Inputs that bring a proof, for any form: a passkey, the code of an app, a recovery code; only what this officer has. */
export const FactorQuestion = ({ c, officerId, own, refusal, button }: QuestionProps) => {
  const locale = c.get('locale')
  const errorOf = errorsBy(locale, refusal?.fields)
  const has = (kind: 'totp' | 'passkey') => own.factors.some((factor) => factor.kind === kind)
  const app = c.get('app')
  const asked = has('passkey') ? newChallenge(app.secret, officerId, app.clock().epochMilliseconds) : undefined
  return (
    <>
      {asked && (
        <>
          <PasskeyInput
            act="get"
            field="_khoa"
            options={requestOptions(partyOf(c), asked.challenge, own.factors)}
            label={t(locale, texts.usePasskey)}
            needsScript={t(locale, texts.passkeyNeedsScript)}
            hint={t(locale, texts.passkeyText)}
          />
          <input type="hidden" name="_thach" value={asked.signed} />
        </>
      )}
      {has('totp') && (
        <>
          <TextInput
            name="_ma"
            label={t(locale, texts.code)}
            hint={t(locale, texts.codeHint)}
            inputmode="numeric"
            autocomplete="one-time-code"
            spellcheck={false}
            width={10}
            maxlength={10}
            error={errorOf('_ma')}
          />
          <Button look={asked ? 'secondary' : 'primary'}>{button}</Button>
        </>
      )}
      {own.recoveryLeft > 0 && (
        <Details summary={t(locale, texts.lost)} open={errorOf('_du-phong') !== undefined}>
          <TextInput
            name="_du-phong"
            label={t(locale, texts.recovery)}
            hint={t(locale, texts.lostText)}
            autocomplete="off"
            spellcheck={false}
            width={20}
            maxlength={20}
            error={errorOf('_du-phong')}
          />
          <Button look="secondary">{t(locale, texts.useRecovery)}</Button>
        </Details>
      )}
    </>
  )
}

interface PasskeyProps {
  /** Make a key, or ask one. */
  readonly act: 'create' | 'get'
  /** Hidden input that takes the browser's answer; the form is sent then. */
  readonly field: string
  readonly options: object
  readonly label: string
  readonly needsScript: string
  readonly hint: string
}

/** A button by which the browser talks to a passkey and sends the form. Hidden until its island runs. */
export const PasskeyInput = ({ act, field, options, label, needsScript, hint }: PasskeyProps) => (
  <div class="govuk-form-group" data-passkey={act} data-options={JSON.stringify(options)}>
    <input type="hidden" name={field} value="" />
    <p class="govuk-hint">{hint}</p>
    <button type="button" class="govuk-button govuk-!-margin-bottom-2" hidden>
      {label}
    </button>
    <p class="govuk-error-message" role="alert" data-passkey-problem />
    <noscript>
      <p class="govuk-body">{needsScript}</p>
    </noscript>
    <Island name="passkey" />
  </div>
)

/** What an app needs to be set up: the picture to scan, the link for the same phone, the key to type. */
export const TotpSetUp = ({ c, uri, secretKey }: { c: Web; uri: string; secretKey: string }) => {
  const locale = c.get('locale')
  return (
    <>
      <h2 class="govuk-heading-m">1. {t(locale, texts.scan)}</h2>
      <p class="govuk-body">{t(locale, texts.scanHint)}</p>
      <Qr text={uri} label={t(locale, texts.qrLabel)} size={200} />
      <p class="govuk-body">
        <a class="govuk-link" href={uri}>
          {t(locale, texts.onThisPhone)}
        </a>
      </p>
      <Details summary={t(locale, texts.orType)}>
        <p class="govuk-body cs-tabular">
          <strong>{secretKey}</strong>
        </p>
      </Details>
    </>
  )
}

/** The recovery codes, once, and the way on. */
export const RecoveryCodes = ({ c, codes, next }: { c: Web; codes: readonly string[]; next: string }) => {
  const locale = c.get('locale')
  return (
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.codesTitle)}</h1>
      <p class="govuk-body">{t(locale, texts.codesText)}</p>
      <InsetText>
        <ol class="govuk-list govuk-list--number cs-tabular" aria-label={t(locale, texts.codesList)}>
          {codes.map((code) => (
            <li>
              <strong class="cs-nowrap">{code}</strong>
            </li>
          ))}
        </ol>
        <CopyButton text={codes.join('\n')} locale={locale} />
      </InsetText>
      <LinkButton href={next}>{t(locale, texts.kept)}</LinkButton>
    </>
  )
}
