import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { Checkbox, Checkboxes, Details, Fieldset, InsetText, Radios, Select, TextArea, TextInput } from '../../../../ui/index.ts'
import type { Section } from '../../rules/edit.ts'
import { serviceLevels, stores, tiers, timeUnits, type VersionBody } from '../../rules/procedure.ts'
import { feeKindNames, feeWhenNames, serviceLevelHints, serviceLevelNames, storeNames, tierNames } from '../../rules/words.ts'
import { texts as shared } from '../../texts.ts'
import { texts } from './texts.ts'
import type { Known } from './ways.ts'

export interface SectionProps {
  readonly section: Section
  readonly typed: URLSearchParams
  readonly body: VersionBody
  readonly known: Known
  readonly resolvers: readonly { value: string; label: string }[]
  readonly focus: string
  readonly errorOf: (path: string) => string | undefined
  readonly locale: Locale
}

const unitNames: Record<(typeof timeUnits)[number], { vi: string; en: string }> = {
  hour: { vi: 'giờ làm việc', en: 'working hours' },
  day: { vi: 'ngày', en: 'days' },
  working_day: { vi: 'ngày làm việc', en: 'working days' },
  month: { vi: 'tháng', en: 'months' },
}

/** `fresh`: the empty row that was just asked for. */
type Row = (name: string, fresh: boolean) => Child

/** Rows of a list, each with its buttons, and one empty row at the end. */
const Rows = ({ what, props, row }: { what: string; props: SectionProps; row: Row }) => {
  const { typed, focus, locale } = props
  const filled = Array.from({ length: 60 }, (_, n) => n).filter((n) => typed.get(`rows.${n}.name`))
  const last = filled.at(-1) ?? -1
  return (
    <>
      <p class="govuk-hint">{t(locale, texts.rowsHint)}</p>
      {Array.from({ length: last + 2 }, (_, n) => {
        const name = `rows.${n}`
        const about = typed.get(`${name}.name`) || `${what} ${n + 1}`
        const button = (does: string, text: string, focused: boolean) => (
          <button
            class="govuk-button govuk-button--secondary cs-row-button"
            type="submit"
            name="_do"
            value={`row-${does}:${n}`}
            autofocus={focused}
            data-focus={focused ? true : undefined}
          >
            {text}
            <span class="govuk-visually-hidden"> {about}</span>
          </button>
        )
        return (
          <div class="cs-editor__option">
            <Fieldset legend={t(locale, texts.rowN, { what, n: n + 1 })}>{row(name, focus === 'more' && n === last + 1)}</Fieldset>
            {n <= last && (
              <div class="cs-row-buttons">
                {n > 0 && button('up', t(locale, texts.up), focus === `up:${n}` || (focus === `down:${n}` && n === last))}
                {n < last && button('down', t(locale, texts.down), focus === `down:${n}` || (focus === `up:${n}` && n === 0))}
                {button('remove', t(locale, texts.remove), false)}
              </div>
            )}
          </div>
        )
      })}
    </>
  )
}

