import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMAIL, fold } from './text.ts'

test('"đất đai" is found when typed without accents, in capitals, or decomposed', () => {
  expect(fold('Đất đai')).toBe('dat dai')
  expect(fold('ĐẤT ĐAI')).toBe('dat dai')
  expect(fold('đất đai'.normalize('NFD'))).toBe('dat dai')
})

test('the place of the tone mark makes no difference: hoà is hòa, thuỷ is thủy', () => {
  for (const [older, newer] of [
    ['hoà', 'hòa'],
    ['thuỷ', 'thủy'],
    ['khoẻ', 'khỏe'],
    ['Hoá', 'Hóa'],
  ] as const)
    expect(fold(older)).toBe(fold(newer))
})

test('punctuation separates words and leaves no trace', () => {
  expect(fold('  Thủ tục 1.001193, khai-sinh ')).toBe('thu tuc 1 001193 khai sinh')
})

const letters = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐÀẤ bchnt .-19'
const vietnamese = fc.string({ unit: fc.constantFrom(...letters) })

test('folding twice changes nothing more, whatever the text', () => {
  fc.assert(fc.property(fc.oneof(vietnamese, fc.string({ unit: 'grapheme' })), (text) => fold(fold(text)) === fold(text)))
})

test('every Unicode form of a text folds the same', () => {
  fc.assert(fc.property(vietnamese, (text) => fold(text.normalize('NFD')) === fold(text.normalize('NFC'))))
})

test('Vietnamese folds to plain lower-case letters, digits and single spaces', () => {
  fc.assert(fc.property(vietnamese, (text) => /^([a-z0-9]+( [a-z0-9]+)*)?$/.test(fold(text))))
})

test('two texts side by side fold to their foldings side by side', () => {
  fc.assert(fc.property(vietnamese, vietnamese, (a, b) => fold(`${a} ${b}`) === `${fold(a)} ${fold(b)}`.trim()))
})

test('mail addresses are told from what is none, in no time however long it is', () => {
  for (const address of ['ten@example.com', 'van-thu.p1+hs@camau.gov.vn', 'a@b.co']) expect(EMAIL.test(address), address).toBe(true)
  for (const none of ['', 'ten', 'ten@', '@example.com', 'ten@example', 'ten@example.c', 'ten@.com', 'a b@example.com', 'a@b@example.com'])
    expect(EMAIL.test(none), none).toBe(false)
  const began = performance.now()
  for (const endless of ['.', 'b.', 'bb', 'bbb.']) expect(EMAIL.test(`a@${endless.repeat(200_000)}@`)).toBe(false)
  expect(performance.now() - began).toBeLessThan(2_000)
})
