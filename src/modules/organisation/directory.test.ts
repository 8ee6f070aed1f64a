import { describe, expect, test } from 'vitest'
import { createDirectory } from './directory.ts'
import { readOrganisation } from './files.ts'
import type { Agency } from './rules/agency.ts'

const { agencies, lineage } = await readOrganisation()
const directory = createDirectory('1', agencies, lineage)

describe('the units of a province in memory', () => {
  test('a list of the province leaves the former neighbour out, unless asked for', () => {
    expect(directory.list('2022-06-30').some((agency) => agency.code.startsWith('H04'))).toBe(false)
    expect(directory.list('2022-06-30', { within: 'H04', tier: 'commune' })).toHaveLength(64)
    expect(directory.list('2022-06-30', { within: 'H12.999' })).toEqual([])
  })

  test('a list that names no parents is a list all the same', () => {
    const flat: Agency[] = agencies.filter((agency) => agency.tier === 'commune').map((agency) => ({ ...agency, parentCode: null }))
    expect(createDirectory('2', flat, []).list('2025-07-01', { tier: 'commune' })).toHaveLength(64)
  })

  test('a name is found for any day: the nearest version speaks when none is in force', () => {
    expect(directory.name('H12.31.02', '2019-01-01')).toBe('Phường 4')
    expect(directory.name('H12.31.02', '2026-11-21')).toBe('Phường 2')
    expect(directory.name('H77', '2026-11-21')).toBe('H77')
  })

  test('the province is its own root before and after the merger', () => {
    expect(directory.root('2022-06-30')?.validFrom).toBe('2021-01-01')
    expect(directory.root('2025-07-01')?.validFrom).toBe('2025-07-01')
    expect(directory.root('2019-01-01')).toBeUndefined()
  })

  test('the officers of a new commune reach what came whole, not a split neighbour', () => {
    const area = (code: string, day: string) =>
      agencies.find((agency) => agency.areaCode === code && agency.validFrom <= day && (agency.validTo ?? day) >= day)?.code ?? ''
    const namCan = area('32191', '2026-01-01')
    expect(directory.reaches(area('32203', '2022-01-01'), namCan, '2026-11-21')).toBe(true)
    expect(directory.reaches(area('32194', '2022-01-01'), namCan, '2026-11-21')).toBe(false)
    expect(directory.reaches(area('32194', '2022-01-01'), 'H12', '2026-11-21')).toBe(true)
  })

  test('the same day twice is the same tree, not built again', () => {
    expect(directory.tree('2025-08-01')).toBe(directory.tree('2026-11-21'))
    expect(directory.tree('2025-06-30')).not.toBe(directory.tree('2025-07-01'))
  })
})
