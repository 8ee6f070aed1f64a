import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Details,
  ErrorSummary,
  FileInput,
  Form,
  formatBytes,
  formatDue,
  formatInstant,
  formatMoney,
  Island,
  LinkButton,
  NotificationBanner,
  page,
  SummaryList,
  ThreePane,
  Timeline,
} from '../../../ui/index.ts'
import {
  actions,
  actionTexts,
  competentAgencies,
  dossierForOfficer,
  IMPORTED,
  type OfficerView,
  type PaperView,
  PrintLinks,
  PrintNow,
  previewExtension,
  routingOf,
  specialistsAt,
} from '../../dossier/index.ts'
import { type AnswerSection, answerSections } from '../queries/answers.ts'
import { dueChangeTexts, stepTexts } from '../step-texts.ts'
import { texts } from '../texts.ts'
import { dayFrom, prepare } from './act.ts'
import { type DecisionProps, Decisions } from './decisions.tsx'
import { texts as feedbackTexts } from './feedback-texts.ts'
import { MessagesPanel } from './messages-panel.tsx'
import { asker, sendFile } from './request.ts'
import { RoutingPanel, routingNotice } from './routing-panel.tsx'
import { channelText, RowClock, StageTag } from './work-list-page.tsx'

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

const Facts = ({ view, locale }: { view: OfficerView; locale: Locale }) => (
  <SummaryList
    locale={locale}
    rows={[
      ...(view.formerCodes.length > 0
        ? [{ key: t(locale, stepTexts.formerCode), value: view.formerCodes.map((code) => <div class="cs-nowrap">{code}</div>) }]
        : []),
      { key: t(locale, texts.applicant), value: view.applicant.name },
      ...(view.applicant.number ? [{ key: t(locale, texts.number), value: <span class="cs-nowrap">{view.applicant.number}</span> }] : []),
      ...(view.applicant.phone
        ? [
            {
              key: t(locale, texts.phone),
              value: (
                <a class="govuk-link cs-nowrap" href={`tel:${view.applicant.phone}`}>
                  {view.applicant.phone}
                </a>
              ),
            },
          ]
        : []),
      ...(view.applicant.email ? [{ key: t(locale, texts.email), value: view.applicant.email }] : []),
      { key: t(locale, texts.channel), value: t(locale, channelText(view)) },
      { key: t(locale, texts.agency), value: view.agencyName },
      ...(view.receptionAgencyCode !== view.agencyCode ? [{ key: t(locale, texts.reception), value: view.receptionAgencyName }] : []),
      ...(view.assistanceAgencyName && view.assistanceAgencyCode !== view.receptionAgencyCode
        ? [{ key: t(locale, texts.assistance), value: view.assistanceAgencyName }]
        : []),
      {
        key: t(locale, texts.fee),
        value:
          view.feeVnd === 0
            ? t(locale, texts.noFee)
            : `${t(locale, texts.feePaid, { fee: formatMoney(view.feeVnd, locale), paid: formatMoney(view.paidVnd, locale) })}${view.paidOnline ? ` (${t(locale, texts.paidOnline)})` : ''}`,
      },
    ]}
  />
)

const Answers = ({ sections, locale }: { sections: readonly AnswerSection[]; locale: Locale }) =>
  sections.length === 0 ? (
    <p class="govuk-body cs-muted">{t(locale, texts.noAnswers)}</p>
  ) : (
    sections.map((section) => (
      <>
        <h4 class="govuk-heading-s">{t(locale, section.title)}</h4>
        <SummaryList
          locale={locale}
          rows={section.rows.map((row) => ({
            key: row.item ? `${t(locale, row.item)}: ${t(locale, row.label)}` : t(locale, row.label),
            value: row.lines.length > 1 ? row.lines.map((line) => <div>{line}</div>) : row.lines[0],
          }))}
        />
      </>
    ))
  )

const paperState = (paper: PaperView, locale: Locale): string =>
  paper.voided
    ? t(locale, stepTexts.voided)
    : paper.reused
      ? t(locale, texts.reusedPaper)
      : paper.sha256
        ? formatBytes(paper.size ?? 0, locale)
        : paper.digitised
          ? ''
          : t(locale, texts.paperOnly)

const Paper = ({ paper, view, csrf, locale }: { paper: PaperView; view: OfficerView; csrf: string; locale: Locale }) => (
  <li class="cs-paper">
    {paper.sha256 ? (
      <a class="govuk-link" href={`/mot-cua/ho-so/${view.id}/giay-to/${paper.number}`} target="_blank" rel="noopener">
        {paper.name}
      </a>
    ) : (
      paper.name
    )}{' '}
    <span class="cs-muted govuk-body-s">{paperState(paper, locale)}</span>
    {!paper.sha256 && paper.kind !== 'result' && view.actions.includes('digitise') && (
      <Details summary={t(locale, texts.scan)}>
        <Form csrfToken={csrf} requestId={randomUUID()} action={`/mot-cua/ho-so/${view.id}/digitise`} files>
          <input type="hidden" name="version" value={String(view.version)} />
          <input type="hidden" name="number" value={String(paper.number)} />
          <FileInput name="scan" id={`scan-${paper.number}`} label={t(locale, texts.scanFile)} accept=".pdf,.jpg,.jpeg,.png" capture />
          <Button look="secondary">{t(locale, actionTexts.digitise)}</Button>
        </Form>
      </Details>
    )}
  </li>
)

