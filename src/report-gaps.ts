import type { ReadGaps } from './modules/reporting/index.ts'
import { quantities, readReportedGaps } from './modules/scheme/index.ts'

/** What the weekly report names as late of the figures that others report: the index keeps them. */
export const readGaps: ReadGaps = async (tx, directory, period, at) =>
  (await readReportedGaps(tx, directory, period, at)).map(({ name, quantity, missing }) => ({
    unit: name,
    figure: quantities[quantity].name.vi,
    months: missing,
  }))
