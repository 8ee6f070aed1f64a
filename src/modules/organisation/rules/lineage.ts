import type { Day } from '../../../kernel/clock.ts'
import { type AgencyKey, keyText, type Lineage } from './agency.ts'

/** A version that a unit became (or came from), and whether all of it did. */
export interface Relative {
  readonly key: AgencyKey
  /** `part` as soon as one step on the way was only a part. */
  readonly share: 'whole' | 'part'
  readonly effectiveDay: Day
}

type Step = (link: Lineage) => { from: AgencyKey; to: AgencyKey }

/** Follows the links to their end among those in effect by `day`. */
function follow(start: AgencyKey, links: readonly Lineage[], day: Day, direction: Step): readonly Relative[] {
  const next = new Map<string, Lineage[]>()
  for (const link of links.filter(({ effectiveDay }) => effectiveDay <= day)) {
    const key = keyText(direction(link).from)
    next.set(key, [...(next.get(key) ?? []), link])
  }
  const found = new Map<string, Relative>()
  const walk = (key: AgencyKey, share: Relative['share'], effectiveDay: Day, seen: ReadonlySet<string>): void => {
    const onward = (next.get(keyText(key)) ?? []).filter((link) => !seen.has(keyText(direction(link).to)))
    if (onward.length === 0 && seen.size > 1) {
      const known = found.get(keyText(key))
      // Reached on two ways: whole only when every way is.
      found.set(keyText(key), { key, share: known?.share === 'part' ? 'part' : share, effectiveDay })
    }
    for (const link of onward) {
      const to = direction(link).to
      walk(to, share === 'part' ? 'part' : link.share, link.effectiveDay, new Set([...seen, keyText(to)]))
    }
  }
  walk(start, 'whole', '', new Set([keyText(start)]))
  return [...found.values()]
}

/** The versions a unit had become by a day, at the end of every chain; empty when nothing followed. */
export const successors = (start: AgencyKey, links: readonly Lineage[], day: Day): readonly Relative[] =>
  follow(start, links, day, (link) => ({ from: link.from, to: link.to }))

/** The versions a unit came from: the first of every chain; empty when nothing came before. */
export const predecessors = (start: AgencyKey, links: readonly Lineage[], day: Day): readonly Relative[] =>
  follow(start, links, day, (link) => ({ from: link.to, to: link.from }))

/**
 * The one version to which all past figures of a unit may be added by a day. `null` when it was split (not allocable without a
 * hamlet- or population-level rule) or simply ended; itself when nothing happened.
 */
export function soleSuccessor(start: AgencyKey, links: readonly Lineage[], day: Day): AgencyKey | null {
  const after = successors(start, links, day)
  if (after.length === 0) return start
  const [only, ...others] = after
  return only && others.length === 0 && only.share === 'whole' ? only.key : null
}