/** The inputs of one part of a version. */
export const SectionFields = (props: SectionProps) => {
  const { section, typed, body, known, resolvers, errorOf, locale } = props
  const get = (name: string): string => typed.get(name) ?? ''
  const line = (
    name: string,
    label: string,
    more: {
      autofocus?: boolean
      hint?: string
      width?: 2 | 5 | 10 | 20
      suffix?: string
      optional?: boolean
      inputmode?: 'numeric' | 'decimal'
    } = {},
  ) => <TextInput name={name} label={label} value={get(name)} error={errorOf(name)} maxlength={1000} locale={locale} {...more} />
  const area = (name: string, label: string, more: { hint?: string; rows?: number; optional?: boolean } = {}) => (
    <TextArea name={name} label={label} value={get(name)} error={errorOf(name)} rows={3} locale={locale} {...more} />
  )
  const tick = (name: string, label: string) => <Checkbox name={name} label={label} checked={get(name) === '1'} />
  const english = (name: string, label: string) => line(`${name}En`, `${label} – ${t(locale, texts.english)}`, { optional: true })
  switch (section) {
    case 'ten':
      return (
        <>
          {area('name', t(locale, texts.name), { rows: 2 })}
          {area('nameEn', `${t(locale, texts.name)} – ${t(locale, texts.english)}`, {
            rows: 2,
            optional: true,
            hint: t(locale, texts.englishHint),
          })}
          <Select
            name="field"
            label={t(locale, shared.field)}
            options={known.fields.map(({ code, ...name }) => ({ value: code, label: name[locale] }))}
            value={get('field')}
            error={errorOf('field')}
          />
          <Checkboxes
            name="lifeEvents"
            label={t(locale, shared.lifeEvents)}
            small
            options={known.lifeEvents.map(({ code, ...name }) => ({ value: code, label: name[locale] }))}
            values={typed.getAll('lifeEvents')}
          />
        </>
      )
    case 'noi-giai-quyet':
      return (
        <>
          <Checkboxes
            name="tiers"
            label={t(locale, shared.tiers)}
            small
            options={tiers.map((value) => ({ value, label: t(locale, tierNames[value]) }))}
            values={typed.getAll('tiers')}
            error={errorOf('tiers')}
          />
          <Select
            name="resolver"
            label={t(locale, shared.resolver)}
            options={resolvers}
            value={get('resolver')}
            error={errorOf('resolver')}
          />
          <Radios
            name="serviceLevel"
            label={t(locale, shared.level)}
            options={serviceLevels.map((value) => ({
              value,
              label: t(locale, serviceLevelNames[value]),
              hint: t(locale, serviceLevelHints[value]),
            }))}
            value={get('serviceLevel')}
            error={errorOf('serviceLevel')}
          />
          <Select
            name="form"
            label={t(locale, texts.form)}
            empty={t(locale, texts.formNone)}
            options={known.forms.map(({ code, title }) => ({ value: code, label: title }))}
            value={get('form')}
          />
        </>
      )
    case 'thoi-han':
      return (
        <>
          {line('timeLimit', t(locale, shared.limit), { width: 5, inputmode: 'decimal' })}
          <Select
            name="timeUnit"
            label={t(locale, shared.unit)}
            options={timeUnits.map((value) => ({ value, label: t(locale, unitNames[value]) }))}
            value={get('timeUnit')}
            error={errorOf('timeUnit')}
            empty={false}
          />
          {body.process ? (
            <InsetText>{t(locale, texts.processNote)}</InsetText>
          ) : (
            body.steps.length > 0 && (
              <Fieldset legend={t(locale, shared.steps)} size="m">
                <p class="govuk-hint">{t(locale, shared.stepsHint)}</p>
                {body.steps.map((step, n) => line(`steps.${n}`, t(locale, step.name), { width: 5, inputmode: 'decimal' }))}
              </Fieldset>
            )
          )}
          {(body.process || body.steps.length > 0) && tick('rescale', t(locale, texts.rescale))}
        </>
      )
    case 'phi':
      return (
        <Rows
          what={t(locale, texts.fee)}
          props={props}
          row={(name, fresh) => (
            <>
              {line(`${name}.name`, t(locale, shared.name), { autofocus: fresh })}
              {line(`${name}.amount`, t(locale, shared.amount), { width: 10, suffix: 'đ', inputmode: 'numeric' })}
              <Select
                name={`${name}.kind`}
                label={t(locale, shared.kind)}
                options={(['fee', 'charge', 'obligation'] as const).map((value) => ({ value, label: t(locale, feeKindNames[value]) }))}
                value={get(`${name}.kind`) || 'fee'}
                empty={false}
              />
              <Select
                name={`${name}.when`}
                label={t(locale, shared.when)}
                options={(['submit', 'result', 'assessed'] as const).map((value) => ({ value, label: t(locale, feeWhenNames[value]) }))}
                value={get(`${name}.when`) || 'submit'}
                empty={false}
              />
              <Details summary={t(locale, texts.more)} open={Boolean(get(`${name}.nameEn`) || get(`${name}.exemptions`))}>
                {english(`${name}.name`, t(locale, shared.name))}
                {line(`${name}.exemptions`, t(locale, texts.exemptions), { optional: true })}
                {english(`${name}.exemptions`, t(locale, texts.exemptions))}
              </Details>
            </>
          )}
        />
      )
    case 'giay-to':
      return (
        <Rows
          what={t(locale, texts.paper)}
          props={props}
          row={(name, fresh) => (
            <>
              <input type="hidden" name={`${name}.code`} value={get(`${name}.code`)} />
              {line(`${name}.name`, t(locale, shared.name), { autofocus: fresh })}
              <div class="cs-editor__condition">
                {line(`${name}.original`, t(locale, shared.original), { width: 2, inputmode: 'numeric' })}
                {line(`${name}.copy`, t(locale, shared.copy), { width: 2, inputmode: 'numeric' })}
              </div>
              <Checkbox
                name={`${name}.required`}
                label={t(locale, shared.required)}
                checked={get(`${name}.required`) === '1' || !get(`${name}.name`)}
              />
              {tick(`${name}.fromForm`, t(locale, texts.fromForm))}
              <Select
                name={`${name}.held`}
                label={t(locale, texts.held)}
                empty={t(locale, texts.heldNone)}
                options={stores.map((value) => ({ value, label: t(locale, storeNames[value]) }))}
                value={get(`${name}.held`)}
              />
              <Details summary={t(locale, texts.more)} open={Boolean(get(`${name}.nameEn`) || get(`${name}.note`))}>
                {english(`${name}.name`, t(locale, shared.name))}
                {line(`${name}.note`, t(locale, shared.note), { optional: true })}
                {english(`${name}.note`, t(locale, shared.note))}
              </Details>
            </>
          )}
        />
      )
    case 'ket-qua':
      return (
        <Rows
          what={t(locale, texts.result)}
          props={props}
          row={(name, fresh) => (
            <>
              {line(`${name}.name`, t(locale, shared.name), { autofocus: fresh })}
              {english(`${name}.name`, t(locale, shared.name))}
              {(['electronic', 'document'] as const).map((part) => (
                <Checkbox
                  name={`${name}.${part}`}
                  label={t(locale, texts[part])}
                  checked={get(`${name}.${part}`) === '1' || !get(`${name}.name`)}
                />
              ))}
            </>
          )}
        />
      )
    case 'giai-thich':
      return (
        <>
          {area('what', t(locale, shared.what))}
          {area('whatEn', `${t(locale, shared.what)} – ${t(locale, texts.english)}`, { optional: true })}
          {area('who', t(locale, shared.who))}
          {area('whoEn', `${t(locale, shared.who)} – ${t(locale, texts.english)}`, { optional: true })}
          {area('keywords', t(locale, shared.keywords), { hint: t(locale, shared.perLine), rows: 5, optional: true })}
        </>
      )
    case 'phap-ly':
      return (
        <>
          {area('legalBasis', t(locale, shared.law), { hint: t(locale, shared.perLine), rows: 6 })}
          {area('sourceNote', t(locale, texts.sourceNote), { optional: true })}
        </>
      )
  }
}
