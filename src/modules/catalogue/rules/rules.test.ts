import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differences, rescaleSteps } from './difference.ts'
import { blankProcedure, problemsOf, procedureFile, readProcedureFile, rebased } from './draft.ts'
import { readSection, resolverKey, resolverOf, sections, startOf, withRow } from './edit.ts'
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

const typedOf = (values: URLSearchParams) => ({ get: (name: string) => values.get(name) ?? '', all: (name: string) => values.getAll(name) })

describe('the parts of a version, each on its page', () => {
  test('read money and decimals as people write them, and drop a line whose name is cleared', () => {
    const time = readSection('thoi-han', typedOf(new URLSearchParams({ timeLimit: '2,5', timeUnit: 'day' })), { ...body, steps: [] })
    expect(time).toMatchObject({ errors: [], body: { timeLimit: { amount: 2.5, unit: 'day' } } })
    const fees = readSection(
      'phi',
      typedOf(
        new URLSearchParams({
          'rows.0.name': '',
          'rows.1.name': 'Lệ phí mới',
          'rows.1.amount': '30.000 đ',
          'rows.1.kind': 'charge',
          'rows.1.when': 'result',
        }),
      ),
      body,
    )
    expect(fees.errors).toEqual([])
    expect(fees.body.fees).toEqual([{ kind: 'charge', name: { vi: 'Lệ phí mới', en: 'Lệ phí mới' }, amount: 30_000, when: 'result' }])
    const wrong = readSection('phi', typedOf(new URLSearchParams({ 'rows.0.name': 'Phí', 'rows.0.amount': 'mười' })), body)
    expect(wrong.errors.map(({ path }) => path)).toEqual(['rows.0.amount'])
  })

  test('show what they read: sent back untouched, nothing changes', () => {
    for (const section of sections) {
      const again = readSection(section, typedOf(startOf(section, body)), body)
      expect(again.errors, section).toEqual([])
      expect(differences(body, again.body), section).toEqual([])
    }
  })

  test('move and remove lines; a paper keeps its code when its name changes', () => {
    const paper = (code: string) => ({ code, name: { vi: code, en: code }, original: 1, copy: 0, required: true, fromForm: false })
    const three = { ...body, components: [paper('a'), paper('b'), paper('c')] }
    const codes = (one: typeof three) => one.components.map(({ code }) => code).join('')
    expect(codes(withRow('giay-to', three, 'row-up:2') as typeof three)).toBe('acb')
    expect(codes(withRow('giay-to', three, 'row-remove:0') as typeof three)).toBe('bc')
    expect(withRow('giay-to', three, 'row-up:0')).toBe(three)
    const typed = startOf('giay-to', three)
    typed.set('rows.1.name', 'Sổ hộ khẩu')
    typed.set('rows.3.name', 'Giấy mới')
    expect(readSection('giay-to', typedOf(typed), three).body.components.map(({ code }) => code)).toEqual(['a', 'b', 'c', 'giay-moi'])
  })

  test('a new time limit shares out the steps anew when that is asked', () => {
    const steps = [
      { code: 'a', name: { vi: 'A', en: 'A' }, role: 'clerk' as const, allowance: 1 },
      { code: 'b', name: { vi: 'B', en: 'B' }, role: 'leader' as const, allowance: 3 },
    ]
    const typed = new URLSearchParams({ timeLimit: '8', timeUnit: 'day', 'steps.0': '1', 'steps.1': '3', rescale: '1' })
    const read = readSection('thoi-han', typedOf(typed), { ...body, timeLimit: { amount: 4, unit: 'day' }, steps })
    expect(read.body.steps.map(({ allowance }) => allowance)).toEqual([2, 6])
  })
})

describe('a version that is being written', () => {
  const known = { fields: new Set(['ho-tich']), forms: new Set(['chung']) }

  test('says what stands in its way, and where', () => {
    const blank = blankProcedure({ vi: 'Thủ tục mới', en: 'New' })
    expect(problemsOf(blank, known).map(({ section }) => section)).toEqual(['ten', 'ket-qua'])
    const whole = { ...blank, field: 'ho-tich', results: [{ name: { vi: 'Giấy', en: 'Paper' }, electronic: true, document: true }] }
    expect(problemsOf(whole, known)).toEqual([])
    expect(problemsOf({ ...whole, form: 'khong-co' }, known)[0]?.message.vi).toContain('chưa ban hành')
    expect(problemsOf({ ...whole, form: null }, known)[0]?.message.vi).toContain('chưa gắn biểu mẫu')
  })

  test('takes parts that nobody touched from what was published meanwhile', () => {
    const base = { ...body, keywords: ['cũ'] }
    const mine = { ...base, legalBasis: ['của tôi'] }
    const newest = { ...base, keywords: ['mới'], timeLimit: { amount: 9, unit: 'day' as const } }
    const merged = rebased(base, mine, newest)
    expect(merged).toMatchObject({ legalBasis: ['của tôi'], keywords: ['mới'], timeLimit: { amount: 9 } })
    expect(rebased(base, mine, base)).toEqual(mine)
  })

  test('goes out as a file and comes in as the same; a wrong file is told its line', () => {
    const file = { code: '9.000001', codeCertainty: 'unsure' as const, versions: [{ ...body, validFrom: '2026-01-01' }] }
    const read = readProcedureFile(procedureFile(file))
    expect(read.ok && procedureFile(read.value)).toBe(procedureFile(file))
    const wrong = readProcedureFile(procedureFile(file).replace('"tiers"', '"tang"'))
    expect(wrong.ok ? '' : wrong.error[0]?.message.vi).toMatch(/^Dòng \d+, cột \d+/)
  })
})
