import type { Locale } from '../../../kernel/i18n/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { quantities } from './quantities.ts'
import { levels } from './scheme.ts'
import type { IndicatorFields, SumFields } from './scheme-fields.ts'
import { readDecimal } from './scheme-form.ts'

const comma = (value: number, locale: Locale): string => (locale === 'vi' ? String(value).replace('.', ',') : String(value))
const nameOf = (quantity: string, locale: Locale): string => ownValue(quantities, quantity)?.name[locale] ?? '…'

/** `hồ sơ tiếp nhận, trừ hồ sơ trễ hạn`; several sums: the greatest of them. */
function sumsText(sums: SumFields, locale: Locale): string {
  const words =
    locale === 'vi'
      ? { plus: 'cộng', minus: 'trừ', greatest: 'số lớn nhất trong' }
      : { plus: 'plus', minus: 'less', greatest: 'the greatest of' }
  const told = sums
    .map((sum) => sum.filter(({ quantity }) => quantity !== ''))
    .filter((sum) => sum.length > 0)
    .map((sum) =>
      sum.map(({ sign, quantity }, i) => `${i > 0 || sign === 'minus' ? `${words[sign]} ` : ''}${nameOf(quantity, locale)}`).join(' '),
    )
  if (told.length === 0) return locale === 'vi' ? '(chưa chọn số liệu)' : '(nothing chosen)'
  return told.length === 1 ? `“${told[0]}”` : `${words.greatest}: ${told.map((one) => `“${one}”`).join(', ')}`
}

/** The points a share gives: of a rule that cannot be read yet, nothing is said. */
function ruleText({ rule, threshold, steps, max }: IndicatorFields, locale: Locale): string {
  const vi = locale === 'vi'
  const most = comma(readDecimal(max), locale)
  const from = comma(readDecimal(threshold), locale)
  if (rule === 'shown') return vi ? 'Chỉ để xem, không có điểm.' : 'For reading only, no points.'
  if (rule === 'stepped') {
    const read = steps
      .split('\n')
      .map((line) => line.split(':').map(readDecimal))
      .filter(([share, points]) => share !== undefined && points !== undefined && !Number.isNaN(share) && !Number.isNaN(points))
      .sort(([a = 0], [b = 0]) => a - b)
    if (read.length === 0) return ''
    const each = read.map(([share = 0, points = 0]) =>
      vi
        ? `từ ${comma(share, locale)} % được ${comma(points, locale)} điểm`
        : `${comma(points, locale)} points from ${comma(share, locale)} %`,
    )
    const lowest = read[0]?.[0] ?? 0
    const below = lowest > 0 ? (vi ? `; dưới ${comma(lowest, locale)} % được 0 điểm` : `; below ${comma(lowest, locale)} % none`) : ''
    const text = `${each.join(', ')}${below}.`
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  if (Number.isNaN(readDecimal(max)) || Number.isNaN(readDecimal(threshold))) return ''
  if (rule === 'yes_no')
    return vi ? `Từ ${from} % trở lên được đủ ${most} điểm, dưới đó 0 điểm.` : `All ${most} points from ${from} % on, else none.`
  return vi
    ? `Từ ${from} % trở lên được đủ ${most} điểm, dưới đó tính theo tỷ lệ.`
    : `All ${most} points from ${from} % on, below it in proportion.`
}

const levelNames: Record<(typeof levels)[number], { vi: string; en: string }> = {
  province: { vi: 'toàn tỉnh', en: 'the whole province' },
  department: { vi: 'sở, ban, ngành', en: 'departments' },
  district: { vi: 'cấp huyện', en: 'districts' },
  commune: { vi: 'cấp xã', en: 'communes' },
}

/** An indicator in sentences that whoever decides about it can check, from what is typed: what is divided by what, what it gives, whom it is asked of. */
export function readBack(line: IndicatorFields, locale: Locale): string {
  const vi = locale === 'vi'
  const { formula, zero, otherwise } = line
  const quotient = (of: SumFields, by: SumFields): string =>
    `${sumsText(of, locale)} ${vi ? 'chia cho' : 'divided by'} ${sumsText(by, locale)}`
  const multiplied =
    formula['factor.numerator'].length === 0 && formula['factor.denominator'].length === 0
      ? ''
      : `${vi ? '; rồi nhân với tỷ lệ' : '; then multiplied by'} ${quotient(formula['factor.numerator'], formula['factor.denominator'])}${vi ? ' (nhiều nhất 100 %)' : ' (at most 100 %)'}`
  const zeroTexts = {
    full: vi ? 'được đủ điểm' : 'all points',
    none: vi ? '0 điểm' : 'no points',
    unscored: vi ? 'không chấm' : 'not scored',
  }
  const zeroText = ownValue(zeroTexts, zero)
  const asked = levels.filter((level) => line.levels.includes(level))
  const others =
    otherwise === 'left_out'
      ? vi
        ? 'các cấp khác không tính chỉ số này'
        : 'others are scored without it'
      : vi
        ? 'các cấp khác được đủ điểm'
        : 'others get all points'
  const whom =
    asked.length === 0
      ? ''
      : asked.length === levels.length
        ? vi
          ? 'Chấm cho mọi cấp.'
          : 'Asked of every level.'
        : `${vi ? 'Chấm cho' : 'Asked of'} ${asked.map((level) => levelNames[level][locale]).join(', ')}; ${others}.`
  return [
    `${vi ? 'Lấy' : 'Take'} ${quotient(formula.numerator, formula.denominator)}${multiplied}.`,
    ruleText(line, locale),
    line.rule === 'shown' || !zeroText ? '' : `${vi ? 'Mẫu số bằng 0 thì' : 'When the denominator is 0:'} ${zeroText}.`,
    whom,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}
