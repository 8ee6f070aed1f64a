/** A pattern longer than this is no shape of an answer. */
const LONGEST = 300
/** Places where any number of signs may stand: each multiplies the ways in which one answer can be read. */
const MOST_OPEN = 3
/** A part repeated more often counts as repeated without end. */
const OFTEN = 5
const MANY_SIGNS = 20

interface Part {
  /** Has several lengths or several readings. */
  variable: boolean
  open: number
}

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,)?(\d*)\})\??/

function times(rest: string): { size: number; min: number; max: number } | undefined {
  const found = QUANTIFIER.exec(rest)
  if (!found) return undefined
  const [whole, sign, from, comma, to] = found
  if (sign) return { size: whole.length, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
  const min = Number(from)
  return { size: whole.length, min, max: comma === undefined ? min : to ? Number(to) : Number.POSITIVE_INFINITY }
}

/** The end of the sign, class or escape that begins at `at`. */
function endOfSign(pattern: string, at: number): number {
  if (pattern[at] === '\\') return /^\\(?:[pPu]\{[^}]*\}|.)/su.exec(pattern.slice(at))?.[0].length ?? 1
  if (pattern[at] !== '[') return 1
  return /^\[(?:\\.|[^\]\\])*\]?/su.exec(pattern.slice(at))?.[0].length ?? 1
}

/**
 * Whether a pattern, which the server tries on whatever somebody types, can be tried in short time: no repeated part that may itself be
 * read in several ways (`(a+)+`, `(a|b)*`), few places of any length, no looking back at what was found. Stricter than it need be.
 */
export function isQuickPattern(pattern: string): boolean {
  if (pattern.length > LONGEST || /\\(?:[1-9]|k)/.test(pattern)) return false
  const parts: Part[] = [{ variable: false, open: 0 }]
  const here = (): Part => parts.at(-1) as Part
  for (let at = 0; at < pattern.length; ) {
    let closed: Part | undefined
    if (pattern[at] === '(') {
      parts.push({ variable: false, open: 0 })
      at += /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(pattern.slice(at))?.[0].length ?? 1
      continue
    }
    if (pattern[at] === '|') {
      here().variable = true
      at += 1
      continue
    }
    if (pattern[at] === ')') {
      closed = parts.length > 1 ? parts.pop() : undefined
      at += 1
    } else {
      at += endOfSign(pattern, at)
    }
    const repeat = times(pattern.slice(at))
    at += repeat?.size ?? 0
    const { min, max } = repeat ?? { min: 1, max: 1 }
    if (closed?.variable && max > OFTEN) return false
    const many = max === Number.POSITIVE_INFINITY || (max > MANY_SIGNS && min !== max)
    here().open += (closed?.open ?? 0) * (max > OFTEN ? 1 : Math.max(1, max)) + (many ? 1 : 0)
    here().variable ||= closed?.variable === true || min !== max
  }
  return (parts[0]?.open ?? 0) <= MOST_OPEN
}
