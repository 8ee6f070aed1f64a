/** What a line needs to know of a ticket. Times in milliseconds. */
export interface InLine {
  readonly id: string
  readonly category: string
  readonly priority: boolean
  readonly linedAt: number
  /** Breaks a tie: two who came in the same millisecond are called as their numbers say. */
  readonly number: number
}

/**
 * Whether a point's next call goes to people with priority first: not after `inRow` of them in a row. So whoever has none is called
 * within `inRow + 1` calls a place in the line, however many with priority come.
 */
export const prefersPriority = (run: number, inRow: number): boolean => run < inRow

/** How many people with priority a point has now called in a row. */
export const nextRun = (run: number, priority: boolean): number => (priority ? run + 1 : 0)

const earlier = (a: InLine, b: InLine): number => a.linedAt - b.linedAt || a.number - b.number || (a.id < b.id ? -1 : 1)

/** The line in the order in which one point would call it, if nobody else came. The database's `pickNext` takes its first. */
export function callingOrder(line: readonly InLine[], letters: readonly string[], run: number, inRow: number): InLine[] {
  const mine = line.filter(({ category }) => letters.includes(category)).sort(earlier)
  const [first, others] = [mine.filter(({ priority }) => priority), mine.filter(({ priority }) => !priority)]
  const order: InLine[] = []
  let inARow = run
  while (first.length > 0 || others.length > 0) {
    const queue = (prefersPriority(inARow, inRow) ? first.length > 0 : others.length === 0) ? first : others
    const next = queue.shift()
    if (!next) continue
    inARow = nextRun(inARow, next.priority)
    order.push(next)
  }
  return order
}

export interface OpenPoint {
  readonly letters: readonly string[]
  readonly run: number
}

export interface Estimate {
  /** People who are called before. */
  readonly before: number
  /** Points that serve this category now. */
  readonly points: number
  /** Whole minutes, rounded up; null while no point is open. */
  readonly minutes: number | null
}

/**
 * How long a ticket still waits: the points that are open take people in turn, each as long as one usually takes.
 * @param perPersonMs what one person usually takes, in milliseconds
 */
export function estimate(line: readonly InLine[], id: string, points: readonly OpenPoint[], inRow: number, perPersonMs: number): Estimate {
  const me = line.find((one) => one.id === id)
  const mine = me ? points.filter(({ letters }) => letters.includes(me.category)) : []
  if (!me || mine.length === 0) {
    const ahead = me ? callingOrder(line, [me.category], 0, inRow).findIndex((one) => one.id === id) : 0
    return { before: Math.max(0, ahead), points: 0, minutes: null }
  }
  // The points go round, each calling by its own rule, until it is this ticket's turn.
  let left = [...line]
  const runs = mine.map(({ run }) => run)
  for (let before = 0; ; before += 1) {
    const at = before % mine.length
    const next = callingOrder(left, mine[at]?.letters ?? [], runs[at] ?? 0, inRow)[0]
    if (!next || next.id === id) {
      const minutes = Math.ceil(((before + 1) * perPersonMs) / mine.length / 60_000)
      return { before, points: mine.length, minutes }
    }
    runs[at] = nextRun(runs[at] ?? 0, next.priority)
    left = left.filter((one) => one !== next)
  }
}
