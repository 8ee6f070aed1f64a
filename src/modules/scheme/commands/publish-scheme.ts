import { z } from 'zod'
import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Day } from '../../../kernel/clock.ts'
import type { Actor, Context } from '../../../kernel/context.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { say } from '../../../kernel/http/form.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { moment } from '../../calendar/index.ts'
import { publishedMeanwhile, refusals } from '../errors.ts'
import { schemeAsOf } from '../rules/publications.ts'
import { type Scheme, type SchemeVersion, schemeSchema, schemeVersionSchema } from '../rules/scheme.ts'
import { writtenVersion } from '../rules/written.ts'
import { nationalSchemes } from '../schemes.ts'
import { insertScheme, publicationsOf } from '../store.ts'

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
/** `seen`: the last publication of the scheme that whoever publishes has seen; 0: a new scheme. */
export type PublishScheme = z.output<typeof publishSchemeInput> & { readonly seen: number }

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

interface Kept {
  readonly versions: readonly SchemeVersion[]
  /** First days of versions that took the place of another. */
  readonly replaced: readonly Day[]
  readonly events: readonly NewEvent[]
}

/** Of whoever published last. */
async function overtaken(cx: Context, code: string): Promise<Refusal> {
  const last = (await publicationsOf(cx.tx, code)).at(-1)
  return publishedMeanwhile(last?.publishedBy ?? '…', moment(last?.publishedAt ?? cx.now))
}

/**
 * Keeps what of a file is not there yet, each version as the next publication of its scheme. `seen`: only when nothing was published
 * after it. Refusals: scheme.national, scheme.code-taken, scheme.published-meanwhile.
 */
async function keep(cx: Context, actor: Actor, file: SchemeFile, seen?: number): Promise<Result<Kept>> {
  const { code, name, basis } = file
  if (nationalSchemes().some((one) => one.code === code)) return refuse(refusals.national)
  const before = await publicationsOf(cx.tx, code)
  const last = before.length
  const refused = async (): Promise<Refusal> => (seen === 0 ? refusals.codeTaken : overtaken(cx, code))
  if (seen !== undefined && seen !== last) return refuse(await refused())
  const standing = schemeAsOf(before, last)
  const versions = changedOf(file, standing)
  const events: NewEvent[] = []
  for (const [n, version] of versions.entries()) {
    const body = writtenVersion(version)
    const { validFrom } = version
    const publishedBy = 'name' in actor ? actor.name : 'system'
    const number = last + n + 1
    const revision = await insertScheme(cx.tx, { code, number, validFrom, name, basis, body, publishedAt: cx.now.toString(), publishedBy })
    // Another published at the same time, and was first.
    if (revision === null) return refuse(await refused())
    const subject = derivedUuid('index-scheme', cx.province.slug, code)
    events.push({ type: 'index.scheme-published', subject, data: { code, number, validFrom, revision, name, basis, body } })
  }
  const days = versions.map(({ validFrom }) => validFrom)
  return ok({ versions, replaced: days.filter((day) => standing?.versions.some(({ validFrom }) => validFrom === day)), events })
}

/**
 * Publishes every version of a file that is not there yet, all of them or none. What was published stays: a second version from the
 * same day takes the first one's place (`replaced` says of which days), a later one follows it. The same file again changes nothing.
 * Refusals: access.denied, scheme.national, scheme.published-meanwhile (at the same moment; again, it is compared with that).
 */
export async function publishSchemeFile(
  cx: Context,
  file: SchemeFile,
): Promise<Result<{ code: string; published: readonly Day[]; replaced: readonly Day[]; unchanged: number }>> {
  const kept = await keep(cx, allowAtRoot(cx, 'index.manage'), file)
  if (!kept.ok) return kept
  const { versions, replaced, events } = kept.value
  const result = {
    code: file.code,
    published: versions.map(({ validFrom }) => validFrom),
    replaced,
    unchanged: file.versions.length - versions.length,
  }
  await record(cx, { events, result })
  return ok(result)
}

/**
 * Publishes one version from its first day on, from a form: only by who has seen everything that was published of the scheme.
 * Refusals: access.denied, scheme.national, scheme.code-taken, scheme.published-meanwhile, scheme.version-unchanged.
 */
export async function publishScheme(
  cx: Context,
  { version, seen, ...scheme }: PublishScheme,
): Promise<Result<{ code: string; validFrom: string }>> {
  const kept = await keep(cx, allowAtRoot(cx, 'index.manage'), { ...scheme, versions: [version] }, seen)
  if (!kept.ok) return kept
  if (kept.value.versions.length === 0) return refuse(refusals.versionUnchanged)
  const result = { code: scheme.code, validFrom: version.validFrom }
  await record(cx, { events: kept.value.events, result })
  return ok(result)
}
