import type { Day } from '../../../kernel/clock.ts'
import type { Counted } from '../../../kernel/counts-text.ts'
import { addCounted, addTexts, addValues, zeroValues } from './counts.ts'
import { monthStart, quarterStart } from './period.ts'

type Channel = 'online' | 'counter' | 'post'

/** What a cell is about at its finest: an agency, day, procedure and channel. */
export interface CellKey {
  readonly agencyCode: string
  readonly day: Day
  readonly procedureCode: string
  readonly channel: Channel
}

export type Grain = 'quarter' | 'month' | 'day' | 'month_detail' | 'day_detail'

/** A stored row of folded counts; `vals[id - 1]`, zeros at the end left out. */
export interface Cell {
  readonly grain: Grain
  readonly day: Day
  readonly agency_code: string
  readonly procedure_code: string
  readonly channel: Channel | ''
  readonly vals: readonly number[]
}

export interface Difference extends CellKey {
  readonly measure: number
  readonly counted: number
  readonly shown: number
}

const separator = '\u0000'
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function trimmed(vals: readonly number[]): readonly number[] {
  let length = vals.length
  while (length > 1 && vals[length - 1] === 0) length -= 1
  return vals.slice(0, length)
}

/** Adds deltas up in memory. The order in which they come makes no difference. */
export class Tally {
  readonly #sums = new Map<string, number[]>()

  /** Adds what one delta counts. */
  add(key: CellKey, counted: Counted): void {
    addCounted(this.#sumsOf(key), counted)
  }

  /** The same, as the table keeps it. */
  addText(key: CellKey, text: string): void {
    addTexts(this.#sumsOf(key), [text])
  }

  /** Adds counts in the order of measure ids. */
  addValues(key: CellKey, vals: readonly (number | null)[]): void {
    addValues(this.#sumsOf(key), vals)
  }

  *entries(): IterableIterator<[CellKey, readonly number[]]> {
    for (const [text, sums] of this.#sums) {
      const [agencyCode = '', day = '', procedureCode = '', channel = 'counter'] = text.split(separator)
      yield [{ agencyCode, day, procedureCode, channel: channel as Channel }, sums]
    }
  }

  /** The rows that these counts are, or add to, at every grain; in the order of the table's key. */
  cells(): Cell[] {
    const rows = new Map<string, Cell & { vals: number[] }>()
    const put = (grain: Grain, day: Day, key: CellKey, detail: boolean, sums: readonly number[]): void => {
      const [procedure, channel] = detail ? [key.procedureCode, key.channel] : (['', ''] as const)
      const text = [grain, day, key.agencyCode, procedure, channel].join(separator)
      let row = rows.get(text)
      if (!row) {
        row = { grain, day, agency_code: key.agencyCode, procedure_code: procedure, channel, vals: zeroValues() }
        rows.set(text, row)
      }
      addValues(row.vals, sums)
    }
    for (const [key, sums] of this.entries()) {
      put('quarter', quarterStart(key.day), key, false, sums)
      put('month', monthStart(key.day), key, false, sums)
      put('day', key.day, key, false, sums)
      put('month_detail', monthStart(key.day), key, true, sums)
      put('day_detail', key.day, key, true, sums)
    }
    return [...rows.entries()].sort(([a], [b]) => compare(a, b)).map(([, row]) => ({ ...row, vals: trimmed(row.vals) }))
  }

  /** Where another tally shows something else than this one counted, by key and measure. */
  differences(shown: Tally): Difference[] {
    const differing: Difference[] = []
    const look = (key: CellKey, counted: readonly number[] | undefined, other: readonly number[] | undefined): void => {
      for (let i = 0; i < Math.max(counted?.length ?? 0, other?.length ?? 0); i += 1) {
        const [a, b] = [counted?.[i] ?? 0, other?.[i] ?? 0]
        if (a !== b) differing.push({ ...key, measure: i + 1, counted: a, shown: b })
      }
    }
    for (const [key, sums] of this.entries()) look(key, sums, shown.#get(key))
    for (const [key, sums] of shown.entries()) if (!this.#get(key)) look(key, undefined, sums)
    return differing
  }

  /** Sums over everything (or over some of it), by measure id - 1. */
  total(only: (key: CellKey) => boolean = () => true): number[] {
    const all = zeroValues()
    for (const [key, sums] of this.entries()) if (only(key)) addValues(all, sums)
    return all
  }

  #sumsOf(key: CellKey): number[] {
    const text = [key.agencyCode, key.day, key.procedureCode, key.channel].join(separator)
    let sums = this.#sums.get(text)
    if (!sums) {
      sums = zeroValues()
      this.#sums.set(text, sums)
    }
    return sums
  }

  #get(key: CellKey): readonly number[] | undefined {
    return this.#sums.get([key.agencyCode, key.day, key.procedureCode, key.channel].join(separator))
  }
}
