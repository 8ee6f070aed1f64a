/**
 * Which code points a TrueType font has glyphs for: its character map, formats 4 and 12 (OpenType, `cmap`). Throws on a font without one.
 */
export function coverage(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const table = findTable(view, 0x636d6170)
  const points = new Set<number>()
  for (let record = 0; record < view.getUint16(table + 2); record += 1) {
    const map = table + view.getUint32(table + 4 + record * 8 + 4)
    const format = view.getUint16(map)
    for (const point of format === 12 ? groups(view, map) : format === 4 ? segments(view, map) : []) points.add(point)
  }
  if (points.size === 0) throw new Error('the font has no character map this can read')
  return points
}

function findTable(view: DataView, tag: number): number {
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16
    if (view.getUint32(at) === tag) return view.getUint32(at + 8)
  }
  throw new Error('the font has no character map')
}

/** Format 12: groups of code points without holes. */
function* groups(view: DataView, map: number): Generator<number> {
  for (let group = 0; group < view.getUint32(map + 12); group += 1) {
    const at = map + 16 + group * 12
    for (let point = view.getUint32(at); point <= view.getUint32(at + 4); point += 1) yield point
  }
}

/** Format 4: segments with holes, so each code point is asked whether it has a glyph. */
function* segments(view: DataView, map: number): Generator<number> {
  const count = view.getUint16(map + 6) / 2
  const [ends, starts, deltas, offsets] = [14, 16 + count * 2, 16 + count * 4, 16 + count * 6].map((at) => map + at) as [
    number,
    number,
    number,
    number,
  ]
  for (let index = 0; index < count; index += 1) {
    const [start, end] = [view.getUint16(starts + index * 2), view.getUint16(ends + index * 2)]
    const offset = view.getUint16(offsets + index * 2)
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const glyph =
        offset === 0
          ? (point + view.getUint16(deltas + index * 2)) & 0xffff
          : view.getUint16(offsets + index * 2 + offset + (point - start) * 2)
      if (glyph !== 0) yield point
    }
  }
}

// Joiners, variation selectors, direction marks: they have no picture of their own.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const CONTROL = /(?!\s)\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
const UNKNOWN_SIGN = '\u25a1'
const signs = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/**
 * A text as the form's typeface can print it: accents composed, control characters gone, line ends as spaces, and a hollow square for
 * each sign it has no picture of (an emoji, a script of elsewhere). PDF/A allows no sign without a picture.
 */
export function printable(text: string, covered: ReadonlySet<number>): string {
  const isCovered = (part: string): boolean => Array.from(part).every((sign) => covered.has(sign.codePointAt(0) ?? 0))
  const clean = text.normalize('NFC').replace(CONTROL, '').replace(/\s+/gu, ' ').trim()
  if (isCovered(clean)) return clean.replace(INVISIBLE, '')
  return Array.from(signs.segment(clean), ({ segment }) => {
    const seen = segment.replace(INVISIBLE, '')
    return isCovered(seen) ? seen : UNKNOWN_SIGN
  }).join('')
}
