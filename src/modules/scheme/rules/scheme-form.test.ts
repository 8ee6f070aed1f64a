import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from '../../../kernel/http/form.ts'
import { publishSchemeInput } from '../commands/publish-scheme.ts'
import { nationalSchemes } from '../schemes.ts'
import { quantityNames } from './quantities.ts'
import { readBack } from './read-back.ts'
import { levels, type SchemeVersion, schemeVersionSchema } from './scheme.ts'
import { type Action, actionText, anchorOf, edited, readAction } from './scheme-edit.ts'
import { beginFields, type IndicatorFields, parts, readFields, type SchemeFields, sumsText } from './scheme-fields.ts'
import { type Beginning, readSchemeForm } from './scheme-form.ts'
import { writtenVersion } from './written.ts'

const [national] = nationalSchemes()
const latest = national?.versions.at(-1)
if (!national || !latest) throw new Error('no national scheme')

/** What the page would send: a formula that is open in lines, another in one value. */
function sent(fields: SchemeFields): URLSearchParams {
  const values = new URLSearchParams()
  const put = (name: string, value: string) => values.append(name, value)
  for (const name of ['name', 'code', 'basis', 'change', 'rounding', 'roundingTotal', 'bands'] as const)
    put(name, name === 'bands' ? fields[name].replaceAll('\n', '\r\n') : fields[name])
  for (const [n, line] of fields.lines.entries()) {
    const at = `indicators.${n}`
    for (const name of ['id', 'name', 'max', 'rule', 'threshold', 'zero', 'otherwise', 'basis'] as const) put(`${at}.${name}`, line[name])
    put(`${at}.steps`, line.steps.replaceAll('\n', '\r\n'))
    for (const name of ['fresh', 'on', 'open'] as const) if (line[name]) put(`${at}.${name}`, '1')
    for (const level of line.levels) put(`${at}.levels`, level)
    for (const [g, key] of line.groups.entries()) put(`${at}.group.${g}`, key)
    for (const part of parts) {
      if (!line.open) put(`${at}.${part}`, sumsText(line.formula[part]))
      else
        for (const [s, sum] of line.formula[part].entries())
          for (const [t, term] of sum.entries()) {
            put(`${at}.${part}.${s}.${t}.sign`, term.sign)
            put(`${at}.${part}.${s}.${t}.quantity`, term.quantity)
          }
    }
  }
  for (const [g, groups] of fields.groupings.entries())
    for (const [k, { key, name }] of groups.entries()) {
      put(`groupings.${g}.groups.${k}.key`, key)
      put(`groupings.${g}.groups.${k}.name`, name)
    }
  return values
}
const resent = (fields: SchemeFields): SchemeFields => readFields(sent(fields), fields.validFrom, fields.groupings.length)

const head = { name: 'Bộ của tỉnh', code: 'ca-mau', basis: 'Quyết định 01', validFrom: '2026-01-01', change: 'Bản đầu' }
const startOf = (base: SchemeVersion): Beginning => ({
  scheme: { name: { vi: head.name, en: 'The province’s' }, basis: head.basis },
  base,
  source: latest,
  own: true,
})
const begun = (base: SchemeVersion): SchemeFields =>
  beginFields({ ...head, validFrom: base.validFrom, change: base.change.vi.replace(/[\r\n]+/g, '') }, base, latest)
function saved(fields: SchemeFields, base: SchemeVersion, start: Partial<Beginning> = {}) {
  const form = readSchemeForm(fields, { ...startOf(base), ...start })
  const parsed = parse(publishSchemeInput, form.input)
  return {
    ...form,
    version: parsed.ok ? parsed.value.version : undefined,
    wrong: parsed.ok ? [] : (parsed.error.fields ?? []).map(({ path }) => form.fieldOf(path)),
  }
}
const press = (fields: SchemeFields, ...actions: Action[]): SchemeFields =>
  actions.reduce((now, action) => edited(resent(now), action), fields)
