import type { FieldError } from '../../../kernel/errors.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import {
  Checkbox,
  Checkboxes,
  classes,
  DateInput,
  errorsBy,
  Field as FieldFrame,
  Fieldset,
  FileInput,
  formatBytes,
  GroupField,
  MoneyInput,
  Radios,
  Select,
  TextArea,
  TextInput,
  YesNo,
} from '../../../ui/index.ts'
import { type AddressBook, bookText, ELSEWHERE } from '../rules/address-book.ts'
import type { AddressAnswer, Answer, Answers, FileAnswer, GroupItem } from '../rules/answers.ts'
import { holds, visibleAnswers } from '../rules/condition.ts'
import type { Field, FieldOf, FormDefinition, Page, SimpleField } from '../rules/definition.ts'
import { ACTION_FIELD, actionValue, type PageAction } from '../rules/input.ts'
import { placeValue } from '../rules/posted.ts'
import { texts } from './texts.ts'

export interface FormFieldsProps {
  readonly definition: FormDefinition
  readonly page: Page
  /** Answers of the whole form: conditions look at other pages too. */
  readonly answers: Answers
  readonly errors?: readonly FieldError[] | undefined
  /** What was typed, by input name, when a page comes back with errors; wins over `answers`. */
  readonly raw?: Readonly<Record<string, string>> | undefined
  readonly book: AddressBook
  /** Fields whose answer came from the profile and was not looked at yet. */
  readonly prefilled?: readonly string[] | undefined
  readonly locale: Locale
}

interface Part extends Omit<FormFieldsProps, 'page' | 'definition' | 'errors' | 'answers'> {
  readonly errorOf: (path: string) => string | undefined
}

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

function words(field: SimpleField, path: string, part: Part) {
  const { locale, errorOf, prefilled } = part
  const hint = [field.hint && t(locale, field.hint), prefilled?.includes(path) && t(locale, texts.fromProfile)].filter(Boolean).join(' ')
  return {
    name: path,
    label: t(locale, field.label),
    hint: hint || undefined,
    error: errorOf(path),
    optional: !field.required,
    locale,
    labelSize: 's' as const,
  }
}

const typed = (part: Part, path: string, value: Answer | undefined): string =>
  part.raw?.[path] ?? (value === undefined || value === null || typeof value === 'object' ? '' : String(value))

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

/** One picker for province and commune together, so that it needs no JavaScript, and one line for the rest. */
const Address = ({
  field,
  path,
  value,
  part,
}: {
  field: FieldOf<'address'>
  path: string
  value: AddressAnswer | undefined
  part: Part
}) => {
  const { locale, book, raw, errorOf } = part
  const { label, hint, error, optional } = words(field, path, part)
  const [unit, line] = [`${path}.commune`, `${path}.line`]
  const chosen = raw?.[unit] ?? (value ? placeValue(value) : '')
  const known =
    chosen === '' ||
    book.home.communes.some((commune) => chosen === homeValue(book, commune)) ||
    book.others.some(({ code }) => chosen === `${code}/${ELSEWHERE}`)
  return (
    <GroupField name={path} label={label} hint={hint} error={error} labelSize="s" optional={optional} locale={locale}>
      <FieldFrame name={unit} label={t(locale, texts.commune)} error={errorOf(unit)} locale={locale}>
        <select
          class={classes('govuk-select', errorOf(unit) && 'govuk-select--error')}
          id={unit}
          name={unit}
          aria-describedby={errorOf(unit) ? `${unit}-error` : undefined}
        >
          <option value="" />
          {!known && (
            <option value={chosen} selected>
              {value?.label ?? chosen}
            </option>
          )}
          <optgroup label={book.home.name}>
            {book.home.communes.map((commune) => (
              <option value={homeValue(book, commune)} selected={chosen === homeValue(book, commune)}>
                {commune.name}
              </option>
            ))}
          </optgroup>
          <optgroup label={t(locale, bookText.others)}>
            {book.others.map(({ code, name }) => (
              <option value={`${code}/${ELSEWHERE}`} selected={chosen === `${code}/${ELSEWHERE}`}>
                {t(locale, bookText.elsewhere, { province: name })}
              </option>
            ))}
          </optgroup>
        </select>
      </FieldFrame>
      <TextInput
        name={line}
        label={t(locale, texts.line)}
        value={raw?.[line] ?? value?.line ?? ''}
        error={errorOf(line)}
        optional={!field.lineRequired}
        autocomplete={field.prefill ? 'street-address' : undefined}
        maxlength={300}
        locale={locale}
      />
    </GroupField>
  )
}

const homeValue = (book: AddressBook, commune: AddressBook['home']['communes'][number]): string =>
  placeValue({ province: book.home.code, commune: commune.code, validFrom: commune.validFrom })

const Files = ({ field, path, files, part }: { field: FieldOf<'file'>; path: string; files: readonly FileAnswer[]; part: Part }) => {
  const { locale } = part
  return (
    <>
      <FileInput
        {...words(field, path, part)}
        hint={field.hint && `${t(locale, field.hint).replace(/[.\s]+$/, '')}.`}
        accept={field.accept.join(',')}
        multiple={field.maxFiles > 1}
        maxBytes={field.maxBytes}
      />
      {files.length > 0 && (
        <ul class="govuk-list">
          {files.map((one) => (
            <li>
              {t(locale, texts.uploaded)}: {one.name} <span class="cs-muted">({formatBytes(one.size, locale)})</span>{' '}
              <button
                class="govuk-button govuk-button--secondary"
                type="submit"
                name={ACTION_FIELD}
                value={actionValue({ kind: 'drop-file', fieldId: path, sha256: one.sha256 })}
              >
                {t(locale, texts.removeFile, { name: one.name })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
