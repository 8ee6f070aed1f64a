import { expect, test } from 'vitest'
import { type LetterFacts, letterOf } from './letter.ts'

const facts: LetterFacts = {
  id: '01980000-0000-7000-8000-0000000000aa',
  to: { name: 'Huỳnh Minh Tư', address: 'tu@xa.example.vn' },
  title: 'Báo cáo tuần đến ngày 20/11/2026',
  body: 'Toàn tỉnh: nộp trực tuyến 62,50 %.\nCần làm trước: thêm 12 hồ sơ.',
  href: '/dieu-hanh/bao-cao/1',
  baseUrl: 'https://cuaso.example.vn',
  province: 'Tỉnh Cà Mau',
  from: { name: 'Cửa Số', address: 'cuaso@camau.example.vn' },
  enclosed: ['bao-cao-tuan-2026-11-20.pdf'],
  left: false,
}

test('a letter says what happened, where to look, what goes with it, and how to get no more', () => {
  const { subject, text, html, messageId } = letterOf(facts)
  expect(subject).toBe('Báo cáo tuần đến ngày 20/11/2026')
  expect(messageId).toBe('<01980000-0000-7000-8000-0000000000aa@camau.example.vn>')
  expect(text).toBe(`Kính gửi Huỳnh Minh Tư,

Báo cáo tuần đến ngày 20/11/2026

Toàn tỉnh: nộp trực tuyến 62,50 %.

Cần làm trước: thêm 12 hồ sơ.

Mở trang: https://cuaso.example.vn/dieu-hanh/bao-cao/1

Kèm theo: bao-cao-tuan-2026-11-20.pdf.

-- \nThư tự động của Cửa Số, Tỉnh Cà Mau. Xin đừng trả lời thư này.
Thôi nhận thư: https://cuaso.example.vn/mot-cua/thong-bao
`)
  for (const line of ['Toàn tỉnh: nộp trực tuyến 62,50 %.', 'href="https://cuaso.example.vn/dieu-hanh/bao-cao/1"', 'lang="vi"'])
    expect(html).toContain(line)
})

test('what is written in a notice is text in the letter, never markup and never another line of its head', () => {
  const { subject, html } = letterOf({
    ...facts,
    title: 'Xin\r\nBcc: x@y.vn <script>alert(1)</script>',
    body: '<img src=x onerror=alert(1)>',
  })
  expect(subject).not.toMatch(/[\r\n]/)
  expect(html).not.toMatch(/<script|<img/)
  expect(html).toContain('&lt;img src=x')
})

test('a paper that could not be enclosed is to be taken from the page', () => {
  expect(letterOf({ ...facts, enclosed: [], left: true }).text).toContain('Tệp không kèm được trong thư; tải ở trang trên.')
})
