/** Measure ids and what is added to each: never 0. */
export type Counted = readonly (readonly [measure: number, value: number])[]

/** How a delta keeps what it counts: `1 2 -4 6=250` is one more of measures 1 and 2, one fewer of 4, 250 of 6. Zeros are left out. */
export function countsText(values: Counted): string {
  const words: string[] = []
  for (const [measure, value] of values) {
    if (value !== 0) words.push(value === 1 ? String(measure) : value === -1 ? `-${measure}` : `${measure}=${value}`)
  }
  return words.join(' ')
}

const WORD = /^(-?)([1-9]\d*)$|^([1-9]\d*)=(-?[1-9]\d*)$/

/** Reads back what `countsText` wrote. Throws on anything else: a wrong figure is worse than none. */
export function parseCounts(text: string): Counted {
  return text.split(' ').map((word) => {
    const found = WORD.exec(word)
    if (!found) throw new RangeError(`"${text}" is not what a delta counts`)
    const [, minus, alone, measure, value] = found
    return alone === undefined ? [Number(measure), Number(value)] : [Number(alone), minus === '-' ? -1 : 1]
  })
}
