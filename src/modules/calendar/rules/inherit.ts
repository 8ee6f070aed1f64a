import type { Day } from '../../../kernel/clock.ts'

/** Something an agency decided from a day on, or from which day it goes by the agency above it again. */
interface Decided {
  readonly agencyCode: string
  readonly validFrom: Day
  readonly inherits: boolean
}

/** An agency, then those above it by their codes, nearest first; the whole province ('') is last. `H12.31.04` → `H12.31` → `H12` → `''`. */
export function chainOf(agencyCode: string): string[] {
  const groups = agencyCode === '' ? [] : agencyCode.split('.')
  return [...groups.map((_, at) => groups.slice(0, groups.length - at).join('.')), '']
}

/**
 * What holds for an agency, day by day: its own decision, else that of the nearest agency above it that has one. One entry for each day
 * on which something may change; days before the first entry have none.
 */
export function inForceFor<T extends Decided>(agencyCode: string, decided: readonly T[]): T[] {
  const chain = chainOf(agencyCode)
  const mine = decided.filter((entry) => chain.includes(entry.agencyCode))
  const days = [...new Set(mine.map((entry) => entry.validFrom))].sort()
  const latest = (code: string, day: Day): T | undefined =>
    mine
      .filter((entry) => entry.agencyCode === code && entry.validFrom <= day)
      .reduce<T | undefined>((best, entry) => (best && best.validFrom >= entry.validFrom ? best : entry), undefined)
  return days.flatMap((day) => {
    for (const code of chain) {
      const entry = latest(code, day)
      if (entry && !entry.inherits) return [{ ...entry, validFrom: day }]
    }
    return []
  })
}