const Papers = ({ view, csrf, locale }: { view: OfficerView; csrf: string; locale: Locale }) => {
  const handedIn = view.papers.filter((paper) => paper.kind !== 'result')
  const results = view.papers.filter((paper) => paper.kind === 'result')
  return (
    <>
      <h3 class="govuk-heading-s">{t(locale, texts.papers)}</h3>
      {handedIn.length === 0 ? (
        <p class="govuk-body cs-muted">{t(locale, texts.noPapers)}</p>
      ) : (
        <ul class="govuk-list">
          {handedIn.map((paper) => (
            <Paper paper={paper} view={view} csrf={csrf} locale={locale} />
          ))}
        </ul>
      )}
      {results.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{t(locale, texts.results)}</h3>
          <ul class="govuk-list">
            {results.map((paper) => (
              <Paper paper={paper} view={view} csrf={csrf} locale={locale} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const Clock = ({ view, now, locale }: { view: OfficerView; now: number; locale: Locale }) => (
  <>
    <RowClock row={view} now={now} locale={locale} />
    {view.dueAt && (
      <p class="govuk-body">
        {t(locale, texts.due)}: <strong>{formatDue(instant(view.dueAt), locale)}</strong>
        {view.originalDueAt && view.originalDueAt !== view.dueAt && (
          <>
            <br />
            <span class="cs-muted">
              {t(locale, texts.originalDue)}: {formatDue(instant(view.originalDueAt), locale)}
            </span>
          </>
        )}
      </p>
    )}
    {view.dueChanges.length > 0 && (
      <Details summary={t(locale, stepTexts.dueChanges)}>
        <ul class="govuk-list">
          {view.dueChanges.map((change) => (
            <li>
              <strong>{t(locale, dueChangeTexts[change.kind])}</strong>: {change.from && formatDue(instant(change.from), locale)} →{' '}
              {change.to && formatDue(instant(change.to), locale)}
              {change.reason && <div class="cs-muted">{change.reason}</div>}
            </li>
          ))}
        </ul>
      </Details>
    )}
    {view.dueExplanation.length > 0 && (
      <Details summary={t(locale, texts.whyDue)}>
        <ul class="govuk-list govuk-list--bullet">
          {view.dueExplanation.map((sentence) => (
            <li>{t(locale, sentence)}</li>
          ))}
        </ul>
      </Details>
    )}
  </>
)

const History = ({ view, locale }: { view: OfficerView; locale: Locale }) => (
  <Timeline
    locale={locale}
    entries={[...view.timeline].reverse().map((entry) => ({
      title: t(locale, entry.what),
      when: formatInstant(instant(entry.at)),
      who: entry.actingFor ? t(locale, texts.inPlaceOf, { who: entry.who, absent: entry.actingFor }) : entry.who,
      ...(entry.note || entry.items.length > 0
        ? {
            detail: (
              <>
                {entry.note && <p>{entry.note}</p>}
                {entry.items.length > 0 && (
                  <ul>
                    {entry.items.map((item) => (
                      <li>{item}</li>
                    ))}
                  </ul>
                )}
              </>
            ),
          }
        : {}),
    }))}
  />
)

async function showDossier(c: Web, id: string, sent?: DecisionProps['sent']): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const csrf = c.get('csrf')
  const now = app.clock()
  const found = await dossierForOfficer(app, { province, actor: c.get('actor') }, id)
  if (!found.ok) throw new Refused(found.error)
  const view = found.value
  const specialists = view.actions.includes('assign')
    ? await app.db.read(province, (tx) => specialistsAt(tx, view.agencyCode, dayOf(now)))
    : []
  const agencies = view.actions.includes('transfer')
    ? await app.db.read(province, (tx) => competentAgencies(tx, view.procedureCode, dayOf(now)))
    : []
  const sections = await app.db.read(province, (tx) => answerSections(tx, view, locale))
  const routing = await routingOf(app, { province, actor: c.get('actor') }, view)
  const doneAction = actions.find((action) => action === c.req.query('xong'))
  if (sent?.refusal) c.status(sent.refusal.status)
  const title = view.code ?? view.reference
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: { vi: `Hồ sơ ${title}`, en: `Dossier ${title}` },
      wide: true,
      back: { href: '/mot-cua', text: texts.backToList },
      hasErrors: sent?.refusal !== undefined,
    },
    <>
      {sent?.refusal && (
        <ErrorSummary
          errors={(sent.refusal.fields ?? []).map((field) => ({ ...field, path: `${sent.action}.${field.path}` }))}
          message={sent.refusal.message}
          locale={locale}
        />
      )}
      {sent?.refusal?.next && <p class="govuk-body">{t(locale, sent.refusal.next)}</p>}
      {doneAction && !sent && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.done, { what: t(locale, actionTexts[doneAction]).toLowerCase() })}
          <PrintNow c={c} id={id} action={doneAction} />
        </NotificationBanner>
      )}
      {routingNotice(c, locale)}
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{view.code ? <span class="cs-nowrap">{view.code}</span> : t(locale, texts.noCode)}</span>
          {view.procedureName}
        </h1>
        {view.code && (
          <LinkButton href={`/mot-cua/ho-so/${view.id}/giay-tiep-nhan`} look="secondary">
            {t(locale, texts.printReceipt)}
          </LinkButton>
        )}
        {view.status === 10 &&
          c.get('app').access(c.get('province')).can(c.get('actor'), 'feedback.kiosk', { agencyCode: view.agencyCode }) && (
            <LinkButton href={`/mot-cua/danh-gia/${view.id}`} look="secondary">
              {t(locale, feedbackTexts.kioskOffer)}
            </LinkButton>
          )}
      </div>
      <p class="govuk-body">
        <StageTag stage={view.stage} locale={locale} />{' '}
        <span class="cs-muted">
          {t(locale, texts.reference)}: <span class="cs-nowrap">{view.reference}</span>
        </span>
        {view.source && (
          <span class="cs-muted"> · {t(locale, view.source === IMPORTED ? texts.imported : texts.simulated, { source: view.source })}</span>
        )}
      </p>
      <ThreePane
        labels={[t(locale, texts.person), t(locale, texts.step), t(locale, texts.history)]}
        left={
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.person)}</h2>
            <Facts view={view} locale={locale} />
            <MessagesPanel c={c} view={view} />
            <Papers view={view} csrf={csrf} locale={locale} />
            <PrintLinks c={c} view={view} />
            <h3 class="govuk-heading-s">{t(locale, texts.answers)}</h3>
            <Answers sections={sections} locale={locale} />
          </>
        }
        middle={
          <>
            <h2 class="govuk-heading-m" id="buoc">
              {t(locale, texts.step)}
            </h2>
            <Decisions
              view={view}
              specialists={specialists}
              agencies={agencies}
              today={dayOf(now)}
              csrf={csrf}
              locale={locale}
              {...(sent ? { sent } : {})}
            />
            <RoutingPanel dossierId={view.id} routing={routing} now={now.epochMilliseconds} csrf={csrf} locale={locale} />
          </>
        }
        right={
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.history)}</h2>
            <Clock view={view} now={now.epochMilliseconds} locale={locale} />
            <History view={view} locale={locale} />
          </>
        }
      />
      <Island name="office-keys" />
    </>,
  )
}