const at = (fields: SchemeFields, id: string): number => fields.lines.findIndex((line) => line.id === id)
const withLine = (fields: SchemeFields, n: number, change: Partial<IndicatorFields>): SchemeFields => ({
  ...fields,
  lines: fields.lines.map((line, i) => (i === n ? { ...line, ...change } : line)),
})

const share = fc.integer({ min: 1, max: 1_000_000 }).map((n) => n / 1_000_000)
const words = fc
  .constantFrom('Tỷ lệ đúng hạn', 'Tên\nhai dòng', 'Số hóa', 'A: B', '“Nháy” & <thẻ>')
  .chain((vi) => fc.constantFrom({ vi, en: vi }, { vi, en: 'In English' }))
const sum = fc.array(
  fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...quantityNames)).map(([sign, name]) => `${sign}${name}`),
  { minLength: 1, maxLength: 4 },
)
const expression = fc.oneof(
  sum,
  fc.array(sum, { minLength: 2, maxLength: 3 }).map((greatest) => ({ greatest })),
)
const indicator = fc.record(
  {
    code: fc.constantFrom('ON_TIME', 'Mã cũ'),
    name: words,
    max: fc.integer({ min: 1, max: 100_000_000 }).map((n) => n / 1_000_000),
    numerator: expression,
    denominator: expression,
    factor: fc.record({ numerator: expression, denominator: expression }),
    rule: fc.oneof(
      fc.record({ kind: fc.constant('linear'), full: share }),
      fc.record({ kind: fc.constant('yes_no'), from: share }),
      fc.record({
        kind: fc.constant('stepped'),
        steps: fc.array(fc.record({ from: share, points: fc.constant(0.000001) }), { minLength: 1, maxLength: 3 }),
      }),
    ),
    zero: fc.constantFrom('full', 'none', 'unscored'),
    levels: fc.shuffledSubarray([...levels], { minLength: 1 }),
    otherwise: fc.constantFrom('full', 'left_out'),
    basis: fc.constantFrom('', ' Quyết định 5 ', 'Điều 3\nkhoản 1'),
    certainty: fc.constantFrom('confirmed', 'recalled', 'unsure', 'provincial'),
    note: words,
  },
  { requiredKeys: ['code', 'name', 'max', 'numerator', 'denominator', 'rule', 'zero', 'levels', 'otherwise', 'basis', 'certainty'] },
)
const version = fc
  .record({
    indicators: fc.array(indicator, { minLength: 1, maxLength: 6 }),
    change: words,
    cut: fc.nat(5),
    certainty: fc.constantFrom('unsure', 'provincial'),
  })
  .map(({ indicators, change, cut, certainty }) => {
    const numbered = indicators.map((one, n) => ({ ...one, id: `${1 + Math.floor(n / 3)}.${n}` }))
    const ids = numbered.map(({ id }) => id)
    const half = [ids.slice(0, Math.min(cut, ids.length - 1)).reverse(), ids.slice(Math.min(cut, ids.length - 1))].filter(
      (one) => one.length > 0,
    )
    return schemeVersionSchema.parse({
      validFrom: '2025-01-01',
      change,
      certainty,
      rounding: { indicator: cut === 0 ? null : 2, total: 2 },
      indicators: numbered,
      groupings: [
        {
          code: 'legal',
          name: { vi: 'Theo quyết định', en: 'By law' },
          groups: half.map((some, n) => ({ code: `G${n}`, name: { vi: 'Nhóm', en: `Group ${n}` }, indicators: some })),
        },
        {
          code: 'one',
          name: { vi: 'Một nhóm', en: 'One' },
          groups: [{ code: 'ALL', name: { vi: 'Tất cả', en: 'All' }, indicators: [...ids].reverse() }],
        },
      ],
      bands: [
        { from: 90, name: { vi: 'Tốt', en: 'Good' } },
        { from: 50, name: { vi: 'Tốt', en: 'Fair' } },
        { from: 0, name: { vi: 'Yếu', en: 'Weak' } },
      ],
    })
  })

