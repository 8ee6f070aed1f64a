import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Button, Details, Form, formatInstant, LinkButton, NotificationBanner, Tag, TextInput } from '../../../ui/index.ts'
import { moment } from '../../calendar/index.ts'
import { type ConsultationView, type KinView, type RoutingView, type Stage, type StepView, stageTexts } from '../../dossier/index.ts'
import { routingWords as words } from './routing-texts.ts'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(new Date(text).toISOString())
export const dueText = (text: string, locale: Locale): string => t(locale, moment(instant(text)))
export const whenText = (text: string): string => formatInstant(instant(text))

interface PanelProps {
  readonly dossierId: string
  readonly routing: RoutingView
  readonly now: number
  readonly csrf: string
  readonly locale: Locale
}

const StepLine = ({ step, dossierId, now, locale }: { step: StepView; dossierId: string; now: number; locale: Locale }) => {
  const late = step.state === 'open' && step.dueAt !== null && Date.parse(step.dueAt) < now
  const who = step.holderName ? `${step.holderName}, ${step.agencyName}` : step.agencyName
  return (
    <li class={`cs-steps__item cs-steps__item--${step.state}`}>
      <span class="cs-steps__name">
        {t(locale, step.name)}
        {step.round > 1 && <span class="cs-muted"> ({t(locale, words.again, { n: step.round })})</span>}
      </span>{' '}
      <span class="cs-muted">{who}</span>{' '}
      {step.state === 'open' && step.dueAt && (
        <Tag
          tone={late ? 'bad' : 'waiting'}
        >{`${t(locale, late ? words.late : words.holding)} · ${t(locale, words.until, { due: dueText(step.dueAt, locale) })}`}</Tag>
      )}
      {step.state === 'done' && step.finishedAt && (
        <span class="cs-muted">{t(locale, words.done, { when: whenText(step.finishedAt) })}</span>
      )}
      {(step.state === 'waiting' || step.state === 'skipped' || step.state === 'dropped') && (
        <span class="cs-muted">
          {t(locale, words[step.state])}
          {step.state === 'waiting' && step.plannedDueAt && ` · ${t(locale, words.until, { due: dueText(step.plannedDueAt, locale) })}`}
        </span>
      )}
      {step.note && <p class="govuk-body-s govuk-!-margin-bottom-0">{step.note}</p>}
      {step.mayFinish && (
        <p class="govuk-body-s govuk-!-margin-bottom-0">
          <a class="govuk-link" href={`/mot-cua/ho-so/${dossierId}/buoc/${step.number}`}>
            {t(locale, words.finish)}
          </a>
        </p>
      )}
    </li>
  )
}

/** Rows to show: the last time each step was held, in the order of the process; earlier rounds are on the slip. */
function lastOfEach(steps: readonly StepView[]): readonly StepView[] {
  const latest = new Map(steps.map((step) => [step.code, step]))
  return [...latest.values()].sort(
    (a, b) => steps.findIndex(({ code }) => code === a.code) - steps.findIndex(({ code }) => code === b.code),
  )
}

const answerTone = { waiting: 'waiting', overdue: 'bad', answered: 'good', late: 'accent', cancelled: 'neutral' } as const

const Opinion = ({ one, may, csrf, locale }: { one: ConsultationView; may: RoutingView['may']; csrf: string; locale: Locale }) => (
  <div class="cs-opinion">
    <p class="govuk-body govuk-!-margin-bottom-1">
      <strong>{one.question}</strong>
    </p>
    <p class="govuk-body-s cs-muted govuk-!-margin-bottom-1">
      {t(locale, words.askedBy, { who: one.askedByName, when: whenText(one.askedAt) })}
      {one.cancelledAt &&
        ` · ${one.cancelReason ? t(locale, words.cancelled, { reason: one.cancelReason }) : t(locale, words.cancelledNoReason)}`}
    </p>
    <ul class="govuk-list">
      {one.answers.map((answer) => (
        <li>
          {answer.agencyName}{' '}
          <Tag tone={answerTone[answer.state]}>
            {answer.state === 'waiting' || answer.state === 'overdue'
              ? t(locale, answer.state === 'waiting' ? words.stateWaiting : words.stateOverdue, { due: dueText(answer.dueAt, locale) })
              : answer.state === 'answered' || answer.state === 'late'
                ? `${t(locale, answer.state === 'late' ? words.stateLate : words.stateAnswered)}: ${answer.verdict ? t(locale, words[answer.verdict]) : ''}`
                : t(locale, words.stateCancelled)}
          </Tag>
          {answer.reminders > 0 && <span class="cs-muted govuk-body-s"> {t(locale, words.reminded, { n: answer.reminders })}</span>}
          {answer.answer && <p class="govuk-body-s cs-typed">{answer.answer}</p>}
          {answer.files.map((file, at) => (
            <p class="govuk-body-s">
              <a
                class="govuk-link"
                href={`/mot-cua/xin-y-kien/${one.id}/van-ban/${answer.agencyCode}/${at}?ho-so=${one.dossierId}`}
                target="_blank"
                rel="noopener"
              >
                {file.name}
              </a>
            </p>
          ))}
        </li>
      ))}
    </ul>
    {one.open && (may.remind || may.cancel) && (
      <div class="cs-opinion__acts">
        {may.remind && (
          <Form csrfToken={csrf} requestId={randomUUID()} action={`/mot-cua/xin-y-kien/${one.id}/nhac`}>
            <input type="hidden" name="dossier" value={one.dossierId} />
            <Button look="secondary">{t(locale, words.remind)}</Button>
          </Form>
        )}
        {may.cancel && (
          <Details summary={t(locale, words.cancel)}>
            <Form csrfToken={csrf} requestId={randomUUID()} action={`/mot-cua/xin-y-kien/${one.id}/rut`}>
              <input type="hidden" name="dossier" value={one.dossierId} />
              <TextInput name="reason" id={`reason-${one.number}`} label={t(locale, words.cancelReason)} maxlength={500} />
              <Button look="secondary">{t(locale, words.cancel)}</Button>
            </Form>
          </Details>
        )}
      </div>
    )}
  </div>
)

