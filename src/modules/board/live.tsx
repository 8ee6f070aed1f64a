import type { App } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import { Refused } from '../../kernel/errors.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatInstant } from '../../ui/index.ts'
import { readTargets } from '../campaign/index.ts'
import { type IndicatorFeed, indicatorFeed } from '../indicator/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { tooManyStreams } from './errors.ts'
import { type Fragments, LiveState, type Message } from './live-state.ts'
import { Brief } from './pages/brief.tsx'
import { Cards, Heat, Nothing, Ranking, Tiers, Trend, ZeroList } from './pages/parts.tsx'
import { KeptBefore, readBoardScore } from './queries/board-score.ts'
import { KeptFigures } from './queries/kept-figures.ts'
import { boardOf, readKeptFigures } from './queries/read-board.ts'
import { addressOf, type BoardQuestion } from './rules/question.ts'
import { texts } from './texts.ts'

/** What is read once for all views of a round. */
export class Moment {
  readonly #read = new Map<string, Promise<unknown>>()

  /** The same for everybody who asks under this key. */
  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#read.get(key) as Promise<T> | undefined
    if (known) return known
    const reading = read()
    this.#read.set(key, reading)
    return reading
  }
}

/**
 * What is shown live: the same question has the same key, and is read again at every change. The key holds everything the view depends on,
 * and so whatever of it not everybody may see; who may look at all is the stream's affair.
 */
export interface LiveView<Question> {
  key(question: Question): string
  read(question: Question, locale: Locale, moment: Moment): Promise<Message>
}

/** Those who look at the same view in the same language: one state, one reading a change. */
interface Channel<Question> {
  readonly question: Question
  readonly locale: Locale
  readonly state: LiveState
  readonly wakes: Set<() => void>
  /** To be read again: somebody came, or something was committed. */
  due: boolean
  readAt: number
}

/** One listener's place at a view. */
export interface Listening {
  /** What there is to tell, and now counts as told; nothing while the listener knows everything. Never kept for a listener: who is slow gets the latest. */
  take(): Uint8Array | undefined
  stop(): void
}

/** Shortest time between two readings: a leader reads no faster, and a busy counter makes no storm. */
const PAUSE_MS = 400
const FAILED_MS = 2000
/** Views read at a time: while the database counts for one, another is drawn. */
const LANES = 3
/** Somebody who comes later than this after the last reading gets a new one: figures would be the same, but not the hour beside them. */
const STALE_MS = 30_000
/** Different views at a time: each is read at every change. */
const MOST_VIEWS = 150

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One feed a server; one reading and one rendering a view and change, however many screens show it. */
export class LiveBoards<Question = BoardQuestion> {
  readonly #app: Pick<App, 'log'>
  readonly #view: LiveView<Question>
  readonly #feed: IndicatorFeed
  readonly #channels = new Map<string, Channel<Question>>()
  #unsubscribe: (() => void) | undefined
  #working = false

  constructor(app: App, view: LiveView<Question>, feed: IndicatorFeed = indicatorFeed(app)) {
    this.#app = app
    this.#view = view
    this.#feed = feed
  }

