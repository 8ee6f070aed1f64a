import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { startDraft, taskList } from '../../form/index.ts'
import { findForWhom, knownFor } from './for-form.ts'
import { earlierAnswers, knownOf } from './known.ts'
import type { Filing } from './load.ts'

/** Begins (or opens) the draft with what is known about whoever it is for, and goes to its first unfinished step. */
export async function startFor(c: Web, { citizen, procedure, today }: Filing, requestId?: string): Promise<Response> {
  const app = c.get('app')
  const formCode = procedure.body.form
  if (!formCode) return c.redirect(`/nop/${procedure.code}`, 303)
  const { own, forWhom } = await app.db.read(c.get('province'), async (tx) => ({
    own: await knownOf(tx, citizen.personId),
    forWhom: await findForWhom(tx, citizen.personId, procedure.code, today),
  }))
  // Earlier answers are about oneself: they do not belong on somebody else's form.
  const earlier = forWhom ? {} : await earlierAnswers(c, formCode)
  const known = forWhom ? knownFor(forWhom, own) : own
  const started = await run(
    app,
    { province: c.get('province'), actor: citizen, requestId, locale: c.get('locale'), name: 'form.start-draft' },
    (cx) => startDraft(cx, { personId: citizen.personId, procedureCode: procedure.code, formCode, known, earlier }),
  )
  if (!started.ok) throw new Refused(started.error)
  const { definition, draft } = started.value
  const next = taskList(definition, draft.answers, today, Object.keys(draft.savedPages)).find(
    ({ page: step, state }) => state !== 'complete' || !(step.id in draft.savedPages),
  )
  return c.redirect(next ? `/nop/${procedure.code}/buoc/${next.page.id}` : `/nop/${procedure.code}`, 303)
}
