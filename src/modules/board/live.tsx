import type { App } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatInstant } from '../../ui/index.ts'
import { readTargets } from '../campaign/index.ts'
import { type IndicatorFeed, indicatorFeed } from '../indicator/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { Cards, Heat, Nothing, Ranking, Tiers, Trend, ZeroList } from './pages/parts.tsx'
import { readBoard } from './queries/read-board.ts'
import { addressOf, type BoardQuestion } from './rules/question.ts'
import { texts } from './texts.ts'

/** Fragments of a board by the id they replace. */
type Fragments = Readonly<Record<string, string>>

export interface Message {
  readonly html: Fragments
  readonly text: Fragments
}

type Send = (message: Message) => void

/** What is shown live: the same question has the same key, and is read again at every change. */
export interface LiveView<Question> {
  key(question: Question): string
  read(question: Question, locale: Locale): Promise<Message>
}

/** Listeners who look at the same board in the same language get the same bytes, made once. */
interface Channel<Question> {
  readonly question: Question
  readonly locale: Locale
  readonly listeners: Set<Send>
  /** Listeners that have not been sent the whole board yet. */
  readonly fresh: Set<Send>
  working: boolean
  dirty: boolean
  last: Fragments
}

/** Shortest time between two messages on one board: a leader reads no faster, and a busy counter makes no storm. */
const PAUSE_MS = 400

/** One feed a server; one reading a board and change, however many screens show it. */
export class LiveBoards<Question = BoardQuestion> {
  readonly #app: App
  readonly #view: LiveView<Question>
  readonly #feed: IndicatorFeed
  readonly #channels = new Map<string, Channel<Question>>()
  #unsubscribe: (() => void) | undefined

  constructor(app: App, view: LiveView<Question>, feed: IndicatorFeed = indicatorFeed(app)) {
    this.#app = app
    this.#view = view
    this.#feed = feed
  }

  get listeners(): number {
    return [...this.#channels.values()].reduce((sum, channel) => sum + channel.listeners.size, 0)
  }

  /** Sends the board as it is now, and again after every change. Returns what ends it. */
  listen(question: Question, locale: Locale, send: Send): () => void {
    const key = `${locale} ${this.#view.key(question)}`
    let channel = this.#channels.get(key)
    if (!channel) {
      channel = { question, locale, listeners: new Set(), fresh: new Set(), working: false, dirty: false, last: {} }
      this.#channels.set(key, channel)
    }
    const joined = channel
    joined.listeners.add(send)
    // Between the page's own reading and this moment something may have been committed: the first message closes that gap.
    joined.fresh.add(send)
    this.#unsubscribe ??= this.#feed.subscribe(() => this.#changed())
    void this.#refresh(joined)
    return () => {
      joined.listeners.delete(send)
      joined.fresh.delete(send)
      if (joined.listeners.size === 0 && this.#channels.get(key) === joined) this.#channels.delete(key)
      if (this.#channels.size > 0) return
      this.#unsubscribe?.()
      this.#unsubscribe = undefined
    }
  }

  #changed(): void {
    for (const channel of this.#channels.values()) void this.#refresh(channel)
  }

  async #refresh(channel: Channel<Question>): Promise<void> {
    channel.dirty = true
    if (channel.working) return
    channel.working = true
    try {
      while (channel.dirty && channel.listeners.size > 0) {
        channel.dirty = false
        const message = await this.#read(channel)
        if (message) this.#tell(channel, message)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    } finally {
      channel.working = false
    }
  }

  /** Only what changed goes to those who have the rest. */
  #tell(channel: Channel<Question>, { html, text }: Message): void {
    const changed = Object.fromEntries(Object.entries(html).filter(([id, part]) => channel.last[id] !== part))
    channel.last = html
    for (const send of [...channel.listeners]) {
      if (channel.fresh.delete(send)) send({ html, text })
      else if (Object.keys(changed).length > 0) send({ html: changed, text })
    }
  }

  async #read({ question, locale }: Channel<Question>): Promise<Message | undefined> {
    try {
      return await this.#view.read(question, locale)
    } catch (error) {
      this.#app.log.warn({ err: error }, 'live board could not be read, trying again at the next change')
      return undefined
    }
  }
}

/** Parts of a page as the text that replaces them, by id. */
export async function rendered(parts: Readonly<Record<string, unknown>>): Promise<Fragments> {
  return Object.fromEntries(await Promise.all(Object.entries(parts).map(async ([id, part]) => [id, String(await part)] as const)))
}

/** The leaders' board, live. */
export const boardView = (app: App): LiveView<BoardQuestion> => ({
  key: (question) => addressOf(question),
  read: async (question, locale) => {
    const now = app.clock()
    const directory = await directoryOf(app, app.province)
    const parts = await app.db.read(app.province, async (tx) => ({
      view: await readBoard(tx, directory, question, dayOf(now)),
      targets: await readTargets(tx),
      locale,
    }))
    return {
      html: await rendered({
        cards: <Cards {...parts} />,
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
})
