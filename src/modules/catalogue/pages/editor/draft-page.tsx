import { randomUUID } from 'node:crypto'
import type { Refusal } from '../../../../kernel/errors.ts'
import { refusals as kernelRefusals, Refused } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  InsetText,
  LinkButton,
  page,
  SummaryList,
} from '../../../../ui/index.ts'
import { discardEdit, saveEdit, startEdit, undoEdit } from '../../commands/edit-procedure.ts'
import type { CatalogueLinks, EditedProcedure } from '../../queries/edited-procedures.ts'
import { type Problem, problemsOf } from '../../rules/draft.ts'
import { readSection, type Section, sections, startOf, withRow } from '../../rules/edit.ts'
import type { VersionBody } from '../../rules/procedure.ts'
import { resolverText } from '../../rules/words.ts'
import { texts as shared } from '../../texts.ts'
import { ADMIN } from '../list-page.tsx'
import { inWords, Lines } from './in-words.tsx'
import { SectionFields } from './section-fields.tsx'
import { sectionTexts, texts } from './texts.ts'
import { codeOf, draftHref, type Known, knownOf, openDraft, procedureHref, resolverChoices, todayOf } from './ways.ts'

/** What a part says, as rows of label and lines. */
const partsOf: Readonly<Record<Section, readonly (keyof VersionBody)[]>> = {
  ten: ['name', 'field', 'lifeEvents'],
  'noi-giai-quyet': ['tiers', 'resolver', 'serviceLevel', 'form'],
  'thoi-han': ['timeLimit', 'steps', 'process'],
  phi: ['fees'],
  'giay-to': ['components'],
  'ket-qua': ['results'],
  'giai-thich': ['description', 'keywords'],
  'phap-ly': ['legalBasis', 'sourceNote'],
}

const labels: Partial<Record<keyof VersionBody, { vi: string; en: string }>> = {
  name: texts.name,
  field: shared.field,
  lifeEvents: shared.lifeEvents,
  tiers: shared.tiers,
  resolver: shared.resolver,
  serviceLevel: shared.level,
  form: texts.form,
  timeLimit: shared.limit,
  steps: shared.steps,
  process: texts.process,
  fees: shared.fees,
  components: shared.components,
  results: texts.result,
  description: shared.what,
  keywords: shared.keywords,
  legalBasis: shared.law,
  sourceNote: texts.sourceNote,
}

