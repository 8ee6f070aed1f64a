import type { Day } from '../../../kernel/clock.ts'

/** From when something is shown to the reform office. Not law: a reason to look, never a judgement. */
export interface Thresholds {
  readonly validFrom: Day
  readonly basis: string
  readonly assistedShare: { readonly least: number; readonly share: number }
  readonly onePhone: { readonly persons: number }
  readonly oneAccount: { readonly persons: number }
  readonly oneDevice: { readonly persons: number }
  readonly burst: { readonly least: number; readonly times: number; readonly lastDays: number }
  readonly takenBack: { readonly minutes: number; readonly withinDays: number; readonly least: number }
  readonly stopClock: { readonly hours: number; readonly least: number }
}

export const anomalyKinds = ['assisted-share', 'one-phone', 'one-account', 'one-device', 'burst', 'taken-back', 'stop-clock'] as const
export type AnomalyKind = (typeof anomalyKinds)[number]

/** One thing worth a second look, with the dossiers that show it. */
export interface Case {
  readonly kind: AnomalyKind
  /** What it is about inside its kind: a unit, a day, a dossier, an officer. Never personal data. */
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
  /** Of the dossiers, how many were recorded as filed with help. */
  readonly assisted?: number
  /** A device that is an office's own: helping people is what it is for. */
  readonly machine?: { readonly agencyCode: string; readonly name: string | null }
  /** The dossiers that show it; empty: all of the unit's days (a burst), or those filed with help. */
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

/** Units where help with filing is the rule and not the exception: the share itself is enough. */
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

/** Everything that came in under one number, account or device. */
export interface Filer {
  readonly kind: 'one-phone' | 'one-account' | 'one-device'
  readonly about: string
  readonly masked: string
  readonly agencyCode: string
  readonly persons: number
  readonly assisted: number
  readonly machine?: Case['machine']
  readonly dossiers: readonly string[]
}

const personsOf = (kind: Filer['kind'], { onePhone, oneAccount, oneDevice }: Thresholds): number =>
  ({ 'one-phone': onePhone, 'one-account': oneAccount, 'one-device': oneDevice })[kind].persons

/** One number, account or device that filed for many different people: a helper, a shop, a family, or something to ask about. */
export function manyFilers(filers: readonly Filer[], thresholds: Thresholds): Case[] {
  return filers
    .filter(({ kind, persons }) => persons >= personsOf(kind, thresholds))
    .map(({ persons, ...filer }) => ({ ...filer, count: persons, of: filer.dossiers.length }))
}

export interface UnitDay {
  readonly agencyCode: string
  readonly day: Day
  readonly received: number
}

/** The middle of a list, of an even one the greater of the two: the one that makes a burst rarer. 0 of none. */
function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** The last working days of a period with every day off among and after them: what counts as shortly before it closed. */
export function closingDays(
  period: { readonly from: Day; readonly to: Day },
  count: number,
  day: { isWorked(day: Day): boolean; before(day: Day): Day },
): Day[] {
  const found: Day[] = []
  let worked = 0
  for (let at = period.to; at >= period.from && worked < count; at = day.before(at)) {
    found.push(at)
    if (day.isWorked(at)) worked += 1
  }
  return worked < count ? [] : found
}

/**
 * Units that received far more than on their usual day (the middle one of the days on which anything came in) in the last days before a
 * period closed.
 * @param lastDays the days before the close, days off included: online filings come in on those too
 */
export function bursts(days: readonly UnitDay[], lastDays: readonly Day[], { burst }: Thresholds): Case[] {
  const last = new Set(lastDays)
  const byUnit = Map.groupBy(days, ({ agencyCode }) => agencyCode)
  return [...byUnit].flatMap(([agencyCode, own]) => {
    const usual = Math.max(1, median(own.filter(({ day }) => !last.has(day)).map(({ received }) => received)))
    return own
      .filter(({ day, received }) => last.has(day) && received >= burst.least && received >= burst.times * usual)
      .map(({ day, received }): Case => ({ kind: 'burst', about: day, agencyCode, day, count: received, of: usual, dossiers: [] }))
  })
}

/** A due time as it stood before it moved. Milliseconds. */
export interface DueMove {
  readonly at: number
  readonly from: number | null
}

/** When a dossier was due as it stood at a moment: before any move that came later. Null: nothing was promised yet. */
export function dueAsOf(at: number, due: number | null, moves: readonly DueMove[]): number | null {
  const next = moves.find((move) => move.at > at)
  return next ? next.from : due
}

/** Working time between two moments, in milliseconds; 0 when the second is not after the first. */
export type Worked = (from: number, to: number) => number

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Whether something happened before a dossier was due, with at most this much working time left: a weekend does not count. */
const justBefore = (at: number, due: number | null, stretch: number, worked: Worked): boolean =>
  due !== null && at <= due && (due - at <= stretch || worked(at, due) <= stretch)

/** Work that was ended and opened again: when it had ended, and when it was due as it stood then. */
export interface TakenBack {
  readonly dossierId: string
  readonly agencyCode: string
  readonly endedAt: number
  readonly takenBackAt: number
  readonly due: number | null
}

/** Work ended minutes before it was due and opened again soon after, by unit. */
export function takenBack(steps: readonly TakenBack[], { takenBack: { minutes, withinDays, least } }: Thresholds, worked: Worked): Case[] {
  const soon = steps.filter(
    ({ endedAt, takenBackAt, due }) =>
      takenBackAt > endedAt && takenBackAt - endedAt <= withinDays * DAY && justBefore(endedAt, due, minutes * MINUTE, worked),
  )
  return [...Map.groupBy(soon, ({ agencyCode }) => agencyCode)].flatMap(([agencyCode, own]): Case[] => {
    const dossiers = [...new Set(own.map(({ dossierId }) => dossierId))]
    return dossiers.length < least
      ? []
      : [{ kind: 'taken-back', about: 'unit', agencyCode, count: dossiers.length, of: dossiers.length, dossiers }]
  })
}

/** A request for a supplement: by whom, and when the dossier was due as it stood then. */
export interface Asked {
  readonly dossierId: string
  readonly agencyCode: string
  readonly officerId: string
  readonly officer: string
  readonly at: number
  readonly due: number | null
}

/** Officers who asked for supplements in the last working hours before dossiers were due, again and again. */
export function stopClocks(asked: readonly Asked[], { stopClock: { hours, least } }: Thresholds, worked: Worked): Case[] {
  const byOfficer = Map.groupBy(asked, ({ officerId, agencyCode }) => `${officerId} ${agencyCode}`)
  return [...byOfficer.values()].flatMap((all): Case[] => {
    const late = all.filter(({ at, due }) => justBefore(at, due, hours * HOUR, worked))
    const [first] = late
    if (!first || late.length < least) return []
    const { agencyCode, officer, officerId: about } = first
    const dossiers = [...new Set(late.map(({ dossierId }) => dossierId))]
    return [{ kind: 'stop-clock', about, agencyCode, officer, count: late.length, of: all.length, dossiers }]
  })
}
