import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, say } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, ErrorSummary, errorsBy, Form, page, Radios, Select, TextInput } from '../../../ui/index.ts'
import { arrangedWorkList, arrangeList, forgetView, saveView, unitsOfOfficer } from '../../dossier/index.ts'
import { unitNames } from '../queries/units.ts'
import { columnsByPlace, columnsOf, type ListColumn, listColumns } from '../rules/columns.ts'
import { listQuery, readListAddress } from '../rules/list-address.ts'
import { listTexts } from '../work-list-texts.ts'
import { narrowing } from './work-list-page.tsx'
import { columnLabel } from './work-list-rows.ts'

const column = (name: ListColumn): string => `cot-${name}`

interface Shown {
  readonly refusal?: Refusal
  readonly typedName?: string
}

/** GET /mot-cua/cach-xem: which columns, which lists are kept, and the one to begin with. */
export async function workListArrangePage(c: Web, shown: Shown = {}): Promise<Response> {
  const [app, locale, province, actor] = [c.get('app'), c.get('locale'), c.get('province'), c.get('actor')]
  const filter = readListAddress(c.req.query())
  const query = listQuery({ ...filter, after: undefined })
  const found = await arrangedWorkList(app, { province, actor }, { ...filter, limit: 1 })
  if (!found.ok) throw new Refused(found.error)
  const { arrangement, rows } = found.value
  const columns = columnsOf(arrangement.columns)
  const units = await unitNames(app, province, unitsOfOfficer(actor))
  const errorOf = errorsBy(locale, shown.refusal?.fields)
  const csrf = c.get('csrf') ?? ''
  const what = narrowing(filter, rows, locale).map(({ text }) => text)
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: listTexts.arrangeTitle,
      back: { href: query ? `/mot-cua?${query}` : '/mot-cua', text: listTexts.back },
      hasErrors: shown.refusal !== undefined,
    },
    <>
      {shown.refusal && <ErrorSummary errors={shown.refusal.fields ?? []} message={t(locale, shown.refusal.message)} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, listTexts.arrangeTitle)}</h1>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <Form csrfToken={csrf} requestId={randomUUID()} action="/mot-cua/cach-xem">
            <fieldset class="govuk-fieldset" aria-describedby="columns-hint">
              <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t(locale, listTexts.columnsTitle)}</legend>
              <div class="govuk-hint" id="columns-hint">
                {t(locale, listTexts.columnsHint)}
              </div>
              {listColumns.map((name) => {
                const place = columns.indexOf(name) + 1
                return (
                  <div class="cs-inline-form">
                    <input
                      class="govuk-input govuk-input--width-2"
                      id={column(name)}
                      name={column(name)}
                      inputmode="numeric"
                      maxlength={2}
                      value={place > 0 ? String(place) : ''}
                    />
                    <label class="govuk-label" for={column(name)}>
                      {columnLabel(name, locale)}
                    </label>
                  </div>
                )
              })}
            </fieldset>
            <Select
              name="mo-dau"
              label={t(locale, listTexts.beginWith)}
              locale={locale}
              empty={t(locale, listTexts.beginUsual)}
              {...(arrangement.defaultView ? { value: arrangement.defaultView } : {})}
              options={arrangement.views.map((view) => ({ value: view.id, label: view.name }))}
            />
            <Button>{t(locale, listTexts.saveArrangement)}</Button>
          </Form>
        </div>
        <div class="govuk-grid-column-one-half">
          <Form csrfToken={csrf} requestId={randomUUID()} action="/mot-cua/danh-sach">
            <h2 class="govuk-heading-m">{t(locale, listTexts.saveTitle)}</h2>
            {what.length > 0 && <p class="govuk-body">{t(locale, listTexts.saveWhat, { what: what.join(', ') })}</p>}
            <input type="hidden" name="loc" value={query || 'pham-vi=all'} />
            <TextInput
              name="ten"
              label={t(locale, listTexts.viewName)}
              value={shown.typedName}
              error={errorOf('ten')}
              maxlength={80}
              locale={locale}
            />
            <Radios
              name="chung"
              label={t(locale, listTexts.shareWith)}
              value=""
              small
              locale={locale}
              options={[
                { value: '', label: t(locale, listTexts.onlyMe) },
                ...units.map(({ code, name }) => ({ value: code, label: t(locale, listTexts.unitToo, { unit: name }) })),
              ]}
            />
            <Button look="secondary">{t(locale, listTexts.save)}</Button>
          </Form>
          <h2 class="govuk-heading-m">{t(locale, listTexts.saved)}</h2>
          {arrangement.views.length === 0 && <EmptyState title={t(locale, listTexts.noViews)} />}
          <ul class="govuk-list">
            {arrangement.views.map((view) => (
              <li class="cs-inline-form">
                <a class="govuk-link" href={`/mot-cua?${view.query}`}>
                  {view.own ? view.name : t(locale, listTexts.shared, { name: view.name, by: view.by })}
                </a>
                {view.own && (
                  <Form csrfToken={csrf} requestId={randomUUID()} action={`/mot-cua/danh-sach/${view.id}/bo`}>
                    <button class="cs-link-button" type="submit" aria-label={t(locale, listTexts.forgetWhat, { name: view.name })}>
                      {t(locale, listTexts.forget)}
                    </button>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>,
  )
}

/** POST /mot-cua/cach-xem */
export async function arrangeWorkList(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const places = new Map(listColumns.map((name) => [name, Number.parseInt(values.get(column(name)) ?? '', 10) || 0]))
  const begin = values.get('mo-dau') ?? ''
  const done = await runFor(c, values, 'work-list.arrange', (cx) =>
    arrangeList(cx, { columns: columnsByPlace(places), defaultView: isUuid(begin) ? begin : null }),
  )
  if (!done.ok) throw new Refused(done.error)
  return c.redirect('/mot-cua?pham-vi=all&xong=cach-xem', 303)
}

const viewInput = z.object({
  ten: z
    .string()
    .trim()
    .min(1, say(listTexts.viewNameNeeded.vi, listTexts.viewNameNeeded.en))
    .max(80, say(listTexts.viewNameLong.vi, listTexts.viewNameLong.en)),
  loc: z.string().max(1000).default(''),
  chung: z.string().max(40).default(''),
})

/** POST /mot-cua/danh-sach: keeps the list that was being looked at under a name. */
export async function saveWorkView(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const input = parse(viewInput, formObject(values))
  if (!input.ok) {
    c.status(422)
    return workListArrangePage(c, { refusal: input.error, typedName: values.get('ten') ?? '' })
  }
  // Only what is a filter of ours is kept.
  const query =
    listQuery({ ...readListAddress(Object.fromEntries(new URLSearchParams(input.value.loc))), after: undefined }) || 'pham-vi=all'
  const done = await runFor(c, values, 'work-list.save-view', (cx) =>
    saveView(cx, { name: input.value.ten, query, shareWith: input.value.chung || undefined }),
  )
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/mot-cua?${query}&xong=luu`, 303)
}

/** POST /mot-cua/danh-sach/:id/bo */
export async function forgetWorkView(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = c.req.param('id') ?? ''
  const done = await runFor(c, values, 'work-list.forget-view', (cx) =>
    forgetView(cx, isUuid(id) ? id : '00000000-0000-0000-0000-000000000000'),
  )
  if (!done.ok) throw new Refused(done.error)
  return c.redirect('/mot-cua?pham-vi=all&xong=bo', 303)
}
