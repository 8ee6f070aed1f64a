import type { Temporal } from 'temporal-polyfill'
import type { Access } from '../../../kernel/access/index.ts'
import { type Clock, dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Database, Province, Tx } from '../../../kernel/database/index.ts'
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

/** Every agency code, of today or gone, over which the actor may do this; null = all. */
export function reachedCodes({ actor, access, directory, now }: Reader, action: string): readonly string[] | null {
  const reach = access.reach(actor, action)
  if (reach === 'all') return null
  const today = dayOf(now)
  const codes = new Set(reach.map(({ code }) => code))
  const subtrees = reach.filter(({ subtree }) => subtree).map(({ code }) => code)
  if (subtrees.length > 0) {
    const root = directory.root(today)?.code
    // Whoever holds the top of the tree reaches everything.
    if (root !== undefined && subtrees.includes(root)) return null
    for (const { code } of directory.agencies) if (subtrees.some((top) => directory.reaches(code, top, today))) codes.add(code)
  }
  return [...codes]
}
