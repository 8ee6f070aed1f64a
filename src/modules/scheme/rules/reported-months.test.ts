import { describe, expect, test } from 'vitest'
import { nationalSchemes } from '../schemes.ts'
import { qualityOf } from './quality.ts'
import { addParts, addUp, gapsAsked, missingMonthsOf, monthsOf, oneGap } from './reported-months.ts'
import { versionOn } from './scheme.ts'

const [national] = nationalSchemes()
if (!national) throw new Error('no national scheme')
const { version } = versionOn(national, '2026-12-31')
const indicator = (id: string) => {
  const found = version.indicators.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}
const quarter = ['2026-01', '2026-02', '2026-03']
const told = (quantity: string, months: readonly string[], value = 10) => months.map((month) => ({ quantity, month: `${month}-01`, value }))

describe('a figure reported for some months of a period', () => {
  test('is the sum of those, and says which are missing', () => {
    const { amounts, gaps } = addUp(told('synced', ['2026-01', '2026-02']), quarter, '2026-05')
    expect(amounts).toEqual({ synced: 20 })
    expect(gaps).toEqual({ synced: { reported: ['2026-01', '2026-02'], missing: ['2026-03'] } })
  })

  test('a month that runs or has not come is not missing; one reported before it is over still counts', () => {
    expect(addUp(told('synced', ['2026-01', '2026-02']), quarter, '2026-03').gaps).toEqual({})
    expect(addUp(told('synced', ['2026-03']), quarter, '2026-03')).toMatchObject({
      amounts: { synced: 10 },
      gaps: { synced: { reported: ['2026-03'], missing: ['2026-01', '2026-02'] } },
    })
  })

  test('0 is a report; what nobody ever reported is unknown and has no gap', () => {
    expect(addUp(told('decisions', quarter, 0), quarter, '2026-05')).toMatchObject({ amounts: { decisions: 0 }, gaps: {} })
    expect(addUp([], quarter, '2026-05')).toMatchObject({ amounts: {}, gaps: {} })
    expect(addUp(told('nothing_we_know', quarter), quarter, '2026-05').amounts).toEqual({})
  })

  test('months in which the unit did not exist are neither counted nor missing', () => {
    const months = monthsOf([{ first: '2025-07-01', last: '2025-12-31' }])
    const { amounts, gaps } = addUp(told('synced', ['2025-05', '2025-07', '2025-08']), months, '2026-01')
    expect(amounts).toEqual({ synced: 20 })
    expect(gaps.synced?.missing).toEqual(['2025-09', '2025-10', '2025-11', '2025-12'])
  })
})

describe('a unit put together from others', () => {
  const first = ['2025-01', '2025-02']
  const second = ['2025-03', '2025-04']

  test('misses what any part misses, each in its own months', () => {
    const parts = [addUp(told('synced', first), first, '2025-06'), addUp(told('synced', ['2025-03']), second, '2025-06')]
    expect(addParts(parts)).toEqual({
      amounts: { synced: 30 },
      gaps: { synced: { reported: ['2025-01', '2025-02', '2025-03'], missing: ['2025-04'] } },
    })
    const together = [addUp(told('synced', first), first, '2025-06'), addUp(told('synced', ['2025-01']), first, '2025-06')]
    expect(addParts(together).gaps).toEqual({ synced: { reported: ['2025-01'], missing: ['2025-02'] } })
  })

  test('is unknown while a part that owes a figure is silent; one whose first month still runs owes none', () => {
    const parts = (running: string) => addParts([addUp(told('synced', first), first, running), addUp([], second, running)])
    expect(parts('2025-06').amounts).toEqual({})
    expect(parts('2025-03')).toEqual({ amounts: { synced: 20 }, gaps: {} })
  })
})

describe('an indicator', () => {
  const gaps = { synced: { reported: ['2026-01'], missing: ['2026-02'] }, from_vault: { reported: ['2026-02'], missing: ['2026-01'] } }
  const line = { amounts: { received: 5, synced: 1, national_received: 4 }, temporary: false, gaps }

  test('is flagged for the figures it asks for, in what its share is multiplied by too, and for no others', () => {
    expect(qualityOf(indicator('1.4'), line)).toEqual(['REPORTED_MONTHS_MISSING'])
    expect(qualityOf(indicator('3.3'), line)).toEqual(['REPORTED_MONTHS_MISSING'])
    expect(qualityOf(indicator('4.4'), line)).toEqual(['REPORTED_MONTHS_MISSING'])
    expect(qualityOf(indicator('2.1'), line)).toEqual([])
    expect(gapsAsked([indicator('1.4'), indicator('3.3')], line).map(({ quantity }) => quantity)).toEqual(['synced'])
  })

  test('is not flagged where it is not asked', () => {
    const decided = { ...line, gaps: { decisions: { reported: ['2026-01'], missing: ['2026-02'] } } }
    expect(gapsAsked([indicator('1.1')], { ...decided, unit: { level: 'province' } })).toHaveLength(1)
    expect(gapsAsked([indicator('1.1')], { ...decided, unit: { level: 'commune' } })).toEqual([])
  })

  test('names a month as reported only when every figure has it', () => {
    expect(oneGap(gapsAsked(version.indicators, line))).toEqual({ reported: [], missing: ['2026-01', '2026-02'] })
    expect(oneGap([])).toEqual({ reported: [], missing: [] })
  })

  test('of a ranking says the same for each line as when it is asked alone: only what its level is asked for', () => {
    const decided = { decisions: { reported: ['2026-01'], missing: ['2026-03'] }, national_received: undefined }
    const missing = missingMonthsOf(version.indicators)
    for (const level of ['province', 'commune', 'province'] as const)
      for (const own of [gaps, decided, { ...gaps, ...decided }, {}]) {
        const one = { gaps: own, unit: { level } }
        expect(missing(one)).toEqual(oneGap(gapsAsked(version.indicators, one)).missing)
      }
    expect(missing({ gaps: decided, unit: { level: 'commune' } })).toEqual([])
    expect(missing({ gaps: decided, unit: { level: 'province' } })).toEqual(['2026-03'])
  })
})
