import type { Day } from '../../../kernel/clock.ts'
import { addValues, zeroValues } from './counts.ts'
import type { Period } from './period.ts'
import { PlaceSet } from './procedure-set.ts'
import type { Group } from './units.ts'
import { dayNumber, type Vocabulary, type Waiting } from './waiting.ts'

/** How many procedures of a group had at least one dossier filed online, and at least one paid online. */
export interface Presence {
  readonly online: number
  readonly paidOnline: number
}

/** Everything that is counted of a group in a period. */
export interface Totals {
  /** By measure id: `vals[id - 1]`. */
  readonly vals: readonly number[]
  readonly procedures: Presence
}

export const nothingCounted: Totals = { vals: zeroValues(), procedures: { online: 0, paidOnline: 0 } }

/** Which place procedures have in the sets, by their number. */
export class Places {
  readonly #places: number[] = []
  #free = 0

  has(procedure: number): boolean {
    return this.#places[procedure] !== undefined
  }

  /** A place that was read; `free`: where places begin that nobody had then. */
  learn(procedure: number, place: number): void {
    this.#places[procedure] = place
    this.#free = Math.max(this.#free, place + 1)
  }

  leave(free: number): void {
    this.#free = Math.max(this.#free, free)
  }

  /** Of a procedure that no fold has counted yet: a place after all others, which nobody else will be given while this is remembered. */
  of(procedure: number): number {
    const known = this.#places[procedure]
    if (known !== undefined) return known
    this.learn(procedure, this.#free)
    return this.#free - 1
  }
}

/** Names the cells of a procedure of an agency, by their numbers. */
export const cellKey = (agency: number, procedure: number): string => `${agency} ${procedure}`

interface Sums {
  online: number
  paid: number
}

/** What is folded of one agency between two changes of units. */
class FoldedPart {
  readonly vals = zeroValues()
  /** What its sets come to, as PostgreSQL counted them. */
  size: Presence | undefined
  online: PlaceSet | undefined
  paid: PlaceSet | undefined
  /** By procedure: what its cells come to, of those that were asked. */
  readonly cells = new Map<number, Sums>()

  addSets(online: Uint8Array, paid: Uint8Array): void {
    this.online ??= new PlaceSet()
    this.paid ??= new PlaceSet()
    this.online.addAll(online)
    this.paid.addAll(paid)
  }
}

const [PIPE, COMMA, OPEN, CLOSE, MINUS, ZERO, NINE] = [124, 44, 123, 125, 45, 48, 57]

/**
 * What is folded of agencies in a period, each between two changes of units (segments, from 0), as rows said. Which agencies' sets and
 * which procedures' cells have been read is kept with it: more may be asked later.
 */
export class Folded {
  readonly #words: Vocabulary
  readonly #parts: FoldedPart[][] = []
  /** Agencies (by number) whose sets have been read, with anything in them or not. */
  readonly setsRead = new Set<number>()
  /** Procedures of agencies (`cellKey`) whose cells have been read. */
  readonly cellsRead = new Set<string>()

  constructor(words: Vocabulary) {
    this.#words = words
  }

  find(agency: number, segment: number): FoldedPart | undefined {
    return this.#parts[segment]?.[agency]
  }

  #of(agency: number, segment: number): FoldedPart {
    this.#parts[segment] ??= []
    const row = this.#parts[segment]
    let part = row[agency]
    if (!part) {
      part = new FoldedPart()
      row[agency] = part
    }
    return part
  }

