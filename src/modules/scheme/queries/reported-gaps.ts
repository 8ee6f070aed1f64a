import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { byAgency, type Period } from '../../indicator/index.ts'
import { compareCodes, type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import type { QuantityName } from '../rules/quantities.ts'
import { type AskedGap, addUp, monthsOf } from '../rules/reported-months.ts'
import { readReported } from '../store.ts'

/** A figure of one unit that was reported for some months of a period and not for others that are over. */
export interface UnitGap extends AskedGap {
  readonly code: string
  readonly name: string
}

/** Whose reports of a period lack months, the province first, then by code. What nobody began to report in the period is not among them. */
export async function readReportedGaps(
  tx: Tx,
  directory: OrganisationDirectory,
  period: Period,
  now: Temporal.Instant,
): Promise<UnitGap[]> {
  const rows = await readReported(tx, period)
  const running = dayOf(now).slice(0, 7)
  const root = directory.root(period.to)
  const units = byAgency(unitsDuring(directory, period), period)
  return [...new Set(rows.map(({ agencyCode }) => agencyCode))].sort(compareCodes).flatMap((code) => {
    const own = units.filter(({ key }) => key === code)
    const days = code === root?.code ? [{ first: period.from, last: period.to }] : own.flatMap(({ members }) => members)
    const { gaps } = addUp(
      rows.filter(({ agencyCode }) => agencyCode === code),
      monthsOf(days),
      running,
    )
    const name = own.at(-1)?.name ?? code
    return Object.entries(gaps).map(([quantity, gap]) => ({ code, name, quantity: quantity as QuantityName, ...gap }))
  })
}
