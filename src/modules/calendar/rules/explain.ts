import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, zoned } from '../../../kernel/clock.ts'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import type { PauseReason } from './ledger.ts'
import type { TimeLimit } from './time-limit.ts'
import { isWorkingDay, type WorkCalendar, weekdayOf } from './work-calendar.ts'

const VI = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']
const EN = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** Longer runs are told by their first and last day. */
const LISTED = 7

const two = (n: number): string => String(n).padStart(2, '0')
const short = (day: Day): string => `${day.slice(8)}/${day.slice(5, 7)}`
const long = (day: Day): string => `${short(day)}/${day.slice(0, 4)}`
const weekday = (day: Day): Text => ({ vi: VI[weekdayOf(day)] ?? '', en: EN[weekdayOf(day)] ?? '' })
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** "13:30 thứ Sáu, 20/11/2026" */
export function moment(instant: Temporal.Instant): Text {
  const { hour, minute } = zoned(instant)
  const day = dayOf(instant)
  const time = `${two(hour)}:${two(minute)}`
  return { vi: `${time} ${weekday(day).vi}, ${long(day)}`, en: `${time} on ${weekday(day).en} ${long(day)}` }
}

const both = (text: Text, values: Record<string, string | number | Text>): Text => {
  const pick = (locale: 'vi' | 'en') =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value[locale] : value]))
  return { vi: fill(text, pick('vi')).vi, en: fill(text, pick('en')).en }
}

export const received = (instant: Temporal.Instant): Text =>
  both({ vi: 'Nhận lúc {at}.', en: 'Received at {at}.' }, { at: moment(instant) })

export const due = (instant: Temporal.Instant): Text => both({ vi: 'Hạn trả: {at}.', en: 'Due at {at}.' }, { at: moment(instant) })

export const hours = (n: number): Text => fill({ vi: 'Cộng {n} giờ làm việc.', en: 'Plus {n} working hours.' }, { n })

export const sameDay = (cutOff: number | null): Text =>
  cutOff === null
    ? { vi: 'Trả trong ngày.', en: 'Due the same day.' }
    : fill(
        {
          vi: 'Trả trong ngày, nhưng nhận sau {time} nên chuyển sang ngày làm việc tiếp theo.',
          en: 'Due the same day, but received after {time}, so the next working day.',
        },
        { time: clock(cutOff) },
      )

/** "Không tính ngày nhận, cộng 3 ngày làm việc: 23/11, 25/11, 26/11." */
export function countedDays(n: number, start: Day, last: Day, calendar: WorkCalendar): Text {
  const before = calendar.countTo.get(start) ?? 0
  const days = calendar.working.slice(before, before + n)
  const list = days.length <= LISTED ? days.map(short).join(', ') : null
  return list === null
    ? both(
        {
          vi: 'Không tính ngày nhận, cộng {n} ngày làm việc, từ {a} đến {b}.',
          en: 'The day of receipt is not counted; plus {n} working days, from {a} to {b}.',
        },
        { n, a: long(days[0] ?? last), b: long(last) },
      )
    : both(
        {
          vi: 'Không tính ngày nhận, cộng {n} ngày làm việc: {list}.',
          en: 'The day of receipt is not counted; plus {n} working days: {list}.',
        },
        { n, list },
      )
}

/** When the day of receipt counts as the first day (a dated rule of the office). */
export const countedFrom = (n: number, start: Day, last: Day): Text =>
  both(
    {
      vi: 'Tính cả ngày nhận, {n} ngày làm việc, từ {a} đến {b}.',
      en: 'The day of receipt counts; {n} working days, from {a} to {b}.',
    },
    { n, a: long(start), b: long(last) },
  )

export const spanFrom = (n: number, start: Day, end: Day): Text =>
  both(
    { vi: 'Tính cả ngày nhận, {n} ngày, từ {a} đến hết {b}.', en: 'The day of receipt counts; {n} days, from {a} to the end of {b}.' },
    { n, a: long(start), b: long(end) },
  )

export const receivedLate = (cutOff: number, day: Day): Text =>
  both(
    {
      vi: 'Nhận sau {time} nên tính như nhận {weekday}, {day}.',
      en: 'Received after {time}, so it counts as received on {weekday} {day}.',
    },
    { time: clock(cutOff), weekday: weekday(day), day: long(day) },
  )

export const movedBack = (day: Day): Text =>
  both(
    {
      vi: 'Ngày cuối là ngày nghỉ, nên tính đến ngày làm việc liền trước: {weekday}, {day}.',
      en: 'The last day is a day off, so it ends on the working day before: {weekday} {day}.',
    },
    { weekday: weekday(day), day: long(day) },
  )

