import type { Day } from '../../../kernel/clock.ts'
import type { ResolverRule, Tier } from '../../catalogue/index.ts'
import type { AddressAnswer } from '../../form/index.ts'
import type { OrganisationDirectory } from '../../organisation/index.ts'

/** Who resolves a dossier: known, to be chosen among some, or nobody in this province. */
export type Resolver =
  | { readonly kind: 'known'; readonly code: string; readonly name: string }
  | { readonly kind: 'choose'; readonly choices: readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: 'outside' }

const choices = (directory: OrganisationDirectory, tier: Tier, day: Day) =>
  directory
    .list(day, { tier })
    .filter(({ kind }) => kind === 'people_committee' || kind === 'department')
    .map(({ code, name }) => ({ value: code, label: name }))

/** Finds the agency from the procedure's rule and the place the person gave. A place is a code with its first day, never a name. */
export function resolverOf(
  rule: ResolverRule,
  place: AddressAnswer | undefined,
  directory: OrganisationDirectory,
  provinceCode: string,
  day: Day,
): Resolver {
  if (rule.kind === 'agency') return { kind: 'known', code: rule.agencyCode, name: directory.name(rule.agencyCode, day) }
  if (rule.kind === 'tier' || rule.place === 'any' || !place?.province)
    return { kind: 'choose', choices: choices(directory, rule.tier, day) }
  if (place.province !== provinceCode) return { kind: 'outside' }
  const agency = directory
    .list(day, { tier: rule.tier })
    .find(
      ({ kind, areaCode, validFrom }) =>
        kind === 'people_committee' && areaCode === place.commune && (place.validFrom === undefined || place.validFrom === validFrom),
    )
  return agency ? { kind: 'known', code: agency.code, name: agency.name } : { kind: 'choose', choices: choices(directory, rule.tier, day) }
}
