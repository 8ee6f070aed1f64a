import { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { versionPublished } from '../events.ts'
import { procedureCode, versionBodySchema } from '../rules/procedure.ts'
import { decidePublication } from '../rules/publish.ts'
import { insertVersions, listFields, listLifeEvents, listVersions, lockProcedure } from '../store.ts'

export const publishVersionInput = z.object({ code: procedureCode, validFrom: z.iso.date(), body: versionBodySchema })
export type PublishVersion = z.output<typeof publishVersionInput>

export interface PublishedVersion {
  readonly code: string
  readonly version: number
  readonly validFrom: string
}

/** Publishes a new dated version of a procedure, or its first. Open dossiers keep the version they were received under. */
export async function publishVersion(cx: Context, input: PublishVersion): Promise<Result<PublishedVersion>> {
  const actor = allowAtRoot(cx, 'catalogue.publish')
  await lockProcedure(cx.tx, input.code)
  const known = (await listVersions(cx.tx, input.code)).map((one) => ({ ...one, abolished: one.body.abolished }))
  const fields = await listFields(cx.tx)
  if (!fields.some(({ code }) => code === input.body.field))
    return refuse(withFields(refusals.unknownField, [{ path: 'field', message: refusals.unknownField.next }]))
  const decision = decidePublication(known, input.body, input.validFrom, dayOf(cx.now))
  if (!decision.ok) return decision
  const version = {
    id: cx.id(),
    code: input.code,
    version: decision.value.version,
    validFrom: input.validFrom,
    codeCertainty: known[0]?.codeCertainty ?? ('unsure' as const),
    publishedAt: cx.now.toString(),
    publishedBy: 'name' in actor ? actor.name : '',
    body: input.body,
  }
  const lifeEvents = await listLifeEvents(cx.tx)
  await insertVersions(
    cx.tx,
    [version],
    new Map(fields.map(({ code, vi }) => [code, vi])),
    new Map(lifeEvents.map(({ code, vi }) => [code, vi])),
  )
  const view = { code: version.code, version: version.version, validFrom: version.validFrom }
  await record(cx, { events: [versionPublished(version)], result: view })
  return ok(view)
}
