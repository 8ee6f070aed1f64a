import type { Day } from '../../kernel/clock.ts'
import { ratio, type Tier } from '../../modules/indicator/index.ts'
import { type DemoPerson, demoCompany, demoPerson } from './people.ts'
import { monthWeights, weekdayWeights } from './published-2022.ts'
import { type Random, running } from './random.ts'
import { type DemoProcedure, popular } from './simulated-procedures.ts'
import { laterOf, type Moment, type WorkDays } from './working-days.ts'

/** A unit that resolved dossiers in the year. */
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

/** What one dossier of a unit is before it has a time and a code. */
export interface Draft {
  readonly procedure: DemoProcedure
  readonly feeVnd: number
  online: boolean
  digitised: boolean
  paidOnline: boolean
}

/** A unit and how it works. */
export interface Planned {
  readonly unit: DemoUnit
  /** Share of its dossiers that it finishes on time. */
  readonly punctual: number
}

export interface UnitPlan extends Planned {
  readonly drafts: Draft[]
}

const serves = (procedure: DemoProcedure, unit: DemoUnit): boolean =>
  procedure.agencyCode === null
    ? procedure.tiers.includes(unit.tier) && (unit.tier !== 'province' || unit.kind === 'people_committee')
    : procedure.agencyCode === unit.code

/** A unit's procedures, busiest first, with weights that fall as 1 / rank. */
export function menu(procedures: readonly DemoProcedure[], unit: DemoUnit, chance: Random): { list: DemoProcedure[]; sums: number[] } {
  const mine = procedures.filter((procedure) => serves(procedure, unit))
  if (mine.length === 0) throw new RangeError(`no procedure for ${unit.code}`)
  const known = popular.flatMap((code) => mine.filter((procedure) => procedure.code === code))
  const list = [...known, ...chance.shuffle(mine.filter((procedure) => !popular.includes(procedure.code)))]
  return { list, sums: running(list.map((_, i) => 1 / (i + 1))) }
}

/** Marks exactly `count` of the drafts, those that suit first; chance decides which. */
export function mark(
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

export const share = (numerator: number, denominator: number): string => ratio(numerator, denominator) ?? '0.0000'

/** The whole number whose share of `of` is the printed one, to the places that were printed. */
export function countFor(rate: number, of: number, places: number): number {
  const count = Math.round(rate * of)
  const shown = (100 * Number(share(count, of))).toFixed(places)
  if (shown !== (100 * rate).toFixed(places)) throw new RangeError(`${count}/${of} shows ${shown} %, not ${100 * rate} %`)
  return count
}

/** When a dossier was received in a stretch of days: by month, weekday and hour, in opening time. */
export function receptionTimes(days: WorkDays, from: Day, to: Day): (chance: Random) => Moment {
  const first = days.index(from)
  const last = days.index(to)
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

/** How a year's dossiers go: shares from 0 to 1, by who filed and where. */
export interface Manner {
  /** Filed online with help, of those online. */
  readonly assisted: Readonly<Record<Tier, number>>
  /** An electronic result, where one is owed. */
  readonly electronic: { readonly online: number; readonly other: number }
  /** A paper used again. */
  readonly reused: number
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
function complete(
  draft: Draft,
  plan: Planned,
  received: Moment,
  code: string,
  days: WorkDays,
  manner: Manner,
  chance: Random,
): DemoDossier {
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
    assisted: online && chance.chance(manner.assisted[plan.unit.tier]),
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
    papers_reused: chance.chance(manner.reused) ? 1 : 0,
    result_electronic: !stopped && procedure.returnsResult && chance.chance(online ? manner.electronic.online : manner.electronic.other),
    supplement_requests: waited > 0 ? 1 : 0,
    supplement_working_days: waited,
    applicant_name: person.name,
    applicant_id: person.number,
    applicant_phone: person.phone,
  }
}

/** What one unit received, in the order of reception: codes number each day from 1 without gaps. */
export function* written(
  plan: Planned,
  received: readonly { readonly draft: Draft; readonly at: Moment }[],
  days: WorkDays,
  manner: Manner,
  chance: Random,
): Generator<DemoDossier> {
  let day = -1
  let serial = 0
  for (const { draft, at } of received) {
    serial = at.day === day ? serial + 1 : 1
    day = at.day
    const stamp = days.name(day).slice(2).replaceAll('-', '')
    yield complete(draft, plan, at, `${plan.unit.code}-${stamp}-${String(serial).padStart(4, '0')}`, days, manner, chance)
  }
}

export const inOrder = (a: Moment, b: Moment): number => a.day - b.day || a.minute - b.minute || a.second - b.second
