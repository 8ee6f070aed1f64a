import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { fill, t } from '../../../kernel/i18n/index.ts'
import type { Reject } from '../../../kernel/import.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Details, ErrorSummary, errorsBy, Form, page, TextArea } from '../../../ui/index.ts'
import { refusals } from '../errors.ts'
import { readCalendarText } from '../import.ts'
import { nationalDayInput } from '../input.ts'
import { importTexts as texts } from '../settings-texts.ts'
import { changeHref, draft } from './year-page.tsx'

const HREF = '/quan-tri/lich/nap'
/** So many faults are told at once; a file with more is mended in rounds. */
const TOLD = 20

const EXAMPLE = `date,kind,name,name_en,source,certainty
2028-01-01,holiday,Tết Dương lịch,New Year’s Day,Thông báo của Bộ Nội vụ,official
2028-01-03,compensatory,Nghỉ bù Tết Dương lịch,Day in lieu of New Year’s Day,Thông báo của Bộ Nội vụ,official`

function show(c: Web, text: string, refusal?: Refusal): Response | Promise<Response> {
  const locale = c.get('locale')
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, back: { href: '/quan-tri/lich' }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && (
          <ErrorSummary errors={refusal.fields ?? []} locale={locale} message={refusal.fields ? undefined : t(locale, refusal.message)} />
        )}
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        <p class="govuk-body">{t(locale, texts.lead)}</p>
        <p class="govuk-body">{t(locale, texts.columns)}</p>
        <Details summary={t(locale, texts.example)}>
          <pre class="cs-json">{EXAMPLE}</pre>
        </Details>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={HREF} unsaved>
          <TextArea name="text" label={t(locale, texts.text)} rows={16} value={text} error={errorsBy(locale, refusal?.fields)('text')} />
          <Button>{t(locale, texts.look)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** Every fault with its line, told at the one field there is. */
function faults(rejects: readonly Reject[]): Refusal {
  const fields = rejects.slice(0, TOLD).map(({ line, column, reason }) => {
    const where = fill(texts.line, { n: line })
    const at = column === '' ? '' : `, ${column}`
    return { path: 'text', message: { vi: `${where.vi}${at}: ${reason.vi}`, en: `${where.en}${at}: ${reason.en}` } }
  })
  const more = rejects.length - fields.length
  return { ...refusals.dayInvalid, fields: more > 0 ? [...fields, { path: 'text', message: fill(texts.more, { n: more }) }] : fields }
}

/** `/quan-tri/lich/nap`: paste a year. */
export const importPage = (c: Web): Response | Promise<Response> => show(c, '')

/** Drafts whole years, to be looked at before they are applied. */
export async function importPost(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const text = typed.text ?? ''
  const days = readCalendarText(text)
  if (!days.ok) return show(c, text, faults(days.error))
  const checked = parse(z.array(nationalDayInput).min(1).max(2000), days.value)
  if (!checked.ok)
    return show(c, text, { ...checked.error, fields: checked.error.fields?.slice(0, TOLD).map((one) => ({ ...one, path: 'text' })) })
  const value = { days: checked.value }
  const done = await draft(c, typed, { kind: 'set-years', value })
  return done.ok ? c.redirect(changeHref(done.value.id), 303) : show(c, text, done.error)
}
