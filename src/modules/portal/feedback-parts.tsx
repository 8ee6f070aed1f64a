import { Temporal } from 'temporal-polyfill'
import type { FieldError } from '../../kernel/errors.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import {
  Button,
  Details,
  errorsBy,
  Form,
  formatDue,
  formatInstant,
  InsetText,
  SummaryList,
  Tag,
  TextArea,
  Timeline,
  type Tone,
} from '../../ui/index.ts'
import { CONTENT_MAX, type Level, levels, levelTexts, type OwnPetition, type PetitionStage, stageTexts } from '../feedback/index.ts'
import { texts } from './feedback-texts.ts'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

const tones: Readonly<Record<PetitionStage, Tone>> = {
  received: 'info',
  clarifying: 'accent',
  processing: 'info',
  signing: 'info',
  publishing: 'good',
  published: 'good',
  answered: 'good',
  refused: 'neutral',
  withdrawn: 'neutral',
}

export const PetitionTag = ({ stage, locale }: { stage: PetitionStage; locale: Locale }) => (
  <Tag tone={tones[stage]}>{t(locale, stage === 'clarifying' ? texts.yourTurn : stageTexts[stage])}</Tag>
)

/** Text of several lines as somebody typed it. */
export const Typed = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n+/)
      .filter((line) => line.trim() !== '')
      .map((line) => (
        <p class="govuk-body">{line}</p>
      ))}
  </>
)

const MOUTHS: Readonly<Record<Level, string>> = { good: 'M14 30 Q24 40 34 30', fair: 'M14 33 L34 33', poor: 'M14 36 Q24 26 34 36' }

/** A face that says nothing by itself: the word beside it does. */
export const Face = ({ level }: { level: Level }) => (
  <svg class={`cs-face cs-face--${level}`} viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
    <circle cx="24" cy="24" r="21" fill="none" stroke="currentColor" stroke-width="3" />
    <circle cx="17" cy="19" r="2.6" fill="currentColor" />
    <circle cx="31" cy="19" r="2.6" fill="currentColor" />
    <path d={MOUTHS[level]} fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
  </svg>
)

/** Three buttons, each of them a whole answer: one tap is enough. */
export const Faces = ({ locale, name = 'muc' }: { locale: Locale; name?: string }) => (
  <div class="cs-faces">
    {levels.map((level) => (
      <button class="cs-faces__button" type="submit" name={name} value={level}>
        <Face level={level} />
        <span>{t(locale, levelTexts[level])}</span>
      </button>
    ))}
  </div>
)

/** What whoever filed it can do, and the proof that goes with each form. */
interface Acting {
  readonly csrf: string
  readonly requestId: () => string
  /** Code and phone digits, for somebody without an account. */
  readonly proof?: { readonly ma: string; readonly phone: string } | undefined
  readonly errors?: { readonly action: string; readonly fields: readonly FieldError[]; readonly note: string } | undefined
}

const Proof = ({ acting, view, action }: { acting: Acting; view: OwnPetition; action: string }) => (
  <>
    <input type="hidden" name="id" value={view.id} />
    <input type="hidden" name="version" value={String(view.version)} />
    <input type="hidden" name="viec" value={action} />
    {acting.proof && (
      <>
        <input type="hidden" name="ma" value={acting.proof.ma} />
        <input type="hidden" name="dien-thoai" value={acting.proof.phone} />
      </>
    )}
  </>
)

interface WordsProps {
  readonly acting: Acting
  readonly view: OwnPetition
  readonly action: 'supply' | 'reraise' | 'withdraw'
  readonly label: string
  readonly button: string
  readonly locale: Locale
}

const Words = ({ acting, view, action, label, button, locale }: WordsProps) => {
  const failed = acting.errors?.action === action ? acting.errors : undefined
  const error = errorsBy(
    locale,
    failed?.fields.map((field) => ({ ...field, path: `${action}.${field.path}` })),
  )
  return (
    <Form csrfToken={acting.csrf} requestId={acting.requestId()} action="/phan-anh/viec">
      <Proof acting={acting} view={view} action={action} />
      <TextArea
        name="note"
        id={`${action}.note`}
        label={label}
        rows={4}
        maxlength={CONTENT_MAX}
        value={failed?.note ?? ''}
        error={error(`${action}.note`)}
        locale={locale}
      />
      <Button look={action === 'supply' ? 'primary' : action === 'withdraw' ? 'warning' : 'secondary'}>{button}</Button>
    </Form>
  )
}

