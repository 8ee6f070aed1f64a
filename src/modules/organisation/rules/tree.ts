import type { Day } from '../../../kernel/clock.ts'
import { type Agency, compareCodes, inForce, type Tier, tiers } from './agency.ts'

/** The agencies in force on one day, as a tree. */
export interface AgencyTree {
  readonly day: Day
  readonly byCode: ReadonlyMap<string, Agency>
  /** Top agencies; also those whose parent was not in force on that day, so that nothing disappears. */
  readonly roots: readonly Agency[]
  readonly children: ReadonlyMap<string, readonly Agency[]>
}

const none: readonly Agency[] = []

/** Builds the tree of a day. Several versions of a code on one day cannot be (see validate); the latest would win. */
export function treeAt(agencies: readonly Agency[], day: Day): AgencyTree {
  const byCode = new Map<string, Agency>()
  for (const agency of agencies) {
    const known = byCode.get(agency.code)
    if (inForce(agency, day) && (!known || known.validFrom < agency.validFrom)) byCode.set(agency.code, agency)
  }
  const roots: Agency[] = []
  const children = new Map<string, Agency[]>()
  for (const agency of [...byCode.values()].sort((a, b) => compareCodes(a.code, b.code))) {
    const parent = agency.parentCode === null ? undefined : byCode.get(agency.parentCode)
    const siblings = parent && children.get(parent.code)
    if (!parent) roots.push(agency)
    else if (siblings) siblings.push(agency)
    else children.set(parent.code, [agency])
  }
  return { day, byCode, roots, children }
}

export const childrenOf = (tree: AgencyTree, code: string): readonly Agency[] => tree.children.get(code) ?? none

/** From the agency itself up to its root; empty when it was not in force. Stops at a repeat, so a cycle cannot hang it. */
export function ancestors(tree: AgencyTree, code: string): readonly Agency[] {
  const path: Agency[] = []
  const seen = new Set<string>()
  for (let at = tree.byCode.get(code); at && !seen.has(at.code); at = at.parentCode === null ? undefined : tree.byCode.get(at.parentCode)) {
    seen.add(at.code)
    path.push(at)
  }
  return path
}

/** Everything below an agency, parents before children, the agency itself not included. */
export function descendants(tree: AgencyTree, code: string): readonly Agency[] {
  const below: Agency[] = []
  const walk = (parent: string): void => {
    for (const child of childrenOf(tree, parent)) {
      below.push(child)
      walk(child.code)
    }
  }
  walk(code)
  return below
}

/** Whether an agency is the other one or lies below it. False when either was not in force. */
export const isWithin = (tree: AgencyTree, code: string, ancestor: string): boolean =>
  ancestors(tree, code).some((agency) => agency.code === ancestor)

export interface TierCount {
  readonly tier: Tier
  readonly committees: number
  readonly others: number
}

/** How many people's committees and other agencies each tier has below (and including) an agency. */
export function countByTier(tree: AgencyTree, code: string): readonly TierCount[] {
  const own = tree.byCode.get(code)
  const all = own ? [own, ...descendants(tree, code)] : []
  return tiers.map((tier) => {
    const of = all.filter((agency) => agency.tier === tier)
    const committees = of.filter((agency) => agency.kind === 'people_committee').length
    return { tier, committees, others: of.length - committees }
  })
}
