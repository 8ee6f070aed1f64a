/** Milliseconds to wait before trying again: doubles from one second to half a minute, spread so that screens do not return together. */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(30_000, 1000 * 2 ** attempt)
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}

/** Fragments of a message by the id they replace; anything else in it is left out. */
export function readFragments(data: string): [id: string, content: string][] {
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch {
    return []
  }
  if (typeof parsed !== 'object' || parsed === null) return []
  return Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
