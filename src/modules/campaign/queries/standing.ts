import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { loadCalendar, workingDaysBetween } from '../../calendar/index.ts'
import { byAgency, type Counts, measures, noCounts, type Period, type Rate, ratesOn, readLines } from '../../indicator/index.ts'
import { type Agency, type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import { emulation } from '../rules/emulation.ts'
import { type Forecast, forecast, type Light, lightOf } from '../rules/forecast.ts'
import { type Attained, attain, isAtZero, type Mover, metAll, movers } from '../rules/standing.ts'
import { type Share, type Target, type Tier, targetFor } from '../rules/target.ts'
import type { Campaign, StoredTarget } from '../store.ts'

/** Where one aim stands: counts against the target, where it will end, and what a light says about it. */
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
  /** One for each aim that the unit has a target for, in the campaign's order. */
  readonly attained: readonly AimStanding[]
  /** Shares a week earlier, by aim. */
  readonly weekAgo: ReadonlyMap<string, Share>
  readonly metAll: boolean
}

export interface TierPlace {
  readonly tier: Tier
  readonly attained: readonly AimStanding[]
  readonly units: number
  readonly met: number
  /** Units that received no dossier in the campaign: neither met nor missed. */
  readonly idle: number
}

/** A campaign as it stands at one moment, all from exact counts. */
export interface CampaignStanding {
  readonly campaign: Campaign
  /** The last day counted: today, or the campaign's own last day. */
  readonly asOf: Day
  /** Civil days until the end, 0 on the last day; negative: over. */
  readonly daysLeft: number
  readonly workingDaysLeft: number
  readonly started: boolean
  readonly rates: readonly Rate[]
  readonly tiers: readonly TierPlace[]
  readonly units: readonly UnitPlace[]
  readonly praise: readonly UnitPlace[]
  readonly late: readonly UnitPlace[]
  /** By aim: units that had dossiers and not one of them good. */
  readonly atZero: ReadonlyMap<string, readonly UnitPlace[]>
  readonly movers: ReadonlyMap<string, readonly Mover<UnitPlace>[]>
}

/** What the coming days are expected to be like: the last two weeks. */
const LATELY_DAYS = 14
const tierOrder: readonly Tier[] = ['province', 'district', 'commune']

const add = (a: Counts, b: Counts): Counts => Object.fromEntries(measures.map(({ code }) => [code, a[code] + b[code]])) as unknown as Counts
const shareIn = (counts: Counts | undefined, rate: Rate): Share => ({
  numerator: counts?.[rate.numerator] ?? 0,
  denominator: counts?.[rate.denominator] ?? 0,
})
const span = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
const later = (a: Day, b: Day): Day => (a > b ? a : b)
const keyOf = (unit: { code: string; validFrom: Day }): string => `${unit.code} ${unit.validFrom}`

/** A people's committee or department below the province's own: who resolves dossiers and can be asked for a rate. */
const resolves = (agency: Agency): boolean =>
  agency.parentCode !== null && (agency.kind === 'people_committee' || agency.kind === 'department')

/** The units that take part, as they stand on a day. */
export function participants(campaign: Campaign, targets: readonly Target[], directory: OrganisationDirectory, day: Day): Agency[] {
  const named = new Set(campaign.units)
  const tiers = new Set(targets.flatMap(({ scope }) => (scope.kind === 'tier' ? [scope.tier] : scope.kind === 'all' ? tierOrder : [])))
  return directory.list(day).filter((agency) => (named.size > 0 ? named.has(agency.code) : resolves(agency) && tiers.has(agency.tier)))
}

/**
 * Reads how a campaign stands on `today`: counts of its own days, each dossier for the unit of its day; forecasts from the last two weeks.
 * `only` narrows to one unit and reads its rows alone. A unit that ended during the campaign has its figures in the tier's, not a row.
 */
