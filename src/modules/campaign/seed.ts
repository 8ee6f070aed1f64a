import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../kernel/clock.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { derivedUuid } from '../../kernel/id.ts'
import { dataFolder } from '../../kernel/paths.ts'
import { rates } from '../indicator/index.ts'
import { createCampaignInput, tierInput } from './input.ts'
import { NO_END } from './rules/target.ts'
import { insertCampaign, insertTargets, markPublished, type NewTarget } from './store.ts'

const rateCode = z.enum(rates.map(({ code }) => code))
const targetsFile = z.array(
  z.object({
    province: z.string().optional(),
    rate: rateCode,
    tier: tierInput.nullable(),
    from: z.iso.date(),
    to: z.iso.date().nullable(),
    target: z.number().min(0).max(1),
    source: z.string().min(1),
    certainty: z.enum(['confirmed', 'threshold']),
  }),
)
const tierTarget = z.object({ aim: rateCode, tier: tierInput, value: z.number().min(0).max(1) })
const campaignsFile = z.array(
  createCampaignInput
    .omit({ units: true })
    .extend({ province: z.string(), key: z.string(), targets: z.array(tierTarget), certainty: z.literal('confirmed') }),
)

const read = (name: string): unknown => JSON.parse(readFileSync(join(dataFolder, 'targets', name), 'utf8'))
const SEED = 'data/targets'

/** The id of a campaign that comes with the house. */
export const seededCampaignId = (province: Pick<Province, 'slug'>, key: string): string => derivedUuid('campaign', province.slug, key)

/** The targets that come with the house, for one province: national thresholds and what the province itself published. */
export function seedTargets(province: Pick<Province, 'slug'>): NewTarget[] {
  return targetsFile
    .parse(read('targets.json'))
    .filter((row) => row.province === undefined || row.province === province.slug)
    .map((row) => ({
      id: derivedUuid('target', row.rate, row.tier ?? '', row.from, row.source),
      aim: { kind: 'rate', code: row.rate },
      scope: row.tier === null ? { kind: 'all' } : { kind: 'tier', tier: row.tier },
      from: row.from,
      to: row.to ?? NO_END,
      comparator: 'at_least',
      value: row.target,
      source: row.source,
      certainty: row.certainty,
      campaignId: null,
      setBy: SEED,
    }))
}

/** The campaigns that come with the house, for one province, with their targets by tier. */
export function seedCampaignRows(province: Pick<Province, 'slug'>) {
  return campaignsFile
    .parse(read('campaigns.json'))
    .filter((one) => one.province === province.slug)
    .map(({ key, name, decision, begins, ends, targets }) => {
      const id = seededCampaignId(province, key)
      const aims = [...new Set(targets.map(({ aim }) => aim))]
      const rows = targets.map(
        ({ aim, tier, value }): NewTarget => ({
          id: derivedUuid('target', id, aim, tier),
          aim: { kind: 'rate', code: aim },
          scope: { kind: 'tier', tier },
          from: begins,
          to: ends,
          comparator: 'at_least',
          value,
          source: `${name}, ${decision}`,
          certainty: 'confirmed',
          campaignId: id,
          setBy: SEED,
        }),
      )
      return { campaign: { id, name, decision, begins, ends, aims, units: [] }, targets: rows }
    })
}

/** Puts the seed of data/targets into a province. What is there already, changed or ended since, is left alone. Returns how many targets were new. */
export async function seedCampaigns(host: { readonly db: Database; readonly clock: Clock }, province: Province): Promise<number> {
  const now = host.clock()
  return host.db.write(province, async (tx) => {
    let added = await insertTargets(tx, seedTargets(province), now)
    for (const { campaign, targets } of seedCampaignRows(province)) {
      const fresh = await insertTargets(tx, targets, now)
      if (fresh === 0) continue
      added += fresh
      await insertCampaign(tx, campaign, SEED, now)
      await markPublished(tx, campaign.id, now)
    }
    return added
  })
}
