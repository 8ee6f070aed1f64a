import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createLog, mask, maskDeep } from './index.ts'

const lines: string[] = []
const log = createLog('debug', { write: (line: string) => void lines.push(line) })
const written = (write: () => void): string => {
  lines.length = 0
  write()
  return lines.join('')
}

describe('what would name a person never reaches a log line', () => {
  test.each([
    ['personal number', 'số 001099012345 của', '001099012345'],
    ['personal number in groups', '001 099 012 345', '099'],
    ['personal number after letters', 'CCCD001099012345', '001099012345'],
    ['phone', 'gọi 0912345678 nhé', '0912345678'],
    ['phone with country code', '+84912345678', '912345678'],
    ['phone in groups', '0912 345 678', '345'],
    ['phone with dots', '0912.345.678', '345'],
    ['mail address', 'thư tới nguyen.van-a+x@camau.gov.vn.', 'nguyen'],
  ])('%s', (_kind, text, secret) => {
    expect(mask(text)).not.toContain(secret)
    for (const line of [
      written(() => log.info(text)),
      written(() => log.info({ text }, 'a line')),
      written(() => log.info({ deep: [{ text }] }, 'a line')),
      written(() => log.error(new Error(text))),
      written(() => log.error({ err: new Error('outside', { cause: new Error(text) }) }, 'a line')),
      written(() => log.error({ err: new AggregateError([new Error(text)]) }, 'a line')),
      written(() => log.info('value %s', text)),
      written(() => log.info('value %o', { text })),
      written(() => log.child({ text }).info('a line')),
    ]) {
      expect(line).not.toBe('')
      expect(line).not.toContain(secret)
    }
  })

  test('masking a long line without any such thing takes no time to speak of', () => {
    const began = performance.now()
    expect(mask('a'.repeat(50_000))).toHaveLength(50_000)
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  test('a password, token or cookie by that name, at any depth', () => {
    const line = written(() =>
      log.info(
        {
          request: {
            headers: { authorization: 'Bearer abc', cookie: 'cuaso_session=xyz' },
            body: { newPassword: 'p4ss', accessToken: 't0k' },
          },
        },
        'x',
      ),
    )
    for (const secret of ['abc', 'xyz', 'p4ss', 't0k']) expect(line).not.toContain(secret)
  })
})

test('what support needs stays readable: ids, codes, dates, sums, error codes', () => {
  const id = '0193a3a0-1234-7123-8123-123456789012'
  const kept = [id, 'H12.19-221103-0001', '2026-11-21T03:04:05.123Z', '82.015 hồ sơ', '1.500.000 đ', 'H12.101.02-251201-1234']
  for (const text of kept) expect(mask(text)).toBe(text)
  const line = written(() =>
    log.warn(
      { err: Object.assign(new Error('no'), { code: '57P01' }), traceId: id, at: Temporal.Instant.from('2026-11-21T03:04:05Z') },
      'x',
    ),
  )
  expect(JSON.parse(line)).toMatchObject({
    level: 40,
    msg: 'x',
    traceId: id,
    at: '2026-11-21T03:04:05Z',
    err: { type: 'Error', message: 'no', code: '57P01' },
  })
})

test('a value that contains itself, bytes, maps and big integers can be logged', () => {
  const loop: Record<string, unknown> = { bytes: new Uint8Array(32), map: new Map([['a', 1n]]) }
  loop.self = loop
  expect(written(() => log.info({ loop }, 'x'))).toContain('[32 bytes]')
  expect(maskDeep(new Map([['0912345678', 1]]))).toEqual([['**********', 1]])
})
