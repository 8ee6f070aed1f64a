import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import { readNationalCalendar, readNationalDays } from '../files.ts'
import { dueAt } from './due-at.ts'
import type { TimeUnit } from './time-limit.ts'
import { buildCalendar, isWorkingDay, weekdayOf, workingDaysBetween } from './work-calendar.ts'
import { addWorkingDays, addWorkingMillis, workingMillis } from './working-time.ts'

const calendar = await readNationalCalendar()
/** `20/11/2026 13:30` in Vietnam. */
const vn = (text: string): Temporal.Instant => {
  const [, d, m, y, time] = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)$/.exec(text) ?? []
  return Temporal.Instant.from(`${y}-${m}-${d}T${time}:00+07:00`)
}
const said = (instant: Temporal.Instant): string => {
  const z = instant.toZonedDateTimeISO('Asia/Ho_Chi_Minh')
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(z.day)}/${two(z.month)}/${z.year} ${two(z.hour)}:${two(z.minute)}`
}

describe('a dossier is due when the law and the wall calendar say', () => {
  const cases: [why: string, received: string, limit: number, unit: TimeUnit, due: string][] = [
    ['an ordinary Monday', '16/11/2026 08:00', 1, 'working_day', '17/11/2026 17:30'],
    ['the day of receipt is not counted, however early', '16/11/2026 07:30', 3, 'working_day', '19/11/2026 17:30'],
    ['received late in the evening counts from that day', '16/11/2026 21:15', 1, 'working_day', '17/11/2026 17:30'],
    ['Friday to Monday', '13/11/2026 13:30', 1, 'working_day', '16/11/2026 17:30'],
    ['Ngày Văn hóa Việt Nam, 24/11/2026, is skipped', '20/11/2026 13:30', 3, 'working_day', '26/11/2026 17:30'],
    ['24/11/2025 was an ordinary Monday', '20/11/2025 13:30', 3, 'working_day', '25/11/2025 17:30'],
    ['the Friday before Tết 2026 at 15:01', '13/02/2026 15:01', 1, 'working_day', '23/02/2026 17:30'],
    ['five working days across Tết 2026', '11/02/2026 09:00', 5, 'working_day', '25/02/2026 17:30'],
    ['across Tết 2025', '24/01/2025 10:00', 2, 'working_day', '04/02/2025 17:30'],
    ['across Tết 2024 with its two days in lieu', '07/02/2024 10:00', 1, 'working_day', '15/02/2024 17:30'],
    ['across Tết 2023', '19/01/2023 10:00', 1, 'working_day', '27/01/2023 17:30'],
    ['across Tết 2022', '28/01/2022 10:00', 1, 'working_day', '07/02/2022 17:30'],
    ['across Tết 2027, computed', '04/02/2027 10:00', 1, 'working_day', '12/02/2027 17:30'],
    ['the working Saturday 22/08/2026 counts', '21/08/2026 09:00', 1, 'working_day', '22/08/2026 17:30'],
    ['and 31/08/2026, which it was swapped for, does not', '28/08/2026 09:00', 1, 'working_day', '03/09/2026 17:30'],
    ['the working Saturday 10/01/2026 counts', '09/01/2026 09:00', 2, 'working_day', '12/01/2026 17:30'],
    ['received on the working Saturday 04/05/2024', '04/05/2024 09:00', 1, 'working_day', '06/05/2024 17:30'],
    ['the swapped Monday 29/04/2024 is off', '26/04/2024 09:00', 1, 'working_day', '02/05/2024 17:30'],
    ['Giỗ Tổ on a Sunday gives Monday 27/04/2026 off', '24/04/2026 16:00', 1, 'working_day', '28/04/2026 17:30'],
    ['30/04–03/05/2023: two days in lieu', '28/04/2023 16:00', 1, 'working_day', '04/05/2023 17:30'],
    ['the long weekend of 30/04/2025 and its working Saturday before', '25/04/2025 08:00', 2, 'working_day', '28/04/2025 17:30'],
    ['the turn of the year 2026', '31/12/2025 16:00', 2, 'working_day', '06/01/2026 17:30'],
    ['received on a Sunday', '15/11/2026 10:00', 1, 'working_day', '16/11/2026 17:30'],
    ['twenty working days', '02/11/2026 10:00', 20, 'working_day', '01/12/2026 17:30'],
    ['the same day', '16/11/2026 09:00', 0, 'working_day', '16/11/2026 17:30'],
    ['the same day at 15:00 still', '16/11/2026 15:00', 0, 'working_day', '16/11/2026 17:30'],
    ['the same day after 15:00 becomes the next working day', '20/11/2026 15:01', 0, 'working_day', '23/11/2026 17:30'],
    ['ten calendar days', '02/11/2026 10:00', 10, 'day', '12/11/2026 17:30'],
    ['calendar days that end on a Saturday end on Monday', '09/11/2026 10:00', 5, 'day', '16/11/2026 17:30'],
    ['calendar days that end on 24/11 end the next day', '14/11/2026 10:00', 10, 'day', '25/11/2026 17:30'],
    ['calendar days that end in Tết end after it', '10/02/2026 10:00', 7, 'day', '23/02/2026 17:30'],
    ['a month from the 31st ends on the last day of a short month', '31/03/2026 10:00', 1, 'month', '04/05/2026 17:30'],
    ['a month from 31 January in a common year', '31/01/2023 10:00', 1, 'month', '28/02/2023 17:30'],
    ['a month from 31 January in a leap year', '31/01/2024 10:00', 1, 'month', '29/02/2024 17:30'],
    ['three months to a Sunday', '22/08/2026 10:00', 3, 'month', '23/11/2026 17:30'],
    ['two hours in the morning', '16/11/2026 08:00', 2, 'hour', '16/11/2026 10:00'],
    ['two hours over lunch', '16/11/2026 10:30', 2, 'hour', '16/11/2026 14:30'],
    ['exactly to closing time', '16/11/2026 15:30', 2, 'hour', '16/11/2026 17:30'],
    ['two hours from Friday 16:30', '13/11/2026 16:30', 2, 'hour', '16/11/2026 08:30'],
    ['eight hours are one working day', '16/11/2026 07:30', 8, 'hour', '16/11/2026 17:30'],
    ['hours received in the night begin at opening', '16/11/2026 22:00', 2, 'hour', '17/11/2026 09:30'],
    ['hours received on 24/11/2026', '24/11/2026 09:00', 4, 'hour', '25/11/2026 11:30'],
  ]
  test.each(cases)('%s: %s + %d %s', (_, received, limit, unit, due) => {
    expect(said(dueAt(vn(received), { limit, unit }, calendar).due)).toBe(due)
  })

  test('a dossier received at 15:01 on the Friday before Tết is due after the holiday, and says which days it skipped', () => {
    const { explanation } = dueAt(vn('13/02/2026 15:01'), { limit: 1, unit: 'working_day' }, calendar)
    expect(explanation.map((sentence) => sentence.vi)).toEqual([
      'Nhận lúc 15:01 thứ Sáu, 13/02/2026.',
      'Không tính ngày nhận, cộng 1 ngày làm việc: 23/02.',
      'Bỏ qua 14/02–15/02 (nghỉ cuối tuần), 16/02–20/02 (Tết Nguyên đán), 21/02–22/02 (nghỉ cuối tuần).',
      'Hạn trả: 17:30 thứ Hai, 23/02/2026.',
    ])
  })

  test('the explanation names 24/11 with its reason, in both languages', () => {
    const { explanation } = dueAt(vn('20/11/2026 13:30'), { limit: 3, unit: 'working_day' }, calendar)
    expect(explanation[1]?.vi).toBe('Không tính ngày nhận, cộng 3 ngày làm việc: 23/11, 25/11, 26/11.')
    expect(explanation[2]?.vi).toBe('Bỏ qua 21/11–22/11 (nghỉ cuối tuần), 24/11 (Ngày Văn hóa Việt Nam).')
    expect(explanation[2]?.en).toBe('Skipping 21/11–22/11 (weekend), 24/11 (Vietnam Culture Day).')
  })
})

describe('a pause moves the due time by the working time that passed in it', () => {
  const limit = { limit: 3, unit: 'working_day' } as const
  test('nineteen working hours of waiting, with 24/11 off on the way', () => {
    const pause = { from: vn('17/11/2026 10:00'), to: vn('19/11/2026 15:00') }
    expect(said(dueAt(vn('16/11/2026 08:00'), limit, calendar, [pause]).due)).toBe('25/11/2026 10:30')
  })
  test('a pause over a weekend and a holiday costs only working time', () => {
    const pause = { from: vn('20/11/2026 17:30'), to: vn('25/11/2026 07:30') }
    expect(said(dueAt(vn('19/11/2026 08:00'), limit, calendar, [pause]).due)).toBe('26/11/2026 17:30')
  })
  test('overlapping pauses are not counted twice', () => {
    const a = { from: vn('17/11/2026 07:30'), to: vn('17/11/2026 17:30') }
    const b = { from: vn('17/11/2026 13:30'), to: vn('18/11/2026 11:30') }
    expect(said(dueAt(vn('16/11/2026 08:00'), limit, calendar, [b, a]).due)).toBe('23/11/2026 11:30')
  })
  test('a pause that begins after the due time changes nothing and says so', () => {
    const late = { from: vn('20/11/2026 09:00'), to: vn('23/11/2026 09:00') }
    const { due, explanation } = dueAt(vn('16/11/2026 08:00'), limit, calendar, [late])
    expect(said(due)).toBe('19/11/2026 17:30')
    expect(explanation.some((sentence) => sentence.vi.includes('không đổi hạn'))).toBe(true)
  })
  test('a pause that ends before it begins is refused', () => {
    const wrong = { from: vn('20/11/2026 09:00'), to: vn('19/11/2026 09:00') }
    expect(() => dueAt(vn('16/11/2026 08:00'), limit, calendar, [wrong])).toThrow(Refused)
  })
})

test('a deadline in a year without a calendar is refused, not guessed', () => {
  expect(() => dueAt(vn('30/12/2027 09:00'), { limit: 5, unit: 'working_day' }, calendar)).toThrow('calendar.year-unknown')
  expect(() => dueAt(vn('30/12/2027 09:00'), { limit: 2, unit: 'month' }, calendar)).toThrow('calendar.year-unknown')
  expect(() => dueAt(vn('30/12/2021 09:00'), { limit: 5, unit: 'working_day' }, calendar)).toThrow('calendar.year-unknown')
})

test.each([-1, 1.5, 4000, Number.NaN])('a limit of %s is refused', (limit) => {
  expect(() => dueAt(vn('16/11/2026 08:00'), { limit, unit: 'day' }, calendar)).toThrow('calendar.limit-invalid')
})

describe('the calendar data agrees with the moon and the law', () => {
  /** The civil day in Vietnam of the n-th new moon after January 2000 (Meeus, Astronomical Algorithms, ch. 49; good to minutes). */
  const newMoon = (n: number): string => {
    const t = n / 1236.85
    const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
    const sun = 2.5534 + 29.1053567 * n
    const moon = 201.5643 + 385.81693528 * n + 0.0107582 * t * t
    const node = 160.7108 + 390.67050284 * n - 0.0016118 * t * t
    const e = 1 - 0.002516 * t
    const correction =
      -0.4072 * sin(moon) +
      0.17241 * e * sin(sun) +
      0.01608 * sin(2 * moon) +
      0.01039 * sin(2 * node) +
      0.00739 * e * sin(moon - sun) -
      0.00514 * e * sin(moon + sun)
    const julian = 2451550.09766 + 29.530588861 * n + 0.00015437 * t * t + correction
    const deltaT = 70_000
    return dayOf(Temporal.Instant.fromEpochMilliseconds(Math.round((julian - 2440587.5) * 86_400_000) - deltaT))
  }
  const moons = Array.from({ length: 90 }, (_, at) => newMoon(270 + at))
  // ICU's Chinese calendar is not the judge here: the new moon of 6 February 2027 is so near Beijing midnight that it misses it.
  test.each([2022, 2023, 2024, 2025, 2026, 2027])(
    'Tết and Giỗ Tổ of %d fall on the first of the first and the tenth of the third lunar month',
    async (year) => {
      const days = (await readNationalDays()).filter((entry) => entry.day.startsWith(String(year)))
      const dayNamed = (name: string) => days.find((entry) => entry.name === name)?.day ?? ''
      const first = moons.indexOf(dayNamed('Tết Nguyên đán: mùng 1'))
      const third = moons.indexOf(addDays(dayNamed('Giỗ Tổ Hùng Vương'), -9))
      expect(first).toBeGreaterThanOrEqual(0)
      expect(third - first).toBe(year === 2023 ? 3 : 2) // 2023 had a leap second month
    },
  )
  test.each([2022, 2023, 2024, 2025, 2026, 2027])(
    '%d has 11 paid holidays, 12 since 2026, and a day in lieu for each that fell on a weekend',
    async (year) => {
      const days = (await readNationalDays()).filter((entry) => entry.day.startsWith(String(year)))
      const holidays = days.filter((entry) => entry.kind === 'holiday')
      expect(holidays).toHaveLength(year >= 2026 ? 12 : 11)
      const swapped = days.filter((entry) => entry.kind === 'working_saturday').length
      const inLieu = days.filter((entry) => entry.kind === 'compensatory').length - swapped
      expect(inLieu).toBe(holidays.filter((entry) => weekdayOf(entry.day) > 5).length)
      expect(days.every((entry) => entry.kind !== 'working_saturday' || weekdayOf(entry.day) === 6)).toBe(true)
    },
  )
})

describe('an office may differ from the country', () => {
  const local = { source: 'quyết định của tỉnh', certainty: 'official', nameEn: '' }
  test('a storm day closes one office; another layer may open it again', async () => {
    const days = await readNationalDays()
    const storm = { ...local, day: '2026-11-17', kind: 'closed', layer: 'province', name: 'Nghỉ tránh bão' } as const
    const open = { ...local, day: '2026-11-17', kind: 'open', layer: 'agency', name: 'Trực bão' } as const
    const base = { from: '2026-01-01', to: '2026-12-31' }
    expect(isWorkingDay('2026-11-17', buildCalendar({ ...base, days: [...days, storm] }))).toBe(false)
    expect(isWorkingDay('2026-11-17', buildCalendar({ ...base, days: [open, storm, ...days] }))).toBe(true)
  })
  test('own opening hours hold from their date on', () => {
    const hours = [
      { validFrom: '2026-01-01', weekday: 1, opens: 480, closes: 960 },
      { validFrom: '2026-11-17', weekday: 2, opens: 480, closes: 1020 },
    ]
    const own = buildCalendar({ from: '2026-01-01', to: '2026-12-31', days: [], hours })
    expect(said(addWorkingDays(vn('13/11/2026 08:00'), 1, own))).toBe('16/11/2026 16:00')
    expect(said(addWorkingDays(vn('16/11/2026 08:00'), 1, own))).toBe('17/11/2026 17:00')
  })
})

describe('properties', () => {
  const start = fc
    .integer({ min: Date.parse('2022-01-01T00:00:00+07:00'), max: Date.parse('2027-04-30T00:00:00+07:00') })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
  const n = fc.integer({ min: 1, max: 90 })

  test('counting the working days to a due day gives the limit back', () => {
    fc.assert(
      fc.property(
        start,
        n,
        (from, days) => workingDaysBetween(dayOf(from), dayOf(addWorkingDays(from, days, calendar)), calendar) === days,
      ),
    )
  })
  test('a due day is always a working day', () => {
    const unit = fc.constantFrom<TimeUnit>('day', 'working_day', 'month', 'hour')
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 5 }), unit, (from, limit, of) =>
        isWorkingDay(dayOf(dueAt(from, { limit, unit: of }, calendar).due), calendar),
      ),
    )
  })
  test('a later receipt or a longer limit is never due earlier', () => {
    const unit = fc.constantFrom<TimeUnit>('day', 'working_day', 'month', 'hour')
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 0, max: 40 * 24 * 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        unit,
        (from, minutes, limit, more, of) => {
          const early = dueAt(from, { limit, unit: of }, calendar).due
          const late = dueAt(from.add({ minutes }), { limit: limit + more, unit: of }, calendar).due
          return Temporal.Instant.compare(early, late) <= 0
        },
      ),
    )
  })
  test('adding working time and measuring it again agree', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 200 * 3600 }), (from, seconds) => {
        const end = addWorkingMillis(from, seconds * 1000, calendar)
        return workingMillis(from, end, calendar) === seconds * 1000
      }),
    )
  })
  test('working time adds up over any point between', () => {
    fc.assert(
      fc.property(start, fc.nat(30 * 24 * 60), fc.nat(30 * 24 * 60), (from, a, b) => {
        const mid = from.add({ minutes: a })
        const end = mid.add({ minutes: b })
        return workingMillis(from, end, calendar) === workingMillis(from, mid, calendar) + workingMillis(mid, end, calendar)
      }),
    )
  })
  test('a pause never brings the due time forward, and moves it by exactly its working time', () => {
    fc.assert(
      fc.property(start, n, fc.nat(60 * 24 * 20), fc.integer({ min: 1, max: 60 * 24 * 20 }), (from, days, wait, length) => {
        const limit = { limit: days, unit: 'working_day' } as const
        const pause = { from: from.add({ minutes: wait }), to: from.add({ minutes: wait + length }) }
        const plain = dueAt(from, limit, calendar).due
        const moved = dueAt(from, limit, calendar, [pause]).due
        if (Temporal.Instant.compare(pause.from, plain) >= 0) return moved.equals(plain)
        return workingMillis(plain, moved, calendar) === workingMillis(pause.from, pause.to, calendar)
      }),
    )
  })
  test('working days between two days are the days that are worked', () => {
    const day = fc.integer({ min: 0, max: 1800 }).map((days) => addDays('2022-01-01', days))
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), (from, length) => {
        const days = Array.from({ length }, (_, at) => addDays(from, at + 1))
        return workingDaysBetween(from, addDays(from, length), calendar) === days.filter((d) => isWorkingDay(d, calendar)).length
      }),
    )
  })
})
