import { t } from '../../kernel/i18n/index.ts'
import { formatBytes } from '../format.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'

interface FileInputProps extends FieldProps {
  /** As in HTML: `.pdf,.jpg,image/*`. */
  readonly accept?: string
  readonly multiple?: boolean
  /** Largest file in bytes; said beside the field. */
  readonly maxBytes?: number
  /** Opens the camera on a phone. */
  readonly capture?: boolean
}

/** Files from the person's machine or camera. */
export const FileInput = (props: FileInputProps) => {
  const id = props.id ?? props.name
  const limit = props.maxBytes ? t(props.locale ?? 'vi', texts.maxFile, { size: formatBytes(props.maxBytes, props.locale) }) : null
  const hint = props.hint || limit ? [props.hint, props.hint && limit ? ' ' : '', limit] : undefined
  return (
    <Field {...props} hint={hint}>
      <input
        class={classes('govuk-file-upload', props.error && 'govuk-file-upload--error')}
        id={id}
        name={props.name}
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        capture={props.capture ? 'environment' : undefined}
        aria-describedby={describedBy(id, { hint, error: props.error })}
        aria-invalid={props.error ? 'true' : undefined}
      />
    </Field>
  )
}
