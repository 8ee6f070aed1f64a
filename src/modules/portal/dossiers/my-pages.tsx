import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Context } from '../../../kernel/context.ts'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { parse, readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import type { Result } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Details,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatInstant,
  LinkButton,
  Panel,
  page,
  Qr,
  SummaryList,
  Table,
  Tag,
  TextArea,
} from '../../../ui/index.ts'
import { findProcedureAt } from '../../catalogue/index.ts'
import {
  ApplicantPapers,
  answerSupplement,
  type CitizenView,
  type DossierSummary,
  dossierForCitizen,
  myDossiers,
  typedInput,
  withdrawDossier,
} from '../../dossier/index.ts'
import { type Answers, draftsOf, findForm, summary } from '../../form/index.ts'
import { RatingInvitation } from '../feedback-rate.tsx'
import { texts as filingTexts } from '../filing/texts.ts'
import { stageForApplicant, texts } from './texts.ts'
import { DossierForApplicant, standsAt } from './view.tsx'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

/** GET /ho-so: drafts and dossiers of the signed-in person. */
export async function myDossiersPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const actor = c.get('actor')
  const locale = c.get('locale')
  if (actor.kind !== 'citizen') throw new Refused(refusals.signInNeeded)
  const mine = await myDossiers(app, { province, actor }, { after: c.req.query('sau') })
  if (!mine.ok) throw new Refused(mine.error)
  const today = dayOf(app.clock())
  const drafts = await app.db.read(province, async (tx) =>
    Promise.all(
      (await draftsOf(tx, actor.personId)).map(async (draft) => ({
        code: draft.procedureCode,
        at: draft.updatedAt,
        name: (await findProcedureAt(tx, draft.procedureCode, today))?.body.name[locale] ?? draft.procedureCode,
      })),
    ),
  )
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.mine },
    <>
      <h1 class="govuk-heading-xl">{t(locale, texts.mine)}</h1>
      {drafts.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.drafts)}</h2>
          <ul class="govuk-list">
            {drafts.map((draft) => (
              <li>
                <a class="govuk-link" href={`/nop/${draft.code}`}>
                  {draft.name}
                </a>{' '}
                <span class="cs-muted">{t(locale, texts.draftFrom, { time: formatInstant(draft.at) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Table
        caption={t(locale, texts.sent)}
        captionHidden={drafts.length === 0}
        locale={locale}
        rows={mine.value.rows}
        empty={
          <EmptyState title={t(locale, texts.noneTitle)} action={{ href: '/thu-tuc', text: t(locale, texts.find) }}>
            {t(locale, texts.noneNext)}
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            label: t(locale, { vi: 'Hồ sơ', en: 'Dossier' }),
            header: true,
            cell: (row) => (
              <>
                <a class="govuk-link" href={`/ho-so/${row.id}`}>
                  {row.procedureName}
                </a>
                <br />
                <span class="govuk-body-s cs-muted cs-nowrap">{row.code ?? row.reference}</span>
              </>
            ),
          },
          {
            key: 'stands',
            label: t(locale, texts.standing),
            cell: (row) => (
              <>
                <Tag tone={row.myTurn ? 'accent' : row.stage === 'ready' ? 'good' : row.stage === 'closed' ? 'neutral' : 'info'}>
                  {t(locale, row.myTurn ? texts.yourTurn : stageForApplicant[row.stage])}
                </Tag>
                <br />
                <span class="govuk-body-s">{standsAt(row, locale)}</span>
              </>
            ),
          },
          { key: 'sent', label: t(locale, texts.filedAt), cell: (row) => formatInstant(instant(row.submittedAt)) },
        ]}
      />
      {mine.value.next && (
        <p class="govuk-body">
          <a class="govuk-link" rel="next" href={`/ho-so?sau=${encodeURIComponent(mine.value.next)}`}>
            {t(locale, texts.more)}
          </a>
        </p>
      )}
    </>,
  )
}

async function load(c: Web): Promise<CitizenView> {
  const found = await dossierForCitizen(c.get('app'), { province: c.get('province'), actor: c.get('actor') }, c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

/** The results, first on the page: what the person came for. */
const Results = ({ view, locale }: { view: CitizenView; locale: Locale }) => {
  const results = view.papers.filter((paper) => paper.kind === 'result')
  if (results.length === 0) return null
  return (
    <section class="cs-turn cs-turn--result" aria-labelledby="results">
      <h2 class="govuk-heading-m" id="results">
        {t(locale, texts.results)}
      </h2>
      {results.map((paper) =>
        paper.sha256 ? (
          <LinkButton href={`/ho-so/${view.id}/giay-to/${paper.number}`}>{t(locale, texts.download, { name: paper.name })}</LinkButton>
        ) : (
          <p class="govuk-body">{t(locale, texts.onPaper, { name: paper.name, agency: view.agencyName })}</p>
        ),
      )}
    </section>
  )
}

const Papers = ({ view, locale }: { view: CitizenView; locale: Locale }) => {
  const handedIn = view.papers.filter((paper) => paper.kind !== 'result')
  if (handedIn.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.papers)}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {handedIn.map((paper) => (
          <li>
            {paper.sha256 ? (
              <a class="govuk-link" href={`/ho-so/${view.id}/giay-to/${paper.number}`}>
                {paper.name}
              </a>
            ) : (
              paper.name
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

interface Sent {
  readonly what: 'bo-sung' | 'rut'
  readonly values: URLSearchParams
  readonly refusal: Refusal
}

const Supplement = ({ view, csrf, locale, sent }: { view: CitizenView; csrf: string; locale: Locale; sent: Sent | undefined }) => {
  const error = errorsBy(locale, sent?.refusal.fields)
  return (
    <section class="cs-turn" aria-labelledby="turn">
      <h2 class="govuk-heading-m" id="turn">
        {t(locale, texts.yourTurn)}
      </h2>
      <p class="govuk-body">{view.wanted?.note}</p>
      {view.wanted && view.wanted.items.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {view.wanted.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )}
      <Form csrfToken={csrf} requestId={randomUUID()} action={`/ho-so/${view.id}/bo-sung`} files>
        <FileInput
          name="papers"
          label={t(locale, texts.files)}
          hint={t(locale, texts.filesHint)}
          accept=".pdf,.jpg,.jpeg,.png"
          multiple
          error={error('papers')}
          locale={locale}
        />
        <TextArea
          name="note"
          label={t(locale, texts.message)}
          rows={3}
          value={sent?.values.get('note') ?? undefined}
          error={error('note')}
          locale={locale}
        />
        <Button>{t(locale, texts.sendSupplement)}</Button>
      </Form>
    </section>
  )
}

async function show(c: Web, view: CitizenView, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const csrf = c.get('csrf')
  const { formCode, formVersion } = view
  const form =
    formCode !== null && formVersion !== null
      ? await c.get('app').db.read(c.get('province'), (tx) => findForm(tx, formCode, formVersion))
      : undefined
  const code = view.code ?? view.reference
  const flash = ownValue({ 'bo-sung': texts.doneSupplement, rut: texts.doneWithdraw }, c.req.query('xong'))
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: { vi: t('vi', texts.dossier, { code }), en: t('en', texts.dossier, { code }) },
      back: { href: '/ho-so', text: texts.back },
      hasErrors: sent !== undefined,
      ...(flash && !sent ? { flash: { kind: 'success' as const, text: flash } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
        <h1 class="govuk-heading-l">{view.procedureName}</h1>
        {view.actions.includes('answer-supplement') && (
          <Supplement view={view} csrf={csrf} locale={locale} sent={sent?.what === 'bo-sung' ? sent : undefined} />
        )}
        <Results view={view} locale={locale} />
        <RatingInvitation c={c} view={view} />
        <DossierForApplicant view={view} locale={locale} />
        <Papers view={view} locale={locale} />
        <ApplicantPapers c={c} id={view.id} />
        {form && view.answers && (
          <Details summary={t(locale, texts.answers)}>
            {summary(form, view.answers as Answers, locale).map((section) => (
              <>
                <h3 class="govuk-heading-s">{t(locale, section.title)}</h3>
                <SummaryList
                  locale={locale}
                  rows={section.rows.map((row) => ({ key: t(locale, row.label), value: row.lines.map((line) => <div>{line}</div>) }))}
                />
              </>
            ))}
          </Details>
        )}
        {view.actions.includes('withdraw') && (
          <Details summary={t(locale, texts.withdraw)} open={sent?.what === 'rut'}>
            <p>{t(locale, texts.withdrawLead)}</p>
            <Form csrfToken={csrf} requestId={randomUUID()} action={`/ho-so/${view.id}/rut`}>
              <TextArea
                name="why"
                label={t(locale, texts.withdrawWhy)}
                rows={3}
                value={sent?.values.get('why') ?? undefined}
                error={errorsBy(locale, sent?.refusal.fields)('why')}
                locale={locale}
              />
              <Button look="warning">{t(locale, texts.withdraw)}</Button>
            </Form>
          </Details>
        )}
      </div>
    </div>,
  )
}

/** GET /ho-so/:id */
export const myDossierPage = async (c: Web): Promise<Response> => show(c, await load(c))

/** GET /ho-so/:id/da-nop: it worked, this is your reference, this happens next. */
export async function sentPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const view = await load(c)
  return page(
    c,
    { ...frame(c, 'portal'), title: filingTexts.sent },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Panel
          title={t(locale, filingTexts.sent)}
          reference={view.reference}
          referenceLabel={t(locale, filingTexts.reference)}
          locale={locale}
        >
          {view.procedureName}
        </Panel>
        <div class="cs-sent">
          <div>
            <h2 class="govuk-heading-m">{t(locale, filingTexts.nextTitle)}</h2>
            <ol class="govuk-list govuk-list--number">
              <li>{t(locale, filingTexts.next1, { agency: view.agencyName })}</li>
              <li>{t(locale, filingTexts.next2)}</li>
              <li>{t(locale, filingTexts.next3)}</li>
            </ol>
            <p class="govuk-body">{t(locale, filingTexts.keepThis)}</p>
          </div>
          <Qr text={`${c.get('app').baseUrl}/tra-cuu?ma=${view.reference}`} label={t(locale, filingTexts.qr)} />
        </div>
        <p class="govuk-body">
          <a class="govuk-link" href={`/ho-so/${view.id}`}>
            {t(locale, filingTexts.openDossier)}
          </a>
        </p>
      </div>
    </div>,
  )
}

const missing = (path: string, message: Text): Refusal => withFields(refusals.invalid, [{ path, message }])

/** What is wrong with the length of a note, at the field it was typed into. */
function tooLong(path: string, note: string | undefined): Refusal | undefined {
  const checked = parse(typedInput, { note })
  return checked.ok
    ? undefined
    : withFields(
        checked.error,
        (checked.error.fields ?? []).map((field) => ({ ...field, path })),
      )
}

async function act(
  c: Web,
  view: CitizenView,
  what: Sent['what'],
  values: URLSearchParams,
  early: Refusal | undefined,
  work: (cx: Context) => Promise<Result<DossierSummary>>,
): Promise<Response> {
  if (early) return show(c, view, { what, values, refusal: early })
  const result = await run(
    c.get('app'),
    {
      province: c.get('province'),
      actor: c.get('actor'),
      requestId: requestIdOf(values),
      locale: c.get('locale'),
      name: `dossier.${what}`,
    },
    work,
  )
  return result.ok ? c.redirect(`/ho-so/${view.id}?xong=${what}`, 303) : show(c, await load(c), { what, values, refusal: result.error })
}

/**
 * POST /ho-so/:id/bo-sung: hands in what the office asked for. Nothing is stored for somebody else's dossier, nor when nothing was asked
 * for: then only the request id counts, by which a form sent twice is told what its first sending did.
 */
export async function sendSupplement(c: Web): Promise<Response> {
  const view = await load(c)
  const asked = view.actions.includes('answer-supplement')
  const form = await readForm(c, { dropFiles: !asked })
  const files = form.files.get('papers') ?? []
  const note = form.values.get('note')?.trim() || undefined
  const refused = form.refused.get('papers')
  const trouble = refused
    ? withFields(refused, [{ path: 'papers', message: refused.message }])
    : files.length === 0 && !note
      ? missing('papers', texts.nothingSent)
      : tooLong('note', note)
  return act(c, view, 'bo-sung', form.values, asked ? trouble : undefined, (cx) =>
    answerSupplement(cx, {
      dossierId: view.id,
      note,
      papers: files.map((file) => ({ name: file.name, file: { sha256: file.sha256, size: file.size, type: file.type } })),
    }),
  )
}

/** POST /ho-so/:id/rut: asks to stop (form 05 follows from the office). */
export async function withdraw(c: Web): Promise<Response> {
  const view = await load(c)
  const form = await readForm(c, { dropFiles: true })
  const note = form.values.get('why')?.trim() ?? ''
  const trouble = note ? tooLong('why', note) : missing('why', texts.whyMissing)
  return act(c, view, 'rut', form.values, trouble, (cx) => withdrawDossier(cx, { dossierId: view.id, note }))
}

/** GET /ho-so/:id/giay-to/:number: a paper or a result of one's own dossier. */
export async function myPaper(c: Web): Promise<Response> {
  const view = await load(c)
  const paper = view.papers.find((one) => String(one.number) === c.req.param('number'))
  const { files } = c.get('app')
  if (!paper?.sha256 || !(await files.exists(paper.sha256))) throw new Refused(refusals.notFound)
  return new Response(Readable.toWeb(await files.read(paper.sha256)) as ReadableStream, {
    headers: {
      'content-type': paper.mediaType ?? 'application/octet-stream',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(paper.name)}`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
