/** One side of a comparison: does `units` of work and says how many it did in how long. */
export interface Side {
  readonly name: string
  /** Runs once for about `seconds`; returns work done per second. */
  run(seconds: number): Promise<number>
}

export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

export interface Comparison {
  readonly a: Spread
  readonly b: Spread
  /** Of a to b, round by round: what both did in the same minute, so that a slow minute cancels out. */
  readonly ratio: Spread
  readonly rounds: number
}

/** Median, and the lowest and highest seen. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((x, y) => x - y)
  const middle = sorted.length >> 1
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2
  return { median, low: at(0), high: at(sorted.length - 1) }
}

/** Runs two sides in turn (A,B,B,A,A,B …), after one round that does not count. */
export async function compare(a: Side, b: Side, options: { rounds?: number; seconds?: number } = {}): Promise<Comparison> {
  const rounds = options.rounds ?? 5
  const seconds = options.seconds ?? 3
  await a.run(Math.min(1, seconds))
  await b.run(Math.min(1, seconds))
  const as: number[] = []
  const bs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // The order turns each round, so that neither side always works on the warmer machine.
    const order = round % 2 === 0 ? [a, b] : [b, a]
    for (const side of order) (side === a ? as : bs).push(await side.run(seconds))
  }
  return { a: spread(as), b: spread(bs), ratio: spread(as.map((value, index) => value / (bs[index] ?? Number.NaN))), rounds }
}

/** The value below which `share` of the sorted values lie (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((x, y) => x - y)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 1 ? value.toFixed(2) : value.toPrecision(3)

export const showSpread = (value: Spread): string => `${short(value.median)} (${short(value.low)}–${short(value.high)})`

/** Prints one comparison and whether it reaches its goal. Benches report; they never fail a build. */
export function report(title: string, names: { a: string; b: string; unit: string }, result: Comparison, goal?: number): void {
  const reached = goal === undefined ? '' : result.ratio.median >= goal ? `  goal ≥ ${goal}: reached` : `  goal ≥ ${goal}: NOT reached`
  console.log(`\n${title}`)
  console.log(`  ${names.a}: ${showSpread(result.a)} ${names.unit}`)
  console.log(`  ${names.b}: ${showSpread(result.b)} ${names.unit}`)
  console.log(`  ratio: ${showSpread(result.ratio)} over ${result.rounds} interleaved rounds${reached}`)
}

/** Times many calls: latencies in milliseconds. `before` each of them something may be done that is not timed. */
export async function latencies(
  calls: number,
  call: (index: number) => Promise<unknown>,
  before?: () => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < calls; index += 1) {
    await before?.()
    const started = performance.now()
    await call(index)
    times.push(performance.now() - started)
  }
  return times
}

export const showLatency = (times: readonly number[]): string =>
  `p50 ${short(quantile(times, 0.5))} ms, p95 ${short(quantile(times, 0.95))} ms, p99 ${short(quantile(times, 0.99))} ms`
