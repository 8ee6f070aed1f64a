// Makes the web fonts in src/ui/theme/fonts from the full Be Vietnam Pro (SIL Open Font License 1.1):
// - be-vietnam-pro-{400,600}.woff2: the letters a Vietnamese or English page needs, with kerning, without hints
// - figures-{400,600}.woff2: the ten digits on one width, because the font has no tabular figures of its own
// and prints the metrics of the fallback faces in src/ui/theme/_fonts.scss. Run: node scripts/subset-fonts.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'

/** Width of a tabular figure against the widest proportional one. */
const FIGURE_WIDTH = 0.92

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const target = join(root, 'src/ui/theme/fonts')
const weights = [
  { weight: 400, file: require.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf') },
  { weight: 600, file: require.resolve('@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf') },
] as const

const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('')
const lower = 'àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ'
const vietnamese = lower + lower.toUpperCase()
const punctuation = '\u00a0–—‘’“”…·•×−°²³§«»≤≥½₫'

/** Where each table of a TrueType file begins. */
function tablesOf(font: Buffer): Map<string, { at: number; length: number; entry: number }> {
  const tables = new Map<string, { at: number; length: number; entry: number }>()
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + 16 * index
    const tag = font.toString('latin1', entry, entry + 4)
    tables.set(tag, { at: font.readUInt32BE(entry + 8), length: font.readUInt32BE(entry + 12), entry })
  }
  return tables
}

const tableAt = (font: Buffer, tag: string): number => {
  const table = tablesOf(font).get(tag)
  if (!table) throw new Error(`font has no table ${tag}`)
  return table.at
}

/** Glyph number of each character, read from the format 4 subtable of `cmap`. */
function glyphsOf(font: Buffer, characters: string): number[] {
  const cmap = tableAt(font, 'cmap')
  let table = 0
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + font.readUInt32BE(cmap + 8 + 8 * index)
    if (font.readUInt16BE(at) === 4) table = at
  }
  const segments = font.readUInt16BE(table + 6) / 2
  return [...characters].map((character) => {
    const code = character.charCodeAt(0)
    for (let index = 0; index < segments; index += 1) {
      if (code > font.readUInt16BE(table + 14 + 2 * index)) continue
      const start = font.readUInt16BE(table + 16 + 2 * segments + 2 * index)
      if (code < start) break
      const delta = font.readUInt16BE(table + 16 + 4 * segments + 2 * index)
      const offsetAt = table + 16 + 6 * segments + 2 * index
      const offset = font.readUInt16BE(offsetAt)
      if (offset === 0) return (code + delta) & 0xffff
      return (font.readUInt16BE(offsetAt + offset + 2 * (code - start)) + delta) & 0xffff
    }
    throw new Error(`font has no ${character}`)
  })
}

function metricOf(font: Buffer, glyph: number): { at: number; advance: number } {
  const long = font.readUInt16BE(tableAt(font, 'hhea') + 34)
  const at = tableAt(font, 'hmtx') + 4 * Math.min(glyph, long - 1)
  return { at, advance: font.readUInt16BE(at) }
}

/** Moves an outline sideways: the first x of a simple glyph is absolute, all others follow from it. */
function shift(font: Buffer, glyph: number, by: number): void {
  const loca = tableAt(font, 'loca')
  const long = font.readInt16BE(tableAt(font, 'head') + 50) === 1
  const offset = long ? font.readUInt32BE(loca + 4 * glyph) : 2 * font.readUInt16BE(loca + 2 * glyph)
  const at = tableAt(font, 'glyf') + offset
  const contours = font.readInt16BE(at)
  if (contours < 0) throw new Error('a composite glyph cannot be moved by its first point')
  font.writeInt16BE(font.readInt16BE(at + 2) + by, at + 2)
  font.writeInt16BE(font.readInt16BE(at + 6) + by, at + 6)
  const points = font.readUInt16BE(at + 10 + 2 * (contours - 1)) + 1
  let cursor = at + 10 + 2 * contours
  cursor += 2 + font.readUInt16BE(cursor)
  const first = font.readUInt8(cursor)
  for (let seen = 0; seen < points; ) {
    const flag = font.readUInt8(cursor)
    cursor += 1
    seen += 1
    if (flag & 8) {
      seen += font.readUInt8(cursor)
      cursor += 1
    }
  }
  if (first & 2) {
    const moved = font.readUInt8(cursor) * (first & 16 ? 1 : -1) + by
    if (moved < 0 !== !(first & 16) || Math.abs(moved) > 255) throw new Error('the first point does not fit its byte')
    font.writeUInt8(Math.abs(moved), cursor)
  } else if (first & 16) throw new Error('the first point has no bytes')
  else font.writeInt16BE(font.readInt16BE(cursor) + by, cursor)
}

