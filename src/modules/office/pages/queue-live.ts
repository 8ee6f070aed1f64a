import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { App } from '../../../kernel/app.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { networkOf } from '../../../kernel/http/network.ts'
import { addressOf } from '../../../kernel/http/server.ts'
import { readMark } from '../../queue/index.ts'

type Fragments = Readonly<Record<string, string>>
type Send = (changed: Fragments) => void

/** Listeners of the same thing get the same bytes, made once. */
interface Channel {
  readonly agencyCode: string
  readonly read: () => Promise<Fragments>
  readonly listeners: Set<Send>
  last: Fragments
}

/** How often a counter with listeners is asked whether anything happened. */
const LOOK_MS = 700
const HEARTBEAT_MS = 20_000
/** Streams from one network: a hall's Wi-Fi is one address, a flood is more. */
const MOST_A_NETWORK = 60
const MOST = 2000

/**
 * One look a counter however many screens and phones follow it; what changed is read once a channel. Other servers' calls are seen as
 * well as this one's, because the database is asked.
 */
export class QueueLive {
  readonly #app: App
  readonly #channels = new Map<string, Channel>()
  readonly #marks = new Map<string, string>()
  readonly #networks = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #looking = false
  #open = 0

  constructor(app: App) {
    this.#app = app
  }

  #listen(key: string, agencyCode: string, read: () => Promise<Fragments>, send: Send): () => void {
    const channel = this.#channels.get(key) ?? { agencyCode, read, listeners: new Set<Send>(), last: {} }
    this.#channels.set(key, channel)
    channel.listeners.add(send)
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS)
    return () => {
      channel.listeners.delete(send)
      if (channel.listeners.size === 0) this.#channels.delete(key)
      if (this.#channels.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
      this.#marks.clear()
    }
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const agencies = new Set([...this.#channels.values()].map(({ agencyCode }) => agencyCode))
      for (const agencyCode of agencies) {
        const mark = await readMark(this.#app, this.#app.province, agencyCode)
        if (this.#marks.get(agencyCode) === mark) continue
        for (const channel of [...this.#channels.values()]) if (channel.agencyCode === agencyCode) await this.#refresh(channel)
        this.#marks.set(agencyCode, mark)
      }
    } catch (error) {
      this.#app.log.warn({ err: error }, 'the queue could not be read, trying again')
    } finally {
      this.#looking = false
    }
  }

  async #refresh(channel: Channel): Promise<void> {
    const next = await channel.read()
    const changed = Object.fromEntries(Object.entries(next).filter(([id, part]) => channel.last[id] !== part))
    channel.last = next
    if (Object.keys(changed).length > 0) for (const send of channel.listeners) send(changed)
  }

  /** A stream of fragments by id: all of them first, then what changed. Refusal: access.too-many-requests. */
  answer(c: Web, key: string, agencyCode: string, read: () => Promise<Fragments>): Response {
    const network = networkOf(addressOf(c))
    const here = this.#networks.get(network) ?? 0
    if (here >= MOST_A_NETWORK || this.#open >= MOST) throw new Refused(refusals.tooMany)
    const response = streamSSE(c, (stream) => this.#serve(stream, network, key, agencyCode, read))
    // Proxies that gather answers before passing them on would hold the screen back.
    response.headers.set('x-accel-buffering', 'no')
    response.headers.set('cache-control', 'no-cache, no-transform')
    return response
  }

  async #serve(stream: SSEStreamingApi, network: string, key: string, agencyCode: string, read: () => Promise<Fragments>): Promise<void> {
    this.#open += 1
    this.#networks.set(network, (this.#networks.get(network) ?? 0) + 1)
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const forget = this.#app.streams.add(end)
    stream.onAbort(end)
    let sending = Promise.resolve()
    const send = (fragments: Fragments): void => {
      sending = sending.then(() => stream.writeSSE({ event: 'html', data: JSON.stringify(fragments) })).catch(end)
    }
    const stop = this.#listen(key, agencyCode, read, send)
    const heartbeat = setInterval(() => void stream.write(': …\n\n').catch(end), HEARTBEAT_MS)
    await read().then(send, () => undefined)
    await ended
    clearInterval(heartbeat)
    stop()
    forget()
    this.#open -= 1
    const left = (this.#networks.get(network) ?? 1) - 1
    if (left > 0) this.#networks.set(network, left)
    else this.#networks.delete(network)
  }
}
