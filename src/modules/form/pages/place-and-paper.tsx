import { t } from '../../../kernel/i18n/index.ts'
import { classes, Field as FieldFrame, FileInput, formatBytes, GroupField, TextInput } from '../../../ui/index.ts'
import { type AddressBook, bookText, ELSEWHERE } from '../rules/address-book.ts'
import type { AddressAnswer, FileAnswer } from '../rules/answers.ts'
import type { FieldOf } from '../rules/definition.ts'
import { ACTION_FIELD, actionValue } from '../rules/input.ts'
import { placeValue } from '../rules/posted.ts'
import { type Part, words } from './part.ts'
import { texts } from './texts.ts'

/** One picker for province and commune together, so that it needs no JavaScript, and one line for the rest. */
export const Address = ({
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

/** Uploads of one field: choose more, or take one away. */
export const Files = ({ field, path, files, part }: { field: FieldOf<'file'>; path: string; files: readonly FileAnswer[]; part: Part }) => {
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