export async function readStanding(
  tx: Tx,
  directory: OrganisationDirectory,
  campaign: Campaign,
  targets: readonly StoredTarget[],
  today: Day,
  only?: string,
): Promise<CampaignStanding> {
  const asOf = today < campaign.ends ? today : campaign.ends
  const started = campaign.begins <= today
  const period: Period = { from: campaign.begins, to: asOf }
  const latelyFrom = later(campaign.begins, addDays(asOf, 1 - LATELY_DAYS))
  const part = participants(campaign, targets, directory, started ? asOf : campaign.begins)
  const tiersIn = tierOrder.filter((tier) => part.some((unit) => unit.tier === tier))

  const counts = async (from: Day, to: Day): Promise<{ units: Map<string, Counts>; tiers: Map<Tier, Counts> }> => {
    const [units, tiers] = [new Map<string, Counts>(), new Map<Tier, Counts>()]
    if (from > to) return { units, tiers }
    const versions = unitsDuring(directory, { from, to }).filter((unit) => only === undefined || unit.code === only)
    const groups = byAgency(versions, { from, to })
    for (const { group, counts: counted } of await readLines(tx, { period: { from, to }, groups, onlyGroups: true })) {
      if (!group?.validFrom || group.tier === null) continue
      units.set(keyOf({ code: group.key, validFrom: group.validFrom }), counted)
      if (campaign.units.length > 0 && !campaign.units.includes(group.key)) continue
      tiers.set(group.tier, add(tiers.get(group.tier) ?? noCounts, counted))
    }
    return { units, tiers }
  }
  const [soFar, lately, before] = [
    await counts(period.from, period.to),
    await counts(latelyFrom, asOf),
    await counts(period.from, addDays(asOf, -7)),
  ]
  const calendar = await loadCalendar(tx)
  // The day itself is neither over nor ahead: what it still brings is in the coming days' favour.
  const workingDaysLeft = started && asOf < campaign.ends ? workingDaysBetween(asOf, campaign.ends, calendar) : 0
  const latelyDays = Math.max(1, workingDaysBetween(addDays(latelyFrom, -1), asOf, calendar))

  const own = ratesOn(asOf)
  const rates = campaign.aims.flatMap((code) => own.find((rate) => rate.code === code) ?? [])
  const place = (unit: { code: string; validFrom: Day; tier: Tier }, now?: Counts, recent?: Counts): AimStanding[] =>
    rates.flatMap((rate): AimStanding[] => {
      const target = targetFor(targets, { kind: 'rate', code: rate.code }, unit, asOf)
      if (!target) return []
      const share = shareIn(now, rate)
      const course = { soFar: share, lately: { ...shareIn(recent, rate), days: latelyDays }, daysLeft: workingDaysLeft }
      return [{ ...attain(target, share), aim: rate.code, forecast: forecast(target, course), light: lightOf(target, course) }]
    })

  const units = part
    .filter(({ code }) => only === undefined || code === only)
    .map((unit): UnitPlace => {
      const key = keyOf(unit)
      const attained = place(unit, soFar.units.get(key), lately.units.get(key))
      const weekAgo = new Map(rates.map((rate) => [rate.code, shareIn(before.units.get(key), rate)] as const))
      const { code, shortName: name, name: fullName, tier, validFrom } = unit
      return { code, name, fullName, tier, validFrom, attained, weekAgo, metAll: metAll(attained) }
    })
  const { praise, late } = emulation(units)
  const aimOf = (unit: UnitPlace, code: string): AimStanding | undefined => unit.attained.find(({ aim }) => aim === code)
  return {
    campaign,
    asOf,
    daysLeft: span(today, campaign.ends),
    workingDaysLeft,
    started,
    rates,
    tiers: tiersIn.map((tier) => {
      const members = units.filter((unit) => unit.tier === tier)
      return {
        tier,
        attained: place({ code: '', validFrom: '', tier }, soFar.tiers.get(tier), lately.tiers.get(tier)),
        units: members.length,
        met: members.filter((unit) => unit.metAll).length,
        idle: members.filter(({ attained }) => attained.every(({ met }) => met === null)).length,
      }
    }),
    units,
    praise,
    late,
    atZero: new Map(rates.map(({ code }) => [code, units.filter((unit) => aimOf(unit, code) && isAtZero(aimOf(unit, code) as Attained))])),
    movers: new Map(
      rates.map(({ code }) => [
        code,
        movers(
          units.map((unit) => ({
            unit,
            before: unit.weekAgo.get(code) ?? { numerator: 0, denominator: 0 },
            now: aimOf(unit, code)?.share ?? { numerator: 0, denominator: 0 },
          })),
        ),
      ]),
    ),
  }
}
