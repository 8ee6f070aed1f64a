import { expect, test } from 'vitest'
import { rooms } from '../../rooms.ts'
import { actionName } from './action-names.ts'

const actions = [...new Set(rooms.flatMap((room) => room.permissions ?? []).map((rule) => rule.action))].sort()

test('every action of every room has a name in both languages, so that the page of rights shows no codes', () => {
  const bare = actions.filter((action) => {
    const { vi, en } = actionName(action)
    return vi === action || en === action || vi.trim() === '' || en.trim() === ''
  })
  expect(bare).toEqual([])
})

test('two actions do not go by one name', () => {
  for (const language of ['vi', 'en'] as const) {
    const names = actions.map((action) => actionName(action)[language])
    expect(
      names.filter((name, at) => names.indexOf(name) !== at),
      language,
    ).toEqual([])
  }
})
