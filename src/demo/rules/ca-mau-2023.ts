import type { Day } from '../../kernel/clock.ts'
import type { Tier } from '../../modules/indicator/index.ts'
import { apportion } from './apportion.ts'
import { departmentWeights } from './published-2022.ts'
import { campaign2023, published2023, volumes2023 } from './published-2023.ts'
import { type Random, random, running } from './random.ts'
import type { DemoProcedure } from './simulated-procedures.ts'
import type { Moment, WorkDays } from './working-days.ts'
import { countFor, type DemoDossier, type DemoUnit, type Draft, inOrder, type Manner, menu, receptionTimes, written } from './year.ts'

export interface Year2023 {
  readonly seed: string
  readonly units: readonly DemoUnit[]
  readonly procedures: readonly DemoProcedure[]
  readonly days: WorkDays
}

const tiers = ['province', 'district', 'commune'] as const

/** How many of a unit's dossiers in a stretch of days there are, with a fee, and good by each of the three. */
interface Counts {
  received: number
  feeDue: number
  online: number
  digitised: number
  paid: number
}

interface UnitYear {
  readonly unit: DemoUnit
  readonly before: Counts
  readonly campaign: Counts
  readonly after: Counts
}

const stretches = [
  { name: 'before', from: '2023-01-01', to: '2023-02-28' },
  { name: 'campaign', from: campaign2023.from, to: campaign2023.to },
  { name: 'after', from: '2023-05-10', to: '2023-12-31' },
] as const satisfies readonly { name: keyof UnitYear; from: Day; to: Day }[]

/** Share of a unit's dossiers that have a fee. */
const FEE_SHARE = 0.36
/** A unit must be measured by payment too. */
const FEWEST_FEES = 12
/** Just under the best, so that nobody is better than the published best. */
const under = { online: 0.922, digitised: 0.917, payment: 0.89 } as const

const empty = (received: number, feeDue: number): Counts => ({ received, feeDue, online: 0, digitised: 0, paid: 0 })
const feesOf = (received: number): number => Math.min(received, Math.max(FEWEST_FEES, Math.round(received * FEE_SHARE)))

/** A count whose share of `of` lies between the two shares, or as near below the upper one as whole numbers come. */
const between = (low: number, high: number, of: number, chance: Random): number =>
  Math.min(Math.floor(high * of), Math.max(Math.ceil(low * of), Math.round((low + (high - low) * chance.next()) * of)))

type What = 'online' | 'digitised' | 'payment'
const whats: readonly What[] = ['online', 'digitised', 'payment']

/** A unit's counts in the campaign: it meets all targets of its tier, or misses one or two of them. */
function campaignOf(tier: Tier, received: number, feeDue: number, meets: boolean, chance: Random): Counts {
  const missed = meets ? [] : chance.shuffle(whats).slice(0, chance.chance(0.35) ? 2 : 1)
  const count = (what: What, of: number): number => {
    const target = campaign2023.targets[tier][what]
    if (missed.includes(what)) return Math.min(Math.ceil(target * of) - 1, Math.round(of * target * (0.72 + 0.26 * chance.next())))
    return between(target, under[what], of, chance)
  }
  return { received, feeDue, online: count('online', received), digitised: count('digitised', received), paid: count('payment', feeDue) }
}

/** Units in an order drawn by chance: how busy a district or commune is. Departments have their own weights. */
function weightsOf(units: readonly DemoUnit[], tier: Tier, chance: Random): number[] {
  const order = chance.shuffle(units.map((_, i) => i))
  return units.map((unit, i) =>
    tier === 'province' ? (departmentWeights[unit.code] ?? 0) + 8 : 1 / (order.indexOf(i) + (tier === 'district' ? 4 : 25)),
  )
}

const noCaps = (list: readonly unknown[], total: number): number[] => list.map(() => total)

