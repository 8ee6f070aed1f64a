import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { formsPage, HREF, previewPage } from './pages/forms-page.tsx'
import { permissions } from './permissions.ts'
import { sharedPress } from './press.ts'
import { printForm } from './print.ts'
import { sampleFacts } from './rules/sample.ts'
import { texts } from './texts.ts'

const view = { action: 'printing.view' } as const

/** Prints a receipt nobody gets: the native compiler, the typeface and the templates are there and work on this machine. */
async function tryPress(): Promise<{ ok: boolean; detail: string }> {
  const begun = performance.now()
  try {
    const pdf = await printForm(sampleFacts('receipt', '2026-01-05T01:00:00Z'))
    return { ok: true, detail: `PDF/A, ${pdf?.byteLength ?? 0} B, ${Math.round(performance.now() - begun)} ms` }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** What printing brings to the house: its check page, and a press that stops with the house. */
export const printingRoom: Room = {
  name: 'printing',
  permissions,
  navigation: [{ door: 'admin', href: HREF, text: texts.title, entry: view }],
  pages: () => [new Routes().get(HREF, view, formsPage).get(`${HREF}/:set/:file`, view, previewPage)],
  checks: () => [{ name: 'printing', run: tryPress }],
  workers: () => [{ name: 'press', start: async () => {}, stop: () => sharedPress().close() }],
}