  /** Adds counts of cells: `agency|segment{12,NULL,3}`, with commas between. */
  addCells(texts: string | null): void {
    this.#eachNumber(texts, ({ vals }, at, value) => {
      vals[at] = (vals[at] ?? 0) + value
    })
  }

  /** Takes what sets come to: `agency|segment{online,paid}`, with commas between. */
  takeSizes(texts: string | null): void {
    this.#eachNumber(texts, (part, at, value) => {
      part.size = at === 0 ? { online: value, paidOnline: 0 } : { online: part.size?.online ?? 0, paidOnline: value }
    })
  }

  addSets(agency: string, segment: number, online: Uint8Array, paid: Uint8Array): void {
    this.#of(this.#words.agencies.number(agency), segment).addSets(online, paid)
  }

  /** Adds what the cells of days say of procedures, each `procedure online paid`, with commas between. */
  addFromDays(agency: string, segment: number, texts: string | null, places: Places): void {
    const part = this.#of(this.#words.agencies.number(agency), segment)
    part.addSets(new Uint8Array(0), new Uint8Array(0))
    eachPair(texts, this.#words, (procedure, online, paid) => {
      if (online > 0) part.online?.set(places.of(procedure), true)
      if (paid > 0) part.paid?.set(places.of(procedure), true)
    })
  }

  /** Takes what folded cells of procedures come to, each `procedure online paid`, with commas between; only of those that are `fresh`. */
  takeCells(agency: string, segment: number, texts: string | null, fresh: ReadonlySet<string>): void {
    const number = this.#words.agencies.number(agency)
    const { cells } = this.#of(number, segment)
    eachPair(texts, this.#words, (procedure, online, paid) => {
      // Somebody else may have asked for the same meanwhile.
      if (!fresh.has(cellKey(number, procedure))) return
      const sums = cells.get(procedure)
      cells.set(procedure, { online: (sums?.online ?? 0) + online, paid: (sums?.paid ?? 0) + paid })
    })
  }

  /** Calls with each number of `H12.01|0{12,NULL,3},H12.02|0{…}`, its part and where it stands; NULL is 0. */
  #eachNumber(texts: string | null, call: (part: FoldedPart, at: number, value: number) => void): void {
    const text = Buffer.from(texts ?? '')
    const { agencies } = this.#words
    for (let position = 0; position < text.length; position += 1) {
      const agency = agencies.read(text, position, PIPE)
      let segment = 0
      for (position = agencies.end + 1; text[position] !== OPEN; position += 1) {
        if (position >= text.length) throw new RangeError('counts without numbers')
        segment = segment * 10 + (text[position] as number) - ZERO
      }
      const part = this.#of(agency, segment)
      position += 1
      for (let at = 0, value = 0, sign = 1, more = true; more; position += 1) {
        const byte = text[position]
        if (byte === undefined) throw new RangeError('numbers that have no end')
        if (byte >= ZERO && byte <= NINE) value = value * 10 + byte - ZERO
        else if (byte === MINUS) sign = -1
        else if (byte === COMMA || byte === CLOSE) {
          call(part, at, sign * value)
          at += 1
          value = 0
          sign = 1
          more = byte !== CLOSE
        }
      }
    }
  }
}

/** Calls with each procedure and the two numbers that follow it. */
export function eachPair(texts: string | null, words: Vocabulary, call: (procedure: number, first: number, second: number) => void): void {
  for (const text of texts ? texts.split(',') : []) {
    const [procedure = '', first, second] = text.split(' ')
    call(words.procedures.number(procedure), Number(first), Number(second))
  }
}

/** What waits of one agency between two changes of units. */
class WaitingPart {
  readonly vals: number[] = []
  /** Deltas that change the sets: the number of a procedure, and the number of what is counted of it. */
  readonly moves: number[] = []
  /** Procedures from which a delta takes something away. */
  doubted: Set<number> | undefined
}

/** What waits to be folded in a period, by agency and segment. */
export class WaitingParts {
  readonly #words: Vocabulary
  readonly #parts: WaitingPart[][] = []
  readonly #from: number
  readonly #to: number
  readonly #cuts: readonly number[]

  constructor(words: Vocabulary, period: Period, cuts: readonly Day[]) {
    this.#words = words
    this.#from = dayNumber(period.from)
    this.#to = dayNumber(period.to)
    this.#cuts = cuts.map(dayNumber)
  }

  /** Adds those of the first `length` deltas that lie in the period. */
  add({ days, agencies, counts, procedures }: Waiting, length: number): void {
    for (let row = 0; row < length; row += 1) {
      const day = days[row] as number
      if (day < this.#from || day > this.#to) continue
      const part = this.#of(agencies[row] as number, this.#segment(day))
      const counted = counts[row] as number
      const { places, values, online, paid } = this.#words.change(counted)
      const { vals } = part
      for (let i = 0; i < places.length; i += 1) {
        const place = places[i] as number
        vals[place] = (vals[place] ?? 0) + (values[i] as number)
      }
      if (online === 0 && paid === 0) continue
      const procedure = procedures[row] as number
      part.moves.push(procedure, counted)
      if (online < 0 || paid < 0) {
        part.doubted ??= new Set()
        part.doubted.add(procedure)
      }
    }
  }

  #segment(day: number): number {
    let segment = 0
    while (segment < this.#cuts.length && (this.#cuts[segment] as number) <= day) segment += 1
    return segment
  }

  #of(agency: number, segment: number): WaitingPart {
    this.#parts[segment] ??= []
    const row = this.#parts[segment]
    let part = row[agency]
    if (!part) {
      part = new WaitingPart()
      row[agency] = part
    }
    return part
  }

  find(agency: number, segment: number): WaitingPart | undefined {
    return this.#parts[segment]?.[agency]
  }

  /** Everything that changes a set: agency, the part, and its segment. */
  each(call: (agency: number, part: WaitingPart) => void): void {
    for (const row of this.#parts) {
      row?.forEach((part, agency) => {
        if (part.moves.length > 0) call(agency, part)
      })
    }
  }
}

