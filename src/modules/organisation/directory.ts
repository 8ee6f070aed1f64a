import type { Day } from '../../kernel/clock.ts'
import type { Database, Province, Tx } from '../../kernel/database/index.ts'
import { Refused } from '../../kernel/errors.ts'
import { about, refusals } from './errors.ts'
import { type Agency, type AgencyKey, inForce, keyText, type Lineage, type Tier } from './rules/agency.ts'
import { soleSuccessor } from './rules/lineage.ts'
import { type AgencyTree, ancestors, childrenOf, descendants, isWithin, treeAt } from './rules/tree.ts'
import { loadAgencies, loadLineage, readStamp } from './store.ts'

/**
 * The units of one province in memory, every version of them. Cheap to ask, always whole: a change makes a new directory.
 * A day is a civil day in Vietnam; a code alone never names a place.
 */
export interface OrganisationDirectory {
  readonly version: string
  readonly agencies: readonly Agency[]
  readonly lineage: readonly Lineage[]
  tree(day: Day): AgencyTree
  /** The version of a code in force on a day. */
  find(code: string, day: Day): Agency | undefined
  /** As `find`, but must succeed. Throws `Refused` organisation.agency-not-found. */
  get(code: string, day: Day): Agency
  /** The short name on that day, else the one nearest to it in time (a report may lie outside the unit's life), else the code. */
  name(code: string, day: Day): string
  /** From the top down to the agency. */
  path(code: string, day: Day): readonly Agency[]
  children(code: string, day: Day): readonly Agency[]
  /** Whether an agency was the other one, or below it, on that day. */
  within(code: string, ancestor: string, day: Day): boolean
  /** The province's own top agency on a day: the one that stands today; former neighbours have their own. */
  root(day: Day): Agency | undefined
  /** The agencies of the province itself on a day, tree order; `tier` and `within` narrow. */
  list(day: Day, options?: { tier?: Tier; within?: string }): readonly Agency[]
  /**
   * Whether today's rights over `ancestor` reach a unit that may be gone: by today's tree; else by the tree of its last day; else
   * through the one unit that took all of it over. A split unit is reached only from above its former place.
   */
  reaches(code: string, ancestor: string, today: Day): boolean
}

function nearest(versions: readonly Agency[], day: Day): Agency | undefined {
  return versions.find((agency) => inForce(agency, day)) ?? versions.findLast((agency) => agency.validFrom <= day) ?? versions[0]
}

/** Builds a directory out of every version and link. */
export function createDirectory(version: string, agencies: readonly Agency[], lineage: readonly Lineage[]): OrganisationDirectory {
  const versions = new Map<string, Agency[]>()
  for (const agency of [...agencies].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    versions.set(agency.code, [...(versions.get(agency.code) ?? []), agency])
  }
  // The tree only changes on the days on which a version begins or the day after one ends: one tree a stretch between them.
  const turns = [
    ...new Set(agencies.flatMap((agency) => [agency.validFrom, ...(agency.validTo === null ? [] : [`${agency.validTo}~`])])),
  ].sort()
  const trees = new Map<string, AgencyTree>()
  const stretch = (day: Day): string => {
    let [low, high] = [0, turns.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((turns[middle] ?? '') <= day) low = middle + 1
      else high = middle
    }
    return turns[low - 1] ?? ''
  }
  const tree = (day: Day): AgencyTree => {
    const key = stretch(day)
    const known = trees.get(key)
    if (known) return known
    const built = treeAt(agencies, day)
    trees.set(key, built)
    return built
  }
  const isProvince = (agency: Agency): boolean => agency.tier === 'province' && agency.kind === 'people_committee'
  const open = agencies.filter((agency) => agency.parentCode === null && agency.validTo === null)
  const lastRoot = (open.find(isProvince) ?? open[0])?.code
  const find = (code: string, day: Day): Agency | undefined => versions.get(code)?.find((agency) => inForce(agency, day))
  const within = (code: string, ancestor: string, day: Day): boolean => isWithin(tree(day), code, ancestor)

  const heirs = new Map<string, AgencyKey | null>()
  const heirOf = (version: Agency, today: Day): AgencyKey | null => {
    const key = `${keyText(version)} ${stretch(today)}`
    const known = heirs.get(key)
    if (known !== undefined) return known
    const heir = soleSuccessor(version, lineage, today)
    heirs.set(key, heir)
    return heir
  }

  const root = (day: Day): Agency | undefined => (lastRoot === undefined ? undefined : find(lastRoot, day)) ?? tree(day).roots[0]

  return {
    version,
    agencies,
    lineage,
    tree,
    find,
    get: (code, day) => {
      const found = find(code, day)
      if (!found) throw new Refused(about(refusals.agencyNotFound, code))
      return found
    },
    name: (code, day) => nearest(versions.get(code) ?? [], day)?.shortName ?? code,
    path: (code, day) => [...ancestors(tree(day), code)].reverse(),
    children: (code, day) => childrenOf(tree(day), code),
    within,
    root,
    list: (day, { tier, within: ancestor } = {}) => {
      const own = root(day)
      // A list that names no parents has many tops; only another province's committee is not ours.
      const tops =
        ancestor === undefined
          ? tree(day).roots.filter((agency) => agency === own || !isProvince(agency))
          : [find(ancestor, day)].filter((agency) => agency !== undefined)
      const all = tops.flatMap((agency) => [agency, ...descendants(tree(day), agency.code)])
      return tier === undefined ? all : all.filter((agency) => agency.tier === tier)
    },
    reaches: (code, ancestor, today) => {
      if (code === ancestor) return true
      const last = (versions.get(code) ?? []).findLast((agency) => agency.validFrom <= today)
      if (!last) return false
      if (inForce(last, today)) return within(code, ancestor, today)
      if (within(code, ancestor, last.validTo ?? today)) return true
      const heir = heirOf(last, today)
      return heir !== null && heir.code !== code && within(heir.code, ancestor, today)
    },
  }
}

