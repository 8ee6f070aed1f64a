import { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Actor, Context } from '../../../kernel/context.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { say } from '../../../kernel/http/form.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { type Scheme, type SchemeVersion, schemeSchema, schemeVersionSchema } from '../rules/scheme.ts'
import { writtenVersion } from '../rules/written.ts'
import { nationalSchemes } from '../schemes.ts'
import { insertScheme, listSchemes } from '../store.ts'

const common = {
  code: schemeSchema.shape.code,
  name: schemeSchema.shape.name,
  basis: z
    .string()
    .trim()
    .min(1, say('Ghi quyết định ban hành.', 'Say which decision issued it.'))
    .max(300, say('Dài quá 300 chữ.', 'Longer than 300 characters.')),
}

/** A version of a province's scheme as it is brought: from a form. */
export const publishSchemeInput = z.object({ ...common, version: schemeVersionSchema })
export type PublishScheme = z.output<typeof publishSchemeInput>

/** A whole scheme as a file brings it: every version, each from its own day. */
export const schemeFileInput = z.strictObject({
  ...common,
  versions: schemeSchema.shape.versions.refine(
    (all) => new Set(all.map(({ validFrom }) => validFrom)).size === all.length,
    say('Hai bản không được có hiệu lực từ cùng một ngày.', 'Two versions may not begin on one day.'),
  ),
})
export type SchemeFile = z.output<typeof schemeFileInput>

/** What of a file is not there yet: new and changed versions; a new name or basis alone comes with the latest one again. */
function changedOf({ name, basis, versions }: SchemeFile, standing: Scheme | undefined): SchemeVersion[] {
  const sorted = [...versions].sort((a, b) => a.validFrom.localeCompare(b.validFrom))
  const changed = sorted.filter((version) => {
    const same = standing?.versions.find(({ validFrom }) => validFrom === version.validFrom)
    return !same || JSON.stringify(writtenVersion(same)) !== JSON.stringify(writtenVersion(version))
  })
  const renamed = standing && (standing.name.vi !== name.vi || standing.name.en !== name.en || standing.basis !== basis)
  return changed.length > 0 || !renamed ? changed : sorted.slice(-1)
}

interface Published {
  readonly versions: readonly SchemeVersion[]
  readonly events: readonly NewEvent[]
}

/** Keeps what of a file is not there yet. Refusals: scheme.national. */
async function keep(cx: Context, actor: Actor, file: SchemeFile): Promise<Result<Published>> {
  const { code, name, basis } = file
  if (nationalSchemes().some((one) => one.code === code)) return refuse(refusals.national)
  const standing = (await listSchemes(cx.tx)).find((one) => one.code === code)
  const versions = changedOf(file, standing)
  const events: NewEvent[] = []
  for (const version of versions) {
    const body = writtenVersion(version)
    const { validFrom } = version
    const publishedBy = 'name' in actor ? actor.name : 'system'
    const revision = await insertScheme(cx.tx, { code, validFrom, name, basis, body, publishedAt: cx.now.toString(), publishedBy })
    const subject = derivedUuid('index-scheme', cx.province.slug, code)
    events.push({ type: 'index.scheme-published', subject, data: { code, validFrom, revision, name, basis, body } })
  }
  return ok({ versions, events })
}

/**
 * Publishes every version of a file that is not there yet, all of them or none. What was published stays: a second version from the
 * same day takes the first one's place, a later one follows it. The same file again changes nothing.
 * Refusals: access.denied, scheme.national.
 */
export async function publishSchemeFile(
  cx: Context,
  file: SchemeFile,
): Promise<Result<{ code: string; published: readonly string[]; unchanged: number }>> {
  const kept = await keep(cx, allowAtRoot(cx, 'index.manage'), file)
  if (!kept.ok) return kept
  const { versions, events } = kept.value
  const result = {
    code: file.code,
    published: versions.map(({ validFrom }) => validFrom),
    unchanged: file.versions.length - versions.length,
  }
  await record(cx, { events, result })
  return ok(result)
}

/**
 * Publishes one version from its first day on, from a form.
 * Refusals: access.denied, scheme.national, scheme.version-unchanged.
 */
export async function publishScheme(
  cx: Context,
  { version, ...scheme }: PublishScheme,
): Promise<Result<{ code: string; validFrom: string }>> {
  const kept = await keep(cx, allowAtRoot(cx, 'index.manage'), { ...scheme, versions: [version] })
  if (!kept.ok) return kept
  if (kept.value.versions.length === 0) return refuse(refusals.versionUnchanged)
  const result = { code: scheme.code, validFrom: version.validFrom }
  await record(cx, { events: kept.value.events, result })
  return ok(result)
}
