import { type Locale, t } from '../../../kernel/i18n/index.ts'
import type { StoredTarget, TargetLine } from '../../campaign/index.ts'
import { aimNameOf, levelText } from './campaign-content.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

export const TARGETS = '/dieu-hanh/chi-tieu'

export const aimName = ({ aim }: StoredTarget, day: string, locale: Locale): string => aimNameOf(aim, day, locale)

export const levelOf = (target: StoredTarget, locale: Locale): string =>
  `${target.comparator === 'at_least' ? '≥' : '≤'} ${levelText(target, locale)}`

/** For whom a target was set. */
export const whose = ({ target, unitName }: TargetLine, locale: Locale): string => {
  if (target.scope.kind === 'tier') return t(locale, texts[target.scope.tier])
  return unitName ?? t(locale, texts.all)
}
