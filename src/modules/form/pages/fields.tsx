import { type Locale, t } from '../../../kernel/i18n/index.ts'
import {
  Checkbox,
  Checkboxes,
  classes,
  DateInput,
  errorsBy,
  Fieldset,
  GroupField,
  MoneyInput,
  Radios,
  Select,
  TextArea,
  TextInput,
  YesNo,
} from '../../../ui/index.ts'
import type { AddressAnswer, Answer, Answers, FileAnswer, GroupItem } from '../rules/answers.ts'
import { holds, visibleAnswers } from '../rules/condition.ts'
import type { Field, FieldOf, Page, SimpleField } from '../rules/definition.ts'
import { ACTION_FIELD, actionValue, type PageAction } from '../rules/input.ts'
import { type FormFieldsProps, type Part, typed, words } from './part.ts'
import { Address, Files } from './place-and-paper.tsx'
import { texts } from './texts.ts'

/**
 * The questions of one page, to stand inside a `Form` (with `files` when `hasFiles(page)`). A question whose condition depends on
 * another question of the same page is shown when its condition holds; without JavaScript it appears after saving. Buttons carry
 * `_do`; the page adds its own "continue" and "later" (`actionValue`).
 */
export const FormFields = ({ definition, page, answers, errors, ...rest }: FormFieldsProps) => {
  const counted = visibleAnswers(definition, answers)
  const shown = page.fields.filter((field) => holds(field.condition, counted))
  const part: Part = { ...rest, errorOf: errorsBy(rest.locale, errors) }
  return (
    <>
      {page.fields.some(({ type }) => type === 'group' || type === 'file') && <EnterGoesOn locale={rest.locale} />}
      {shown.map((field) => (
        <Question field={field} path={field.id} value={answers[field.id]} answers={counted} part={part} />
      ))}
    </>
  )
}

/** Whether a page's form must be multipart. */
export const hasFiles = (page: Page): boolean => page.fields.some(({ type }) => type === 'file')

// Pressing Enter presses the first button of a form; it must not be one that removes something.
const EnterGoesOn = ({ locale }: { locale: Locale }) => (
  <button type="submit" name={ACTION_FIELD} value={actionValue({ kind: 'continue' })} hidden>
    {t(locale, texts.continue)}
  </button>
)

const ActionButton = ({ action, text, warning }: { action: PageAction; text: string; warning?: boolean }) => (
  <button
    class={classes('govuk-button', warning ? 'govuk-button--warning' : 'govuk-button--secondary')}
    type="submit"
    name={ACTION_FIELD}
    value={actionValue(action)}
  >
    {text}
  </button>
)

interface QuestionProps {
  readonly field: Field
  readonly path: string
  readonly value: Answer | undefined
  readonly answers: Answers
  readonly part: Part
}

const Question = ({ field, path, value, answers, part }: QuestionProps) => {
  if (field.type === 'group')
    return <Group field={field} path={path} items={(value ?? []) as readonly GroupItem[]} answers={answers} part={part} />
  return <Input field={field} path={path} value={value} part={part} />
}

const Group = ({
  field,
  path,
  items,
  answers,
  part,
}: {
  field: FieldOf<'group'>
  path: string
  items: readonly GroupItem[]
  answers: Answers
  part: Part
}) => {
  const { locale, errorOf } = part
  const item = t(locale, field.itemLabel)
  return (
    <GroupField
      name={path}
      label={t(locale, field.label)}
      hint={field.hint && t(locale, field.hint)}
      error={errorOf(path)}
      labelSize="m"
      optional={!field.required && field.min === 0}
      locale={locale}
    >
      {items.length === 0 && <p class="govuk-body cs-muted">{t(locale, texts.noItems)}</p>}
      {items.map((one, place) => (
        <div class="cs-item">
          <Fieldset legend={`${item} ${place + 1}`} size="s" locale={locale}>
            {field.fields
              .filter((inner) => holds(inner.condition, answers, one))
              .map((inner) => (
                <Input field={inner} path={`${path}.${place}.${inner.id}`} value={one[inner.id]} part={part} />
              ))}
          </Fieldset>
          <ActionButton
            action={{ kind: 'remove', fieldId: field.id, place }}
            text={t(locale, texts.removeItem, { item: `${item.toLowerCase()} ${place + 1}` })}
            warning
          />
        </div>
      ))}
      {items.length < field.max && (
        <div id={path}>
          <ActionButton action={{ kind: 'add', fieldId: field.id }} text={t(locale, texts.addItem, { item: item.toLowerCase() })} />
        </div>
      )}
    </GroupField>
  )
}

const Input = ({ field, path, value, part }: { field: SimpleField; path: string; value: Answer | undefined; part: Part }) => {
  const { locale } = part
  const common = words(field, path, part)
  const options =
    'options' in field
      ? field.options.map((option) => ({
          value: option.value,
          label: t(locale, option.label),
          hint: option.hint && t(locale, option.hint),
        }))
      : []
  switch (field.type) {
    case 'text':
      return (
        <TextInput
          {...common}
          value={typed(part, path, value)}
          autocomplete={field.autocomplete}
          maxlength={field.maxLength}
          width={field.maxLength <= 30 ? 10 : undefined}
        />
      )
    case 'longText':
      return <TextArea {...common} value={typed(part, path, value)} rows={6} maxlength={field.maxLength} />
    case 'number':
      return (
        <TextInput
          {...common}
          value={part.raw?.[path] ?? (typeof value === 'number' ? String(value).replace('.', ',') : '')}
          inputmode={field.integer ? 'numeric' : 'decimal'}
          width={10}
          suffix={field.unit && t(locale, field.unit)}
        />
      )
    case 'money':
      return (
        <MoneyInput
          {...common}
          value={part.raw?.[path] ?? (typeof value === 'number' ? String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '.') : '')}
        />
      )
    case 'date':
      return <DateInput {...common} value={dateValue(part, path, value)} birthday={field.autocomplete === 'bday'} />
    case 'choice':
      return field.asSelect || options.length > 9 ? (
        <Select {...common} options={options} value={typed(part, path, value)} />
      ) : (
        <Radios {...common} options={options} value={typed(part, path, value)} />
      )
    case 'choices':
      return <Checkboxes {...common} options={options} values={Array.isArray(value) ? (value as readonly string[]) : []} />
    case 'yesNo':
      return <YesNo {...common} value={typeof value === 'boolean' ? value : undefined} />
    case 'declaration':
      return <Checkbox {...common} optional={false} value="yes" checked={value === true} />
    case 'address':
      return <Address field={field} path={path} value={value as AddressAnswer | undefined} part={part} />
    case 'personalNumber':
      return <TextInput {...common} value={typed(part, path, value)} inputmode="numeric" width={20} autocomplete="off" spellcheck={false} />
    case 'phone':
      return (
        <TextInput {...common} value={typed(part, path, value)} type="tel" inputmode="tel" width={20} autocomplete={field.autocomplete} />
      )
    case 'email':
      return <TextInput {...common} value={typed(part, path, value)} type="email" autocomplete={field.autocomplete} spellcheck={false} />
    case 'file':
      return <Files field={field} path={path} files={(value ?? []) as readonly FileAnswer[]} part={part} />
  }
}

function dateValue(part: Part, path: string, value: Answer | undefined) {
  const { raw } = part
  if (raw && `${path}-day` in raw)
    return { day: raw[`${path}-day`] ?? '', month: raw[`${path}-month`] ?? '', year: raw[`${path}-year`] ?? '' }
  return typeof value === 'string' ? value : undefined
}
