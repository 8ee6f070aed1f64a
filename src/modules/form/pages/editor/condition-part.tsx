import type { FieldError } from '../../../../kernel/errors.ts'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { Checkbox, Fieldset, Field as Labelled, Radios, TextInput } from '../../../../ui/index.ts'
import type { Condition, Field, FormDefinition } from '../../rules/definition.ts'
import { type ConditionRows, conditionWords, rowsOf, subjectOf } from '../../rules/edit/conditions.ts'
import { words } from './parts.tsx'
import { texts } from './texts.ts'

/** Lines beyond those that are used. */
const SPARE = 1

interface ConditionPartProps {
  readonly prefix: string
  readonly legend: string
  readonly definition: FormDefinition
  readonly condition: Condition | undefined
  /** Questions that may be asked about. */
  readonly askable: readonly Field[]
  readonly typed: URLSearchParams
  readonly errorOf: (path: FieldError['path']) => string | undefined
  readonly locale: Locale
}

/** When a step or a question is shown: question and answer, so or not so, a number where one is needed. Works without JavaScript. */
export const ConditionPart = ({ prefix, legend, definition, condition, askable, typed, errorOf, locale }: ConditionPartProps) => {
  const tangled: ConditionRows | undefined = rowsOf(condition)
  const subjects = askable.map(subjectOf)
  const listed = new Set(subjects.flatMap(({ answers }) => answers.map(({ about }) => about)))
  const used = Array.from({ length: 12 }, (_, n) => n).filter((n) => typed.get(`${prefix}.${n}.about`))
  const count = Math.min(12, (used.at(-1) ?? -1) + 1 + SPARE)
  if (subjects.length === 0 && !condition)
    return (
      <Fieldset legend={legend} size="m">
        <p class="govuk-hint">{t(locale, texts.conditionNone)}</p>
      </Fieldset>
    )
  return (
    <Fieldset legend={legend} size="m">
      <p class="govuk-hint">{t(locale, texts.conditionHint)}</p>
      {!tangled && condition && (
        <Checkbox
          name={`${prefix}.keep`}
          label={t(locale, texts.conditionKeep, { condition: t(locale, conditionWords(definition, condition)) })}
          checked={typed.get(`${prefix}.keep`) === '1'}
        />
      )}
      {Array.from({ length: count }, (_, n) => {
        const name = `${prefix}.${n}`
        const about = typed.get(`${name}.about`) ?? ''
        const numbered = /=(?:from|exactly)=$/.test(about)
        return (
          <div class="cs-editor__condition">
            <Labelled name={`${name}.about`} label={`${t(locale, texts.conditionAbout)}${count > 1 ? ` (${n + 1})` : ''}`} locale={locale}>
              <select class="govuk-select" id={`${name}.about`} name={`${name}.about`}>
                <option value="">{t(locale, texts.conditionAlways)}</option>
                {about && !listed.has(about) && (
                  <option value={about} selected>
                    {about.split('=')[0]} {t(locale, texts.conditionGone)}
                  </option>
                )}
                {subjects.map(({ field, answers }) => (
                  <optgroup label={words(locale, field.label)}>
                    {answers.map((answer) => (
                      <option value={answer.about} selected={answer.about === about}>
                        {words(locale, field.label).slice(0, 60)}: {t(locale, answer.text)}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            </Labelled>
            <Labelled name={`${name}.not`} label={t(locale, texts.conditionIs)} locale={locale}>
              <select class="govuk-select" id={`${name}.not`} name={`${name}.not`}>
                <option value="is">{t(locale, texts.conditionHolds)}</option>
                <option value="not" selected={typed.get(`${name}.not`) === 'not'}>
                  {t(locale, texts.conditionNot)}
                </option>
              </select>
            </Labelled>
            {(numbered || subjects.some(({ field }) => field.type === 'number' || field.type === 'money')) && (
              <TextInput
                name={`${name}.amount`}
                label={t(locale, texts.conditionAmount)}
                inputmode="decimal"
                width={5}
                value={typed.get(`${name}.amount`) ?? ''}
                error={errorOf(`${name}.amount`)}
              />
            )}
          </div>
        )
      })}
      {count > 1 && (
        <Radios
          name={`${prefix}.join`}
          label={t(locale, texts.conditionJoin)}
          inline
          small
          value={typed.get(`${prefix}.join`) ?? 'all'}
          options={[
            { value: 'all', label: t(locale, texts.conditionAll) },
            { value: 'any', label: t(locale, texts.conditionAny) },
          ]}
        />
      )}
    </Fieldset>
  )
}
