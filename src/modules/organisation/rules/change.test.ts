import { describe, expect, test } from 'vitest'
import type { Agency, Hamlet } from './agency.ts'
import { applyChange, closeAgency, mergeAgencies, type Organisation, openAgency, reviseAgency, splitAgency } from './change.ts'
import { soleSuccessor } from './lineage.ts'
import { childrenOf, treeAt } from './tree.ts'

const commune = (code: string, name: string): Agency => ({
  code,
  validFrom: '2021-01-01',
  validTo: null,
  name: `Ủy ban nhân dân xã ${name}`,
  shortName: `Xã ${name}`,
  tier: 'commune',
  kind: 'people_committee',
  parentCode: 'H99',
  areaCode: null,
  certainty: 'local',
  source: '',
  note: '',
})
const root: Agency = { ...commune('H99', ''), name: 'Ủy ban nhân dân tỉnh', shortName: 'UBND tỉnh', tier: 'province', parentCode: null }
const hamlet = (code: string, communeCode: string): Hamlet => ({
  code,
  validFrom: '2021-01-01',
  validTo: null,
  name: 'Ấp 1',
  kind: 'ap',
  communeCode,
  certainty: 'simulated',
  note: '',
})
const before: Organisation = {
  agencies: [root, commune('H99.1', 'Tân Lập'), commune('H99.2', 'Vàm Xáng'), commune('H99.3', 'Gò Muồng')],
  lineage: [],
  hamlets: [hamlet('1', 'H99.1'), hamlet('2', 'H99.2')],
}
const basis = { day: '2026-12-01', source: 'Nghị quyết số 1', note: '' }
const { name, shortName, tier, kind, parentCode, areaCode } = commune('', 'Tân Vàm')
const fields = { name, shortName, tier, kind, parentCode, areaCode }
const must = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const refusal = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code
const names = (organisation: Organisation, day: string) =>
  childrenOf(treeAt(organisation.agencies, day), 'H99').map((agency) => agency.shortName)

describe('two communes become one', () => {
  const after = applyChange(before, must(mergeAgencies(before, { codes: ['H99.1', 'H99.2'], into: 'H99.4', fields, basis })))
  test('until the day before both stand, from the day on the new one', () => {
    expect(names(after, '2026-11-30')).toEqual(['Xã Tân Lập', 'Xã Vàm Xáng', 'Xã Gò Muồng'])
    expect(names(after, '2026-12-01')).toEqual(['Xã Gò Muồng', 'Xã Tân Vàm'])
  })
  test('all of their past belongs to the new one', () => {
    expect(soleSuccessor(commune('H99.1', ''), after.lineage, '2026-12-01')).toEqual({ code: 'H99.4', validFrom: '2026-12-01' })
  })
  test('their hamlets move with them', () => {
    expect(after.hamlets.filter((item) => item.validTo === null).map((item) => item.communeCode)).toEqual(['H99.4', 'H99.4'])
    expect(after.hamlets.filter((item) => item.validTo === '2026-11-30')).toHaveLength(2)
  })
  test('one of them may go on under its code: a new version', () => {
    const kept = applyChange(before, must(mergeAgencies(before, { codes: ['H99.2'], into: 'H99.1', fields, basis })))
    expect(names(kept, '2026-12-01')).toEqual(['Xã Tân Vàm', 'Xã Gò Muồng'])
    expect(kept.lineage).toHaveLength(2)
  })
  test('one alone cannot be merged', () => {
    expect(refusal(mergeAgencies(before, { codes: ['H99.1'], into: 'H99.4', fields, basis }))).toBe('organisation.impossible')
  })
})

describe('one commune becomes two', () => {
  const into = [
    { code: 'H99.1', fields: { ...fields, shortName: 'Xã Tân Lập Đông' } },
    { code: 'H99.5', fields: { ...fields, shortName: 'Xã Tân Lập Tây' } },
  ]
  const after = applyChange(before, must(splitAgency(before, { code: 'H99.1', into, basis })))
  test('its past figures cannot be given to either', () => {
    expect(after.lineage.map((link) => link.share)).toEqual(['part', 'part'])
    expect(soleSuccessor(commune('H99.1', ''), after.lineage, '2026-12-01')).toBeNull()
  })
  test('its hamlets end, and say why', () => {
    expect(after.hamlets.find((item) => item.code === '1')?.note).toContain('chưa biết')
    expect(after.hamlets.filter((item) => item.code === '1')).toHaveLength(1)
  })
  test('a code that another commune has cannot be taken', () => {
    const taken = [into[0], { code: 'H99.3', fields }].filter((target) => target !== undefined)
    expect(refusal(splitAgency(before, { code: 'H99.1', into: taken, basis }))).toBe('organisation.code-in-use')
  })
})

describe('other changes', () => {
  test('a new name is a new version; the old one keeps its name for its time', () => {
    const after = applyChange(before, must(reviseAgency(before, { code: 'H99.1', fields, basis })))
    expect(names(after, '2026-11-30')).toContain('Xã Tân Lập')
    expect(names(after, '2026-12-01')).toContain('Xã Tân Vàm')
    expect(refusal(reviseAgency(after, { code: 'H99.1', fields: { ...fields, shortName: 'Xã Khác' }, basis }))).toBe(
      'organisation.later-version',
    )
  })
  test('a version that changes nothing is refused', () => {
    const { name, shortName } = commune('', 'Tân Lập')
    expect(refusal(reviseAgency(before, { code: 'H99.1', fields: { ...fields, name, shortName }, basis }))).toBe(
      'organisation.nothing-changes',
    )
  })
  test('a province with communes cannot be closed', () => {
    expect(refusal(closeAgency(before, { code: 'H99', lastDay: '2026-11-30', note: '' }))).toBe('organisation.has-children')
  })
  test('a closed commune is gone the day after its last', () => {
    const after = applyChange(before, must(closeAgency(before, { code: 'H99.3', lastDay: '2026-11-30', note: '' })))
    expect(names(after, '2026-11-30')).toContain('Xã Gò Muồng')
    expect(names(after, '2026-12-01')).not.toContain('Xã Gò Muồng')
  })
  test('a new agency needs a free code and a parent that works then', () => {
    expect(refusal(openAgency(before, { code: 'H99.3', fields, basis }))).toBe('organisation.code-in-use')
    const lost = openAgency(before, { code: 'H99.9', fields: { ...fields, parentCode: 'H98' }, basis })
    expect(lost.ok ? [] : lost.error.fields?.map((field) => field.path)).toEqual(['fields.parentCode'])
    expect(openAgency(before, { code: 'H99.9', fields, basis }).ok).toBe(true)
  })
  test('nobody can be placed below what lies below them', () => {
    const child = { ...commune('H99.1.1', 'con'), kind: 'unit' as const, parentCode: 'H99.1' }
    const organisation = { ...before, agencies: [...before.agencies, child] }
    const below = reviseAgency(organisation, { code: 'H99.1', fields: { ...fields, kind: 'unit', parentCode: 'H99.1.1' }, basis })
    expect(refusal(below)).toBe('organisation.impossible')
  })
})
