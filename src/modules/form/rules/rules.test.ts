import { describe, expect, test } from 'vitest'
import { type AddressBook, labelOf, withLabels } from './address-book.ts'
import { isEmpty } from './answers.ts'
import { checkDefinition } from './check-definition.ts'
import { holds, visibleAnswers, visiblePages } from './condition.ts'
import { type FormDefinition, readDefinition } from './definition.ts'
import { carryOver } from './draft.ts'
import { actionValue, parsePageInput, readAction, readMoney, readNumber } from './input.ts'
import { say } from './messages.ts'
import { nextPage, previousPage, taskList } from './pages.ts'
import { prefill } from './prefill.ts'
import { check, isRealDay } from './schema.ts'
import { summary } from './summary.ts'
import { walk } from './walk.ts'
import { birthYearOf, warningsOf } from './warnings.ts'

const today = '2026-11-21'
const form = (pages: unknown[], more: object = {}): FormDefinition =>
  readDefinition({ code: 'thu', version: 1, validFrom: '2020-01-01', title: 'Thử', applicant: { name: 'name' }, pages, ...more })

const marriage = form([
  {
    id: 'ban',
    title: 'Bạn',
    fields: [
      { id: 'name', type: 'text', label: 'Họ tên', maxLength: 20, prefill: 'person.fullName' },
      { id: 'born', type: 'date', label: 'Ngày sinh', when: 'past' },
      { id: 'number', type: 'personalNumber', label: 'Số định danh', birthDate: 'born', required: false },
      { id: 'married', type: 'yesNo', label: 'Đã kết hôn?' },
    ],
  },
  {
    id: 'vo-chong',
    title: 'Vợ hoặc chồng',
    condition: { field: 'married', equals: true },
    fields: [{ id: 'spouse', type: 'text', label: 'Tên vợ hoặc chồng' }],
  },
  {
    id: 'con',
    title: 'Con',
    fields: [
      {
        id: 'children',
        type: 'group',
        label: 'Các con',
        itemLabel: { vi: 'Con', en: 'Child' },
        required: false,
        max: 3,
        fields: [
          { id: 'childName', type: 'text', label: 'Tên con' },
          { id: 'atSchool', type: 'yesNo', label: 'Đi học?' },
          { id: 'school', type: 'text', label: 'Trường', condition: { field: 'atSchool', equals: true } },
        ],
      },
      { id: 'income', type: 'money', label: 'Thu nhập', required: false },
    ],
  },
  { id: 'cam-doan', title: 'Cam đoan', fields: [{ id: 'declaration', type: 'declaration', label: 'Tôi cam đoan.' }] },
])
const errorsOf = (answers: object, mode: 'save' | 'submit' = 'submit') =>
  check(marriage, answers as never, { mode, today }).errors.map(({ path }) => path)
const good = { name: 'Lụa', born: '1990-03-27', married: false, declaration: true }

describe('errors say what to do, in both languages, with the label inside the sentence', () => {
  test('a missing answer', () => {
    const [error] = check(marriage, {}, { mode: 'submit', today }).errors
    expect(error).toEqual({ path: 'name', message: { vi: 'Nhập họ tên.', en: 'Enter: họ tên.' } })
  })
  test('abbreviations keep their capitals; a question is called by its name', () => {
    expect(say('text', { label: { vi: 'CCCD của bạn', en: 'ID' } }).vi).toBe('Nhập CCCD của bạn.')
    expect(
      say('number', { label: { vi: 'Bạn cần bao nhiêu bản?', en: 'How many?' }, called: { vi: 'số bản', en: 'the number' } }).vi,
    ).toContain('Nhập số bản bằng số')
    expect(say('tooBig', { label: { vi: 'số bản', en: 'copies' } }, { max: 5 }).vi).toBe('Số bản phải từ 5 trở xuống.')
  })
  test('one sentence a place, the first to mend', () => {
    expect(errorsOf({ ...good, name: 'x'.repeat(30), born: '2026-02-31' })).toEqual(['name', 'born'])
  })
})

describe('dates', () => {
  test('must exist, and lie on the right side of today', () => {
    expect([isRealDay('2024-02-29'), isRealDay('2026-02-29'), isRealDay('2026-13-01')]).toEqual([true, false, false])
    expect(errorsOf({ ...good, born: today })).toEqual(['born'])
    expect(errorsOf({ ...good, born: '1812-01-01' })).toEqual(['born'])
  })
})

