import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Checkbox, Checkboxes, DateInput, Fieldset, Radios, Select, TextArea, TextInput, typedDate } from '../../../ui/index.ts'
import { serviceLevels, tiers, timeUnits, type VersionBody } from '../rules/procedure.ts'
import { feeKindNames, feeWhenNames, serviceLevelNames, tierNames } from '../rules/words.ts'
import type { LifeEvent, NamedCode } from '../store.ts'
import { texts } from '../texts.ts'

/** What the page starts with, as its inputs would post it. */
export function startOf(body: VersionBody, resolver: string): URLSearchParams {
  const form = new URLSearchParams()
  const set = (name: string, value: string | number): void => form.append(name, String(value))
  set('name', body.name.vi)
  set('nameEn', body.name.en)
  set('field', body.field)
  for (const tier of body.tiers) set('tiers', tier)
  set('resolver', resolver)
  set('serviceLevel', body.serviceLevel)
  set('timeLimit', String(body.timeLimit.amount).replace('.', ','))
  set('timeUnit', body.timeLimit.unit)
  for (const [n, { allowance }] of body.steps.entries()) set(`steps.${n}`, String(allowance).replace('.', ','))
  body.fees.forEach((fee, n) => {
    set(`fees.${n}.name`, fee.name.vi)
    set(`fees.${n}.kind`, fee.kind)
    set(`fees.${n}.amount`, String(fee.amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.'))
    set(`fees.${n}.when`, fee.when)
  })
  body.components.forEach((one, n) => {
    set(`components.${n}.name`, one.name.vi)
    set(`components.${n}.original`, one.original)
    set(`components.${n}.copy`, one.copy)
    if (one.required) set(`components.${n}.required`, 1)
    set(`components.${n}.note`, one.note?.vi ?? '')
  })
  for (const event of body.lifeEvents) set('lifeEvents', event)
  set('what', body.description?.what.vi ?? '')
  set('who', body.description?.who.vi ?? '')
  set('legalBasis', body.legalBasis.join('\n'))
  set('keywords', body.keywords.join('\n'))
  set('form', body.form ?? '')
  return form
}

export interface EditFieldsProps {
  readonly typed: URLSearchParams
  readonly before: VersionBody
  readonly fields: readonly NamedCode[]
  readonly lifeEvents: readonly LifeEvent[]
  readonly resolvers: readonly { value: string; label: string }[]
  readonly locale: Locale
  readonly errorOf: (path: string) => string | undefined
}

const unitNames: Record<(typeof timeUnits)[number], { vi: string; en: string }> = {
  hour: { vi: 'giờ làm việc', en: 'working hours' },
  day: { vi: 'ngày', en: 'days' },
  working_day: { vi: 'ngày làm việc', en: 'working days' },
  month: { vi: 'tháng', en: 'months' },
}

const Fees = ({ typed, before, locale, errorOf }: EditFieldsProps) => (
  <Fieldset legend={t(locale, texts.fees)} size="m">
    <p class="govuk-hint">{t(locale, texts.rowsHint)}</p>
    {Array.from({ length: before.fees.length + 1 }, (_, n) => (
      <Fieldset legend={`${t(locale, texts.fee)} ${n + 1}`}>
        <TextInput name={`fees.${n}.name`} label={t(locale, texts.name)} value={typed.get(`fees.${n}.name`) ?? ''} />
        <TextInput
          name={`fees.${n}.amount`}
          label={t(locale, texts.amount)}
          inputmode="numeric"
          width={10}
          suffix="đ"
          value={typed.get(`fees.${n}.amount`) ?? ''}
          error={errorOf(`fees.${n}.amount`)}
        />
        <Select
          name={`fees.${n}.kind`}
          label={t(locale, texts.kind)}
          options={(['fee', 'charge', 'obligation'] as const).map((value) => ({ value, label: t(locale, feeKindNames[value]) }))}
          value={typed.get(`fees.${n}.kind`) ?? 'fee'}
          empty={false}
        />
        <Select
          name={`fees.${n}.when`}
          label={t(locale, texts.when)}
          options={(['submit', 'result', 'assessed'] as const).map((value) => ({ value, label: t(locale, feeWhenNames[value]) }))}
          value={typed.get(`fees.${n}.when`) ?? 'submit'}
          empty={false}
        />
      </Fieldset>
    ))}
  </Fieldset>
)

const Components = ({ typed, before, locale, errorOf }: EditFieldsProps) => (
  <Fieldset legend={t(locale, texts.components)} size="m">
    <p class="govuk-hint">{t(locale, texts.rowsHint)}</p>
    {Array.from({ length: before.components.length + 1 }, (_, n) => (
      <Fieldset legend={`${t(locale, texts.components)} ${n + 1}`}>
        <TextInput name={`components.${n}.name`} label={t(locale, texts.name)} value={typed.get(`components.${n}.name`) ?? ''} />
        {(['original', 'copy'] as const).map((part) => (
          <TextInput
            name={`components.${n}.${part}`}
            label={t(locale, texts[part])}
            inputmode="numeric"
            width={2}
            value={typed.get(`components.${n}.${part}`) ?? ''}
            error={errorOf(`components.${n}.${part}`)}
          />
        ))}
        <Checkbox
          name={`components.${n}.required`}
          label={t(locale, texts.required)}
          checked={typed.get(`components.${n}.required`) === '1'}
        />
        <TextInput name={`components.${n}.note`} label={t(locale, texts.note)} optional value={typed.get(`components.${n}.note`) ?? ''} />
      </Fieldset>
    ))}
  </Fieldset>
)

const Duration = ({ typed, before, locale, errorOf }: EditFieldsProps) => (
  <>
    <TextInput
      name="timeLimit"
      label={t(locale, texts.limit)}
      inputmode="decimal"
      width={5}
      value={typed.get('timeLimit') ?? ''}
      error={errorOf('timeLimit')}
    />
    <Select
      name="timeUnit"
      label={t(locale, texts.unit)}
      options={timeUnits.map((value) => ({ value, label: t(locale, unitNames[value]) }))}
      value={typed.get('timeUnit') ?? ''}
      error={errorOf('timeUnit')}
    />
    {before.steps.length > 0 && (
      <Fieldset legend={t(locale, texts.steps)} size="m">
        <p class="govuk-hint">{t(locale, texts.stepsHint)}</p>
        {errorOf('steps') && (
          <p class="govuk-error-message" id="steps">
            {errorOf('steps')}
          </p>
        )}
        {before.steps.map((step, n) => (
          <TextInput
            name={`steps.${n}`}
            label={t(locale, step.name)}
            inputmode="decimal"
            width={5}
            value={typed.get(`steps.${n}`) ?? ''}
            error={errorOf(`steps.${n}`)}
          />
        ))}
      </Fieldset>
    )}
  </>
)

/** The parts of a version that an officer changes. */
export const EditFields = (props: EditFieldsProps) => {
  const { typed, fields, lifeEvents, resolvers, locale, errorOf } = props
  const text = (name: string): string => typed.get(name) ?? ''
  return (
    <>
      <DateInput
        name="validFrom"
        label={t(locale, texts.from)}
        value={typedDate(Object.fromEntries(typed), 'validFrom')}
        error={errorOf('validFrom')}
        locale={locale}
      />
      <TextInput name="name" label={t(locale, texts.name)} value={text('name')} error={errorOf('name')} />
      <TextInput name="nameEn" label={t(locale, texts.nameEn)} optional value={text('nameEn')} />
      <Select
        name="field"
        label={t(locale, texts.field)}
        options={fields.map(({ code, ...name }) => ({ value: code, label: name[locale] }))}
        value={text('field')}
        error={errorOf('field')}
      />
      <Checkboxes
        name="tiers"
        label={t(locale, texts.tiers)}
        options={tiers.map((value) => ({ value, label: t(locale, tierNames[value]) }))}
        values={typed.getAll('tiers')}
        error={errorOf('tiers')}
      />
      <Select name="resolver" label={t(locale, texts.resolver)} options={resolvers} value={text('resolver')} error={errorOf('resolver')} />
      <Radios
        name="serviceLevel"
        label={t(locale, texts.level)}
        options={serviceLevels.map((value) => ({ value, label: t(locale, serviceLevelNames[value]) }))}
        value={text('serviceLevel')}
        error={errorOf('serviceLevel')}
      />
      <TextInput
        name="form"
        label={t(locale, texts.form)}
        hint={t(locale, texts.formHint)}
        optional
        width={20}
        value={text('form')}
        error={errorOf('form')}
      />
      <Duration {...props} />
      <Fees {...props} />
      <Components {...props} />
      <Checkboxes
        name="lifeEvents"
        label={t(locale, texts.lifeEvents)}
        small
        options={lifeEvents.map(({ code, ...name }) => ({ value: code, label: name[locale] }))}
        values={typed.getAll('lifeEvents')}
      />
      <TextArea name="what" label={t(locale, texts.what)} rows={3} value={text('what')} />
      <TextArea name="who" label={t(locale, texts.who)} rows={3} value={text('who')} />
      <TextArea name="legalBasis" label={t(locale, texts.law)} hint={t(locale, texts.perLine)} rows={4} value={text('legalBasis')} />
      <TextArea name="keywords" label={t(locale, texts.keywords)} hint={t(locale, texts.perLine)} rows={4} value={text('keywords')} />
      <TextInput name="change" label={t(locale, texts.change)} hint={t(locale, texts.changeHint)} optional value={text('change')} />
      <Checkbox name="abolished" label={t(locale, texts.abolish)} checked={text('abolished') === '1'} />
    </>
  )
}