/** Everything before the last stretch, tier by tier; the last one gets what the year's published rates leave. */
function planTier(input: Year2023, tier: Tier): UnitYear[] {
  const chance = random(`${input.seed} ${tier}`)
  const units = input.units.filter((unit) => unit.tier === tier && (tier !== 'province' || (departmentWeights[unit.code] ?? 0) > 0))
  const weights = weightsOf(units, tier, chance)
  const { best, met } = campaign2023
  // Those who met everything; the best ones are among them.
  const drawn = chance.shuffle(units.map(({ code }) => code))
  const first: string[] = tier === 'province' ? [best.online.unit, best.digitised.unit] : []
  const meeting = [...first, ...drawn.filter((code) => !first.includes(code))].slice(0, met[tier])
  const bestPayer = tier === 'commune' ? meeting[0] : undefined
  const before = apportion(volumes2023.before[tier], weights, noCaps(units, volumes2023.before[tier]))
  const yearTotal = Math.round(volumes2023.total * volumes2023.year[tier])
  const inCampaign = units.map((unit, i) => {
    if (unit.code === best.online.unit) return best.online.of
    if (unit.code === best.digitised.unit) return best.digitised.of
    if (unit.code === bestPayer) return 2 * best.payment.of
    return Math.round((tier === 'commune' ? 38 : 60) + (tier === 'commune' ? 2_000 : 900) * share(weights, i))
  })
  const later = yearTotal - sum(before) - sum(inCampaign)
  const after = apportion(later, weights, noCaps(units, later))
  return units.map((unit, i) => {
    const [early = 0, mid = 0, late = 0] = [before[i], inCampaign[i], after[i]]
    const campaign = campaignOf(tier, mid, unit.code === bestPayer ? best.payment.of : feesOf(mid), meeting.includes(unit.code), chance)
    if (unit.code === best.online.unit) campaign.online = best.online.count
    if (unit.code === best.digitised.unit) campaign.digitised = best.digitised.count
    if (unit.code === bestPayer) campaign.paid = best.payment.count
    const start = empty(early, Math.round(early * FEE_SHARE))
    start.online = Math.round(early * (0.38 + 0.14 * chance.next()))
    start.digitised = Math.round(early * (0.36 + 0.14 * chance.next()))
    start.paid = Math.round(start.feeDue * 0.15 * chance.next())
    return { unit, before: start, campaign, after: empty(late, Math.round(late * FEE_SHARE)) }
  })
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)
const share = (weights: readonly number[], i: number): number => (weights[i] ?? 0) / sum(weights)

/** The year of every unit. What the last stretch must bring, so that the year's rates come out as printed, is split over the units. */
export function plan2023(input: Year2023): UnitYear[] {
  const plans = tiers.flatMap((tier) => planTier(input, tier))
  const chance = random(`${input.seed} cuối năm`)
  const total = (of: keyof Counts): number => sum(plans.flatMap(({ before, campaign, after }) => [before[of], campaign[of], after[of]]))
  const split = (what: 'online' | 'digitised' | 'paid', among: 'received' | 'feeDue', wanted: number): void => {
    const caps = plans.map(({ after }) => after[among])
    const missing = sum(caps) - (wanted - total(what))
    if (missing < 0) throw new RangeError(`${what}: ${-missing} too many are missing before the last stretch`)
    // Few miss, so those are split: most units then stand near the whole.
    const misses = apportion(
      missing,
      caps.map((cap) => cap * (0.3 + chance.next())),
      caps,
    )
    for (const [i, { after }] of plans.entries()) after[what] = (caps[i] ?? 0) - (misses[i] ?? 0)
  }
  split('online', 'received', countFor(published2023.online / 100, total('received'), 2))
  split('digitised', 'received', countFor(published2023.digitised / 100, total('received'), 2))
  split('paid', 'feeDue', countFor(published2023.payment / 100, total('feeDue'), 2))
  return plans
}

/** Sure to be paid for: what a unit asks for a copy when none of its procedures has a fee. */
const COPY_FEE = 20_000

/** Picks `count` of the places; later ones are likelier, as people and offices learn. Places are in the order of time. */
function learnt(places: readonly number[], count: number, slope: number, weigh: (place: number) => number, chance: Random): Set<number> {
  const keyed = places.map((place) => {
    const weight = weigh(place) * (0.35 + slope * place)
    return { place, key: -Math.log(1 - chance.next()) / weight }
  })
  return new Set(
    keyed
      .sort((a, b) => a.key - b.key || a.place - b.place)
      .slice(0, count)
      .map(({ place }) => place),
  )
}

