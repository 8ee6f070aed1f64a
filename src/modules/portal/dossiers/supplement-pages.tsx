import { randomUUID } from 'node:crypto'
import type { Tx } from '../../../kernel/database/index.ts'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, type SentForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { refuse } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatBytes,
  InsetText,
  LinkButton,
  page,
  SummaryList,
  TextArea,
  WarningText,
} from '../../../ui/index.ts'
import {
  answerSupplement,
  type CitizenView,
  citizenRefusals,
  type DossierSummary,
  findSupplementDraft,
  forgetSupplement,
  type PaperInput,
  type PreparedItem,
  prepareSupplement,
  type SupplementDraft,
} from '../../dossier/index.ts'
import { loadOwn, missing, tooLong } from './load.ts'
import { texts } from './texts.ts'

type Wanted = NonNullable<CitizenView['wanted']>

const ACCEPT = '.pdf,.jpg,.jpeg,.png'
const ITEM_NOTE = 300

/** The list as it is answered: what the office wrote stands for a list that has no items. */
const itemsOf = (wanted: Wanted): readonly string[] => (wanted.items.length > 0 ? wanted.items : [wanted.note])

const blank: SupplementDraft = { items: [], note: '' }
const itemAt = (draft: SupplementDraft, at: number): PreparedItem => draft.items[at] ?? { files: [], note: '' }

const personOf = (c: Web): string => {
  const actor = c.get('actor')
  if (actor.kind !== 'citizen') throw new Refused(refusals.signInNeeded)
  return actor.personId
}

/** What is wanted now; whoever comes here when nothing is goes back to the dossier. */
const wantedOf = (view: CitizenView): Wanted | undefined =>
  view.actions.includes('answer-supplement') ? (view.wanted ?? undefined) : undefined

const draftOf = (c: Web, view: CitizenView, wanted: Wanted): Promise<SupplementDraft | undefined> =>
  c.get('app').db.read(c.get('province'), (tx: Tx) => findSupplementDraft(tx, view.id, personOf(c), wanted.askedAt))

const backTo = (view: CitizenView) => ({ href: `/ho-so/${view.id}`, text: texts.toDossier })

interface Shown {
  readonly refusal?: Refusal
  readonly typed?: URLSearchParams
}

function Item({ at, item, prepared, shown, locale }: { at: number; item: string; prepared: PreparedItem; shown: Shown; locale: Locale }) {
  const error = errorsBy(locale, shown.refusal?.fields)
  return (
    <div class="cs-item">
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t(locale, texts.itemN, { n: at + 1, item })}</legend>
        {prepared.files.length > 0 && (
          <ul class="govuk-list">
            {prepared.files.map((file) => (
              <li>
                {t(locale, texts.uploaded, { name: file.name })} <span class="cs-muted">({formatBytes(file.size, locale)})</span>{' '}
                <button class="cs-link-button" type="submit" name="_do" value={`drop:${at}:${file.sha256}`}>
                  {t(locale, texts.removeFile, { name: file.name })}
                </button>
              </li>
            ))}
          </ul>
        )}
        <FileInput
          name={`item-${at}`}
          label={t(locale, texts.itemFiles)}
          hint={t(locale, texts.filesHint)}
          accept={ACCEPT}
          multiple
          error={error(`item-${at}`)}
          locale={locale}
        />
        <TextArea
          name={`note-${at}`}
          label={t(locale, texts.itemNote)}
          rows={2}
          value={shown.typed?.get(`note-${at}`) ?? prepared.note}
          error={error(`note-${at}`)}
          optional
          locale={locale}
        />
      </fieldset>
    </div>
  )
}