describe('a scheme opened in the form and saved', () => {
  test('unchanged is the same byte for byte, with all that the form does not show, its formulas open or not', () => {
    fc.assert(
      fc.property(version, fc.boolean(), (base, open) => {
        const fields = begun(base)
        const shownNow = open ? fields.lines.reduce((now, _, line) => edited(now, { does: 'open', line }), fields) : fields
        const { version: now, faults, input } = saved(resent(shownNow), base)
        expect(faults).toEqual([])
        expect(JSON.stringify(now && writtenVersion(now))).toBe(JSON.stringify(writtenVersion(base)))
        expect(input).toMatchObject({ name: { vi: head.name, en: 'The province’s' }, basis: head.basis })
      }),
      { numRuns: 60 },
    )
  })

  test('the national scheme, copied, is the national scheme as the province decided it', () => {
    for (const base of national.versions) {
      const { version: copy } = saved(resent(begun(base)), base, { own: false })
      const decided = { ...base, certainty: 'provincial' as const, change: copy?.change ?? base.change }
      const indicators = base.indicators.map((one) => ({ ...one, certainty: 'provincial' as const }))
      expect(copy && writtenVersion(copy)).toEqual(writtenVersion({ ...decided, indicators }))
    }
  })

  test('a change touches what was changed: that indicator is the province’s, the others keep what was known of them', () => {
    const fields = begun(latest)
    const n = at(fields, '2.1')
    const { version: now } = saved(resent(withLine(fields, n, { max: '12,5' })), latest)
    expect(now?.indicators[n]).toEqual({ ...latest.indicators[n], max: 12.5, certainty: 'provincial' })
    expect(now?.indicators.filter((_, i) => i !== n)).toEqual(latest.indicators.filter((_, i) => i !== n))
    expect(now?.certainty).toBe('provincial')
  })
})

