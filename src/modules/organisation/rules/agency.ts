import { addDays, type Day } from '../../../kernel/clock.ts'

export const tiers = ['province', 'district', 'commune'] as const
export type Tier = (typeof tiers)[number]

export const agencyKinds = ['people_committee', 'department', 'unit', 'counter', 'other'] as const
export type AgencyKind = (typeof agencyKinds)[number]

/** How sure a fact is: read in a public text; computed from lists; from memory; invented for the demo; entered here. */
export const certainties = ['official', 'derived', 'recalled', 'simulated', 'local'] as const
export type Certainty = (typeof certainties)[number]

/** A unit is (code, validFrom): the same code can be another place later. */
export interface AgencyKey {
  readonly code: string
  readonly validFrom: Day
}

/** One version of an agency. `validTo` is its last day, included; null while it is in force. */
export interface Agency extends AgencyKey {
  readonly validTo: Day | null
  readonly name: string
  readonly shortName: string
  readonly tier: Tier
  readonly kind: AgencyKind
  readonly parentCode: string | null
  /** Code of the statistics office: 2 digits a province, 3 a district, 5 a commune. */
  readonly areaCode: string | null
  readonly certainty: Certainty
  readonly source: string
  readonly note: string
}

/** What became of a version. `part` means its past figures cannot be given to the successor without a further rule. */
export interface Lineage {
  readonly from: AgencyKey
  readonly to: AgencyKey
  readonly effectiveDay: Day
  readonly share: 'whole' | 'part'
  readonly certainty: Certainty
  readonly source: string
  readonly note: string
}

export interface Hamlet {
  readonly code: string
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly name: string
  readonly kind: 'ap' | 'khom' | 'thon' | 'to_dan_pho'
  readonly communeCode: string
  readonly certainty: Certainty
  readonly note: string
}

export const inForce = (item: { validFrom: Day; validTo: Day | null }, day: Day): boolean =>
  item.validFrom <= day && (item.validTo === null || day <= item.validTo)

export const overlap = (a: { validFrom: Day; validTo: Day | null }, b: { validFrom: Day; validTo: Day | null }): boolean =>
  (b.validTo === null || a.validFrom <= b.validTo) && (a.validTo === null || b.validFrom <= a.validTo)

export const keyText = (key: AgencyKey): string => `${key.code}@${key.validFrom}`

export const sameKey = (a: AgencyKey, b: AgencyKey): boolean => a.code === b.code && a.validFrom === b.validFrom

export const dayBefore = (day: Day): Day => addDays(day, -1)

/** Orders codes group by group, numbers as numbers: H12.20, H12.31, H12.31.02, H12.101. */
export function compareCodes(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [x, y] = [left[at], right[at]]
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1
    if (x === y) continue
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : 0
    return numeric !== 0 ? numeric : x < y ? -1 : 1
  }
  return 0
}

/** "Ủy ban nhân dân xã Nguyễn Phích" → "Xã Nguyễn Phích"; a province's keeps "UBND tỉnh …"; others stay as they are. */
export function shortNameOf(name: string): string {
  const [, unit] = /^(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s+(.+)$/iu.exec(name.trim()) ?? []
  if (unit === undefined) return name.trim()
  if (/^(tỉnh|thành phố trực thuộc)\s/iu.test(unit)) return `UBND ${unit}`
  return unit.charAt(0).toUpperCase() + unit.slice(1)
}