describe('conditions', () => {
  test('an answer that a change of mind hid is kept aside, not counted', () => {
    const answers = { ...good, married: true, spouse: 'Ba' }
    expect(visibleAnswers(marriage, answers).spouse).toBe('Ba')
    expect(visibleAnswers(marriage, { ...answers, married: false }).spouse).toBeUndefined()
    expect(visiblePages(marriage, { ...answers, married: false }).map(({ id }) => id)).toEqual(['ban', 'con', 'cam-doan'])
  })
  test('inside a repeated item look at that item', () => {
    const children = [
      { childName: 'Tí', atSchool: true },
      { childName: 'Tèo', atSchool: false, school: 'Trường làng' },
    ]
    expect(errorsOf({ ...good, children })).toEqual(['children.0.school'])
    const saved = check(marriage, { ...good, children: [children[1]] } as never, { mode: 'submit', today }).answers
    expect(saved.children).toEqual([{ childName: 'Tèo', atSchool: false }])
  })
  test('join, choose and turn round', () => {
    const answers = { a: 'x', n: 5, list: ['p', 'q'] }
    expect(
      holds(
        {
          all: [
            { field: 'a', equals: 'x' },
            { field: 'n', atLeast: 5 },
          ],
        },
        answers,
      ),
    ).toBe(true)
    expect(
      holds(
        {
          any: [
            { field: 'a', in: ['y'] },
            { field: 'list', includes: 'q' },
          ],
        },
        answers,
      ),
    ).toBe(true)
    expect(holds({ not: { field: 'gone', notEmpty: true } }, answers)).toBe(true)
  })
})

describe('the way through', () => {
  test('skips what does not apply, forward and back', () => {
    expect(nextPage(marriage, good, 'ban')?.id).toBe('con')
    expect(previousPage(marriage, good, 'con')?.id).toBe('ban')
    expect(nextPage(marriage, { ...good, married: true }, 'ban')?.id).toBe('vo-chong')
    expect(nextPage(marriage, good, 'cam-doan')).toBeUndefined()
  })
  test('a page where nothing must be said is complete once it was looked at', () => {
    const states = (saved: string[]) => taskList(marriage, good, today, saved).map(({ state }) => state)
    expect(states([])).toEqual(['complete', 'not-started', 'complete'])
    expect(states(['con'])).toEqual(['complete', 'complete', 'complete'])
  })
})

describe('what people type', () => {
  test('numbers as Vietnamese write them', () => {
    expect(['12,5', '1.234', '1.234,5', '12.5', '-3'].map(readNumber)).toEqual([12.5, 1234, 1234.5, 12.5, -3])
    expect(readNumber('mười')).toBe('mười')
  })
  test('money with dots, commas and the sign', () => {
    expect(['50.000 đ', '50,000', '50000', '50 000 đồng'].map(readMoney)).toEqual([50000, 50000, 50000, 50000])
  })
  test('phone and personal number with spaces; a date in one box or three', () => {
    const page = marriage.pages[0]
    if (!page) throw new Error('no page')
    const read = (query: string) => parsePageInput(marriage, page, new URLSearchParams(query)).answers
    expect(read('number=096 190 000 001').number).toBe('096190000001')
    expect(read('born=27/3/1990').born).toBe('1990-03-27')
    expect(read('born-day=27&born-month=3&born-year=1990').born).toBe('1990-03-27')
    expect(read('born-day=&born-month=&born-year=').born).toBeUndefined()
    expect(read('name=  L%E1%BB%A5a ').name).toBe('Lụa')
  })
  test('items of a group stay in order when one in between is gone', () => {
    const page = marriage.pages[2]
    if (!page) throw new Error('no page')
    const read = parsePageInput(
      marriage,
      page,
      new URLSearchParams('children.0.childName=A&children.2.childName=C&children.10.childName=K'),
    ).answers
    expect(read.children).toEqual([{ childName: 'A' }, { childName: 'C' }, { childName: 'K' }])
  })
  test('the button that was pressed, and nothing a stranger made up', () => {
    const pressed = (value: string) => readAction(new URLSearchParams({ _do: value }))
    for (const action of [
      { kind: 'later' },
      { kind: 'add', fieldId: 'children' },
      { kind: 'remove', fieldId: 'children', place: 2 },
      { kind: 'drop-file', fieldId: 'f', sha256: 'a'.repeat(64) },
    ] as const)
      expect(pressed(actionValue(action))).toEqual(action)
    expect(pressed('remove:children:-1')).toEqual({ kind: 'continue' })
    expect(readAction(new URLSearchParams())).toEqual({ kind: 'continue' })
  })
})

describe('personal numbers', () => {
  test('have no check digit: any twelve digits are taken, eleven are not', () => {
    expect(errorsOf({ ...good, number: '096190000001' })).toEqual([])
    expect(errorsOf({ ...good, number: '09619000000' })).toEqual(['number'])
  })
  test('that state another year of birth only raise a doubt', () => {
    expect([birthYearOf('096190000001'), birthYearOf('096204123456'), birthYearOf('x')]).toEqual([1990, 2004, undefined])
    expect(warningsOf(marriage, { ...good, number: '096204123456' }).map(({ path }) => path)).toEqual(['number'])
    expect(errorsOf({ ...good, number: '096204123456' })).toEqual([])
  })
})

describe('first answers', () => {
  test('come from the profile, never over what was said', () => {
    expect(prefill(marriage, {}, { 'person.fullName': 'Trần Thị Lụa' })).toEqual({ answers: { name: 'Trần Thị Lụa' }, filled: ['name'] })
    expect(prefill(marriage, { name: 'Ba' }, { 'person.fullName': 'Lụa' }).answers.name).toBe('Ba')
  })
  test('come from an earlier dossier only where the question allows it', () => {
    expect(prefill(marriage, {}, {}, { name: 'Lụa', spouse: 'Ba', declaration: true }).filled).toEqual(['name'])
  })
})

