import { type Change, piecesOf } from './rules/pieces.ts'

/** Parts of a page by the id they replace. */
export type Fragments = Readonly<Record<string, string>>

/** A view at one moment: parts as HTML, and short texts. */
export interface Message {
  readonly html: Fragments
  readonly text: Fragments
}

interface Part {
  readonly text: string
  /** The state it came with. */
  readonly since: number
  /** What it was before, and since which state. */
  readonly before?: { readonly text: string; readonly since: number }
  change?: Change
}

const encoder = new TextEncoder()
const STATE = /^([a-z0-9]+)\.(\d{1,12})$/

/**
 * What a live view shows now, numbered. Whoever knows an earlier state is told what changed since then, as bytes that are made once for
 * all who know the same state; whoever knows none is told everything.
 */
export class LiveState {
  /** Numbers of another server, or of before a restart, mean nothing here. */
  readonly #name = Math.random().toString(36).slice(2, 12)
  #version = 0
  #html = new Map<string, Part>()
  #text = new Map<string, Part>()
  readonly #packets = new Map<number, Uint8Array>()

  /** 0 until there is something to show. */
  get version(): number {
    return this.#version
  }

  /** Which state an event's id names; 0, nothing, when it is not one of this view's. */
  known(id: string | undefined): number {
    const [, name, version] = STATE.exec(id ?? '') ?? []
    return name === this.#name && Number(version) <= this.#version ? Number(version) : 0
  }

  /** Takes what the view shows now. Returns whether that is anything new. */
  put({ html, text }: Message): boolean {
    const version = this.#version + 1
    const renew = (parts: ReadonlyMap<string, Part>, now: Fragments): Map<string, Part> =>
      new Map(
        Object.entries(now).map(([id, content]): [string, Part] => {
          const old = parts.get(id)
          if (old?.text === content) return [id, old]
          return [id, { text: content, since: version, ...(old ? { before: { text: old.text, since: old.since } } : {}) }]
        }),
      )
    const [newHtml, newText] = [renew(this.#html, html), renew(this.#text, text)]
    if (this.#version > 0 && ![...newHtml.values(), ...newText.values()].some(({ since }) => since === version)) return false
    this.#html = newHtml
    this.#text = newText
    this.#version = version
    this.#packets.clear()
    return true
  }

  /** What to tell somebody who knows state `from`: one server-sent event. */
  packet(from: number): Uint8Array {
    const made = this.#packets.get(from)
    if (made) return made
    const html: Record<string, Change> = {}
    for (const [id, part] of this.#html) if (part.since > from) html[id] = from === 0 ? part.text : changeSince(part, from)
    const text: Record<string, string> = {}
    for (const [id, part] of this.#text) if (part.since > from) text[id] = part.text
    const packet = encoder.encode(`id: ${this.#name}.${this.#version}\nevent: board\ndata: ${JSON.stringify({ html, text })}\n\n`)
    this.#packets.set(from, packet)
    return packet
  }
}

/** In pieces only for those who have the text that the pieces were cut from. */
function changeSince(part: Part, from: number): Change {
  if (!part.before || part.before.since > from) return part.text
  part.change ??= piecesOf(part.before.text, part.text)
  return part.change
}
