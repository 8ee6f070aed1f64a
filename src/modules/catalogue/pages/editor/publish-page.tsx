import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../../kernel/errors.ts'
import { Refused } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import {
  Button,
  DateInput,
  ErrorSummary,
  errorsBy,
  Form,
  formatNumber,
  InsetText,
  page,
  readDate,
  Table,
  TextInput,
  typedDate,
  WarningText,
} from '../../../../ui/index.ts'
import { endProcedure, publishEdit } from '../../commands/publish-edit.ts'
import { refusals } from '../../errors.ts'
import type { CatalogueLinks, EditedProcedure } from '../../queries/edited-procedures.ts'
import { listVersions } from '../../queries/lists.ts'
import { differences } from '../../rules/difference.ts'
import { problemsOf, rebased } from '../../rules/draft.ts'
import { inForce } from '../../rules/procedure.ts'
import { texts as shared } from '../../texts.ts'
import { Problems } from './draft-page.tsx'
import { inWords, Lines } from './in-words.tsx'
import { texts } from './texts.ts'
import { codeOf, draftHref, knownOf, openDraft, procedureHref, todayOf } from './ways.ts'

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

/** "phiên bản 2 còn 14 hồ sơ, …" */
export function openWords(open: ReadonlyMap<number, number>, locale: Locale): string {
  const list = [...open].filter(([, n]) => n > 0).sort(([a], [b]) => a - b)
  if (list.length === 0) return t(locale, texts.keepNone)
  const words = list.map(([n, count]) => t(locale, texts.keepOne, { n, open: formatNumber(count, locale) })).join(', ')
  return t(locale, texts.keepNote, { list: words })
}

async function show(c: Web, links: CatalogueLinks, draft: EditedProcedure, { typed, errors = [], refusal }: State = {}): Promise<Response> {
  const [app, province, locale, today] = [c.get('app'), c.get('province'), c.get('locale'), todayOf(c)]
  const { code } = draft
  const [versions, open, known] = await Promise.all([
    app.db.read(province, (tx) => listVersions(tx, code)),
    app.db.read(province, (tx) => links.openDossiersOn(tx, code)),
    knownOf(c, links),
  ])
  const all = versions.map((one) => ({ ...one, abolished: one.body.abolished }))
  const newest = versions.toSorted((a, b) => b.version - a.version)[0]
  const base = versions.find(({ version }) => version === draft.basedOn)?.body
  const body = rebased(base, draft.body, newest?.body)
  const current = inForce(all, today)
  const changed = current ? differences(current.body, { ...body, abolished: false }) : []
  const problems = problemsOf(body, known.codes)
  const shown = refusal?.code === 'catalogue.edit-not-ready' ? [] : refusal?.fields?.length ? refusal.fields : errors
  const errorOf = errorsBy(locale, shown)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
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
      <h1 class="govuk-heading-l cs-editor__name">
        <span class="govuk-caption-l">
          {code} · {t(locale, body.name)}
        </span>
        {t(locale, texts.publishTitle)}
      </h1>
      <Problems code={code} problems={problems} locale={locale} />
      {newest && draft.basedOn !== null && newest.version > draft.basedOn && (
        <InsetText>{t(locale, texts.newerThere, { n: newest.version, by: newest.publishedBy })}</InsetText>
      )}
      <h2 class="govuk-heading-m">{t(locale, texts.whatChanges)}</h2>
      {!current ? (
        <p class="govuk-body">{t(locale, texts.firstVersion)}</p>
      ) : changed.length === 0 ? (
        <p class="govuk-body">{t(locale, texts.noChanges)}</p>
      ) : (
        <Table
          caption={t(locale, texts.whatChanges)}
          captionHidden
          locale={locale}
          rows={changed}
          columns={[
            { key: 'part', label: t(locale, shared.changed), header: true, cell: (row) => t(locale, row.label) },
            {
              key: 'before',
              label: t(locale, shared.before),
              cell: (row) => <Lines lines={inWords(row.part, current.body, known, locale)} />,
            },
            { key: 'after', label: t(locale, texts.publishTitle), cell: (row) => <Lines lines={inWords(row.part, body, known, locale)} /> },
          ]}
        />
      )}
      <WarningText locale={locale}>{openWords(open, locale)}</WarningText>
      {problems.length === 0 && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <input type="hidden" name="seen" value={String(draft.version)} />
          <DateInput
            name="validFrom"
            label={t(locale, texts.publishFrom)}
            hint={t(locale, texts.publishFromHint)}
            value={typed ? typedDate(Object.fromEntries(typed), 'validFrom') : today}
            error={errorOf('validFrom')}
            locale={locale}
          />
          <TextInput
            name="change"
            label={t(locale, shared.change)}
            hint={t(locale, shared.changeHint)}
            optional
            value={typed?.get('change') ?? ''}
            maxlength={300}
          />
          <Button>{t(locale, texts.publishNow)}</Button>
        </Form>
      )}
    </>,
  )
}

