import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { formatNumber } from '../../../ui/index.ts'
import { type StoredTarget, type TargetLine, valueText } from '../../campaign/index.ts'
import { aimNameOf } from './campaign-content.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

export const TARGETS = '/dieu-hanh/chi-tieu'

export const aimName = ({ aim }: StoredTarget, day: string, locale: Locale): string => aimNameOf(aim, day, locale)

export const levelOf = ({ aim, value, comparator }: StoredTarget, locale: Locale): string =>
  `${comparator === 'at_least' ? '≥' : '≤'} ${
    aim.kind === 'rate'
      ? valueText(value)
      : t(locale, texts.scoreValue, { points: formatNumber(value, locale, Number.isInteger(value) ? 0 : 2) })
  }`

/** For whom a target was set. */
export const whose = ({ target, unitName }: TargetLine, locale: Locale): string => {
  if (target.scope.kind === 'tier') return t(locale, texts[target.scope.tier])
  return unitName ?? t(locale, texts.all)
}
