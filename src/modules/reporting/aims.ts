import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { Tier } from '../indicator/index.ts'
import type { Share } from './rules/share.ts'
import type { Aim, WeeklyRate } from './rules/weekly.ts'

/** Whose aim: one unit as it was on the day, a tier, or (null) the whole province. */
export type Aimed = { readonly code: string; readonly validFrom: Day; readonly tier: Tier } | { readonly tier: Tier } | null

/** An aim and how many dossiers a share is short of it; null when there is nothing to measure by. */
export interface KnownAim extends Aim {
  gapOf(share: Share): number | null
  /** How many further dossiers, all good, would reach it; null when none would. */
  aheadOf?(share: Share): number | null
}

/**
 * The aims in force on a day. Targets are kept beside this room, not in it: who puts the house together hands them in
 * (`src/report-aims.ts`).
 */
export type ReadAims = (tx: Tx, day: Day) => Promise<(rate: WeeklyRate, whose: Aimed) => KnownAim | undefined>