export const calendarSpan = (n: number, unit: 'day' | 'month' | string, end: Day): Text =>
  both(
    unit === 'month'
      ? { vi: 'Cộng {n} tháng: đến hết {weekday}, {end}.', en: 'Plus {n} months: to the end of {weekday} {end}.' }
      : {
          vi: 'Không tính ngày nhận, cộng {n} ngày: đến hết {weekday}, {end}.',
          en: 'The day of receipt is not counted; plus {n} days: to the end of {weekday} {end}.',
        },
    { n, end: long(end), weekday: weekday(end) },
  )

/** Consecutive days off with the same reason, told once. */
interface Run {
  first: Day
  last: Day
  reason: Text
}

const WEEKEND: Text = { vi: 'nghỉ cuối tuần', en: 'weekend' }

/** "Tết Nguyên đán: mùng 2" → "Tết Nguyên đán": the days of one feast are told as one. */
const occasion = (name: string): string => name.split(':', 1)[0] ?? name

function daysOff(after: Day, until: Day, calendar: WorkCalendar): Run[] {
  const runs: Run[] = []
  for (let day = addDays(after, 1); day < until; day = addDays(day, 1)) {
    const entry = calendar.special.get(day)
    if (isWorkingDay(day, calendar)) continue
    const reason = entry ? { vi: occasion(entry.name), en: occasion(entry.nameEn || entry.name) } : WEEKEND
    const last = runs.at(-1)
    if (last && last.reason.vi === reason.vi && addDays(last.last, 1) === day) last.last = day
    else runs.push({ first: day, last: day, reason })
  }
  return runs
}

const tell = (runs: Run[], locale: 'vi' | 'en'): string =>
  runs
    .map(({ first, last, reason }) => `${first === last ? short(first) : `${short(first)}–${short(last)}`} (${reason[locale]})`)
    .join(', ')

/** "Bỏ qua 21/11–22/11 (nghỉ cuối tuần), 24/11 (Ngày Văn hóa Việt Nam)." Long stretches name the holidays and count the weekends. */
export function skipped(after: Day, until: Day, calendar: WorkCalendar): Text[] {
  const runs = daysOff(after, until, calendar)
  if (runs.length === 0) return []
  const named = runs.filter((run) => run.reason !== WEEKEND)
  const weekends = runs.length - named.length
  if (weekends <= 2)
    return [both({ vi: 'Bỏ qua {list}.', en: 'Skipping {list}.' }, { list: { vi: tell(runs, 'vi'), en: tell(runs, 'en') } })]
  if (named.length === 0) return [both({ vi: 'Bỏ qua {weekends} kỳ nghỉ cuối tuần.', en: 'Skipping {weekends} weekends.' }, { weekends })]
  return [
    both(
      { vi: 'Bỏ qua {weekends} kỳ nghỉ cuối tuần và {list}.', en: 'Skipping {weekends} weekends and {list}.' },
      { weekends, list: { vi: tell(named, 'vi'), en: tell(named, 'en') } },
    ),
  ]
}

/** A span that ends on a day off ends on the next working day (Civil Code 2015 Art. 148(5)). */
export function movedToWork(end: Day, day: Day, calendar: WorkCalendar): Text[] {
  const runs = daysOff(addDays(end, -1), day, calendar)
  return [
    both(
      {
        vi: 'Ngày cuối là ngày nghỉ, nên tính đến {weekday}, {day}; bỏ qua {list}.',
        en: 'The last day is a day off, so it ends on {weekday} {day}; skipping {list}.',
      },
      { day: long(day), weekday: weekday(day), list: { vi: tell(runs, 'vi'), en: tell(runs, 'en') } },
    ),
  ]
}

export const workingSpan = (millis: number): Text => {
  const minutes = Math.round(millis / 60_000)
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  return {
    vi: h === 0 ? `${m} phút làm việc` : m === 0 ? `${h} giờ làm việc` : `${h} giờ ${m} phút làm việc`,
    en: h === 0 ? `${m} working minutes` : m === 0 ? `${h} working hours` : `${h} h ${m} min of working time`,
  }
}

const pauseWords: Readonly<Record<PauseReason, Text>> = {
  supplement: { vi: ' chờ bổ sung hồ sơ', en: ' for the applicant to complete the dossier' },
  payment: { vi: ' chờ thực hiện nghĩa vụ tài chính', en: ' for the applicant to pay what is owed' },
  consultation: { vi: ' chờ ý kiến cơ quan khác', en: ' for another agency’s opinion' },
  withdrawal: { vi: ' vì người nộp xin dừng', en: ' because the applicant asked to stop' },
  other: { vi: '', en: '' },
}

/** " chờ bổ sung hồ sơ và chờ …" */
const because = (reasons: readonly PauseReason[]): Text => ({
  vi: reasons.map((reason) => pauseWords[reason].vi).join(' và'),
  en: reasons.map((reason) => pauseWords[reason].en).join(' and'),
})

export interface PauseTold {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly reasons: readonly PauseReason[]
}

