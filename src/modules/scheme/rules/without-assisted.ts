import type { Amounts, QuantityName } from './quantities.ts'

/** What filings with help count for, by quantity, to be taken out of a unit's amounts. */
export type Assisted = Readonly<Partial<Record<QuantityName, number>>>

/**
 * A unit's amounts as if the dossiers that were filed online with help had not been: they leave every numerator and denominator
 * that is counted from dossiers. What was reported from outside stays, since nobody outside says which of them were helped.
 */
export function withoutAssisted(amounts: Amounts, assisted: Assisted): Amounts {
  const left: Partial<Record<QuantityName, number | null>> = { ...amounts }
  for (const [name, taken] of Object.entries(assisted) as [QuantityName, number][]) {
    const value = amounts[name]
    if (value !== undefined && value !== null) left[name] = Math.max(0, value - taken)
  }
  return left
}
