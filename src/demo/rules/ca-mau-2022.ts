import type { Day } from '../../kernel/clock.ts'
import { ratio, type Tier } from '../../modules/indicator/index.ts'
import { apportion } from './apportion.ts'
import { type DemoPerson, demoCompany, demoPerson } from './people.ts'
import { departmentWeights, monthWeights, type PublishedTier, published2022, weekdayWeights, zeroOnline } from './published-2022.ts'
import { type Random, random, running } from './random.ts'
import { type DemoProcedure, popular } from './simulated-procedures.ts'
import { laterOf, type Moment, type WorkDays } from './working-days.ts'

/** A unit that resolved dossiers in 2022. */
export interface DemoUnit {
  readonly code: string
  readonly tier: Tier
  readonly kind: string
}

/** One line of dossiers.csv, in the words of the import format. */
export interface DemoDossier {
  readonly code: string
  readonly procedure_code: string
  readonly agency_code: string
  readonly channel: 'online' | 'counter' | 'post'
  readonly assisted: boolean
  readonly submitted_at: string
  readonly received_at: string
  readonly due_at: string
  readonly completed_at: string
  readonly returned_at: string
  readonly status: number
  readonly fee_vnd: number
  readonly paid_vnd: number
  readonly paid_online: boolean
  readonly papers_total: number
  readonly papers_digitised: number
  readonly papers_reused: number
  readonly result_electronic: boolean
  readonly supplement_requests: number
  readonly supplement_working_days: number
  readonly applicant_name: string
  readonly applicant_id: string
  readonly applicant_phone: string
}

export interface Year2022 {
  readonly seed: string
  readonly units: readonly DemoUnit[]
  readonly procedures: readonly DemoProcedure[]
  readonly days: WorkDays
}

/** What one dossier of a unit is before it has a time and a code. */
interface Draft {
  readonly procedure: DemoProcedure
  readonly feeVnd: number
  online: boolean
  digitised: boolean
  paidOnline: boolean
}

