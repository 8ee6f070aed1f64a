import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  EmptyState,
  formatDue,
  formatInstant,
  formatMoney,
  LinkButton,
  NotificationBanner,
  page,
  Qr,
  SummaryList,
} from '../../../ui/index.ts'
import { actionTexts, dossierForOfficer, PrintLinks } from '../../dossier/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { texts } from '../texts.ts'
import { QueueBar } from './queue-panel.tsx'
import { asker } from './request.ts'

/** GET /mot-cua/ho-so/:id/giay-tiep-nhan: form 01 (TT 03/2025/TT-VPCP), fit to print on A5, with a QR that opens the tracking page. */
export async function receiptPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const found = await dossierForOfficer(app, asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  const view = found.value
  // A paper that goes home with somebody bears the full names of the day it was made.
  const directory = await directoryOf(app, c.get('province'))
  const day = dayOf(view.receivedAt ? Temporal.Instant.from(view.receivedAt) : app.clock())
  const nameOf = (code: string): string => directory.find(code, day)?.name ?? directory.name(code, day)
  const taker = view.timeline.find((entry) => entry.type === 'dossier.received')?.who ?? ''
  const papers = view.papers.filter((paper) => paper.kind === 'component')
  return page(
    c,
    { ...frame(c, 'office'), title: texts.receipt, back: { href: `/mot-cua/ho-so/${view.id}` } },
    view.code === null || view.receivedAt === null ? (
      <EmptyState
        title={t(locale, texts.notReceived)}
        action={{ href: `/mot-cua/ho-so/${view.id}`, text: t(locale, actionTexts.receive) }}
      />
    ) : (
      <>
        {c.req.query('moi') && (
          <NotificationBanner kind="success" locale={locale}>
            {t(locale, texts.done, { what: t(locale, actionTexts.receive).toLowerCase() })}
          </NotificationBanner>
        )}
        <QueueBar c={c} />
        <article class="cs-receipt">
          <header class="cs-receipt__head">
            <p>
              <strong>{nameOf(view.receptionAgencyCode)}</strong>
            </p>
            <p class="cs-muted">{t(locale, texts.receiptForm)}</p>
          </header>
          <h1 class="govuk-heading-l">{t(locale, texts.receipt)}</h1>
          <p class="cs-receipt__code">{view.code}</p>
          <div class="cs-receipt__body">
            <SummaryList
              locale={locale}
              plain
              rows={[
                { key: t(locale, texts.receiptLead), value: view.applicant.name },
                { key: t(locale, texts.procedure), value: view.procedureName },
                { key: t(locale, texts.agency), value: nameOf(view.agencyCode) },
                { key: t(locale, texts.receiptTime), value: formatInstant(Temporal.Instant.from(view.receivedAt)) },
                ...(view.dueAt
                  ? [{ key: t(locale, texts.receiptDue), value: <strong>{formatDue(Temporal.Instant.from(view.dueAt), locale)}</strong> }]
                  : []),
                { key: t(locale, texts.receiptWhere), value: nameOf(view.receptionAgencyCode) },
                ...(view.feeVnd > 0
                  ? [
                      {
                        key: t(locale, texts.fee),
                        value: t(locale, texts.feePaid, { fee: formatMoney(view.feeVnd, locale), paid: formatMoney(view.paidVnd, locale) }),
                      },
                    ]
                  : []),
              ]}
            />
            <div class="cs-receipt__qr">
              <Qr text={`${app.baseUrl}/tra-cuu?ma=${view.reference}`} label={t(locale, texts.receiptTrack)} size={140} />
              <p class="govuk-body-s">{t(locale, texts.receiptTrack)}</p>
              <p class="cs-nowrap">{view.reference}</p>
            </div>
          </div>
          {papers.length > 0 && (
            <>
              <h2 class="govuk-heading-s">{t(locale, texts.receiptPapers)}</h2>
              <ol class="govuk-list govuk-list--number">
                {papers.map((paper) => (
                  <li>{paper.name}</li>
                ))}
              </ol>
            </>
          )}
          <div class="cs-receipt__signatures">
            <div>
              <strong>{t(locale, texts.receiptGiver)}</strong>
              <br />
              {t(locale, texts.receiptSign)}
              <p class="cs-receipt__name">{view.applicant.name}</p>
            </div>
            <div>
              <strong>{t(locale, texts.receiptTaker)}</strong>
              <br />
              {t(locale, texts.receiptSign)}
              <p class="cs-receipt__name">{taker}</p>
            </div>
          </div>
        </article>
        <p class="govuk-body cs-screen-only">{t(locale, texts.print)}</p>
        <div class="cs-screen-only">
          <PrintLinks c={c} view={view} />
        </div>
        <p class="cs-screen-only">
          <LinkButton href="/mot-cua/tiep-nhan" shortcut=".">
            {t(locale, texts.newIntake)}
          </LinkButton>
        </p>
      </>
    ),
  )
}
