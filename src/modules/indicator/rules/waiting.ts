import type { Day } from '../../../kernel/clock.ts'
import { parseCounts } from '../../../kernel/counts-text.ts'
import { measureId } from '../measures.ts'
import { Words } from './words.ts'

/** What a delta counts: `values[i]` is added at `places[i]`. Two plain arrays: there are many to add, and pairs are slow to take apart. */
export interface Change {
  readonly places: readonly number[]
  readonly values: readonly number[]
  readonly online: number
  readonly paid: number
}

function changeOf(text: string): Change {
  const counted = parseCounts(text)
  const by = new Map(counted)
  return {
    places: counted.map(([id]) => id - 1),
    values: counted.map(([, value]) => value),
    online: by.get(measureId.online) ?? 0,
    paid: by.get(measureId.paid_online) ?? 0,
  }
}

/** Codes and counts by number: the same few thousand words are read again and again. */
export class Vocabulary {
  readonly agencies = new Words()
  readonly procedures = new Words()
  readonly counts = new Words()
  readonly #changes: Change[] = []

  /** What the counts of a number add. Throws `RangeError` for what no delta counts. */
  change(number: number): Change {
    let change = this.#changes[number]
    if (!change) {
      change = changeOf(this.counts.text(number))
      this.#changes[number] = change
    }
    return change
  }

  get size(): number {
    return this.agencies.size + this.procedures.size + this.counts.size
  }
}

const MS_A_DAY = 86_400_000
const firstDay = Date.parse('2000-01-01')

/** A civil day as lines of pending deltas have it: days since 2000-01-01. */
export const dayNumber = (day: Day): number => (Date.parse(day) - firstDay) / MS_A_DAY

const [PIPE, COMMA, MINUS, ZERO] = [124, 44, 45, 48]
const FIRST_ROOM = 1 << 10

/** Pending deltas in columns, in the order they were read; only ever added to, so that whoever knows how many he read still has those. */
export class Waiting {
  readonly vocabulary: Vocabulary
  length = 0
  days = new Int32Array(FIRST_ROOM)
  agencies = new Int32Array(FIRST_ROOM)
  counts = new Int32Array(FIRST_ROOM)
  procedures = new Int32Array(FIRST_ROOM)
  #ids = new Float64Array(FIRST_ROOM)
  #highest = -1
  /** Made when somebody asks for an id that is not above all others. */
  #rows: Map<number, number> | undefined

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
  }

  /**
   * Adds deltas, each `id|days since 2000|agency|counts|procedure` with commas between; one that is there already is left out, or stands
   * among the first `length` of `others`. Throws `RangeError` for what is no delta.
   */
  add(lines: string | null, others?: Waiting, length = 0): void {
    const text = Buffer.from(lines ?? '')
    const { agencies, counts, procedures } = this.vocabulary
    // Of one text every delta is another: only what came before can be there already.
    const before = this.length
    for (let at = 0; at < text.length; ) {
      let [id, day, sign] = [0, 0, 1]
      for (; text[at] !== PIPE; at += 1) id = id * 10 + digit(text[at])
      for (at += 1; text[at] !== PIPE; at += 1) {
        if (text[at] === MINUS) sign = -1
        else day = day * 10 + digit(text[at])
      }
      if (this.length === this.days.length) this.#grow()
      const row = this.length
      this.#ids[row] = id
      this.days[row] = sign * day
      this.agencies[row] = agencies.read(text, at + 1, PIPE)
      this.counts[row] = counts.read(text, agencies.end + 1, PIPE)
      this.procedures[row] = procedures.read(text, counts.end + 1, COMMA)
      at = procedures.end + 1
      if (this.#rowOf(id, before) < before || (others && others.#rowOf(id, length) < length)) continue
      this.length += 1
    }
    for (let row = before; row < this.length; row += 1) {
      const id = this.#ids[row] as number
      this.#rows?.set(id, row)
      if (id > this.#highest) this.#highest = id
    }
  }

  /** Where a delta stands; `none` when it does not. */
  #rowOf(id: number, none: number): number {
    // Most that come are newer than all that are there.
    if (id > this.#highest) return none
    if (!this.#rows) {
      this.#rows = new Map()
      for (let row = 0; row < this.length; row += 1) this.#rows.set(this.#ids[row] as number, row)
    }
    return this.#rows.get(id) ?? none
  }

  #grow(): void {
    const grown = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const longer = new Int32Array(column.length * 2)
      longer.set(column)
      return longer
    }
    const ids = new Float64Array(this.#ids.length * 2)
    ids.set(this.#ids)
    this.#ids = ids
    this.days = grown(this.days)
    this.agencies = grown(this.agencies)
    this.counts = grown(this.counts)
    this.procedures = grown(this.procedures)
  }
}

function digit(byte: number | undefined): number {
  const value = (byte ?? Number.NaN) - ZERO
  if (!(value >= 0 && value <= 9)) throw new RangeError('a pending delta without its number or day')
  return value
}
