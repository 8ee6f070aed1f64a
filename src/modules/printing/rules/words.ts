import { Temporal } from 'temporal-polyfill'
import { dayOf, zoned } from '../../../kernel/clock.ts'

const two = (number: number): string => String(number).padStart(2, '0')

/** `27 tháng 11 năm 2026`, with two digits where one could be altered (NĐ 30/2020/NĐ-CP: days under 10, months 1 and 2). */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${two(date ?? 0)} tháng ${(month ?? 0) < 3 ? two(month ?? 0) : month} năm ${year}`
}

/** `14 giờ 05 phút, ngày 27 tháng 11 năm 2026`: the time on the wall in Vietnam. */
export function longMoment(instant: string): string {
  const at = Temporal.Instant.from(instant)
  const { hour, minute } = zoned(at)
  return `${two(hour)} giờ ${two(minute)} phút, ngày ${longDay(dayOf(at))}`
}

/** `27/11/2026`. */
export const shortDay = (day: string): string => day.split('-').reverse().join('/')

/** `14:05, 27/11/2026`. */
export function shortMoment(instant: string): string {
  const at = Temporal.Instant.from(instant)
  const { hour, minute } = zoned(at)
  return `${two(hour)}:${two(minute)}, ${shortDay(dayOf(at))}`
}

/** `50.000 đồng`. */
export const dong = (amount: number): string => `${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')} đồng`

/** The civil day of an instant given as ISO text. */
export const dayOfText = (instant: string): string => dayOf(Temporal.Instant.from(instant))

const UNIT = /^(tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu)\s+/iu

/** What stands before the date: the official name of the place without its kind ("Cà Mau"), unless the name is a number ("Phường 5"). */
export function placeName(area: string): string {
  const bare = area.trim().replace(UNIT, '')
  const place = bare === '' || /^\d/.test(bare) ? area.trim() : bare
  return place.charAt(0).toLocaleUpperCase('vi') + place.slice(1)
}

const COMMITTEE = /^(?:Ủy|Uỷ) ban nhân dân\s+/iu

/** The name of an agency as it heads a document, in capitals: a people's committee on two lines ("ỦY BAN NHÂN DÂN", "XÃ …"). */
export function headLines(name: string): string[] {
  const capitals = (text: string): string => text.trim().toLocaleUpperCase('vi')
  if (!COMMITTEE.test(name)) return [capitals(name)]
  return ['ỦY BAN NHÂN DÂN', capitals(name.replace(COMMITTEE, ''))]
}

/** The place a people's committee is of: "Ủy ban nhân dân xã Đất Mũi" → "xã Đất Mũi"; undefined when the name says none. */
export const areaOfName = (name: string): string | undefined =>
  COMMITTEE.test(name) ? name.replace(COMMITTEE, '').trim() : UNIT.test(name) ? name.trim() : undefined
