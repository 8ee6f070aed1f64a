import { randomUUID } from 'node:crypto'
import { type Refusal, Refused } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { parse, readForm } from '../../kernel/http/form.ts'
import { runFor } from '../../kernel/http/run-for.ts'
import { addressOf } from '../../kernel/http/server.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { frame } from '../../ui/frame.ts'
import { Button, Details, ErrorSummary, errorsBy, Form, InsetText, LinkButton, page, Radios, TextArea } from '../../ui/index.ts'
import { type CitizenView, dossierForCitizen, trackDossier } from '../dossier/index.ts'
import { bandOf, levels, levelTexts, type RatingState, rateDossier, rateInput, ratingState } from '../feedback/index.ts'
import { Face, Faces } from './feedback-parts.tsx'
import { texts } from './feedback-texts.ts'

const asker = (c: Web) => ({ province: c.get('province'), actor: c.get('actor') })

/** Who rates: signed in as the applicant, or with the tracking page's proof in the form. */
interface Rater {
  readonly view: CitizenView
  readonly action: string
  readonly proof?: { readonly ma: string; readonly phone: string }
}

async function signedIn(c: Web): Promise<Rater> {
  const found = await dossierForCitizen(c.get('app'), asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  return { view: found.value, action: `/ho-so/${found.value.id}/danh-gia` }
}

async function tracked(c: Web, values: URLSearchParams): Promise<Rater> {
  const proof = { ma: (values.get('ma') ?? '').slice(0, 60), phone: (values.get('dien-thoai') ?? '').slice(0, 20) }
  const found = await trackDossier(c.get('app'), asker(c), { code: proof.ma, phone: proof.phone, address: addressOf(c) })
  if (!found.ok) throw new Refused(found.error)
  return { view: found.value, action: '/danh-gia', proof }
}

const Proof = ({ proof }: { proof: Rater['proof'] }) =>
  proof ? (
    <>
      <input type="hidden" name="ma" value={proof.ma} />
      <input type="hidden" name="dien-thoai" value={proof.phone} />
    </>
  ) : null

const Criteria = ({ state, locale }: { state: RatingState; locale: Locale }) => (
  <>
    {state.survey.criteria.map(({ code, question, answers }) => (
      <Radios
        name={`tieu-chi.${code}`}
        label={t(locale, question)}
        labelSize="s"
        small
        value={state.rating?.scores[code]?.toString()}
        options={answers.map(({ points, text }) => ({ value: String(points), label: t(locale, text) }))}
        locale={locale}
      />
    ))}
  </>
)

const Thanks = ({ state, view, locale }: { state: RatingState; view: CitizenView; locale: Locale }) => {
  const { rating, survey } = state
  if (!rating) return null
  const band = bandOf(survey, rating.scores)
  return (
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.ratedThanks)}</h1>
      <p class="govuk-body-l">
        <Face level={rating.level} /> {t(locale, texts.ratedAs, { level: t(locale, levelTexts[rating.level]) })}
      </p>
      {band && <p class="govuk-body">{t(locale, texts.ratedBand, { points: band.points, most: band.most, band: t(locale, band.name) })}</p>}
      {rating.level === 'poor' && (
        <InsetText>
          <p class="govuk-body">{t(locale, texts.ratedPoor)}</p>
          <LinkButton href={`/phan-anh/gui?ma=${view.code ?? view.reference}`} look="secondary">
            {t(locale, texts.write)}
          </LinkButton>
        </InsetText>
      )}
    </>
  )
}

