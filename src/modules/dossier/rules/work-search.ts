import { fold } from '../../../kernel/text.ts'
import { parseCode } from './code.ts'
import { parseReference } from './reference.ts'

/** Words of a search that are looked at. */
const WORDS = 8
/** So many syllables of a name stand together as one word of the search text. */
const RUN = 4
/** A word with so many digits is a phone, a code or a number: few dossiers hold it, whatever else was typed. */
const RARE_DIGITS = 5
/** Runs of syllables from each place on, up to four: `nguyen_van_an van_an`. */
const runsOf = (words: readonly string[]): string[] => words.slice(0, -1).map((_word, at) => words.slice(at, at + RUN).join('_'))

/**
 * What officers search by: the applicant's name, code, reference and phone, folded, and the name's runs of syllables. (Migration 0031
 * made the same of what was stored before.)
 */
export function searchTextOf(dossier: { name: string; code: string | null; reference: string; phone: string | null }): string {
  const name = fold(dossier.name)
  const rest = fold([dossier.code ?? '', dossier.reference, dossier.phone ?? ''].join(' '))
  return [name, rest, ...runsOf(name.split(' '))].filter(Boolean).join(' ')
}

/**
 * What was typed, as the database looks for it: a whole reference, code or personal number by its own column; digits as the beginning
 * of a word or the end of a phone; else words as they stand in a name, whole but for the last one, which may still be being typed.
 */
export type Search =
  | { readonly by: 'reference' | 'code' | 'number'; readonly value: string }
  | {
      readonly by: 'words'
      /** LIKE patterns over ` search ` that all hold. */
      readonly patterns: readonly string[]
      /** The end of a phone number that will do as well; null when it was not digits alone. */
      readonly phoneEnd: string | null
      /** The same as a text search query. */
      readonly query: string
      /** The words in any order and place: asked only when nothing holds them as typed. Null when that says the same. */
      readonly anyOrder: string | null
      /** Few dossiers can hold it: going through lists in their order for it would be in vain. */
      readonly rare: boolean
    }

const quoted = (word: string): string => `'${word}'`
const backwards = (digits: string): string => [...digits].reverse().join('')
const whole = (words: readonly string[]): string =>
  words.map((word, at) => (at === words.length - 1 ? `${quoted(word)}:*` : quoted(word))).join(' & ')

/** How to look for what was typed. Undefined when nothing was. */
export function readSearch(typed: string): Search | undefined {
  const reference = parseReference(typed)
  if (reference) return { by: 'reference', value: reference }
  const code = parseCode(typed)
  if (code) return { by: 'code', value: code.text }
  // A phone number is stored without the spaces people write.
  const digits = typed.replace(/[\s.]/g, '')
  if (/^\d+$/.test(digits)) {
    if (digits.length === 12) return { by: 'number', value: digits }
    const query = `(${quoted(digits)}:* | ${quoted(`<${backwards(digits)}`)}:*)`
    return { by: 'words', patterns: [`% ${digits}%`], phoneEnd: digits, query, anyOrder: null, rare: digits.length >= RARE_DIGITS }
  }
  const words = fold(typed).split(' ').filter(Boolean).slice(0, WORDS)
  const last = words.at(-1)
  if (last === undefined) return undefined
  // A code or phone beside a name does not follow it in the text: such words are looked for each by itself.
  if (words.length === 1 || words.some((word) => /\d/.test(word))) {
    const patterns = words.map((word, at) => (at === words.length - 1 ? `% ${word}%` : `% ${word} %`))
    const rare = words.some((word) => word.replace(/\D/g, '').length >= RARE_DIGITS)
    return { by: 'words', patterns, phoneEnd: null, query: whole(words), anyOrder: null, rare }
  }
  const runs = words.length <= RUN ? [words.join('_')] : runsOf(words).slice(0, words.length - RUN + 1)
  const rare = words.length > 2 && last.length > 1
  return {
    by: 'words',
    patterns: [`% ${words.join(' ')}%`],
    phoneEnd: null,
    query: whole(runs),
    anyOrder: words.map(quoted).join(' & '),
    rare,
  }
}

/** A text search query narrowed to dossiers of these agencies (null: all), and to open ones. */
export function narrowed(query: string, codes: readonly string[] | null, open = false): string {
  const parts = [`(${query})`]
  if (codes) parts.push(`(${codes.map((code) => quoted(`@${code.replaceAll("'", '')}`)).join(' | ') || quoted('@nowhere')})`)
  if (open) parts.push(quoted('@open'))
  return parts.join(' & ')
}
