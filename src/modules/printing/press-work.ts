import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { type Spreadsheet, writeSpreadsheet } from './spreadsheet.ts'

/** Where the press finds its templates and its type. */
export interface PressPlace {
  readonly templates: string
  readonly fonts: readonly string[]
}

/** One piece of work. `inputs` reach the template as `sys.inputs`: data, never source. */
export type Work =
  | { readonly kind: 'pdf' | 'svg'; readonly template: string; readonly inputs: Readonly<Record<string, string>> }
  | { readonly kind: 'xlsx'; readonly book: Spreadsheet }

/** Archival PDF (ISO 19005-2, level b). */
const STANDARD = 'a-2b'
/** Results of the typesetter that the last few pieces of work did not need are forgotten, so that memory stays where it is. */
const KEEP_FOR = 10

/** Does pieces of work one after the other; the compiler with its fonts is made once. */
export function createHand({ templates, fonts }: PressPlace): (work: Work) => Promise<Uint8Array<ArrayBuffer>> {
  let compiler: NodeCompiler | undefined
  const typeset = (): NodeCompiler => {
    compiler ??= NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: fonts.map((path) => readFileSync(path)) }] })
    return compiler
  }
  return async (work) => {
    if (work.kind === 'xlsx') return writeSpreadsheet(work.book)
    const hand = typeset()
    const asked = { mainFilePath: `${templates}/${work.template}`, inputs: { ...work.inputs } }
    try {
      return work.kind === 'pdf'
        ? new Uint8Array(hand.pdf(asked, { pdfStandard: STANDARD }))
        : new Uint8Array(new TextEncoder().encode(hand.svg(asked)))
    } finally {
      hand.evictCache(KEEP_FOR)
    }
  }
}
