import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import { officerRoles } from '../../../kernel/context.ts'
import { refusals as common, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, say } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import type { Result } from '../../../kernel/result.ts'
import { frame, roleNames } from '../../../ui/frame.ts'
import {
  Button,
  Checkbox,
  DateInput,
  Details,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  NotificationBanner,
  page,
  readDate,
  Select,
  SummaryList,
  Table,
  Tag,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import { changeOfficerContact } from '../commands/change-officer-contact.ts'
import { deactivateOfficer, reactivateOfficer } from '../commands/deactivate-officer.ts'
import { grantRole } from '../commands/grant-role.ts'
import { resetFactor } from '../commands/remove-factor.ts'
import { resetPassword } from '../commands/reset-password.ts'
import { revokeRole } from '../commands/revoke-role.ts'
import { refusals } from '../errors.ts'
import { factorTexts } from '../factor-texts.ts'
import { officerContactInput } from '../input.ts'
import { temporaryPassword } from '../password.ts'
import { officerAccount } from '../queries/account.ts'
import { ownFactors } from '../queries/factors.ts'
import { agenciesFor } from '../queries/officers.ts'
import { texts } from '../texts.ts'
import { OFFICERS } from './officers.tsx'
import { directory, grantColumns, today, unitOptions } from './parts.tsx'
import { freshRequestId } from './request-id.ts'

const notices = {
  them: texts.officerAdded,
  'giao-vai-tro': texts.granted,
  'thu-hoi': texts.revoked,
  ngung: texts.deactivatedDone,
  'mo-lai': texts.reactivated,
  'hai-lop': factorTexts.resetDone,
  'lien-he': { vi: 'Đã lưu điện thoại và địa chỉ thư.', en: 'Phone and mail address are saved.' },
} as const

interface State {
  readonly values?: URLSearchParams
  readonly refusal?: Refusal
  /** Shown once, right after it was set. */
  readonly password?: { readonly text: string; readonly until: string }
}

/** Who is looked at; only within one's own units. */
async function accountOf(c: Web) {
  const id = c.req.param('id') ?? ''
  const account = isUuid(id) ? await officerAccount(c.get('app'), id) : undefined
  if (!account) throw new Refused(refusals.unknownOfficer)
  const app = c.get('app')
  const target = { agencyCodes: [account.officer.agencyCode, ...account.grants.map((grant) => grant.agencyCode)] }
  if (!app.access(app.province).can(c.get('actor'), 'identity.see-officers', target)) throw new Refused(common.denied)
  return account
}

type Account = Awaited<ReturnType<typeof accountOf>>

const Roles = async ({ c, account }: { c: Web; account: Account }) => {
  const locale = c.get('locale')
  const [units, day] = [await directory(c), today(c)]
  const app = c.get('app')
  const mayRevoke = app.access(app.province).can(c.get('actor'), 'identity.revoke-role')
  return (
    <Table
      caption={t(locale, texts.roles)}
      locale={locale}
      rows={account.grants}
      empty={<p class="govuk-body">{t(locale, texts.none)}</p>}
      columns={[
        ...grantColumns(locale, units, day),
        { key: 'reason', label: t(locale, texts.reason), cell: (grant) => grant.reason },
        {
          key: 'revoke',
          label: t(locale, texts.revoke),
          labelHidden: true,
          cell: (grant) =>
            mayRevoke && (
              <Form csrfToken={c.get('csrf')} action={`${OFFICERS}/${account.officer.id}/thu-hoi`} requestId={freshRequestId()}>
                <input type="hidden" name="grantId" value={grant.id} />
                <Button look="secondary">
                  {t(locale, texts.revoke)}
                  <span class="govuk-visually-hidden"> {t(locale, texts.revokeRole, { role: t(locale, roleNames[grant.role]) })}</span>
                </Button>
              </Form>
            ),
        },
      ]}
    />
  )
}

const Grant = async ({ c, account, state }: { c: Web; account: Account; state: State }) => {
  const locale = c.get('locale')
  const [units, day] = [await directory(c), today(c)]
  const values = state.values ?? new URLSearchParams()
  const typed = formObject(values)
  const errorOf = errorsBy(locale, state.refusal?.fields)
  const options = unitOptions(units, day, await agenciesFor(c.get('app'), c.get('actor'), 'identity.grant-role'))
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.grantRole)}</h2>
      <p class="govuk-body">{t(locale, texts.signsInAgain)}</p>
      <Form csrfToken={c.get('csrf')} action={`${OFFICERS}/${account.officer.id}/vai-tro`} requestId={freshRequestId()}>
        <Select
          name="role"
          label={t(locale, texts.role)}
          options={officerRoles.map((role) => ({ value: role, label: t(locale, roleNames[role]) }))}
          value={values.get('role') ?? undefined}
          error={errorOf('role')}
          locale={locale}
        />
        <Select
          name="agencyCode"
          label={t(locale, texts.unit)}
          options={options}
          value={values.get('agencyCode') ?? account.officer.agencyCode}
          error={errorOf('agencyCode')}
          locale={locale}
        />
        <Checkbox name="subtree" label={t(locale, texts.includeBelow)} checked={values.has('subtree')} />
        <DateInput
          name="validFrom"
          label={t(locale, texts.validFrom)}
          value={values.has('validFrom-day') ? typedDate(typed, 'validFrom') : day}
          error={errorOf('validFrom')}
          locale={locale}
        />
        <DateInput
          name="validTo"
          label={t(locale, texts.validTo)}
          hint={t(locale, texts.withoutEnd)}
          value={typedDate(typed, 'validTo')}
          error={errorOf('validTo')}
          optional
          locale={locale}
        />
        <TextInput
          name="reason"
          label={t(locale, texts.reason)}
          value={values.get('reason') ?? ''}
          error={errorOf('reason')}
          optional
          locale={locale}
        />
        <Button>{t(locale, texts.grantRole)}</Button>
      </Form>
    </>
  )
}