describe('a formula is written by buttons, without a script', () => {
  const fields = begun(latest)
  const line = at(fields, '2.1')

  test('figures are added and taken away, of several sums the greatest counts, and a share is multiplied', () => {
    const opened = press(fields, { does: 'open', line })
    const grown = press(
      opened,
      { does: 'add-term', line, part: 'denominator', sum: 0 },
      { does: 'add-sum', line, part: 'denominator' },
      { does: 'add-sum', line, part: 'factor.numerator' },
    )
    const { formula } = grown.lines[line] as IndicatorFields
    // Blank lines are there to be filled in, and mean nothing until they are.
    expect(formula.denominator).toEqual([
      [
        { sign: 'plus', quantity: 'received' },
        { sign: 'plus', quantity: '' },
      ],
      [{ sign: 'plus', quantity: '' }],
    ])
    expect(saved(grown, latest).faults.map(({ path }) => path)).toEqual([
      `indicators.${line}.factor.numerator.0.0.quantity`,
      `indicators.${line}.factor.denominator.0.0.quantity`,
    ])
    const values = sent(grown)
    for (const [name, value] of [
      ['denominator.0.1.quantity', 'late'],
      ['denominator.0.1.sign', 'minus'],
      ['denominator.1.0.quantity', 'national_received'],
      ['factor.numerator.0.0.quantity', 'synced'],
      ['factor.denominator.0.0.quantity', 'received'],
    ] as const)
      values.set(`indicators.${line}.${name}`, value)
    const typed = readFields(values, grown.validFrom, 2)
    expect(saved(typed, latest).version?.indicators[line]).toMatchObject({
      denominator: {
        greatest: [
          [
            { quantity: 'received', sign: 1 },
            { quantity: 'late', sign: -1 },
          ],
          [{ quantity: 'national_received', sign: 1 }],
        ],
      },
      factor: { numerator: { greatest: [[{ quantity: 'synced' }]] }, denominator: { greatest: [[{ quantity: 'received' }]] } },
    })
    expect(readBack(typed.lines[line] as IndicatorFields, 'vi')).toBe(
      'Lấy “hồ sơ đã xong đúng hạn cộng hồ sơ đang giải quyết còn trong hạn” chia cho số lớn nhất trong: “hồ sơ tiếp nhận trừ hồ sơ trễ hạn (đã xong hoặc đang giải quyết)”, “hồ sơ trong hệ thống báo cáo quốc gia”; rồi nhân với tỷ lệ “hồ sơ đã đồng bộ lên Cổng DVCQG” chia cho “hồ sơ tiếp nhận” (nhiều nhất 100 %). Từ 100 % trở lên được đủ 20 điểm, dưới đó tính theo tỷ lệ. Mẫu số bằng 0 thì 0 điểm. Chấm cho mọi cấp.',
    )
    const back = press(
      typed,
      { does: 'remove-term', line, part: 'denominator', sum: 0, term: 1 },
      { does: 'remove-term', line, part: 'denominator', sum: 1, term: 0 },
      { does: 'remove-part', line, part: 'factor.numerator' },
      { does: 'close', line },
    )
    expect(saved(back, latest).version?.indicators).toEqual(latest.indicators)
  })

  test('nothing chosen is told at the first field, wherever the formula was', () => {
    const emptied = press(
      fields,
      { does: 'open', line },
      { does: 'remove-term', line, part: 'numerator', sum: 0, term: 1 },
      { does: 'remove-term', line, part: 'numerator', sum: 0, term: 0 },
      { does: 'close', line },
    )
    expect(saved(emptied, latest).faults.map(({ path }) => path)).toEqual([`indicators.${line}.numerator.0.0.quantity`])
  })

  test('every other fault stands at its own field', () => {
    const wrong: readonly [Partial<IndicatorFields>, string][] = [
      [{ max: 'nhiều' }, 'max'],
      [{ threshold: '' }, 'threshold'],
      [{ rule: 'yes_no', threshold: '101' }, 'threshold'],
      [{ rule: 'stepped', steps: '80: nhiều' }, 'steps'],
      [{ rule: 'stepped', steps: '80: 30' }, 'steps'],
      [{ rule: '' }, 'rule'],
      [{ name: ' ' }, 'name'],
      [{ levels: [] }, 'levels'],
      [{ zero: 'x' }, 'zero'],
      [{ otherwise: '' }, 'otherwise'],
    ]
    for (const [change, field] of wrong)
      expect(saved(resent(withLine(fields, line, change)), latest).wrong).toContain(`indicators.${line}.${field}`)
  })

  test('an indicator is added with its number, its formula and its groups, and told what is missing', () => {
    const n = fields.lines.length
    const added = press(fields, { does: 'add' })
    expect(anchorOf(fields, { does: 'add' })).toBe(`indicators.${n}`)
    const { faults, wrong } = saved(added, latest)
    expect(faults.map(({ path }) => path)).toEqual(
      ['numerator.0.0.quantity', 'denominator.0.0.quantity', 'group.0', 'group.1'].map((name) => `indicators.${n}.${name}`),
    )
    for (const name of ['id', 'name', 'max']) expect(wrong).toContain(`indicators.${n}.${name}`)
    const term = (quantity: string) => [[{ sign: 'plus' as const, quantity }]]
    const filled = withLine(added, n, {
      id: '5.9',
      name: 'Chỉ số của tỉnh',
      max: '3',
      formula: { ...(added.lines[n] as IndicatorFields).formula, numerator: term('online'), denominator: term('received') },
      groups: ['0', '1'],
    })
    const { version: now } = saved(resent(filled), latest)
    expect(now?.indicators.at(-1)).toMatchObject({
      id: '5.9',
      code: '5.9',
      name: { vi: 'Chỉ số của tỉnh' },
      max: 3,
      certainty: 'provincial',
    })
    expect(now?.groupings.map(({ groups }) => groups.findIndex(({ indicators }) => indicators.includes('5.9')))).toEqual([0, 1])
    expect(saved(withLine(filled, n, { id: '2.1' }), latest).faults.map(({ path }) => path)).toEqual([`indicators.${n}.id`])
    expect(press(filled, { does: 'remove', line: n })).toEqual(fields)
    // What came with the version is switched off, not thrown away.
    expect(press(fields, { does: 'remove', line: 0 })).toEqual(fields)
  })
})