export const Problems = ({ code, problems, locale }: { code: string; problems: readonly Problem[]; locale: Locale }) =>
  problems.length === 0 ? (
    <p class="govuk-body cs-editor__ready">{t(locale, texts.ready)}</p>
  ) : (
    <section class="cs-editor__problems" aria-labelledby="can-sua">
      <h2 class="govuk-heading-m" id="can-sua">
        {t(locale, texts.toMend, { n: problems.length })}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {problems.map(({ section, message }) => (
          <li>
            <a class="govuk-link" href={draftHref(code, `/phan/${section}`)}>
              {t(locale, message)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )

const Part = ({
  draft,
  section,
  known,
  focus,
  locale,
}: {
  draft: EditedProcedure
  section: Section
  known: Known
  focus: boolean
  locale: Locale
}) => (
  <section aria-labelledby={`phan-${section}`}>
    <div class="cs-page-head">
      <h2 class="govuk-heading-m" id={`phan-${section}`}>
        {t(locale, sectionTexts[section])}
      </h2>
      <a class="govuk-link" href={draftHref(draft.code, `/phan/${section}`)} autofocus={focus} data-focus={focus ? true : undefined}>
        {t(locale, texts.change)}
        <span class="govuk-visually-hidden"> {t(locale, sectionTexts[section])}</span>
      </a>
    </div>
    <SummaryList
      rows={partsOf[section]
        .filter((part) => part !== 'steps' || (draft.body.steps.length > 0 && !draft.body.process))
        .filter((part) => part !== 'process' || draft.body.process)
        .map((part) => ({
          key: t(locale, labels[part] ?? texts.parts),
          value: <Lines lines={inWords(part, draft.body, known, locale)} />,
        }))}
    />
  </section>
)

async function show(c: Web, links: CatalogueLinks, draft: EditedProcedure, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const known = await knownOf(c, links)
  const { code, body } = draft
  const at = c.req.query('o')
  if (refusal) c.status(refusal.status)
  const said = c.req.query('da') === 'luu' ? texts.saved : c.req.query('da') === 'lui' ? texts.undone : undefined
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: { vi: `${texts.draftTitle.vi}: ${body.name.vi}`, en: `${texts.draftTitle.en}: ${body.name.en}` },
      back: { href: draft.basedOn === null ? ADMIN : procedureHref(code) },
      hasErrors: refusal !== undefined,
      ...(said ? { flash: { kind: 'info' as const, text: said } } : {}),
    },
    <>
      <ErrorSummary
        errors={[]}
        message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
        locale={locale}
      />
      <div class="cs-page-head">
        <h1 class="govuk-heading-l cs-editor__name">
          <span class="govuk-caption-l">
            {t(locale, texts.draftTitle)} · {code}
          </span>
          {t(locale, body.name)}
        </h1>
        <LinkButton href={draftHref(code, '/ban-hanh')}>{t(locale, texts.publish)}</LinkButton>
      </div>
      <p class="govuk-body cs-muted">
        {draft.basedOn ? t(locale, texts.startedFrom, { n: draft.basedOn }) : t(locale, texts.startedNew)} ·{' '}
        {t(locale, texts.writingBy, { by: draft.updatedBy, at: formatInstant(draft.updatedAt) })}
      </p>
      <p class="govuk-body cs-editor__links">
        <a class="govuk-link" href={draftHref(code, '/xem')}>
          {t(locale, texts.preview)}
        </a>
        {draft.basedOn !== null && (
          <a class="govuk-link" href={procedureHref(code, '/quy-trinh')}>
            {t(locale, texts.process)}
          </a>
        )}
        <a class="govuk-link" href={`${procedureHref(code)}/xuat?ban-soan=1`}>
          {t(locale, texts.export)}
        </a>
        <a class="govuk-link" href={draftHref(code, '/bo')}>
          {t(locale, texts.discard)}
        </a>
      </p>
      <Problems code={code} problems={problemsOf(body, known.codes)} locale={locale} />
      {sections.map((section) => (
        <Part draft={draft} section={section} known={known} focus={at === section} locale={locale} />
      ))}
      {draft.previous && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={draftHref(code, '/hoan-tac')}>
          <Button look="secondary">{t(locale, texts.undo)}</Button>
        </Form>
      )}
    </>,
  )
}

/** GET /quan-tri/thu-tuc/:code/sua: the whole version as it stands, part by part. */
export const draftPage =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> =>
    show(c, links, await openDraft(c))

/** POST /quan-tri/thu-tuc/:code/sua: begins to write, or goes on with what is being written. */
export async function beginEdit(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const code = codeOf(c)
  const version = Number(values.get('version')) || undefined
  const started = await runFor(c, values, 'catalogue.start-edit', (cx) => startEdit(cx, { from: 'version', code, version }))
  if (!started.ok) throw new Refused(started.error)
  return c.redirect(draftHref(code), 303)
}

/** POST /quan-tri/thu-tuc/:code/sua/hoan-tac */
export const undoNow =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> => {
    const { values } = await readForm(c)
    const undone = await runFor(c, values, 'catalogue.undo-edit', (cx) => undoEdit(cx, { code: codeOf(c) }))
    return undone.ok ? c.redirect(`${draftHref(codeOf(c))}?da=lui`, 303) : show(c, links, await openDraft(c), undone.error)
  }

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly { path: string; message: { vi: string; en: string } }[]
  readonly refusal?: Refusal
}