const ResetFactor = ({ c, account, state }: { c: Web; account: Account; state: State }) => {
  const locale = c.get('locale')
  const error = errorsBy(locale, state.refusal?.fields)('factorReason')
  return (
    <Details summary={t(locale, factorTexts.reset)} open={error !== undefined}>
      <p class="govuk-body">{t(locale, factorTexts.resetText)}</p>
      <Form csrfToken={c.get('csrf')} action={`${OFFICERS}/${account.officer.id}/hai-lop`} requestId={freshRequestId()}>
        <TextInput
          name="factorReason"
          label={t(locale, factorTexts.reason)}
          value={state.values?.get('factorReason') ?? ''}
          error={error}
        />
        <Button look="warning">{t(locale, factorTexts.reset)}</Button>
      </Form>
    </Details>
  )
}

const Danger = ({ c, account, state, factors }: { c: Web; account: Account; state: State; factors: number }) => {
  const locale = c.get('locale')
  const at = `${OFFICERS}/${account.officer.id}`
  const app = c.get('app')
  const may = (action: string): boolean => app.access(app.province).can(c.get('actor'), action, { agencyCode: account.officer.agencyCode })
  const actor = c.get('actor')
  const isOwn = actor.kind === 'officer' && actor.officerId === account.officer.id
  if (account.officer.deactivatedAt) {
    return may('identity.deactivate-officer') ? (
      <Form csrfToken={c.get('csrf')} action={`${at}/mo-lai`} requestId={freshRequestId()}>
        <Button look="secondary">{t(locale, texts.reactivate)}</Button>
      </Form>
    ) : (
      false
    )
  }
  return (
    <>
      {may('identity.reset-password') && (
        <Details summary={t(locale, texts.resetPassword)}>
          <p class="govuk-body">{t(locale, texts.resetText)}</p>
          <Form csrfToken={c.get('csrf')} action={`${at}/mat-khau`} requestId={freshRequestId()}>
            <TextInput
              name="temporaryPassword"
              label={t(locale, texts.temporaryPassword)}
              hint={t(locale, texts.temporaryHint)}
              width={30}
              spellcheck={false}
              autocomplete="off"
              value={temporaryPassword()}
            />
            <Button look="warning">{t(locale, texts.resetPassword)}</Button>
          </Form>
        </Details>
      )}
      {factors > 0 && !isOwn && may('identity.reset-factor') && <ResetFactor c={c} account={account} state={state} />}
      {may('identity.deactivate-officer') && (
        <Details summary={t(locale, texts.deactivate)}>
          <p class="govuk-body">{t(locale, texts.deactivateText)}</p>
          <Form csrfToken={c.get('csrf')} action={`${at}/ngung`} requestId={freshRequestId()}>
            <TextInput name="closingReason" label={t(locale, texts.reason)} optional locale={locale} />
            <Button look="warning">{t(locale, texts.deactivate)}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}

/** Phone and mail address, which notices and reports go to. */
const Contact = ({ c, account, state }: { c: Web; account: Account; state: State }) => {
  const locale = c.get('locale')
  const { officer } = account
  const target = { agencyCode: officer.agencyCode }
  if (officer.deactivatedAt || !c.get('app').access(c.get('app').province).can(c.get('actor'), 'identity.create-officer', target))
    return null
  const wrong = (state.refusal?.fields ?? []).filter(({ path }) => path === 'phone' || path === 'email')
  const errorOf = errorsBy(locale, wrong)
  return (
    <Details summary={t(locale, { vi: 'Đổi điện thoại, địa chỉ thư', en: 'Change phone and mail address' })} open={wrong.length > 0}>
      <Form csrfToken={c.get('csrf')} action={`${OFFICERS}/${officer.id}/lien-he`} requestId={freshRequestId()}>
        <TextInput
          name="phone"
          label={t(locale, texts.phone)}
          type="tel"
          width={20}
          optional
          autocomplete="off"
          locale={locale}
          value={state.values?.get('phone') ?? officer.phone ?? ''}
          error={errorOf('phone')}
        />
        <TextInput
          name="email"
          label={t(locale, texts.email)}
          hint={t(locale, { vi: 'Thông báo và báo cáo cũng được gửi tới đây', en: 'Notices and reports are sent here too' })}
          type="email"
          optional
          autocomplete="off"
          locale={locale}
          value={state.values?.get('email') ?? officer.email ?? ''}
          error={errorOf('email')}
        />
        <Button look="secondary">{t(locale, { vi: 'Lưu liên hệ', en: 'Save' })}</Button>
      </Form>
    </Details>
  )
}

async function show(c: Web, state: State = {}): Promise<Response> {
  const locale = c.get('locale')
  const account = await accountOf(c)
  const { officer } = account
  const { refusal, password } = state
  const { factors } = await ownFactors(c.get('app'), officer.id)
  if (refusal) c.status(refusal.status)
  const fields = refusal?.fields ?? []
  const text = ownValue(notices, c.req.query('bao'))
  const units = await directory(c)
  const app = c.get('app')
  const mayGrant = app.access(app.province).can(c.get('actor'), 'identity.grant-role')
  const message =
    refusal && fields.length === 0 ? [refusal.message, refusal.next].flatMap((one) => (one ? [t(locale, one)] : [])).join(' ') : undefined
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: { vi: officer.name, en: officer.name },
      back: { href: OFFICERS },
      hasErrors: refusal !== undefined,
      ...(text && !refusal ? { flash: { kind: 'success', text } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={fields} locale={locale} message={message} />}
        {password && (
          <NotificationBanner kind="success" locale={locale}>
            <strong class="cs-tabular">{t(locale, texts.resetDone, { name: officer.name, password: password.text })}</strong>{' '}
            {t(locale, texts.resetNote, { until: formatInstant(Temporal.Instant.from(password.until)) })}
          </NotificationBanner>
        )}
        <h1 class="govuk-heading-l">
          {officer.name} {officer.deactivatedAt && <Tag tone="bad">{t(locale, texts.deactivatedOnes)}</Tag>}
        </h1>
        <SummaryList
          locale={locale}
          plain
          rows={[
            { key: t(locale, texts.username), value: officer.username },
            { key: t(locale, texts.position), value: officer.position || t(locale, texts.none) },
            { key: t(locale, texts.unit), value: units.name(officer.agencyCode, today(c)) },
            { key: t(locale, texts.phone), value: officer.phone ?? t(locale, texts.none) },
            { key: t(locale, texts.email), value: officer.email ?? t(locale, texts.none) },
            {
              key: t(locale, factorTexts.title),
              value:
                factors.map(({ kind }) => t(locale, kind === 'totp' ? factorTexts.kindTotp : factorTexts.kindPasskey)).join(', ') ||
                t(locale, factorTexts.hasNot),
            },
          ]}
        />
        <Contact c={c} account={account} state={state} />
        <Roles c={c} account={account} />
        {mayGrant && !officer.deactivatedAt && <Grant c={c} account={account} state={state} />}
        <Danger c={c} account={account} state={state} factors={factors.length} />
      </div>
    </div>,
  )
}

export const officerPage = (c: Web) => show(c)

/** Runs a command on this officer; a refusal comes back to the page with what was typed. */
async function act<T>(
  c: Web,
  name: string,
  values: URLSearchParams,
  work: (cx: Context) => Promise<Result<T>>,
  then: (value: T) => Response | Promise<Response>,
): Promise<Response> {
  const result = await runFor(c, values, name, work)
  if (result.ok) return then(result.value)
  if (result.error.code === common.denied.code) throw new Refused(result.error)
  return show(c, { values, refusal: result.error })
}

const idOf = (c: Web): string => {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Refused(refusals.unknownOfficer)
  return id
}

const backTo = (c: Web, notice: keyof typeof notices) => () => c.redirect(`${OFFICERS}/${idOf(c)}?bao=${notice}`, 303)

const DAY = say('Nhập ngày, tháng, năm có thật.', 'Enter a day, month and year that exist.')

const grantInput = z.object({
  role: z.enum(officerRoles, say('Chọn vai trò.', 'Choose a role.')),
  agencyCode: z.string(say('Chọn đơn vị.', 'Choose a unit.')).min(1, say('Chọn đơn vị.', 'Choose a unit.')),
  subtree: z.boolean(),
  validFrom: z.string(DAY),
  validTo: z.string(DAY).nullable(),
  reason: z.string().trim().max(300).default(''),
})

export async function grantSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const typed = formObject(values)
  const until = readDate(typed, 'validTo')
  const input = parse(grantInput, {
    ...typed,
    subtree: values.has('subtree'),
    validFrom: readDate(typed, 'validFrom') ?? undefined,
    // Empty is without an end; wrong is wrong.
    validTo: until === undefined ? null : (until ?? undefined),
  })
  if (!input.ok) return show(c, { values, refusal: input.error })
  return act(c, 'identity.grant-role', values, (cx) => grantRole(cx, { officerId: idOf(c), ...input.value }), backTo(c, 'giao-vai-tro'))
}

export async function revokeSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const grantId = values.get('grantId') ?? ''
  if (!isUuid(grantId)) throw new Refused(refusals.unknownGrant)
  return act(c, 'identity.revoke-role', values, (cx) => revokeRole(cx, { grantId, reason: '' }), backTo(c, 'thu-hoi'))
}

export async function contactOfOfficerSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const input = parse(officerContactInput, { phone: values.get('phone') ?? '', email: values.get('email') ?? '' })
  if (!input.ok) return show(c, { values, refusal: input.error })
  const work = (cx: Context) => changeOfficerContact(cx, { officerId: idOf(c), ...input.value })
  return act(c, 'identity.change-officer-contact', values, work, backTo(c, 'lien-he'))
}

/** The answer shows the temporary password once; sending the same form again shows the same one. */
export async function resetSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const text = values.get('temporaryPassword') ?? ''
  const work = (cx: Context) => resetPassword(cx, { officerId: idOf(c), temporaryPassword: text })
  return act(c, 'identity.reset-password', values, work, ({ temporaryUntil }) => show(c, { password: { text, until: temporaryUntil } }))
}

export async function resetFactorSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const reason = values.get('factorReason') ?? ''
  return act(c, 'identity.reset-factor', values, (cx) => resetFactor(cx, { officerId: idOf(c), reason }), backTo(c, 'hai-lop'))
}

export async function deactivateSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const reason = (values.get('closingReason') ?? '').trim().slice(0, 300)
  return act(c, 'identity.deactivate-officer', values, (cx) => deactivateOfficer(cx, { officerId: idOf(c), reason }), backTo(c, 'ngung'))
}

export async function reactivateSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  return act(c, 'identity.reactivate-officer', values, (cx) => reactivateOfficer(cx, { officerId: idOf(c) }), backTo(c, 'mo-lai'))
}
