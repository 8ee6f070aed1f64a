import type { InternalProcess, ProcessStep } from './process-definition.ts'
import { graphOf } from './process-graph.ts'

/** A step as a box on a grid: `rank` counts along the way, `lane` across it (wide picture), `slot` of `slots` beside it (tall picture). */
export interface PlacedStep {
  readonly step: ProcessStep
  readonly rank: number
  readonly lane: number
  readonly slot: number
  readonly slots: number
}

export interface Layout {
  readonly steps: readonly PlacedStep[]
  readonly ranks: number
  /** Who works in each lane, one key a lane. */
  readonly lanes: readonly string[]
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly back: boolean }[]
}

/** Who and where, as one key: steps of the same people share a lane. */
const laneOf = ({ role, agency }: ProcessStep): string =>
  `${agency.kind}:${agency.kind === 'named' ? agency.agencyCode : agency.kind === 'child' ? agency.part : ''}:${role}`

/** Places every step one rank after the last of those before it, in the lane of who works on it. */
export function layoutOf(process: InternalProcess): Layout {
  const graph = graphOf(process)
  const ranks = new Map<string, number>()
  for (const code of graph.order) ranks.set(code, Math.max(-1, ...(graph.before.get(code) ?? []).map((one) => ranks.get(one) ?? 0)) + 1)
  const ordered = graph.order.flatMap((code) => graph.byCode.get(code) ?? [])
  const lanes = [...new Set(ordered.map(laneOf))]
  const atRank = (rank: number): string[] => graph.order.filter((code) => ranks.get(code) === rank)
  return {
    steps: ordered.map((step) => {
      const rank = ranks.get(step.code) ?? 0
      const beside = atRank(rank)
      return { step, rank, lane: lanes.indexOf(laneOf(step)), slot: beside.indexOf(step.code), slots: beside.length }
    }),
    ranks: Math.max(0, ...ranks.values()) + 1,
    lanes,
    arrows: ordered.flatMap((step) => [
      ...step.next.map((to) => ({ from: step.code, to, back: false })),
      ...(step.back ? [{ from: step.code, to: step.back, back: true }] : []),
    ]),
  }
}

/** A name in lines of at most so many letters; the last line ends with an ellipsis when there is more. */
export function linesOf(text: string, letters: number, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  if (lines.length <= most) return lines
  const shown = lines.slice(0, most)
  return [...shown.slice(0, -1), `${(shown.at(-1) ?? '').slice(0, letters - 1)}…`]
}
