import type { Amounts } from './quantities.ts'
import type { Indicator } from './scheme.ts'

/**
 * What is to be known of a figure's source. `TEMP_NATIONAL_REPORT_DENOMINATOR`: last year's total stands in for this period's;
 * `NO_NATIONAL_REPORT_DATA`: the national reporting system has said nothing, this house's own count is the denominator (or there is none).
 */
export type Quality = 'TEMP_NATIONAL_REPORT_DENOMINATOR' | 'NO_NATIONAL_REPORT_DATA'

/** Flags of an indicator that asks for the national reporting system's figure. (The names are the National Portal's.) */
export function qualityOf(
  { numerator, denominator, factor }: Pick<Indicator, 'numerator' | 'denominator' | 'factor'>,
  { amounts, temporary }: { readonly amounts: Amounts; readonly temporary: boolean },
): Quality[] {
  const asked = [numerator, denominator, ...(factor ? [factor.numerator, factor.denominator] : [])]
  if (!asked.some(({ greatest }) => greatest.flat().some(({ quantity }) => quantity === 'national_received'))) return []
  if (temporary && (amounts.national_received ?? 0) > 0) return ['TEMP_NATIONAL_REPORT_DENOMINATOR']
  return temporary || amounts.national_received == null ? ['NO_NATIONAL_REPORT_DATA'] : []
}
