import { randomUUID } from 'node:crypto'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, Form, formatInstant, InsetText, LinkButton, page, type Task, TaskList } from '../../../ui/index.ts'
import { discardDraft, startDraft, taskList } from '../../form/index.ts'
import { earlierAnswers, knownOf } from './known.ts'
import { findFiling, loadFiling, type OpenFiling } from './load.ts'
import { isReady } from './ready.ts'
import { texts } from './texts.ts'

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
            <Button look="start">{t(locale, texts.start)}</Button>
          </Form>
        </div>
      </div>,
    )
  }
  const open = filing as OpenFiling
  const ready = isReady(open)
  const steps = taskList(open.definition, open.draft.answers, open.today, Object.keys(open.draft.savedPages))
  const unfinished = steps.find(({ state }) => state !== 'complete')
  const tasks: Task[] = steps.map(({ page: step, state }) => ({
    title: t(locale, step.title),
    href: `/nop/${procedure.code}/buoc/${step.id}`,
    status: { text: t(locale, states[state].text), ...(state === 'not-started' ? {} : { tone: states[state].tone }) },
  }))
  tasks.push({
    title: t(locale, texts.checkAnswers),
    ...(ready ? { href: `/nop/${procedure.code}/kiem-tra` } : { hint: t(locale, texts.notYet) }),
    status: { text: ready ? '' : t(locale, texts.notStarted) },
  })
  return page(
    c,
    { ...props, ...(c.req.query('da-luu') ? { flash: { kind: 'success' as const, text: texts.saved } } : {}) },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{name}</h1>
        <InsetText>{t(locale, texts.continueDraft, { time: formatInstant(open.draft.createdAt) })}</InsetText>
        <h2 class="govuk-heading-m">{t(locale, texts.steps)}</h2>
        <TaskList tasks={tasks} />
        <LinkButton href={unfinished ? `/nop/${procedure.code}/buoc/${unfinished.page.id}` : `/nop/${procedure.code}/kiem-tra`}>
          {t(locale, unfinished ? texts.goOn : texts.checkAnswers)}
        </LinkButton>
        <p class="govuk-body">
          <a class="govuk-link" href={`/nop/${procedure.code}/xoa`}>
            {t(locale, texts.discard)}
          </a>
        </p>
      </div>
    </div>,
  )
}

/** POST /nop/:code: begins (or opens) the draft and goes to its first unfinished step. */
export async function beginFiling(c: Web): Promise<Response> {
  const app = c.get('app')
  const form = await readForm(c)
  const { citizen, procedure, today } = await loadFiling(c)
  const formCode = procedure.body.form
  if (!formCode) return c.redirect(`/nop/${procedure.code}`, 303)
  const known = await app.db.read(c.get('province'), (tx) => knownOf(tx, citizen.personId))
  const earlier = await earlierAnswers(c, formCode)
  const started = await run(
    app,
    { province: c.get('province'), actor: citizen, requestId: requestIdOf(form.values), locale: c.get('locale'), name: 'form.start-draft' },
    (cx) => startDraft(cx, { personId: citizen.personId, procedureCode: procedure.code, formCode, known, earlier }),
  )
  if (!started.ok) throw new Refused(started.error)
  const { definition, draft } = started.value
  const next = taskList(definition, draft.answers, today, Object.keys(draft.savedPages)).find(
    ({ page: step, state }) => state !== 'complete' || !(step.id in draft.savedPages),
  )
  return c.redirect(next ? `/nop/${procedure.code}/buoc/${next.page.id}` : `/nop/${procedure.code}`, 303)
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
    (cx) => discardDraft(cx, { personId: citizen.personId, procedureCode: procedure.code }),
  )
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/thu-tuc/${procedure.code}`, 303)
}
