import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import { Button, DateInput, ErrorSummary, errorsBy, Form, InsetText, page, readDate, typedDate } from '../../../../ui/index.ts'
import { publishForm } from '../../commands/publish-form.ts'
import { type EditedForm, type FormLinks, getForm, listFormVersions } from '../../queries/edited-forms.ts'
import { compareForms } from '../../rules/edit/compare.ts'
import { problemsOf } from '../../rules/edit/problems.ts'
import { Problems, words } from './parts.tsx'
import { texts } from './texts.ts'
import { Changes, currentOf, Versions } from './versions-parts.tsx'
import { draftHref, formHref, openDraft, todayOf } from './ways.ts'

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

async function show(c: Web, links: FormLinks, draft: EditedForm, { typed, errors = [], refusal }: State = {}): Promise<Response> {
  const [app, province, locale, today] = [c.get('app'), c.get('province'), c.get('locale'), todayOf(c)]
  const { definition, formCode: code } = draft
  const read = <T,>(fn: Parameters<typeof app.db.read<T>>[1]) => app.db.read(province, fn)
  const versions = await read((tx) => listFormVersions(tx, code))
  const current = currentOf(versions, today) ?? versions[0]
  const [inForce, open] = await Promise.all([
    current ? read((tx) => getForm(tx, code, current.version)) : undefined,
    read((tx) => links.openDossiersOn(tx, code)),
  ])
  const problems = problemsOf(definition)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  // What is not ready is listed below with links to where it is mended.
  const shown = refusal?.code === 'form.edit-not-ready' ? [] : (refusal?.fields ?? errors)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: texts.publishTitle,
      back: { href: draftHref(code) },
      hasErrors: shown.length > 0 || refusal !== undefined,
    },
    <>
      <ErrorSummary
        errors={shown}
        message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
        locale={locale}
      />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{words(locale, definition.title, texts.untitled)}</span>
        {t(locale, texts.publishTitle)}
      </h1>
      <Problems code={code} problems={problems} locale={locale} />
      <h2 class="govuk-heading-m">{t(locale, texts.whatChanges)}</h2>
      {inForce ? (
        <Changes changes={compareForms(inForce, definition)} locale={locale} />
      ) : (
        <p class="govuk-body">{t(locale, texts.firstVersion)}</p>
      )}
      {versions.length > 0 && <Versions versions={versions} open={open} today={today} locale={locale} />}
      <InsetText>{t(locale, texts.keepNote)}</InsetText>
      {problems.length === 0 && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <input type="hidden" name="seen" value={String(draft.version)} />
          <DateInput
            name="validFrom"
            label={t(locale, texts.publishFrom)}
            hint={t(locale, texts.publishFromHint)}
            value={typed ? typedDate(Object.fromEntries(typed), 'validFrom') : today}
            error={errorsBy(locale, shown)('validFrom')}
            locale={locale}
          />
          <Button>{t(locale, texts.publishNow)}</Button>
        </Form>
      )}
    </>,
  )
}

/** GET /quan-tri/bieu-mau/:code/sua/ban-hanh: what would change, who is on which version, from when. */
export const publishPage =
  (links: FormLinks) =>
  async (c: Web): Promise<Response> =>
    show(c, links, await openDraft(c))

/** POST */
export const publishNow =
  (links: FormLinks) =>
  async (c: Web): Promise<Response> => {
    const { values: typed } = await readForm(c)
    const code = c.req.param('code') ?? ''
    const validFrom = readDate(Object.fromEntries(typed), 'validFrom')
    if (!validFrom) return show(c, links, await openDraft(c), { typed, errors: [{ path: 'validFrom', message: texts.dayWrong }] })
    const seen = Number(typed.get('seen')) || 0
    const result = await runFor(c, typed, 'form.publish', (cx) => publishForm(cx, { code, seen, validFrom }))
    if (result.ok) return c.redirect(`${formHref(code)}?ban-hanh=${result.value.version}`, 303)
    return show(c, links, await openDraft(c), { typed, refusal: result.error })
  }
