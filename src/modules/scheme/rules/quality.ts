import type { Amounts } from './quantities.ts'
import { type Gaps, gapsAsked } from './reported-months.ts'
import type { Indicator, Level } from './scheme.ts'

/** What may be to be known of a figure's source; the first two names are the National Portal's. */
export const qualities = ['TEMP_NATIONAL_REPORT_DENOMINATOR', 'NO_NATIONAL_REPORT_DATA', 'REPORTED_MONTHS_MISSING'] as const

/**
 * `TEMP_NATIONAL_REPORT_DENOMINATOR`: last year's total stands in for this period's; `NO_NATIONAL_REPORT_DATA`: the national reporting
 * system has said nothing, this house's own count is the denominator (or there is none); `REPORTED_MONTHS_MISSING`: a figure from outside
 * was reported for some months of the period and not for others that are over.
 */
export type Quality = (typeof qualities)[number]

/** Flags of an indicator: of its national denominator, and of months that nobody reported. */
export function qualityOf(
  indicator: Pick<Indicator, 'numerator' | 'denominator' | 'factor' | 'levels'>,
  line: {
    readonly amounts: Amounts
    readonly temporary: boolean
    readonly gaps?: Gaps
    readonly unit?: { readonly level: Level }
  },
): Quality[] {
  const missing: Quality[] = gapsAsked([indicator], line).length > 0 ? ['REPORTED_MONTHS_MISSING'] : []
  return [...nationalQuality(indicator, line), ...missing]
}

function nationalQuality(
  { numerator, denominator, factor }: Pick<Indicator, 'numerator' | 'denominator' | 'factor'>,
  { amounts, temporary }: { readonly amounts: Amounts; readonly temporary: boolean },
): Quality[] {
  const asked = [numerator, denominator, ...(factor ? [factor.numerator, factor.denominator] : [])]
  if (!asked.some(({ greatest }) => greatest.flat().some(({ quantity }) => quantity === 'national_received'))) return []
  if (temporary && (amounts.national_received ?? 0) > 0) return ['TEMP_NATIONAL_REPORT_DENOMINATOR']
  return temporary || amounts.national_received == null ? ['NO_NATIONAL_REPORT_DATA'] : []
}