describe('the groups of a scheme', () => {
  const fields = begun(latest)
  const codes = (version: SchemeVersion | undefined) => version?.groupings[0]?.groups.map(({ code }) => code)

  test('are renamed, put in another order, added and removed; whoever was in a removed one is asked for again', () => {
    const [first = '', second = '', ...rest] = latest.groupings[0]?.groups.map(({ code }) => code) ?? []
    expect(codes(saved(press(fields, { does: 'lower-group', grouping: 0, group: 0 }), latest).version)).toEqual([second, first, ...rest])
    expect(press(fields, { does: 'raise-group', grouping: 0, group: 0 })).toEqual(fields)
    const added = press(fields, { does: 'add-group', grouping: 0 })
    const k = added.groupings[0]?.length ?? 0
    expect(saved(added, latest).faults.map(({ path }) => path)).toEqual([`groupings.0.groups.${k - 1}.name`])
    const named = {
      ...added,
      groupings: added.groupings.map((groups, g) =>
        g === 0 ? groups.map((one, i) => (i === k - 1 ? { ...one, name: 'Nhóm mới' } : one)) : groups,
      ),
    }
    const n = at(named, '2.1')
    const moved = withLine(named, n, { groups: ['moi-1', named.lines[n]?.groups[1] ?? ''] })
    const { version: now, faults } = saved(resent(moved), latest)
    expect(faults).toEqual([])
    expect(now?.groupings[0]?.groups.at(-1)).toMatchObject({ name: { vi: 'Nhóm mới' }, indicators: ['2.1'] })
    expect(new Set(codes(now)).size).toBe(k)
    expect(now?.groupings[1]).toEqual(latest.groupings[1])
    const removed = press(moved, { does: 'remove-group', grouping: 0, group: k - 1 })
    expect(saved(removed, latest).faults.map(({ path }) => path)).toEqual([`indicators.${n}.group.0`])
  })
})

test('a button says what it does in its value, and nothing else is taken for one', () => {
  const actions: Action[] = [
    { does: 'open', line: 3 },
    { does: 'add' },
    { does: 'try' },
    { does: 'add-term', line: 1, part: 'factor.numerator', sum: 0 },
    { does: 'remove-term', line: 1, part: 'numerator', sum: 0, term: 2 },
    { does: 'lower-group', grouping: 1, group: 4 },
  ]
  for (const action of actions) expect(readAction(actionText(action))).toEqual(action)
  for (const text of [
    '',
    'does=constructor',
    'does=publish',
    'does=open',
    'does=open line=-1',
    'does=open line=99999',
    'does=add-term line=1 part=constructor sum=0',
  ])
    expect(readAction(text)).toBeUndefined()
})

test('a name that no figure has is read back as none chosen, whatever it is', () => {
  const [line] = begun(latest).lines
  if (!line) throw new Error('no line')
  for (const strange of ['__proto__', 'constructor', 'toString']) {
    const sums = [[{ sign: 'plus', quantity: strange }]] as const
    const said = readBack({ ...line, zero: strange, formula: { ...line.formula, numerator: sums, denominator: sums } }, 'vi')
    expect(said).toContain('Lấy “…” chia cho “…”')
    expect(said).not.toContain('Mẫu số bằng 0')
  }
})

test('whatever is pressed, nothing that was typed in a line is lost', () => {
  const does = fc.constantFrom<Action>(
    { does: 'add' },
    { does: 'open', line: 4 },
    { does: 'close', line: 4 },
    { does: 'add-group', grouping: 1 },
    { does: 'lower-group', grouping: 0, group: 1 },
    { does: 'add-term', line: 4, part: 'denominator', sum: 0 },
    { does: 'add-sum', line: 4, part: 'factor.numerator' },
  )
  fc.assert(
    fc.property(fc.array(does, { maxLength: 8 }), fc.constantFrom('Tên đang gõ dở', '12,', '<b>'), (actions, typed) => {
      const fields = withLine(begun(latest), 4, { name: typed, max: typed, steps: typed })
      expect(press(fields, ...actions).lines[4]).toMatchObject({ name: typed, max: typed, steps: typed })
    }),
    { numRuns: 15 },
  )
})
