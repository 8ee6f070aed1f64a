import type { Day } from '../../../kernel/clock.ts'
import { type Agency, keyText, type OrganisationDirectory, predecessors, successors } from '../../organisation/index.ts'
import type { Share, Tier } from '../rules/target.ts'

/** A unit that became another one. */
export interface Relation {
  readonly code: string
  readonly name: string
  readonly validFrom: Day
  /** Only a part of it went there (or came from there): nobody recorded which of its dossiers. */
  readonly part: boolean
}

/** A unit that took part and ended during the campaign: merged, split or dissolved. */
export interface GoneUnit {
  readonly code: string
  readonly name: string
  readonly tier: Tier
  readonly lastDay: Day
  /** What it had reached by its last day, by aim. */
  readonly shares: ReadonlyMap<string, Share>
  readonly became: readonly (Relation & { readonly takesPart: boolean })[]
}

/** What a unit came from during the campaign. */
export interface Origin {
  readonly relations: readonly Relation[]
  /** Its figures with those of the units that wholly went into it, by aim. Parts of split units are in nobody's: they are not allocable. */
  readonly together: ReadonlyMap<string, Share>
}

type ShareOf = (unit: { readonly code: string; readonly validFrom: Day }, aim: string) => Share

const relationOf = (directory: OrganisationDirectory, { code, validFrom }: { code: string; validFrom: Day }, part: boolean): Relation => ({
  code,
  validFrom,
  name: directory.name(code, validFrom),
  part,
})

/** The units that ended, with what they became by a day. (Reform of 01/07/2025: whole units merged, some were split.) */
export function goneUnits(
  directory: OrganisationDirectory,
  ended: readonly Agency[],
  on: Day,
  aims: readonly string[],
  shareOf: ShareOf,
  taking: ReadonlySet<string>,
): GoneUnit[] {
  return ended.map((unit) => ({
    code: unit.code,
    name: unit.shortName,
    tier: unit.tier,
    lastDay: unit.validTo ?? on,
    shares: new Map(aims.map((aim) => [aim, shareOf(unit, aim)])),
    became: successors(unit, directory.lineage, on).map(({ key, share }) => ({
      ...relationOf(directory, key, share === 'part'),
      takesPart: taking.has(keyText(key)),
    })),
  }))
}

/** What a unit came from since a day; undefined when it was there before. */
export function originOf(
  directory: OrganisationDirectory,
  unit: Agency,
  since: Day,
  aims: readonly string[],
  shareOf: ShareOf,
): Origin | undefined {
  if (unit.validFrom <= since) return undefined
  const before = predecessors(unit, directory.lineage, unit.validFrom)
  if (before.length === 0) return undefined
  const whole = before.filter(({ share }) => share === 'whole').map(({ key }) => key)
  return {
    relations: before.map(({ key, share }) => relationOf(directory, key, share === 'part')),
    together: new Map(
      aims.map((aim) => {
        const shares = [unit, ...whole].map((one) => shareOf(one, aim))
        return [
          aim,
          {
            numerator: shares.reduce((sum, { numerator }) => sum + numerator, 0),
            denominator: shares.reduce((sum, { denominator }) => sum + denominator, 0),
          },
        ]
      }),
    ),
  }
}
