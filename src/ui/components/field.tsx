import type { Child, PropsWithChildren } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'

export type LabelSize = 's' | 'm' | 'l' | 'xl'

/** What every field takes. `name` is also its id, so a link in the error summary is `#name`. */
export interface FieldProps {
  readonly name: string
  readonly label: Child
  readonly hint?: Child
  /** The sentence that says what to do; its presence marks the field. */
  readonly error?: string | undefined
  /** Writes "không bắt buộc" beside the label. */
  readonly optional?: boolean
  readonly labelSize?: LabelSize
  /** The label is the page's only question and therefore its heading. */
  readonly heading?: boolean
  readonly locale?: Locale
  readonly id?: string
  /** Filled by the `intake` island from an identity card: `number`, `name`, `birth`, `sex` (`male`/`female`), `address`. */
  readonly fill?: 'number' | 'name' | 'birth' | 'sex' | 'address'
}

export const hintId = (id: string): string => `${id}-hint`
export const errorId = (id: string): string => `${id}-error`

/** Value for `aria-describedby`: hint, then error. */
export function describedBy(id: string, field: Pick<FieldProps, 'hint' | 'error'>, more?: string): string | undefined {
  return classes(field.hint ? hintId(id) : null, field.error ? errorId(id) : null, more) || undefined
}

export const Hint = ({ id, children }: PropsWithChildren<{ id?: string }>) => (
  <div class="govuk-hint" id={id}>
    {children}
  </div>
)

export const ErrorMessage = ({ id, locale = 'vi', children }: PropsWithChildren<{ id?: string; locale?: Locale }>) => (
  <p class="govuk-error-message" id={id}>
    <span class="govuk-visually-hidden">{t(locale, texts.errorPrefix)}</span> {children}
  </p>
)

export const Optional = ({ locale = 'vi' }: { locale?: Locale }) => <span class="cs-optional"> ({t(locale, texts.optional)})</span>

/** Label, hint before the field, error, the field itself. For inputs that are one element. */
export const Field = ({ children, ...field }: PropsWithChildren<FieldProps>) => {
  const id = field.id ?? field.name
  const label = (
    <label class={classes('govuk-label', field.labelSize && `govuk-label--${field.labelSize}`)} for={id}>
      {field.label}
      {field.optional && <Optional locale={field.locale} />}
    </label>
  )
  return (
    <div class={classes('govuk-form-group', field.error && 'govuk-form-group--error')}>
      {field.heading ? <h1 class="govuk-label-wrapper">{label}</h1> : label}
      {field.hint && <Hint id={hintId(id)}>{field.hint}</Hint>}
      {field.error && (
        <ErrorMessage id={errorId(id)} locale={field.locale}>
          {field.error}
        </ErrorMessage>
      )}
      {children}
    </div>
  )
}

interface FieldsetProps {
  readonly legend: Child
  readonly size?: LabelSize
  readonly heading?: boolean
  readonly describedBy?: string | undefined
  readonly optional?: boolean
  readonly locale?: Locale
}

/** Groups inputs that answer one question. */
export const Fieldset = ({ legend, size = 's', heading, describedBy, optional, locale, children }: PropsWithChildren<FieldsetProps>) => {
  const words = (
    <>
      {legend}
      {optional && <Optional locale={locale} />}
    </>
  )
  return (
    <fieldset class="govuk-fieldset" aria-describedby={describedBy}>
      <legend class={`govuk-fieldset__legend govuk-fieldset__legend--${size}`}>
        {heading ? <h1 class="govuk-fieldset__heading">{words}</h1> : words}
      </legend>
      {children}
    </fieldset>
  )
}

/** A fieldset with hint and error, for questions answered by several inputs. */
export const GroupField = ({ children, ...field }: PropsWithChildren<FieldProps>) => {
  const id = field.id ?? field.name
  return (
    <div class={classes('govuk-form-group', field.error && 'govuk-form-group--error')}>
      <Fieldset
        legend={field.label}
        size={field.labelSize ?? 's'}
        heading={field.heading}
        describedBy={describedBy(id, field)}
        optional={field.optional}
        locale={field.locale}
      >
        {field.hint && <Hint id={hintId(id)}>{field.hint}</Hint>}
        {field.error && (
          <ErrorMessage id={errorId(id)} locale={field.locale}>
            {field.error}
          </ErrorMessage>
        )}
        {children}
      </Fieldset>
    </div>
  )
}