/** GET /mot-cua/ho-so/:id: the workspace. */
export const dossierPage = (c: Web): Promise<Response> => showDossier(c, c.req.param('id') ?? '')

/** POST /mot-cua/ho-so/:id/:action: one step. Refused: the page again with what was typed. */
export async function actOnDossier(c: Web): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const action = actions.find((one) => one === c.req.param('action'))
  if (!action || !isUuid(id)) throw new Refused(refusals.notFound)
  const form = await readForm(c)
  const refused = (refusal: Refusal): Promise<Response> => showDossier(c, id, { action, values: form.values, refusal })
  const prepared = prepare(action, id, form)
  if (!prepared.ok) return refused(prepared.error)
  const day = action === 'extend' ? dayFrom(form.values.get('day')?.trim() ?? '') : undefined
  // The new due time is shown, with its reasons, before anybody confirms it.
  if (day && form.values.get('shown') !== day) {
    const preview = await previewExtension(c.get('app'), asker(c), id, {
      day,
      note: form.values.get('note') ?? '',
    })
    return preview.ok ? showDossier(c, id, { action, values: form.values, preview: preview.value }) : refused(preview.error)
  }
  const result = await runFor(c, form.values, `dossier.${action}`, prepared.value)
  if (!result.ok) return refused(result.error)
  return c.redirect(`/mot-cua/ho-so/${id}?xong=${action}`, 303)
}

/** GET /mot-cua/ho-so/:id/:action: the address of a step that was refused, opened again: the workspace, nothing is done twice. */
export function reopenStep(c: Web): Response {
  const id = c.req.param('id') ?? ''
  if (!actions.some((one) => one === c.req.param('action')) || !isUuid(id)) throw new Refused(refusals.notFound)
  return c.redirect(`/mot-cua/ho-so/${id}#buoc`, 303)
}

/** GET /mot-cua/ho-so/:id/giay-to/:number: a paper's content, for who may read the dossier. */
export async function paperFile(c: Web): Promise<Response> {
  const app = c.get('app')
  const found = await dossierForOfficer(app, asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  const paper = found.value.papers.find((one) => String(one.number) === c.req.param('number'))
  return sendFile(c, paper && { name: paper.name, sha256: paper.sha256, type: paper.mediaType })
}