const loaded = new Map<string, OrganisationDirectory>()

/** The directory as this transaction sees the tree: one small statement when nothing changed since the last time. */
export async function loadDirectory(tx: Tx): Promise<OrganisationDirectory> {
  const { place, version } = await readStamp(tx)
  const known = loaded.get(place)
  if (known?.version === version) return known
  const fresh = createDirectory(version, await loadAgencies(tx), await loadLineage(tx))
  loaded.set(place, fresh)
  return fresh
}

interface Copy {
  directory: OrganisationDirectory
  checkedAt: number
}

const copies = new WeakMap<Database, Map<string, Copy>>()
const FRESH_MS = 1000

const copiesOf = (db: Database): Map<string, Copy> => {
  const known = copies.get(db) ?? new Map<string, Copy>()
  copies.set(db, known)
  return known
}

/** Reads the directory anew when the tree has changed. */
export async function refreshDirectory(db: Database, province: Province): Promise<OrganisationDirectory> {
  const directory = await db.read(province, loadDirectory)
  copiesOf(db).set(province.slug, { directory, checkedAt: performance.now() })
  return directory
}

/** The directory for a page: from memory, at most a second behind. */
export async function directoryOf(host: { readonly db: Database }, province: Province): Promise<OrganisationDirectory> {
  const copy = copiesOf(host.db).get(province.slug)
  return copy && performance.now() - copy.checkedAt < FRESH_MS ? copy.directory : refreshDirectory(host.db, province)
}

/**
 * The tree as permission asks it (kernel/access), without waiting: from the copy in memory. Before the first load only a unit itself
 * is within reach, so nothing is allowed by mistake.
 */
export const permissionTree = (db: Database, province: Province, today: () => Day) => ({
  isWithin: (code: string, ancestor: string): boolean =>
    copiesOf(db).get(province.slug)?.directory.reaches(code, ancestor, today()) ?? code === ancestor,
  root: (): string | undefined => copiesOf(db).get(province.slug)?.directory.root(today())?.code,
})

/** The versions of units that belonged to this province in a period: a neighbour that joined the province later is not in an earlier figure. */
export function unitsDuring(directory: OrganisationDirectory, period: { readonly from: Day; readonly to: Day }): readonly Agency[] {
  // Asked again and again for the same few periods of a directory that stays as it is.
  const known = periodsOf.get(directory) ?? new Map<string, readonly Agency[]>()
  periodsOf.set(directory, known)
  const name = `${period.from} ${period.to}`
  const found =
    known.get(name) ??
    directory.agencies.filter((agency) => {
      const day = agency.validFrom > period.from ? agency.validFrom : period.from
      if (day > period.to || (agency.validTo !== null && agency.validTo < day)) return false
      const root = directory.root(day)
      return root !== undefined && directory.within(agency.code, root.code, day)
    })
  if (known.size >= PERIODS) known.clear()
  known.set(name, found)
  return found
}

const PERIODS = 50
const periodsOf = new WeakMap<OrganisationDirectory, Map<string, readonly Agency[]>>()
