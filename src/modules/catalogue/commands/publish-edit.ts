import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Day } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { deleteEdit, lockEdit } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import { problemsOf, rebased } from '../rules/draft.ts'
import { inForce } from '../rules/procedure.ts'
import { listFields, listVersions } from '../store.ts'
import { type PublishedVersion, publishVersion } from './publish-version.ts'

export interface PublishEdit {
  readonly code: string
  /** The save that was looked at: what somebody wrote since then is not published unseen. */
  readonly seen: number
  readonly validFrom: Day
  /** What this version changes, in one sentence. */
  readonly change?: Text | undefined
  /** Codes of the forms that may be linked. */
  readonly forms: ReadonlySet<string>
}

/** Publishes what was written as the next version. Parts nobody touched here are those of the newest version, whoever published it. */
export async function publishEdit(cx: Context, input: PublishEdit): Promise<Result<PublishedVersion>> {
  allowAtRoot(cx, 'catalogue.publish')
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft) return refuse(refusals.editNotFound)
  if (draft.version > input.seen)
    return refuse({ ...refusals.editChangedElsewhere, message: fill(refusals.editChangedElsewhere.message, { by: draft.updatedBy }) })
  const versions = await listVersions(cx.tx, input.code)
  const base = versions.find(({ version }) => version === draft.basedOn)?.body
  const newest = versions.toSorted((a, b) => b.version - a.version)[0]?.body
  const { abolished: _, change: __, ...body } = rebased(base, draft.body, newest)
  const whole = { ...body, abolished: false, ...(input.change ? { change: input.change } : {}) }
  const fields = new Set((await listFields(cx.tx)).map(({ code }) => code))
  const problems = problemsOf(whole, { fields, forms: input.forms })
  if (problems.length > 0)
    return refuse(
      withFields(
        refusals.notReady,
        problems.map(({ section, message }) => ({ path: section, message })),
      ),
    )
  const published = await publishVersion(cx, { code: input.code, validFrom: input.validFrom, body: whole })
  if (published.ok) await deleteEdit(cx.tx, input.code)
  return published
}

export interface EndProcedure {
  readonly code: string
  /** From this day on the province receives it no more. */
  readonly validFrom: Day
  /** Why, in one sentence: the decision that ends it. */
  readonly reason: Text
}

/** Ends a procedure from a day on, by a version that says so. Dossiers already received are resolved under their own version. */
export async function endProcedure(cx: Context, input: EndProcedure): Promise<Result<PublishedVersion>> {
  allowAtRoot(cx, 'catalogue.publish')
  const versions = await listVersions(cx.tx, input.code)
  const known = versions.map((one) => ({ ...one, abolished: one.body.abolished }))
  if (known.length === 0) return refuse(refusals.procedureNotFound)
  const current = inForce(known, input.validFrom)
  if (!current) return refuse(withFields(refusals.notInForce, [{ path: 'validFrom', message: refusals.notInForce.next }]))
  return publishVersion(cx, {
    code: input.code,
    validFrom: input.validFrom,
    body: { ...current.body, abolished: true, change: input.reason },
  })
}
