import type { Day } from '../../../kernel/clock.ts'

/** From when something is shown to the reform office. Not law: a reason to look, never a judgement. */
export interface Thresholds {
  readonly validFrom: Day
  readonly basis: string
  readonly assistedShare: { readonly least: number; readonly share: number }
  readonly onePhone: { readonly persons: number }
  readonly oneAccount: { readonly persons: number }
  readonly burst: { readonly least: number; readonly times: number; readonly lastDays: number }
  readonly takenBack: { readonly minutes: number; readonly withinDays: number; readonly least: number }
  readonly stopClock: { readonly hours: number; readonly least: number }
}

export const anomalyKinds = ['assisted-share', 'one-phone', 'one-account', 'burst', 'taken-back', 'stop-clock'] as const
export type AnomalyKind = (typeof anomalyKinds)[number]

/** One thing worth a second look, with the dossiers that show it. */
export interface Case {
  readonly kind: AnomalyKind
  /** What it is about inside its kind: a unit, a day, a digest of a number, an officer. Never personal data. */
  readonly about: string
  readonly agencyCode: string
  /** The officer whose steps these were, for kinds that are about one. */
  readonly officer?: string
  /** A number as it may be shown. */
  readonly masked?: string
  readonly day?: Day
  /** How many, and out of or compared with how many. */
  readonly count: number
  readonly of: number
  readonly dossiers: readonly string[]
}

/** The name a case keeps as long as its period is asked for: what was noted about it is found by it. */
export const caseKey = (one: Pick<Case, 'kind' | 'about' | 'agencyCode'>, period: { readonly from: Day; readonly to: Day }): string =>
  [one.kind, one.agencyCode, one.about, period.from, period.to].join(' ')

export interface UnitFilings {
  readonly agencyCode: string
  readonly online: number
  readonly assisted: number
}

/** Units where help with filing is the rule and not the exception. */
export function assistedShares(units: readonly UnitFilings[], { assistedShare: { least, share } }: Thresholds): Case[] {
  return units
    .filter(({ online, assisted }) => online >= least && assisted >= share * online)
    .map(({ agencyCode, online, assisted }) => ({
      kind: 'assisted-share',
      about: 'unit',
      agencyCode,
      count: assisted,
      of: online,
      dossiers: [],
    }))
}

/** Everything that came in under one number or account. */
export interface Filer {
  readonly kind: 'one-phone' | 'one-account'
  readonly about: string
  readonly masked: string
  readonly agencyCode: string
  readonly persons: number
  readonly dossiers: readonly string[]
}

/** One number or account that filed for many different people: a helper, a shop, a family, or something to ask about. */
export function manyFilers(filers: readonly Filer[], thresholds: Thresholds): Case[] {
  return filers
    .filter(({ kind, persons }) => persons >= (kind === 'one-phone' ? thresholds.onePhone : thresholds.oneAccount).persons)
    .map(({ persons, ...filer }) => ({ ...filer, count: persons, of: filer.dossiers.length }))
}

export interface UnitDay {
  readonly agencyCode: string
  readonly day: Day
  readonly received: number
}

/** The middle of a list; 0 of none. */
function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/**
 * Units that received far more than on their usual day in the last days before a period closed.
 * @param lastDays the working days before the close
 */
export function bursts(days: readonly UnitDay[], lastDays: readonly Day[], { burst }: Thresholds): Case[] {
  const byUnit = Map.groupBy(days, ({ agencyCode }) => agencyCode)
  return [...byUnit].flatMap(([agencyCode, own]) => {
    const usual = Math.max(1, median(own.filter(({ day }) => !lastDays.includes(day)).map(({ received }) => received)))
    return own
      .filter(({ day, received }) => lastDays.includes(day) && received >= burst.least && received >= burst.times * usual)
      .map(({ day, received }): Case => ({ kind: 'burst', about: day, agencyCode, day, count: received, of: usual, dossiers: [] }))
  })
}

/** A result that was taken back: when it had been issued, and when it was due (as it stood then or before any move). */
export interface TakenBack {
  readonly dossierId: string
  readonly agencyCode: string
  readonly issuedAt: number
  readonly takenBackAt: number
  readonly dues: readonly number[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Whether something happened in the last stretch before one of the times it may have been due. */
const justBefore = (at: number, dues: readonly number[], stretch: number): boolean => dues.some((due) => at <= due && due - at <= stretch)

/** Results issued minutes before they were due and taken back soon after, by unit. */
export function takenBack(steps: readonly TakenBack[], { takenBack: { minutes, withinDays, least } }: Thresholds): Case[] {
  const soon = steps.filter(
    ({ issuedAt, takenBackAt, dues }) =>
      takenBackAt > issuedAt && takenBackAt - issuedAt <= withinDays * DAY && justBefore(issuedAt, dues, minutes * MINUTE),
  )
  return [...Map.groupBy(soon, ({ agencyCode }) => agencyCode)].flatMap(([agencyCode, own]): Case[] => {
    const dossiers = [...new Set(own.map(({ dossierId }) => dossierId))]
    return dossiers.length < least
      ? []
      : [{ kind: 'taken-back', about: 'unit', agencyCode, count: dossiers.length, of: dossiers.length, dossiers }]
  })
}

/** A request for a supplement: by whom, and when the dossier was due. */
export interface Asked {
  readonly dossierId: string
  readonly agencyCode: string
  readonly officerId: string
  readonly officer: string
  readonly at: number
  readonly dues: readonly number[]
}

/** Officers who asked for supplements in the last hours before dossiers were due, again and again. */
export function stopClocks(asked: readonly Asked[], { stopClock: { hours, least } }: Thresholds): Case[] {
  const byOfficer = Map.groupBy(asked, ({ officerId, agencyCode }) => `${officerId} ${agencyCode}`)
  return [...byOfficer.values()].flatMap((all): Case[] => {
    const late = all.filter(({ at, dues }) => justBefore(at, dues, hours * HOUR))
    const [first] = late
    if (!first || late.length < least) return []
    const { agencyCode, officer, officerId: about } = first
    const dossiers = [...new Set(late.map(({ dossierId }) => dossierId))]
    return [{ kind: 'stop-clock', about, agencyCode, officer, count: late.length, of: all.length, dossiers }]
  })
}
