import { expect, test } from 'vitest'
import { decimal, one, rational } from '../../../kernel/rational.ts'
import type { Expression } from '../../scheme/index.ts'
import { sumsOfBoth } from '../rules/score-sums.ts'
import { placeText } from './report-answer.tsx'
import { lackingShort, lackingTexts } from './score-gaps.tsx'
import { countsText, toldTogether, wonText } from './score-parts.tsx'
import { maxText } from './score-points.ts'

test('what would win points back is told for as many as there are, never “for every 1,000” of three', () => {
  // 6 points over 7 petitions: each of the three is worth telling alone.
  expect(toldTogether(decimal(0.857), 3)).toBe(1)
  expect(toldTogether(decimal(0.0115), 203)).toBe(10)
  expect(toldTogether(decimal(0.0027), 716)).toBe(100)
  expect(toldTogether(decimal(0.0027), 62)).toBe(10)
  expect(toldTogether(decimal(0.00001), 82_015)).toBe(1000)
  expect(toldTogether(decimal(0), 0)).toBe(1)
})

test('counts stand with what their share is multiplied by: whoever divides comes to the share beside them', () => {
  const counts = { numerator: 434, denominator: 548 }
  expect(countsText({ ...counts, factor: rational(72, 548) }, 'vi')).toBe('434 / 548 × 13,14\u00a0%')
  expect(countsText({ ...counts, factor: one }, 'vi')).toBe('434 / 548')
  expect(countsText({ ...counts, factor: null }, 'vi')).toBe('434 / 548')
  expect(countsText({ numerator: null, denominator: 548, factor: null }, 'vi')).toBe('–')
})

test('what can be won back is a thing to be counted, also where the larger of two counts is below the line', () => {
  const denominator: Expression = {
    greatest: [[{ quantity: 'received', sign: 1 }], [{ quantity: 'national_received', sign: 1 }]],
  }
  expect(wonText({ denominator }, 'vi')).toBe('hồ sơ')
  expect(wonText({ denominator: { greatest: [[{ quantity: 'received', sign: 1 }]] } }, 'vi')).toBe('hồ sơ tiếp nhận')
})

test('two sides are only set against each other by what both of them were scored for', () => {
  const line = (id: string, points: number | null) => ({ indicator: { id }, points: points === null ? null : decimal(points) })
  const sums = sumsOfBoth([line('1.1', 6), line('2.1', 19.7), line('9', 1)], [line('2.1', 18.9), line('1.1', null)])
  expect(sums).toEqual({ left: decimal(19.7), right: decimal(18.9), shared: 1 })
  expect(sumsOfBoth([line('1.1', 6)], [line('1.1', null)]).shared).toBe(0)
})

test('a bar names its channel in words', () => {
  const row = { name: 'Sở Xây dựng', procedureName: null, channel: 'counter' as const }
  expect(placeText(row, 'vi')).toBe('Sở Xây dựng, Trực tiếp')
  expect(placeText({ ...row, name: 'Cấp xã', channel: 'post' }, 'en')).toBe('Commune, Post')
  expect(placeText({ ...row, channel: null }, 'en')).toBe('Sở Xây dựng')
})

test('the most points there are stand as somebody wrote them down: 2,5 is not 3, and 100 not 1', () => {
  expect([100, 20, 2.5, 0.25, 0].map((points) => maxText(decimal(points), 'vi'))).toEqual(['100', '20', '2,5', '0,25', '0'])
})

test('a score that is not whole says in words what it lacks', () => {
  const months = ['2026-07', '2026-08', '2026-09', '2026-10']
  expect(lackingTexts({ unknown: decimal(6), months: ['2026-09'] }, 'vi')).toEqual(['chưa chấm 6 điểm', 'thiếu số báo cáo tháng 9/2026'])
  expect(lackingTexts({ unknown: decimal(0), months }, 'vi')).toEqual(['thiếu số báo cáo 4 tháng'])
  expect(lackingShort({ unknown: decimal(2.5), months }, 'vi')).toEqual(['+2,5 chưa chấm', 'thiếu 4 tháng'])
  expect(lackingTexts({ unknown: decimal(0), months: [] }, 'vi')).toEqual([])
})
