/**
 * Splits a whole number by weights into whole parts that sum to it exactly; no part exceeds its cap. Largest remainders first, ties by
 * place, so that the same input gives the same parts. Throws when the caps together are too small.
 */
export function apportion(total: number, weights: readonly number[], caps: readonly number[]): number[] {
  const parts = weights.map(() => 0)
  const open = (i: number): boolean => (weights[i] ?? 0) > 0 && (parts[i] ?? 0) < (caps[i] ?? 0)
  const room = weights.reduce((sum, weight, i) => sum + (weight > 0 ? (caps[i] ?? 0) : 0), 0)
  if (room < total) throw new RangeError(`${total} does not fit into ${room}`)
  let left = total
  while (left > 0) {
    const places = weights.map((_, i) => i).filter(open)
    const sum = places.reduce((all, i) => all + (weights[i] ?? 0), 0)
    const shares = places.map((i) => ({ i, share: (left * (weights[i] ?? 0)) / sum }))
    let given = 0
    for (const { i, share } of shares) {
      const more = Math.min(Math.floor(share), (caps[i] ?? 0) - (parts[i] ?? 0))
      parts[i] = (parts[i] ?? 0) + more
      given += more
    }
    left -= given
    if (given > 0) continue
    // Less than one each: the largest remainders take what is left.
    for (const { i } of shares.sort((a, b) => b.share - a.share || a.i - b.i).slice(0, left)) {
      parts[i] = (parts[i] ?? 0) + 1
      left -= 1
    }
  }
  return parts
}
