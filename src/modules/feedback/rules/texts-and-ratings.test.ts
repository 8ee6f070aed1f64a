import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { feedbackSettings } from '../files.ts'
import { personalTraces, withoutTraces } from './personal-data.ts'
import { knownScores, mayChange, openUntil, type Rating } from './rating.ts'
import { bandOf, versionOn } from './settings.ts'

const { surveys } = await feedbackSettings()
const survey = versionOn(surveys, '2026-11-20')

test.each([
  ['Gọi 0912345678 nhé', 'phone'],
  ['+84 912.345.678', 'phone'],
  ['nhà tôi 0290 3831 234', 'landline'],
  ['số 096190000123', 'number'],
  ['CMND 381234567', 'number'],
  ['096 190 000 123', 'number'],
  ['viết cho dao.nguyen@vidu.com.vn', 'email'],
  ['hồ sơ H12.101-261120-0042', 'code'],
  ['tên tôi là nguyễn thị đào', 'name'],
])('%s is seen as personal data', (text, what) => {
  expect(personalTraces(text, ['Nguyễn Thị Đào']).map((trace) => trace.what)).toContain(what)
  expect(personalTraces(withoutTraces(text, ['Nguyễn Thị Đào']), ['Nguyễn Thị Đào'])).toEqual([])
  // Signs that grow when they are made small do not move the places after them.
  expect(withoutTraces(`${'İ'.repeat(60)} chị Nguyễn Thị Đào hỏi`, ['Nguyễn Thị Đào'])).toBe(`${'İ'.repeat(60)} chị […] hỏi`)
})

test.each(['Phí 1.250.000 đồng', 'Nghị định 118/2025/NĐ-CP', 'Chờ 15 ngày, từ 08:30 ngày 20/11/2026', 'Thủ tục 1.001193 mất 3 lần đi lại'])(
  '%s is not personal data',
  (text) => {
    expect(personalTraces(text, ['Nguyễn Thị Đào'])).toEqual([])
  },
)

test('an office may name its own landline, and nobody’s mobile', () => {
  expect(personalTraces('Gọi 0290 3831 234.', [], 'office')).toEqual([])
  expect(personalTraces('Gọi 0912 345 678.', [], 'office')).toHaveLength(1)
})

test('whatever stands around it, a phone number is found and taken out', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.stringMatching(/^[13-9]\d{8}$/), fc.string({ maxLength: 40 }), (before, digits, after) => {
      const text = `${before} 0${digits} ${after}`
      expect(withoutTraces(text)).not.toContain(`0${digits}`)
    }),
    { numRuns: 500 },
  )
})

test('nine criteria of 0–2 points: 18 is excellent, 14 good, 6 average, 5 weak; a gap gives no band', () => {
  expect(survey.criteria).toHaveLength(9)
  const codes = survey.criteria.map(({ code }) => code)
  const sum = (points: number): Record<string, number> => {
    let left = points
    return Object.fromEntries(
      codes.map((code) => {
        const given = Math.min(2, left)
        left -= given
        return [code, given]
      }),
    )
  }
  expect(bandOf(survey, sum(18))).toMatchObject({ points: 18, most: 18, name: { en: 'Excellent' } })
  expect([15, 14, 12, 11, 9, 8, 6, 5].map((points) => bandOf(survey, sum(points))?.name.en)).toEqual([
    'Excellent',
    'Good',
    'Good',
    'Fairly good',
    'Fairly good',
    'Average',
    'Average',
    'Weak',
  ])
  expect(bandOf(survey, { time: 2 })).toBeUndefined()
})

test('only criteria and points that were asked are kept', () => {
  expect(knownScores(survey, { time: 2, visits: 7, invented: 1, attitude: 0 })).toEqual({ time: 2, attitude: 0 })
})

test('a rating may be given for thirty days after the return and changed for fifteen', () => {
  expect(openUntil('2026-11-01T03:00:00Z', survey).toString()).toBe('2026-12-01T03:00:00Z')
  const rating = { givenAt: '2026-11-01T03:00:00Z' } as Rating
  expect(mayChange(rating, survey, Temporal.Instant.from('2026-11-16T03:00:00Z'))).toBe(true)
  expect(mayChange(rating, survey, Temporal.Instant.from('2026-11-16T03:00:01Z'))).toBe(false)
})
