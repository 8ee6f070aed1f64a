import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { Button, Form, formatInstant, LinkButton, Select } from '../../../ui/index.ts'
import { askTrial, citizenRule, shortMoment, type Trial, trialOf } from '../../dossier/index.ts'
import { type FormDefinition, submissionOf } from '../../form/index.ts'
import { findForWhom } from './for-form.ts'
import { trialTexts as texts } from './for-texts.ts'
import { findFiling, type OpenFiling } from './load.ts'
import { type Resolver, resolverOf } from './resolver.ts'
import { texts as filingTexts } from './texts.ts'

export const findTrialOf = (c: Web, filing: OpenFiling): Promise<Trial | undefined> =>
  c.get('app').db.read(c.get('province'), (tx) => trialOf(tx, filing.citizen.personId, filing.procedure.code))

/** The step of the form that a remark is about. */
const stepOf = (definition: FormDefinition, path: string): string | undefined =>
  definition.pages.find(({ fields }) => fields.some(({ id }) => id === path.split('.')[0]))?.id

/** What the desk said about the draft, or when it will; on the list of steps and before sending. */
export const TrialState = ({ c, filing, trial, ready }: { c: Web; filing: OpenFiling; trial: Trial; ready: boolean }) => {
  const locale = c.get('locale')
  const { procedure, definition, directory, today } = filing
  const agency = directory.name(trial.agencyCode, today)
  const base = `/nop/${procedure.code}`
  if (trial.verdict === null)
    return (
      <section class="cs-turn" aria-labelledby="trial">
        <h2 class="govuk-heading-m" id="trial">
          {t(locale, texts.waiting)}
        </h2>
        <p class="govuk-body">
          {t(locale, texts.waitingLead, {
            agency,
            when: t(locale, shortMoment(Temporal.Instant.from(trial.promisedAt), c.get('app').clock())),
          })}
        </p>
      </section>
    )
  return (
    <section class={trial.verdict === 'enough' ? 'cs-turn cs-turn--result' : 'cs-turn'} aria-labelledby="trial">
      <h2 class="govuk-heading-m" id="trial">
        {t(locale, trial.verdict === 'enough' ? texts.enough : texts.mend)}
      </h2>
      <p class="govuk-body cs-muted">
        {t(locale, texts.by, { who: trial.answeredByName ?? '', agency })}
        {trial.answeredAt && ` · ${formatInstant(Temporal.Instant.from(trial.answeredAt))}`}
      </p>
      {trial.note && <p class="govuk-body">{trial.note}</p>}
      {trial.comments.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {trial.comments.map(({ path, label, text }) => {
            const step = stepOf(definition, path)
            return (
              <li>
                {step ? (
                  <a class="govuk-link" href={`${base}/buoc/${step}?sua=1#${path}`}>
                    {label}
                  </a>
                ) : (
                  label
                )}
                : {text}
              </li>
            )
          })}
        </ul>
      )}
      {trial.verdict === 'enough' && ready ? (
        <LinkButton href={`${base}/kiem-tra`}>{t(locale, texts.fileNow)}</LinkButton>
      ) : (
        <p class="govuk-body">{t(locale, texts.mended)}</p>
      )}
    </section>
  )
}

/** The offer to have the desk look first, below the button that sends: a form of its own, so that neither is taken for the other. */
export const TrialOffer = ({
  c,
  filing,
  trial,
  resolver,
}: {
  c: Web
  filing: OpenFiling
  trial: Trial | undefined
  resolver: Exclude<Resolver, { kind: 'outside' }>
}) => {
  const locale = c.get('locale')
  const days = citizenRule(filing.today, filing.procedure.code).trialWorkingDays
  return (
    <section aria-labelledby="trial-offer">
      <h2 class="govuk-heading-m" id="trial-offer">
        {t(locale, texts.askTitle)}
      </h2>
      <p class="govuk-body">{t(locale, texts.askLead, { n: days })}</p>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/nop/${filing.procedure.code}/xem-truoc`}>
        {resolver.kind === 'choose' && (
          <Select
            id="trial-agency"
            name="agency"
            label={t(locale, texts.desk)}
            options={resolver.choices}
            empty={t(locale, filingTexts.choose)}
            value={trial?.agencyCode}
            locale={locale}
          />
        )}
        <Button look="secondary">{t(locale, trial?.verdict === null ? texts.again : texts.ask)}</Button>
      </Form>
    </section>
  )
}

/** POST /nop/:code/xem-truoc: shows the draft to the desk. The draft stays, and stays editable. */
export async function sendTrial(c: Web): Promise<Response> {
  const form = await readForm(c)
  const found = await findFiling(c)
  const base = `/nop/${found.procedure.code}`
  if (!found.draft || !found.definition) return c.redirect(base, 303)
  const filing = found as OpenFiling
  const checked = submissionOf(filing.definition, filing.draft.answers, filing.today)
  if (!checked.ok) return c.redirect(base, 303)
  const resolver = resolverOf(filing.procedure.body.resolver, checked.value.place, filing.directory, c.get('province').code, filing.today)
  const chosen = form.values.get('agency') ?? ''
  const agencyCode =
    resolver.kind === 'known'
      ? resolver.code
      : resolver.kind === 'choose'
        ? resolver.choices.find(({ value }) => value === chosen)?.value
        : undefined
  if (!agencyCode) return c.redirect(`${base}/kiem-tra`, 303)
  const { personId } = filing.citizen
  const forWhom = await c.get('app').db.read(c.get('province'), (tx) => findForWhom(tx, personId, filing.procedure.code, filing.today))
  const asked = await run(
    c.get('app'),
    {
      province: c.get('province'),
      actor: filing.citizen,
      requestId: requestIdOf(form.values),
      locale: c.get('locale'),
      name: 'trial.ask',
    },
    (cx) =>
      askTrial(cx, {
        personId,
        procedureCode: filing.procedure.code,
        agencyCode,
        formCode: checked.value.formCode,
        formVersion: checked.value.formVersion,
        answers: checked.value.answers,
        applicantName: forWhom?.name || null,
      }),
  )
  if (!asked.ok) throw new Refused(asked.error)
  return c.redirect(`${base}?xem-truoc=1`, 303)
}
