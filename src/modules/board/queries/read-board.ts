import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { byAgency, type Counts, type FigureLine, type Group, type Period, readLines, type Tier } from '../../indicator/index.ts'
import { type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import { type BoardQuestion, heatPeriod, weekBefore } from '../rules/question.ts'
import { type Standing, sumCounts } from '../rules/standing.ts'
import type { KeptFigures } from './kept-figures.ts'

export interface UnitStanding extends Standing {
  readonly tier: Tier
  /** With `key` it names one place: the same code can be another place later. */
  readonly validFrom: Day
}

/** Everything a board shows, counted at one moment. */
export interface BoardView {
  readonly question: BoardQuestion
  /** The whole province, or the chosen tier. */
  readonly total: Counts
  /** The same a week ago; undefined when there was no such time. */
  readonly weekAgo: Counts | undefined
  readonly tiers: readonly (Standing & { readonly tier: Tier })[]
  readonly units: readonly UnitStanding[]
  /** Counts by month (or by week, for a short period) of the whole or the chosen tier. */
  readonly trend: readonly { readonly day: Day; readonly counts: Counts }[]
  readonly trendBy: 'month' | 'week'
  /** Units × weeks of the last twelve weeks. */
  readonly weeks: readonly Day[]
  readonly heat: ReadonlyMap<string, ReadonlyMap<Day, Counts>>
}

const tierNames: Readonly<Record<Tier, string>> = { province: 'Cấp tỉnh', district: 'Cấp huyện', commune: 'Cấp xã' }
const tierOrder: readonly Tier[] = ['province', 'district', 'commune']

const keyOf = (group: Pick<Group, 'key' | 'validFrom'>): string => `${group.key} ${group.validFrom}`

const ofTier = (lines: readonly FigureLine[], tier: Tier | null): FigureLine[] =>
  lines.filter((line) => line.group !== null && (tier === null || line.group.tier === tier))

async function readUnits(tx: Tx, directory: OrganisationDirectory, period: Period, by: { series?: 'week' | 'month' } = {}) {
  return readLines(tx, { period, groups: byAgency(unitsDuring(directory, period), period), by })
}

function seriesOf(lines: readonly FigureLine[]): { day: Day; counts: Counts }[] {
  const days = new Map<Day, Counts[]>()
  for (const line of lines) if (line.day) days.set(line.day, [...(days.get(line.day) ?? []), line.counts])
  return [...days].map(([day, counts]) => ({ day, counts: sumCounts(counts) })).sort((a, b) => a.day.localeCompare(b.day))
}

/** What every board of the same days is made of, whichever tier and rate it looks at. */
export interface BoardFigures {
  readonly groups: readonly Group[]
  /** Of the days together; a unit may have several, to be added up. */
  readonly lines: readonly FigureLine[]
  readonly earlier: readonly FigureLine[] | undefined
  readonly weekly: readonly FigureLine[]
  readonly trend: readonly FigureLine[]
  readonly trendBy: 'month' | 'week'
}

/** Reads the figures of some days. Every count comes from cells and pending deltas together, so it is exact at this moment. */
export async function readBoardFigures(
  tx: Tx,
  directory: OrganisationDirectory,
  period: Pick<BoardQuestion, 'from' | 'to'>,
  today: Day,
): Promise<BoardFigures> {
  const before = weekBefore(period, today)
  const trendBy = trendOf(period)
  const lines = await readUnits(tx, directory, period)
  const earlier = before && (await readUnits(tx, directory, before))
  const weekly = await readUnits(tx, directory, heatPeriod(period, today), { series: 'week' })
  const trend = trendBy === 'week' ? weekly : await readUnits(tx, directory, period, { series: 'month' })
  return { groups: byAgency(unitsDuring(directory, period), period), lines, earlier, weekly, trend, trendBy }
}

/** The same for a board that is read at every change: of the figures only the weeks and months that changed. */
export async function readKeptFigures(
  tx: Tx,
  kept: KeptFigures,
  directory: OrganisationDirectory,
  period: Pick<BoardQuestion, 'from' | 'to'>,
  today: Day,
): Promise<BoardFigures> {
  const before = weekBefore(period, today)
  const trendBy = trendOf(period)
  const lines = await kept.lines(tx, directory, period, 'month')
  const earlier = before && (await kept.lines(tx, directory, before, 'month'))
  const weekly = await kept.lines(tx, directory, heatPeriod(period, today), 'week')
  return {
    groups: byAgency(unitsDuring(directory, period), period),
    lines,
    earlier,
    weekly,
    trend: trendBy === 'week' ? weekly : lines,
    trendBy,
  }
}

const trendOf = (period: Pick<BoardQuestion, 'from' | 'to'>): 'month' | 'week' =>
  period.to.slice(0, 7) === period.from.slice(0, 7) ? 'week' : 'month'

/** Reads a board. */
export const readBoard = async (tx: Tx, directory: OrganisationDirectory, question: BoardQuestion, today: Day): Promise<BoardView> =>
  boardOf(await readBoardFigures(tx, directory, question, today), question)

/** What a board shows of the figures of its days. */
export function boardOf({ groups, lines, earlier, weekly, trend, trendBy }: BoardFigures, question: BoardQuestion): BoardView {
  const counted = new Map(
    [...Map.groupBy(lines, ({ group }) => group && keyOf(group))].map(([key, parts]) => [
      key,
      sumCounts(parts.map(({ counts }) => counts)),
    ]),
  )
  const units = groups.flatMap((group): UnitStanding[] => {
    const counts = counted.get(keyOf(group))
    // A unit without a single dossier in the period has no rate to show: it is no row, not a zero.
    if (!counts || group.tier === null || group.validFrom === null) return []
    return [{ key: group.key, name: group.name, tier: group.tier, validFrom: group.validFrom, counts }]
  })

  const cells = new Map<string, Map<Day, Counts>>()
  for (const line of weekly) {
    if (!line.group || !line.day) continue
    const row = cells.get(line.group.key) ?? new Map<Day, Counts>()
    row.set(line.day, row.has(line.day) ? sumCounts([row.get(line.day) as Counts, line.counts]) : line.counts)
    cells.set(line.group.key, row)
  }

  const present = tierOrder.filter((tier) => groups.some((group) => group.tier === tier))
  return {
    question,
    total: sumCounts(ofTier(lines, question.tier).map((line) => line.counts)),
    weekAgo: earlier && sumCounts(ofTier(earlier, question.tier).map((line) => line.counts)),
    tiers: present.map((tier) => ({
      key: tier,
      tier,
      name: tierNames[tier],
      counts: sumCounts(ofTier(lines, tier).map((line) => line.counts)),
    })),
    units: question.tier === null ? units : units.filter((unit) => unit.tier === question.tier),
    trend: seriesOf(ofTier(trend, question.tier)),
    trendBy,
    weeks: [...new Set(weekly.flatMap((line) => (line.day ? [line.day] : [])))].sort(),
    heat: cells,
  }
}
