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
