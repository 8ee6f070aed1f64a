import type { Day } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import type { OfficerRole } from './roles.ts'

interface Grant {
  readonly role: OfficerRole
  readonly agencyCode: string
  readonly subtree: boolean
}

/** A role held at an agency for a period of whole days, both included; `validTo` null is without an end. */
export interface HeldGrant extends Grant {
  readonly id: string
  readonly officerId: string
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly delegatedFrom: string | null
}

export interface WantedGrant extends Grant {
  readonly validFrom: Day
  readonly validTo: Day | null
}

export type IsWithin = (code: string, ancestor: string) => boolean

const endsBy = (wanted: Day | null, held: Day | null): boolean => held === null || (wanted !== null && wanted <= held)

export const isInForce = (grant: Pick<HeldGrant, 'validFrom' | 'validTo'>, day: Day): boolean =>
  grant.validFrom <= day && (grant.validTo === null || grant.validTo >= day)

/** Whether a held grant reaches every place the wanted one does: the same unit, or (with subtree) anything below it. */
export function reaches(
  held: Pick<Grant, 'agencyCode' | 'subtree'>,
  wanted: Pick<Grant, 'agencyCode' | 'subtree'>,
  isWithin: IsWithin,
): boolean {
  if (held.subtree) return held.agencyCode === wanted.agencyCode || isWithin(wanted.agencyCode, held.agencyCode)
  return held.agencyCode === wanted.agencyCode && !wanted.subtree
}

const lasts = (held: HeldGrant, wanted: WantedGrant): boolean => held.validFrom <= wanted.validFrom && endsBy(wanted.validTo, held.validTo)

function checkPeriod(wanted: WantedGrant, today: Day): Result<void> {
  const backwards = wanted.validTo !== null && wanted.validTo < wanted.validFrom
  return backwards || wanted.validFrom < today ? refuse(refusals.periodPast) : ok(undefined)
}

const overlaps = (a: WantedGrant, b: WantedGrant): boolean => endsBy(a.validFrom, b.validTo) && endsBy(b.validFrom, a.validTo)

const isSame = (a: WantedGrant, b: WantedGrant): boolean =>
  a.role === b.role && a.agencyCode === b.agencyCode && a.subtree === b.subtree && overlaps(a, b)

/**
 * Whether an administrator may give a role: their own administrator grant must reach as far and last as long. A role with rights over
 * the whole province that administrators of a unit do not have themselves can only come from an administrator of the whole province.
 */
export function decideGrant(input: {
  readonly administrator: { readonly id: string; readonly grants: readonly HeldGrant[] }
  readonly officerId: string
  readonly officerGrants: readonly HeldGrant[]
  readonly wanted: WantedGrant
  readonly rules: readonly { readonly role: string; readonly action: string; readonly scope: string }[]
  readonly root: string
  readonly today: Day
  readonly isWithin: IsWithin
}): Result<void> {
  const { administrator, wanted, today, isWithin, root } = input
  if (administrator.id === input.officerId) return refuse(refusals.ownGrant)
  const period = checkPeriod(wanted, today)
  if (!period.ok) return period
  if (input.officerGrants.some((grant) => isSame(grant, wanted))) return refuse(refusals.sameGrant)
  const everywhere = input.rules.filter((rule) => rule.scope === 'province')
  const own = everywhere.filter((rule) => rule.role === 'administrator').map((rule) => rule.action)
  const provincial = everywhere.some((rule) => rule.role === wanted.role && !own.includes(rule.action))
  const enough = administrator.grants.some(
    (held) =>
      held.role === 'administrator' &&
      isInForce(held, today) &&
      reaches(held, wanted, isWithin) &&
      lasts(held, wanted) &&
      (!provincial || (held.agencyCode === root && held.subtree)),
  )
  return enough ? ok(undefined) : refuse(refusals.moreThanHeld)
}

/** Whether one may hand on a role one holds: as far as it reaches, as long as it lasts, once, to somebody else, with an end. */
export function decideDelegation(input: {
  readonly source: HeldGrant
  readonly delegateId: string
  readonly delegateGrants: readonly HeldGrant[]
  readonly wanted: WantedGrant
  readonly today: Day
  readonly isWithin: IsWithin
}): Result<void> {
  const { source, wanted, today, isWithin } = input
  if (source.officerId === input.delegateId) return refuse(refusals.ownGrant)
  if (source.delegatedFrom !== null) return refuse(refusals.notDelegable)
  const period = checkPeriod(wanted, today)
  if (!period.ok) return period
  if (wanted.validTo === null) return refuse(refusals.periodPast)
  if (input.delegateGrants.some((grant) => isSame(grant, wanted))) return refuse(refusals.sameGrant)
  const within = source.role === wanted.role && isInForce(source, today) && reaches(source, wanted, isWithin) && lasts(source, wanted)
  return within ? ok(undefined) : refuse(refusals.moreThanHeld)
}

/** Whether this grant makes its holder an administrator of everything for good: one of these must always be left. */
export const isLastingAdministrator = (grant: HeldGrant, root: string, today: Day): boolean =>
  grant.role === 'administrator' &&
  grant.agencyCode === root &&
  grant.subtree &&
  grant.validTo === null &&
  grant.delegatedFrom === null &&
  grant.validFrom <= today
