import { expect, test } from 'vitest'
import { mailAddress, oneLine, readMailbox } from './mailbox.ts'

test('a line of a letter’s head stays one line, whatever is written in it', () => {
  expect(oneLine('Báo cáo\r\nBcc: ai@do.example')).toBe('Báo cáo Bcc: ai@do.example')
  expect(oneLine('a\u2028b\u0000c\u202Ed')).toBe('a b c d')
  expect([...oneLine('ố'.repeat(500))]).toHaveLength(200)
})

test('an address is one plain address or none', () => {
  expect(mailAddress(' a.b+c@so.example.vn ')).toBe('a.b+c@so.example.vn')
  for (const bad of [
    '',
    'a',
    'a@b',
    'a@b.vn, c@d.vn',
    'a@b.vn\r\nBcc: c@d.vn',
    '<a@b.vn>',
    '"a b"@c.vn',
    'a@b.vn;c@d.vn',
    `${'x'.repeat(250)}@b.vn`,
    'ă@b.vn',
  ])
    expect(mailAddress(bad), bad).toBeUndefined()
})

test('a sender is a name with an address, or the address alone', () => {
  expect(readMailbox('Cửa Số Cà Mau <cuaso@camau.example.vn>')).toEqual({ name: 'Cửa Số Cà Mau', address: 'cuaso@camau.example.vn' })
  expect(readMailbox('cuaso@camau.example.vn')).toEqual({ name: '', address: 'cuaso@camau.example.vn' })
  expect(readMailbox('Cửa Số')).toBeUndefined()
})
