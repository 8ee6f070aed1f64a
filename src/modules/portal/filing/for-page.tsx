import { randomUUID } from 'node:crypto'
import { run } from '../../../kernel/command.ts'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, Form, page } from '../../../ui/index.ts'
import { type FiledForBefore, filedForBefore, type RepresentationKind, setFilingFor } from '../../dossier/index.ts'
import { type Answers, check, type FileAnswer, FormFields, parsePageInput, readAction } from '../../form/index.ts'
import { type ForWhom, findForWhom } from './for-form.ts'
import { forTexts as texts } from './for-texts.ts'
import { bookOf, type Filing, loadFiling } from './load.ts'
import { startFor } from './start.ts'
import { texts as filingTexts } from './texts.ts'

const load = (c: Web, filing: Filing): Promise<ForWhom | undefined> =>
  c.get('app').db.read(c.get('province'), (tx) => findForWhom(tx, filing.citizen.personId, filing.procedure.code, filing.today))

interface Shown {
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
  readonly raw?: Readonly<Record<string, string>>
  readonly answers?: Answers
}

/** Answers about somebody filed for before: only what is missing is filled in. */
const answersFrom = (one: FiledForBefore, kind: RepresentationKind): Answers => ({
  name: one.name,
  ...(one.number ? { [kind === 'organisation' ? 'taxCode' : 'personalNumber']: one.number } : {}),
  ...(one.representation.birthDate ? { birthDate: one.representation.birthDate } : {}),
  role: one.representation.role,
})

async function show(c: Web, filing: Filing, forWhom: ForWhom, shown: Shown = {}): Promise<Response> {
  const locale = c.get('locale')
  const { procedure, citizen } = filing
  const address = `/nop/${procedure.code}/cho-ai`
  const known = await c.get('app').db.read(c.get('province'), (tx) => filedForBefore(tx, citizen.personId, forWhom.kind))
  const picked = known.find(({ dossierId }) => dossierId === c.req.query('tu'))
  const answers = shown.answers ?? { ...(forWhom.answers as Answers), ...(picked ? answersFrom(picked, forWhom.kind) : {}) }
  if (shown.errors?.length) c.status(422)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.title,
      back: { href: `/nop/${procedure.code}`, text: filingTexts.backToSteps },
      hasErrors: Boolean(shown.errors?.length),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {shown.errors && shown.errors.length > 0 && <ErrorSummary errors={shown.errors} locale={locale} />}
        <span class="govuk-caption-l">{procedure.body.name[locale]}</span>
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        <p class="govuk-body">{t(locale, texts.lead)}</p>
        {known.length > 0 && !shown.answers && (
          <>
            <p class="govuk-body">{t(locale, texts.before)}</p>
            <ul class="govuk-list">
              {known.map(({ dossierId, name }) => (
                <li>
                  <a
                    class="govuk-link"
                    href={`${address}?tu=${dossierId}`}
                    aria-current={dossierId === picked?.dossierId ? 'true' : undefined}
                  >
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={address} files unsaved>
          <FormFields
            definition={forWhom.definition}
            page={forWhom.page}
            answers={answers}
            errors={shown.errors}
            raw={shown.raw}
            book={await bookOf(c, filing)}
            locale={locale}
          />
          <Button name="_do" value="continue">
            {t(locale, filingTexts.save)}
          </Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /nop/:code/cho-ai: whose dossier it is, and the proof. */
export async function forPage(c: Web): Promise<Response> {
  const filing = await loadFiling(c)
  const forWhom = await load(c, filing)
  return forWhom ? show(c, filing, forWhom) : c.redirect(`/nop/${filing.procedure.code}`, 303)
}

/** POST /nop/:code/cho-ai: keeps what is good, and goes on to the first step when all is there. */
export async function saveFor(c: Web): Promise<Response> {
  const filing = await loadFiling(c)
  const forWhom = await load(c, filing)
  const form = await readForm(c, { dropFiles: !forWhom })
  if (!forWhom) return c.redirect(`/nop/${filing.procedure.code}`, 303)
  const { definition, page: questions } = forWhom
  const before = forWhom.answers as Answers
  const input = parsePageInput(definition, questions, form.values, before)
  const action = readAction(form.values)
  const answers: Record<string, Answers[string]> = { ...before, ...input.answers }
  for (const { id, type } of questions.fields) {
    if (type !== 'file') continue
    const old = (before[id] ?? []) as readonly FileAnswer[]
    const added = (form.files.get(id) ?? []).filter(({ sha256 }) => !old.some((one) => one.sha256 === sha256))
    const dropped = action.kind === 'drop-file' && action.fieldId === id ? action.sha256 : ''
    answers[id] = [...old, ...added.map(({ name, sha256, size, type: media }) => ({ name, sha256, size, type: media }))].filter(
      ({ sha256 }) => sha256 !== dropped,
    )
  }
  const good = check(definition, answers, { mode: 'save', today: filing.today })
  const wrong = new Set(good.errors.map(({ path }) => path.split('.')[0] ?? ''))
  const kept = Object.fromEntries(Object.entries(good.answers).filter(([id, value]) => !wrong.has(id) && value !== undefined))
  const saved = await run(
    c.get('app'),
    {
      province: c.get('province'),
      actor: filing.citizen,
      requestId: requestIdOf(form.values),
      locale: c.get('locale'),
      name: 'dossier.set-filing-for',
    },
    (cx) =>
      setFilingFor(cx, {
        personId: filing.citizen.personId,
        procedureCode: filing.procedure.code,
        filingFor: { kind: forWhom.kind, answers: kept },
      }),
  )
  if (!saved.ok) throw new Refused(saved.error)
  if (action.kind === 'drop-file') return c.redirect(`/nop/${filing.procedure.code}/cho-ai`, 303)
  const errors: FieldError[] = [
    ...[...form.refused].map(([path, { message }]) => ({ path, message })),
    ...check(definition, answers, { mode: 'submit', today: filing.today }).errors,
  ]
  if (errors.length > 0) {
    const stored = await load(c, filing)
    return show(c, filing, stored ?? forWhom, { errors, refusal: withFields(refusals.invalid, errors), raw: input.raw, answers })
  }
  return startFor(c, filing)
}
