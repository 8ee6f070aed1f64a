import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dayOf } from '../../kernel/clock.ts'
import { noCounts } from '../indicator/index.ts'
import { weeklyPdf } from './outputs.ts'
import { type Answer, rowsOf } from './rules/answer.ts'
import { answerCsv, answerSdmx, csvField, stepText, timePeriod } from './rules/answer-files.ts'
import { canonicalText } from './rules/canonical.ts'
import { daysOf, isTooWide, queryOf, readQuestion } from './rules/question.ts'
import { lastSlot, momentOf, nextMoment, type Timetable } from './rules/schedule.ts'
import { type DatedSettings, endedWithin, latestSlot, periodOf, settingsOn, slotOf, usualSettings, weekOf } from './rules/settings.ts'
import { compareShares, moved, movedText, percentText } from './rules/share.ts'
import { type Cell, highlightsOf, type Line, silentUnits, type UnitLine, type WeeklyReport, weeklyRates } from './rules/weekly.ts'
import { changesOf, lateOf, metAllOf, needsOf, zeroOf } from './rules/weekly-words.ts'

const at = (text: string) => Temporal.Instant.from(`${text}+07:00`)

describe('the hour of the weekly report', () => {
  const thursday: DatedSettings = { ...usualSettings, validFrom: '2026-11-23', weekday: 4, time: '10:30' }

  test('is Friday at three, until somebody decides otherwise from a day on', () => {
    expect(slotOf([], '2026-11-16')).toMatchObject({ day: '2026-11-20', at: at('2026-11-20T15:00:00'), alarmAt: at('2026-11-20T15:45:00') })
    expect(slotOf([thursday], '2026-11-16').day).toBe('2026-11-20')
    expect(slotOf([thursday], '2026-11-23')).toMatchObject({ day: '2026-11-26', at: at('2026-11-26T10:30:00') })
    expect(settingsOn([thursday, { ...thursday, time: '11:00' }], '2026-12-01').time).toBe('11:00')
  })

  test('has come from its minute on, not a second before; a week has one slot even when its day is moved in the middle', () => {
    expect(latestSlot([], at('2026-11-20T14:59:59'), '2026-11-20').day).toBe('2026-11-13')
    expect(latestSlot([], at('2026-11-20T15:00:00'), '2026-11-20').day).toBe('2026-11-20')
    expect(latestSlot([], at('2027-01-01T09:00:00'), '2027-01-01').day).toBe('2026-12-25')
    // From Saturday on Thursdays: this week's Friday stays.
    expect(slotOf([{ ...thursday, validFrom: '2026-11-21' }], '2026-11-16').day).toBe('2026-11-20')
    // From Friday on Thursdays: neither day was right on its day, so it is the new one.
    expect(slotOf([{ ...thursday, validFrom: '2026-11-20' }], '2026-11-16').day).toBe('2026-11-19')
    expect(weekOf('2026-11-22')).toBe('2026-11-16')
  })

  test('counts from the first of the year, quarter or month, or from a day; a first day that has not come counts its own day only', () => {
    expect(periodOf({ period: { kind: 'year' } }, '2026-11-20').from).toBe('2026-01-01')
    expect(periodOf({ period: { kind: 'quarter' } }, '2026-11-20').from).toBe('2026-10-01')
    expect(periodOf({ period: { kind: 'month' } }, '2026-11-20').from).toBe('2026-11-01')
    expect(periodOf({ period: { kind: 'since', from: '2027-01-01' } }, '2026-11-20')).toEqual({ from: '2026-11-20', to: '2026-11-20' })
  })

  test('tells of the year, quarter or month that ended in its seven days, once, and of no campaign', () => {
    expect(endedWithin({ period: { kind: 'year' } }, '2027-01-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
    expect(endedWithin({ period: { kind: 'year' } }, '2027-01-08')).toBeUndefined()
    // 31 December is a Friday: that report tells of the whole year by itself.
    expect(endedWithin({ period: { kind: 'year' } }, '2027-12-31')).toBeUndefined()
    expect(endedWithin({ period: { kind: 'year' } }, '2028-01-07')).toBeUndefined()
    expect(endedWithin({ period: { kind: 'quarter' } }, '2026-10-02')).toEqual({ from: '2026-07-01', to: '2026-09-30' })
    expect(endedWithin({ period: { kind: 'month' } }, '2026-03-06')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(endedWithin({ period: { kind: 'since', from: '2027-01-01' } }, '2027-01-01')).toBeUndefined()
  })
})

describe('the hour of a question that is answered by itself', () => {
  const weekly = { schedule: 'weekly' as const, weekday: 4, time: '07:10' }
  const monthly = { schedule: 'monthly' as const, weekday: 1, time: '05:00' }
  const slot = (timetable: Timetable, text: string) => lastSlot(timetable, at(text), text.slice(0, 10))
  const next = (timetable: Timetable, text: string) => nextMoment(timetable, at(text), text.slice(0, 10))?.toString()

  test('is a time on the wall in Vietnam, whose clocks are never changed: not a minute before, and the same on every day of the year', () => {
    expect(slot(weekly, '2026-11-26T07:09:59')).toBe('2026-11-19')
    expect(slot(weekly, '2026-11-26T07:10:00')).toBe('2026-11-26')
    // Nights on which clocks change elsewhere.
    for (const day of ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01'])
      expect(momentOf(day, '02:30').toString()).toBe(at(`${day}T02:30:00`).toString())
    expect(slot({ ...weekly, time: '00:00', weekday: 7 }, '2026-03-29T00:00:00')).toBe('2026-03-29')
  })

  test('goes over the ends of months and years', () => {
    expect(slot(weekly, '2027-01-01T09:00:00')).toBe('2026-12-31')
    expect(slot(monthly, '2027-01-01T04:59:00')).toBe('2026-12-01')
    expect(slot(monthly, '2027-01-01T05:00:00')).toBe('2027-01-01')
    expect(next(monthly, '2027-01-31T12:00:00')).toBe(at('2027-02-01T05:00:00').toString())
    expect(next(monthly, '2026-12-31T12:00:00')).toBe(at('2027-01-01T05:00:00').toString())
    expect(next(weekly, '2026-12-31T08:00:00')).toBe(at('2027-01-07T07:10:00').toString())
    expect(lastSlot({ ...weekly, schedule: 'none' }, at('2026-12-31T08:00:00'), '2026-12-31')).toBeUndefined()
  })

  test('comes again and again: the next moment is after now, and once it has come it is the last slot', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 366 * 48 }),
        fc.constantFrom<Timetable>(weekly, monthly, { ...weekly, weekday: 1, time: '00:00' }, { ...monthly, time: '23:55' }),
        (half, timetable) => {
          const now = at('2026-01-01T00:00:00').add({ minutes: half * 30 })
          const moment = nextMoment(timetable, now, dayOf(now)) as Temporal.Instant
          expect(Temporal.Instant.compare(moment, now)).toBe(1)
          const last = lastSlot(timetable, moment, dayOf(moment)) as string
          expect(momentOf(last, timetable.time).equals(moment)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

const cell = (n: number, d: number, more: Partial<Cell> = {}): Cell => ({
  now: { n, d },
  before: null,
  week: { n: 0, d: 0 },
  aim: null,
  gap: null,
  ...more,
})
const unit = (key: string, online: Cell, more: Partial<UnitLine> = {}): UnitLine => ({
  ...{
    key,
    name: `Xã ${key}`,
    tier: 'commune',
    validFrom: '2025-07-01',
    until: null,
    lastReceived: '2026-11-19',
    received: { now: online.now.d, week: 0 },
  },
  cells: Object.fromEntries(weeklyRates.map((rate) => [rate, rate === 'online_rate' ? online : cell(0, 0)])) as UnitLine['cells'],
  ...more,
})
const reportOf = (units: UnitLine[], lines: Line[] = []): WeeklyReport => ({
  ...{ format: 1, week: '2026-11-16', day: '2026-11-20', period: { kind: 'year', from: '2026-01-01', to: '2026-11-20' }, before: null },
  ...{ provenance: 'on_time', producedAt: '2026-11-20T08:00:00Z', dueAt: '2026-11-20T08:00:00Z', province: 'Tỉnh Cà Mau', tiers: [] },
  issuer: { code: 'H12', superior: null, name: 'Ủy ban nhân dân tỉnh Cà Mau', place: 'Cà Mau' },
  recipients: { roles: ['leader'], officers: [] },
  rates: weeklyRates.map((code) => ({ code, name: code, definition: '', basis: '' })),
  lines,
  units,
  highlights: weeklyRates.map((rate) => highlightsOf(rate, units)),
  late: { silentDays: 14, silent: silentUnits(units, '2026-11-20', 14), unfolded: 0, recount: null },
})

describe('what a report points out', () => {
  const went = (n: number, d: number, now: [number, number]) => cell(...now, { before: { n, d } })

  test('movers by exact change, equal ones by code; few dossiers make no mover, and a unit that is gone is none', () => {
    const units = [
      unit('b', went(5, 10, [6, 10])),
      unit('a', went(10, 20, [12, 20])),
      unit('c', went(9, 10, [10, 12])),
      unit('small', went(0, 5, [5, 6])),
      unit('gone', went(0, 50, [50, 60]), { until: '2026-06-30' }),
    ]
    const { up, down } = highlightsOf('online_rate', units)
    expect(up.map(({ key, change }) => [key, change])).toEqual([
      ['a', 1000],
      ['b', 1000],
    ])
    expect(down.map(({ key }) => key)).toEqual(['c'])
  })

  test('behind by whole dossiers, then by the lower rate, then by code; 0 % only with something to do', () => {
    const aim = { value: 0.8, source: 'Kế hoạch' }
    const units = [
      unit('c', cell(1, 10, { aim, gap: 7 })),
      unit('b', cell(9, 20, { aim, gap: 7 })),
      unit('a', cell(9, 20, { aim, gap: 7 })),
      unit('d', cell(0, 30, { aim, gap: 24 })),
      unit('e', cell(0, 0, { aim })),
      unit('f', cell(8, 10, { aim, gap: 0 })),
    ]
    const { behind, behindCount, zero } = highlightsOf('online_rate', units)
    expect(behind.map(({ key }) => key)).toEqual(['d', 'c', 'a', 'b'])
    expect(behindCount).toBe(4)
    expect(zero.map(({ key }) => key)).toEqual(['d'])
    expect(zeroOf(reportOf(units))).toEqual(['online_rate (1 đơn vị): Xã d (30 hồ sơ).'])
  })

  test('late data by name: who stopped, who never had any; and never “all met” when no target was set', () => {
    const units = [
      unit('a', cell(1, 2), { lastReceived: '2026-11-06' }),
      unit('b', cell(0, 0), { lastReceived: null }),
      unit('c', cell(1, 2)),
    ]
    const said = lateOf(reportOf(units)).join('\n')
    expect(said).toContain('1 đơn vị đã 14 ngày không có hồ sơ mới: Xã a (lần cuối 06/11/2026)')
    expect(said).toContain('1 đơn vị chưa có hồ sơ nào cả kỳ: Xã b')
    expect(said).toContain('chưa lần nào được đếm lại')
    expect(said).not.toContain('Số báo cáo từ ngoài')
    const gap = (figure: string, months: string[]) => ({ unit: 'Ủy ban nhân dân tỉnh Cà Mau', figure, months })
    const report = reportOf(units)
    const reported = [
      gap('hồ sơ đồng bộ', ['2026-03']),
      gap('bản sao điện tử', ['2026-03']),
      gap('thủ tục công bố', ['2026-01', '2026-02']),
    ]
    expect(lateOf({ ...report, late: { ...report.late, reported } })).toContain(
      'Số báo cáo từ ngoài hệ thống còn thiếu tháng. UBND tỉnh Cà Mau, hồ sơ đồng bộ, bản sao điện tử: tháng 3/2026; UBND tỉnh Cà Mau, thủ tục công bố: tháng 1, 2/2026.',
    )
    const line = { ...unit('total', cell(1, 2)), tier: null }
    expect(needsOf(reportOf(units, [line]))[0]).toContain('Chưa đặt mức cần đạt')
    expect(changesOf(reportOf(units))).toEqual(['Kỳ tính bắt đầu ngày 01/01/2026, chưa có tuần trước để so.'])
  })
})

test('shares are rounded once, at the end: two places, half away from zero, N/A without a denominator', () => {
  expect(percentText({ n: 9279, d: 10000 })).toBe('92,79 %')
  expect(percentText({ n: 1, d: 3 })).toBe('33,33 %')
  expect(percentText({ n: 1, d: 80_000 })).toBe('0,00 %')
  expect(percentText({ n: 1, d: 20_000 })).toBe('0,01 %')
  expect(percentText({ n: 5, d: 5 })).toBe('100,00 %')
  expect(percentText({ n: 0, d: 0 })).toBe('N/A')
  expect(movedText(moved({ n: 1, d: 3 }, { n: 1, d: 2 }))).toBe('−16,67')
  expect(movedText(moved({ n: 1, d: 2 }, { n: 0, d: 0 }))).toBe('–')
  expect(compareShares({ n: 1, d: 3 }, { n: 2, d: 6 })).toBe(0)
})

// Names that are written with an escape are left out: JSON.parse of Node 24.21 takes one such name for another ("\"3" for "\\") once it
// has met it at the same place of another object. Nothing of ours has such names.
const plainName = fc.string().filter((name) => JSON.stringify(name) === `"${name}"`)
const { values } = fc.letrec<{ values: unknown }>((tie) => ({
  values: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('values')),
    fc.dictionary(plainName, tie('values')),
  ),
}))

test('canonical text does not depend on the order in which names were written', () => {
  expect(canonicalText({ b: [1, null, { z: 'đ', a: undefined }], a: true })).toBe('{"a":true,"b":[1,null,{"z":"đ"}]}')
  fc.assert(
    fc.property(fc.dictionary(plainName, values), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalText(turned)).toBe(canonicalText(value))
      expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 200 },
  )
})

describe('what a report says is needed', () => {
  const aim = { value: 0.8, source: 'Kế hoạch' }
  const at = (rate: string, now: [number, number], more: Partial<Cell>): Line => ({
    ...unit('x', cell(0, 0)),
    ...{ key: 'commune', name: 'Cấp xã', tier: 'commune' },
    cells: Object.fromEntries(weeklyRates.map((one) => [one, one === rate ? cell(...now, more) : cell(0, 0)])) as Line['cells'],
  })
  const needs = (...lines: Line[]) => needsOf(reportOf([], lines))

  test('can be done: what is not digitised can be, what came by hand or is late cannot be undone', () => {
    expect(needs(at('digitised_rate', [70, 100], { aim, gap: 10, ahead: 50 }))).toEqual([
      'Cấp xã: số hóa thêm 10 hồ sơ đã nhận để đạt 80 %.',
    ])
    expect(needs(at('online_rate', [70, 100], { aim, gap: 10, ahead: 50 }))).toEqual([
      'Cấp xã: cần 50 hồ sơ nữa đều nộp trực tuyến để đạt 80 %.',
    ])
    expect(needs(at('payment_rate', [70, 100], { aim, gap: 10, ahead: 50 }))).toEqual([
      'Cấp xã: cần 50 lượt có phí nữa đều trả trực tuyến để đạt 80 %.',
    ])
    expect(needs(at('on_time_rate', [98, 100], { aim: { ...aim, value: 1 }, gap: 2, ahead: null }))).toEqual([
      'Cấp xã: 2 hồ sơ đã trễ nên kỳ này không còn đạt được 100 %; đừng để trễ thêm.',
    ])
  })

  test('names first what the province has set and can be reached, then national thresholds, last what can no longer be reached', () => {
    const said = needs(
      at('on_time_rate', [0, 100], { aim: { ...aim, value: 1, threshold: true }, gap: 100, ahead: null }),
      at('online_rate', [0, 100], { aim: { ...aim, threshold: true }, gap: 80, ahead: 400 }),
      at('digitised_rate', [79, 100], { aim, gap: 1, ahead: 5 }),
    )
    expect(said.map((line) => /số hóa|trực tuyến|trễ/.exec(line)?.[0])).toEqual(['số hóa', 'trực tuyến', 'trễ'])
  })

  test('counts the units that meet everything the province has set; who has nothing to measure neither meets nor misses', () => {
    const met = { aim, gap: 0 }
    const units = [unit('a', cell(9, 10, met)), unit('b', cell(1, 10, { aim, gap: 7 })), unit('c', cell(0, 0, { aim, gap: null }))]
    const line = { ...unit('commune', cell(10, 20)), name: 'Cấp xã' }
    expect(metAllOf(reportOf(units, [line]))).toBe('Đạt mọi mức tỉnh đặt: 1 trên 2 đơn vị cấp xã.')
    const threshold = { aim: { ...aim, threshold: true }, gap: 0 }
    expect(metAllOf(reportOf([unit('a', cell(9, 10, threshold))], [line]))).toBeUndefined()
  })
})

test('a full province fits on exactly two pages', { timeout: 30_000 }, async () => {
  const aim = { value: 0.8, source: 'Kế hoạch 48/KH-UBND ngày 28/02/2023 của Ủy ban nhân dân tỉnh Cà Mau' }
  const cellsAt = (i: number): Line['cells'] =>
    Object.fromEntries(
      weeklyRates.map((rate, k) => {
        const d = 30 + i
        const n = i % 11 === k ? 0 : Math.floor((d * (50 + ((i * 7 + k * 13) % 45))) / 100)
        return [
          rate,
          cell(n, d, {
            before: { n: Math.floor(n * 0.8), d: d - 3 },
            aim,
            gap: Math.max(0, Math.ceil(0.8 * d) - n),
            ahead: 5 * Math.max(0, Math.ceil(0.8 * d) - n),
          }),
        ]
      }),
    ) as Line['cells']
  const units = Array.from({ length: 120 }, (_, i) =>
    unit(`H12.${i}`, cell(0, 0), {
      name: `Ủy ban nhân dân phường Nguyễn Thị Minh Khai – Tân Hưng Đông ${i}`,
      lastReceived: i % 9 ? '2026-11-19' : i % 2 ? '2026-10-01' : null,
      cells: cellsAt(i),
    }),
  )
  const lines = ['total', 'province', 'district', 'commune'].map((key) => ({
    ...{ key, name: key, tier: key === 'total' ? null : (key as 'commune'), received: { now: 7440, week: 229 } },
    cells: cellsAt(7410),
  }))
  const shares = Object.fromEntries(weeklyRates.map((rate) => [rate, { n: 79_812, d: 82_015 }])) as NonNullable<
    WeeklyReport['ended']
  >['shares']
  const report: WeeklyReport = {
    ...{ ...reportOf(units, lines), provenance: 'late', before: { day: '2026-11-13', basis: 'frozen' } },
    ended: { from: '2026-10-01', to: '2026-10-31', received: 82_015, shares },
    rates: weeklyRates.map((code) => ({ code, name: 'Tỷ lệ hồ sơ thanh toán trực tuyến', definition: '', basis: '' })),
  }
  // With figures from outside that lack months, of many units.
  const gap = (i: number) => ({ unit: `Ủy ban nhân dân huyện số ${i}`, figure: 'hồ sơ đã đồng bộ lên Cổng DVCQG', months: ['2026-03'] })
  const full = { ...report, late: { ...report.late, reported: Array.from({ length: 9 }, (_, i) => gap(i)) } }
  const pdf = Buffer.from(await weeklyPdf({ report: full, digest: 'a'.repeat(64) }))
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2)
})

describe('a question of one’s own', () => {
  const question = (query: string) => readQuestion(new URLSearchParams(query))

  test('stands in the address and is the same when it is read again; nonsense falls back', () => {
    const asked =
      'so=received%2Conline_rate&theo=cap&buoc=thang&tu=2026-01-01&den=2026-03-31&cap=xa&thu-tuc=1.001193&kenh=truc-tuyen&theo-kenh=1'
    expect(queryOf(question(asked))).toBe(asked)
    expect(question('so=drop&theo=x&buoc=y&ky=z&tu=2026-02-30&den=2026-01-01')).toMatchObject({
      values: ['online_rate'],
      by: 'unit',
      period: { name: 'nam-nay' },
    })
    expect(question('ky=khac&tu-day=1&tu-month=2&tu-year=2026&den-day=28&den-month=2&den-year=2026').period).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    })
  })

  test('a period by name moves with the day, over the end of a year too', () => {
    const days = (ky: string, today: string) => Object.values(daysOf(question(`ky=${ky}`), today)).join(' ')
    expect(days('thang-truoc', '2026-01-15')).toBe('2025-12-01 2025-12-31')
    expect(days('quy-truoc', '2026-02-15')).toBe('2025-10-01 2025-12-31')
    expect(days('tuan-truoc', '2027-01-01')).toBe('2026-12-21 2026-12-27')
    expect(days('nam-truoc', '2026-01-01')).toBe('2025-01-01 2025-12-31')
  })

  test('too wide is said before it is counted', () => {
    const year = { from: '2026-01-01', to: '2026-12-31' }
    expect(isTooWide(question('buoc=ngay'), { from: '2024-01-01', to: '2026-12-31' }, { units: 1, procedures: 1 })).toBe(true)
    expect(isTooWide(question('buoc=thang'), year, { units: 700, procedures: 2000 })).toBe(false)
    expect(isTooWide(question('buoc=tuan&theo-thu-tuc=1'), year, { units: 700, procedures: 2000 })).toBe(true)
  })
})

describe('an answer', () => {
  const line = (key: string, day: string | null, received: number, online: number) => ({
    ...{ key, name: key === 'x' ? '=HYPERLINK("http://x")' : key, validFrom: '2025-07-01', day, procedure: null, channel: null },
    counts: { ...noCounts, received, online },
  })
  const asked = { values: ['received', 'online_rate'] as const, step: 'quarter' as const }
  const rows = rowsOf(
    asked,
    [line('b', '2026-03-01', 2, 1), line('b', '2026-01-01', 1, 1), line('x', '2026-01-01', 0, 0)],
    '2026-12-31',
    ['x 2025-07-01', 'b 2025-07-01'],
    String,
  )
  const answer: Answer = {
    ...{ format: 1, question: '', days: { from: '2026-01-01', to: '2026-03-31' }, step: 'quarter', asOf: '2026-04-01T00:00:00Z' },
    values: [
      { code: 'received', name: 'Tiếp nhận', kind: 'count' },
      { code: 'online_rate', name: 'Trực tuyến', kind: 'rate' },
    ],
    ...{ byProcedure: false, byChannel: false, rows },
  }

  test('adds the months of a quarter as counts, keeps the order of units, and leaves a rate of nothing without a value', () => {
    expect(rows.map(({ key, day, figures }) => [key, day, figures[0]?.n, figures[1]])).toEqual([
      ['x', '2026-01-01', 0, { n: 0, d: 0 }],
      ['b', '2026-01-01', 3, { n: 2, d: 3 }],
    ])
  })

  test('as CSV never begins a field with what a spreadsheet calculates', () => {
    expect(answerCsv(answer)).toContain(`x,"'=HYPERLINK(""http://x"")",Quý 1/2026,0,,0,0\r\n`)
    for (const bad of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1']) expect(csvField(bad)).toMatch(/^"?'/)
    expect(csvField(-5)).toBe('-5')
  })

  test('as SDMX-CSV 2.0 is one observation a line; what cannot be divided is missing, not zero', () => {
    const lines = answerSdmx(answer).split('\r\n')
    expect(lines[0]).toMatch(/^STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,.*TIME_PERIOD,OBS_VALUE,OBS_STATUS/)
    expect(lines[2]).toBe('dataflow,CUASO:DF_TTHC(1.0),I,Q,ONLINE_RATE,x,2025-07-01,_T,_T,2026-Q1,,M,RATIO')
    expect(lines[4]).toContain('2026-Q1,0.6667,A,RATIO')
    expect(lines).toHaveLength(6)
  })

  test('names weeks as ISO 8601 does, at both ends of a year', () => {
    const weekly = { ...answer, step: 'week' as const }
    expect(timePeriod(weekly, '2026-12-28')).toBe('2026-W53')
    expect(timePeriod(weekly, '2027-01-04')).toBe('2027-W01')
    expect(timePeriod(weekly, '2024-12-30')).toBe('2025-W01')
    expect(stepText(weekly, '2026-11-16')).toBe('Tuần 47/2026')
    expect(timePeriod({ ...answer, step: 'none' }, null)).toBe('2026-01-01/P90D')
  })
})
