import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Checkbox, Checkboxes, Select, TextArea, TextInput } from '../../../ui/index.ts'
import { type IndicatorFields, levels, stepsText, thresholdText } from '../../scheme/index.ts'
import { schemeTexts as texts } from '../scheme-texts.ts'

/** The fields of one indicator. What was sent comes before what stands. */
export const IndicatorFieldset = ({
  line: { on, indicator },
  n,
  sent,
  error,
  locale,
}: {
  line: IndicatorFields
  n: number
  sent: URLSearchParams | undefined
  error: (path: string) => string | undefined
  locale: Locale
}) => {
  const name = (field: string): string => `indicators.${n}.${field}`
  const typed = (field: string, standing: string): string => (sent ? (sent.get(name(field)) ?? '') : standing)
  const common = (field: string) => ({ name: name(field), error: error(name(field)), locale })
  const option = (value: keyof typeof texts) => ({ value, label: t(locale, texts[value]) })
  return (
    <details
      class="govuk-details cs-scheme-line"
      open={sent !== undefined && ['max', 'threshold', 'steps', 'name', 'levels', 'basis', 'rule'].some((f) => error(name(f)))}
    >
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {indicator.id} {t(locale, indicator.name)}
        </span>
      </summary>
      <div class="govuk-details__text">
        <Checkbox name={name('on')} label={t(locale, texts.on)} checked={sent ? sent.has(name('on')) : on} />
        <TextInput {...common('name')} label={t(locale, texts.name)} value={typed('name', indicator.name.vi)} />
        <TextInput
          {...common('max')}
          label={t(locale, texts.max)}
          value={typed('max', String(indicator.max).replace('.', ','))}
          width={4}
          inputmode="decimal"
        />
        <Select
          {...common('rule')}
          label={t(locale, texts.rule)}
          options={[option('linear'), option('yes_no'), option('stepped'), option('shown')]}
          value={typed('rule', indicator.rule.kind)}
          empty={false}
        />
        <TextInput
          {...common('threshold')}
          label={t(locale, texts.threshold)}
          value={typed('threshold', thresholdText(indicator.rule))}
          width={4}
          suffix="%"
          inputmode="decimal"
        />
        <TextArea
          {...common('steps')}
          label={t(locale, texts.steps)}
          hint={t(locale, texts.stepsHint)}
          value={typed('steps', stepsText(indicator.rule))}
          rows={3}
        />
        <Select
          {...common('zero')}
          label={t(locale, texts.zero)}
          options={[option('full'), option('none'), option('unscored')]}
          value={typed('zero', indicator.zero)}
          empty={false}
        />
        <Checkboxes
          {...common('levels')}
          label={t(locale, texts.levels)}
          options={levels.map((level) => option(level))}
          values={sent ? sent.getAll(name('levels')) : indicator.levels}
          small
        />
        <Select
          {...common('otherwise')}
          label={t(locale, texts.otherwise)}
          options={[
            { value: 'full', label: t(locale, texts.otherwiseFull) },
            { value: 'left_out', label: t(locale, texts.otherwiseOut) },
          ]}
          value={typed('otherwise', indicator.otherwise)}
          empty={false}
        />
        <TextInput {...common('basis')} label={t(locale, texts.basis)} value={typed('basis', indicator.basis)} />
      </div>
    </details>
  )
}
