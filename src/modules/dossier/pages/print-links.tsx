import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { formatInstant } from '../../../ui/index.ts'
import { type Form, formOf, formSetAt, formSets, papersFor, paperTexts } from '../../printing/index.ts'
import { printTexts } from '../print-texts.ts'
import { documentList } from '../queries/documents.ts'
import { CONTROL_SLIP, documentName } from '../rules/document-names.ts'
import type { DocumentStep } from '../rules/documents.ts'

interface Printable extends DocumentStep {
  readonly form: Form
  readonly href: string
  readonly title: string
}

const formAt = (kind: DocumentStep['kind'] | 'control-slip', at: string): Form | undefined =>
  formOf(formSetAt(formSets(), dayOf(Temporal.Instant.from(at))), kind)

/** The papers of a dossier with their addresses: those whose time had such a form. */
async function printables(c: Web, id: string, base: string, locale: Locale): Promise<readonly Printable[]> {
  const steps = await documentList(c.get('app'), c.get('province'), id)
  const many = (kind: string): boolean => steps.filter((step) => step.kind === kind).length > 1
  return steps.flatMap((step) => {
    const form = formAt(step.kind, step.at)
    if (!form) return []
    const title = many(step.kind) ? t(locale, printTexts.round, { title: form.title, n: step.occurrence }) : form.title
    return [{ ...step, form, title, href: `${base}/${id}/in/${documentName(step.kind, step.occurrence)}` }]
  })
}

const Papers = ({ paper, locale }: { paper: Printable; locale: Locale }) => (
  <>
    {papersFor(paper.kind).map((format, index) => (
      <>
        {index > 0 && ' · '}
        <a class={index === 0 ? 'govuk-link' : 'govuk-link cs-nowrap'} href={`${paper.href}?kho=${format}`} target="_blank" rel="noopener">
          {index === 0 ? `${paper.title} (${t(locale, paperTexts[format])})` : t(locale, paperTexts[format])}
          {index > 0 && <span class="govuk-visually-hidden"> {paper.title}</span>}
        </a>
      </>
    ))}
  </>
)

interface PrintLinksProps {
  readonly c: Web
  readonly view: { readonly id: string; readonly code: string | null }
}

/** What can be printed about a dossier, the latest first; the slip of hand-overs once it was received. */
export const PrintLinks = async ({ c, view }: PrintLinksProps) => {
  const locale = c.get('locale')
  const papers = await printables(c, view.id, '/mot-cua/ho-so', locale)
  if (papers.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-s">{t(locale, printTexts.papers)}</h2>
      <ul class="govuk-list">
        {[...papers].reverse().map((paper) => (
          <li>
            <Papers paper={paper} locale={locale} />{' '}
            <span class="cs-muted govuk-body-s">
              {formatInstant(Temporal.Instant.from(paper.at))}
              {paper.undone && ` · ${t(locale, printTexts.undone)}`}
              {paper.imported && ` · ${t(locale, printTexts.imported)}`}
            </span>
          </li>
        ))}
        {view.code !== null && (
          <li>
            <a class="govuk-link" href={`/mot-cua/ho-so/${view.id}/in/${CONTROL_SLIP}`} target="_blank" rel="noopener">
              {t(locale, printTexts.slip)}
            </a>
          </li>
        )}
      </ul>
    </>
  )
}

/** Steps that make a paper, by the name of the action that was just done. */
const madeBy: Readonly<Record<string, DocumentStep['kind']>> = {
  receive: 'receipt',
  'request-supplement': 'supplement',
  refuse: 'refusal',
  extend: 'extension',
  stop: 'stop',
  correct: 'receipt',
}

/** Beside the notice of a step just done: the paper it made, to be printed now. Nothing when it made none. */
export const PrintNow = async ({ c, id, action }: { c: Web; id: string; action: string | undefined }) => {
  const kind = madeBy[action ?? '']
  if (!kind) return null
  const locale = c.get('locale')
  const made = (await printables(c, id, '/mot-cua/ho-so', locale)).findLast((paper) => paper.kind === kind && !paper.undone)
  if (!made) return null
  return (
    <div class="cs-print-now">
      <Papers paper={{ ...made, title: t(locale, printTexts.printNow, { title: made.title }) }} locale={locale} />
    </div>
  )
}

/** The papers an applicant was sent, to be kept: forms 01–05 as the office prints them. */
export const ApplicantPapers = async ({ c, id }: { c: Web; id: string }) => {
  const locale = c.get('locale')
  const papers = (await printables(c, id, '/ho-so', locale)).filter(({ undone }) => !undone)
  if (papers.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, printTexts.sent)}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {[...papers].reverse().map((paper) => (
          <li>
            <a class="govuk-link" href={paper.href}>
              {paper.title} (PDF)
            </a>{' '}
            <span class="cs-muted">{formatInstant(Temporal.Instant.from(paper.at))}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
