import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { ErrorMessage } from '../../../ui/index.ts'
import {
  type IndicatorFields,
  type Part,
  partField,
  parts,
  type QuantityName,
  quantities,
  type SchemeFields,
  type SumFields,
  sumsText,
} from '../../scheme/index.ts'
import { schemeEditTexts as texts } from '../scheme-texts.ts'
import { ActionButton } from './scheme-action.tsx'

type Kind = 'dossiers' | 'procedures' | 'petitions' | 'reported' | 'chosen'
const kinds: readonly Kind[] = ['dossiers', 'procedures', 'petitions', 'reported', 'chosen']
const kindOf = (name: QuantityName): Kind => {
  const { source } = quantities[name]
  return source === 'now' ? 'dossiers' : source === 'distinct' ? 'procedures' : source
}
const names = Object.keys(quantities) as QuantityName[]

interface FormulaProps {
  readonly fields: SchemeFields
  readonly line: IndicatorFields
  readonly n: number
  readonly error: (path: string) => string | undefined
  readonly locale: Locale
}

/** The sums of a formula: carried along unseen while it is only read, in lines while it is changed. */
export const Formula = (props: FormulaProps) => {
  const { fields, line, n, locale } = props
  const at = `indicators.${n}`
  const multiplied = line.formula['factor.numerator'].length > 0 || line.formula['factor.denominator'].length > 0
  if (!line.open)
    return (
      <>
        {parts
          .filter((part) => multiplied || !part.startsWith('factor'))
          .map((part) => (
            <input type="hidden" name={`${at}.${part}`} value={sumsText(line.formula[part])} />
          ))}
        <ActionButton fields={fields} does={{ does: 'open', line: n }}>
          {t(locale, texts.editFormula)}
        </ActionButton>
      </>
    )
  return (
    <div class="cs-formula" id={`${at}.formula`}>
      <input type="hidden" name={`${at}.open`} value="1" />
      <Sums {...props} part="numerator" />
      <Sums {...props} part="denominator" />
      {multiplied && <Sums {...props} part="factor.numerator" />}
      {multiplied && <Sums {...props} part="factor.denominator" />}
      <p class="govuk-body">
        {multiplied ? (
          <ActionButton fields={fields} link does={{ does: 'remove-part', line: n, part: 'factor.numerator' }}>
            {t(locale, texts.removeFactor)}
          </ActionButton>
        ) : (
          <ActionButton fields={fields} link does={{ does: 'add-sum', line: n, part: 'factor.numerator' }}>
            {t(locale, texts.addFactor)}
          </ActionButton>
        )}
      </p>
      <div class="govuk-button-group">
        <ActionButton fields={fields} does={{ does: 'open', line: n }}>
          {t(locale, texts.again)}
        </ActionButton>
        <ActionButton fields={fields} does={{ does: 'close', line: n }}>
          {t(locale, texts.closeFormula)}
        </ActionButton>
      </div>
    </div>
  )
}

const Sums = ({ fields, line, n, part, error, locale }: FormulaProps & { part: Part }) => {
  const sums: SumFields = line.formula[part]
  const message = error(partField(n, part))
  return (
    <fieldset class={`govuk-fieldset govuk-form-group${message ? ' govuk-form-group--error' : ''}`}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t(locale, texts[part])}</legend>
      {message && (
        <ErrorMessage id={`${partField(n, part)}-error`} locale={locale}>
          {message}
        </ErrorMessage>
      )}
      {sums.length > 1 && <p class="govuk-hint">{t(locale, texts.greatest)}</p>}
      {sums.map((sum, s) => (
        <div class={sums.length > 1 ? 'cs-sum' : undefined}>
          {sums.length > 1 && <p class="govuk-body cs-muted">{t(locale, texts.sum, { n: s + 1 })}</p>}
          {sum.map((term, at) => {
            const name = `indicators.${n}.${part}.${s}.${at}`
            const say = { part: t(locale, texts[part]), n: at + 1 }
            return (
              <div class="cs-term">
                <label class="govuk-visually-hidden" for={`${name}.sign`}>
                  {t(locale, texts.sign, say)}
                </label>
                <select class="govuk-select cs-term__sign" id={`${name}.sign`} name={`${name}.sign`}>
                  <option value="plus" selected={term.sign === 'plus'}>
                    {t(locale, texts.plus)}
                  </option>
                  <option value="minus" selected={term.sign === 'minus'}>
                    {t(locale, texts.minus)}
                  </option>
                </select>
                <label class="govuk-visually-hidden" for={`${name}.quantity`}>
                  {t(locale, texts.quantity, say)}
                </label>
                <select
                  class={`govuk-select cs-term__quantity${message && s === 0 && at === 0 ? ' govuk-select--error' : ''}`}
                  id={`${name}.quantity`}
                  name={`${name}.quantity`}
                  aria-describedby={message ? `${partField(n, part)}-error` : undefined}
                >
                  <option value="">{t(locale, texts.choose)}</option>
                  {kinds.map((kind) => (
                    <optgroup label={t(locale, texts[kind])}>
                      {names
                        .filter((one) => kindOf(one) === kind)
                        .map((one) => (
                          <option value={one} selected={one === term.quantity}>
                            {t(locale, quantities[one].name)}
                          </option>
                        ))}
                    </optgroup>
                  ))}
                </select>
                <ActionButton fields={fields} link does={{ does: 'remove-term', line: n, part, sum: s, term: at }}>
                  {t(locale, texts.remove)}
                  <span class="govuk-visually-hidden">{t(locale, texts.ofPart, say)}</span>
                </ActionButton>
              </div>
            )
          })}
          <p class="govuk-body">
            <ActionButton fields={fields} link does={{ does: 'add-term', line: n, part, sum: s }}>
              {t(locale, texts.addTerm)}
              <span class="govuk-visually-hidden">: {t(locale, texts[part])}</span>
            </ActionButton>
          </p>
        </div>
      ))}
      <p class="govuk-body">
        <ActionButton fields={fields} link does={{ does: 'add-sum', line: n, part }}>
          {t(locale, texts.addSum)}
          <span class="govuk-visually-hidden">: {t(locale, texts[part])}</span>
        </ActionButton>
      </p>
    </fieldset>
  )
}
