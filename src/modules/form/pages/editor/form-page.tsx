import { randomUUID } from 'node:crypto'
import { Refused } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  type Flash,
  Form,
  formatDay,
  formatInstant,
  InsetText,
  LinkButton,
  page,
  Select,
} from '../../../../ui/index.ts'
import { startEdit } from '../../commands/start-edit.ts'
import { refusals } from '../../errors.ts'
import { type FormLinks, type FormVersion, findEdit, getEdit, getForm, listFormVersions } from '../../queries/edited-forms.ts'
import { compareForms } from '../../rules/edit/compare.ts'
import { formFile } from '../../rules/edit/publication.ts'
import { words } from './parts.tsx'
import { texts } from './texts.ts'
import { Changes, currentOf, Versions } from './versions-parts.tsx'
import { draftHref, FORMS, formHref, todayOf } from './ways.ts'

function published(c: Web, versions: readonly FormVersion[]): { flash?: Flash } {
  const version = versions.find((one) => String(one.version) === c.req.query('ban-hanh'))
  if (!version) return {}
  const values = { n: version.version, day: formatDay(version.validFrom) }
  return { flash: { kind: 'success', text: { vi: t('vi', texts.published, values), en: t('en', texts.published, values) } } }
}

/** GET /quan-tri/bieu-mau/:code: versions, who is on them, what is being written. */
export const formPage =
  (links: FormLinks) =>
  async (c: Web): Promise<Response> => {
    const [app, province, locale, today] = [c.get('app'), c.get('province'), c.get('locale'), todayOf(c)]
    const code = c.req.param('code') ?? ''
    const read = <T,>(fn: Parameters<typeof app.db.read<T>>[1]) => app.db.read(province, fn)
    const [versions, draft, open, procedures] = await Promise.all([
      read((tx) => listFormVersions(tx, code)),
      read((tx) => findEdit(tx, code)),
      read((tx) => links.openDossiersOn(tx, code)),
      read((tx) => links.proceduresWith(tx, code, today)),
    ])
    const current = currentOf(versions, today) ?? versions[0]
    if (!current && !draft) throw new Refused(refusals.formNotFound)
    const title = current?.title ?? (draft ? words(locale, draft.definition.title, texts.untitled) : code)
    const mayEdit = app.access(province).canAtRoot(c.get('actor'), 'form.publish')
    return page(
      c,
      { ...frame(c, 'admin'), title: { vi: title, en: title }, back: { href: FORMS }, ...published(c, versions) },
      <>
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">
            {t(locale, texts.form)} · {code}
          </span>
          {title}
        </h1>
        {draft && (
          <InsetText>
            <p>
              <strong>{t(locale, texts.writing)}</strong>:{' '}
              {t(locale, texts.writingBy, { by: draft.updatedBy, at: formatInstant(draft.updatedAt) })}
            </p>
            {mayEdit && <LinkButton href={draftHref(code)}>{t(locale, texts.goOn)}</LinkButton>}
          </InsetText>
        )}
        {!draft && mayEdit && current && (
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={draftHref(code, '/bat-dau')}>
            {versions.length > 1 ? (
              <Select
                name="version"
                label={t(locale, texts.bringBack)}
                empty={false}
                value={String(current.version)}
                options={versions.map((one) => ({
                  value: String(one.version),
                  label: `${t(locale, texts.versionN, { n: one.version })} (${formatDay(one.validFrom)})`,
                }))}
              />
            ) : (
              <input type="hidden" name="version" value={String(current.version)} />
            )}
            <ButtonGroup>
              <Button>{t(locale, texts.edit)}</Button>
            </ButtonGroup>
          </Form>
        )}
        {versions.length > 0 && <Versions versions={versions} open={open} today={today} locale={locale} links />}
        <h2 class="govuk-heading-m">{t(locale, texts.usedBy)}</h2>
        {procedures.length === 0 ? (
          <p class="govuk-body">{t(locale, texts.usedByNone)}</p>
        ) : (
          <ul class="govuk-list govuk-list--bullet">
            {procedures.slice(0, 30).map((procedure) => (
              <li>
                <a class="govuk-link" href={`/quan-tri/thu-tuc/${procedure.code}`}>
                  {t(locale, procedure.name)}
                </a>{' '}
                <span class="cs-muted cs-nowrap">{procedure.code}</span>
              </li>
            ))}
            {procedures.length > 30 && <li>… (+{procedures.length - 30})</li>}
          </ul>
        )}
      </>,
    )
  }

/** POST /quan-tri/bieu-mau/:code/sua/bat-dau: begins to write, or goes on with what is being written. */
export async function beginEdit(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const code = c.req.param('code') ?? ''
  const version = Number(values.get('version')) || 1
  const started = await runFor(c, values, 'form.start-edit', (cx) => startEdit(cx, { from: 'version', code, version }))
  if (!started.ok) throw new Refused(started.error)
  return c.redirect(draftHref(code), 303)
}

/** GET /quan-tri/bieu-mau/:code/so-sanh?tu=&den= */
export async function comparePage(c: Web): Promise<Response> {
  const [app, province, locale] = [c.get('app'), c.get('province'), c.get('locale')]
  const code = c.req.param('code') ?? ''
  const [from, to] = [Number(c.req.query('tu')) || 0, Number(c.req.query('den')) || 0]
  const [before, after] = await Promise.all([from, to].map((version) => app.db.read(province, (tx) => getForm(tx, code, version))))
  const title = { vi: t('vi', texts.compareTitle, { from, to }), en: t('en', texts.compareTitle, { from, to }) }
  return page(
    c,
    { ...frame(c, 'admin'), title, back: { href: formHref(code) } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{after && t(locale, after.title)}</span>
        {t(locale, title)}
      </h1>
      {before && after && <Changes changes={compareForms(before, after)} locale={locale} />}
    </>,
  )
}

/** GET /quan-tri/bieu-mau/:code/xuat: a version, or what is being written, as the JSON of data/forms. */
export async function exportForm(c: Web): Promise<Response> {
  const [app, province] = [c.get('app'), c.get('province')]
  const code = c.req.param('code') ?? ''
  const version = Number(c.req.query('phien-ban')) || 0
  const definition = c.req.query('ban-soan')
    ? (await app.db.read(province, (tx) => getEdit(tx, code))).definition
    : await app.db.read(province, (tx) => getForm(tx, code, version))
  const name = `${code}${c.req.query('ban-soan') ? '-ban-soan' : `-${version}`}.json`
  return c.body(formFile(definition), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${name.replace(/[^a-z0-9.-]/gi, '')}"`,
  })
}
