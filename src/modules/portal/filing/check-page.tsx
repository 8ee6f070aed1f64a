import { randomUUID } from 'node:crypto'
import { run } from '../../../kernel/command.ts'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { refuse } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, Form, formatMoney, InsetText, page, Select, SummaryList, WarningText } from '../../../ui/index.ts'
import { knownFee, timeLimitText } from '../../catalogue/index.ts'
import {
  citizenRule,
  type DossierSummary,
  filingMark,
  forgetFilingFor,
  forgetTrial,
  machineHere,
  type PaperInput,
  submitDossier,
} from '../../dossier/index.ts'
import { discardDraft, refusals as formRefusals, type Submission, submissionOf, summary } from '../../form/index.ts'
import { type ForWhom, findForWhom, representationOf } from './for-form.ts'
import { forTexts } from './for-texts.ts'
import { findFiling, type OpenFiling } from './load.ts'
import { type Resolver, resolverOf } from './resolver.ts'
import { texts } from './texts.ts'
import { findTrialOf, TrialOffer, TrialState } from './trial.tsx'

const forWhomIn = (c: Web, filing: OpenFiling): Promise<ForWhom | undefined> =>
  c.get('app').db.read(c.get('province'), (tx) => findForWhom(tx, filing.citizen.personId, filing.procedure.code, filing.today))

const resolverFor = (c: Web, filing: OpenFiling, submission: Submission | undefined): Resolver =>
  resolverOf(filing.procedure.body.resolver, submission?.place, filing.directory, c.get('province').code, filing.today)

