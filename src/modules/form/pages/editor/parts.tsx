import type { PropsWithChildren } from 'hono/jsx'
import { type Locale, type Text, t } from '../../../../kernel/i18n/index.ts'
import { classes } from '../../../../ui/index.ts'
import type { AddressBook } from '../../rules/address-book.ts'
import type { Answers } from '../../rules/answers.ts'
import type { Field, FormDefinition, Page } from '../../rules/definition.ts'
import { conditionWords } from '../../rules/edit/conditions.ts'
import type { Problem } from '../../rules/edit/problems.ts'
import { limitsOf, typeNames } from '../../rules/edit/words.ts'
import { FormFields } from '../fields.tsx'
import { texts } from './texts.ts'
import { problemHref } from './ways.ts'

/** Name of the button that says what is to be done, and of the place to come back to. */
export const DO = '_do'
export const BACK = '_back'

interface DoButtonProps {
  readonly does: string
  /** What exactly, for those who hear the page: "Câu hỏi: Số bản sao". */
  readonly about: string
  readonly focus?: boolean
  readonly warning?: boolean
}

/** A small button of a row. The one that was pressed last has the focus again, with or without JavaScript. */
export const DoButton = ({ does, about, focus, warning, children }: PropsWithChildren<DoButtonProps>) => (
  <button
    class={classes('govuk-button', warning ? 'govuk-button--warning' : 'govuk-button--secondary', 'cs-row-button')}
    type="submit"
    name={DO}
    value={does}
    autofocus={focus}
    data-focus={focus ? true : undefined}
  >
    {children}
    <span class="govuk-visually-hidden"> {about}</span>
  </button>
)

export const words = (locale: Locale, text: Text, otherwise: Text = texts.noWords): string => t(locale, text).trim() || t(locale, otherwise)

/** Everything to mend, each a link to where. */
export const Problems = ({ code, problems, locale }: { code: string; problems: readonly Problem[]; locale: Locale }) => {
  if (problems.length === 0) return <p class="govuk-body cs-editor__ready">{t(locale, texts.ready)}</p>
  return (
    <section class="cs-editor__problems" aria-labelledby="can-sua">
      <h2 class="govuk-heading-m" id="can-sua">
        {t(locale, texts.toMend, { n: problems.length })}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {problems.map((problem) => (
          <li>
            <a class="govuk-link" href={problemHref(code, problem)}>
              {t(locale, problem.message)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Kind, limits, condition of a question, in one muted line each. */
export const About = ({ definition, field, locale }: { definition: FormDefinition; field: Field; locale: Locale }) => (
  <>
    <span class="cs-muted">
      {[
        t(locale, typeNames[field.type]),
        ...(field.required ? [] : [t(locale, texts.optional)]),
        ...limitsOf(field).map((text) => t(locale, text)),
      ].join(' · ')}
    </span>
    {field.condition && (
      <span class="cs-editor__when">
        {t(locale, texts.shownWhen, { condition: t(locale, conditionWords(definition, field.condition)) })}
      </span>
    )}
  </>
)

/** Questions as they will be on a phone. Nothing in it can be pressed: trying out is what the trial is for. */
export const Phone = ({
  definition,
  page,
  book,
  locale,
}: {
  definition: FormDefinition
  page: Page
  book: AddressBook
  locale: Locale
}) => {
  const shown: Page = {
    ...page,
    fields: page.fields.map(({ condition: _, ...field }) =>
      field.type === 'group' ? { ...field, fields: field.fields.map(({ condition: __, ...part }) => part) } : field,
    ) as Field[],
  }
  const answers: Answers = Object.fromEntries(shown.fields.filter(({ type }) => type === 'group').map(({ id }) => [id, [{}]]))
  return (
    <section class="cs-editor__preview" aria-label={t(locale, texts.asCitizen)}>
      <h2 class="govuk-heading-m">{t(locale, texts.asCitizen)}</h2>
      <p class="cs-muted">{t(locale, texts.previewNote)}</p>
      <div class="cs-phone" inert>
        <p class="cs-phone__title">{words(locale, page.title, texts.untitled)}</p>
        {page.hint && <p class="govuk-body">{t(locale, page.hint)}</p>}
        <FormFields definition={{ ...definition, pages: [shown] }} page={shown} answers={answers} book={book} locale={locale} />
      </div>
    </section>
  )
}
