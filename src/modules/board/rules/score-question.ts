import { addDays, type Day, isDay } from '../../../kernel/clock.ts'
import type { Group } from '../../indicator/index.ts'
import { periodOf, readQuestion } from './question.ts'

export const scoreLevels = ['department', 'district', 'commune'] as const
export type RankedLevel = (typeof scoreLevels)[number]

/** What a score page shows, as it stands in the address. */
export interface ScoreAddress {
  readonly from: Day
  readonly to: Day
  readonly scheme: string
  /** Which way the points are grouped; undefined: the scheme's first. */
  readonly grouping: string | undefined
  /** A unit's code; undefined: the province. */
  readonly unit: string | undefined
  /** The first day of one version of the unit's code: a ranking has a line for each. Absent: the place that has the code at the period's end. */
  readonly since?: Day | undefined
  readonly level: RankedLevel | null
  /** Past work under today's units. */
  readonly asNow: boolean
}

const levelSlugs: Readonly<Record<RankedLevel, string>> = { department: 'so', district: 'huyen', commune: 'xa' }
const CODE = /^[0-9A-Z]+(\.[0-9A-Z]+)*$/
const NAME = /^[0-9a-z]+(-[0-9a-z]+)*$/

/** Reads a score page's address; what makes no sense falls back to this year so far, the national scheme and the whole province. */
export function readScoreAddress(query: Readonly<Record<string, string | undefined>>, today: Day, national: string): ScoreAddress {
  const { from, to } = readQuestion(query, today)
  const unit = query['don-vi']
  return {
    from,
    to,
    scheme: query.bo && NAME.test(query.bo) ? query.bo : national,
    grouping: query.nhom && NAME.test(query.nhom) ? query.nhom : undefined,
    unit: unit && unit.length <= 35 && CODE.test(unit) ? unit : undefined,
    since: unit && isDay(query['don-vi-tu'] ?? '') ? query['don-vi-tu'] : undefined,
    level: scoreLevels.find((one) => levelSlugs[one] === query.cap) ?? null,
    asNow: query.theo === 'nay',
  }
}

/** The address of a question under one of the score pages: read again, it gives the same question. */
export function scoreHref(address: ScoreAddress, path = '/dieu-hanh/chi-so', extra: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ tu: address.from, den: address.to, bo: address.scheme })
  if (address.grouping) query.set('nhom', address.grouping)
  if (address.unit) query.set('don-vi', address.unit)
  if (address.unit && address.since) query.set('don-vi-tu', address.since)
  if (address.level) query.set('cap', levelSlugs[address.level])
  if (address.asNow) query.set('theo', 'nay')
  for (const [name, value] of Object.entries(extra)) query.set(name, value)
  return `${path}?${query}`
}

/** A line of a ranking as an address: a unit that did not stand for all of the period is named with its first day, its code may be another's too. */
export function lineOf(address: ScoreAddress, { key, validFrom, members }: Group): Pick<ScoreAddress, 'unit' | 'since'> {
  const whole = members.every(({ first, last }) => first === address.from && last === address.to)
  return { unit: key, since: whole || address.asNow ? undefined : (validFrom ?? undefined) }
}

type Line = Pick<ScoreAddress, 'unit' | 'since'>

/** The unit that another one is compared with, as it stands beside it in an address. */
export const besideOf = ({ unit, since }: Line): Record<string, string> =>
  unit ? { voi: unit, ...(since ? { 'voi-tu': since } : {}) } : {}

/** A line as one choice of a form: a code, and the first day of its version where that is named. */
export const choiceOf = ({ unit = '', since }: Line): string => (since ? `${unit}_${since}` : unit)

/** A line as links name it (`voi`, `voi-tu`) or as a form chose it (`voi` alone, with both). */
export function readLine(query: Readonly<Record<string, string | undefined>>, name: 'don-vi' | 'voi'): Record<string, string | undefined> {
  const [code, since = query[`${name}-tu`]] = (query[name] ?? '').split('_')
  return { 'don-vi': code, 'don-vi-tu': since }
}

/**
 * What a period is set against to say what its last month changed: the same period up to the end of the month before its last day's, or,
 * when it began in that month, the whole month before.
 */
export function monthBefore({ from, to }: { readonly from: Day; readonly to: Day }): { from: Day; to: Day } {
  const end = addDays(`${to.slice(0, 7)}-01`, -1)
  return { from: from <= end ? from : `${end.slice(0, 7)}-01`, to: end }
}

/** The twelve months that end with a day's own, oldest first; the last one only up to that day. */
export function monthsUntil(day: Day): { from: Day; to: Day }[] {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Array.from({ length: 12 }, (_, i) => {
    const at = year * 12 + month - 12 + i
    const period = periodOf(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`) as { from: Day; to: Day }
    return period.to > day ? { ...period, to: day } : period
  })
}

/** Those of about the same size: from half to double as many dossiers. */
export const sameSize = (own: number, other: number): boolean => other * 2 >= own && other <= own * 2