export const paused = ({ from, to, reasons }: PauseTold, millis: number): Text =>
  both(
    { vi: 'Tạm dừng{why} từ {from} đến {to}: lùi hạn {span}.', en: 'Paused{why} from {from} to {to}: the due time moves by {span}.' },
    { why: because(reasons), from: moment(from), to: moment(to), span: workingSpan(millis) },
  )

export const pauseTooLate = (from: Temporal.Instant): Text =>
  both(
    {
      vi: 'Lần tạm dừng lúc {from} sau khi đã hết hạn, nên không đổi hạn.',
      en: 'The pause at {from} began after the due time and changes nothing.',
    },
    { from: moment(from) },
  )

export const restarted = ({ from, to, reasons }: PauseTold): Text =>
  both(
    {
      vi: 'Tạm dừng{why} từ {from} đến {to}: thời hạn tính lại từ đầu.',
      en: 'Paused{why} from {from} to {to}: the limit begins anew.',
    },
    { why: because(reasons), from: moment(from), to: moment(to) },
  )

export const standingStill = (from: Temporal.Instant, reasons: readonly PauseReason[]): Text =>
  both(
    {
      vi: 'Đang tạm dừng{why} từ {from}; khi chạy tiếp, hạn lùi tương ứng.',
      en: 'Standing still{why} since {from}; the due time will move by the time that passes.',
    },
    { why: because(reasons), from: moment(from) },
  )

const unitWords = ({ limit, unit }: TimeLimit): Text => {
  if (unit === 'hour') return { vi: `${limit} giờ làm việc`, en: `${limit} working hours` }
  if (unit === 'working_day') return { vi: `${limit} ngày làm việc`, en: `${limit} working days` }
  return unit === 'month' ? { vi: `${limit} tháng`, en: `${limit} months` } : { vi: `${limit} ngày`, en: `${limit} days` }
}

const quoted = (reason: string): string => (reason.trim() === '' ? '' : ` (${reason.trim()})`)

export const extension = (at: Temporal.Instant, by: TimeLimit | null, to: Temporal.Instant, reason: string): Text =>
  by === null
    ? both(
        { vi: 'Gia hạn lúc {at}{why}: hạn mới {to}.', en: 'Extended at {at}{why}: now due at {to}.' },
        { at: moment(at), why: quoted(reason), to: moment(to) },
      )
    : both(
        { vi: 'Gia hạn lúc {at} thêm {by}{why}: hạn mới {to}.', en: 'Extended at {at} by {by}{why}: now due at {to}.' },
        { at: moment(at), by: unitWords(by), why: quoted(reason), to: moment(to) },
      )

export const extensionNotLater = (at: Temporal.Instant): Text =>
  both(
    {
      vi: 'Lần gia hạn lúc {at} không muộn hơn hạn đang có, nên không đổi hạn.',
      en: 'The extension at {at} is not later and changes nothing.',
    },
    { at: moment(at) },
  )

export const transferred = (at: Temporal.Instant, to: Temporal.Instant, own: TimeLimit | null): Text =>
  own === null
    ? both(
        {
          vi: 'Chuyển cơ quan giải quyết lúc {at}: thời gian còn lại tính theo lịch của cơ quan mới, hạn {to}.',
          en: 'Transferred at {at}: what is left counts on the new agency’s calendar, due at {to}.',
        },
        { at: moment(at), to: moment(to) },
      )
    : both(
        {
          vi: 'Chuyển cơ quan giải quyết lúc {at}, thời hạn mới {own}: hạn {to}.',
          en: 'Transferred at {at} with a limit of {own}: due at {to}.',
        },
        { at: moment(at), own: unitWords(own), to: moment(to) },
      )

export const reopened = (from: Temporal.Instant, at: Temporal.Instant, to: Temporal.Instant): Text =>
  both(
    {
      vi: 'Đã xong lúc {from}, mở lại lúc {at}: thời gian ở giữa không tính, hạn {to}.',
      en: 'Finished at {from}, reopened at {at}: the time between does not count, due at {to}.',
    },
    { from: moment(from), at: moment(at), to: moment(to) },
  )

export const calendarMoved = (reason: Text, to: Temporal.Instant): Text =>
  both(
    { vi: 'Lịch làm việc thay đổi ({reason}): hạn mới {to}.', en: 'The working calendar changed ({reason}): now due at {to}.' },
    { reason, to: moment(to) },
  )

/** A promise that does not follow from the limit, such as that of an imported dossier. */
export const promised = (): Text => ({ vi: 'Hạn theo giấy hẹn.', en: 'Due as promised on the slip.' })

export const finished = (at: Temporal.Instant, late: boolean): Text =>
  both(
    late
      ? { vi: 'Xong lúc {at}, sau hạn.', en: 'Finished at {at}, after the due time.' }
      : { vi: 'Xong lúc {at}, trong hạn.', en: 'Finished at {at}, in time.' },
    { at: moment(at) },
  )
