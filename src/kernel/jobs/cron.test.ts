import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { latestSlot, parseCron } from './cron.ts'

const at = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}+07:00`)
const slot = (cron: string, now: string): string | undefined =>
  latestSlot(parseCron(cron), at(now))?.toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString({ smallestUnit: 'minute' })

test.each([
  ['15 2 * * *', '2026-11-21T02:14:59', '2026-11-20T02:15'],
  ['15 2 * * *', '2026-11-21T02:15:00', '2026-11-21T02:15'],
  ['*/10 * * * *', '2026-11-21T00:09:00', '2026-11-21T00:00'],
  ['5-59/10 * * * *', '2026-11-21T00:04:00', '2026-11-20T23:55'],
  ['0 8 * * 1', '2026-11-21T12:00:00', '2026-11-16T08:00'],
  ['0 8 * * 7', '2026-11-21T12:00:00', '2026-11-15T08:00'],
  ['0 0 1 1 *', '2026-11-21T12:00:00', '2026-01-01T00:00'],
  ['0 0 29 2 *', '2026-11-21T12:00:00', '2024-02-29T00:00'],
  ['30 7,13 * * 1-5', '2026-11-22T09:00:00', '2026-11-20T13:30'],
  ['0 0 13 * 5', '2026-11-15T09:00:00', '2026-11-13T00:00'],
])('"%s" seen at %s in Vietnam was last due at %s', (cron, now, expected) => {
  expect(slot(cron, now)).toBe(expected)
})

test('a date that never comes is never due', () => expect(slot('0 0 30 2 *', '2026-11-21T12:00:00')).toBeUndefined())

test.each(['* * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', 'x * * * *', '5-1 * * * *', '*/0 * * * *', ''])(
  '"%s" is refused',
  (cron) => {
    expect(() => parseCron(cron)).toThrow(RangeError)
  },
)

test('the slot is never in the future and never goes back as time goes on', () => {
  const minute = fc.integer({ min: 0, max: 59 })
  const hour = fc.integer({ min: 0, max: 23 })
  const start = at('2026-01-01T00:00:00').epochMilliseconds
  fc.assert(
    fc.property(minute, hour, fc.nat(400 * 86_400_000), fc.nat(86_400_000), (m, h, offset, later) => {
      const cron = parseCron(`${m} ${h} * * *`)
      const now = Temporal.Instant.fromEpochMilliseconds(start + offset)
      const then = Temporal.Instant.fromEpochMilliseconds(start + offset + later)
      const first = latestSlot(cron, now)?.epochMilliseconds ?? Number.NaN
      const second = latestSlot(cron, then)?.epochMilliseconds ?? Number.NaN
      return (
        first <= now.epochMilliseconds && now.epochMilliseconds - first < 86_400_000 && second >= first && second <= then.epochMilliseconds
      )
    }),
  )
})
