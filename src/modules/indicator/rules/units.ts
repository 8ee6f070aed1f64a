import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Period } from './period.ts'

export type Tier = 'province' | 'district' | 'commune'

/** A unit as it was from its first to its last day (both included; null: still so). The same code can be another place later. */
export interface UnitVersion {
  readonly code: string
  readonly name: string
  readonly tier: Tier
  readonly parentCode: string | null
  readonly validFrom: Day
  readonly validTo: Day | null
}

/** A line of a report and the stretches of days on which which agencies' dossiers belong to it. */
export interface Group {
  /** `total`, a tier, or an agency code. */
  readonly key: string
  readonly name: string
  readonly tier: Tier | null
  /** First day of the unit's version: with `key` it names one place. Null for totals and tiers. */
  readonly validFrom: Day | null
  readonly members: readonly Member[]
}

/** So many agencies are looked for one by one; more are read together with everybody's. */
export const FEW_AGENCIES = 8

export interface Member {
  readonly code: string
  readonly first: Day
  readonly last: Day
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)
const earlier = (a: Day, b: Day): Day => (a < b ? a : b)

/** The part of a period in which a version was in force. */
function inForce(version: UnitVersion, period: Period): Period | undefined {
  const from = later(version.validFrom, period.from)
  const to = version.validTo ? earlier(version.validTo, period.to) : period.to
  return from <= to ? { from, to } : undefined
}

/** Days on which something began or ended inside the period: months that hold one are counted day by day. In order. */
export function cutsOf(groups: readonly Group[], period: Period): Day[] {
  const cuts = new Set<Day>()
  for (const { members } of groups) {
    for (const { first, last } of members) {
      if (first > period.from) cuts.add(first)
      if (last < period.to) cuts.add(addDays(last, 1))
    }
  }
  return [...cuts].sort()
}

/** Every version's own days below these, their own included; follows the tree as it was on each day. */
export function membersWithin(versions: readonly UnitVersion[], tops: readonly UnitVersion[], period: Period): Member[] {
  const children = new Map<string, UnitVersion[]>()
  for (const version of versions) {
    if (version.parentCode === null) continue
    const siblings = children.get(version.parentCode)
    if (siblings) siblings.push(version)
    else children.set(version.parentCode, [version])
  }
  const members: Member[] = []
  const seen = new Set<string>()
  const visit = (version: UnitVersion, days: Period): void => {
    const own = inForce(version, days)
    if (!own) return
    const mark = `${version.code} ${own.from} ${own.to}`
    if (seen.has(mark)) return
    seen.add(mark)
    members.push({ code: version.code, first: own.from, last: own.to })
    for (const child of children.get(version.code) ?? []) visit(child, own)
  }
  for (const top of tops) visit(top, period)
  return members
}

/** Each unit version with its own dossiers, those below not included. */
export function byAgency(versions: readonly UnitVersion[], period: Period): Group[] {
  return versions.flatMap((version) => {
    const days = inForce(version, period)
    if (!days) return []
    const members = [{ code: version.code, first: days.from, last: days.to }]
    return [{ key: version.code, name: version.name, tier: version.tier, validFrom: version.validFrom, members }]
  })
}

/**
 * One place with everything below it as the tree was on each day: its versions in order, named as the last of them. Whether versions of
 * a code are one place only their lineage tells. A dossier belongs to several such groups: read them one at a time.
 */
export function withSubtree(versions: readonly UnitVersion[], place: readonly UnitVersion[], period: Period): Group | undefined {
  const last = place.filter((version) => inForce(version, period)).at(-1)
  if (!last) return undefined
  const { code, name, tier, validFrom } = last
  return { key: code, name, tier, validFrom, members: membersWithin(versions, place, period) }
}

const tierNames: Record<Tier, string> = { province: 'Cấp tỉnh', district: 'Cấp huyện', commune: 'Cấp xã' }
const tiers: readonly Tier[] = ['province', 'district', 'commune']

/** The tiers that existed in the period: the district tier ends on 30/06/2025. */
export function byTier(versions: readonly UnitVersion[], period: Period): Group[] {
  const agencies = byAgency(versions, period)
  return tiers.flatMap((tier) => {
    const members = agencies.filter((agency) => agency.tier === tier).flatMap((agency) => agency.members)
    return members.length > 0 ? [{ key: tier, name: tierNames[tier], tier, validFrom: null, members }] : []
  })
}
