/**
 * A mail address as people write it. Every part ends where the next begins, so that however long the text is there is one way to read it:
 * a pattern with several would keep the server busy for hours over a few kilobytes of dots.
 */
export const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*\.[^\s@.]{2,}$/

/**
 * Folds Vietnamese text for searching and comparing: NFC/NFD, case, đ, diacritics, tone placement (hoà = hòa = hoa) and
 * punctuation all disappear; words are separated by one space.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
