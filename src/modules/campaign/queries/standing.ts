import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Snapshot } from '../../../kernel/database/index.ts'
import { type Period, type Rate, ratesOn } from '../../indicator/index.ts'
import { type Agency, keyText, type OrganisationDirectory, predecessors } from '../../organisation/index.ts'
import { emulation } from '../rules/emulation.ts'
import { type Course, type Forecast, forecast, type Light, lightOf } from '../rules/forecast.ts'
import { type Attained, attain, isAtZero, type Mover, metAll, movers } from '../rules/standing.ts'
import { type Aimed, aimOf, type Share, type Target, type Tier, targetFor } from '../rules/target.ts'
import type { Campaign, StoredTarget } from '../store.ts'
import { readCourses, type Whose } from './courses.ts'
import { type GoneUnit, goneUnits, type Origin, originOf } from './gone-units.ts'
import { type ReadScore, readScores, type SchemeName, type ScoreStanding } from './scores.ts'

/** Where one rate stands: counts against the target, where it will end, and what a light says about it. */
export interface AimStanding extends Attained {
  readonly aim: string
  readonly forecast: Forecast
  readonly light: Light
}

export interface UnitPlace {
  readonly code: string
  readonly name: string
  /** As it stands on paper. */
  readonly fullName: string
  readonly tier: Tier
  readonly validFrom: Day
  /** One for each rate that the unit has a target for, in the campaign's order. */
  readonly attained: readonly AimStanding[]
  /** One for each score that the unit has a target for. */
  readonly scores: readonly ScoreStanding[]
  /** Shares a week earlier, by rate. */
  readonly weekAgo: ReadonlyMap<string, Share>
  readonly metAll: boolean
  /** What it came from during the campaign. */
  readonly origin: Origin | undefined
}

export interface TierPlace {
  readonly tier: Tier
  readonly attained: readonly AimStanding[]
  readonly units: number
  readonly met: number
  /** Units that received no dossier in the campaign: neither met nor missed. */
  readonly idle: number
  /** By rate: the unit that stands highest. */
  readonly best: ReadonlyMap<string, UnitPlace>
}

/** A campaign as it stands at one moment, all from exact counts. */
export interface CampaignStanding {
  readonly campaign: Campaign
  /** The last day counted: today, as far as it has come, or the campaign's own last day. */
  readonly asOf: Day
  /** The moment it was read at. */
  readonly at: Temporal.Instant
  /** Civil days until the end, 0 on the last day; negative: over. */
  readonly daysLeft: number
  /** Null: beyond the years whose holidays are known. */
  readonly workingDaysLeft: number | null
  readonly started: boolean
  readonly rates: readonly Rate[]
  /** The schemes whose score is aimed at. */
  readonly schemes: readonly SchemeName[]
  readonly tiers: readonly TierPlace[]
  readonly units: readonly UnitPlace[]
  /** Units that ended during the campaign: merged, split, dissolved. */
  readonly gone: readonly GoneUnit[]
  readonly praise: readonly UnitPlace[]
  readonly late: readonly UnitPlace[]
  /** By rate: units that had dossiers and not one of them good. */
  readonly atZero: ReadonlyMap<string, readonly UnitPlace[]>
  readonly movers: ReadonlyMap<string, readonly Mover<UnitPlace>[]>
}

const tierOrder: readonly Tier[] = ['province', 'district', 'commune']

const span = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
const earlier = (a: Day, b: Day): Day => (a < b ? a : b)

const shareFor = ({ attained }: UnitPlace, code: string): Share | undefined => attained.find(({ aim }) => aim === code)?.share

/** The unit whose rate is highest; of two with the same one, the one with more dossiers. */
function best(units: readonly UnitPlace[], code: string): [string, UnitPlace][] {
  const counted = units.flatMap((unit) => {
    const share = shareFor(unit, code)
    return share && share.denominator > 0 ? [{ unit, share }] : []
  })
  const [first] = counted.sort(
    (a, b) =>
      b.share.numerator * a.share.denominator - a.share.numerator * b.share.denominator || b.share.denominator - a.share.denominator,
  )
  return first ? [[code, first.unit]] : []
}

/** A people's committee or department below the province's own: who resolves dossiers and can be asked for a rate. */
const resolves = (agency: Agency): boolean =>
  agency.parentCode !== null && (agency.kind === 'people_committee' || agency.kind === 'department')

/** Whether a unit takes part: it is named, or its tier has a target. */
function takesPart(campaign: Campaign, targets: readonly Target[]): (agency: Agency) => boolean {
  const named = new Set(campaign.units)
  const tiers = new Set(targets.flatMap(({ scope }) => (scope.kind === 'tier' ? [scope.tier] : scope.kind === 'all' ? tierOrder : [])))
  const own = new Set(targets.flatMap(({ scope }) => (scope.kind === 'unit' ? [keyText(scope)] : [])))
  return (agency) => {
    if (named.size > 0) return named.has(keyText(agency))
    return own.has(keyText(agency)) || (resolves(agency) && tiers.has(agency.tier))
  }
}

/** The last day that counts: a campaign that was cancelled stands as it stood on that day. */
const lastDayOf = ({ ends, cancelledOn }: Campaign): Day => (cancelledOn === null ? ends : earlier(ends, cancelledOn))

