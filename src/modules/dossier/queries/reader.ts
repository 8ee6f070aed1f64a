import { Temporal } from 'temporal-polyfill'
import type { Access } from '../../../kernel/access/index.ts'
import { type Clock, dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Database, Province, Tx } from '../../../kernel/database/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'

/** What a query needs of the application. */
export interface QueryHost {
  readonly db: Database
  readonly clock: Clock
  access(province: Province): Access
  /** Settings of the house; without them their defaults hold. */
  readonly config?: { readonly DUE_SOON_DAYS: number }
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
  /** Days ahead that are warned of, when the house says so. */
  readonly soonDays: number | undefined
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export async function readerOf(host: QueryHost, asker: Asker): Promise<Reader> {
  return {
    actor: asker.actor,
    access: host.access(asker.province),
    now: host.clock(),
    directory: await directoryOf(host, asker.province),
    soonDays: host.config?.DUE_SOON_DAYS,
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

/** Whether a text can be read as what it claims to be. */
function canRead(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

/**
 * Where a page of a list ended, `<instant or civil day>_<id>` as the page before gave it. What anybody else wrote there is no place
 * in the list: it begins at its top.
 */
export function readCursor(after: string | undefined): { at: string; id: string } | null {
  const [, at = '', id = ''] = /^(.{10,40})_(.{36})$/.exec(after ?? '') ?? []
  const isPlace = isUuid(id) && canRead(() => (at.length === 10 ? Temporal.PlainDate.from(at) : Temporal.Instant.from(at)))
  return isPlace ? { at, id } : null
}
