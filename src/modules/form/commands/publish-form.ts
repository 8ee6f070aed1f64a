import { createHash } from 'node:crypto'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteEdit, listFormVersions, lockEdit } from '../edit-store.ts'
import { refusals } from '../errors.ts'
import { formPublished } from '../events.ts'
import { readDefinition } from '../rules/definition.ts'
import { decideFormPublication } from '../rules/edit/publication.ts'
import { findFormAt, insertForms } from '../store.ts'
import { byName } from './start-edit.ts'

export interface PublishForm {
  readonly code: string
  /** The save that was looked at: what somebody wrote since then is not published unseen. */
  readonly seen: number
  readonly validFrom: Day
}

export interface PublishedForm {
  readonly code: string
  readonly version: number
  readonly validFrom: Day
}

/** Publishes what was written as the next version, from a day on. Older versions stay; drafts and dossiers on them keep theirs. */
export async function publishForm(cx: Context, input: PublishForm): Promise<Result<PublishedForm>> {
  const by = byName(allowAtRoot(cx, 'form.publish'))
  const draft = await lockEdit(cx.tx, input.code)
  if (!draft) return refuse(refusals.editNotFound)
  if (draft.version > input.seen)
    return refuse({ ...refusals.editChangedElsewhere, message: fill(refusals.editChangedElsewhere.message, { by: draft.updatedBy }) })
  const versions = await listFormVersions(cx.tx, input.code)
  const inForce = await findFormAt(cx.tx, input.code, input.validFrom)
  const last = Math.max(0, ...versions.map(({ version }) => version))
  const decision = decideFormPublication(draft.definition, { last, inForce }, input.validFrom, dayOf(cx.now))
  if (!decision.ok) return decision
  const body = decision.value
  const stamp = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  await insertForms(cx.tx, [{ body, stamp, definition: readDefinition(body) }], cx.now, by)
  await deleteEdit(cx.tx, input.code)
  const view = { code: body.code, version: body.version, validFrom: body.validFrom }
  await record(cx, { events: [formPublished(cx.id(), body)], result: view })
  return ok(view)
}