interface UnitPlan {
  readonly unit: DemoUnit
  readonly drafts: Draft[]
  /** Share of its dossiers that it finishes on time. */
  readonly punctual: number
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

const serves = (procedure: DemoProcedure, unit: DemoUnit): boolean =>
  procedure.agencyCode === null
    ? procedure.tiers.includes(unit.tier) && (unit.tier !== 'province' || unit.kind === 'people_committee')
    : procedure.agencyCode === unit.code

/** A unit's procedures, busiest first, with weights that fall as 1 / rank. */
function menu(procedures: readonly DemoProcedure[], unit: DemoUnit, chance: Random): { list: DemoProcedure[]; sums: number[] } {
  const mine = procedures.filter((procedure) => serves(procedure, unit))
  if (mine.length === 0) throw new RangeError(`no procedure for ${unit.code}`)
  const known = popular.flatMap((code) => mine.filter((procedure) => procedure.code === code))
  const list = [...known, ...chance.shuffle(mine.filter((procedure) => !popular.includes(procedure.code)))]
  return { list, sums: running(list.map((_, i) => 1 / (i + 1))) }
}

/** Marks exactly `count` of the drafts, those that suit first; chance decides which. */
function mark(
  drafts: readonly Draft[],
  count: number,
  what: 'online' | 'digitised' | 'paidOnline',
  suits: (draft: Draft) => boolean,
  chance: Random,
): void {
  const sorted = chance.shuffle(drafts).map((draft) => ({ draft, first: suits(draft) }))
  const chosen = [...sorted.filter(({ first }) => first), ...sorted.filter(({ first }) => !first)].slice(0, count)
  for (const { draft } of chosen) draft[what] = true
}

/** Rates of the units around the tier's own, some far from it; units at 0 % stay there. */
function rateWeights(plans: readonly UnitPlan[], rate: number, zero: (code: string) => boolean, chance: Random): number[] {
  return plans.map(({ unit, drafts }) => {
    const lean = chance.next() + chance.next() - 1
    const own = Math.min(0.97, Math.max(0.03, rate * (1 + 0.7 * lean)))
    return zero(unit.code) ? 0 : drafts.length * own
  })
}

const share = (numerator: number, denominator: number): string => ratio(numerator, denominator) ?? '0.0000'

/** The whole number whose share of `of` is the printed one, to the places that were printed. */
function countFor(rate: number, of: number, places: number): number {
  const count = Math.round(rate * of)
  const shown = (100 * Number(share(count, of))).toFixed(places)
  if (shown !== (100 * rate).toFixed(places)) throw new RangeError(`${count}/${of} shows ${shown} %, not ${100 * rate} %`)
  return count
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

/** When a dossier was received: by month, weekday and hour, in opening time. */
function receptionTimes(days: WorkDays): (chance: Random) => Moment {
  const first = days.index('2022-01-01')
  const last = days.index('2022-12-31')
  const open: number[] = []
  const weights: number[] = []
  for (let day = first; day <= last; day += 1) {
    if (!days.isWorked(day)) continue
    const name = days.name(day)
    const weekday = new Date(`${name}T00:00:00Z`).getUTCDay()
    open.push(day)
    weights.push((monthWeights[Number(name.slice(5, 7)) - 1] ?? 1) * (weekdayWeights[weekday - 1] ?? 1))
  }
  const sums = running(weights)
  return (chance) => {
    const day = open[chance.weighted(sums)] ?? first
    // Mornings are busier; two draws make a hump in the middle of each half day.
    const hump = (chance.next() + chance.next()) / 2
    const minute = chance.chance(0.62) ? 450 + Math.floor(hump * 240) : 810 + Math.floor(hump * 240)
    return { day, minute, second: chance.below(60) }
  }
}

/** When it was sent: at the counter just before, by post some days before, online at any hour of the day or two before. */
function submission(received: Moment, draft: Draft, post: boolean, chance: Random): Moment {
  if (draft.online) {
    const back = Math.floor(chance.next() ** 2 * 1_600) + 3
    const total = received.day * 1440 + received.minute - back
    return { day: Math.max(0, Math.floor(total / 1440)), minute: total < 0 ? 0 : total % 1440, second: chance.below(60) }
  }
  if (post) return { day: Math.max(0, received.day - 1 - chance.below(3)), minute: 480 + chance.below(500), second: 0 }
  return { ...received, minute: received.minute - chance.below(Math.min(12, received.minute - 449)), second: 0 }
}

/** What the applicant took to complete a dossier that was not complete, in working days. */
const supplementDays = (chance: Random): number => (chance.chance(0.06) ? 1 + chance.below(8) : 0)

/** When work ended: on time at some point of the allowed stretch, or some days late. */
function completion(received: Moment, due: Moment, punctual: number, days: WorkDays, chance: Random): Moment {
  if (!chance.chance(punctual)) {
    const late = days.after(due.day, 1 + Math.floor(chance.next() ** 2 * 15))
    return { day: late, minute: 455 + chance.below(230), second: chance.below(60) }
  }
  const span = due.day - received.day
  const day = days.after(received.day + Math.floor(span * (0.35 + 0.65 * chance.next())), 0)
  if (day >= due.day) {
    // The last day: between opening (or reception) and the due minute.
    const from = received.day === due.day ? received.minute : 450
    return { day: due.day, minute: from + Math.floor((due.minute - from) * chance.next()), second: 0 }
  }
  const at = { day, minute: chance.chance(0.5) ? 455 + chance.below(230) : 815 + chance.below(230), second: chance.below(60) }
  return day === received.day ? laterOf(at, { ...received, minute: received.minute + 2 }) : at
}

const STOPPED = 8
const RETURNED = 10

/** One dossier with its times, papers, money and applicant. */
function complete(draft: Draft, plan: UnitPlan, received: Moment, code: string, days: WorkDays, chance: Random): DemoDossier {
  const { procedure, feeVnd, online, paidOnline } = draft
  const post = !online && chance.chance(0.05)
  const waited = supplementDays(chance)
  const promised = days.due(received, { limit: procedure.timeLimit, unit: procedure.timeUnit })
  const due = waited > 0 ? { ...promised, day: days.after(promised.day, waited) } : promised
  const completed = completion(received, due, plan.punctual, days, chance)
  const stopped = chance.chance(0.012)
  const fetched = chance.chance(0.6)
    ? completed
    : { day: days.after(completed.day, 1 + chance.below(4)), minute: 455 + chance.below(230), second: 0 }
  const papers = 1 + chance.below(5)
  const company = plan.unit.tier === 'province' && chance.chance(0.25)
  const person: DemoPerson = company ? demoCompany(chance) : demoPerson(chance)
  return {
    code,
    procedure_code: procedure.code,
    agency_code: plan.unit.code,
    channel: online ? 'online' : post ? 'post' : 'counter',
    assisted: online && chance.chance(plan.unit.tier === 'commune' ? 0.35 : 0.12),
    submitted_at: days.instant(submission(received, draft, post, chance)),
    received_at: days.instant(received),
    due_at: days.instant(promised),
    completed_at: days.instant(completed),
    returned_at: days.instant(fetched),
    status: stopped ? STOPPED : RETURNED,
    fee_vnd: feeVnd,
    paid_vnd: feeVnd,
    paid_online: paidOnline,
    papers_total: papers,
    papers_digitised: draft.digitised ? papers : chance.below(papers),
    papers_reused: chance.chance(0.03) ? 1 : 0,
    result_electronic: !stopped && procedure.returnsResult && chance.chance(online ? 0.55 : 0.08),
    supplement_requests: waited > 0 ? 1 : 0,
    supplement_working_days: waited,
    applicant_name: person.name,
    applicant_id: person.number,
    applicant_phone: person.phone,
  }
}

/** Codes of one unit: numbered from 1 each day in the order of reception, without gaps. */
function* ofUnit(plan: UnitPlan, days: WorkDays, when: (chance: Random) => Moment, chance: Random): Generator<DemoDossier> {
  const times = plan.drafts.map(() => when(chance)).sort((a, b) => a.day - b.day || a.minute - b.minute || a.second - b.second)
  const order = chance.shuffle(plan.drafts)
  let day = -1
  let serial = 0
  for (const [i, draft] of order.entries()) {
    const received = times[i]
    if (!received) continue
    serial = received.day === day ? serial + 1 : 1
    day = received.day
    const stamp = days.name(day).slice(2).replaceAll('-', '')
    yield complete(draft, plan, received, `${plan.unit.code}-${stamp}-${String(serial).padStart(4, '0')}`, days, chance)
  }
}

/**
 * The year 2022 of Cà Mau: 82,015 simulated dossiers over all units of that year, whose figures are the published ones, exactly. The
 * same input gives the same dossiers, in the same order.
 */
export function* dossiers2022(input: Year2022): Generator<DemoDossier> {
  const when = receptionTimes(input.days)
  for (const tier of ['province', 'district', 'commune'] as const) {
    const chance = random(`${input.seed} ${tier}`)
    for (const plan of planTier(input, tier, published2022[tier], chance)) {
      yield* ofUnit(plan, input.days, when, random(`${input.seed} ${plan.unit.code}`))
    }
  }
}

/** First day and number of days that the generator's calendar must know: submissions before, late completions after the year. */
export const calendarSpan: { readonly first: Day; readonly days: number } = { first: '2021-12-20', days: 740 }
