import { Temporal } from 'temporal-polyfill'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { Details, formatInstant, formatMoney, SummaryList, Timeline } from '../../../ui/index.ts'
import { type CitizenView, representationTexts, type Stage, shortMoment } from '../../dossier/index.ts'
import { stageForApplicant, texts } from './texts.ts'

export const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

const standing: Readonly<Record<Stage, Text>> = {
  submitted: texts.turnSubmitted,
  received: texts.turnOffice,
  processing: texts.turnOffice,
  signing: texts.turnOffice,
  supplement: texts.yourTurnLead,
  payment: texts.turnPayment,
  withdrawn: texts.turnWithdrawn,
  ready: texts.turnReady,
  closed: texts.turnClosed,
}

/** One short sentence for a line of a list: where it stands and whose turn it is. */
export const standsAt = (
  view: { stage: Stage; agencyName: string; dueAt: string | null },
  now: Temporal.Instant,
  locale: Locale,
): string => {
  const sentence = t(locale, standing[view.stage], { agency: view.agencyName })
  const runs = view.stage === 'received' || view.stage === 'processing' || view.stage === 'signing'
  return runs && view.dueAt ? `${sentence} ${t(locale, texts.due)}: ${t(locale, shortMoment(instant(view.dueAt), now))}.` : sentence
}

const sentenceEnd = (text: string): string => text.replace(/([^.!?…])$/, '$1.')

/** Why the date is what it is: opens where it stands, with every move of it and its reason. */
const WhyDue = ({ view, now, locale }: { view: CitizenView; now: Temporal.Instant; locale: Locale }) => {
  if (view.dueExplanation.length === 0 || view.stage === 'closed' || view.stage === 'ready') return null
  const moment = (text: string | null) => (text ? t(locale, shortMoment(instant(text), now)) : '')
  return (
    <Details summary={t(locale, texts.whyStanding)}>
      <ul class="govuk-list govuk-list--bullet">
        {view.dueExplanation.map((sentence) => (
          <li>{t(locale, sentence)}</li>
        ))}
      </ul>
      {view.dueChanges.length > 0 && (
        <>
          <p class="govuk-body">
            <strong>{t(locale, texts.dueMoved)}</strong>{' '}
            {view.originalDueAt && t(locale, texts.dueFirst, { when: moment(view.originalDueAt) })}
          </p>
          <ul class="govuk-list govuk-list--bullet">
            {view.dueChanges
              .filter(({ from, to }) => from && to)
              .map((change) => (
                <li>
                  {t(locale, texts.dueThen, {
                    from: moment(change.from),
                    to: moment(change.to),
                    why: change.reason ? sentenceEnd(change.reason) : '',
                  })}
                </li>
              ))}
          </ul>
        </>
      )}
    </Details>
  )
}

/** The sentence that says where it stands, what belongs beside it, and why the date. */
export const StandsNow = ({ view, now, locale }: { view: CitizenView; now: Temporal.Instant; locale: Locale }) => (
  <>
    <p class="govuk-body-l">{t(locale, view.standing.sentence)}</p>
    {view.standing.beside.map((sentence) => (
      <p class="govuk-body">{t(locale, sentence)}</p>
    ))}
    <WhyDue view={view} now={now} locale={locale} />
  </>
)

/** Codes, who, fee: what belongs on the table, not in the sentence. */
export const DossierFacts = ({ view, locale }: { view: CitizenView; locale: Locale }) => (
  <SummaryList
    locale={locale}
    rows={[
      { key: t(locale, texts.code), value: view.code ? <span class="cs-nowrap">{view.code}</span> : t(locale, texts.noCode) },
      { key: t(locale, texts.reference), value: <span class="cs-nowrap">{view.reference}</span> },
      ...(view.representation
        ? [
            { key: t(locale, texts.filedFor), value: view.applicantName },
            {
              key: t(locale, texts.filedBy),
              value: `${view.representation.by} (${view.representation.role || t(locale, representationTexts[view.representation.kind])})`,
            },
          ]
        : []),
      { key: t(locale, texts.standing), value: t(locale, stageForApplicant[view.stage]) },
      { key: t(locale, texts.who), value: view.agencyName },
      {
        key: t(locale, texts.fee),
        value:
          view.feeVnd > 0
            ? t(locale, texts.feePaid, { fee: formatMoney(view.feeVnd, locale), paid: formatMoney(view.paidVnd, locale) })
            : t(locale, texts.noFee),
      },
    ]}
  />
)

/** What happened, the latest first. */
export const Life = ({ view, locale }: { view: CitizenView; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-m">{t(locale, texts.timeline)}</h2>
    <Timeline
      locale={locale}
      entries={[...view.timeline].reverse().map((entry, at) => ({
        title: t(locale, entry.sentence),
        when: formatInstant(instant(entry.at)),
        state: at === 0 && view.stage !== 'closed' ? 'current' : 'done',
        ...(entry.items.length > 0
          ? {
              detail: (
                <ul>
                  {entry.items.map((item) => (
                    <li>{item}</li>
                  ))}
                </ul>
              ),
            }
          : {}),
      }))}
    />
  </>
)

/** What the applicant sees of a dossier: where it stands, until when and why, what happened. The tracking page's whole. */
export const DossierForApplicant = ({ view, now, locale }: { view: CitizenView; now: Temporal.Instant; locale: Locale }) => (
  <>
    <StandsNow view={view} now={now} locale={locale} />
    <DossierFacts view={view} locale={locale} />
    <Life view={view} locale={locale} />
  </>
)
