/** A later text: itself; or, in pieces, what of the earlier text is kept (from, to) and what is new. */
export type Change = string | readonly (number | string)[]

const TAG = /(?=<[a-z])/

/** The place in ascending `places` that is `from` or the next after it; otherwise the first. */
function nextPlace(places: readonly number[], from: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return places[low] ?? places[0] ?? 0
}

/**
 * How a text of HTML became another, tag by tag: of a ranking in which one unit rose, a few numbers and the rows that say something new.
 * The later text itself when that is shorter. In lockstep with `change` of the island that puts the pieces together again.
 */
export function piecesOf(before: string, after: string): Change {
  const old = before.split(TAG)
  const starts: number[] = []
  const places = new Map<string, number[]>()
  let length = 0
  for (const [at, tag] of old.entries()) {
    starts.push(length)
    length += tag.length
    const known = places.get(tag)
    if (known) known.push(at)
    else places.set(tag, [at])
  }
  starts.push(length)

  const pieces: (number | string)[] = []
  let expected = 0
  let fresh = ''
  for (const tag of after.split(TAG)) {
    const found = old[expected] === tag ? expected : places.has(tag) ? nextPlace(places.get(tag) ?? [], expected) : undefined
    if (found === undefined) {
      fresh += tag
      continue
    }
    const [from, to] = [starts[found] ?? 0, starts[found + 1] ?? 0]
    if (fresh === '' && pieces.at(-1) === from && typeof pieces.at(-2) === 'number') pieces[pieces.length - 1] = to
    else {
      if (fresh !== '') pieces.push(fresh)
      fresh = ''
      pieces.push(from, to)
    }
    expected = found + 1
  }
  if (fresh !== '') pieces.push(fresh)
  return JSON.stringify(pieces).length < after.length ? pieces : after
}
