import { type Day, isDay } from '../../../kernel/clock.ts'

/** What an official dossier code says. `order` tells in which order its agency was written. */
export interface DossierCode {
  readonly text: string
  readonly agencyCode: string
  /** Day of reception. */
  readonly day: Day
  /** A string: leading zeros are part of it, and a centralised service puts two digits of its ministry first. */
  readonly serial: string
  readonly order: 'national' | 'before-2020'
  /** `T.` in front: keyed in by hand at an office without the system. */
  readonly keyedByHand: boolean
}

/**
 * The official code given at reception: `<agency>-YYMMDD-XXXX`, at least four digits, more when a day has more than 9,999
 * (TT 03/2025/TT-VPCP Art. 13; TT 04/2025/TT-VPCP Art. 23(2)).
 */
export const officialCode = (agencyCode: string, day: Day, serial: number): string =>
  `${agencyCode}-${day.slice(2).replaceAll('-', '')}-${String(serial).padStart(4, '0')}`

// Group widths differ between provinces and years, so they are not fixed beyond what has been seen (1 to 3 digits).
const PATTERN = /^(T\.)?(?:([A-Y]\d{2}(?:\.\d{1,3}){0,3})|(\d{3}(?:\.\d{2,3}){2}\.[A-Y]\d{2}))-(\d{6}|\d{8})-(\d{4,})$/

/** Reads every official form in use: today's, with `T.`, the order before 2020 (QCVN 102:2016), eight-digit dates, longer serials. */
export function parseCode(typed: string): DossierCode | undefined {
  const text = typed.trim().toUpperCase().replace(/\s+/g, '').replace(/[–—]/g, '-')
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [, keyed, national, reversed, digits = '', serial = ''] = match
  const date = digits.length === 8 ? digits : `20${digits}`
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
  if (!isDay(day)) return undefined
  return {
    text,
    agencyCode: national ?? reversed ?? '',
    day,
    serial,
    order: national ? 'national' : 'before-2020',
    keyedByHand: keyed !== undefined,
  }
}
