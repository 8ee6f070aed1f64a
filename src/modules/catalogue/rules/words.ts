import type { Text } from '../../../kernel/i18n/index.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import type { Component, Fee, ResolverRule, ServiceLevel, StoreName, Tier, TimeLimit } from './procedure.ts'

/** Names of the catalogue's codes in plain words. */
export const tierNames: Record<Tier, Text> = {
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
}

export const serviceLevelNames: Record<ServiceLevel, Text> = {
  full: { vi: 'Trực tuyến toàn trình', en: 'Wholly online' },
  partial: { vi: 'Trực tuyến một phần', en: 'Partly online' },
  none: { vi: 'Chỉ cung cấp thông tin', en: 'Information only' },
}

export const serviceLevelHints: Record<ServiceLevel, Text> = {
  full: { vi: 'Làm hết trên mạng, không phải đến nơi.', en: 'Done wholly online; no visit needed.' },
  partial: {
    vi: 'Nộp trên mạng, có một lần phải đến ký hoặc xuất trình bản chính.',
    en: 'Filed online, with one visit to sign or show originals.',
  },
  none: { vi: 'Nộp tại quầy một cửa hoặc qua bưu điện.', en: 'Filed at the counter or by post.' },
}

export const storeNames: Record<StoreName, Text> = {
  population: { vi: 'Cơ sở dữ liệu dân cư', en: 'Population database' },
  'civil-status': { vi: 'Sổ hộ tịch điện tử', en: 'Civil-status register' },
  health: { vi: 'Dữ liệu của cơ sở y tế', en: 'Health records' },
  land: { vi: 'Dữ liệu đất đai', en: 'Land database' },
  business: { vi: 'Dữ liệu đăng ký kinh doanh', en: 'Business register' },
  tax: { vi: 'Dữ liệu thuế', en: 'Tax records' },
  insurance: { vi: 'Dữ liệu bảo hiểm xã hội', en: 'Social-insurance records' },
  education: { vi: 'Dữ liệu ngành giáo dục', en: 'Education records' },
  own: { vi: 'Kho giấy tờ của bạn', en: 'Your own vault' },
}

export const feeKindNames: Record<Fee['kind'], Text> = {
  fee: { vi: 'Phí', en: 'Fee' },
  charge: { vi: 'Lệ phí', en: 'Charge' },
  obligation: { vi: 'Nghĩa vụ tài chính', en: 'Financial obligation' },
}

export const feeWhenNames: Record<Fee['when'], Text> = {
  submit: { vi: 'nộp khi gửi hồ sơ', en: 'paid on filing' },
  result: { vi: 'nộp khi nhận kết quả', en: 'paid with the result' },
  assessed: { vi: 'nộp sau khi có thông báo số tiền', en: 'paid once the amount is notified' },
}

const units: Record<TimeLimit['unit'], Text> = {
  hour: { vi: '{n} giờ làm việc', en: '{n} working hours' },
  day: { vi: '{n} ngày', en: '{n} days' },
  working_day: { vi: '{n} ngày làm việc', en: '{n} working days' },
  month: { vi: '{n} tháng', en: '{n} months' },
}

/** "3 ngày làm việc". */
export const timeLimitText = ({ amount, unit }: TimeLimit): Text => {
  const text = fill(units[unit], { n: String(amount).replace('.', ',') })
  return { vi: text.vi, en: amount === 1 ? text.en.replace(/s$/, '') : text.en }
}

/** "2.000.000 đ"; nothing to pay is said in words. */
export const moneyText = (amount: number): Text =>
  amount === 0
    ? { vi: 'Không mất tiền', en: 'Free' }
    : { vi: `${String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.')} đ`, en: `${String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} đ` }

const places: Record<Extract<ResolverRule, { kind: 'people_committee' }>['place'], Text> = {
  residence: { vi: 'nơi bạn cư trú', en: 'where you live' },
  event: { vi: 'nơi xảy ra việc', en: 'where it happened' },
  land: { vi: 'nơi có đất', en: 'where the land lies' },
  business: { vi: 'nơi kinh doanh', en: 'where the business is' },
  any: { vi: 'bất kỳ, do bạn chọn', en: 'of your choice' },
}

/** Who resolves, as a sentence. `agencyName` finds a department's name on the day in question. */
export function resolverText(rule: ResolverRule, agencyName: (code: string) => string | undefined): Text {
  switch (rule.kind) {
    case 'agency': {
      const name = agencyName(rule.agencyCode) ?? rule.agencyCode
      return { vi: name, en: name }
    }
    case 'people_committee':
      return rule.tier === 'commune'
        ? { vi: `Ủy ban nhân dân xã, phường ${places[rule.place].vi}`, en: `People’s committee of the commune ${places[rule.place].en}` }
        : {
            vi: `Ủy ban nhân dân huyện, thành phố ${places[rule.place].vi}`,
            en: `People’s committee of the district ${places[rule.place].en}`,
          }
    case 'tier':
      return { vi: `Cơ quan ${tierNames[rule.tier].vi.toLowerCase()}`, en: `An agency of the ${tierNames[rule.tier].en.toLowerCase()}` }
  }
}

/** "1 bản chính, 2 bản sao", "chỉ xuất trình", "điền trên mạng". */
export function copiesText({ original, copy, fromForm }: Pick<Component, 'original' | 'copy' | 'fromForm'>): Text {
  if (fromForm) return { vi: 'Điền trên mạng', en: 'Filled in online' }
  const vi = [original && `${original} bản chính`, copy && `${copy} bản sao`].filter(Boolean).join(', ')
  const en = [original && `${original} original${original > 1 ? 's' : ''}`, copy && `${copy} cop${copy > 1 ? 'ies' : 'y'}`]
    .filter(Boolean)
    .join(', ')
  return { vi: vi || 'Chỉ xuất trình', en: en || 'To be shown only' }
}