async function showSection(c: Web, links: CatalogueLinks, draft: EditedProcedure, section: Section, state: State = {}): Promise<Response> {
  const locale = c.get('locale')
  const { typed = startOf(section, draft.body), errors = [], refusal } = state
  const known = await knownOf(c, links)
  const todo = state.typed ? [] : problemsOf(draft.body, known.codes).filter((one) => one.section === section)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: { vi: `${sectionTexts[section].vi} – ${draft.body.name.vi}`, en: `${sectionTexts[section].en} – ${draft.body.name.en}` },
      back: { href: `${draftHref(draft.code)}?o=${section}` },
      hasErrors: errors.length > 0 || refusal !== undefined,
      ...(c.req.query('da') === 'luu' ? { flash: { kind: 'info' as const, text: texts.saved } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary
          errors={errors}
          message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
          locale={locale}
        />
        <h1 class="govuk-heading-l cs-editor__name">
          <span class="govuk-caption-l">{t(locale, draft.body.name)}</span>
          {t(locale, sectionTexts[section])}
        </h1>
        {todo.length > 0 && (
          <ul class="govuk-list cs-editor__todo">
            {todo.map(({ message }) => (
              <li>{t(locale, message)}</li>
            ))}
          </ul>
        )}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
          <input type="hidden" name="seen" value={String(draft.version)} />
          {/* Enter saves; it never presses the first button of a row. */}
          <button type="submit" name="_do" value="save" hidden>
            {t(locale, texts.save)}
          </button>
          <SectionFields
            section={section}
            typed={typed}
            body={draft.body}
            known={known}
            resolvers={resolverChoices(c, known, draft.body)}
            focus={c.req.query('lc') ?? ''}
            errorOf={errorsBy(locale, errors)}
            locale={locale}
          />
          <ButtonGroup>
            <Button name="_do" value="save">
              {t(locale, texts.save)}
            </Button>
            {(section === 'phi' || section === 'giay-to' || section === 'ket-qua') && (
              <Button look="secondary" name="_do" value="more">
                {t(locale, texts.saveMore)}
              </Button>
            )}
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

const sectionOf = (c: Web): Section => {
  const section = sections.find((one) => one === c.req.param('section'))
  if (!section) throw new Refused(kernelRefusals.notFound)
  return section
}

/** GET /quan-tri/thu-tuc/:code/sua/phan/:section */
export const sectionPage =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> =>
    showSection(c, links, await openDraft(c), sectionOf(c))

const rowNow = (does: string): string => {
  const [kind = '', at = '0'] = does.split(':')
  if (kind === 'row-up') return `up:${Math.max(0, Number(at) - 1)}`
  return kind === 'row-down' ? `down:${Number(at) + 1}` : kind === 'more' ? 'more' : ''
}

/** POST: saves the part as far as it can be read; what cannot comes back as it was typed. */
export const saveSection =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> => {
    const { values: typed } = await readForm(c)
    const section = sectionOf(c)
    const draft = await openDraft(c)
    const input = { get: (name: string) => typed.get(name) ?? '', all: (name: string) => typed.getAll(name) }
    const does = typed.get('_do') ?? 'save'
    const read = readSection(section, input, draft.body)
    if (read.errors.length > 0) return showSection(c, links, draft, section, { typed, errors: read.errors })
    const change = (body: VersionBody): VersionBody => withRow(section, readSection(section, input, body).body, does)
    const seen = Number(typed.get('seen')) || 0
    const result = await runFor(c, typed, 'catalogue.save-edit', (cx) => saveEdit(cx, { code: draft.code, section, seen, change }))
    if (!result.ok) {
      const known = await knownOf(c, links)
      const locale = c.get('locale')
      const theirs = partsOf[section].map((part) => {
        const what = `${t(locale, labels[part] ?? texts.parts)}: ${inWords(part, draft.body, known, locale).join('; ') || '—'}`
        return { path: section, message: { vi: t('vi', texts.theirs, { what }), en: t('en', texts.theirs, { what }) } }
      })
      return showSection(c, links, draft, section, { typed, refusal: result.error, errors: theirs })
    }
    const focus = rowNow(does)
    if (does === 'save') return c.redirect(`${draftHref(draft.code)}?${new URLSearchParams({ o: section, da: 'luu' })}`, 303)
    return c.redirect(
      `${draftHref(draft.code, `/phan/${section}`)}?${new URLSearchParams({ da: 'luu', ...(focus ? { lc: focus } : {}) })}`,
      303,
    )
  }

/** GET /quan-tri/thu-tuc/:code/sua/xem: what citizens would read. */
export const previewPage =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> => {
    const locale = c.get('locale')
    const draft = await openDraft(c)
    const known = await knownOf(c, links)
    const agency = t(locale, resolverText(draft.body.resolver, known.agency))
    return page(
      c,
      { ...frame(c, 'portal'), title: draft.body.name, back: { href: draftHref(draft.code) } },
      <>
        <InsetText>{t(locale, texts.previewNote)}</InsetText>
        {links.publicView({ code: draft.code, body: draft.body, validFrom: todayOf(c), agency, locale })}
      </>,
    )
  }

/** GET /quan-tri/thu-tuc/:code/sua/bo: is it meant? */
export async function discardPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const draft = await openDraft(c)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.discard, back: { href: draftHref(draft.code) } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{t(locale, draft.body.name)}</span>
        {t(locale, texts.discard)}
      </h1>
      <p class="govuk-body">{t(locale, texts.discardSure)}</p>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
        <ButtonGroup>
          <Button look="warning">{t(locale, texts.discard)}</Button>
          <LinkButton look="secondary" href={draftHref(draft.code)}>
            {t(locale, texts.keep)}
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>,
  )
}

/** POST */
export async function discardNow(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const done = await runFor(c, values, 'catalogue.discard-edit', (cx) => discardEdit(cx, { code: codeOf(c) }))
  if (!done.ok && done.error.code !== 'catalogue.edit-not-found') throw new Refused(done.error)
  return c.redirect(ADMIN, 303)
}
