import type { Day } from '../../../kernel/clock.ts'
import { addValues, zeroValues } from './counts.ts'
import type { Period } from './period.ts'
import { PlaceSet } from './procedure-set.ts'
import type { Group } from './units.ts'
import { type Change, dayNumber, type Vocabulary, type Waiting } from './waiting.ts'

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

  /** What is folded of an agency in a segment; nothing yet where nothing was read. */
  of(agency: number, segment: number): FoldedPart {
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
    this.of(this.#words.agencies.number(agency), segment).addSets(online, paid)
  }

  /** Adds what the cells of days say of procedures, each `procedure online paid`, with commas between. */
  addFromDays(agency: string, segment: number, texts: string | null, places: Places): void {
    const part = this.of(this.#words.agencies.number(agency), segment)
    part.addSets(new Uint8Array(0), new Uint8Array(0))
    eachPair(texts, this.#words, (procedure, online, paid) => {
      if (online > 0) part.online?.set(places.of(procedure), true)
      if (paid > 0) part.paid?.set(places.of(procedure), true)
    })
  }

  /** Takes what folded cells of procedures come to, each `procedure online paid`, with commas between; only of those that are `fresh`. */
  takeCells(agency: string, segment: number, texts: string | null, fresh: ReadonlySet<string>): void {
    const number = this.#words.agencies.number(agency)
    const { cells } = this.of(number, segment)
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
      const part = this.of(agency, segment)
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

/** What must be read of the folded figures before some deltas can be put into the sets: numbers of agencies and procedures. */
export interface Needed {
  readonly sets: readonly number[]
  readonly places: readonly number[]
  readonly cells: readonly (readonly [agency: number, procedure: number])[]
}

/** One agency between two changes of units, as it stands: what is folded and what was added to it. */
class Part {
  readonly #folded: FoldedPart
  #vals: number[]
  #online: PlaceSet | undefined
  #paid: PlaceSet | undefined
  /** Deltas that change the sets: the number of a procedure, and how much online and paid. */
  readonly #moves: number[] = []
  /** Procedures from which a delta takes something away: what their cells and all their deltas come to. */
  readonly #doubted = new Map<number, Sums>()
  /** What was told; it stays as it was. */
  #totals: Totals | undefined

  constructor(folded: FoldedPart) {
    this.#folded = folded
    this.#vals = [...folded.vals]
  }

  add({ places, values }: Change): void {
    if (this.#totals) {
      this.#vals = [...this.#vals]
      this.#totals = undefined
    }
    const vals = this.#vals
    for (let i = 0; i < places.length; i += 1) {
      const place = places[i] as number
      vals[place] = (vals[place] ?? 0) + (values[i] as number)
    }
  }

  /** Puts what is online and paid of a procedure into the sets. */
  move(procedure: number, place: number, { online, paid }: Change): void {
    this.#online ??= new PlaceSet(this.#folded.online?.bytes)
    this.#paid ??= new PlaceSet(this.#folded.paid?.bytes)
    this.#moves.push(procedure, online, paid)
    let sums = this.#doubted.get(procedure)
    if (sums) {
      sums.online += online
      sums.paid += paid
    } else if (online < 0 || paid < 0) {
      // From now on it is counted whole: what is folded and everything that was added.
      sums = this.#wholeOf(procedure)
      this.#doubted.set(procedure, sums)
    } else {
      if (online > 0) this.#online.set(place, true)
      if (paid > 0) this.#paid.set(place, true)
      return
    }
    this.#online.set(place, sums.online > 0)
    this.#paid.set(place, sums.paid > 0)
  }

  #wholeOf(procedure: number): Sums {
    const sums = { ...(this.#folded.cells.get(procedure) ?? { online: 0, paid: 0 }) }
    for (let i = 0; i < this.#moves.length; i += 3) {
      if (this.#moves[i] !== procedure) continue
      sums.online += this.#moves[i + 1] as number
      sums.paid += this.#moves[i + 2] as number
    }
    return sums
  }

  get online(): PlaceSet | undefined {
    return this.#online ?? this.#folded.online
  }

  get paid(): PlaceSet | undefined {
    return this.#paid ?? this.#folded.paid
  }

  get totals(): Totals {
    const size = this.#moves.length === 0 ? this.#folded.size : undefined
    this.#totals ??= { vals: this.#vals, procedures: size ?? { online: this.online?.size ?? 0, paidOnline: this.paid?.size ?? 0 } }
    return this.#totals
  }
}

/** What is folded in a period and the first so many pending deltas put together, by agency and segment. It only goes on. */
export class Count {
  readonly folded: Folded
  /** How many pending deltas are in it. */
  length = 0
  readonly #words: Vocabulary
  readonly #places: Places
  readonly #parts: (Part | undefined)[][] = []
  readonly #from: number
  readonly #to: number
  readonly #cuts: readonly Day[]
  readonly #cutNumbers: readonly number[]

  constructor(folded: Folded, { words, places }: { words: Vocabulary; places: Places }, period: Period, cuts: readonly Day[]) {
    this.folded = folded
    this.#words = words
    this.#places = places
    this.#from = dayNumber(period.from)
    this.#to = dayNumber(period.to)
    this.#cuts = cuts
    this.#cutNumbers = cuts.map(dayNumber)
  }

  /** What must be read before the deltas from `first` to before `end` can be added. `alone`: sets are read of those agencies only that need them. */
  needed({ days, agencies, counts, procedures }: Waiting, first: number, end: number, alone: boolean): Needed {
    const { setsRead, cellsRead } = this.folded
    const sets: number[] = []
    const unplaced: number[] = []
    // Most rows are of agencies and procedures that another row was of.
    const [seenAgencies, seenProcedures]: [boolean[], boolean[]] = [[], []]
    const cells = new Map<string, readonly [number, number]>()
    for (let row = first; row < end; row += 1) {
      const day = days[row] as number
      if (day < this.#from || day > this.#to) continue
      const { online, paid } = this.#words.change(counts[row] as number)
      if (online === 0 && paid === 0) continue
      const [agency, procedure] = [agencies[row] as number, procedures[row] as number]
      if (alone && !seenAgencies[agency]) {
        seenAgencies[agency] = true
        if (!setsRead.has(agency)) sets.push(agency)
      }
      if (!seenProcedures[procedure]) {
        seenProcedures[procedure] = true
        if (!this.#places.has(procedure)) unplaced.push(procedure)
      }
      if (online >= 0 && paid >= 0) continue
      const key = cellKey(agency, procedure)
      if (!cellsRead.has(key)) cells.set(key, [agency, procedure])
    }
    return { sets, places: unplaced, cells: [...cells.values()] }
  }

  /** Adds the deltas from `first` to before `end` that lie in the period. Everything `needed` has been read. */
  add({ days, agencies, counts, procedures }: Waiting, first: number, end: number): void {
    for (let row = first; row < end; row += 1) {
      const day = days[row] as number
      if (day < this.#from || day > this.#to) continue
      const part = this.#of(agencies[row] as number, this.#segment(day))
      const change = this.#words.change(counts[row] as number)
      part.add(change)
      if (change.online === 0 && change.paid === 0) continue
      const procedure = procedures[row] as number
      part.move(procedure, this.#places.of(procedure), change)
    }
  }

  #segment(day: number): number {
    let segment = 0
    while (segment < this.#cutNumbers.length && (this.#cutNumbers[segment] as number) <= day) segment += 1
    return segment
  }

  #of(agency: number, segment: number): Part {
    this.#parts[segment] ??= []
    const row = this.#parts[segment]
    let part = row[agency]
    if (!part) {
      part = new Part(this.folded.of(agency, segment))
      row[agency] = part
    }
    return part
  }

  /** A line for each group, in their order. What is told stays as it is, whatever is added later. */
  totals(groups: readonly Group[]): readonly Totals[] {
    const segmentOf = (day: Day): number => this.#cuts.filter((cut) => cut <= day).length
    return groups.map(({ members }) => {
      const own: Part[] = []
      for (const { code, first, last } of members) {
        const agency = this.#words.agencies.number(code)
        // A member's days reach over one segment or, where other units changed meanwhile, several.
        const until = segmentOf(last)
        for (let segment = segmentOf(first); segment <= until; segment += 1) own.push(this.#of(agency, segment))
      }
      const [only] = own
      if (!only) return nothingCounted
      return own.length === 1 ? only.totals : together(own)
    })
  }
}

function together(own: readonly Part[]): Totals {
  const vals = zeroValues()
  const [online, paid] = [new PlaceSet(), new PlaceSet()]
  for (const part of own) {
    addValues(vals, part.totals.vals)
    if (part.online) online.addAll(part.online.bytes)
    if (part.paid) paid.addAll(part.paid.bytes)
  }
  return { vals, procedures: { online: online.size, paidOnline: paid.size } }
}