/** What must be read of the folded figures before what waits can be put into the sets: numbers of agencies and procedures. */
export interface Needed {
  readonly sets: readonly number[]
  readonly places: readonly number[]
  readonly cells: readonly (readonly [agency: number, procedure: number])[]
}

/** What is needed and has not been read. `alone`: sets are read of those agencies only that something is added to. */
export function neededFor(waiting: WaitingParts, folded: Folded, places: Places, alone: boolean): Needed {
  const sets = new Set<number>()
  const unplaced = new Set<number>()
  const cells = new Map<string, readonly [number, number]>()
  waiting.each((agency, { moves, doubted }) => {
    if (alone && !folded.setsRead.has(agency)) sets.add(agency)
    for (let i = 0; i < moves.length; i += 2) if (!places.has(moves[i] as number)) unplaced.add(moves[i] as number)
    for (const procedure of doubted ?? []) {
      const key = cellKey(agency, procedure)
      if (!folded.cellsRead.has(key)) cells.set(key, [agency, procedure])
    }
  })
  return { sets: [...sets], places: [...unplaced], cells: [...cells.values()] }
}

/** One agency between two changes of units, folded and waiting together: its counts and its sets. */
class Part {
  readonly vals: readonly number[]
  readonly #folded: FoldedPart | undefined
  readonly #moves: readonly number[]
  online: PlaceSet | undefined
  paid: PlaceSet | undefined

  constructor(folded: FoldedPart | undefined, waiting: WaitingPart | undefined, words: Vocabulary, places: Places) {
    this.#folded = folded
    this.#moves = waiting?.moves ?? []
    this.online = folded?.online
    this.paid = folded?.paid
    if (!waiting) {
      this.vals = folded?.vals ?? nothingCounted.vals
      return
    }
    const vals = folded ? [...folded.vals] : zeroValues()
    // Not addValues: what waits has holes where nothing is counted.
    waiting.vals.forEach((value, at) => {
      vals[at] = (vals[at] ?? 0) + value
    })
    this.vals = vals
    if (waiting.moves.length > 0) this.#move(waiting, words, places)
  }

  #move({ moves, doubted }: WaitingPart, words: Vocabulary, places: Places): void {
    const online = new PlaceSet(this.online?.bytes)
    const paid = new PlaceSet(this.paid?.bytes)
    const sums = new Map<number, Sums>()
    for (const procedure of doubted ?? []) sums.set(procedure, { ...(this.#folded?.cells.get(procedure) ?? { online: 0, paid: 0 }) })
    for (let i = 0; i < moves.length; i += 2) {
      const procedure = moves[i] as number
      const change = words.change(moves[i + 1] as number)
      // A procedure that something is taken from is counted whole.
      const whole = doubted ? sums.get(procedure) : undefined
      if (whole) {
        whole.online += change.online
        whole.paid += change.paid
        continue
      }
      const place = places.of(procedure)
      if (change.online > 0) online.set(place, true)
      if (change.paid > 0) paid.set(place, true)
    }
    for (const [procedure, whole] of sums) {
      online.set(places.of(procedure), whole.online > 0)
      paid.set(places.of(procedure), whole.paid > 0)
    }
    this.online = online
    this.paid = paid
  }

  get procedures(): Presence {
    const size = this.#folded?.size
    return this.#moves.length === 0 && size ? size : { online: this.online?.size ?? 0, paidOnline: this.paid?.size ?? 0 }
  }
}

/** What is folded and what waits put together, a line for each group in their order. Everything needed (`neededFor`) has been read. */
export function totalsOf(
  groups: readonly Group[],
  cuts: readonly Day[],
  { words, folded, waiting, places }: { words: Vocabulary; folded: Folded; waiting: WaitingParts; places: Places },
): readonly Totals[] {
  const segmentOf = (day: Day): number => cuts.filter((cut) => cut <= day).length
  return groups.map(({ members }) => {
    const own: Part[] = []
    for (const { code, first, last } of members) {
      const agency = words.agencies.number(code)
      // A member's days reach over one segment or, where other units changed meanwhile, several.
      const until = segmentOf(last)
      for (let segment = segmentOf(first); segment <= until; segment += 1) {
        const parts = [folded.find(agency, segment), waiting.find(agency, segment)] as const
        if (parts[0] || parts[1]) own.push(new Part(...parts, words, places))
      }
    }
    const [only] = own
    if (!only) return nothingCounted
    if (own.length === 1) return { vals: only.vals, procedures: only.procedures }
    const vals = zeroValues()
    const [online, paid] = [new PlaceSet(), new PlaceSet()]
    for (const part of own) {
      addValues(vals, part.vals)
      if (part.online) online.addAll(part.online.bytes)
      if (part.paid) paid.addAll(part.paid.bytes)
    }
    return { vals, procedures: { online: online.size, paidOnline: paid.size } }
  })
}
