export interface Suggestion {
  readonly text: string
  readonly href: string
  readonly detail?: string
}

/** Keeps only what is a suggestion and stays on this site. */
export function readSuggestions(answer: unknown): Suggestion[] {
  const items = typeof answer === 'object' && answer !== null ? (answer as { items?: unknown }).items : undefined
  if (!Array.isArray(items)) return []
  return items.filter(isSuggestion).filter((item) => /^\/(?!\/)/.test(item.href))
}

function isSuggestion(item: unknown): item is Suggestion {
  if (typeof item !== 'object' || item === null) return false
  const { text, href, detail } = item as Record<string, unknown>
  return typeof text === 'string' && typeof href === 'string' && (detail === undefined || typeof detail === 'string')
}

/** The next choice in a list of `count`, from -1 (nothing chosen) round to -1 again. */
export function step(current: number, count: number, by: 1 | -1): number {
  if (count === 0) return -1
  const next = current + by
  if (next >= count) return -1
  return next < -1 ? count - 1 : next
}