async function show(c: Web, view: CitizenView, wanted: Wanted, shown: Shown = {}): Promise<Response> {
  const locale = c.get('locale')
  const draft = (await draftOf(c, view, wanted)) ?? blank
  if (shown.refusal) c.status(shown.refusal.status)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.answerItems, back: backTo(view), hasErrors: shown.refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {shown.refusal && <ErrorSummary errors={shown.refusal.fields ?? []} message={shown.refusal.message} locale={locale} />}
        <span class="govuk-caption-l">
          {view.procedureName}
          {wanted.round > 1 && ` · ${t(locale, texts.answerRound, { n: wanted.round })}`}
        </span>
        <h1 class="govuk-heading-l">{t(locale, texts.answerItems)}</h1>
        <p class="govuk-body">{t(locale, texts.answerLead)}</p>
        {wanted.items.length > 0 && <InsetText>{t(locale, texts.officeWrote, { note: wanted.note })}</InsetText>}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/ho-so/${view.id}/bo-sung/luu`} files unsaved>
          <input type="hidden" name="asked" value={wanted.askedAt} />
          {/* Enter goes on; it must not remove a file. */}
          <button type="submit" name="_do" value="check" hidden>
            {t(locale, texts.toCheck)}
          </button>
          {itemsOf(wanted).map((item, at) => (
            <Item at={at} item={item} prepared={itemAt(draft, at)} shown={shown} locale={locale} />
          ))}
          <TextArea
            name="note"
            label={t(locale, texts.wholeNote)}
            rows={3}
            value={shown.typed?.get('note') ?? draft.note}
            error={errorsBy(locale, shown.refusal?.fields)('note')}
            locale={locale}
          />
          <ButtonGroup>
            <Button name="_do" value="check">
              {t(locale, texts.toCheck)}
            </Button>
            <Button look="secondary" name="_do" value="later">
              {t(locale, texts.saveLater)}
            </Button>
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/bo-sung: the list of what is missing, item by item, with what was prepared. */
export async function supplementPage(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const wanted = wantedOf(view)
  return wanted ? show(c, view, wanted) : c.redirect(`/ho-so/${view.id}`, 303)
}

/** What the page brought, joined to what was there: files add up, the same one twice is one. */
function merged(wanted: Wanted, before: SupplementDraft, form: SentForm): SupplementDraft {
  const [kind, place, sha256] = (form.values.get('_do') ?? '').split(':')
  const items = itemsOf(wanted).map((_, at): PreparedItem => {
    const old = itemAt(before, at)
    const added = (form.files.get(`item-${at}`) ?? []).map(({ name, sha256, size, type }) => ({ name, sha256, size, type }))
    const all = [...old.files, ...added.filter((file) => !old.files.some((one) => one.sha256 === file.sha256))]
    const dropped = kind === 'drop' && Number(place) === at
    return {
      files: dropped ? all.filter((file) => file.sha256 !== sha256) : all,
      note: (form.values.get(`note-${at}`) ?? '').trim(),
    }
  })
  return { items, note: (form.values.get('note') ?? '').trim() }
}

function troubleOf(draft: SupplementDraft, form: SentForm): Refusal | undefined {
  const fields: FieldError[] = [...form.refused].map(([path, { message }]) => ({ path, message }))
  draft.items.forEach(({ note }, at) => {
    if (note.length > ITEM_NOTE)
      fields.push({
        path: `note-${at}`,
        message: { vi: `Viết ngắn lại: nhiều nhất ${ITEM_NOTE} ký tự.`, en: `Make it shorter: ${ITEM_NOTE} characters at most.` },
      })
  })
  fields.push(...(tooLong('note', draft.note)?.fields ?? []))
  return fields.length > 0 ? withFields(refusals.invalid, fields) : undefined
}

/** POST /ho-so/:id/bo-sung/luu: keeps what is prepared. Files of a stranger, or when nothing is asked for, are not even stored. */
export async function saveSupplement(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const wanted = wantedOf(view)
  const form = await readForm(c, { dropFiles: !wanted })
  if (!wanted) return c.redirect(`/ho-so/${view.id}`, 303)
  const draft = merged(wanted, (await draftOf(c, view, wanted)) ?? blank, form)
  const trouble = troubleOf(draft, form)
  const kept = trouble?.fields?.some(({ path }) => path.startsWith('note')) ? undefined : draft
  if (kept) {
    const saved = await runFor(c, form.values, 'dossier.prepare-supplement', (cx) =>
      prepareSupplement(cx, { dossierId: view.id, personId: personOf(c), askedAt: wanted.askedAt, draft: kept }),
    )
    if (!saved.ok) throw new Refused(saved.error)
  }
  // The list was changed while this page was open: what was typed is kept, and the new list is shown.
  if (form.values.get('asked') !== wanted.askedAt)
    return show(c, view, wanted, { refusal: citizenRefusals.draftChanged, typed: form.values })
  if (trouble) return show(c, view, wanted, { refusal: trouble, typed: form.values })
  const action = form.values.get('_do') ?? 'check'
  if (action.startsWith('drop:')) return c.redirect(`/ho-so/${view.id}/bo-sung`, 303)
  return c.redirect(action === 'later' ? `/ho-so/${view.id}?xong=luu-bo-sung` : `/ho-so/${view.id}/bo-sung/kiem-tra`, 303)
}

const isEmpty = ({ items, note }: SupplementDraft): boolean =>
  note === '' && items.every((item) => item.files.length === 0 && item.note === '')

async function showCheck(c: Web, view: CitizenView, wanted: Wanted, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const draft = (await draftOf(c, view, wanted)) ?? blank
  if (!refusal && isEmpty(draft)) return show(c, view, wanted, { refusal: citizenRefusals.nothingPrepared })
  const items = itemsOf(wanted)
  const lacks = items.some((_, at) => itemAt(draft, at).files.length === 0 && itemAt(draft, at).note === '')
  if (refusal) c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.checkItems,
      back: { href: `/ho-so/${view.id}/bo-sung`, text: texts.change },
      hasErrors: refusal !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        <span class="govuk-caption-l">{view.procedureName}</span>
        <h1 class="govuk-heading-l">{t(locale, texts.checkItems)}</h1>
        <SummaryList
          locale={locale}
          rows={[
            ...items.map((item, at) => {
              const { files, note } = itemAt(draft, at)
              return {
                key: t(locale, texts.itemN, { n: at + 1, item }),
                value:
                  files.length + note.length === 0 ? (
                    <span class="cs-muted">{t(locale, texts.itemMissing)}</span>
                  ) : (
                    <>
                      {files.map(({ name }) => (
                        <div>{name}</div>
                      ))}
                      {note && <div>{note}</div>}
                    </>
                  ),
                changeHref: `/ho-so/${view.id}/bo-sung#item-${at}`,
                changeWhat: item,
              }
            }),
            ...(draft.note ? [{ key: t(locale, texts.wholeNote), value: draft.note }] : []),
          ]}
        />
        {lacks && <WarningText locale={locale}>{t(locale, texts.stillMissing)}</WarningText>}
        <p class="govuk-body">{t(locale, texts.sendingMeans)}</p>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/ho-so/${view.id}/bo-sung`}>
          <input type="hidden" name="asked" value={wanted.askedAt} />
          <ButtonGroup>
            <Button>{t(locale, texts.sendItems)}</Button>
            <LinkButton look="secondary" href={`/ho-so/${view.id}/bo-sung`}>
              {t(locale, texts.change)}
            </LinkButton>
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/bo-sung/kiem-tra: what will be sent, and what is still missing. */
export async function checkSupplement(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const wanted = wantedOf(view)
  return wanted ? showCheck(c, view, wanted) : c.redirect(`/ho-so/${view.id}`, 303)
}

/** Prepared files as papers, named by what was asked for; the office sees which answers what. */
const papersOf = (items: readonly string[], draft: SupplementDraft): PaperInput[] =>
  items.flatMap((item, at) => {
    const { files } = itemAt(draft, at)
    return files.map((file, n) => ({
      name: `${item.slice(0, 200)}${files.length > 1 ? ` (${n + 1}/${files.length})` : ''}`,
      file: { sha256: file.sha256, size: file.size, type: file.type },
    }))
  })

const noteOf = (items: readonly string[], draft: SupplementDraft): string =>
  [...items.flatMap((item, at) => (itemAt(draft, at).note ? [`${item}: ${itemAt(draft, at).note}`] : [])), draft.note]
    .filter(Boolean)
    .join('\n')

/** Sends what was prepared and forgets the preparation, in one transaction. */
async function sendPrepared(c: Web, view: CitizenView, form: SentForm): Promise<Response> {
  const wanted = wantedOf(view)
  const asked = form.values.get('asked') ?? ''
  const result = await runFor<DossierSummary>(c, form.values, 'dossier.bo-sung', async (cx) => {
    const draft = wanted && (await findSupplementDraft(cx.tx, view.id, personOf(c), wanted.askedAt))
    if (wanted && wanted.askedAt !== asked) return refuse(citizenRefusals.draftChanged)
    if (wanted && (!draft || isEmpty(draft))) return refuse(citizenRefusals.nothingPrepared)
    const items = wanted ? itemsOf(wanted) : []
    const sent = await answerSupplement(cx, {
      dossierId: view.id,
      note: noteOf(items, draft ?? blank) || undefined,
      papers: papersOf(items, draft ?? blank),
    })
    if (sent.ok) await forgetSupplement(cx, view.id)
    return sent
  })
  if (result.ok) return c.redirect(`/ho-so/${view.id}?xong=bo-sung`, 303)
  if (!wanted) throw new Refused(result.error)
  return result.error === citizenRefusals.nothingPrepared || result.error === citizenRefusals.draftChanged
    ? show(c, view, wanted, { refusal: result.error })
    : showCheck(c, view, wanted, result.error)
}

/**
 * POST /ho-so/:id/bo-sung: sends what was prepared item by item; or, in one go, the papers and the note that come with the form. Nothing is
 * stored for somebody else's dossier, nor when nothing was asked for: then only the request id counts, by which a form sent twice is told
 * what its first sending did.
 */
export async function sendSupplement(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const wanted = wantedOf(view)
  const form = await readForm(c, { dropFiles: !wanted })
  if (form.values.has('asked')) return sendPrepared(c, view, form)
  const files = form.files.get('papers') ?? []
  const note = form.values.get('note')?.trim() || undefined
  const refused = form.refused.get('papers')
  const trouble = refused
    ? withFields(refused, [{ path: 'papers', message: refused.message }])
    : files.length === 0 && !note
      ? missing('papers', texts.nothingSent)
      : tooLong('note', note)
  if (wanted && trouble) return show(c, view, wanted, { refusal: trouble, typed: form.values })
  const result = await runFor(c, form.values, 'dossier.bo-sung', (cx) =>
    answerSupplement(cx, {
      dossierId: view.id,
      note,
      papers: files.map((file) => ({ name: file.name, file: { sha256: file.sha256, size: file.size, type: file.type } })),
    }),
  )
  if (result.ok) return c.redirect(`/ho-so/${view.id}?xong=bo-sung`, 303)
  if (!wanted) throw new Refused(result.error)
  return show(c, view, wanted, { refusal: result.error, typed: form.values })
}
