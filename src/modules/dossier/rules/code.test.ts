import { expect, test } from 'vitest'
import { officialCode, parseCode } from './code.ts'

test('the official code is agency, day of reception, serial of at least four digits', () => {
  expect(officialCode('H12.101', '2026-07-01', 1)).toBe('H12.101-260701-0001')
  expect(officialCode('H12', '2026-07-01', 9999)).toBe('H12-260701-9999')
})

test('the 10,000th dossier of a day has a serial of five digits', () => {
  expect(officialCode('H12.101', '2026-07-01', 10_000)).toBe('H12.101-260701-10000')
  expect(parseCode('H12.101-260701-10000')).toMatchObject({ serial: '10000', day: '2026-07-01' })
})

test('every form of code in use is read', () => {
  expect(parseCode('H12.001.02-260701-0001')).toMatchObject({
    agencyCode: 'H12.001.02',
    day: '2026-07-01',
    order: 'national',
    keyedByHand: false,
  })
  expect(parseCode('T.H12.01-260701-0001')).toMatchObject({ agencyCode: 'H12.01', keyedByHand: true })
  expect(parseCode('000.00.00.H12-180315-0042')).toMatchObject({ agencyCode: '000.00.00.H12', day: '2018-03-15', order: 'before-2020' })
  expect(parseCode('000.00.04.G18-190101-0001')?.order).toBe('before-2020')
  expect(parseCode('G09.20-20260609-0092637')).toMatchObject({ agencyCode: 'G09.20', day: '2026-06-09', serial: '0092637' })
  expect(parseCode('G09-260701-010001')?.serial).toBe('010001')
  expect(parseCode(' h12.101-260701-0001 ')?.text).toBe('H12.101-260701-0001')
})

test('a day that does not exist, a short serial or part of a code is not a code', () => {
  for (const wrong of [
    'H12.101-260230-0001',
    'H12.101-260701-001',
    'H12.101-260701',
    'H12.101',
    '260701-0001',
    'Z12-260701-0001',
    'abc',
    '',
  ]) {
    expect(parseCode(wrong)).toBeUndefined()
  }
})