  get listeners(): number {
    return [...this.#channels.values()].reduce((sum, channel) => sum + channel.wakes.size, 0)
  }

  /**
   * Calls `wake` whenever there is something to take: at first what `after` (the id of the last event that the listener had) does not hold
   * yet. Refusal: board.too-many-streams, when too many different views are open.
   */
  listen(question: Question, locale: Locale, wake: () => void, after?: string): Listening {
    const key = `${locale} ${this.#view.key(question)}`
    const channel = this.#channels.get(key) ?? this.#open(key, question, locale)
    channel.wakes.add(wake)
    this.#unsubscribe ??= this.#feed.subscribe(() => this.#changed())
    // As long as somebody listens, every commit after a reading leads to another: the state at hand is today's.
    if (channel.state.version === 0 || performance.now() - channel.readAt > STALE_MS) this.#due(channel)
    let told = channel.state.known(after)
    let stopped = false
    return {
      take: () => {
        if (stopped || channel.state.version === told || channel.state.version === 0) return undefined
        const packet = channel.state.packet(told)
        told = channel.state.version
        return packet
      },
      stop: () => {
        stopped = true
        channel.wakes.delete(wake)
        if (channel.wakes.size === 0 && this.#channels.get(key) === channel) this.#channels.delete(key)
        if (this.#channels.size > 0) return
        this.#unsubscribe?.()
        this.#unsubscribe = undefined
      },
    }
  }

  #open(key: string, question: Question, locale: Locale): Channel<Question> {
    if (this.#channels.size >= MOST_VIEWS) throw new Refused(tooManyStreams)
    const channel = { question, locale, state: new LiveState(), wakes: new Set<() => void>(), due: false, readAt: Number.NEGATIVE_INFINITY }
    this.#channels.set(key, channel)
    return channel
  }

  #due(channel: Channel<Question>): void {
    channel.due = true
    if (!this.#working) void this.#work()
  }

  #changed(): void {
    for (const channel of this.#channels.values()) this.#due(channel)
  }

  /** Round after round while something is due. After each as long a pause as it took of the processor: other people's pages come first. */
  async #work(): Promise<void> {
    this.#working = true
    try {
      for (;;) {
        const due = [...this.#channels.values()].filter((channel) => channel.due)
        if (due.length === 0) return
        const started = process.cpuUsage()
        const moment = new Moment()
        let failed = false
        // All at once: what is committed while the round reads makes them due again.
        for (const channel of due) channel.due = false
        const lane = async (): Promise<void> => {
          for (let channel = due.shift(); channel; channel = due.shift()) {
            if (channel.wakes.size > 0 && !(await this.#read(channel, moment))) failed = channel.due = true
          }
        }
        await Promise.all(Array.from({ length: LANES }, lane))
        const { user, system } = process.cpuUsage(started)
        await sleep(failed ? FAILED_MS : Math.max(PAUSE_MS, (user + system) / 1000))
      }
    } finally {
      this.#working = false
    }
  }

  async #read(channel: Channel<Question>, moment: Moment): Promise<boolean> {
    try {
      const readAt = performance.now()
      const message = await this.#view.read(channel.question, channel.locale, moment)
      channel.readAt = readAt
      if (channel.state.put(message)) for (const wake of [...channel.wakes]) wake()
      return true
    } catch (error) {
      this.#app.log.warn({ err: error }, 'a live view could not be read, trying again')
      return false
    }
  }
}

/** Parts of a page as the text that replaces them, by id. */
export async function rendered(parts: Readonly<Record<string, unknown>>): Promise<Fragments> {
  return Object.fromEntries(await Promise.all(Object.entries(parts).map(async ([id, part]) => [id, String(await part)] as const)))
}

/** The leaders' board, live. Boards of the same days differ only in what they show of the same figures. */
export function boardView(app: App): LiveView<BoardQuestion> {
  const kept = new KeptFigures()
  const before = new KeptBefore()
  return {
    key: (question) => addressOf(question),
    read: async (question, locale, moment) => {
      const { figures, targets, score, now } = await moment.once(`${question.from} ${question.to}`, async () => {
        const now = app.clock()
        const directory = await directoryOf(app, app.province)
        return app.db.snapshot(app.province, async (tx) => {
          // Sent together: while one answer is worked on here, the database works on the next.
          const [figures, targets, score] = await Promise.all([
            readKeptFigures(tx, kept, directory, question, dayOf(now)),
            readTargets(tx),
            readBoardScore(tx, directory, question, now, before),
          ])
          return { figures, targets, score, now }
        })
      })
      const parts = { view: boardOf(figures, question), targets, locale }
      return {
        html: await rendered({
          cards: <Cards {...parts} />,
          brief: <Brief {...parts} score={score} />,
          nothing: <Nothing {...parts} />,
          tiers: <Tiers {...parts} />,
          trend: <Trend {...parts} />,
          zero: <ZeroList {...parts} />,
          ranking: <Ranking {...parts} />,
          heat: <Heat {...parts} />,
        }),
        text: { 'as-of': t(locale, texts.asOf, { time: formatInstant(now) }) },
      }
    },
  }
}
