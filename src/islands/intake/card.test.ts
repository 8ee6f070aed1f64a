import { describe, expect, test } from 'vitest'
import { readCard } from './card.ts'

describe('the QR code of an identity card', () => {
  test('fills number, name, birthday, sex and address', () => {
    expect(readCard('096190000017|381234567|Huỳnh Thị Ngọc Bích|08031990|Nữ|Ấp 5, Nguyễn Phích, U Minh, Cà Mau|12052021')).toEqual({
      number: '096190000017',
      oldNumber: '381234567',
      name: 'Huỳnh Thị Ngọc Bích',
      birth: '1990-03-08',
      sex: 'female',
      address: 'Ấp 5, Nguyễn Phích, U Minh, Cà Mau',
      issued: '2021-05-12',
    })
  })

  test('a card without an old number, from a scanner that adds spaces and writes accents apart', () => {
    const card = readCard('096085000021||Lý  A Sáng |01011985|Nam|Khóm 3, Năm Căn|'.normalize('NFD'))
    expect(card).toMatchObject({ oldNumber: '', name: 'Lý A Sáng', sex: 'male', issued: '' })
  })

  test('newer cards that say more are read as well', () => {
    expect(readCard('096085000021||Lý A Sáng|01011985|Nam|Khóm 3|02022024|Cha|Mẹ')).not.toBeNull()
  })

  test.each([
    ['another QR code', 'https://cuaso.vn/tra-cuu/K7QM'],
    ['a short number', '09608500002||Lý A Sáng|01011985|Nam|Khóm 3|02022024'],
    ['a birthday that is not a day', '096085000021||Lý A Sáng|31021985|Nam|Khóm 3|02022024'],
    ['no name', '096085000021|||01011985|Nam|Khóm 3|02022024'],
    ['half a card', '096085000021||Lý A Sáng|01011985'],
    ['nothing', ''],
  ])('%s is not a card', (_what, text) => {
    expect(readCard(text)).toBeNull()
  })
})