async function show(c: Web, rater: Rater, more: { refusal?: Refusal; thanks?: boolean } = {}): Promise<Response> {
  const locale = c.get('locale')
  const { view, proof, action } = rater
  const state = await ratingState(c.get('app'), asker(c), view.id)
  const { refusal, thanks } = more
  const error = errorsBy(locale, refusal?.fields)
  if (refusal) c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.rate,
      hasErrors: refusal !== undefined,
      back: proof ? { href: '/tra-cuu' } : { href: `/ho-so/${view.id}`, text: texts.backToDossier },
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        {thanks && state.rating ? (
          <Thanks state={state} view={view} locale={locale} />
        ) : (
          <h1 class="govuk-heading-l">{t(locale, texts.rate)}</h1>
        )}
        <p class="govuk-body">
          {view.procedureName} · {view.agencyName}
        </p>
        {!state.open ? (
          !thanks && <p class="govuk-body">{t(locale, texts.notOpen)}</p>
        ) : (
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={action}>
            <Proof proof={proof} />
            {!thanks && <p class="govuk-body">{t(locale, texts.rateLead)}</p>}
            <Radios
              name="muc"
              label={t(locale, texts.question)}
              labelSize="m"
              value={state.rating?.level}
              error={error('level')}
              options={levels.map((level) => ({
                value: level,
                label: (
                  <span class="cs-faces__choice">
                    <Face level={level} /> {t(locale, levelTexts[level])}
                  </span>
                ),
              }))}
              locale={locale}
            />
            <Details summary={t(locale, texts.more)} open={thanks === true && Object.keys(state.rating?.scores ?? {}).length > 0}>
              <Criteria state={state} locale={locale} />
            </Details>
            <TextArea
              name="comment"
              label={t(locale, texts.comment)}
              rows={3}
              maxlength={2000}
              optional
              value={state.rating?.comment ?? ''}
              error={error('comment')}
              locale={locale}
            />
            <Button>{t(locale, state.rating ? texts.change : texts.sendRating)}</Button>
            {state.rating && <p class="govuk-body-s">{t(locale, texts.ratedChange, { days: state.survey.changeDays })}</p>}
          </Form>
        )}
      </div>
    </div>,
  )
}

async function give(c: Web, rater: Rater, values: URLSearchParams): Promise<Response> {
  const scores = Object.fromEntries(
    [...values].flatMap(([name, value]) => (name.startsWith('tieu-chi.') && value !== '' ? [[name.slice(9), value]] : [])),
  )
  const input = parse(rateInput, { level: values.get('muc') ?? undefined, scores, comment: values.get('comment') || undefined })
  if (!input.ok) return show(c, rater, { refusal: input.error })
  const { level, scores: given, comment } = input.value
  const done = await runFor(c, values, 'rating.give', (cx) =>
    rateDossier(cx, { dossierId: rater.view.id, level, scores: given ?? {}, comment, ...(rater.proof ? { tracked: true } : {}) }),
  )
  if (!done.ok) return show(c, rater, { refusal: done.error })
  return rater.proof ? show(c, rater, { thanks: true }) : c.redirect(`${rater.action}?xong=1`, 303)
}

/** GET /ho-so/:id/danh-gia */
export async function ratePage(c: Web): Promise<Response> {
  return show(c, await signedIn(c), { thanks: c.req.query('xong') === '1' })
}

/** POST /ho-so/:id/danh-gia */
export async function rate(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  return give(c, await signedIn(c), values)
}

/** POST /danh-gia: after tracking, with the same proof; without a choice it shows the questions. */
export async function rateTracked(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const rater = await tracked(c, values)
  return values.has('comment') || values.has('muc') ? give(c, rater, values) : show(c, rater)
}

/** Under a returned dossier: three faces, each a whole answer; what was said already. Nothing while it cannot be rated. */
export async function RatingInvitation({ c, view, proof }: { c: Web; view: Pick<CitizenView, 'id' | 'status'>; proof?: Rater['proof'] }) {
  if (view.status !== 10) return null
  const locale = c.get('locale')
  const { open, rating } = await ratingState(c.get('app'), asker(c), view.id)
  if (!open) return null
  return (
    <section class="cs-turn" aria-labelledby="rate">
      <h2 class="govuk-heading-m" id="rate">
        {t(locale, texts.invite)}
      </h2>
      <p class="govuk-body">
        {rating ? t(locale, texts.ratedAs, { level: t(locale, levelTexts[rating.level]) }) : t(locale, texts.inviteLead)}
      </p>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={proof ? '/danh-gia' : `/ho-so/${view.id}/danh-gia`}>
        <Proof proof={proof} />
        <Faces locale={locale} />
      </Form>
    </section>
  )
}
