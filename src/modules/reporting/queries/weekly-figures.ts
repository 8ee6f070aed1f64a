import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import {
  byAgency,
  type Counts,
  type Group,
  noCounts,
  type Period,
  type RateCode,
  ratesOn,
  readLines,
  type Tier,
  type UnitVersion,
} from '../../indicator/index.ts'
import { compareCodes, type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import type { KnownAim, ReadAims } from '../aims.ts'
import { addShares, noShare, type Share } from '../rules/share.ts'
import { type Cell, type Line, type UnitLine, type WeeklyRate, type WeeklyReport, weeklyRates } from '../rules/weekly.ts'

const tierNames: Readonly<Record<Tier, string>> = { province: 'Cấp tỉnh', district: 'Cấp huyện', commune: 'Cấp xã' }
const tierOrder: readonly Tier[] = ['province', 'district', 'commune']

/** Counts as they stood in the frozen report before, by line. */
export type Before = (line: { readonly key: string; readonly validFrom: Day | null }, rate: WeeklyRate) => Share | null

interface Asked {
  readonly period: Period
  readonly tiers: readonly Tier[]
  readonly silentDays: number
  /** The week's own figures count all its seven days, also those before the period. */
  readonly wholeWeek: boolean
  /** Undefined: the log's days until a week ago are counted; null: nothing to compare with. */
  readonly before: Before | undefined | null
}

interface Counted {
  readonly now: Counts
  readonly before: Counts | null
  readonly week: Counts
}

const place = (group: Pick<Group, 'key' | 'validFrom'>): string => `${group.key} ${group.validFrom}`

/** Tier by tier, in the order of codes. */
const inOrder = (a: UnitVersion, b: UnitVersion): number =>
  tierOrder.indexOf(a.tier) - tierOrder.indexOf(b.tier) || compareCodes(a.code, b.code) || (a.validFrom < b.validFrom ? -1 : 1)

/** What every unit, tier and the province did: exact at this moment, each dossier under the unit of its own day of reception. */
export async function readWeekly(
  tx: Tx,
  directory: OrganisationDirectory,
  readAims: ReadAims,
  asked: Asked,
): Promise<{ lines: Line[]; units: UnitLine[] }> {
  const { period } = asked
  const weekFrom = addDays(period.to, -6)
  // Where a year, quarter or month begins within the week, the week reaches back into the one that ended; a campaign has no days before it.
  const week7 = { from: asked.wholeWeek || weekFrom >= period.from ? weekFrom : period.from, to: period.to }
  const all = { from: week7.from < period.from ? week7.from : period.from, to: period.to }
  const versions = unitsDuring(directory, all)
    .filter(({ tier }) => asked.tiers.length === 0 || asked.tiers.includes(tier))
    .sort(inOrder)
  const groups = byAgency(versions, all)
  const read = async (days: Period): Promise<Map<string, Counts>> => {
    const lines = await readLines(tx, { period: days, groups: byAgency(versions, days) })
    return new Map(lines.flatMap(({ group, counts }) => (group ? [[place(group), counts] as const] : [])))
  }
  const weekAgo = addDays(period.to, -7)
  const now = await read(period)
  const week = await read(week7)
  const before = asked.before === undefined && weekAgo >= period.from ? await read({ from: period.from, to: weekAgo }) : null
  const last = await lastDays(tx, versions, period, asked.silentDays + 30)

  const rates = ratesOn(period.to)
  const shareOf = (counts: Counts, code: RateCode): Share => {
    const rate = rates.find((one) => one.code === code)
    return rate ? { n: counts[rate.numerator], d: counts[rate.denominator] } : noShare
  }
  const aims = await readAims(tx, period.to)
  const cellsOf = (
    line: { key: string; validFrom: Day | null },
    whose: Parameters<typeof aims>[1],
    counted: readonly Counted[],
  ): Line['cells'] =>
    Object.fromEntries(
      weeklyRates.map((rate): [WeeklyRate, Cell] => {
        const sum = (pick: (one: Counted) => Counts | null): Share =>
          counted.reduce((total, one) => addShares(total, shareOf(pick(one) ?? noCounts, rate)), noShare)
        const share = sum((one) => one.now)
        const aim = aims(rate, whose)
        const earlier = asked.before ? asked.before(line, rate) : before ? sum((one) => one.before) : null
        return [
          rate,
          {
            now: share,
            before: earlier,
            week: sum((one) => one.week),
            ...gapsOf(aim, share),
          },
        ]
      }),
    ) as Record<WeeklyRate, Cell>
  const received = (counted: readonly Counted[]): Line['received'] => ({
    now: counted.reduce((sum, one) => sum + one.now.received, 0),
    week: counted.reduce((sum, one) => sum + one.week.received, 0),
  })

  const counted = groups.flatMap((group) => {
    if (group.tier === null || group.validFrom === null) return []
    const of = (all: Map<string, Counts> | null): Counts | undefined => all?.get(place(group))
    const counts: Counted = { now: of(now) ?? noCounts, before: before && (of(before) ?? noCounts), week: of(week) ?? noCounts }
    return [{ group, tier: group.tier, validFrom: group.validFrom, counts }]
  })
  const units = counted.map(({ group, tier, validFrom, counts }): UnitLine => {
    const until = versions.find((one) => one.code === group.key && one.validFrom === validFrom)?.validTo ?? null
    return {
      key: group.key,
      name: group.name,
      tier,
      validFrom,
      until: until !== null && until < period.to ? until : null,
      lastReceived: last.get(place(group)) ?? null,
      received: received([counts]),
      cells: cellsOf(group, { code: group.key, validFrom, tier }, [counts]),
    }
  })
  const lineOf = (key: string, name: string, tier: Tier | null): Line => {
    const ours = counted.filter((one) => tier === null || one.tier === tier).map(({ counts }) => counts)
    return { key, name, tier, received: received(ours), cells: cellsOf({ key, validFrom: null }, tier && { tier }, ours) }
  }
  const present = tierOrder.filter((tier) => counted.some((one) => one.tier === tier))
  const total = asked.tiers.length === 1 ? [] : [lineOf('total', asked.tiers.length === 0 ? 'Toàn tỉnh' : 'Cộng các cấp', null)]
  return { lines: [...total, ...present.map((tier) => lineOf(tier, tierNames[tier], tier))], units }
}

/** How far a share is from its aim; nothing to measure by is no gap. */
function gapsOf(aim: KnownAim | undefined, share: Share): Pick<Cell, 'aim' | 'gap' | 'ahead'> {
  if (!aim) return { aim: null, gap: null }
  const gap = share.d > 0 ? aim.gapOf(share) : null
  const { value, source, threshold } = aim
  return { aim: { value, source, ...(threshold ? { threshold } : {}) }, gap, ...(gap ? { ahead: aim.aheadOf?.(share) } : {}) }
}

/** What a period that is over came to, all units of the tiers together. */
export async function readEnded(
  tx: Tx,
  directory: OrganisationDirectory,
  period: Period,
  tiers: readonly Tier[],
): Promise<NonNullable<WeeklyReport['ended']>> {
  const versions = unitsDuring(directory, period).filter(({ tier }) => tiers.length === 0 || tiers.includes(tier))
  const lines = await readLines(tx, { period, groups: byAgency(versions, period) })
  const ours = lines.flatMap(({ group, counts }) => (group ? [counts] : []))
  const rates = ratesOn(period.to)
  const shareOf = (code: WeeklyRate): Share => {
    const rate = rates.find((one) => one.code === code)
    return rate ? ours.reduce((sum, one) => addShares(sum, { n: one[rate.numerator], d: one[rate.denominator] }), noShare) : noShare
  }
  return {
    ...period,
    received: ours.reduce((sum, one) => sum + one.received, 0),
    shares: Object.fromEntries(weeklyRates.map((code) => [code, shareOf(code)])) as NonNullable<WeeklyReport['ended']>['shares'],
  }
}

/** The last day on which each unit received anything, looking so many days back. */
async function lastDays(tx: Tx, versions: readonly UnitVersion[], { to }: Period, back: number): Promise<Map<string, Day>> {
  const days = { from: addDays(to, -back), to }
  const lines = await readLines(tx, { period: days, groups: byAgency(versions, days), by: { series: 'day' } })
  const last = new Map<string, Day>()
  for (const { group, day, counts } of lines) {
    if (group && day && counts.received > 0 && (last.get(place(group)) ?? '') < day) last.set(place(group), day)
  }
  return last
}
