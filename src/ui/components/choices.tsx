import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'
import { describedBy, Field, type FieldProps, GroupField, hintId } from './field.tsx'

export interface Choice {
  readonly value: string
  readonly label: Child
  readonly hint?: Child
  readonly disabled?: boolean
}

interface SelectProps extends FieldProps {
  readonly options: readonly { value: string; label: string; disabled?: boolean }[]
  readonly value?: string | undefined
  /** First, empty line; `false` leaves it out. */
  readonly empty?: string | false
}

/** A list to choose one from, for more than about seven choices. */
export const Select = (props: SelectProps) => {
  const id = props.id ?? props.name
  return (
    <Field {...props}>
      <select
        class={classes('govuk-select', props.error && 'govuk-select--error')}
        id={id}
        name={props.name}
        data-fill={props.fill}
        aria-describedby={describedBy(id, props)}
        aria-invalid={props.error ? 'true' : undefined}
      >
        {props.empty !== false && <option value="">{props.empty ?? t(props.locale ?? 'vi', texts.choose)}</option>}
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

interface RadiosProps extends FieldProps {
  readonly options: readonly Choice[]
  readonly value?: string | undefined
  /** Side by side, for two or three short answers. */
  readonly inline?: boolean
  readonly small?: boolean
}

/** Choose one. The first choice has the field's own id, so the error summary's link lands on it. */
export const Radios = (props: RadiosProps) => (
  <GroupField {...props}>
    <div class={classes('govuk-radios', props.inline && 'govuk-radios--inline', props.small && 'govuk-radios--small')}>
      {props.options.map((option, index) => (
        <Choose kind="radio" index={index} option={option} checked={option.value === props.value} field={props} />
      ))}
    </div>
  </GroupField>
)

interface CheckboxesProps extends FieldProps {
  readonly options: readonly Choice[]
  readonly values?: readonly string[]
  readonly small?: boolean
}

/** Choose as many as apply. Every box has the same name. */
export const Checkboxes = (props: CheckboxesProps) => (
  <GroupField {...props}>
    <div class={classes('govuk-checkboxes', props.small && 'govuk-checkboxes--small')}>
      {props.options.map((option, index) => (
        <Choose kind="checkbox" index={index} option={option} checked={props.values?.includes(option.value) ?? false} field={props} />
      ))}
    </div>
  </GroupField>
)

/** One box that says yes to one sentence, such as a declaration. Posts `1`. */
export const Checkbox = (props: FieldProps & { checked?: boolean; value?: string }) => {
  const id = props.id ?? props.name
  return (
    <div class={classes('govuk-form-group', props.error && 'govuk-form-group--error')}>
      {props.error && (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="govuk-visually-hidden">{t(props.locale ?? 'vi', texts.errorPrefix)}</span> {props.error}
        </p>
      )}
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            id={id}
            name={props.name}
            type="checkbox"
            value={props.value ?? '1'}
            checked={props.checked}
            aria-describedby={describedBy(id, props)}
          />
          <label class="govuk-label govuk-checkboxes__label" for={id}>
            {props.label}
          </label>
          {props.hint && (
            <div class="govuk-hint govuk-checkboxes__hint" id={hintId(id)}>
              {props.hint}
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

/** A question answered by yes or no. Posts `yes` or `no`. */
export const YesNo = (props: FieldProps & { value?: boolean | undefined; locale?: Locale }) => {
  const locale = props.locale ?? 'vi'
  return (
    <Radios
      {...props}
      inline
      value={props.value === undefined ? undefined : props.value ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: t(locale, texts.yes) },
        { value: 'no', label: t(locale, texts.no) },
      ]}
    />
  )
}

interface ChooseProps {
  readonly kind: 'radio' | 'checkbox'
  readonly index: number
  readonly option: Choice
  readonly checked: boolean
  readonly field: FieldProps
}

const Choose = ({ kind, index, option, checked, field }: ChooseProps) => {
  const base = field.id ?? field.name
  const id = index === 0 ? base : `${base}-${index + 1}`
  const block = kind === 'radio' ? 'govuk-radios' : 'govuk-checkboxes'
  return (
    <div class={`${block}__item`}>
      <input
        class={`${block}__input`}
        id={id}
        name={field.name}
        type={kind}
        value={option.value}
        checked={checked}
        disabled={option.disabled}
        data-fill={field.fill}
        aria-describedby={option.hint ? `${id}-item-hint` : undefined}
      />
      <label class={`govuk-label ${block}__label`} for={id}>
        {option.label}
      </label>
      {option.hint && (
        <div class={`govuk-hint ${block}__hint`} id={`${id}-item-hint`}>
          {option.hint}
        </div>
      )}
    </div>
  )
}
