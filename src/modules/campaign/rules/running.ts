import type { Day } from '../../../kernel/clock.ts'

/** What a campaign's state follows from. */
export interface Dated {
  readonly begins: Day
  readonly ends: Day
  readonly publishedAt: object | null
  readonly cancelledOn: Day | null
}

export type CampaignState = 'draft' | 'ahead' | 'running' | 'over' | 'cancelled'

export function stateOf({ begins, ends, publishedAt, cancelledOn }: Dated, today: Day): CampaignState {
  if (cancelledOn !== null) return 'cancelled'
  if (publishedAt === null) return 'draft'
  return today < begins ? 'ahead' : today > ends ? 'over' : 'running'
}

/** Whether it counts today, for everybody to see. */
export const isRunning = (campaign: Dated, today: Day): boolean => stateOf(campaign, today) === 'running'
