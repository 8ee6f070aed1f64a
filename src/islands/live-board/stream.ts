/**
 * Milliseconds to wait before trying again: doubles to half a minute, spread over most of it, so that screens that lost the server together
 * do not return together.
 */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(30_000, 3000 * 2 ** attempt)
  return Math.round(ceiling / 6 + (ceiling - ceiling / 6) * random)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

const texts = (value: unknown): [id: string, content: string][] =>
  isRecord(value) ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []

/** Fragments of a message by the id they replace; anything else in it is left out. */
export const readFragments = (data: string): [id: string, content: string][] => texts(parsed(data))

/** A part of a page that changed: its new text; or, in pieces, what of the text known before is kept (from, to) and what is new. */
export type Change = string | readonly (number | string)[]

export interface ChangeMessage {
  readonly html?: Readonly<Record<string, Change>>
  readonly text?: Readonly<Record<string, string>>
}

/** A message of changes; what it should not hold is left out. */
export function readMessage(data: string): ChangeMessage {
  const { html, text } = parsed(data)
  const changes = Object.entries(isRecord(html) ? html : {}).filter(
    (entry): entry is [string, Change] =>
      typeof entry[1] === 'string' ||
      (Array.isArray(entry[1]) && entry[1].every((piece) => typeof piece === 'string' || typeof piece === 'number')),
  )
  return { html: Object.fromEntries(changes), text: Object.fromEntries(texts(text)) }
}

/** The new text of every part that a message changes, by id. A part given in pieces whose earlier text is not known is left out. */
export function change(known: ReadonlyMap<string, string>, { html = {} }: ChangeMessage): [id: string, content: string][] {
  return Object.entries(html).flatMap(([id, changed]): [string, string][] => {
    if (typeof changed === 'string') return [[id, changed]]
    const before = known.get(id)
    if (before === undefined) return []
    let text = ''
    for (let at = 0; at < changed.length; at += 1) {
      const piece = changed[at]
      if (typeof piece === 'string') text += piece
      else {
        at += 1
        text += before.slice(piece, Number(changed[at]))
      }
    }
    return [[id, text]]
  })
}
