import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differences, rescaleSteps } from './difference.ts'
import { readEdit, resolverKey, resolverOf } from './edit.ts'
import { bodyChanged, bodyFrom, parseRow, saysTheSame } from './import-row.ts'
import { inForce, knownFee, type ResolverRule, type VersionBody } from './procedure.ts'
import { decidePublication } from './publish.ts'
import { alikeText, queryWords, searchText } from './search-text.ts'
import { copiesText, moneyText, resolverText, timeLimitText } from './words.ts'

const row = {
  code: '1.000001',
  name: 'Thủ tục thử',
  field: 'Hộ tịch',
  tier: 'commune',
  serviceLevel: 'full',
  timeLimit: 5,
  timeUnit: 'working_day',
  feeVnd: 20_000,
  returnsResult: true,
} as const
const body: VersionBody = bodyFrom(row, 'ho-tich')
const version = (number: number, validFrom: string, abolished = false) => ({
  version: number,
  validFrom,
  abolished,
  body: { ...body, abolished },
})

describe('the version in force', () => {
  test('is the last to begin; of two on one day the later made; none before the first or after the end', () => {
    const versions = [version(1, '2020-01-01'), version(2, '2025-07-01'), version(3, '2025-07-01'), version(4, '2027-01-01', true)]
    const at = (day: string) => inForce(versions, day)?.version
    expect([at('2019-12-31'), at('2020-01-01'), at('2025-06-30'), at('2025-07-01'), at('2027-01-01')]).toEqual([
      undefined,
      1,
      1,
      3,
      undefined,
    ])
  })

  test('never depends on the order in which versions are kept', () => {
    const any = fc.array(
      fc.record({ version: fc.nat(20), validFrom: fc.constantFrom('2020-01-01', '2022-01-01', '2024-01-01'), abolished: fc.boolean() }),
      { minLength: 1 },
    )
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(20), { minLength: 1 }), any, (numbers, shapes) => {
        const versions = numbers.map((number, at) => ({ ...(shapes[at % shapes.length] as (typeof shapes)[number]), version: number }))
        expect(inForce([...versions].reverse(), '2023-01-01')?.version).toBe(inForce(versions, '2023-01-01')?.version)
      }),
    )
  })
})

describe('a new version', () => {
  test('cannot begin yesterday: receipts already given keep their word', () => {
    expect(decidePublication([version(1, '2020-01-01')], { ...body, serviceLevel: 'none' }, '2026-11-20', '2026-11-21')).toMatchObject({
      ok: false,
      error: { code: 'catalogue.starts-in-the-past' },
    })
  })
  test('is compared with what would be in force on its first day, also with one still to come', () => {
    const known = [version(1, '2020-01-01'), { ...version(2, '2027-01-01'), body: { ...body, serviceLevel: 'partial' as const } }]
    const changed = decidePublication(known, { ...body, serviceLevel: 'partial' }, '2026-12-01', '2026-11-21')
    expect(changed.ok && changed.value.differences.map(({ part }) => part)).toEqual(['serviceLevel'])
    expect(decidePublication(known, { ...body, serviceLevel: 'partial' }, '2027-06-01', '2026-11-21')).toMatchObject({
      ok: false,
      error: { code: 'catalogue.nothing-changes' },
    })
  })
  test('differs whatever order its parts are kept in, only by what it says', () => {
    const turned = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(body).reverse()))) as VersionBody
    expect(differences(body, turned)).toEqual([])
  })
})

test('steps keep their shares of a new time limit and fill it exactly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 365 }),
      (allowances, total) => {
        const scaled = rescaleSteps(
          allowances.map((allowance) => ({ allowance })),
          total,
        )
        expect(scaled.reduce((sum, { allowance }) => sum + allowance, 0)).toBeCloseTo(total, 6)
        for (const { allowance } of scaled) expect(allowance).toBeGreaterThanOrEqual(0)
      },
    ),
  )
})

