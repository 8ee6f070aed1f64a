/** Chance that repeats: the same seed gives the same numbers on every machine (sfc32, whole-number arithmetic only). */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from 0 to n − 1. */
  below(n: number): number
  chance(p: number): boolean
  pick<T>(list: readonly T[]): T
  /** An index, by weight. `sums` are running totals of the weights. */
  weighted(sums: readonly number[]): number
  shuffle<T>(list: readonly T[]): T[]
}

/** Four words out of a text, so that a seed can be a name (FNV-1a, four starts). */
function words(seed: string): [number, number, number, number] {
  const hash = (start: number): number => {
    let h = start
    for (const char of seed) {
      h ^= char.codePointAt(0) ?? 0
      h = Math.imul(h, 16777619)
    }
    return h >>> 0
  }
  return [hash(2166136261), hash(374761393), hash(668265263), hash(3266489917)]
}

export function random(seed: string): Random {
  let [a, b, c, d] = words(seed)
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i += 1) next()
  const below = (n: number): number => Math.floor(next() * n)
  return {
    next,
    below,
    chance: (p) => next() < p,
    pick: (list) => {
      const found = list[below(list.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
    weighted: (sums) => {
      const at = next() * (sums.at(-1) ?? 0)
      let [low, high] = [0, sums.length - 1]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((sums[middle] ?? 0) > at) high = middle
        else low = middle + 1
      }
      return low
    },
    shuffle: (list) => {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i -= 1) {
        const j = below(i + 1)
        const [x, y] = [copy[i], copy[j]]
        if (x !== undefined && y !== undefined) {
          copy[i] = y
          copy[j] = x
        }
      }
      return copy
    },
  }
}

/** Running totals, for `weighted`. */
export function running(weights: readonly number[]): number[] {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}
