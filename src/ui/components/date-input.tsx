import type { Day } from '../../kernel/clock.ts'
import { t } from '../../kernel/i18n/index.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'
import { type FieldProps, GroupField } from './field.tsx'

/** A date as typed, before anybody has checked it. */
export interface TypedDate {
  readonly day: string
  readonly month: string
  readonly year: string
}

interface DateInputProps extends FieldProps {
  /** A civil day, or what was typed when that is not a date. */
  readonly value?: Day | TypedDate | null | undefined
  /** A birthday: browsers may fill it in. */
  readonly birthday?: boolean
}

const parts = ['day', 'month', 'year'] as const

/** Names of the three inputs of a date field: `birth-day`, `birth-month`, `birth-year` for the field `birth`. */
export const dateParts = (name: string): Record<(typeof parts)[number], string> => ({
  day: `${name}-day`,
  month: `${name}-month`,
  year: `${name}-year`,
})

/** Three inputs: day, month, year. The day has the field's own id. */
export const DateInput = (props: DateInputProps) => {
  const locale = props.locale ?? 'vi'
  const id = props.id ?? props.name
  const typed = typeof props.value === 'string' ? split(props.value) : props.value
  const names = dateParts(props.name)
  return (
    <GroupField {...props}>
      <div class="govuk-date-input">
        {parts.map((part) => (
          <div class="govuk-date-input__item">
            <div class="govuk-form-group">
              <label class="govuk-label govuk-date-input__label" for={part === 'day' ? id : `${id}-${part}`}>
                {t(locale, texts[part])}
              </label>
              <input
                class={classes(
                  'govuk-input govuk-date-input__input',
                  part === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
                  props.error && 'govuk-input--error',
                )}
                id={part === 'day' ? id : `${id}-${part}`}
                name={names[part]}
                type="text"
                inputmode="numeric"
                value={typed?.[part]}
                autocomplete={props.birthday ? `bday-${part}` : undefined}
                data-fill={props.fill && `${props.fill}-${part}`}
                aria-invalid={props.error ? 'true' : undefined}
              />
            </div>
          </div>
        ))}
      </div>
    </GroupField>
  )
}

function split(day: Day): TypedDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return match ? { year: String(Number(match[1])), month: String(Number(match[2])), day: String(Number(match[3])) } : undefined
}

/** Reads the three inputs into a civil day; `null` when they are not a date that exists; `undefined` when all are empty. */
export function readDate(values: Readonly<Record<string, unknown>>, name: string): Day | null | undefined {
  const names = dateParts(name)
  const [day, month, year] = parts.map((part) => String(values[names[part]] ?? '').trim())
  if (!day && !month && !year) return undefined
  if (!/^\d{1,2}$/.test(day ?? '') || !/^\d{1,2}$/.test(month ?? '') || !/^\d{4}$/.test(year ?? '')) return null
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? text : null
}

/** What was typed, to show it again beside its error. */
export function typedDate(values: Readonly<Record<string, unknown>>, name: string): TypedDate {
  const names = dateParts(name)
  const of = (part: string): string => (typeof values[part] === 'string' ? values[part] : '')
  return { day: of(names.day), month: of(names.month), year: of(names.year) }
}
