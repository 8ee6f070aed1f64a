import type { Child } from 'hono/jsx'
import { classes } from '../say.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'
import { Island } from './island.tsx'

export interface TextInputProps extends FieldProps {
  readonly value?: string | undefined
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'url'
  /** On-screen keyboard: `numeric` for digits that are not an amount. */
  readonly inputmode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'search'
  readonly autocomplete?: string
  /** Width in characters; leave out for the whole column. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30
  readonly prefix?: Child
  readonly suffix?: Child
  readonly spellcheck?: boolean
  readonly maxlength?: number
  readonly autofocus?: boolean
  /** Takes what a scanner reads from an identity card; then the focus goes to the element with this id. */
  readonly card?: string
}

/** One line of text. */
export const TextInput = (props: TextInputProps) => {
  const id = props.id ?? props.name
  const input = (
    <input
      class={classes('govuk-input', props.width && `govuk-input--width-${props.width}`, props.error && 'govuk-input--error')}
      id={id}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value}
      inputmode={props.inputmode}
      autocomplete={props.autocomplete}
      spellcheck={props.spellcheck}
      maxlength={props.maxlength}
      autofocus={props.autofocus}
      data-fill={props.fill}
      data-card={props.card}
      aria-describedby={describedBy(id, props)}
      aria-invalid={props.error ? 'true' : undefined}
    />
  )
  return (
    <Field {...props}>
      {props.card !== undefined && <Island name="intake" />}
      {props.prefix || props.suffix ? (
        <div class="govuk-input__wrapper">
          {props.prefix && (
            <div class="govuk-input__prefix" aria-hidden="true">
              {props.prefix}
            </div>
          )}
          {input}
          {props.suffix && (
            <div class="govuk-input__suffix" aria-hidden="true">
              {props.suffix}
            </div>
          )}
        </div>
      ) : (
        input
      )}
    </Field>
  )
}

/** An amount in dong. Read it back with `readMoney()`: people type 50.000, 50 000 or 50000. */
export const MoneyInput = (props: TextInputProps) => <TextInput width={10} inputmode="numeric" suffix="đ" {...props} />

/** Reads an amount in whole dong as typed; `null` when it is not one. */
export function readMoney(typed: string): number | null {
  const bare = typed.trim().replace(/\s*(đ|₫|vnd|vnđ|đồng)$/i, '')
  if (!/^(\d{1,3}([.,\s]\d{3})+|\d{1,15})$/u.test(bare)) return null
  const amount = Number(bare.replace(/[.,\s]/gu, ''))
  return Number.isSafeInteger(amount) ? amount : null
}
