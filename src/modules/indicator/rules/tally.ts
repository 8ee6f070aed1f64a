import type { Day } from '../../../kernel/clock.ts'
import { MEASURES } from '../measures.ts'
import { addValues, zeroValues } from './counts.ts'

type Channel = 'online' | 'counter' | 'post'

/** What a cell is about at its finest: an agency, day, procedure and channel. */
export interface CellKey {
  readonly agencyCode: string
  readonly day: Day
  readonly procedureCode: string
  readonly channel: Channel
}

export type Grain = 'month' | 'day' | 'month_detail' | 'day_detail'

/** A stored row of folded counts; `vals[id - 1]`. */
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

const monthOf = (day: Day): Day => `${day.slice(0, 7)}-01`
const separator = '\u0000'
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Adds deltas up in memory. The order in which they come makes no difference. */
export class Tally {
  readonly #sums = new Map<string, number[]>()

  add(key: CellKey, ids: readonly number[] | null, vals: readonly (number | null)[], sign: 1 | -1 = 1): void {
    const text = [key.agencyCode, key.day, key.procedureCode, key.channel].join(separator)
    let sums = this.#sums.get(text)
    if (!sums) {
      sums = zeroValues()
      this.#sums.set(text, sums)
    }
    addValues(sums, ids, sign === 1 ? vals : vals.map((value) => -(value ?? 0)))
  }

  addDelta(delta: CellKey & { readonly values: readonly (readonly [measure: number, value: number])[] }): void {
    this.add(
      delta,
      delta.values.map(([id]) => id),
      delta.values.map(([, value]) => value),
    )
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
      addValues(row.vals, null, sums)
    }
    for (const [key, sums] of this.entries()) {
      put('month', monthOf(key.day), key, false, sums)
      put('day', key.day, key, false, sums)
      put('month_detail', monthOf(key.day), key, true, sums)
      put('day_detail', key.day, key, true, sums)
    }
    return [...rows.entries()].sort(([a], [b]) => compare(a, b)).map(([, row]) => row)
  }

  /** Where another tally shows something else than this one counted, by key and measure. */
  differences(shown: Tally): Difference[] {
    const differing: Difference[] = []
    const look = (key: CellKey, counted: readonly number[] | undefined, other: readonly number[] | undefined): void => {
      for (let i = 0; i < MEASURES; i += 1) {
        const [a, b] = [counted?.[i] ?? 0, other?.[i] ?? 0]
        if (a !== b) differing.push({ ...key, measure: i + 1, counted: a, shown: b })
      }
    }
    for (const [key, sums] of this.entries()) look(key, sums, shown.#get(key))
    for (const [key, sums] of shown.entries()) if (!this.#get(key)) look(key, undefined, sums)
    return differing
  }

  /** Sums over everything, by measure id - 1. */
  total(): number[] {
    const all = zeroValues()
    for (const sums of this.#sums.values()) addValues(all, null, sums)
    return all
  }

  #get(key: CellKey): readonly number[] | undefined {
    return this.#sums.get([key.agencyCode, key.day, key.procedureCode, key.channel].join(separator))
  }
}
