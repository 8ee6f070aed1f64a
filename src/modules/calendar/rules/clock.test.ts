import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dayOf } from '../../../kernel/clock.ts'
import { readNationalCalendar, readNationalDays } from '../files.ts'
import { clock } from './clock.ts'
import { dueAfterChange, likenessOf, type Promised } from './due-after-change.ts'
import { dueAt } from './due-at.ts'
import { chainOf, inForceFor } from './inherit.ts'
import type { ClockEvent, ClockRules, Ledger } from './ledger.ts'
import { readClock, timeLeft } from './read-clock.ts'
import { stepDues } from './step-dues.ts'
import type { TimeLimit, TimeUnit } from './time-limit.ts'
import { buildCalendar, defaultHours, doorsOn, hoursOn, isWorkingDay, type WorkCalendar } from './work-calendar.ts'
import { addWorkingMillis, workingMillis } from './working-time.ts'

const national = await readNationalDays()
const calendar = await readNationalCalendar()
const range = { from: '2022-01-01', to: '2027-12-31' }

/** `20/11/2026 13:30` in Vietnam, as the ledger keeps it. */
const at = (text: string): string => {
  const [, d, m, y, time] = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)$/.exec(text) ?? []
  return Temporal.Instant.from(`${y}-${m}-${d}T${time}:00+07:00`).toString()
}
const instant = (text: string): Temporal.Instant => Temporal.Instant.from(at(text))
const said = (when: Temporal.Instant): string => {
  const z = when.toZonedDateTimeISO('Asia/Ho_Chi_Minh')
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(z.day)}/${two(z.month)}/${z.year} ${two(z.hour)}:${two(z.minute)}`
}
const days = (limit: number): TimeLimit => ({ limit, unit: 'working_day' })
const start = (when: string, agency = ''): ClockEvent => ({ type: 'start', at: at(when), agency })
const dueOf = (events: ClockEvent[], limit = days(3), calendars: Parameters<typeof clock>[2] = calendar, rules: Partial<ClockRules> = {}) =>
  said(clock(events, limit, calendars, rules).due)
const words = (events: ClockEvent[], limit = days(3)) => clock(events, limit, calendar).explanation.map(({ vi }) => vi)

describe('the clock stands still while the applicant has to act', () => {
  const received = start('16/11/2026 08:00')
  const asked: ClockEvent = { type: 'pause', at: at('17/11/2026 13:30'), reason: 'supplement' }
  const answered: ClockEvent = { type: 'resume', at: at('18/11/2026 13:30'), reason: 'supplement' }

  test('the due time moves by the working time that passed, and says so with the reason', () => {
    const state = clock([received, asked, answered], days(3), calendar)
    expect(said(state.originalDue)).toBe('19/11/2026 17:30')
    expect(said(state.due)).toBe('20/11/2026 17:30')
    expect(state.changes).toMatchObject([{ type: 'pause', reason: 'supplement' }])
    expect(state.changes[0]?.text.vi).toBe(
      'Tạm dừng chờ bổ sung hồ sơ từ 13:30 thứ Ba, 17/11/2026 đến 13:30 thứ Tư, 18/11/2026: lùi hạn 8 giờ làm việc.',
    )
    expect(state.pausedWorkingMs).toBe(8 * 3_600_000)
  })
  test('an open pause keeps the promise and says that the clock stands still', () => {
    const state = clock([received, asked], days(3), calendar)
    expect([state.state, said(state.due), state.pausedFor]).toEqual(['paused', '19/11/2026 17:30', ['supplement']])
    expect(state.explanation.at(-1)?.vi).toContain('Đang tạm dừng chờ bổ sung hồ sơ từ 13:30 thứ Ba, 17/11/2026')
    const reading = readClock(state, instant('19/11/2026 08:00'), calendar)
    expect(said(reading.due)).toBe('23/11/2026 14:00')
    expect(reading.words.vi).toBe('đang tạm dừng, khi chạy tiếp còn 2 ngày làm việc')
  })
  test('two rounds of supplement move it twice, each told apart', () => {
    const again: ClockEvent[] = [
      { type: 'pause', at: at('19/11/2026 07:30'), reason: 'supplement' },
      { type: 'resume', at: at('20/11/2026 07:30'), reason: 'supplement' },
    ]
    const state = clock([received, asked, answered, ...again], days(3), calendar)
    expect(said(state.due)).toBe('23/11/2026 17:30')
    expect(state.changes.map(({ from, to }) => [said(from), said(to)])).toEqual([
      ['19/11/2026 17:30', '20/11/2026 17:30'],
      ['20/11/2026 17:30', '23/11/2026 17:30'],
    ])
  })
  test('a supplement and a payment that overlap stop it once, until the last one ends', () => {
    const events: ClockEvent[] = [
      received,
      asked,
      { type: 'pause', at: at('18/11/2026 07:30'), reason: 'payment' },
      answered,
      { type: 'resume', at: at('19/11/2026 13:30'), reason: 'payment' },
    ]
    expect(dueOf(events)).toBe('23/11/2026 17:30')
    expect(words(events).join(' ')).toContain('chờ bổ sung hồ sơ và chờ thực hiện nghĩa vụ tài chính')
  })
  test('another agency’s opinion stops it only where a rule says so', () => {
    const events: ClockEvent[] = [
      received,
      { type: 'pause', at: at('17/11/2026 07:30'), reason: 'consultation' },
      { type: 'resume', at: at('18/11/2026 07:30'), reason: 'consultation' },
    ]
    expect(dueOf(events)).toBe('19/11/2026 17:30')
    expect(dueOf(events, days(3), calendar, { pauses: ['consultation'] })).toBe('20/11/2026 17:30')
  })
  test('where a sector law says so, the limit begins anew after the supplement', () => {
    expect(dueOf([received, asked, answered], days(3), calendar, { restarts: ['supplement'] })).toBe('23/11/2026 17:30')
    expect(dueOf([received, asked, { ...answered, restart: true } as ClockEvent])).toBe('23/11/2026 17:30')
  })
  test('what was late already does not become punctual by a pause', () => {
    const late: ClockEvent[] = [
      received,
      { type: 'pause', at: at('20/11/2026 09:00'), reason: 'supplement' },
      { type: 'resume', at: at('23/11/2026 09:00'), reason: 'supplement' },
    ]
    expect(dueOf(late)).toBe('19/11/2026 17:30')
    expect(words(late).join(' ')).toContain('sau khi đã hết hạn')
  })
})

describe('an extension puts the due time off, and only off', () => {
  const received = start('16/11/2026 08:00')
  test('to a day, with the reason the applicant reads', () => {
    const events: ClockEvent[] = [
      received,
      { type: 'extend', at: at('18/11/2026 09:00'), to: at('25/11/2026 17:30'), reason: 'Hồ sơ phức tạp' },
    ]
    const state = clock(events, days(3), calendar)
    expect([said(state.originalDue), said(state.due)]).toEqual(['19/11/2026 17:30', '25/11/2026 17:30'])
    expect(state.changes[0]?.text.vi).toBe('Gia hạn lúc 09:00 thứ Tư, 18/11/2026 (Hồ sơ phức tạp): hạn mới 17:30 thứ Tư, 25/11/2026.')
  })
  test('by an amount, over 24/11', () => {
    const by: ClockEvent = { type: 'extend', at: at('18/11/2026 09:00'), by: days(3), reason: '' }
    expect(dueOf([received, by])).toBe('25/11/2026 17:30')
  })
  test('one that is not later changes nothing and says so', () => {
    const events: ClockEvent[] = [received, { type: 'extend', at: at('18/11/2026 09:00'), to: at('18/11/2026 17:30'), reason: 'nhầm' }]
    expect(dueOf(events)).toBe('19/11/2026 17:30')
    expect(words(events).join(' ')).toContain('không muộn hơn')
  })
})

describe('a dossier goes to another agency', () => {
  const saturday = {
    validFrom: '2026-01-01',
    saturdayCounts: true,
    hours: [...defaultHours, { validFrom: '', weekday: 6, opens: 450, closes: 690 }],
  }
  const worksSaturday = buildCalendar({ ...range, days: national, schedules: [saturday] })
  const calendars = (agency: string): WorkCalendar => (agency === 'H12.20' ? worksSaturday : calendar)
  const moved: ClockEvent = { type: 'transfer', at: at('17/11/2026 09:00'), agency: 'H12.20' }

  test('the working days that are left count on its calendar', () => {
    // Five working days from Monday: Monday 23/11; four are left on Tuesday: 18, 19, 20 and Saturday 21/11.
    expect(dueOf([start('16/11/2026 08:00', 'H12.07'), moved], days(5), calendars)).toBe('21/11/2026 11:30')
  })
  test('between agencies with the same calendar nothing moves', () => {
    expect(dueOf([start('16/11/2026 08:00', 'H12.07'), { ...moved, agency: 'H12.08' }], days(5), calendars)).toBe('23/11/2026 17:30')
  })
  test('with a limit of its own from then on', () => {
    const own: ClockEvent = { ...moved, limit: days(2) } as ClockEvent
    expect(dueOf([start('16/11/2026 08:00', 'H12.07'), own], days(5), calendars)).toBe('19/11/2026 17:30')
  })
})

describe('the end, and a recorded recall', () => {
  const received = start('16/11/2026 08:00')
  const ended: ClockEvent = { type: 'end', at: at('18/11/2026 10:00') }
  test('says whether it was in time', () => {
    expect(words([received, ended]).at(-1)).toBe('Xong lúc 10:00 thứ Tư, 18/11/2026, trong hạn.')
    expect(words([received, { ...ended, at: at('20/11/2026 10:00') }]).at(-1)).toContain('sau hạn')
  })
  test('the time it lay finished does not count when it is taken up again', () => {
    expect(dueOf([received, ended, { type: 'reopen', at: at('23/11/2026 10:00') }])).toBe('25/11/2026 17:30')
  })
})

describe('rules that differ by sector or place', () => {
  const due = (when: string, limit: TimeLimit, rules: Partial<ClockRules>) => dueOf([start(when)], limit, calendar, rules)
  test('the day of receipt may count', () => {
    expect(due('16/11/2026 08:00', days(3), { startDay: 'same' })).toBe('18/11/2026 17:30')
  })
  test('everything received after 15:00 may count as received the next working day', () => {
    expect(due('20/11/2026 15:00', days(1), { lateReceipt: 'all' })).toBe('23/11/2026 17:30')
    expect(due('20/11/2026 15:01', days(1), { lateReceipt: 'all' })).toBe('25/11/2026 17:30')
  })
  test('an end on a day off may stay there, or go back', () => {
    expect(due('14/11/2026 10:00', { limit: 10, unit: 'day' }, { endDay: 'same' })).toBe('24/11/2026 23:59')
    expect(due('14/11/2026 10:00', { limit: 10, unit: 'day' }, { endDay: 'previous' })).toBe('23/11/2026 17:30')
  })
  test('it may end at the time of day of receipt, never outside opening hours', () => {
    expect(due('20/11/2026 13:45', days(3), { endTime: 'same_time' })).toBe('26/11/2026 13:45')
    expect(due('20/11/2026 22:00', days(3), { endTime: 'same_time' })).toBe('26/11/2026 17:30')
  })
  test('they are dated: what was received before keeps the rule of its day', () => {
    const rules = [{ ...calendarRules(), validFrom: '2026-11-18', startDay: 'same' as const }]
    const dated = buildCalendar({ ...range, days: national, rules })
    expect(dueOf([start('17/11/2026 08:00')], days(2), dated)).toBe('19/11/2026 17:30')
    expect(dueOf([start('18/11/2026 08:00')], days(2), dated)).toBe('19/11/2026 17:30')
  })
})

function calendarRules(): ClockRules {
  const { validFrom: _, ...rules } = calendar.rules[0] ?? { validFrom: '', ...({} as ClockRules) }
  return rules
}

describe('opening hours', () => {
  const half = [...defaultHours.filter(({ weekday, opens }) => weekday < 5 || opens < 720)]
  const fridayMorning = buildCalendar({ ...range, days: national, hours: half.map((row) => ({ ...row, validFrom: '2026-01-01' })) })
  test('a Friday with a morning only ends at its end', () => {
    expect(dueOf([start('19/11/2026 08:00')], days(1), fridayMorning)).toBe('20/11/2026 11:30')
    expect(dueOf([start('20/11/2026 10:30')], { limit: 2, unit: 'hour' }, fridayMorning)).toBe('23/11/2026 08:30')
  })
  test('a counter open on Saturday moves no deadline unless Saturday is ruled to count', () => {
    const hours = [...defaultHours, { validFrom: '', weekday: 6, opens: 450, closes: 690 }]
    const open = buildCalendar({ ...range, days: national, schedules: [{ validFrom: '2026-01-01', hours, saturdayCounts: false }] })
    expect(isWorkingDay('2026-11-21', open)).toBe(false)
    expect(doorsOn('2026-11-21', open)).toHaveLength(1)
    expect(dueOf([start('20/11/2026 08:00')], days(1), open)).toBe('23/11/2026 17:30')
    const counts = buildCalendar({ ...range, days: national, schedules: [{ validFrom: '2026-01-01', hours, saturdayCounts: true }] })
    expect(dueOf([start('20/11/2026 08:00')], days(1), counts)).toBe('21/11/2026 11:30')
    expect(hoursOn('2026-08-22', counts)).toHaveLength(2)
  })
  test('an agency goes by the nearest one above it that decided something, day by day', () => {
    const decided = (agencyCode: string, validFrom: string, inherits = false) => ({ agencyCode, validFrom, inherits })
    const all = [
      decided('', '2020-01-01'),
      decided('H12.31', '2026-01-01'),
      decided('H12.31.04', '2026-03-01'),
      decided('H12.31.04', '2026-06-01', true),
    ]
    expect(chainOf('H12.31.04')).toEqual(['H12.31.04', 'H12.31', 'H12', ''])
    expect(inForceFor('H12.31.04', all).map(({ validFrom, agencyCode }) => `${validFrom} ${agencyCode}`)).toEqual([
      '2020-01-01 ',
      '2026-01-01 H12.31',
      '2026-03-01 H12.31.04',
      '2026-06-01 H12.31',
    ])
    expect(inForceFor('H12.32', all)).toHaveLength(1)
  })
})

describe('what is left, in words', () => {
  const left = (now: string, due = '20/11/2026 17:30') => timeLeft(instant(due), instant(now), calendar).words.vi
  test.each([
    ['18/11/2026 09:00', 'còn 2 ngày làm việc'],
    ['19/11/2026 17:30', 'còn 1 ngày làm việc'],
    ['20/11/2026 14:30', 'còn 3 giờ làm việc'],
    ['20/11/2026 16:50', 'còn 40 phút làm việc'],
    ['20/11/2026 17:30', 'đến hạn'],
    ['20/11/2026 18:00', 'vừa quá hạn'],
    ['23/11/2026 09:00', 'quá hạn 1 ngày làm việc'],
    ['25/11/2026 09:00', 'quá hạn 2 ngày làm việc'],
  ])('at %s: %s', (now, expected) => expect(left(now)).toBe(expected))
  test('less than a day that lies over a night is told in hours', () => {
    expect(left('19/11/2026 16:00', '20/11/2026 09:00')).toBe('còn 3 giờ làm việc')
  })
})

describe('steps of an internal process', () => {
  const ledger: Ledger = { limit: days(5), events: [start('16/11/2026 08:00')] }
  test('follow each other inside the legal limit', () => {
    const { dues, total, fits } = stepDues([{ limit: 4, unit: 'hour' }, days(2), days(2)], ledger, calendar)
    expect(dues.map(said)).toEqual(['16/11/2026 14:00', '18/11/2026 17:30', '20/11/2026 17:30'])
    expect([said(total), fits]).toEqual(['23/11/2026 17:30', true])
  })
  test('are never due after the whole, and it is said when they do not fit', () => {
    const { dues, fits } = stepDues([days(3), days(4)], ledger, calendar)
    expect(dues.map(said)).toEqual(['19/11/2026 17:30', '23/11/2026 17:30'])
    expect(fits).toBe(false)
  })
  test('a pause moves the steps that were not over', () => {
    const events: ClockEvent[] = [
      ...ledger.events,
      { type: 'pause', at: at('18/11/2026 07:30'), reason: 'supplement' },
      { type: 'resume', at: at('19/11/2026 07:30'), reason: 'supplement' },
    ]
    const { dues } = stepDues([days(1), days(2)], { ...ledger, events }, calendar)
    expect(dues.map(said)).toEqual(['17/11/2026 17:30', '20/11/2026 17:30'])
  })
})

describe('a calendar that changes', () => {
  const storm = { day: '2026-11-18', kind: 'closed', layer: 'province', name: 'Bão', nameEn: '', source: '', certainty: 'local' } as const
  const stormy = buildCalendar({ ...range, days: [...national, storm] })
  const promised = (events: ClockEvent[], limit = days(3)): Promised => ({
    agencyCode: 'H12.07',
    receivedAt: Temporal.Instant.from(events[0]?.at ?? ''),
    due: clock(events, limit, calendar).due,
    ledger: { limit, events },
  })
  const moved = (one: Promised) => said(dueAfterChange(one, calendar, stormy) ?? one.due)

  test('moves what has the day inside its limit, and nothing else', () => {
    expect(moved(promised([start('16/11/2026 08:00')]))).toBe('20/11/2026 17:30')
    expect(moved(promised([start('18/11/2026 08:00')]))).toBe('23/11/2026 17:30')
    expect(moved(promised([start('10/11/2026 08:00')]))).toBe('13/11/2026 17:30')
    expect(moved(promised([start('16/11/2026 08:00')], { limit: 4, unit: 'day' }))).toBe('20/11/2026 17:30')
    expect(moved(promised([start('16/11/2026 08:00')], { limit: 2, unit: 'day' }))).toBe('19/11/2026 17:30')
  })
  test('a day off inside a finished pause moves nothing twice', () => {
    const events: ClockEvent[] = [
      start('16/11/2026 08:00'),
      { type: 'pause', at: at('17/11/2026 17:30'), reason: 'supplement' },
      { type: 'resume', at: at('19/11/2026 07:30'), reason: 'supplement' },
    ]
    expect(moved(promised(events))).toBe('20/11/2026 17:30')
  })
  test('a promise without a ledger, or written on a slip, keeps its number of working days', () => {
    const slip: ClockEvent = { type: 'start', at: at('16/11/2026 08:00'), agency: '', due: at('19/11/2026 10:00') }
    expect(moved(promised([slip]))).toBe('20/11/2026 10:00')
    expect(moved({ ...promised([slip]), ledger: null })).toBe('20/11/2026 10:00')
  })
  test('two dossiers that look alike to the preview move alike', () => {
    const when = fc.integer({ min: 0, max: 3 * 24 * 60 * 60 }).map((s) => instant('16/11/2026 00:00').add({ seconds: s }).toString())
    const limits = fc.constantFrom<TimeLimit>(days(0), days(2), { limit: 3, unit: 'hour' }, { limit: 3, unit: 'day' })
    fc.assert(
      fc.property(when, when, limits, (a, b, limit) => {
        const [one, two] = [a, b].map((one) => promised([{ type: 'start', at: one, agency: '' }], limit)) as [Promised, Promised]
        return likenessOf(one, calendar, stormy) !== likenessOf(two, calendar, stormy) || moved(one) === moved(two)
      }),
      { numRuns: 60 },
    )
  })
})

test.each<[string, ClockEvent[]]>([
  ['nothing', []],
  ['no start', [{ type: 'pause', at: at('16/11/2026 08:00'), reason: 'supplement' }]],
  ['two starts', [start('16/11/2026 08:00'), start('16/11/2026 09:00')]],
  ['going on without a pause', [start('16/11/2026 08:00'), { type: 'resume', at: at('16/11/2026 09:00'), reason: 'supplement' }]],
  ['a step back in time', [start('16/11/2026 08:00'), { type: 'end', at: at('15/11/2026 09:00') }]],
  [
    'a step after the end',
    [
      start('16/11/2026 08:00'),
      { type: 'end', at: at('17/11/2026 09:00') },
      { type: 'pause', at: at('18/11/2026 09:00'), reason: 'other' },
    ],
  ],
  ['reopening what never ended', [start('16/11/2026 08:00'), { type: 'reopen', at: at('17/11/2026 09:00') }]],
])('a ledger of %s is refused', (_, events) => {
  expect(() => clock(events, days(3), calendar)).toThrow('calendar.ledger-invalid')
})

describe('properties', () => {
  const when = fc
    .integer({ min: Date.parse('2022-01-01T00:00:00+07:00'), max: Date.parse('2027-03-31T00:00:00+07:00') })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
  const limits = fc
    .record({ limit: fc.integer({ min: 1, max: 30 }), unit: fc.constantFrom<TimeUnit>('hour', 'day', 'working_day', 'month') })
    .map(({ limit, unit }) => (unit === 'month' ? { limit: 1 + (limit % 3), unit } : { limit, unit }))
  const runs = { numRuns: 60 }
  const begun = (from: Temporal.Instant): ClockEvent => ({ type: 'start', at: from.toString(), agency: '' })

  test('a ledger without pauses says what dueAt says', () => {
    fc.assert(
      fc.property(when, limits, (from, limit) => {
        const [a, b] = [clock([begun(from)], limit, calendar), dueAt(from, limit, calendar)]
        return a.due.equals(b.due) && JSON.stringify(a.explanation) === JSON.stringify(b.explanation)
      }),
      runs,
    )
  })
  test('a pause and its end move the due time by exactly the working time between, whatever the reason that stops the clock', () => {
    const minutes = fc.nat(20 * 24 * 60)
    fc.assert(
      fc.property(
        when,
        limits,
        minutes,
        minutes,
        fc.constantFrom('supplement' as const, 'payment' as const),
        (from, limit, wait, length, reason) => {
          const [a, b] = [from.add({ minutes: wait }), from.add({ minutes: wait + length })]
          const plain = clock([begun(from)], limit, calendar).due
          const events: ClockEvent[] = [
            begun(from),
            { type: 'pause', at: a.toString(), reason },
            { type: 'resume', at: b.toString(), reason },
          ]
          const { due } = clock(events, limit, calendar)
          if (Temporal.Instant.compare(a, plain) >= 0) return due.equals(plain)
          return due.equals(addWorkingMillis(plain, workingMillis(a, b, calendar), calendar))
        },
      ),
      runs,
    )
  })
  test('later receipt and longer limits are never due earlier, in any unit and under any rule', () => {
    const rules = fc.record({
      startDay: fc.constantFrom('next' as const, 'same' as const),
      lateReceipt: fc.constantFrom('same_day' as const, 'all' as const, 'none' as const),
      endDay: fc.constantFrom('next' as const, 'same' as const, 'previous' as const),
    })
    fc.assert(
      fc.property(when, limits, rules, fc.nat(10 * 24 * 60), fc.nat(3), (from, limit, rule, later, more) => {
        const early = clock([begun(from)], limit, calendar, rule).due
        const late = clock([begun(from.add({ minutes: later }))], { ...limit, limit: limit.limit + more }, calendar, rule).due
        return Temporal.Instant.compare(early, late) <= 0
      }),
      runs,
    )
  })
  test('a limit that ends on the holidays it was received in, by a rule that goes back, ends after them: never before reception', () => {
    const rule = { startDay: 'next', lateReceipt: 'same_day', endDay: 'previous' } as const
    const state = clock([begun(Temporal.Instant.from('2022-01-01T00:00:00+07:00'))], { limit: 1, unit: 'day' }, calendar, rule)
    expect(state.due.toString()).toBe('2022-01-04T10:30:00Z')
  })
  test('the order in which days off are entered changes nothing', () => {
    const local = [
      { day: '2026-11-18', kind: 'closed', layer: 'province', name: 'Bão', nameEn: '', source: '', certainty: '' },
      { day: '2026-11-18', kind: 'open', layer: 'agency', name: 'Trực', nameEn: '', source: '', certainty: '' },
      { day: '2026-11-19', kind: 'closed', layer: 'agency', name: 'Dời trụ sở', nameEn: '', source: '', certainty: '' },
    ] as const
    const year = [...national.filter(({ day }) => day.startsWith('2026')), ...local]
    const span = { from: '2026-01-01', to: '2026-12-31' }
    const { working } = buildCalendar({ ...span, days: year })
    fc.assert(
      fc.property(fc.shuffledSubarray(year, { minLength: year.length }), (days) => {
        const shuffled = buildCalendar({ ...span, days }).working
        return shuffled.length === working.length && shuffled.every((day, at) => day === working[at])
      }),
      { numRuns: 15 },
    )
  })
  test('time used and time left make up the whole while nothing paused it', () => {
    fc.assert(
      fc.property(when, fc.integer({ min: 1, max: 15 }), fc.nat(10 * 24 * 60), (from, limit, passed) => {
        const state = clock([begun(from)], days(limit), calendar)
        const now = from.add({ minutes: passed })
        if (Temporal.Instant.compare(now, state.due) > 0) return true
        const reading = readClock(state, now, calendar)
        return reading.usedMs + reading.left.millis === workingMillis(from, state.due, calendar)
      }),
      runs,
    )
  })
  test('every stretch follows the one before, and the due day is worked', () => {
    fc.assert(
      fc.property(when, limits, fc.array(fc.nat(3 * 24 * 60), { maxLength: 6 }), (from, limit, gaps) => {
        let now = from
        const events: ClockEvent[] = [begun(from)]
        for (const [at, gap] of gaps.entries()) {
          now = now.add({ minutes: gap })
          events.push({ type: at % 2 === 0 ? 'pause' : 'resume', at: now.toString(), reason: 'supplement' })
        }
        const { stretches, due } = clock(events, limit, calendar)
        const joined = stretches.every((stretch, at) => at === 0 || stretches[at - 1]?.to?.equals(stretch.from))
        return joined && isWorkingDay(dayOf(due), calendar)
      }),
      runs,
    )
  })
})
