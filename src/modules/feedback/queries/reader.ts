import type { Temporal } from 'temporal-polyfill'
import type { Access } from '../../../kernel/access/index.ts'
import { type Clock, dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Database, Province, Tx } from '../../../kernel/database/index.ts'
import { type Refusal, refusals } from '../../../kernel/errors.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'

/** What a query needs of the application. */
export interface QueryHost {
  readonly db: Database
  readonly clock: Clock
  access(province: Province): Access
}

/** Who asks, and of which province. */
export interface Asker {
  readonly province: Province
  readonly actor: Actor
}

export interface Reader {
  readonly actor: Actor
  readonly access: Access
  readonly now: Temporal.Instant
  readonly directory: OrganisationDirectory
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export async function readerOf(host: QueryHost, asker: Asker): Promise<Reader> {
  return {
    actor: asker.actor,
    access: host.access(asker.province),
    now: host.clock(),
    directory: await directoryOf(host, asker.province),
    read: (work) => host.db.read(asker.province, work),
  }
}

/** Every agency code, of today or gone, for whose things in general (not only their own) the officer may do this; null = all. */
export function reachedCodes({ actor, access, directory, now }: Reader, action: string): readonly string[] | null {
  if (actor.kind === 'system') return null
  if (actor.kind !== 'officer') return []
  const today = dayOf(now)
  const grants = actor.grants.filter(({ agencyCode }) => access.can(actor, action, { agencyCode }))
  const tops = grants.filter(({ subtree }) => subtree).map(({ agencyCode }) => agencyCode)
  const root = directory.root(today)?.code
  if (root !== undefined && tops.includes(root)) return null
  const codes = new Set(grants.map(({ agencyCode }) => agencyCode))
  if (tops.length > 0)
    for (const { code } of directory.agencies) if (tops.some((top) => directory.reaches(code, top, today))) codes.add(code)
  return [...codes]
}

export const deniedTo = (actor: Actor): Refusal => (actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
