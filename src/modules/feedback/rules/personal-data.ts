/** Something in a text that looks like personal data. */
export interface Trace {
  readonly what: 'phone' | 'landline' | 'number' | 'email' | 'name' | 'code'
  readonly found: string
}

const patterns: readonly { readonly what: Trace['what']; readonly pattern: RegExp }[] = [
  { what: 'email', pattern: /[^\s@<>()]{1,64}@[^\s@<>()]{1,190}\.[a-z]{2,12}/giu },
  // Twelve digits of a personal number, nine of the old identity card, with or without separators.
  { what: 'number', pattern: /(?<![\d.,])(?:\d[\s.-]?){11}\d(?![\d])|(?<![\d.,])\d{9}(?![\d])/gu },
  { what: 'phone', pattern: /(?<!\d)(?:\+?84|0)[\s.-]?(?!2)\d(?:[\s.-]?\d){8}(?!\d)/gu },
  { what: 'landline', pattern: /(?<!\d)(?:\+?84|0)[\s.-]?2(?:[\s.-]?\d){8,9}(?!\d)/gu },
  { what: 'code', pattern: /\b[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}-\d{4,5}\b/gu },
]

/** Small letters, sign by sign: a place in it is the same place in the text (İ alone would become two). */
const lowered = (text: string): string =>
  text.replace(/./gsu, (sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign))

/** Words of a name, as they may stand in a text: the whole name, or its last two words. */
function nameIn(text: string, name: string): string | undefined {
  const folded = lowered(text.normalize('NFC'))
  const words = lowered(name.normalize('NFC').trim()).split(/\s+/)
  const candidates = [words.join(' '), ...(words.length > 2 ? [words.slice(-2).join(' ')] : [])].filter((one) => one.includes(' '))
  return candidates.find((one) => folded.includes(one))
}

/** Whose words: an office may name its own landline in its answer; in a petitioner's words that is somebody's home. */
export type Voice = 'petitioner' | 'office'

const patternsOf = (voice: Voice) => patterns.filter(({ what }) => voice === 'petitioner' || what !== 'landline')

/** What looks like personal data in a text that is about to be published: phone and personal numbers, mail, dossier codes, the petitioner's name. */
export function personalTraces(text: string, names: readonly string[] = [], voice: Voice = 'petitioner'): Trace[] {
  const traces: Trace[] = []
  let rest = text
  for (const { what, pattern } of patternsOf(voice)) {
    for (const [found] of rest.matchAll(pattern)) traces.push({ what, found: found.trim() })
    // What is already named is not named again as something else.
    rest = rest.replace(pattern, ' … ')
  }
  for (const name of names) {
    const found = nameIn(text, name)
    if (found) traces.push({ what: 'name', found })
  }
  return traces
}

const MASK = '[…]'

/** A text with what looks like personal data taken out: the proposal an officer reads before publishing. */
export function withoutTraces(text: string, names: readonly string[] = [], voice: Voice = 'petitioner'): string {
  let clean = text.normalize('NFC')
  for (const { pattern } of patternsOf(voice)) clean = clean.replace(pattern, MASK)
  for (const name of names) {
    for (let found = nameIn(clean, name); found; found = nameIn(clean, name)) {
      const at = lowered(clean).indexOf(found)
      clean = clean.slice(0, at) + MASK + clean.slice(at + found.length)
    }
  }
  return clean
}
