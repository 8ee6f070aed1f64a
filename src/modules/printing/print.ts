import { qrSvg } from '../../ui/qr-drawing.ts'
import { formSets, printableSigns } from './files.ts'
import { type Press, sharedPress } from './press.ts'
import type { Facts } from './rules/facts.ts'
import { type FormKind, formOf, formSetAt, type PaperFormat } from './rules/form-set.ts'
import { printable } from './rules/glyphs.ts'
import { eachText, typeset } from './rules/typeset.ts'
import { dayOfText } from './rules/words.ts'
import { XLSX_TYPE } from './xlsx.ts'

const templates: Readonly<Record<FormKind, string>> = {
  receipt: '01-receipt.typ',
  supplement: '02-supplement.typ',
  refusal: '03-refusal.typ',
  extension: '04-extension.typ',
  stop: '05-stop.typ',
  'control-slip': '06-control-slip.typ',
  register: '07-register.typ',
}

const PDF_TYPE = 'application/pdf'

interface How {
  /** Of documents that bear one: recorded by `issueDocument`. */
  readonly number?: number | null
  readonly paper?: PaperFormat
  /** A form set other than the one in force at the facts' day: for looking at it. */
  readonly set?: string
  readonly as?: 'pdf' | 'svg'
  readonly press?: Press
}

/**
 * A form as a PDF/A-2b file: the form set in force on the day of the facts, the same bytes every time for the same facts. Undefined when
 * that set has no such form. `svg` gives the pages as a picture that also holds their texts.
 */
export async function printForm(facts: Facts, how: How = {}): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { number = null, paper = 'a4', as = 'pdf', press = sharedPress() } = how
  const set = formSets().find(({ id }) => id === how.set) ?? formSetAt(formSets(), dayOfText(facts.at))
  const form = formOf(set, facts.kind)
  if (!form) return undefined
  const signs = printableSigns()
  const texts = eachText(typeset(facts, { set, form, number }), (text) => printable(text, signs))
  const qr = facts.kind === 'register' ? null : qrSvg(facts.trackingUrl)
  const template = facts.kind === 'receipt' && paper === 'roll' ? '01-receipt-roll.typ' : templates[facts.kind]
  return press.work({ kind: as, template, inputs: { facts: JSON.stringify({ ...texts, qr }), format: paper } })
}

/** Pages of other rooms' making: a template of data/printing that is no form of a form set. */
export type SheetTemplate = 'weekly-report.typ' | 'report-table.typ' | 'campaign-letter.typ'

/**
 * Other rooms' own pages as PDF/A-2b (or as a picture), from facts that are plain JSON: `title`, `agency` and `made` are read by every
 * template. The same facts give the same bytes. Throws `Refused` service.busy when too much waits.
 */
export function printSheet(
  template: SheetTemplate,
  facts: Readonly<Record<string, unknown>>,
  { as = 'pdf', press = sharedPress() }: Pick<How, 'as' | 'press'> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const signs = printableSigns()
  const texts = eachText(facts, (text) => printable(text, signs))
  return press.work({ kind: as, template, inputs: { facts: JSON.stringify(texts), format: 'a4' } })
}

/** A PDF as an answer: shown by the browser, named when it is kept, never kept on the way. */
export const pdfResponse = (pdf: Uint8Array<ArrayBuffer>, name: string): Response => fileResponse(pdf, PDF_TYPE, name, 'inline')

/** A spreadsheet as an answer: kept under its name. */
export const xlsxResponse = (book: Uint8Array<ArrayBuffer>, name: string): Response => fileResponse(book, XLSX_TYPE, name, 'attachment')

const fileResponse = (bytes: Uint8Array<ArrayBuffer>, type: string, name: string, how: 'inline' | 'attachment'): Response =>
  new Response(bytes, {
    headers: {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      'content-disposition': `${how}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
    },
  })