/** GET /quan-tri/thu-tuc/:code/sua/ban-hanh: what would change, who keeps which version, from when. */
export const publishPage =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> =>
    show(c, links, await openDraft(c))

const sentence = (typed: URLSearchParams, name: string) => {
  const words = (typed.get(name) ?? '').trim()
  return words ? { vi: words, en: words } : undefined
}

/** POST */
export const publishNow =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> => {
    const { values: typed } = await readForm(c)
    const code = codeOf(c)
    const validFrom = readDate(Object.fromEntries(typed), 'validFrom')
    if (!validFrom) return show(c, links, await openDraft(c), { typed, errors: [{ path: 'validFrom', message: texts.dayWrong }] })
    const { codes } = await knownOf(c, links)
    const input = { code, seen: Number(typed.get('seen')) || 0, validFrom, change: sentence(typed, 'change'), forms: codes.forms }
    const result = await runFor(c, typed, 'catalogue.publish-edit', (cx) => publishEdit(cx, input))
    if (result.ok) return c.redirect(`${procedureHref(code)}?ban-hanh=${result.value.version}`, 303)
    return show(c, links, await openDraft(c), { typed, refusal: result.error })
  }

async function showEnd(
  c: Web,
  links: CatalogueLinks,
  { typed = new URLSearchParams(), errors = [], refusal }: State = {},
): Promise<Response> {
  const [app, province, locale, today] = [c.get('app'), c.get('province'), c.get('locale'), todayOf(c)]
  const code = codeOf(c)
  const [versions, open] = await Promise.all([
    app.db.read(province, (tx) => listVersions(tx, code)),
    app.db.read(province, (tx) => links.openDossiersOn(tx, code)),
  ])
  const [latest] = versions
  if (!latest) throw new Refused(refusals.procedureNotFound)
  const shown = refusal?.fields?.length ? refusal.fields : errors
  const errorOf = errorsBy(locale, shown)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: texts.endTitle,
      back: { href: procedureHref(code) },
      hasErrors: shown.length > 0 || refusal !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={shown} message={refusal && t(locale, refusal.message)} locale={locale} />
        <h1 class="govuk-heading-l cs-editor__name">
          <span class="govuk-caption-l">
            {code} · {t(locale, latest.body.name)}
          </span>
          {t(locale, texts.endTitle)}
        </h1>
        <p class="govuk-body">{t(locale, texts.endHint)}</p>
        <WarningText locale={locale}>{openWords(open, locale)}</WarningText>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <DateInput
            name="validFrom"
            label={t(locale, texts.publishFrom)}
            hint={t(locale, texts.publishFromHint)}
            value={typed.size > 0 ? typedDate(Object.fromEntries(typed), 'validFrom') : today}
            error={errorOf('validFrom')}
            locale={locale}
          />
          <TextInput
            name="reason"
            label={t(locale, texts.reason)}
            hint={t(locale, texts.reasonHint)}
            value={typed.get('reason') ?? ''}
            error={errorOf('reason')}
            maxlength={300}
          />
          <Button look="warning">{t(locale, texts.endNow)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /quan-tri/thu-tuc/:code/bai-bo */
export const endPage =
  (links: CatalogueLinks) =>
  (c: Web): Promise<Response> =>
    showEnd(c, links)

/** POST */
export const endNow =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> => {
    const { values: typed } = await readForm(c)
    const code = codeOf(c)
    const validFrom = readDate(Object.fromEntries(typed), 'validFrom')
    const reason = sentence(typed, 'reason')
    const errors: FieldError[] = []
    if (!validFrom) errors.push({ path: 'validFrom', message: texts.dayWrong })
    if (!reason) errors.push({ path: 'reason', message: texts.reasonMissing })
    if (!validFrom || !reason) return showEnd(c, links, { typed, errors })
    const result = await runFor(c, typed, 'catalogue.end-procedure', (cx) => endProcedure(cx, { code, validFrom, reason }))
    return result.ok
      ? c.redirect(`${procedureHref(code)}?ban-hanh=${result.value.version}`, 303)
      : showEnd(c, links, { typed, refusal: result.error })
  }
