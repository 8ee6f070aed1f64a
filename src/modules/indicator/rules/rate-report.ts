import type { Day } from '../../../kernel/clock.ts'
import { type Counts, noCounts, ratesOf } from './counts.ts'
import type { Group } from './units.ts'

/** A line of `cuaso report rates` (import format, version 1). Rates are text with four decimals, null where the denominator is 0. */
export interface RateLine {
  readonly group: string
  readonly name: string
  readonly validFrom: Day | null
  readonly counts: Counts
  readonly rates: ReturnType<typeof ratesOf>
}

export const rateFields = [
  'received',
  'online',
  'online_rate',
  'finished',
  'on_time',
  'on_time_rate',
  'fee_due',
  'paid_online',
  'payment_rate',
  'digitised',
  'digitised_rate',
] as const

/** Lines of a report in the order of its groups; groups with nothing counted are kept, so that 0 stands out. `day` picks the definitions. */
export function rateReport(groups: readonly Group[], counted: readonly { group: Group | null; counts: Counts }[], day: Day): RateLine[] {
  const lines = groups.map((group) => {
    const counts = counted.find((line) => line.group === group)?.counts ?? noCounts
    return { group: group.key, name: group.name, validFrom: group.validFrom, counts, rates: ratesOf(counts, day) }
  })
  const lost = counted.find((line) => line.group === null && Object.values(line.counts).some((value) => value !== 0))
  if (!lost) return lines
  const unknown = { group: 'unknown', name: 'Không thuộc đơn vị nào trong kỳ', validFrom: null }
  return [...lines, { ...unknown, counts: lost.counts, rates: ratesOf(lost.counts, day) }]
}

/** A line as the format's JSON object, with its fields and no other: counts as integers, rates as numbers with exactly four decimals or null. */
export function rateJson(line: RateLine): string {
  const number = (field: (typeof rateFields)[number]): string =>
    field in line.counts ? String(line.counts[field as keyof Counts]) : String(line.rates[field as keyof RateLine['rates']] ?? null)
  const fields = [
    `"group":${JSON.stringify(line.group)}`,
    `"name":${JSON.stringify(line.name)}`,
    ...rateFields.map((field) => `"${field}":${number(field)}`),
  ]
  return `{${fields.join(',')}}`
}
