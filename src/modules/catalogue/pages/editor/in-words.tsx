import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import type { VersionBody } from '../../rules/procedure.ts'
import {
  copiesText,
  feeKindNames,
  feeWhenNames,
  moneyText,
  resolverText,
  serviceLevelNames,
  storeNames,
  tierNames,
  timeLimitText,
} from '../../rules/words.ts'
import type { NamedCode } from '../../store.ts'
import { texts as shared } from '../../texts.ts'

/** Names behind the codes of a version, on the day they are read. */
export interface Names {
  readonly agency: (code: string) => string | undefined
  readonly fields: readonly NamedCode[]
  readonly lifeEvents: readonly NamedCode[]
  readonly forms: readonly { readonly code: string; readonly title: string }[]
}

const lineText = (text: { vi: string; en: string }, locale: Locale): string[] =>
  text.vi === text.en || locale === 'en' ? [text[locale]] : [text.vi, text.en]

/** One part of a version in words, a line each: never a bare code where there is a name. */
export function inWords(part: keyof VersionBody, body: VersionBody, names: Names, locale: Locale): string[] {
  const named = (list: readonly NamedCode[], code: string): string => list.find((one) => one.code === code)?.[locale] ?? code
  switch (part) {
    case 'name':
      return lineText(body.name, locale)
    case 'field':
      return body.field ? [named(names.fields, body.field)] : []
    case 'lifeEvents':
      return body.lifeEvents.map((code) => named(names.lifeEvents, code))
    case 'form':
      return body.form === null ? [] : [names.forms.find(({ code }) => code === body.form)?.title ?? body.form]
    case 'tiers':
      return body.tiers.map((tier) => t(locale, tierNames[tier]))
    case 'resolver':
      return [t(locale, resolverText(body.resolver, names.agency))]
    case 'serviceLevel':
      return [t(locale, serviceLevelNames[body.serviceLevel])]
    case 'timeLimit':
      return [t(locale, timeLimitText(body.timeLimit))]
    case 'fees':
      return body.fees.map(
        (fee) =>
          `${t(locale, fee.name)}: ${t(locale, moneyText(fee.amount))} (${t(locale, feeKindNames[fee.kind]).toLowerCase()}, ${t(locale, feeWhenNames[fee.when])})${fee.exemptions ? `. ${t(locale, fee.exemptions)}` : ''}`,
      )
    case 'components':
      return body.components.map((one) => {
        const parts = [
          t(locale, copiesText(one)).toLowerCase(),
          ...(one.required ? [] : [locale === 'vi' ? 'không bắt buộc' : 'optional']),
          ...(one.held ? [t(locale, storeNames[one.held])] : []),
        ]
        return `${t(locale, one.name)}: ${parts.join(', ')}${one.note ? `. ${t(locale, one.note)}` : ''}`
      })
    case 'results':
      return body.results.map(
        ({ name, electronic }) => `${t(locale, name)}${electronic ? (locale === 'vi' ? ' (có bản điện tử)' : ' (electronic)') : ''}`,
      )
    case 'steps':
      return body.steps.map(
        (step) => `${t(locale, step.name)}: ${t(locale, timeLimitText({ amount: step.allowance, unit: body.timeLimit.unit }))}`,
      )
    case 'process':
      return (body.process?.steps ?? []).map(
        (step) => `${t(locale, step.name)}: ${t(locale, timeLimitText({ amount: step.allowance, unit: body.timeLimit.unit }))}`,
      )
    case 'description':
      return body.description ? [t(locale, body.description.what), t(locale, body.description.who)] : []
    case 'abolished':
      return [body.abolished ? t(locale, shared.ended) : '—']
    case 'legalBasis':
    case 'keywords':
      return body[part]
    case 'linked':
      return (body.linked ?? []).map((one) => JSON.stringify(one))
    case 'sourceNote':
      return body.sourceNote ? [body.sourceNote] : []
    default:
      return []
  }
}

export const Lines = ({ lines }: { lines: readonly string[] }) =>
  lines.length === 0 ? (
    <span class="cs-muted">—</span>
  ) : (
    <ul class="govuk-list govuk-!-margin-bottom-0 cs-editor__lines">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