const Opinion = ({ acting, view, locale }: { acting: Acting; view: OwnPetition; locale: Locale }) => (
  <Form csrfToken={acting.csrf} requestId={acting.requestId()} action="/phan-anh/viec">
    <Proof acting={acting} view={{ ...view, version: 0 }} action="vote" />
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t(locale, texts.yourOpinion)}</legend>
      {view.vote !== null && (
        <p class="govuk-body-s">{t(locale, texts.youSaid, { what: t(locale, view.vote ? texts.liked : texts.disliked) })}</p>
      )}
      <div class="govuk-button-group">
        <Button look="secondary" name="thich" value="1">
          {t(locale, levelTexts.good)}
        </Button>
        <Button look="secondary" name="thich" value="0">
          {t(locale, levelTexts.poor)}
        </Button>
      </div>
    </fieldset>
  </Form>
)

/** A petition as whoever filed it sees it: whose turn it is, the answer, what they can do, what happened. */
export const PetitionForFiler = ({ view, acting, locale }: { view: OwnPetition; acting: Acting; locale: Locale }) => (
  <>
    <p class="govuk-body-l">{t(locale, view.stands)}</p>
    {view.actions.includes('supply') && (
      <section class="cs-turn" aria-labelledby="turn">
        <h2 class="govuk-heading-m" id="turn">
          {t(locale, texts.asked)}
        </h2>
        <Typed text={view.question ?? ''} />
        <Words
          acting={acting}
          view={view}
          action="supply"
          label={t(locale, texts.yourReply)}
          button={t(locale, texts.sendReply)}
          locale={locale}
        />
      </section>
    )}
    {view.answer && (
      <section aria-labelledby="answer">
        <h2 class="govuk-heading-m" id="answer">
          {t(locale, texts.answerFor)}
        </h2>
        <InsetText>
          <Typed text={view.answer} />
          {view.signedBy && <p class="govuk-body-s cs-muted">{t(locale, texts.signedBy, { name: view.signedBy })}</p>}
        </InsetText>
        {view.actions.includes('vote') && <Opinion acting={acting} view={view} locale={locale} />}
      </section>
    )}
    {view.actions.includes('reraise') && (
      <Details summary={t(locale, texts.reraise)} open={acting.errors?.action === 'reraise'}>
        <p class="govuk-body">{t(locale, texts.reraiseLead)}</p>
        <Words
          acting={acting}
          view={view}
          action="reraise"
          label={t(locale, texts.reraiseWhy)}
          button={t(locale, texts.reraiseButton)}
          locale={locale}
        />
      </Details>
    )}
    <SummaryList
      locale={locale}
      rows={[
        { key: t(locale, texts.trackCode), value: <span class="cs-nowrap">{view.reference}</span> },
        { key: t(locale, texts.stage), value: <PetitionTag stage={view.stage} locale={locale} /> },
        { key: t(locale, texts.agency), value: view.agencyName },
        ...(view.due ? [{ key: t(locale, texts.due), value: <strong>{formatDue(instant(view.due), locale)}</strong> }] : []),
        ...(view.procedureName ? [{ key: t(locale, texts.aboutProcedure), value: view.procedureName }] : []),
        ...(view.dossierCode ? [{ key: t(locale, texts.dossier), value: <span class="cs-nowrap">{view.dossierCode}</span> }] : []),
        { key: t(locale, texts.yourWords), value: <Typed text={view.content} /> },
      ]}
    />
    {view.due && (
      <Details summary={t(locale, texts.whyDue)}>
        <ul class="govuk-list govuk-list--bullet">
          {view.dueExplanation.map((sentence) => (
            <li>{t(locale, sentence)}</li>
          ))}
        </ul>
      </Details>
    )}
    <h2 class="govuk-heading-m">{t(locale, texts.timeline)}</h2>
    <Timeline
      locale={locale}
      entries={[...view.timeline].reverse().map((entry, at) => ({
        title: t(locale, entry.sentence),
        when: formatInstant(instant(entry.at)),
        state: at === 0 && view.due !== null ? ('current' as const) : ('done' as const),
        ...(entry.note ? { detail: <Typed text={entry.note} /> } : {}),
      }))}
    />
    {view.actions.includes('withdraw') && (
      <Details summary={t(locale, texts.withdraw)} open={acting.errors?.action === 'withdraw'}>
        <Words
          acting={acting}
          view={view}
          action="withdraw"
          label={t(locale, texts.withdrawWhy)}
          button={t(locale, texts.withdraw)}
          locale={locale}
        />
      </Details>
    )}
  </>
)
