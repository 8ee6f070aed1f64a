import type { Temporal } from 'temporal-polyfill'
import { type Access, createAccess, type PermissionRule, type Tree } from '../../kernel/access/index.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { uuidv7 } from '../../kernel/id.ts'
import { addMissingRules, presentRules, rulesVersion } from './store/permissions.ts'

const WIDTH = { own: 0, unit: 1, province: 2 } as const

/** One rule a role and action: the widest that the modules ask for. */
export function widest(rules: readonly PermissionRule[]): readonly PermissionRule[] {
  const best = new Map<string, PermissionRule>()
  for (const rule of rules) {
    const key = `${rule.role} ${rule.action}`
    const known = best.get(key)
    if (!known || WIDTH[known.scope] < WIDTH[rule.scope]) best.set(key, rule)
  }
  return [...best.values()]
}

/**
 * Puts the modules' own rules into the table, for pairs of role and action that were never there. What an administrator changed or took
 * away stays as it is. Returns how many were added.
 */
export const seedPermissions = (
  db: Database,
  province: Province,
  rules: readonly PermissionRule[],
  now: Temporal.Instant,
): Promise<number> =>
  db.write(province, (tx) =>
    addMissingRules(
      tx,
      widest(rules).map((rule) => ({ ...rule, id: uuidv7(now.epochMilliseconds) })),
      now,
    ),
  )

export interface AccessKeeper {
  /** The judge of a province, from memory. Before the first load nothing is allowed. */
  access(province: Province): Access
  /** Reads the rules anew when they have changed. */
  refresh(province: Province): Promise<void>
}

/** Keeps each province's rules in memory. Call `refresh` at start, after a change, and every few seconds for changes made elsewhere. */
export function createAccessKeeper(db: Database, treeOf: (province: Province) => Tree): AccessKeeper {
  const kept = new Map<string, { version: string; access: Access }>()
  const keeper: AccessKeeper = {
    access(province) {
      return kept.get(province.slug)?.access ?? createAccess([], treeOf(province))
    },
    async refresh(province) {
      const version = await db.read(province, rulesVersion)
      if (kept.get(province.slug)?.version === version) return
      const rules = await db.read(province, presentRules)
      kept.set(province.slug, { version, access: createAccess(rules, treeOf(province)) })
    },
  }
  keepers.set(db, keeper)
  return keeper
}

const keepers = new WeakMap<Database, AccessKeeper>()

/** After a change of rules in this process: the judge of this database reads them anew at once. */
export const refreshAccess = async (db: Database, province: Province): Promise<void> => keepers.get(db)?.refresh(province)
