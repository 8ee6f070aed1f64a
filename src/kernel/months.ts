import type { Day } from './clock.ts'

/** A month as it is written in data: `2026-03`. */
export type Month = string

/** Every month that days from the first to the last touch, in order. */
export function monthsBetween(first: Day, last: Day): Month[] {
  const months: Month[] = []
  const end = last.slice(0, 7)
  let [year, month] = first.split('-').map(Number) as [number, number]
  for (let one = first.slice(0, 7); one <= end; one = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`) {
    months.push(one)
    year += month === 12 ? 1 : 0
    month = month === 12 ? 1 : month + 1
  }
  return months
}

/** Months as a sentence names them, in order: `1, 2, 4–7/2026`, `12/2025, 1/2026`; without their years where those are said elsewhere. */
export function monthsText(months: readonly Month[], { years = true }: { years?: boolean } = {}): string {
  const byYear = new Map<string, number[]>()
  for (const one of [...new Set(months)].sort()) {
    const [year = '', month] = one.split('-')
    byYear.set(year, [...(byYear.get(year) ?? []), Number(month)])
  }
  const runs = (numbers: readonly number[]): string => {
    const found: number[][] = []
    for (const one of numbers) {
      const run = found.at(-1)
      if (run?.at(-1) === one - 1) run.push(one)
      else found.push([one])
    }
    return found.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(', '))).join(', ')
  }
  return [...byYear].map(([year, numbers]) => `${runs(numbers)}${years ? `/${Number(year)}` : ''}`).join(', ')
}