/** A rate's course against a target. */
export const aimStanding = (target: Target, course: Course): AimStanding => ({
  ...attain(target, course.soFar),
  aim: target.aim.code,
  forecast: forecast(target, course),
  light: lightOf(target, course),
})

interface Look {
  readonly today: Day
  /** The moment it is read at: what is open and late by now counts in a score. */
  readonly now: Temporal.Instant
  /** Narrows to one unit and reads its rows alone. */
  readonly only?: string | undefined
}

/**
 * Reads how a campaign stands on `today`: counts of its own days, each dossier for the unit of its day; forecasts from the last two weeks.
 * A unit that ended during the campaign has its figures in its tier's and stands among `gone`.
 */
export async function readStanding(
  tx: Snapshot,
  directory: OrganisationDirectory,
  campaign: Campaign,
  targets: readonly StoredTarget[],
  { today, now, only }: Look,
): Promise<CampaignStanding> {
  const lastDay = lastDayOf(campaign)
  const takes = takesPart(campaign, targets)
  const part = directory.list(campaign.begins <= today ? earlier(today, lastDay) : campaign.begins).filter(takes)
  const tiersIn = tierOrder.filter((tier) => part.some((unit) => unit.tier === tier))
  // A unit alone is read with those it came from.
  const codes = only === undefined ? undefined : new Set([only])
  for (const unit of part.filter(({ code, validFrom }) => code === only && validFrom > campaign.begins))
    for (const { key } of predecessors(unit, directory.lineage, unit.validFrom)) codes?.add(key.code)
  // A tier's rate is that of all its units; of units chosen by name only these are counted.
  const counts = campaign.units.length > 0 ? takes : () => true
  const courses = await readCourses(tx, directory, { begins: campaign.begins, ends: lastDay, today, counts, codes })
  const { asOf, started } = courses
  const period: Period = { from: campaign.begins, to: asOf }
  const ended = courses.versions.filter((unit) => unit.validTo !== null && unit.validTo < asOf && takes(unit))

  const own = ratesOn(asOf)
  const rates = campaign.aims.flatMap((code) => own.find((rate) => rate.code === code) ?? [])
  const place = (whose: Whose, unit: Aimed): AimStanding[] =>
    rates.flatMap((rate): AimStanding[] => {
      const target = targetFor(targets, { kind: 'rate', code: rate.code }, unit, asOf)
      return target ? [aimStanding(target, courses.of(whose, rate))] : []
    })

  const shareOf = (unit: { code: string; validFrom: Day }, aim: string): Share => {
    const rate = rates.find(({ code }) => code === aim)
    return rate ? courses.of(unit, rate).soFar : { numerator: 0, denominator: 0 }
  }
  const aims = rates.map(({ code }) => code)
  const shown = part.filter(({ code }) => only === undefined || code === only)
  const scoreAims = campaign.aims.map(aimOf).filter(({ kind }) => kind === 'score')
  const scored =
    started && scoreAims.length > 0 ? await readScores(tx, directory, { period, schemes: scoreAims, units: shown, now }) : undefined
  const scoresOf: ReadScore = (unit, over) =>
    scoreAims.flatMap((aim) => {
      const target = targetFor(targets, aim, unit, asOf)
      return target && scored ? scored.against(unit, aim, target, over) : []
    })

  const units = shown.map((unit): UnitPlace => {
    const attained = place(unit, unit)
    const scores = scoresOf(unit, today > lastDay)
    const weekAgo = new Map(rates.map((rate) => [rate.code, courses.weekAgo(unit, rate)] as const))
    const { code, shortName: name, name: fullName, tier, validFrom } = unit
    return {
      ...{ code, name, fullName, tier, validFrom, attained, scores, weekAgo },
      metAll: metAll([...attained, ...scores]) && scores.every(({ light }) => light !== 'unclear'),
      origin: originOf(directory, unit, campaign.begins, aims, shareOf),
    }
  })
  const { praise, late } = emulation(units)
  return {
    campaign,
    asOf,
    at: now,
    daysLeft: span(today, lastDay),
    workingDaysLeft: courses.workingDaysLeft,
    started,
    rates,
    schemes: scored?.schemes ?? [],
    tiers: tiersIn.map((tier) => {
      const members = units.filter((unit) => unit.tier === tier)
      return {
        tier,
        attained: place(tier, { code: '', validFrom: '', tier }),
        units: members.length,
        met: members.filter((unit) => unit.metAll).length,
        idle: members.filter(({ attained, scores }) => [...attained, ...scores].every(({ light }) => light === 'nothing')).length,
        best: new Map(rates.flatMap(({ code }) => best(members, code))),
      }
    }),
    units,
    gone: only === undefined ? goneUnits(directory, ended, asOf, aims, shareOf, new Set(part.map(keyText))) : [],
    praise,
    late,
    atZero: new Map(
      rates.map(({ code }) => [code, units.filter(({ attained }) => attained.some((one) => one.aim === code && isAtZero(one)))]),
    ),
    movers: new Map(
      rates.map(({ code }) => [
        code,
        movers(
          units.map((unit) => ({
            unit,
            before: unit.weekAgo.get(code) ?? { numerator: 0, denominator: 0 },
            now: shareFor(unit, code) ?? { numerator: 0, denominator: 0 },
          })),
        ),
      ]),
    ),
  }
}
