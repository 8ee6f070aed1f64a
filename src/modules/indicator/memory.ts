import { databaseOf, type Snapshot } from '../../kernel/database/index.ts'
import { type Count, Places } from './rules/totals.ts'
import { Vocabulary, Waiting } from './rules/waiting.ts'

/** A moment: which transactions a snapshot sees (`pg_current_snapshot`, as `xmin:xmax:running,…`). */
export type Mark = string

/** Whether the moment `a` is not after `b`: everything that had ended at `a` had ended at `b`. Both of one running server. */
export function notAfter(a: Mark, b: Mark): boolean {
  const [first, second] = [readMark(a), readMark(b)]
  if (first.next !== second.next) return first.next < second.next
  return [...second.running].every((transaction) => first.running.has(transaction))
}

function readMark(mark: Mark): { readonly next: number; readonly running: ReadonlySet<string> } {
  const [, next, running = ''] = mark.split(':')
  return { next: Number(next), running: new Set(running === '' ? [] : running.split(',')) }
}

/** So many words are kept; then a new list is begun. */
const WORDS = 50_000
/** A longer queue is a fold that stands still: what a question needs of it is read each time. */
export const DELTAS = 100_000
/** So many different questions are remembered of a time between two folds, about a megabyte each of 700 units. */
const QUESTIONS = 24

let vocabulary = new Vocabulary()

/**
 * What has been read of a province's figures between two folds. As long as nothing is folded, what is folded stays as it was read, and what
 * waits only grows: each reader asks for what came since the last one.
 */
export class Epoch {
  /** The moment up to which `waiting` is whole. */
  mark: Mark
  readonly vocabulary: Vocabulary
  readonly waiting: Waiting
  readonly places = new Places()
  readonly #counts = new Map<string, Count>()

  constructor(mark: Mark) {
    if (vocabulary.size > WORDS) vocabulary = new Vocabulary()
    this.mark = mark
    this.vocabulary = vocabulary
    this.waiting = new Waiting(vocabulary)
  }

  count(question: string): Count | undefined {
    return this.#counts.get(question)
  }

  /** The question asked longest ago makes room. */
  remember(question: string, count: Count): void {
    this.#counts.delete(question)
    this.#counts.set(question, count)
    const [oldest] = this.#counts.keys()
    if (this.#counts.size > QUESTIONS && oldest !== undefined) this.#counts.delete(oldest)
  }
}

/** When this process last looked at a province's figures, and what it remembers of them as long as nothing was folded since. */
export interface Memory {
  readonly mark: Mark
  readonly epoch?: Epoch
  /** So much waits that it is not remembered. */
  readonly tooMuch?: boolean
}

const memories = new WeakMap<object, Memory>()

export const memoryOf = (tx: Snapshot): Memory | undefined => memories.get(databaseOf(tx))

/** Keeps that a snapshot looked at a moment, and what it has read whole, unless another has looked later. */
export function keep(tx: Snapshot, mark: Mark, epoch?: Epoch): void {
  const known = memoryOf(tx)
  if (known && !notAfter(known.mark, mark)) return
  const memory = !epoch ? { mark } : epoch.waiting.length > DELTAS ? { mark, tooMuch: true } : { mark, epoch }
  memories.set(databaseOf(tx), memory)
}