/** One unit's dossiers of a stretch: exactly as many online, digitised and paid as planned, since the campaign better towards its end. */
function stretchOf(
  counts: Counts,
  { list, sums }: { list: readonly DemoProcedure[]; sums: readonly number[] },
  when: (chance: Random) => Moment,
  learning: boolean,
  chance: Random,
): { draft: Draft; at: Moment }[] {
  const times = Array.from({ length: counts.received }, () => when(chance)).sort(inOrder)
  const all = times.map((_, i) => i)
  const withFee = new Set(chance.shuffle(all).slice(0, counts.feeDue))
  const charging = list.filter(({ feeVnd }) => feeVnd > 0)
  const chargingSums = running(charging.map((_, i) => 1 / (i + 1)))
  const drafts = all.map((i): Draft => {
    const fee = withFee.has(i)
    const from = fee && charging.length > 0 ? { list: charging, sums: chargingSums } : { list, sums }
    const procedure = from.list[chance.weighted(from.sums)] as DemoProcedure
    return { procedure, feeVnd: fee ? procedure.feeVnd || COPY_FEE : 0, online: false, digitised: false, paidOnline: false }
  })
  const slope = learning ? 1.5 / Math.max(1, all.length) : 0
  const online = learnt(all, counts.online, slope, (i) => (drafts[i]?.procedure.serviceLevel === 'none' ? 0.001 : 1), chance)
  const digitised = learnt(all, counts.digitised, slope, (i) => (online.has(i) ? 2 : 1), chance)
  const paid = learnt(
    [...withFee].sort((a, b) => a - b),
    counts.paid,
    slope,
    (i) => (online.has(i) ? 4 : 1),
    chance,
  )
  return times.flatMap((at, i) => {
    const draft = drafts[i]
    return draft ? [{ at, draft: { ...draft, online: online.has(i), digitised: digitised.has(i), paidOnline: paid.has(i) } }] : []
  })
}

/** Communes where nearly everybody is helped, and one where a helper leaves their own number: something for the reform office to see. */
const HELPED: ReadonlySet<string> = new Set(['H12.33.02', 'H12.36.03'])
const ONE_PHONE = { unit: 'H12.35.04', phone: '0100230509', every: 12 } as const

const manner: Manner = {
  assisted: { province: 0.1, district: 0.16, commune: 0.3 },
  electronic: { online: 0.93, other: 0.4 },
  reused: 0.62,
}

/**
 * The year 2023 of Cà Mau, simulated: its campaign and the year end with the published figures, exactly. The same input gives the same
 * dossiers, in the same order.
 */
export function* dossiers2023(input: Year2023): Generator<DemoDossier> {
  const timed = stretches.map(({ name, from, to }) => ({ name, when: receptionTimes(input.days, from, to) }))
  for (const year of plan2023(input)) {
    const chance = random(`${input.seed} ${year.unit.code}`)
    const offer = menu(input.procedures, year.unit, chance)
    const punctual = 0.975 + 0.022 * chance.next()
    const received = timed.flatMap(({ name, when }) => stretchOf(year[name], offer, when, name !== 'before', chance))
    const helped = HELPED.has(year.unit.code) ? { ...manner, assisted: { ...manner.assisted, commune: 0.82 } } : manner
    const dossiers = written({ unit: year.unit, punctual }, received, input.days, helped, chance)
    if (year.unit.code === ONE_PHONE.unit) yield* withOnePhone(dossiers)
    else yield* dossiers
  }
}

/** The same dossiers; some of those filed online carry a helper's number. */
function* withOnePhone(dossiers: Iterable<DemoDossier>): Generator<DemoDossier> {
  let online = 0
  for (const one of dossiers) {
    if (one.channel === 'online') online += 1
    yield one.channel === 'online' && online % ONE_PHONE.every === 0 ? { ...one, applicant_phone: ONE_PHONE.phone } : one
  }
}

/** First day and number of days that the generator's calendar must know. */
export const calendarSpan2023: { readonly first: Day; readonly days: number } = { first: '2022-12-20', days: 560 }
