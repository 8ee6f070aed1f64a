import { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { say } from '../../../kernel/http/form.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { writtenVersion } from '../queries/snapshot.ts'
import { schemeSchema, schemeVersionSchema } from '../rules/scheme.ts'
import { nationalSchemes } from '../schemes.ts'
import { insertScheme, listSchemes } from '../store.ts'

/** A version of a province's scheme as it is brought: from a form or a file. */
export const publishSchemeInput = z.object({
  code: schemeSchema.shape.code,
  name: schemeSchema.shape.name,
  basis: z
    .string()
    .trim()
    .min(1, say('Ghi quyết định ban hành.', 'Say which decision issued it.'))
    .max(300, say('Dài quá 300 chữ.', 'Longer than 300 characters.')),
  version: schemeVersionSchema,
})
export type PublishScheme = z.output<typeof publishSchemeInput>

/**
 * Publishes a version of a province's own scheme from its first day on. What was published stays: a second version from the same day
 * takes the first one's place, a later one follows it. Refusals: access.denied, scheme.national, scheme.version-unchanged.
 */
export async function publishScheme(
  cx: Context,
  { code, name, basis, version }: PublishScheme,
): Promise<Result<{ code: string; validFrom: string }>> {
  const actor = allowAtRoot(cx, 'index.manage')
  if (nationalSchemes().some((one) => one.code === code)) return refuse(refusals.national)
  const body = writtenVersion(version)
  const standing = (await listSchemes(cx.tx)).find((one) => one.code === code)
  const same = standing?.versions.find(({ validFrom }) => validFrom === version.validFrom)
  const unchanged = same && JSON.stringify(writtenVersion(same)) === JSON.stringify(body)
  if (unchanged && standing?.name.vi === name.vi && standing.basis === basis) return refuse(refusals.versionUnchanged)
  const revision = await insertScheme(cx.tx, {
    code,
    validFrom: version.validFrom,
    name,
    basis,
    body,
    publishedAt: cx.now.toString(),
    publishedBy: 'name' in actor ? actor.name : 'system',
  })
  const done = { code, validFrom: version.validFrom }
  await record(cx, {
    events: [
      {
        type: 'index.scheme-published',
        subject: derivedUuid('index-scheme', cx.province.slug, code),
        data: { ...done, revision, name, basis, body },
      },
    ],
    result: done,
  })
  return ok(done)
}
