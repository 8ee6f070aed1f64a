import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { Checkbox, Checkboxes, Details, Fieldset, Radios, Select, TextInput } from '../../../../ui/index.ts'
import type { Field, FormDefinition } from '../../rules/definition.ts'
import { mediaNames, whenNames } from '../../rules/edit/words.ts'
import { DoButton, words } from './parts.tsx'
import { texts } from './texts.ts'

export interface LimitsProps {
  readonly field: Field
  readonly definition: FormDefinition
  readonly typed: URLSearchParams
  /** Papers of the procedures that are filed with this form. */
  readonly components: readonly { readonly value: string; readonly label: string }[]
  readonly focus: string
  readonly errorOf: (path: string) => string | undefined
  readonly locale: Locale
}

/** What an answer of this kind may be. */
export const Limits = (props: LimitsProps) => {
  const { field, definition, typed, components, errorOf, locale } = props
  const line = (name: string, label: Child, more: { hint?: string; width?: 3 | 5 | 10 | 20; suffix?: string; optional?: boolean } = {}) => (
    <TextInput name={name} label={label} value={typed.get(name) ?? ''} error={errorOf(name)} locale={locale} {...more} />
  )
  const tick = (name: string, label: string) => <Checkbox name={name} label={label} checked={typed.get(name) === '1'} />
  const number = { width: 10, optional: true } as const
  switch (field.type) {
    case 'text':
      return (
        <>
          {line('q.maxLength', t(locale, texts.maxLength), { width: 5 })}
          {line('q.minLength', t(locale, texts.minLength), { width: 5, optional: true })}
          <Details summary={t(locale, texts.pattern)} open={Boolean(typed.get('q.pattern'))}>
            {line('q.pattern', t(locale, texts.pattern), { hint: t(locale, texts.patternHint), optional: true })}
            {line('q.patternMessage', t(locale, texts.patternMessage), { optional: true })}
            {line('q.patternMessageEn', t(locale, texts.english), { optional: true })}
          </Details>
        </>
      )
    case 'longText':
      return line('q.maxLength', t(locale, texts.maxLength), { width: 5 })
    case 'number':
      return (
        <>
          {line('q.min', t(locale, texts.min), number)}
          {line('q.max', t(locale, texts.max), number)}
          {tick('q.integer', t(locale, texts.integer))}
          {line('q.unit', t(locale, texts.unit), { width: 10, optional: true })}
          {line('q.unitEn', `${t(locale, texts.unit)} – ${t(locale, texts.english)}`, { width: 10, optional: true })}
        </>
      )
    case 'money':
      return (
        <>
          {line('q.min', t(locale, texts.min), { width: 20, optional: true, suffix: 'đ' })}
          {line('q.max', t(locale, texts.max), { width: 20, optional: true, suffix: 'đ' })}
        </>
      )
    case 'date':
      return (
        <>
          <Radios
            name="q.when"
            label={t(locale, texts.when)}
            small
            value={typed.get('q.when') ?? 'any'}
            options={(['any', 'past', 'past-or-today', 'today-or-future'] as const).map((value) => ({
              value,
              label: t(locale, whenNames[value]),
            }))}
          />
          {line('q.earliest', t(locale, texts.earliest), { hint: t(locale, texts.earliestHint), width: 10, optional: true })}
        </>
      )
    case 'choice':
    case 'choices':
      return <Options {...props} />
    case 'address':
      return tick('q.lineRequired', t(locale, texts.lineRequired))
    case 'personalNumber':
      return (
        <Select
          name="q.birthDate"
          label={t(locale, texts.birthDate)}
          hint={t(locale, texts.birthDateHint)}
          empty={t(locale, texts.noField)}
          value={typed.get('q.birthDate') ?? ''}
          options={definition.pages
            .flatMap(({ fields }) => fields)
            .filter(({ type }) => type === 'date')
            .map(({ id, label }) => ({ value: id, label: words(locale, label) }))}
        />
      )
    case 'file':
      return (
        <>
          <Select
            name="q.component"
            label={t(locale, texts.component)}
            empty={t(locale, texts.componentOther)}
            value={typed.get('q.component') ?? ''}
            options={components}
          />
          <Checkboxes
            name="q.accept"
            label={t(locale, texts.accept)}
            small
            values={typed.getAll('q.accept')}
            options={[...new Set([...Object.keys(mediaNames), ...field.accept])].map((value) => ({
              value,
              label: mediaNames[value] ? t(locale, mediaNames[value]) : value,
            }))}
          />
          {line('q.maxMb', t(locale, texts.maxMb), { width: 3, suffix: 'MB' })}
          {line('q.maxFiles', t(locale, texts.maxFiles), { width: 3 })}
        </>
      )
    case 'group':
      return (
        <>
          {line('q.itemLabel', t(locale, texts.itemLabel), { hint: t(locale, texts.itemLabelHint), width: 20 })}
          {line('q.itemLabelEn', `${t(locale, texts.itemLabel)} – ${t(locale, texts.english)}`, { width: 20, optional: true })}
          {line('q.min', t(locale, texts.minItems), { width: 3 })}
          {line('q.max', t(locale, texts.maxItems), { width: 3 })}
        </>
      )
    default:
      return null
  }
}

