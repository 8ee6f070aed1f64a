import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { Period } from '../indicator/index.ts'
import type { OrganisationDirectory } from '../organisation/index.ts'
import type { ReportedGap } from './rules/weekly.ts'

/**
 * Figures from outside that lack months of a period at a moment. They are kept beside this room, not in it: who puts the house together
 * hands them in (`src/report-gaps.ts`).
 */
export type ReadGaps = (tx: Tx, directory: OrganisationDirectory, period: Period, at: Temporal.Instant) => Promise<readonly ReportedGap[]>
