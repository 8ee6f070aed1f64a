import { z } from 'zod'
import { run } from '../../../kernel/command.ts'
import { refusals as common, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, requestIdOf, say } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, Form, formatInstant, page, TextInput } from '../../../ui/index.ts'
import { changeSessionPolicy } from '../commands/change-session-policy.ts'
import { presentPolicies } from '../queries/permissions.ts'
import { texts } from '../texts.ts'
import { freshRequestId } from './request-id.ts'

const HERE = '/quan-tri/phien-dang-nhap'
const names = { citizen: texts.forCitizens, officer: texts.forOfficers } as const

async function show(c: Web, state: { values?: URLSearchParams; refusal?: Refusal } = {}): Promise<Response> {
  const locale = c.get('locale')
  const { values, refusal } = state
  if (refusal) c.status(refusal.status)
  const policies = await presentPolicies(c.get('app'))
  const errorOf = errorsBy(locale, refusal?.fields)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: texts.policyTitle,
      hasErrors: refusal !== undefined,
      ...(c.req.query('bao') === 'da-luu' ? { flash: { kind: 'success', text: texts.saved } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && (
          <ErrorSummary errors={refusal.fields ?? []} locale={locale} message={refusal.fields ? undefined : t(locale, refusal.message)} />
        )}
        <h1 class="govuk-heading-l">{t(locale, texts.policyTitle)}</h1>
        {policies.map((policy) => {
          const kind = policy.subjectKind
          const sent = values?.get('subjectKind') === kind ? values : undefined
          const field = (name: 'idleMinutes' | 'absoluteMinutes', label: string) => (
            <TextInput
              name={`${kind}.${name}`}
              label={label}
              width={4}
              inputmode="numeric"
              value={sent?.get(`${kind}.${name}`) ?? String(policy[name])}
              error={errorOf(`${kind}.${name}`)}
            />
          )
          return (
            <Form csrfToken={c.get('csrf')} requestId={freshRequestId()} class="govuk-!-margin-bottom-8">
              <h2 class="govuk-heading-m">{t(locale, names[kind])}</h2>
              <input type="hidden" name="subjectKind" value={kind} />
              {field('idleMinutes', t(locale, texts.idle))}
              {field('absoluteMinutes', t(locale, texts.absolute))}
              {policy.validFrom.epochMilliseconds > 1_000_000_000_000 && (
                <p class="govuk-body-s">{t(locale, texts.policySince, { from: formatInstant(policy.validFrom) })}</p>
              )}
              <Button look="secondary">
                {t(locale, texts.save)}
                <span class="govuk-visually-hidden">: {t(locale, names[kind])}</span>
              </Button>
            </Form>
          )
        })}
      </div>
    </div>,
  )
}

export const sessionPolicyForm = (c: Web) => show(c)

const minutes = (from: number, to: number) => {
  const text = say(`Nhập số phút từ ${from} đến ${to}.`, `Enter minutes from ${from} to ${to}.`)
  return z.coerce.number(text).int(text).min(from, text).max(to, text)
}

const input = z.object({
  subjectKind: z.enum(['citizen', 'officer']),
  idleMinutes: minutes(5, 1440),
  absoluteMinutes: minutes(15, 10_080),
})

export async function sessionPolicySend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const typed = formObject(values) as Record<string, string>
  const kind = typed.subjectKind ?? ''
  const parsed = parse(input, {
    subjectKind: kind,
    idleMinutes: typed[`${kind}.idleMinutes`] ?? '',
    absoluteMinutes: typed[`${kind}.absoluteMinutes`] ?? '',
  })
  if (!parsed.ok) {
    const fields = (parsed.error.fields ?? []).map((field) => ({ ...field, path: `${kind}.${field.path}` }))
    return show(c, { values, refusal: { ...parsed.error, fields } })
  }
  const app = c.get('app')
  const call = { province: app.province, actor: c.get('actor'), requestId: requestIdOf(values), name: 'identity.change-session-policy' }
  const result = await run(app, call, (cx) => changeSessionPolicy(cx, parsed.value))
  if (result.ok) return c.redirect(`${HERE}?bao=da-luu`, 303)
  if (result.error.code === common.denied.code) throw new Refused(result.error)
  return show(c, { values, refusal: result.error })
}
