import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { Checkbox, formatDay, formatInstant, formatNumber, InsetText } from '../../../ui/index.ts'
import type { IndicatorPart, Publication, Since, WholePart } from '../../scheme/index.ts'
import { schemeTexts, schemeEditTexts as texts } from '../scheme-texts.ts'
import { EDIT } from './scheme-action.tsx'
import type { Start } from './scheme-start.ts'

/** The field that says up to which publication its sender has seen what others published. */
export const SEEN = 'da-xem'

const partTexts: Readonly<Record<IndicatorPart | WholePart, Text>> = {
  name: schemeTexts.name,
  max: schemeTexts.max,
  formula: { vi: 'Công thức', en: 'Formula' },
  rule: schemeTexts.rule,
  zero: schemeTexts.zero,
  levels: schemeTexts.levels,
  otherwise: schemeTexts.otherwise,
  basis: schemeTexts.basis,
  other: { vi: 'Ghi chú', en: 'Notes' },
  rounding: { vi: 'Làm tròn', en: 'Rounding' },
  bands: schemeTexts.bands,
  groups: texts.groups,
}

/** A publication's changes, a sentence each. */
function sentencesOf({ changes: { added, removed, changed, whole } }: Since<Publication>, locale: Locale): string[] {
  const named = ({ id, name }: { id: string; name: Text }): string => `${id} ${t(locale, name)}`
  const points = (max: number): string => formatNumber(max, locale, String(max).split('.')[1]?.length ?? 0)
  const part = (one: IndicatorPart | WholePart): string => t(locale, partTexts[one]).toLocaleLowerCase(locale)
  return [
    ...added.map((one) => t(locale, texts.meanwhileAdded, { name: named(one), n: points(one.max) })),
    ...removed.map((one) => t(locale, texts.meanwhileRemoved, { name: named(one) })),
    ...changed.map(({ before, after, parts }) => {
      const max = { before: points(before.max), after: points(after.max) }
      const told = parts.map((one) => (one === 'max' ? t(locale, texts.meanwhileMax, max) : part(one)))
      return t(locale, texts.meanwhileChanged, { name: named(after), parts: told.join(', ') })
    }),
    ...(whole.length > 0 ? [t(locale, texts.meanwhileWhole, { parts: whole.map(part).join(', ') })] : []),
  ]
}

/** What others published since the form was opened, and how to go on knowing it. */
export const Meanwhile = ({
  start: { scheme, meanwhile },
  ticked,
  error,
  locale,
}: {
  start: Start
  ticked: string | null
  error: string | undefined
  locale: Locale
}) => {
  const last = meanwhile.at(-1)?.published
  if (!last) return null
  const number = String(last.number)
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t(locale, texts.meanwhile)}</h2>
      {meanwhile.map((since) => {
        const { publishedBy, publishedAt, validFrom, version } = since.published
        const head = since.replaces ? texts.meanwhileReplaced : texts.meanwhileNew
        return (
          <>
            <p class="govuk-body">
              {t(locale, head, { who: publishedBy, when: formatInstant(publishedAt), day: formatDay(validFrom) })}.{' '}
              {t(locale, version.change)}
            </p>
            <ul class="govuk-list govuk-list--bullet">
              {sentencesOf(since, locale).map((sentence) => (
                <li>{sentence}</li>
              ))}
            </ul>
          </>
        )
      })}
      <p class="govuk-body">{t(locale, texts.meanwhileNext)}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={`${EDIT}?tu=${scheme.code}&ban=${last.validFrom}`} target="_blank" rel="noopener">
          {t(locale, texts.meanwhileOpen)}
        </a>
      </p>
      <Checkbox name={SEEN} value={number} label={t(locale, texts.meanwhileSeen)} checked={ticked === number} error={error} />
    </InsetText>
  )
}
