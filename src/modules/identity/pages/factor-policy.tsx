import { z } from 'zod'
import { officerRoles } from '../../../kernel/context.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, say } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame, roleNames } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  errorsBy,
  Form,
  formatDay,
  page,
  readDate,
  Select,
  Table,
  Tag,
  TextInput,
  typedDate,
  WarningText,
} from '../../../ui/index.ts'
import { changeFactorPolicy, changeFreshMinutes } from '../commands/change-factor-policy.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { factorPolicy } from '../queries/factors.ts'
import { factorLevels } from '../rules/factor-policy.ts'
import { texts as common } from '../texts.ts'
import { Wrong } from './factor-parts.tsx'
import { OFFICERS } from './officers.tsx'
import { today } from './parts.tsx'
import { freshRequestId } from './request-id.ts'

export const FACTOR_POLICY = '/quan-tri/hai-lop'

const tones = { none: 'neutral', offered: 'info', required: 'good' } as const

async function show(c: Web, state: { values?: URLSearchParams; refusal?: Refusal } = {}): Promise<Response> {
  const locale = c.get('locale')
  const { values, refusal } = state
  if (refusal) c.status(refusal.status)
  const policy = await factorPolicy(c.get('app'))
  const errorOf = errorsBy(locale, refusal?.fields)
  const typed = formObject(values ?? new URLSearchParams())
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: texts.policyTitle,
      hasErrors: refusal !== undefined,
      ...(c.req.query('bao') === 'da-dat' && !refusal ? { flash: { kind: 'success', text: texts.saved } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Wrong c={c} refusal={refusal} />
        <h1 class="govuk-heading-l">{t(locale, texts.policyTitle)}</h1>
        <p class="govuk-body">{t(locale, texts.policyText)}</p>
        {policy.without.length > 0 && (
          <WarningText locale={locale}>
            <a class="govuk-link" href={`${OFFICERS}?hai-lop=chua`}>
              {t(locale, texts.without, { n: policy.without.length })}
            </a>
            . {t(locale, texts.withoutText)}
          </WarningText>
        )}
        <Table
          caption={t(locale, texts.policyTitle)}
          captionHidden
          locale={locale}
          rows={officerRoles}
          columns={[
            { key: 'role', label: t(locale, texts.forRole), header: true, cell: (role) => t(locale, roleNames[role]) },
            {
              key: 'now',
              label: t(locale, texts.policyNow),
              cell: (role) => <Tag tone={tones[policy.today[role]]}>{t(locale, texts.levelNames[policy.today[role]])}</Tag>,
            },
            {
              key: 'coming',
              label: t(locale, texts.policyComing),
              cell: (role) =>
                policy.coming
                  .filter((one) => one.role === role)
                  .map((one) =>
                    t(locale, texts.policyFrom, { level: t(locale, texts.levelNames[one.level]), day: formatDay(one.validFrom) }),
                  )
                  .join('; ') || '–',
            },
          ]}
        />
        <h2 class="govuk-heading-m">{t(locale, texts.change)}</h2>
        <Form csrfToken={c.get('csrf')} requestId={freshRequestId()}>
          <Select
            name="role"
            label={t(locale, texts.forRole)}
            options={officerRoles.map((role) => ({ value: role, label: t(locale, roleNames[role]) }))}
            value={values?.get('role') ?? undefined}
            error={errorOf('role')}
            locale={locale}
          />
          <Select
            name="level"
            label={t(locale, texts.level)}
            options={factorLevels.map((level) => ({ value: level, label: t(locale, texts.levelNames[level]) }))}
            value={values?.get('level') ?? undefined}
            error={errorOf('level')}
            locale={locale}
          />
          <DateInput
            name="validFrom"
            label={t(locale, texts.fromDay)}
            value={values?.has('validFrom-day') ? typedDate(typed, 'validFrom') : today(c)}
            error={errorOf('validFrom')}
            locale={locale}
          />
          <Button>{t(locale, texts.set)}</Button>
        </Form>
        <h2 class="govuk-heading-m">{t(locale, texts.fresh)}</h2>
        <p class="govuk-body">{t(locale, texts.freshText)}</p>
        <Form csrfToken={c.get('csrf')} action={`${FACTOR_POLICY}/xac-nhan`} requestId={freshRequestId()}>
          <TextInput
            name="freshMinutes"
            label={t(locale, texts.freshMinutes)}
            width={4}
            inputmode="numeric"
            value={values?.get('freshMinutes') ?? String(policy.freshMinutes)}
            error={errorOf('freshMinutes')}
          />
          <Button look="secondary">{t(locale, common.save)}</Button>
        </Form>
      </div>
    </div>,
  )
}

export const factorPolicyForm = (c: Web) => show(c)

const DAY = say('Nhập ngày, tháng, năm có thật.', 'Enter a day, month and year that exist.')

const policyInput = z.object({
  role: z.enum(officerRoles, say('Chọn vai trò.', 'Choose a role.')),
  level: z.enum(['none', 'offered', 'required'], say('Chọn mức.', 'Choose a level.')),
  validFrom: z.string(DAY),
})

function answer(c: Web, values: URLSearchParams, result: { ok: true } | { ok: false; error: Refusal }): Response | Promise<Response> {
  if (result.ok) return c.redirect(`${FACTOR_POLICY}?bao=da-dat`, 303)
  if (result.error.code === refusals.denied.code) throw new Refused(result.error)
  return show(c, { values, refusal: result.error })
}

export async function factorPolicySend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const typed = formObject(values)
  const input = parse(policyInput, { ...typed, validFrom: readDate(typed, 'validFrom') ?? undefined })
  if (!input.ok) return show(c, { values, refusal: input.error })
  return answer(c, values, await runFor(c, values, 'identity.change-factor-policy', (cx) => changeFactorPolicy(cx, input.value)))
}

const MINUTES = say('Nhập số phút từ 1 đến 720.', 'Enter minutes from 1 to 720.')
const freshInput = z.object({ freshMinutes: z.coerce.number(MINUTES).int(MINUTES).min(1, MINUTES).max(720, MINUTES) })

export async function freshMinutesSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const input = parse(freshInput, formObject(values))
  if (!input.ok) return show(c, { values, refusal: input.error })
  return answer(c, values, await runFor(c, values, 'identity.change-factor-setting', (cx) => changeFreshMinutes(cx, input.value)))
}
