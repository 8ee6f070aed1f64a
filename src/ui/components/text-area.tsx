import { classes } from '../say.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'

interface TextAreaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number
  readonly maxlength?: number
}

/** Several lines of text. */
export const TextArea = (props: TextAreaProps) => {
  const id = props.id ?? props.name
  return (
    <Field {...props}>
      <textarea
        class={classes('govuk-textarea', props.error && 'govuk-textarea--error')}
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        aria-describedby={describedBy(id, props)}
        aria-invalid={props.error ? 'true' : undefined}
      >
        {props.value ?? ''}
      </textarea>
    </Field>
  )
}
