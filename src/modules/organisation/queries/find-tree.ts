import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { fold } from '../../../kernel/text.ts'
import type { OrganisationDirectory } from '../directory.ts'
import type { Agency } from '../rules/agency.ts'
import { type AgencyTree, countByTier, type TierCount } from '../rules/tree.ts'
import { searchAgencies } from '../store.ts'

export interface TreeView {
  readonly tree: AgencyTree
  /** Own province first, former neighbours after it. */
  readonly roots: readonly { readonly agency: Agency; readonly counts: readonly TierCount[] }[]
}

/** The tree of a day with how many units each tier has, root by root. */
export function findTree(directory: OrganisationDirectory, day: Day): TreeView {
  const tree = directory.tree(day)
  const own = directory.root(day)
  const roots = [...tree.roots].sort((a, b) => Number(b === own) - Number(a === own))
  return { tree, roots: roots.map((agency) => ({ agency, counts: countByTier(tree, agency.code) })) }
}

const SHOWN = 30

/** Units of any time whose name or code matches, with or without accents. Empty when nothing was typed. */
export async function searchUnits(tx: Tx, typed: string): Promise<readonly Agency[]> {
  const words = fold(typed)
  return words === '' ? [] : searchAgencies(tx, words, SHOWN)
}