describe('addresses', () => {
  const book: AddressBook = {
    home: { code: '96', name: 'Tỉnh Cà Mau', communes: [{ code: '32244', validFrom: '2025-07-01', name: 'Xã Đất Mũi' }] },
    others: [{ code: '92', name: 'Thành phố Cần Thơ' }],
  }
  const place = form([
    {
      id: 'a',
      title: 'A',
      fields: [
        { id: 'home', type: 'address', label: 'Nơi ở' },
        { id: 'name', type: 'text', label: 'Tên' },
        { id: 'declaration', type: 'declaration', label: 'Tôi' },
      ],
    },
  ])
  test('carry the sentence of the day they were picked', () => {
    const home = { province: '96', commune: '32244', validFrom: '2025-07-01', line: 'Ấp Mũi' }
    expect(labelOf(book, home)).toBe('Ấp Mũi, Xã Đất Mũi, Tỉnh Cà Mau')
    expect(labelOf(book, { province: '92', commune: '-', line: 'Phường Cái Khế' })).toBe('Phường Cái Khế, Thành phố Cần Thơ')
    const [row] = summary(place, withLabels(place, { home }, book))[0]?.rows ?? []
    expect(row?.lines).toEqual(['Ấp Mũi, Xã Đất Mũi, Tỉnh Cà Mau'])
  })
  test('of a place nobody offers are taken as not picked; of a unit gone since they stay', () => {
    expect(withLabels(place, { home: { province: '01', commune: '99999', line: 'x' } }, book).home).toEqual({
      province: '',
      commune: '',
      line: 'x',
    })
    const old = { province: '96', commune: '32014', validFrom: '2020-01-01', line: 'x', label: 'x, Xã cũ' }
    expect(withLabels(place, { home: old }, book).home).toEqual(old)
  })
  test('half given are saved, and told part by part on sending', () => {
    const half = { home: { province: '96', commune: '32244', line: '' } }
    expect(check(place, half, { mode: 'save', today }).errors).toEqual([])
    expect(check(place, half, { mode: 'submit', today }).errors.map(({ path }) => path)).toContain('home.line')
    expect(check(place, {}, { mode: 'submit', today }).errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['home.commune', 'home.line']),
    )
  })
  test('empty in every part are no address', () => expect(isEmpty({ province: '', commune: '', line: ' ' })).toBe(true))
})

describe('the checker finds', () => {
  const faults = (pages: unknown[], more?: object) => checkDefinition(form(pages, more)).map(({ fault }) => fault)
  const sound = [
    { id: 'name', type: 'text', label: 'Tên' },
    { id: 'd', type: 'declaration', label: 'Tôi cam đoan' },
  ]
  test.each([
    ['a question asked twice', [{ id: 'a', title: 'A', fields: [...sound, sound[0]] }], 'field id used twice'],
    [
      'a condition on what comes later',
      [{ id: 'a', title: 'A', condition: { field: 'name', notEmpty: true }, fields: sound }],
      'no earlier question',
    ],
    [
      'a condition that can never hold',
      [
        {
          id: 'a',
          title: 'A',
          fields: [
            ...sound,
            {
              id: 'c',
              type: 'choice',
              label: 'C',
              options: [
                { value: 'x', label: 'X' },
                { value: 'y', label: 'Y' },
              ],
            },
            { id: 'e', type: 'text', label: 'E', condition: { field: 'c', equals: 'z' } },
          ],
        },
      ],
      'no option "z"',
    ],
    ['a form without a declaration', [{ id: 'a', title: 'A', fields: [sound[0]] }], 'no declaration'],
  ])('%s', (_, pages, fault) => expect(faults(pages).join()).toContain(fault))

  test('a page that no answers reach', () => {
    const never = form([
      { id: 'a', title: 'A', fields: [...sound, { id: 'q', type: 'yesNo', label: 'Q' }] },
      {
        id: 'b',
        title: 'B',
        condition: {
          all: [
            { field: 'q', equals: true },
            { field: 'q', equals: false },
          ],
        },
        fields: [{ id: 'z', type: 'text', label: 'Z' }],
      },
    ])
    expect(walk(never).unvisited).toEqual(['b', 'b/z'])
  })
})

test('another version of a form keeps the answers whose question is still asked in the same way', () => {
  const later = form(
    [
      {
        id: 'a',
        title: 'A',
        fields: [
          { id: 'name', type: 'text', label: 'Tên' },
          { id: 'born', type: 'text', label: 'Năm sinh' },
          { id: 'd', type: 'declaration', label: 'Tôi' },
        ],
      },
    ],
    { version: 2 },
  )
  expect(carryOver(marriage, later, { name: 'Lụa', born: '1990-03-27', spouse: 'Ba' })).toEqual({ name: 'Lụa' })
})