const KinLine = ({ one, dossierId, may, locale }: { one: KinView; dossierId: string; may: RoutingView['may']; locale: Locale }) => (
  <li>
    {one.role === 'parent' && <span class="cs-muted">{t(locale, words.parent)}: </span>}
    {one.dossierId ? (
      <a class="govuk-link" href={`/mot-cua/ho-so/${one.dossierId}`}>
        {one.procedureName}
      </a>
    ) : (
      <span>{one.procedureName ?? one.procedureCode}</span>
    )}{' '}
    <span class="cs-muted">
      {one.agencyName ?? ''} {one.code ?? one.reference ?? ''}
    </span>{' '}
    {one.stage ? (
      <Tag tone={one.stage === 'closed' || one.stage === 'ready' ? 'good' : 'waiting'}>{t(locale, stageTexts[one.stage as Stage])}</Tag>
    ) : one.trouble ? (
      may.link && (
        <a class="govuk-link" href={`/mot-cua/ho-so/${dossierId}/lien-thong/${one.number}`}>
          {t(locale, words.trouble)}
        </a>
      )
    ) : (
      <Tag>{one.afterCode ? t(locale, words.afterResult, { code: one.afterCode }) : t(locale, words.ownResult)}</Tag>
    )}
  </li>
)

const notices = {
  asked: words.asked,
  remindedNow: words.remindedNow,
  cancelledNow: words.cancelledNow,
  finished: words.finished,
  begun: words.begun,
}

/** What has just been done on a dossier's way, above its page. */
export function routingNotice(c: Web, locale: Locale) {
  const said = Object.entries(notices).find(([name]) => name === c.req.query('duong'))?.[1]
  return said ? (
    <NotificationBanner kind="success" locale={locale}>
      {t(locale, said, { n: c.req.query('so') ?? '' })}
    </NotificationBanner>
  ) : null
}

/** A dossier's way through the offices, below the decisions: who has it, whose opinion is asked, what belongs to it. */
export const RoutingPanel = ({ dossierId, routing, now, csrf, locale }: PanelProps) => (
  <div class="cs-routing">
    {routing.kin.length > 0 && (
      <>
        <h3 class="govuk-heading-s">{t(locale, words.kin)}</h3>
        <ul class="govuk-list">
          {routing.kin.map((one) => (
            <KinLine one={one} dossierId={dossierId} may={routing.may} locale={locale} />
          ))}
        </ul>
      </>
    )}
    {(routing.consultations.length > 0 || routing.may.ask) && (
      <>
        <h3 class="govuk-heading-s" id="y-kien">
          {t(locale, words.opinions)}
        </h3>
        {routing.opinions.asked > 0 && (
          <p class="govuk-body">
            <strong>{t(locale, words.counter, routing.opinions)}</strong>
            {routing.opinions.overdue > 0 && (
              <>
                {' '}
                <Tag tone="bad">{t(locale, words.overdueCount, { n: routing.opinions.overdue })}</Tag>
              </>
            )}
          </p>
        )}
        {routing.consultations.map((one) => (
          <Opinion one={one} may={routing.may} csrf={csrf} locale={locale} />
        ))}
        {routing.may.ask && (
          <LinkButton look="secondary" href={`/mot-cua/ho-so/${dossierId}/xin-y-kien`}>
            {t(locale, words.ask)}
          </LinkButton>
        )}
      </>
    )}
    {routing.steps.length > 0 && (
      <>
        <h3 class="govuk-heading-s">{t(locale, words.steps)}</h3>
        <ol class="govuk-list cs-steps">
          {lastOfEach(routing.steps).map((step) => (
            <StepLine step={step} dossierId={dossierId} now={now} locale={locale} />
          ))}
        </ol>
        <p class="govuk-body-s">
          <a class="govuk-link" href={`/mot-cua/ho-so/${dossierId}/qua-trinh`}>
            {t(locale, words.slip)}
          </a>
        </p>
      </>
    )}
  </div>
)
