import { dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { formatDay, page, Table, Tag } from '../../../ui/index.ts'
import { formSets } from '../files.ts'
import { pdfResponse, printForm } from '../print.ts'
import { type Form, type FormSet, formKinds, formSetAt, papers, papersFor } from '../rules/form-set.ts'
import { sampleFacts } from '../rules/sample.ts'
import { certaintyTexts, paperTexts, texts } from '../texts.ts'

export const HREF = '/quan-tri/mau-in'

const Previews = ({ set, form, locale }: { set: FormSet; form: Form; locale: Locale }) => {
  const links = [
    ...papersFor(form.kind).map((paper) => ({ text: t(locale, paperTexts[paper]), query: `kho=${paper}` })),
    { text: t(locale, texts.hard), query: 'thu=dai' },
  ]
  return (
    <>
      {links.map(({ text, query }, index) => (
        <>
          {index > 0 && ' · '}
          <a class="govuk-link cs-nowrap" href={`${HREF}/${set.id}/${form.kind}.pdf?${query}`} target="_blank" rel="noopener">
            {text}
            <span class="govuk-visually-hidden"> {form.title}</span>
          </a>
        </>
      ))}
    </>
  )
}

/** GET /quan-tri/mau-in: the form sets, the one in force first, each form with a preview from invented data. */
export async function formsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const sets = formSets()
  const inForce = formSetAt(sets, dayOf(c.get('app').clock()))
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, wide: true },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <p class="govuk-body">
        {t(locale, texts.lead)} {t(locale, texts.invented)}
      </p>
      {[...sets].reverse().map((set) => (
        <section aria-labelledby={set.id}>
          <h2 class="govuk-heading-m" id={set.id}>
            {set.instrument} {set === inForce && <Tag tone="good">{t(locale, texts.inForce)}</Tag>}
          </h2>
          <p class="govuk-body">
            {t(locale, texts.from, { day: formatDay(set.validFrom) })} · {t(locale, texts.certainty).toLowerCase()}:{' '}
            {t(locale, certaintyTexts[set.certainty])}
            <br />
            <span class="cs-muted govuk-body-s">
              {t(locale, texts.source)}: {set.source}
            </span>
          </p>
          <Table
            caption={set.instrument}
            captionHidden
            locale={locale}
            rows={set.forms}
            columns={[
              { key: 'number', label: t(locale, texts.number), cell: (form) => form.number },
              { key: 'title', label: t(locale, texts.name), header: true, cell: (form) => form.title },
              { key: 'symbol', label: t(locale, texts.symbol), cell: (form) => form.symbol ?? '–' },
              { key: 'preview', label: t(locale, texts.preview), cell: (form) => <Previews set={set} form={form} locale={locale} /> },
            ]}
          />
        </section>
      ))}
    </>,
  )
}

/** A morning on which a set is in force: invented papers bear its day. */
const sampleDay = (set: FormSet, now: string): string => (set.validFrom > '2025' ? now : '2024-03-05T02:30:00Z')

/** GET /quan-tri/mau-in/:set/:file: one form of a set with invented data. */
export async function previewPage(c: Web): Promise<Response> {
  const set = formSets().find(({ id }) => id === c.req.param('set'))
  const kind = formKinds.find((one) => `${one}.pdf` === c.req.param('file'))
  if (!set || !kind) throw new Refused(refusals.notFound)
  const at = sampleDay(set, c.get('app').clock().toString())
  const paper = papers.find((one) => one === c.req.query('kho')) ?? 'a4'
  const facts = sampleFacts(kind, at, c.req.query('thu') === 'dai' ? 'hard' : 'usual')
  const bears = 'symbol' in (set.forms.find((form) => form.kind === kind) ?? {})
  const pdf = await printForm(facts, { set: set.id, paper, number: bears ? 1 : null })
  if (!pdf) throw new Refused(refusals.notFound)
  return pdfResponse(pdf, `${set.id}-${kind}.pdf`)
}
