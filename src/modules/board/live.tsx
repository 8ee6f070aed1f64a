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

/** Listeners who look at the same board in the same language get the same bytes, made once. */
interface Channel {
  readonly question: BoardQuestion
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
export class LiveBoards {
  readonly #app: App
  readonly #feed: IndicatorFeed
  readonly #channels = new Map<string, Channel>()
  #unsubscribe: (() => void) | undefined

  constructor(app: App, feed: IndicatorFeed = indicatorFeed(app)) {
    this.#app = app
    this.#feed = feed
  }

  get listeners(): number {
    return [...this.#channels.values()].reduce((sum, channel) => sum + channel.listeners.size, 0)
  }

  /** Sends the board as it is now, and again after every change. Returns what ends it. */
  listen(question: BoardQuestion, locale: Locale, send: Send): () => void {
    const key = `${locale} ${addressOf(question)}`
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

  async #refresh(channel: Channel): Promise<void> {
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
  #tell(channel: Channel, { html, text }: Message): void {
    const changed = Object.fromEntries(Object.entries(html).filter(([id, part]) => channel.last[id] !== part))
    channel.last = html
    for (const send of [...channel.listeners]) {
      if (channel.fresh.delete(send)) send({ html, text })
      else if (Object.keys(changed).length > 0) send({ html: changed, text })
    }
  }

  async #read({ question, locale }: Channel): Promise<Message | undefined> {
    const app = this.#app
    try {
      const now = app.clock()
      const directory = await directoryOf(app, app.province)
      const parts = await app.db.read(app.province, async (tx) => ({
        view: await readBoard(tx, directory, question, dayOf(now)),
        targets: await readTargets(tx),
        locale,
      }))
      const html = {
        cards: <Cards {...parts} />,
        nothing: <Nothing {...parts} />,
        tiers: <Tiers {...parts} />,
        trend: <Trend {...parts} />,
        zero: <ZeroList {...parts} />,
        ranking: <Ranking {...parts} />,
        heat: <Heat {...parts} />,
      }
      const rendered = await Promise.all(Object.entries(html).map(async ([id, part]) => [id, String(await part)] as const))
      return { html: Object.fromEntries(rendered), text: { 'as-of': t(locale, texts.asOf, { time: formatInstant(now) }) } }
    } catch (error) {
      app.log.warn({ err: error }, 'live board could not be read, trying again at the next change')
      return undefined
    }
  }
}
