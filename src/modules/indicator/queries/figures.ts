import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { Channel } from '../../../kernel/events.ts'
import { addTexts, addValues, type Counts, countsOf, zeroValues } from '../rules/counts.ts'
import { type Period, spansOf } from '../rules/period.ts'
import { cutsOf, FEW_AGENCIES, type Group, type Member } from '../rules/units.ts'
import { type Breakdown, type FigureRow, isDetailed, readFigures } from '../store.ts'

export interface FigureQuestion {
  /** Days of reception, both included. */
  readonly period: Period
  /** Lines of the answer. Without groups: one line over everything. */
  readonly groups?: readonly Group[]
  /** Leave out what belongs to no group: a question about few agencies then reads only theirs. */
  readonly onlyGroups?: boolean
  readonly procedureCode?: string | null
  readonly channel?: Channel | null
  /** Break each line down further. */
  readonly by?: Breakdown
}

/** One line: which group (null: counts of agencies that no group of the question contains), which bucket, how many. */
export interface FigureLine {
  readonly group: Group | null
  /** First day of the bucket when a series was asked for. A week begins on Monday. */
  readonly day: Day | null
  readonly procedureCode: string | null
  readonly channel: Channel | null
  readonly counts: Counts
}

/** The group that an agency's dossiers belonged to on a day. */
export function groupFinder(groups: readonly Group[]): (code: string, day: Day) => Group | null {
  const stretches = new Map<string, (Member & { group: Group })[]>()
  for (const group of groups) {
    for (const member of group.members) stretches.set(member.code, [...(stretches.get(member.code) ?? []), { ...member, group }])
  }
  return (code, day) => stretches.get(code)?.find(({ first, last }) => first <= day && day <= last)?.group ?? null
}

/** Sums rows of the statement into lines; pending and folded counts of one line become one. */
function addUp(rows: readonly FigureRow[], groupOf: (row: FigureRow) => Group | null, by: Breakdown): FigureLine[] {
  const lines = new Map<string, { row: FigureRow; group: Group | null; vals: number[] }>()
  for (const row of rows) {
    const group = groupOf(row)
    const place = group ? `${group.key} ${group.validFrom}` : ''
    const key = [place, row.bucket, by.procedure ? row.procedure_code : '', by.channel ? row.channel : ''].join('\u0000')
    let line = lines.get(key)
    if (!line) {
      line = { row, group, vals: zeroValues() }
      lines.set(key, line)
    }
    if (row.vals) addValues(line.vals, row.vals)
    if (row.pending) addTexts(line.vals, row.pending.split(','))
  }
  return [...lines.values()].map(({ row, group, vals }) => ({
    group,
    day: row.bucket,
    procedureCode: by.procedure ? row.procedure_code : null,
    channel: by.channel ? row.channel : null,
    counts: countsOf(vals),
  }))
}

/**
 * Exact counts at this moment, in one statement: what committed before it began is counted, folded or not. Each day's dossiers belong
 * to the group its agency was in on that day. Groups with nothing counted have no line.
 */
export async function readLines(tx: Tx, question: FigureQuestion): Promise<FigureLine[]> {
  const { period, groups, by = {} } = question
  if (period.from > period.to) return []
  const daily = by.series === 'day' || by.series === 'week'
  const cuts = groups ? cutsOf(groups, period) : []
  const { procedureCode = null, channel = null } = question
  const detail = isDetailed(question, by)
  const spans = daily ? [{ grain: 'day' as const, first: period.from, last: period.to }] : spansOf(period, cuts, !detail && !by.series)
  const codes = question.onlyGroups ? new Set(groups?.flatMap(({ members }) => members.map(({ code }) => code))) : undefined
  const agencies = codes && codes.size <= FEW_AGENCIES ? [...codes] : null
  const filter = { period, spans, cuts, procedureCode, channel, agencies }
  const rows = await readFigures(tx, filter, groups !== undefined, by)
  const find = groupFinder(groups ?? [])
  const groupOf = (row: FigureRow): Group | null =>
    row.agency_code === null ? null : find(row.agency_code, cuts[row.segment - 1] ?? period.from)
  const lines = addUp(rows, groupOf, by).sort((a, b) => (a.day ?? '').localeCompare(b.day ?? ''))
  return question.onlyGroups ? lines.filter(({ group }) => group !== null) : lines
}

/** Counts of one group (or of everything) in a period. */
export async function readCounts(tx: Tx, period: Period, group?: Group): Promise<Counts> {
  const lines = await readLines(tx, { period, ...(group ? { groups: [group], onlyGroups: true } : {}) })
  const line = lines.find((one) => (group ? one.group === group : true))
  return line?.counts ?? countsOf([])
}
