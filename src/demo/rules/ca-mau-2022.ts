import type { Day } from '../../kernel/clock.ts'
import type { Tier } from '../../modules/indicator/index.ts'
import { apportion } from './apportion.ts'
import { departmentWeights, type PublishedTier, published2022, zeroOnline } from './published-2022.ts'
import { type Random, random } from './random.ts'
import type { DemoProcedure } from './simulated-procedures.ts'
import type { Moment, WorkDays } from './working-days.ts'
import {
  countFor,
  type DemoDossier,
  type DemoUnit,
  type Draft,
  inOrder,
  type Manner,
  mark,
  menu,
  receptionTimes,
  type UnitPlan,
  written,
} from './year.ts'

export interface Year2022 {
  readonly seed: string
  readonly units: readonly DemoUnit[]
  readonly procedures: readonly DemoProcedure[]
  readonly days: WorkDays
}

/** The dossiers of a tier over its units: departments by how busy they are, districts and communes with a long tail. */
function receivedByUnit(units: readonly DemoUnit[], tier: Tier, chance: Random): number[] {
  const order = chance.shuffle(units.map((_, i) => i))
  const weights = units.map((unit, i) => {
    if (tier === 'province') return departmentWeights[unit.code] ?? 0
    const rank = order.indexOf(i) + 1
    return tier === 'district' ? 1 / (rank + 3) : 1 / (rank + 12)
  })
  return apportion(
    published2022[tier].received,
    weights,
    units.map(() => published2022[tier].received),
  )
}

/** Rates of the units around the tier's own, some far from it; units at 0 % stay there. */
function rateWeights(plans: readonly UnitPlan[], rate: number, zero: (code: string) => boolean, chance: Random): number[] {
  return plans.map(({ unit, drafts }) => {
    const lean = chance.next() + chance.next() - 1
    const own = Math.min(0.97, Math.max(0.03, rate * (1 + 0.7 * lean)))
    return zero(unit.code) ? 0 : drafts.length * own
  })
}

/** Decides for every dossier of a tier what counts: so many online, digitised and paid online as was published. */
function planTier(input: Year2022, tier: Tier, published: PublishedTier, chance: Random): UnitPlan[] {
  const units = input.units.filter((unit) => unit.tier === tier && (tier !== 'province' || (departmentWeights[unit.code] ?? 0) > 0))
  const received = receivedByUnit(units, tier, chance)
  const plans = units.map((unit, i): UnitPlan => {
    const { list, sums } = menu(input.procedures, unit, chance)
    const drafts = Array.from({ length: received[i] ?? 0 }, (): Draft => {
      const procedure = list[chance.weighted(sums)] ?? (list[0] as DemoProcedure)
      // One in ten is let off the fee.
      const feeVnd = procedure.feeVnd > 0 && !chance.chance(0.1) ? procedure.feeVnd : 0
      return { procedure, feeVnd, online: false, digitised: false, paidOnline: false }
    })
    return { unit, drafts, punctual: 0.9 + 0.09 * chance.next() }
  })
  const caps = plans.map(({ drafts }) => drafts.length)
  const online = apportion(
    published.online,
    rateWeights(plans, published.online / published.received, (code) => zeroOnline.has(code), chance),
    caps,
  )
  const digitised = countFor(published.digitised, published.received, 0)
  const copied = apportion(
    digitised,
    rateWeights(plans, published.digitised, () => false, chance),
    caps,
  )
  plans.forEach(({ drafts }, i) => {
    const fileable = (draft: Draft): boolean => draft.procedure.serviceLevel !== 'none'
    mark(drafts, online[i] ?? 0, 'online', fileable, chance)
    mark(drafts, copied[i] ?? 0, 'digitised', (draft) => draft.online || chance.chance(0.4), chance)
  })
  const withFee = plans.flatMap(({ drafts }) => drafts.filter((draft) => draft.feeVnd > 0))
  const paid = countFor(published.payment, withFee.length, tier === 'district' ? 2 : 0)
  mark(withFee, paid, 'paidOnline', (draft) => draft.online, chance)
  return plans
}

/** Its dossiers in the order of reception, by chance over the year. */
function* ofUnit(plan: UnitPlan, days: WorkDays, when: (chance: Random) => Moment, chance: Random): Generator<DemoDossier> {
  const times = plan.drafts.map(() => when(chance)).sort(inOrder)
  const received = chance.shuffle(plan.drafts).flatMap((draft, i) => {
    const at = times[i]
    return at ? [{ draft, at }] : []
  })
  yield* written(plan, received, days, manner, chance)
}

/** Online filing was new: few results on paper's twin, one in three at a commune filed with help. */
const manner: Manner = {
  assisted: { province: 0.12, district: 0.12, commune: 0.35 },
  electronic: { online: 0.55, other: 0.08 },
  reused: 0.03,
}

/**
 * The year 2022 of Cà Mau: 82,015 simulated dossiers over all units of that year, whose figures are the published ones, exactly. The
 * same input gives the same dossiers, in the same order.
 */
export function* dossiers2022(input: Year2022): Generator<DemoDossier> {
  const when = receptionTimes(input.days, '2022-01-01', '2022-12-31')
  for (const tier of ['province', 'district', 'commune'] as const) {
    const chance = random(`${input.seed} ${tier}`)
    for (const plan of planTier(input, tier, published2022[tier], chance)) {
      yield* ofUnit(plan, input.days, when, random(`${input.seed} ${plan.unit.code}`))
    }
  }
}

/** First day and number of days that the generator's calendar must know: submissions before, late completions after the year. */
export const calendarSpan: { readonly first: Day; readonly days: number } = { first: '2021-12-20', days: 740 }
