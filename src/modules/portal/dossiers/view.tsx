import { Temporal } from 'temporal-polyfill'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { Details, formatDue, formatInstant, formatMoney, SummaryList, Timeline } from '../../../ui/index.ts'
import type { CitizenView, Stage } from '../../dossier/index.ts'
import { stageForApplicant, texts } from './texts.ts'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

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

/** One sentence: where it stands and whose turn it is. */
export const standsAt = (view: { stage: Stage; agencyName: string }, locale: Locale): string =>
  t(locale, standing[view.stage], { agency: view.agencyName })

const dueText = (view: CitizenView, locale: Locale): string => {
  if (view.stage === 'supplement') return t(locale, texts.paused)
  return view.dueAt ? formatDue(instant(view.dueAt), locale) : t(locale, texts.notYetDue)
}

/** What the applicant sees of a dossier: where it stands, until when and why, what happened. Shared by "my dossier" and tracking. */
export const DossierForApplicant = ({ view, locale }: { view: CitizenView; locale: Locale }) => (
  <>
    <p class="govuk-body-l">{standsAt(view, locale)}</p>
    <SummaryList
      locale={locale}
      rows={[
        { key: t(locale, texts.code), value: view.code ? <span class="cs-nowrap">{view.code}</span> : t(locale, texts.noCode) },
        { key: t(locale, texts.reference), value: <span class="cs-nowrap">{view.reference}</span> },
        { key: t(locale, texts.standing), value: t(locale, stageForApplicant[view.stage]) },
        { key: t(locale, texts.who), value: view.agencyName },
        { key: t(locale, texts.due), value: <strong>{dueText(view, locale)}</strong> },
        {
          key: t(locale, texts.fee),
          value:
            view.feeVnd > 0
              ? t(locale, texts.feePaid, { fee: formatMoney(view.feeVnd, locale), paid: formatMoney(view.paidVnd, locale) })
              : t(locale, texts.noFee),
        },
      ]}
    />
    {view.dueExplanation.length > 0 && view.stage !== 'closed' && (
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
