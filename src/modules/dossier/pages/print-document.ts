import { run } from '../../../kernel/command.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Facts, issueDocument, type PaperFormat, papers, pdfResponse, printForm } from '../../printing/index.ts'
import { controlSlip, dossierDocument } from '../queries/documents.ts'
import { CONTROL_SLIP, readDocumentName } from '../rules/document-names.ts'

const paperAsked = (c: Web): PaperFormat => papers.find((paper) => paper === c.req.query('kho')) ?? 'a4'

async function answer(facts: Facts, number: number | null, paper: PaperFormat, name: string): Promise<Response> {
  const pdf = await printForm(facts, { number, paper })
  // The set in force at that time has no such form.
  if (!pdf) throw new Refused(refusals.notFound)
  return pdfResponse(pdf, name)
}

/**
 * GET /mot-cua/ho-so/:id/in/:file and /ho-so/:id/in/:file: a paper about a dossier as PDF. Printed for the first time it gets its
 * number; after that every copy is the same, to the byte.
 */
export async function printDocument(c: Web): Promise<Response> {
  const app = c.get('app')
  const asker = { province: c.get('province'), actor: c.get('actor') }
  const id = c.req.param('id') ?? ''
  const file = c.req.param('file') ?? ''
  if (file === CONTROL_SLIP) {
    const slip = await controlSlip(app, asker, id)
    if (!slip.ok) throw new Refused(slip.error)
    return answer(slip.value, null, 'a4', `${slip.value.code ?? slip.value.reference}-${file}`)
  }
  const which = readDocumentName(file)
  if (!which) throw new Refused(refusals.notFound)
  const found = await dossierDocument(app, asker, id, which)
  if (!found.ok) throw new Refused(found.error)
  const { facts, step, target } = found.value
  const name = `${facts.code ?? facts.reference}-${file}`
  // A history kept elsewhere gave its paper a number there.
  if (step.imported) return answer(facts, null, paperAsked(c), name)
  const call = { ...asker, locale: c.get('locale'), name: 'printing.issue-document' }
  const issued = await run(app, call, (cx) => issueDocument(cx, { subject: id, occurrence: which.occurrence, facts, target }))
  if (!issued.ok) throw new Refused(issued.error)
  return answer(issued.value.facts, issued.value.number, paperAsked(c), name)
}