/** Gives every digit the same width, its outline in the middle. A little narrower than the widest, so that a 1 does not stand alone. */
function makeTabular(font: Buffer): Buffer {
  const glyphs = glyphsOf(font, '0123456789')
  const width = Math.round(Math.max(...glyphs.map((glyph) => metricOf(font, glyph).advance)) * FIGURE_WIDTH)
  for (const glyph of glyphs) {
    const { at, advance } = metricOf(font, glyph)
    const by = Math.floor((width - advance) / 2)
    shift(font, glyph, by)
    font.writeUInt16BE(width, at)
    font.writeInt16BE(font.readInt16BE(at + 2) + by, at + 2)
  }
  return font
}

// Widths in 1/2048 em of the fonts that stand in before ours arrives, for the letters that make up nearly all running text.
const letters = ' abcdefghijklmnopqrstuvwxyz'
const roboto =
  '507 1114 1149 1072 1155 1085 711 1149 1128 497 489 1038 497 1795 1130 1168 1149 1164 693 1057 669 1129 992 1538 1015 969 1015'
const standIns = {
  400: {
    Arial:
      '569 1139 1139 1024 1139 1139 569 1139 1139 455 455 1024 455 1706 1139 1139 1139 1139 682 1024 569 1139 1024 1479 1024 1024 1024',
    Roboto: roboto,
  },
  600: {
    'Arial Bold':
      '569 1139 1251 1139 1251 1139 682 1251 1251 569 569 1139 569 1821 1251 1251 1251 1251 797 1139 682 1251 1139 1593 1139 1139 1024',
    Roboto: roboto,
  },
} as const

/** How often each letter stands in Vietnamese text, marks removed: counted on the words of the design system itself. */
function frequencies(): Map<string, number> {
  const text = readFileSync(join(root, 'src/ui/texts.ts'), 'utf8').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd')
  const counts = new Map<string, number>()
  for (const words of text.matchAll(/'([^']+)', '/g)) {
    for (const letter of words[1] ?? '') if (letters.includes(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  return counts
}

const counts = frequencies()
const weigh = (widths: readonly number[]): number =>
  [...letters].reduce((sum, letter, at) => sum + (counts.get(letter) ?? 0) * (widths[at] ?? 0), 0)

for (const { weight, file } of weights) {
  const full = readFileSync(file)
  const text = await subsetFont(full, ascii + vietnamese + punctuation, { targetFormat: 'woff2', noHinting: true, keepFeatures: ['kern'] })
  writeFileSync(join(target, `be-vietnam-pro-${weight}.woff2`), text)
  const digits = await subsetFont(full, '0123456789', { targetFormat: 'truetype', noHinting: true, keepFeatures: [] })
  const figures = await subsetFont(makeTabular(Buffer.from(digits)), '0123456789', { targetFormat: 'woff2', keepFeatures: [] })
  writeFileSync(join(target, `figures-${weight}.woff2`), figures)

  const em = full.readUInt16BE(tableAt(full, 'head') + 18)
  const own = weigh(glyphsOf(full, letters).map((glyph) => metricOf(full, glyph).advance)) / em
  const hhea = tableAt(full, 'hhea')
  process.stdout.write(`${weight}: text ${text.length} bytes, figures ${figures.length} bytes\n`)
  for (const [name, widths] of Object.entries(standIns[weight])) {
    const ratio = own / (weigh(widths.split(' ').map(Number)) / 2048)
    const percent = (units: number): string => `${((units / em / ratio) * 100).toFixed(2)}%`
    process.stdout.write(
      `  ${name}: size-adjust ${(ratio * 100).toFixed(2)}%; ascent ${percent(full.readInt16BE(hhea + 4))}; descent ${percent(-full.readInt16BE(hhea + 6))}\n`,
    )
  }
}