async function show(c: Web, filing: OpenFiling, sent?: { refusal: Refusal; agency: string | undefined }): Promise<Response> {
  const locale = c.get('locale')
  const { definition, draft, procedure, today } = filing
  const checked = submissionOf(definition, draft.answers, today)
  if (!checked.ok) return c.redirect(`/nop/${procedure.code}`, 303)
  const resolver = resolverFor(c, filing, checked.value)
  const fee = knownFee(procedure.body.fees)
  const forWhom = await forWhomIn(c, filing)
  if (forWhom && !forWhom.complete) return c.redirect(`/nop/${procedure.code}/cho-ai`, 303)
  const trial = await findTrialOf(c, filing)
  const machine = await machineHere(c)
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.check,
      back: { href: `/nop/${procedure.code}`, text: texts.backToSteps },
      hasErrors: sent !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
        <span class="govuk-caption-l">{procedure.body.name[locale]}</span>
        <h1 class="govuk-heading-l">{t(locale, texts.check)}</h1>
        <p class="govuk-body">{t(locale, texts.checkLead)}</p>
        {forWhom && (
          <SummaryList
            locale={locale}
            rows={[
              {
                key: t(locale, forTexts.whose),
                value: forWhom.name,
                changeHref: `/nop/${procedure.code}/cho-ai`,
                changeWhat: t(locale, forTexts.change),
              },
              { key: t(locale, forTexts.filer), value: filing.citizen.name },
            ]}
          />
        )}
        {trial && trial.verdict !== 'enough' && <TrialState c={c} filing={filing} trial={trial} ready />}
        {summary(definition, draft.answers, locale).map((section) => (
          <>
            <h2 class="govuk-heading-m">{t(locale, section.title)}</h2>
            <SummaryList
              locale={locale}
              rows={section.rows.map((row) => ({
                key: row.item ? `${t(locale, row.item)}: ${t(locale, row.label)}` : t(locale, row.label),
                value:
                  row.lines.length === 0 ? (
                    <span class="cs-muted">{t(locale, texts.answerEmpty)}</span>
                  ) : (
                    row.lines.map((line) => <div>{line}</div>)
                  ),
                changeHref: `/nop/${procedure.code}/buoc/${section.pageId}?sua=1#${row.path}`,
                changeWhat: t(locale, row.label),
              }))}
            />
          </>
        ))}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/nop/${procedure.code}/gui`}>
          {resolver.kind === 'choose' && (
            <Select
              name="agency"
              label={t(locale, texts.where)}
              hint={t(locale, texts.whereHint)}
              labelSize="m"
              options={resolver.choices}
              empty={t(locale, texts.choose)}
              value={sent?.agency}
              error={errorsBy(locale, sent?.refusal.fields)('agency')}
              locale={locale}
            />
          )}
          {resolver.kind === 'outside' ? (
            <WarningText locale={locale}>{t(locale, texts.outside)}</WarningText>
          ) : (
            <>
              <SummaryList
                locale={locale}
                rows={[
                  ...(resolver.kind === 'known' ? [{ key: t(locale, texts.where), value: resolver.name }] : []),
                  { key: t(locale, texts.limit), value: t(locale, timeLimitText(procedure.body.timeLimit)) },
                  { key: t(locale, texts.fee), value: fee > 0 ? formatMoney(fee, locale) : t(locale, texts.noFee) },
                ]}
              />
              {machine && (
                <InsetText>
                  {t(locale, texts.officeMachine, { name: machine.name ?? '', agency: filing.directory.name(machine.agencyCode, today) })}
                </InsetText>
              )}
              <WarningText locale={locale}>{t(locale, texts.declaration)}</WarningText>
              {citizenRule(today).deviceDays > 0 && (
                <p class="govuk-body-s cs-muted">
                  {t(locale, texts.deviceNote)}{' '}
                  <a class="govuk-link" href="/du-lieu-ca-nhan#may">
                    {t(locale, texts.deviceMore)}
                  </a>
                </p>
              )}
              <Button>{t(locale, texts.send)}</Button>
            </>
          )}
        </Form>
        {resolver.kind !== 'outside' && <TrialOffer c={c} filing={filing} trial={trial} resolver={resolver} />}
      </div>
    </div>,
  )
}

/** GET /nop/:code/kiem-tra: check your answers. Unfinished forms go back to their steps. */
export async function checkPage(c: Web): Promise<Response> {
  const filing = await findFiling(c)
  return filing.draft && filing.definition ? show(c, filing as OpenFiling) : c.redirect(`/nop/${filing.procedure.code}`, 303)
}

/** Uploaded files as papers of the dossier, named by the procedure's component where the form says which it is. */
function papersOf(filing: OpenFiling, submission: Submission): PaperInput[] {
  const components = new Map(filing.procedure.body.components.map((component) => [component.code, component.name.vi]))
  return submission.papers.flatMap(({ component, files }) =>
    files.map((file) => ({
      componentCode: component ?? null,
      name: (component && components.get(component)) ?? file.name,
      file: { sha256: file.sha256, size: file.size, type: file.type },
    })),
  )
}

const outside: Refusal = { code: 'portal.outside-province', status: 422, message: texts.outside }

/** POST /nop/:code/gui: sends the dossier and forgets the draft, in one transaction. The same request again is the same dossier. */
export async function send(c: Web): Promise<Response> {
  const app = c.get('app')
  const form = await readForm(c)
  const filing = await findFiling(c)
  const call = {
    province: c.get('province'),
    actor: filing.citizen,
    requestId: requestIdOf(form.values),
    locale: c.get('locale'),
    name: 'dossier.submit',
  }
  const sent = (summary: DossierSummary): Response => c.redirect(`/ho-so/${summary.id}/da-nop`, 303)
  if (!filing.draft || !filing.definition) {
    // The draft is gone: either this very request already did its work, or there is nothing to send.
    const replay = await run<DossierSummary>(app, call, async () => refuse(formRefusals.draftNotFound))
    if (replay.ok) return sent(replay.value)
    throw new Refused(replay.error)
  }
  const open = filing as OpenFiling
  const checked = submissionOf(open.definition, open.draft.answers, open.today)
  if (!checked.ok) return c.redirect(`/nop/${open.procedure.code}`, 303)
  const submission = checked.value
  const resolver = resolverFor(c, open, submission)
  const chosen = form.values.get('agency') ?? ''
  if (resolver.kind === 'outside') return show(c, open, { refusal: outside, agency: undefined })
  const agencyCode = resolver.kind === 'known' ? resolver.code : resolver.choices.find(({ value }) => value === chosen)?.value
  if (!agencyCode) {
    return show(c, open, { refusal: withFields(refusals.invalid, [{ path: 'agency', message: texts.whereMissing }]), agency: chosen })
  }
  const { personId } = open.citizen
  const forWhom = await forWhomIn(c, open)
  if (forWhom && !forWhom.complete) return c.redirect(`/nop/${open.procedure.code}/cho-ai`, 303)
  const inName = forWhom && representationOf(forWhom, open.citizen.name)
  const device = filingMark(c, { renew: (await machineHere(c)) !== undefined })
  const result = await run(app, call, async (cx) => {
    const submitted = await submitDossier(cx, {
      procedureCode: open.procedure.code,
      agencyCode,
      applicant: {
        name: inName?.applicant.name ?? (submission.applicant.name || open.citizen.name),
        number: inName ? inName.applicant.number : (submission.applicant.personalNumber ?? null),
        phone: submission.applicant.phone ?? null,
        email: submission.applicant.email ?? null,
      },
      representation: inName?.representation,
      formCode: submission.formCode,
      formVersion: submission.formVersion,
      answers: submission.answers,
      papers: [...papersOf(open, submission), ...(inName?.papers ?? [])],
      device,
    })
    if (!submitted.ok) return submitted
    // Another window sent this draft in the meantime: one draft is one dossier.
    await forgetFilingFor(cx, { personId, procedureCode: open.procedure.code })
    await forgetTrial(cx, { personId, procedureCode: open.procedure.code })
    const done = await discardDraft(cx, { personId, procedureCode: open.procedure.code })
    return done.ok && done.value.discarded ? submitted : refuse(formRefusals.draftNotFound)
  })
  return result.ok ? sent(result.value) : show(c, open, { refusal: result.error, agency: chosen })
}
