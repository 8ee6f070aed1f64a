import type { Day } from '../../../kernel/clock.ts'

/** Paid public holidays a year must have (Labour Code 2019 Art. 112). */
export const HOLIDAYS = 11

export interface IncompleteYear {
  readonly year: number
  readonly holidays: number
}

/** Years of a list of days that cannot be whole: a year that replaces another one must not lose its holidays. */
export function incompleteYears(days: readonly { readonly day: Day; readonly kind: string }[]): IncompleteYear[] {
  const years = [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))].sort((a, b) => a - b)
  return years
    .map((year) => ({
      year,
      holidays: days.filter(({ day, kind }) => kind === 'holiday' && day.startsWith(`${year}-`)).length,
    }))
    .filter(({ holidays }) => holidays < HOLIDAYS)
}
