import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { Checkbox, Checkboxes, InsetText, Select, TextArea, TextInput } from '../../../ui/index.ts'
import { type IndicatorFields, levels, readBack, type SchemeFields } from '../../scheme/index.ts'
import { schemeEditTexts, schemeTexts as texts } from '../scheme-texts.ts'
import { ActionButton } from './scheme-action.tsx'
import { Formula } from './scheme-formula.tsx'

/** The fields of one indicator, as they were typed. */
export const IndicatorFieldset = ({
  fields,
  line,
  n,
  groupings,
  unfolded,
  error,
  locale,
}: {
  fields: SchemeFields
  line: IndicatorFields
  n: number
  groupings: readonly { readonly name: Text }[]
  /** Something was just done here, or is wrong. */
  unfolded: boolean
  error: (path: string) => string | undefined
  locale: Locale
}) => {
  const at = `indicators.${n}`
  const common = (field: string) => ({ name: `${at}.${field}`, error: error(`${at}.${field}`), locale })
  const option = (value: keyof typeof texts) => ({ value, label: t(locale, texts[value]) })
  const points = line.on ? t(locale, schemeEditTexts.points, { n: line.max || '…' }) : t(locale, schemeEditTexts.off)
  return (
    <details class="govuk-details cs-scheme-line" id={at} open={unfolded || line.open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {line.fresh && line.name.trim() === '' ? t(locale, schemeEditTexts.fresh) : `${line.id} ${line.name}`}
        </span>{' '}
        <span class="cs-muted">{points}</span>
      </summary>
      <div class="govuk-details__text">
        <InsetText>
          <strong>{t(locale, schemeEditTexts.readBack)}:</strong> {readBack(line, locale)}
        </InsetText>
        {line.fresh ? (
          <>
            <input type="hidden" name={`${at}.fresh`} value="1" />
            <input type="hidden" name={`${at}.on`} value="1" />
            <TextInput
              {...common('id')}
              label={t(locale, schemeEditTexts.id)}
              hint={t(locale, schemeEditTexts.idHint)}
              value={line.id}
              width={5}
            />
          </>
        ) : (
          <>
            <input type="hidden" name={`${at}.id`} value={line.id} />
            <Checkbox name={`${at}.on`} label={t(locale, texts.on)} checked={line.on} />
          </>
        )}
        <TextInput {...common('name')} label={t(locale, texts.name)} value={line.name} />
        {groupings.map(({ name }, g) => (
          <Select
            {...common(`group.${g}`)}
            label={
              groupings.length > 1 ? t(locale, schemeEditTexts.groupOf, { grouping: t(locale, name) }) : t(locale, schemeEditTexts.group)
            }
            options={(fields.groupings[g] ?? []).map((group) => ({
              value: group.key,
              label: group.name.trim() || t(locale, schemeEditTexts.unnamed),
            }))}
            value={line.groups[g]}
            empty={t(locale, schemeEditTexts.chooseGroup)}
          />
        ))}
        <Formula fields={fields} line={line} n={n} error={error} locale={locale} />
        <TextInput {...common('max')} label={t(locale, texts.max)} value={line.max} width={4} inputmode="decimal" />
        <Select
          {...common('rule')}
          label={t(locale, texts.rule)}
          options={[option('linear'), option('yes_no'), option('stepped'), option('shown')]}
          value={line.rule}
          empty={false}
        />
        <TextInput
          {...common('threshold')}
          label={t(locale, texts.threshold)}
          hint={t(locale, texts.thresholdHint)}
          value={line.threshold}
          width={4}
          suffix="%"
          inputmode="decimal"
        />
        <TextArea {...common('steps')} label={t(locale, texts.steps)} hint={t(locale, texts.stepsHint)} value={line.steps} rows={3} />
        <Select
          {...common('zero')}
          label={t(locale, texts.zero)}
          options={[option('full'), option('none'), option('unscored')]}
          value={line.zero}
          empty={false}
        />
        <Checkboxes
          {...common('levels')}
          label={t(locale, texts.levels)}
          options={levels.map((level) => option(level))}
          values={line.levels}
          small
        />
        <Select
          {...common('otherwise')}
          label={t(locale, texts.otherwise)}
          options={[
            { value: 'full', label: t(locale, texts.otherwiseFull) },
            { value: 'left_out', label: t(locale, texts.otherwiseOut) },
          ]}
          value={line.otherwise}
          empty={false}
        />
        <TextInput {...common('basis')} label={t(locale, texts.basis)} value={line.basis} />
        {line.fresh && (
          <ActionButton fields={fields} does={{ does: 'remove', line: n }}>
            {t(locale, schemeEditTexts.removeLine)}
          </ActionButton>
        )}
      </div>
    </details>
  )
}
