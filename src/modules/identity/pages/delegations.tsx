import { z } from 'zod'
import { run } from '../../../kernel/command.ts'
import { refusals as common, type Refusal, Refused, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, requestIdOf, say } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame, roleNames } from '../../../ui/frame.ts'
import {
  Button,
  Checkbox,
  DateInput,
  ErrorSummary,
  errorsBy,
  Form,
  page,
  Radios,
  readDate,
  Select,
  Table,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import { delegateRole } from '../commands/delegate-role.ts'
import { revokeRole } from '../commands/revoke-role.ts'
import { refusals } from '../errors.ts'
import { officerAccount } from '../queries/account.ts'
import { officerIdOf } from '../queries/officers.ts'
import { isInForce } from '../rules/granting.ts'
import { texts } from '../texts.ts'
import { directory, periodText, placeName, today, unitOptions } from './parts.tsx'
import { freshRequestId } from './request-id.ts'

const HERE = '/tai-khoan/uy-quyen'

async function accountOf(c: Web) {
  const actor = c.get('actor')
  const account = actor.kind === 'officer' ? await officerAccount(c.get('app'), actor.officerId) : undefined
  if (!account) throw new Refused(common.denied)
  return account
}

async function show(c: Web, state: { values: URLSearchParams; requestId: string; refusal?: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const { refusal, values } = state
  if (refusal) c.status(refusal.status)
  const { grants, delegated } = await accountOf(c)
  const [units, day] = [await directory(c), today(c)]
  const own = grants.filter((grant) => grant.delegatedFrom === null && isInForce(grant, day))
  const fields = refusal?.fields ?? []
  const errorOf = errorsBy(locale, fields)
  const reached = new Set(
    own.flatMap((grant) => (grant.subtree ? units.list(day, { within: grant.agencyCode }).map((unit) => unit.code) : [grant.agencyCode])),
  )
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: texts.delegations,
      back: { href: '/tai-khoan' },
      hasErrors: refusal !== undefined,
      ...(c.req.query('bao') === 'xong' ? { flash: { kind: 'success', text: texts.delegatedDone } } : {}),
      ...(c.req.query('bao') === 'thu-hoi' ? { flash: { kind: 'success', text: texts.takenBack } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && (
          <ErrorSummary
            errors={fields}
            locale={locale}
            message={fields.length === 0 ? `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}` : undefined}
          />
        )}
        <h1 class="govuk-heading-l">{t(locale, texts.delegations)}</h1>
        <p class="govuk-body">{t(locale, texts.delegationsText)}</p>
        <h2 class="govuk-heading-m">{t(locale, texts.givenOn)}</h2>
        <Table
          caption={t(locale, texts.givenOn)}
          captionHidden
          locale={locale}
          rows={delegated}
          empty={<p class="govuk-body">{t(locale, texts.nothingDelegated)}</p>}
          columns={[
            { key: 'who', label: t(locale, texts.person), header: true, cell: (grant) => grant.delegateName },
            {
              key: 'role',
              label: t(locale, texts.role),
              cell: (grant) => `${t(locale, roleNames[grant.role])}, ${placeName(locale, units, day, grant)}`,
            },
            { key: 'period', label: t(locale, texts.period), cell: (grant) => periodText(locale, grant) },
            {
              key: 'back',
              label: t(locale, texts.takeBack),
              labelHidden: true,
              cell: (grant) => (
                <Form csrfToken={c.get('csrf')} action={`${HERE}/thu-hoi`} requestId={freshRequestId()}>
                  <input type="hidden" name="grantId" value={grant.id} />
                  <Button look="secondary">
                    {t(locale, texts.takeBack)}
                    <span class="govuk-visually-hidden">: {grant.delegateName}</span>
                  </Button>
                </Form>
              ),
            },
          ]}
        />
        <h2 class="govuk-heading-m">{t(locale, texts.delegate)}</h2>
        {own.length === 0 ? (
          <p class="govuk-body">{t(locale, texts.noHeldRoles)}</p>
        ) : (
          <Form csrfToken={c.get('csrf')} requestId={state.requestId} unsaved>
            <Radios
              name="grantId"
              label={t(locale, texts.whichRole)}
              options={own.map((grant) => ({
                value: grant.id,
                label: `${t(locale, roleNames[grant.role])}, ${placeName(locale, units, day, grant)}`,
              }))}
              value={values.get('grantId') ?? (own.length === 1 ? own[0]?.id : undefined)}
              error={errorOf('grantId')}
            />
            <TextInput
              name="delegate"
              label={t(locale, texts.toWhom)}
              width={20}
              spellcheck={false}
              value={values.get('delegate') ?? ''}
              error={errorOf('delegate')}
            />
            <Select
              name="agencyCode"
              label={t(locale, texts.forUnit)}
              options={unitOptions(units, day, [...reached])}
              value={values.get('agencyCode') ?? own[0]?.agencyCode}
              error={errorOf('agencyCode')}
              locale={locale}
            />
            <Checkbox name="subtree" label={t(locale, texts.includeBelow)} checked={values.has('subtree')} />
            <DateInput
              name="validFrom"
              label={t(locale, texts.validFrom)}
              value={values.has('validFrom-day') ? typedDate(formObject(values), 'validFrom') : day}
              error={errorOf('validFrom')}
              locale={locale}
            />
            <DateInput
              name="validTo"
              label={t(locale, texts.validTo)}
              value={typedDate(formObject(values), 'validTo')}
              error={errorOf('validTo')}
              locale={locale}
            />
            <TextInput name="reason" label={t(locale, texts.reason)} value={values.get('reason') ?? ''} error={errorOf('reason')} />
            <Button>{t(locale, texts.delegate)}</Button>
          </Form>
        )}
      </div>
    </div>,
  )
}

export const delegationsForm = (c: Web) => show(c, { values: new URLSearchParams(), requestId: freshRequestId() })

const DAY = say('Nhập ngày, tháng, năm có thật.', 'Enter a day, month and year that exist.')

const delegateInput = z.object({
  grantId: z.uuid(say('Chọn vai trò muốn ủy quyền.', 'Choose the role to hand on.')),
  delegateId: z.uuid(say('Không có cán bộ đang hoạt động với tên đăng nhập này.', 'No active officer has this user name.')),
  agencyCode: z.string().min(1, say('Chọn đơn vị.', 'Choose a unit.')),
  subtree: z.boolean(),
  validFrom: z.string(DAY).min(10, DAY),
  validTo: z.string(DAY).min(10, DAY),
  reason: z.string().trim().min(1, say('Ghi lý do.', 'Give a reason.')).max(300),
})

const callOf = (c: Web, requestId: string | undefined, name: string) => ({
  ...{ province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name },
})

export async function delegationsSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const requestId = requestIdOf(values)
  const again = (refusal: Refusal) => show(c, { values, requestId: requestId ?? freshRequestId(), refusal })
  const input = parse(delegateInput, {
    ...formObject(values),
    delegateId: (await officerIdOf(c.get('app'), values.get('delegate') ?? '')) ?? '',
    subtree: values.has('subtree'),
    validFrom: readDate(formObject(values), 'validFrom') ?? '',
    validTo: readDate(formObject(values), 'validTo') ?? '',
  })
  if (!input.ok) {
    const fields = (input.error.fields ?? []).map((field) => (field.path === 'delegateId' ? { ...field, path: 'delegate' } : field))
    return again(withFields(input.error, fields))
  }
  const result = await run(c.get('app'), callOf(c, requestId, 'identity.delegate-role'), (cx) => delegateRole(cx, input.value))
  return result.ok ? c.redirect(`${HERE}?bao=xong`, 303) : again(result.error)
}

export async function delegationRevokeSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const grantId = values.get('grantId') ?? ''
  if (!isUuid(grantId)) throw new Refused(refusals.unknownGrant)
  const call = callOf(c, requestIdOf(values), 'identity.revoke-role')
  const result = await run(c.get('app'), call, (cx) => revokeRole(cx, { grantId, reason: '' }))
  if (!result.ok) throw new Refused(result.error)
  return c.redirect(`${HERE}?bao=thu-hoi`, 303)
}
