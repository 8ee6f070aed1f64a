import { expect, test } from 'vitest'
import { readRegister, registerAddress } from './register-question.ts'

const read = (query: Record<string, string>) => readRegister((name) => query[name], '2026-11-21')

test('without days the register is of this month so far', () => {
  expect(read({})).toEqual({ asked: { agencyCode: undefined, by: 'agency', from: '2026-11-01', to: '2026-11-21' }, trouble: undefined })
})

test('a question and its address say the same', () => {
  const asked = { agencyCode: 'H12.05', by: 'reception', from: '2026-01-01', to: '2026-12-31' } as const
  const query = Object.fromEntries(new URLSearchParams(registerAddress('/x', asked).split('?')[1]))
  expect(read(query)).toEqual({ asked, trouble: undefined })
})

test('a day that does not exist, an end before the beginning, a period of more than a year are named, never guessed', () => {
  expect(read({ tu: '2026-02-30' }).trouble).toBe('from')
  expect(read({ tu: '2026-01-01', den: 'x' }).trouble).toBe('to')
  expect(read({ tu: '2026-03-02', den: '2026-03-01' }).trouble).toBe('backwards')
  expect(read({ tu: '2024-01-01', den: '2025-01-01' }).trouble).toBe('tooLong')
  expect(read({ tu: '2024-01-01', den: '2024-12-31' }).trouble).toBeUndefined()
})
