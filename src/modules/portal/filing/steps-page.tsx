import { randomUUID } from 'node:crypto'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, Form, formatInstant, InsetText, LinkButton, page, Radios, type Task, TaskList } from '../../../ui/index.ts'
import { forgetFilingFor, forgetTrial, representationKinds, setFilingFor } from '../../dossier/index.ts'
import { discardDraft, taskList } from '../../form/index.ts'
import { findForWhom } from './for-form.ts'
import { forTexts, trialTexts } from './for-texts.ts'
import { findFiling, loadFiling, type OpenFiling } from './load.ts'
import { isReady } from './ready.ts'
import { startFor } from './start.ts'
import { texts } from './texts.ts'
import { findTrialOf, TrialState } from './trial.tsx'

const states = {
  'not-started': { text: texts.notStarted, tone: 'neutral' },
  'in-progress': { text: texts.inProgress, tone: 'waiting' },
  complete: { text: texts.complete, tone: 'good' },
} as const

/** GET /nop/:code: before the first step, or the list of steps of the draft. */
export async function stepsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const filing = await findFiling(c)
  const { procedure } = filing
  const name = procedure.body.name[locale]
  const title = { vi: t('vi', texts.before, { name: procedure.body.name.vi }), en: t('en', texts.before, { name: procedure.body.name.en }) }
  const props = { ...frame(c, 'portal'), title, back: { href: `/thu-tuc/${procedure.code}`, text: texts.backToProcedure } }
  if (!procedure.body.form || procedure.body.serviceLevel === 'none') {
    return page(c, props, <EmptyState title={t(locale, texts.notOnline)}>{t(locale, texts.notOnlineNext)}</EmptyState>)
  }
  const forWhom = await c
    .get('app')
    .db.read(c.get('province'), (tx) => findForWhom(tx, filing.citizen.personId, procedure.code, filing.today))
  if (!filing.draft || !filing.definition) {
    return page(
      c,
      props,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{name}</h1>
          <p class="govuk-body">{t(locale, texts.beforeLead)}</p>
          <p class="govuk-body">{t(locale, texts.prefilledNote)}</p>
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/nop/${procedure.code}`}>
            <Radios
              name="cho"
              label={t(locale, forTexts.question)}
              labelSize="m"
              value={forWhom?.kind ?? 'self'}
              options={[
                { value: 'self', label: t(locale, forTexts.self) },
                { value: 'child', label: t(locale, forTexts.child), hint: t(locale, forTexts.childHint) },
                { value: 'other', label: t(locale, forTexts.other), hint: t(locale, forTexts.otherHint) },
                { value: 'organisation', label: t(locale, forTexts.organisation), hint: t(locale, forTexts.organisationHint) },
              ]}
              locale={locale}
            />
            <Button look="start">{t(locale, texts.start)}</Button>
          </Form>
        </div>
      </div>,
    )
  }
  const open = filing as OpenFiling
  const ready = isReady(open) && (forWhom?.complete ?? true)
  const trial = await findTrialOf(c, open)
  const steps = taskList(open.definition, open.draft.answers, open.today, Object.keys(open.draft.savedPages))
  const unfinished = steps.find(({ state }) => state !== 'complete')
  const tasks: Task[] = steps.map(({ page: step, state }) => ({
    title: t(locale, step.title),
    href: `/nop/${procedure.code}/buoc/${step.id}`,
    status: { text: t(locale, states[state].text), ...(state === 'not-started' ? {} : { tone: states[state].tone }) },
  }))
  if (forWhom)
    tasks.unshift({
      title: `${t(locale, forTexts.title)}: ${forWhom.name}`,
      href: `/nop/${procedure.code}/cho-ai`,
      status: forWhom.complete ? { text: t(locale, texts.complete), tone: 'good' } : { text: t(locale, texts.inProgress), tone: 'waiting' },
    })
  tasks.push({
    title: t(locale, texts.checkAnswers),
    ...(ready ? { href: `/nop/${procedure.code}/kiem-tra` } : { hint: t(locale, texts.notYet) }),
    status: { text: ready ? '' : t(locale, texts.notStarted) },
  })
  const nextHref =
    forWhom && !forWhom.complete
      ? `/nop/${procedure.code}/cho-ai`
      : unfinished
        ? `/nop/${procedure.code}/buoc/${unfinished.page.id}`
        : `/nop/${procedure.code}/kiem-tra`
  return page(
    c,
    {
      ...props,
      ...(c.req.query('da-luu') ? { flash: { kind: 'success' as const, text: texts.saved } } : {}),
      ...(c.req.query('xem-truoc') ? { flash: { kind: 'success' as const, text: trialTexts.asked } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{name}</h1>
        <InsetText>{t(locale, texts.continueDraft, { time: formatInstant(open.draft.createdAt) })}</InsetText>
        {trial && <TrialState c={c} filing={open} trial={trial} ready={ready} />}
        <h2 class="govuk-heading-m">{t(locale, texts.steps)}</h2>
        <TaskList tasks={tasks} />
        <LinkButton href={nextHref}>{t(locale, unfinished ? texts.goOn : texts.checkAnswers)}</LinkButton>
        <p class="govuk-body">
          <a class="govuk-link" href={`/nop/${procedure.code}/xoa`}>
            {t(locale, texts.discard)}
          </a>
        </p>
      </div>
    </div>,
  )
}

/** POST /nop/:code: for whom; then begins (or opens) the draft and goes to its first unfinished step. */
export async function beginFiling(c: Web): Promise<Response> {
  const form = await readForm(c)
  const filing = await loadFiling(c)
  const { citizen, procedure } = filing
  if (!procedure.body.form) return c.redirect(`/nop/${procedure.code}`, 303)
  const kind = representationKinds.find((one) => one === form.values.get('cho'))
  const before = await c.get('app').db.read(c.get('province'), (tx) => findForWhom(tx, citizen.personId, procedure.code, filing.today))
  if (kind !== before?.kind) {
    const set = await run(
      c.get('app'),
      { province: c.get('province'), actor: citizen, locale: c.get('locale'), name: 'dossier.set-filing-for' },
      (cx) =>
        setFilingFor(cx, {
          personId: citizen.personId,
          procedureCode: procedure.code,
          filingFor: kind ? { kind, answers: {} } : null,
        }),
    )
    if (!set.ok) throw new Refused(set.error)
  }
  return kind ? c.redirect(`/nop/${procedure.code}/cho-ai`, 303) : startFor(c, filing, requestIdOf(form.values))
}

/** GET /nop/:code/xoa: is the person sure? */
export async function discardPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { procedure } = await loadFiling(c)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.discard, back: { href: `/nop/${procedure.code}`, text: texts.backToSteps } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, texts.discard)}</h1>
        <p class="govuk-body">{t(locale, texts.discardSure)}</p>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <Button look="warning">{t(locale, texts.discard)}</Button>{' '}
          <LinkButton look="secondary" href={`/nop/${procedure.code}`}>
            {t(locale, texts.keep)}
          </LinkButton>
        </Form>
      </div>
    </div>,
  )
}

/** POST /nop/:code/xoa */
export async function discard(c: Web): Promise<Response> {
  const form = await readForm(c)
  const { citizen, procedure } = await loadFiling(c)
  const done = await run(
    c.get('app'),
    {
      province: c.get('province'),
      actor: citizen,
      requestId: requestIdOf(form.values),
      locale: c.get('locale'),
      name: 'form.discard-draft',
    },
    async (cx) => {
      const draft = { personId: citizen.personId, procedureCode: procedure.code }
      await forgetFilingFor(cx, draft)
      await forgetTrial(cx, draft)
      return discardDraft(cx, draft)
    },
  )
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/thu-tuc/${procedure.code}`, 303)
}
