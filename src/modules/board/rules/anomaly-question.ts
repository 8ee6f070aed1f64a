import { addDays, type Day } from '../../../kernel/clock.ts'
import type { AnomalyKind } from '../../scheme/index.ts'
import { periodOf, readQuestion } from './question.ts'

/** Kinds as they stand in an address. */
export const kindSlugs: Readonly<Record<AnomalyKind, string>> = {
  'assisted-share': 'nop-ho',
  'one-phone': 'mot-so-dien-thoai',
  'one-account': 'mot-tai-khoan',
  'one-device': 'mot-thiet-bi',
  burst: 'don-cuoi-ky',
  'taken-back': 'mo-lai',
  'stop-clock': 'bo-sung-sat-han',
}

/** What the page is asked, as it stands in its address. */
export interface AnomalyQuestion {
  readonly from: Day
  readonly to: Day
  readonly kind: AnomalyKind | null
  readonly page: number
}

/** Longer periods are nobody's question, and would be work for minutes. */
const MOST_DAYS = 3 * 366

/** The quarter a day lies in. */
const quarterOf = (today: Day): string => `${today.slice(0, 4)}-q${Math.ceil(Number(today.slice(5, 7)) / 3)}`

/** Reads the address. What makes no sense, and a period of more than three years, falls back to this quarter, all kinds, the first page. */
export function readAnomalyQuestion(query: Readonly<Record<string, string | undefined>>, today: Day): AnomalyQuestion {
  const usual = periodOf(quarterOf(today)) ?? { from: today, to: today }
  const asked = query.ky || (query.tu && query.den) ? readQuestion({ ky: query.ky, tu: query.tu, den: query.den }, today) : usual
  const named = query.ky ? periodOf(query.ky) : { from: query.tu, to: query.den }
  const sensible = named?.from === asked.from && named.to === asked.to && addDays(asked.from, MOST_DAYS) >= asked.to
  const { from, to } = sensible ? asked : usual
  const kind = (Object.keys(kindSlugs) as AnomalyKind[]).find((one) => kindSlugs[one] === query.loai) ?? null
  const page = /^[1-9]\d{0,5}$/.test(query.trang ?? '') ? Number(query.trang) : 1
  return { from, to, kind, page }
}

/** Months, quarters and years people ask about most: the present ones and the ones before. */
export function anomalyPeriods(today: Day): string[] {
  const back = (months: number): Day => {
    const at = new Date(`${today.slice(0, 7)}-01T00:00:00Z`)
    return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1)).toISOString().slice(0, 10)
  }
  const year = Number(today.slice(0, 4))
  return [today.slice(0, 7), back(1).slice(0, 7), quarterOf(today), quarterOf(back(3)), `${year}`, `${year - 1}`]
}
