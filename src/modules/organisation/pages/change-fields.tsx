import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { DateInput, Fieldset, Select, TextArea, TextInput, typedDate } from '../../../ui/index.ts'
import { agencyKinds, tiers } from '../rules/agency.ts'
import { kindNames, texts, tierNames } from '../texts.ts'
import { type ChangeName, splitParts, type Typed } from './changes.ts'

interface Props {
  readonly typed: Typed
  readonly locale: Locale
  readonly errorOf: (path: string) => string | undefined
}

const Named = ({ typed, locale, errorOf, prefix }: Props & { prefix: string }) => (
  <>
    <TextInput name={`${prefix}.name`} label={t(locale, texts.name)} value={typed[`${prefix}.name`]} error={errorOf(`${prefix}.name`)} />
    <TextInput
      name={`${prefix}.shortName`}
      label={t(locale, texts.shortName)}
      width={20}
      value={typed[`${prefix}.shortName`]}
      error={errorOf(`${prefix}.shortName`)}
    />
  </>
)

const Placed = ({ typed, locale, errorOf }: Props) => (
  <>
    <Select
      name="fields.tier"
      label={t(locale, texts.tier)}
      options={tiers.map((tier) => ({ value: tier, label: t(locale, tierNames[tier]) }))}
      value={typed['fields.tier']}
      error={errorOf('fields.tier')}
    />
    <Select
      name="fields.kind"
      label={t(locale, texts.kind)}
      options={agencyKinds.map((kind) => ({ value: kind, label: t(locale, kindNames[kind]) }))}
      value={typed['fields.kind']}
      error={errorOf('fields.kind')}
    />
    <TextInput
      name="fields.parentCode"
      label={t(locale, texts.parentCode)}
      width={10}
      optional
      value={typed['fields.parentCode']}
      error={errorOf('fields.parentCode')}
    />
  </>
)

const Area = ({ typed, locale, errorOf }: Props) => (
  <TextInput
    name="fields.areaCode"
    label={t(locale, texts.areaCode)}
    width={5}
    optional
    value={typed['fields.areaCode']}
    error={errorOf('fields.areaCode')}
  />
)

const Basis = ({ typed, locale, errorOf }: Props) => (
  <>
    <DateInput name="basis.day" label={t(locale, texts.effectiveDay)} value={typedDate(typed, 'basis.day')} error={errorOf('basis.day')} />
    <TextInput
      name="basis.source"
      label={t(locale, texts.document)}
      hint={t(locale, texts.documentHint)}
      value={typed['basis.source']}
      error={errorOf('basis.source')}
    />
    <TextInput name="basis.note" label={t(locale, texts.note)} optional value={typed['basis.note']} error={errorOf('basis.note')} />
  </>
)

const Parts = (props: Props) => (
  <>
    <p class="govuk-body">{t(props.locale, texts.splitHint)}</p>
    {splitParts.map((at) => (
      <Fieldset legend={t(props.locale, texts.splitPart, { n: at + 1 })}>
        <TextInput
          name={`into.${at}.code`}
          label={t(props.locale, texts.code)}
          width={10}
          value={props.typed[`into.${at}.code`]}
          error={props.errorOf(`into.${at}.code`) ?? (at === 0 ? props.errorOf('into') : undefined)}
        />
        <Named {...props} prefix={`into.${at}.fields`} />
      </Fieldset>
    ))}
  </>
)

const Merged = ({ typed, locale, errorOf }: Props) => (
  <>
    <TextArea
      name="codes"
      label={t(locale, texts.mergeWith)}
      hint={t(locale, texts.mergeWithHint)}
      rows={4}
      value={typed.codes}
      error={errorOf('codes')}
    />
    <TextInput
      name="into"
      label={t(locale, texts.mergeInto)}
      hint={t(locale, texts.mergeIntoHint)}
      width={10}
      value={typed.into}
      error={errorOf('into')}
    />
  </>
)

const Closed = ({ typed, locale, errorOf }: Props) => (
  <>
    <DateInput name="lastDay" label={t(locale, texts.lastDay)} value={typedDate(typed, 'lastDay')} error={errorOf('lastDay')} />
    <TextInput name="note" label={t(locale, texts.note)} optional value={typed.note} error={errorOf('note')} />
  </>
)

/** The questions of one kind of change. */
export const ChangeFields = ({ change, ...props }: Props & { change: ChangeName }) => {
  if (change === 'close') return <Closed {...props} />
  if (change === 'split') {
    return (
      <>
        <Parts {...props} />
        <Placed {...props} />
        <Basis {...props} />
      </>
    )
  }
  return (
    <>
      {change === 'open' && (
        <TextInput name="code" label={t(props.locale, texts.code)} width={10} value={props.typed.code} error={props.errorOf('code')} />
      )}
      {change === 'merge' && <Merged {...props} />}
      <Named {...props} prefix="fields" />
      <Placed {...props} />
      <Area {...props} />
      <Basis {...props} />
    </>
  )
}