const Options = ({ field, typed, focus, errorOf, locale }: LimitsProps) => {
  const filled = Array.from({ length: 200 }, (_, n) => n).filter(
    (n) => typed.get(`q.options.${n}.label`) || typed.get(`q.options.${n}.value`),
  )
  const last = filled.at(-1) ?? -1
  return (
    <Fieldset legend={t(locale, texts.options)} size="m">
      <p class="govuk-hint">{t(locale, texts.optionsHint)}</p>
      {Array.from({ length: last + 3 }, (_, n) => {
        const name = `q.options.${n}`
        const label = typed.get(`${name}.label`) ?? ''
        const about = label || t(locale, texts.option, { n: n + 1 })
        const more = [typed.get(`${name}.labelEn`), typed.get(`${name}.hint`)].filter(Boolean).join(' · ')
        return (
          <div class="cs-editor__option">
            <input type="hidden" name={`${name}.value`} value={typed.get(`${name}.value`) ?? ''} />
            <TextInput
              name={`${name}.label`}
              label={t(locale, texts.option, { n: n + 1 })}
              autofocus={focus === 'more' && n === last + 1}
              value={label}
              error={errorOf(`${name}.label`)}
              maxlength={300}
            />
            <Details summary={more ? `${t(locale, texts.optionMore)}: ${more}` : t(locale, texts.optionMore)}>
              <TextInput name={`${name}.labelEn`} label={t(locale, texts.english)} optional value={typed.get(`${name}.labelEn`) ?? ''} />
              <TextInput name={`${name}.hint`} label={t(locale, texts.optionHint)} optional value={typed.get(`${name}.hint`) ?? ''} />
              <TextInput
                name={`${name}.hintEn`}
                label={`${t(locale, texts.optionHint)} – ${t(locale, texts.english)}`}
                optional
                value={typed.get(`${name}.hintEn`) ?? ''}
              />
            </Details>
            {n <= last && (
              <div class="cs-row-buttons">
                {n > 0 && (
                  <DoButton does={`option-up:${n}`} about={about} focus={focus === `up:${n}` || (focus === `down:${n}` && n === last)}>
                    {t(locale, texts.up)}
                  </DoButton>
                )}
                {n < last && (
                  <DoButton does={`option-down:${n}`} about={about} focus={focus === `down:${n}` || (focus === `up:${n}` && n === 0)}>
                    {t(locale, texts.down)}
                  </DoButton>
                )}
                <DoButton does={`option-remove:${n}`} about={about}>
                  {t(locale, texts.remove)}
                </DoButton>
              </div>
            )}
          </div>
        )
      })}
      <DoButton does="option-more" about="">
        {t(locale, texts.moreOptions)}
      </DoButton>
      {field.type === 'choice' && (
        <Checkbox name="q.asSelect" label={t(locale, texts.asSelect)} checked={typed.get('q.asSelect') === '1'} />
      )}
    </Fieldset>
  )
}
