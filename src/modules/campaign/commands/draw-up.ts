import type { Day } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { rates } from '../../indicator/index.ts'
import { type Agency, keyText, loadDirectory, type OrganisationDirectory } from '../../organisation/index.ts'
import { allSchemes } from '../../scheme/index.ts'
import { reasonNeeded, unknownUnits, wrongAim, wrongValue } from '../errors.ts'
import type { CampaignTarget } from '../input.ts'
import type { Wanted } from '../rules/change.ts'
import { type Aim, aimOf, type Scope } from '../rules/target.ts'
import type { Campaign, NewTarget } from '../store.ts'
import { whoSays } from './who.ts'

interface Days {
  readonly begins: Day
  readonly ends: Day
}

/** Whether something can be aimed at: a rate of the registry, or a scheme that this province has. */
export async function isKnownAim(cx: Context, aim: Aim): Promise<boolean> {
  if (aim.kind === 'rate') return rates.some(({ code }) => code === aim.code)
  return (await allSchemes(cx.tx)).some(({ code }) => code === aim.code)
}

/** A unit named by its code, or as it was on a day (`H12.144@2025-07-01`): in force for at least a day of the campaign. */
function unitNamed(directory: OrganisationDirectory, named: string, { begins, ends }: Days): Agency | undefined {
  const versions = directory.agencies.filter(
    (one) =>
      (named.includes('@') ? keyText(one) === named : one.code === named) &&
      one.validFrom <= ends &&
      (one.validTo === null || one.validTo >= begins),
  )
  return versions.find((one) => one.validFrom <= begins) ?? versions[0]
}

/** The units of a campaign as it keeps them, each once. Refusals: input.invalid. */
export async function readUnits(cx: Context, named: readonly string[], days: Days): Promise<Result<string[]>> {
  const directory = await loadDirectory(cx.tx)
  const units = named.map((one) => unitNamed(directory, one, days))
  if (units.some((unit) => unit === undefined)) return refuse(unknownUnits)
  return ok([...new Set(units.flatMap((unit) => (unit ? [keyText(unit)] : [])))])
}

/** The targets of a campaign as it keeps them. Refusals: input.invalid. */
export async function readTargets(cx: Context, targets: readonly CampaignTarget[], days: Days): Promise<Result<Wanted[]>> {
  const directory = await loadDirectory(cx.tx)
  const wanted: Wanted[] = []
  for (const { aim: key, tier, unit: named, value } of targets) {
    const aim = aimOf(key)
    if (!(await isKnownAim(cx, aim))) return refuse(wrongAim)
    if (aim.kind === 'rate' && value > 1) return refuse(wrongValue)
    const unit = named === undefined ? undefined : unitNamed(directory, named, days)
    if (named !== undefined && !unit) return refuse(unknownUnits)
    const scope: Scope = unit ? { kind: 'unit', code: unit.code, validFrom: unit.validFrom } : { kind: 'tier', tier: tier ?? 'commune' }
    wanted.push({ aim, scope, value })
  }
  return ok(wanted)
}

/** A campaign's target as a row, from a day to the campaign's last. */
export const targetRow = (
  cx: Context,
  campaign: Pick<Campaign, 'id' | 'name' | 'decision' | 'ends'>,
  want: Wanted,
  from: Day,
): NewTarget => ({
  id: cx.id(),
  ...want,
  from,
  to: campaign.ends,
  comparator: 'at_least',
  source: `${campaign.name}, ${campaign.decision}`,
  certainty: 'confirmed',
  campaignId: campaign.id,
  setBy: whoSays(cx.actor),
})

/** Whoever changes what everybody has seen says why. */
export const lacksReason = ({ publishedAt }: Campaign, reason: string | undefined): Result<never> | undefined =>
  publishedAt !== null && reason === undefined ? refuse(reasonNeeded) : undefined
