import type { Day } from '../../../kernel/clock.ts'
import type { Month } from '../../../kernel/months.ts'
import type { Period, RateCode, Tier } from '../../indicator/index.ts'
import { compareShares, moved, type Share } from './share.ts'

/** The rates of the weekly report: the four of the board. */
export const weeklyRates = ['online_rate', 'on_time_rate', 'digitised_rate', 'payment_rate'] as const satisfies readonly RateCode[]
export type WeeklyRate = (typeof weeklyRates)[number]

export type Shares = Readonly<Record<WeeklyRate, Share>>

/** What a rate should reach, and who said so. */
export interface Aim {
  /** As it is written: `0.8`. */
  readonly value: number
  readonly source: string
  /** Nobody here has set it: it is where the national index gives full marks. */
  readonly threshold?: boolean | undefined
}

export interface Cell {
  readonly now: Share
  /** The same a week before; null when there is nothing to compare with. */
  readonly before: Share | null
  /** Dossiers received in the seven days of this week. */
  readonly week: Share
  readonly aim: Aim | null
  /** Of the dossiers counted now, so many more would have to be good. 0: met. Null: no aim, or nothing to measure by. */
  readonly gap: number | null
  /** So many further dossiers would all have to be good; null: no number of them would do. Left out when there is no gap. */
  readonly ahead?: number | null | undefined
}

export interface Line {
  /** `total`, a tier, or an agency's code. */
  readonly key: string
  readonly name: string
  readonly tier: Tier | null
  readonly received: { readonly now: number; readonly week: number }
  readonly cells: Readonly<Record<WeeklyRate, Cell>>
}

export interface UnitLine extends Line {
  readonly tier: Tier
  readonly validFrom: Day
  /** Its last day, when it was closed, merged or split before the report's day. */
  readonly until: Day | null
  /** Last day on which it received anything within the period. */
  readonly lastReceived: Day | null
}

/** One unit that stands out in one rate; `key` and `validFrom` name its line. */
export interface Mention {
  readonly key: string
  readonly validFrom: Day
}

export interface Highlights {
  readonly rate: WeeklyRate
  readonly up: readonly (Mention & { readonly change: number })[]
  readonly down: readonly (Mention & { readonly change: number })[]
  /** Furthest behind its aim first, in dossiers. */
  readonly behind: readonly Mention[]
  readonly behindCount: number
  readonly zero: readonly Mention[]
}

/** A figure from outside that was reported for some months of the period and not for these, which were over. */
export interface ReportedGap {
  readonly unit: string
  readonly figure: string
  readonly months: readonly Month[]
}

/** What of the data is late or in doubt, by name. */
export interface LateData {
  readonly silentDays: number
  readonly silent: readonly (Mention & { readonly lastReceived: Day | null })[]
  /** Counted exactly all the same; many of them say that the background work is behind. */
  readonly unfolded: number
  readonly recount: { readonly at: string; readonly difference: number } | null
  /** Left out where nothing is missing; reports of before months were looked for say nothing of it. */
  readonly reported?: readonly ReportedGap[] | undefined
}

export type Provenance = 'on_time' | 'late' | 'later'

/** A weekly report: everything its pages, its paper and its spreadsheet are made from. */
export interface WeeklyReport {
  readonly format: 1
  readonly week: Day
  readonly day: Day
  readonly period: Period & { readonly kind: 'year' | 'quarter' | 'month' | 'since' }
  /** What it is compared with: the report of the week before as it was frozen, or the log's days until then. */
  readonly before: { readonly day: Day; readonly basis: 'frozen' | 'log' } | null
  /** The year, quarter or month that ended within this week, as it stands: nothing falls between two reports. */
  readonly ended?: (Period & { readonly received: number; readonly shares: Shares }) | undefined
  readonly provenance: Provenance
  readonly producedAt: string
  readonly dueAt: string
  readonly province: string
  readonly issuer: { readonly code: string; readonly superior: string | null; readonly name: string; readonly place: string }
  readonly tiers: readonly Tier[]
  readonly recipients: { readonly roles: readonly string[]; readonly officers: readonly string[] }
  readonly rates: readonly { readonly code: WeeklyRate; readonly name: string; readonly definition: string; readonly basis: string }[]
  readonly lines: readonly Line[]
  readonly units: readonly UnitLine[]
  readonly highlights: readonly Highlights[]
  readonly late: LateData
}

/** Fewer dossiers than this make a rate jump: such a unit is no mover. */
export const MOVER_LEAST = 10
const NAMED = { movers: 3, behind: 5 } as const

const mention = ({ key, validFrom }: UnitLine): Mention => ({ key, validFrom })
const byKey = (a: UnitLine, b: UnitLine): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.validFrom < b.validFrom ? -1 : 1)

/** Who moved, who is behind, who stands at 0 % in one rate. Equal ones stand by code, so that the order never depends on chance. */
export function highlightsOf(rate: WeeklyRate, units: readonly UnitLine[]): Highlights {
  const standing = units.filter(({ until }) => until === null)
  const changes = standing.flatMap((unit) => {
    const { now, before } = unit.cells[rate]
    const change = moved(now, before)
    return change === null || change === 0 || now.d < MOVER_LEAST || (before?.d ?? 0) < MOVER_LEAST ? [] : [{ unit, change }]
  })
  const rising = changes.filter(({ change }) => change > 0).sort((a, b) => b.change - a.change || byKey(a.unit, b.unit))
  const falling = changes.filter(({ change }) => change < 0).sort((a, b) => a.change - b.change || byKey(a.unit, b.unit))
  const behind = standing
    .filter(({ cells }) => (cells[rate].gap ?? 0) > 0)
    .sort(
      (a, b) => (b.cells[rate].gap ?? 0) - (a.cells[rate].gap ?? 0) || compareShares(a.cells[rate].now, b.cells[rate].now) || byKey(a, b),
    )
  const zero = standing
    .filter(({ cells }) => cells[rate].now.d > 0 && cells[rate].now.n === 0)
    .sort((a, b) => b.cells[rate].now.d - a.cells[rate].now.d || byKey(a, b))
  const named = ({ unit, change }: (typeof changes)[number]) => ({ ...mention(unit), change })
  return {
    rate,
    up: rising.slice(0, NAMED.movers).map(named),
    down: falling.slice(0, NAMED.movers).map(named),
    behind: behind.slice(0, NAMED.behind).map(mention),
    behindCount: behind.length,
    zero: zero.map(mention),
  }
}

/** Units that have had no dossier for longer than is usual; one that never had any in the period is among them. */
export function silentUnits(units: readonly UnitLine[], day: Day, silentDays: number): LateData['silent'] {
  const since = new Date(Date.parse(`${day}T00:00:00Z`) - silentDays * 86_400_000).toISOString().slice(0, 10)
  return units
    .filter((unit) => unit.until === null && unit.validFrom <= since && (unit.lastReceived === null || unit.lastReceived <= since))
    .sort((a, b) => (a.lastReceived ?? '').localeCompare(b.lastReceived ?? '') || byKey(a, b))
    .map((unit) => ({ ...mention(unit), lastReceived: unit.lastReceived }))
}

/** Finds lines by what a mention says. */
export function findUnit(report: Pick<WeeklyReport, 'units'>, { key, validFrom }: Mention): UnitLine | undefined {
  return report.units.find((unit) => unit.key === key && unit.validFrom === validFrom)
}
