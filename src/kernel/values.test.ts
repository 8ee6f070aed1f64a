import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addDays, dayOf, startOfDay, zoned } from './clock.ts'
import { countsText, parseCounts } from './counts-text.ts'
import { fill, localeOf, t } from './i18n/index.ts'
import { derivedUuid, isUuid, uuidv7 } from './id.ts'
import { ownValue } from './own-value.ts'

test('the civil day in Vietnam begins at 17:00 UTC the day before', () => {
  expect(dayOf(Temporal.Instant.from('2026-11-21T16:59:59.999Z'))).toBe('2026-11-21')
  expect(dayOf(Temporal.Instant.from('2026-11-21T17:00:00Z'))).toBe('2026-11-22')
  expect(startOfDay('2026-11-22').toString()).toBe('2026-11-21T17:00:00Z')
})

test('a day agrees with the zone database, begins when it begins, and adding days goes there and back', () => {
  const instants = fc
    .integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2100, 0, 1) })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
  fc.assert(
    fc.property(instants, fc.integer({ min: -4000, max: 4000 }), (instant, days) => {
      const day = dayOf(instant)
      expect(day).toBe(zoned(instant).toPlainDate().toString())
      expect(dayOf(startOfDay(day))).toBe(day)
      expect(dayOf(startOfDay(day).subtract({ milliseconds: 1 }))).toBe(addDays(day, -1))
      expect(addDays(addDays(day, days), -days)).toBe(day)
      expect(addDays(day, days)).toBe(Temporal.PlainDate.from(day).add({ days }).toString())
    }),
  )
})

test('an id is a UUID of version 7 that begins with its time, so that later ids sort later', () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 45),
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      fc.integer({ min: 1, max: 10_000 }),
      (ms, random, later) => {
        const id = uuidv7(ms, random)
        expect(isUuid(id)).toBe(true)
        expect(id[14]).toBe('7')
        expect('89ab').toContain(id[19])
        expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(ms)
        expect(uuidv7(ms + later, new Uint8Array(10)) > id).toBe(true)
      },
    ),
  )
  expect(new Set(Array.from({ length: 10_000 }, () => uuidv7(1))).size).toBe(10_000)
  for (const wrong of ['', 'x', `${uuidv7(1)} `, uuidv7(1).replaceAll('-', ''), `${uuidv7(1)}\n`]) expect(isUuid(wrong)).toBe(false)
})

test('a sentence is filled in the reader’s language; an unknown place stays visible; a value is never a pattern', () => {
  const text = { vi: 'Còn {n} ngày cho {who}', en: '{n} days left for {who}' }
  expect(t('vi', text, { n: 3, who: '{n} $& $1' })).toBe('Còn 3 ngày cho {n} $& $1')
  expect(t('en', text, { n: 3 })).toBe('3 days left for {who}')
  expect(fill(text, { n: 0, who: 'A' })).toEqual({ vi: 'Còn 0 ngày cho A', en: '0 days left for A' })
  expect(['en', 'vi', 'fr', undefined].map(localeOf)).toEqual(['en', 'vi', 'vi', 'vi'])
})

test('a name out of an address finds what was put there, and nothing that every object has', () => {
  const done = { luu: 'đã lưu' }
  expect(ownValue(done, 'luu')).toBe('đã lưu')
  for (const name of [undefined, '', 'constructor', '__proto__', 'toString']) expect(ownValue(done, name)).toBeUndefined()
  expect(t('vi', { vi: '{toString} {who}', en: '' }, { who: 'Đào' })).toBe('{toString} Đào')
})

test('what a delta counts is read as it was written, zeros left out, and nothing else is read', () => {
  expect(
    countsText([
      [1, 1],
      [2, 1],
      [3, 0],
      [4, -1],
      [6, 250],
    ]),
  ).toBe('1 2 -4 6=250')
  const values = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -1000, max: 1000 })), { minLength: 1 })
  fc.assert(
    fc.property(values, (counted) => {
      const kept = counted.filter(([, value]) => value !== 0)
      if (kept.length > 0) expect(parseCounts(countsText(kept))).toEqual(kept)
      expect(countsText(counted)).toBe(countsText(kept))
    }),
  )
  for (const wrong of ['', 'x', '1 ', '1=x', '0', '1.5', '1=2=3']) expect(() => parseCounts(wrong)).toThrow(RangeError)
})

test('an id that follows from others is the same each time, an id like any other, and another for every other piece', () => {
  const form = '01900000-0000-4000-8000-000000000001'
  const ids = Array.from({ length: 200 }, (_, n) => derivedUuid(form, String(n)))
  expect(new Set(ids).size).toBe(200)
  expect(derivedUuid(form, '0')).toBe(ids[0])
  expect(derivedUuid('ab', 'c')).not.toBe(derivedUuid('a', 'bc'))
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})
