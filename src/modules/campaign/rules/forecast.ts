import { isMet, type Share, type Target } from './target.ts'

/** How a rate went so far and how many days are left. Days are days on which dossiers come in. */
export interface Course {
  /** Since the target began. */
  readonly soFar: Share
  /** Of the last weeks: what the coming days are expected to be like. */
  readonly lately: Share & { readonly days: number }
  readonly daysLeft: number
}

export interface Forecast {
  /** Dossiers expected until the end, and in all. */
  readonly coming: number
  /** The rate at the end if the coming days are like the last ones; with its range (about 19 of 20 times). Null: nothing to go by. */
  readonly rate: number | null
  readonly low: number | null
  readonly high: number | null
  /** The share of the coming dossiers that would have to be good to meet the target; above 1 it cannot be met any more; null: no matter. */
  readonly needed: number | null
  /** … and how many that is a day. */
  readonly neededADay: number | null
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
/** 95 in 100. */
const Z = 1.96

/**
 * Where a rate will stand at its target's end. The range has two parts: chance in so many coming dossiers, and that the last weeks
 * were themselves a sample (Wilson). Good for planning a week, not for judging anybody.
 */
export function forecast(target: Pick<Target, 'comparator' | 'value'>, { soFar, lately, daysLeft }: Course): Forecast {
  const aDay = lately.days > 0 ? lately.denominator / lately.days : 0
  const coming = Math.round(aDay * Math.max(0, daysLeft))
  const all = soFar.denominator + coming
  const wanted = target.value * all - soFar.numerator
  const needed = coming > 0 && target.comparator === 'at_least' ? Math.max(0, wanted / coming) : null
  const neededADay = needed !== null && daysLeft > 0 ? Math.max(0, wanted) / daysLeft : null
  if (all === 0) return { coming, rate: null, low: null, high: null, needed, neededADay }
  if (coming === 0) {
    const rate = soFar.numerator / soFar.denominator
    return { coming, rate, low: rate, high: rate, needed, neededADay }
  }
  const n = lately.denominator
  const p = n > 0 ? lately.numerator / n : soFar.denominator > 0 ? soFar.numerator / soFar.denominator : 0
  const spread = Z * Math.sqrt(p * (1 - p) * (1 / coming + 1 / Math.max(1, n)) + (Z * Z) / (4 * Math.max(1, n) ** 2))
  const at = (share: number): number => (soFar.numerator + clamp(share) * coming) / all
  return { coming, rate: at(p), low: at(p - spread), high: at(p + spread), needed, neededADay }
}

/**
 * What a traffic light says, in words beside its colour. `met`: stands at or above the target and is expected to stay; `on_track`: expected
 * to get there; `at_risk`: may or may not; `behind`: not expected to; `out_of_reach`: cannot any more; `nothing`: no dossier to go by.
 */
export type Light = 'met' | 'on_track' | 'at_risk' | 'behind' | 'out_of_reach' | 'nothing'

export function lightOf(target: Pick<Target, 'comparator' | 'value'>, course: Course): Light {
  const { soFar, daysLeft } = course
  const now = isMet(target, soFar)
  const { low, high, rate, needed } = forecast(target, course)
  if (rate === null || low === null || high === null) return 'nothing'
  if (daysLeft <= 0) return now === null ? 'nothing' : now ? 'met' : 'behind'
  if (needed !== null && needed > 1) return 'out_of_reach'
  const fine = (value: number): boolean => (target.comparator === 'at_least' ? value >= target.value : value <= target.value)
  if (fine(low) && fine(high)) return now ? 'met' : 'on_track'
  if (fine(rate)) return now ? 'on_track' : 'at_risk'
  return fine(low) || fine(high) ? 'at_risk' : 'behind'
}