describe('a row of a file', () => {
  const record = {
    code: '1.000001',
    name: 'Thủ tục thử',
    field: 'Hộ tịch',
    tier: 'commune',
    service_level: 'full',
    time_limit: '5',
    time_unit: 'working_day',
    fee_vnd: '20000',
    returns_result: 'true',
  }
  test('is read, and a version made of it says the same', () => {
    expect(parseRow(record)).toEqual({ ok: true, value: row })
    expect(saysTheSame(row, 'ho-tich', body)).toBe(true)
    expect(knownFee(body.fees)).toBe(20_000)
  })
  test('that changes something makes a version that says the same as the row, and keeps the rest', () => {
    const rich: VersionBody = {
      ...body,
      keywords: ['giấy'],
      fees: [{ kind: 'obligation', name: { vi: 'Thuế', en: 'Tax' }, amount: 0, when: 'assessed' }],
    }
    const changed = bodyChanged({ ...row, timeLimit: 3 }, 'ho-tich', rich)
    expect(saysTheSame({ ...row, timeLimit: 3 }, 'ho-tich', changed)).toBe(true)
    expect(changed.keywords).toEqual(['giấy'])
    expect(changed.fees.map(({ kind }) => kind)).toEqual(['fee', 'obligation'])
  })
  test('says every column that is wrong, in words', () => {
    const bad = parseRow({
      code: '',
      name: '',
      field: '?',
      tier: 'x',
      service_level: '',
      time_limit: '-1',
      time_unit: 'năm',
      fee_vnd: '1.5',
      returns_result: 'có',
    })
    expect(bad.ok ? [] : bad.error.map(({ column }) => column)).toEqual(Object.keys(record))
  })
})

describe('search text', () => {
  test('begins with the name, and has folk words without accents', () => {
    const text = searchText(
      '1.004873',
      { name: { vi: 'Cấp giấy xác nhận tình trạng hôn nhân', en: 'Marital status' }, keywords: ['giấy độc thân'] },
      'Hộ tịch',
      ['Kết hôn'],
    )
    expect(text.startsWith('cap giay xac nhan')).toBe(true)
    for (const part of ['giay doc than', 'ho tich', 'ket hon', '1 004873']) expect(text).toContain(part)
    expect(alikeText({ name: { vi: 'Khai sinh', en: 'Birth' }, keywords: [] }, 'Hộ tịch')).toBe('khai sinh | ho tich')
  })
  test('a pasted page does not become a query', () => expect(queryWords('đất '.repeat(500)).length).toBeLessThanOrEqual(12))
})

describe('words', () => {
  test('time, money, copies, who resolves', () => {
    expect(timeLimitText({ amount: 0.5, unit: 'working_day' }).vi).toBe('0,5 ngày làm việc')
    expect(timeLimitText({ amount: 1, unit: 'month' }).en).toBe('1 month')
    expect([moneyText(0).vi, moneyText(1_050_000).vi]).toEqual(['Không mất tiền', '1.050.000 đ'])
    expect(copiesText({ original: 2, copy: 1, fromForm: false }).vi).toBe('2 bản chính, 1 bản sao')
    expect(copiesText({ original: 0, copy: 0, fromForm: false }).vi).toBe('Chỉ xuất trình')
    expect(resolverText({ kind: 'agency', agencyCode: 'H12.13' }, () => 'Sở Tư pháp').vi).toBe('Sở Tư pháp')
  })
  test('every resolver survives the list it is chosen from', () => {
    const rules: ResolverRule[] = [
      { kind: 'agency', agencyCode: 'H12.13' },
      { kind: 'people_committee', tier: 'commune', place: 'land' },
      { kind: 'tier', tier: 'province' },
    ]
    for (const rule of rules) expect(resolverOf(resolverKey(rule))).toEqual(rule)
    expect(resolverOf('people_committee làng đâu')).toBeUndefined()
  })
})

test('an edit reads money and decimals as people write them, and removes a line whose name is cleared', () => {
  const typed = new Map<string, string>([
    ['name', 'Tên mới'],
    ['field', 'ho-tich'],
    ['serviceLevel', 'full'],
    ['timeLimit', '2,5'],
    ['timeUnit', 'day'],
    ['resolver', 'tier commune'],
    ['form', 'chung'],
    ['fees.0.name', ''],
    ['fees.1.name', 'Lệ phí mới'],
    ['fees.1.amount', '30.000 đ'],
    ['fees.1.kind', 'charge'],
    ['fees.1.when', 'result'],
  ])
  const { body: edited, errors } = readEdit(
    { get: (name) => typed.get(name) ?? '', all: (name) => (name === 'tiers' ? ['commune'] : []) },
    body,
  )
  expect(errors).toEqual([])
  expect(edited.timeLimit).toEqual({ amount: 2.5, unit: 'day' })
  expect(edited.fees).toEqual([{ kind: 'charge', name: { vi: 'Lệ phí mới', en: 'Lệ phí mới' }, amount: 30_000, when: 'result' }])
})
