import { isMet, type Share, type Target } from './target.ts'

/** How a rate went so far and how many days are left. Days are working days: those on which dossiers come in. */
export interface Course {
  /** Since the target began. */
  readonly soFar: Share
  /** Of the last weeks: what the coming days are expected to be like. */
  readonly lately: Share & { readonly days: number }
  readonly daysLeft: number
}

export interface Forecast {
  /** Dossiers expected until the end. Null: too little to go by. */
  readonly coming: number | null
  /** The rate at the end if the coming days are like the last ones; with its range (at least 19 of 20 times). Null: too little to go by. */
  readonly rate: number | null
  readonly low: number | null
  readonly high: number | null
  /** The share of the coming dossiers that would have to be good to meet the target; above 1: more than are expected; null: no matter. */
  readonly needed: number | null
  /** … and how many that is a working day. */
  readonly neededADay: number | null
}

/** With fewer working days to go by there is no forecast. */
export const LEAST_DAYS = 3

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
/** 95 in 100. */
const Z = 1.96
const Z2 = Z * Z

const none: Forecast = { coming: null, rate: null, low: null, high: null, needed: null, neededADay: null }

/** How many dossiers may still come: their mean, and the least and the most (the last weeks were themselves a sample). */
function volume({ lately, daysLeft }: Course): { readonly mean: number; readonly least: number; readonly most: number } {
  const mean = (lately.denominator / lately.days) * daysLeft
  const spread = Z * Math.sqrt(mean + mean ** 2 / lately.denominator)
  return { mean, least: Math.max(0, mean - spread), most: mean + spread }
}

/**
 * Where a rate will stand at its target's end. Three things make the range wide: how many dossiers will come, which of them will be good,
 * and that the last weeks were only a sample (Wilson, so that none or all of a few promise nothing). It supposes that the coming days are
 * like the last ones: good for planning a week, not for judging anybody.
 */
export function forecast(target: Pick<Target, 'comparator' | 'value'>, course: Course): Forecast {
  const { soFar, lately, daysLeft } = course
  const { numerator: good, denominator: all } = soFar
  if (daysLeft <= 0) {
    if (all === 0) return none
    return { ...none, coming: 0, rate: good / all, low: good / all, high: good / all }
  }
  if (lately.denominator === 0 || lately.days < LEAST_DAYS) return none
  const { mean, least, most } = volume(course)
  const n = lately.denominator
  const centre = (lately.numerator + Z2 / 2) / (n + Z2)
  const end = (share: number, coming: number): number => (good + share * coming) / (all + coming)
  const rate = end(lately.numerator / n, mean)
  const ends = [least, mean, most].flatMap((coming) => {
    if (coming === 0) return all === 0 ? [] : [good / all]
    const spread = Z * Math.sqrt(centre * (1 - centre) * (1 / coming + 1 / (n + Z2)))
    return [end(clamp(centre - spread), coming), end(clamp(centre + spread), coming)]
  })
  const wanted = Math.max(0, target.value * (all + mean) - good)
  const counts = target.comparator === 'at_least'
  return {
    coming: mean,
    rate,
    low: Math.min(rate, ...ends),
    high: Math.max(rate, ...ends),
    needed: counts ? wanted / mean : null,
    neededADay: counts ? wanted / daysLeft : null,
  }
}

/** What has to be reached from now on, as people plan: so many good dossiers a working day, or a week where that is less than one a day. */
export type Pace = { readonly per: 'day' | 'week'; readonly count: number } | { readonly per: 'too_few' } | null

const WEEK_DAYS = 5

export function paceOf({ needed, neededADay }: Forecast): Pace {
  if (needed === null || neededADay === null || neededADay === 0) return null
  if (needed > 1) return { per: 'too_few' }
  // A whole number of a hundred is no longer a whole number after dividing: 5.000000001 is five.
  const whole = (value: number): number => Math.ceil(value - 1e-9)
  const day = whole(neededADay)
  // Rounded up to whole dossiers a day it may ask for more than are expected; by the week it does not.
  const fits = day <= neededADay / needed
  return neededADay >= 1 && fits ? { per: 'day', count: day } : { per: 'week', count: whole(neededADay * WEEK_DAYS) }
}

/**
 * What a traffic light says, in words beside its colour. `met`: stands at or above the target and is expected to stay; `on_track`: expected
 * to get there; `at_risk`: may or may not; `behind`: not expected to; `out_of_reach`: not with all the dossiers that may still come;
 * `unclear`: too few days to say; `nothing`: no dossier to go by.
 */
export type Light = 'met' | 'on_track' | 'at_risk' | 'behind' | 'out_of_reach' | 'unclear' | 'nothing'

export function lightOf(target: Pick<Target, 'comparator' | 'value'>, course: Course): Light {
  const { soFar, daysLeft } = course
  const now = isMet(target, soFar)
  if (now === null && (daysLeft <= 0 || course.lately.denominator === 0)) return 'nothing'
  if (daysLeft <= 0) return now ? 'met' : 'behind'
  const { low, high, rate } = forecast(target, course)
  if (rate === null || low === null || high === null) return 'unclear'
  const fine = (value: number): boolean => (target.comparator === 'at_least' ? value >= target.value : value <= target.value)
  if (!now && target.comparator === 'at_least') {
    const { most } = volume(course)
    if (!fine((soFar.numerator + most) / (soFar.denominator + most))) return 'out_of_reach'
  }
  if (fine(low) && fine(high)) return now ? 'met' : 'on_track'
  if (fine(rate)) return now ? 'on_track' : 'at_risk'
  return fine(low) || fine(high) ? 'at_risk' : 'behind'
}
