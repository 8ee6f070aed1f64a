import { z } from 'zod'
import type { App } from '../../kernel/app.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import type { Web } from '../../kernel/http/context.ts'
import { civilDay, say } from '../../kernel/http/form.ts'
import * as exact from '../../kernel/rational.ts'
import { ok } from '../../kernel/result.ts'
import { type Asker, campaignStanding, campaigns } from './queries/campaigns.ts'
import type { ScoreStanding } from './queries/scores.ts'
import type { AimStanding } from './queries/standing.ts'
import { targetList } from './queries/target-list.ts'
import { NO_END } from './rules/target.ts'

const entry = { action: 'campaign.see' } as const
const asker = (c: Web): Asker => ({ province: c.get('province'), actor: c.get('actor') })
const tier = z.enum(['province', 'district', 'commune'])

const aimSchema = z
  .object({
    aim: z.string().describe('Code of the rate'),
    numerator: z.int(),
    denominator: z.int(),
    target: z.number().describe('As a share: 0.8'),
    met: z.boolean().nullable().describe('null: no dossier to measure by'),
    gap: z.int().describe('So many more of those counted would have to be good'),
    ahead: z.int().nullable().describe('So many good ones in a row would do; null: no number can'),
    light: z.enum(['met', 'on_track', 'at_risk', 'behind', 'out_of_reach', 'unclear', 'nothing']),
    forecast: z.object({ rate: z.number(), low: z.number(), high: z.number() }).nullable(),
    needed_a_day: z.number().nullable(),
  })
  .meta({ id: 'CampaignAim' })

const aimJson = ({ aim, share, target, met, gap, light, forecast }: AimStanding): z.input<typeof aimSchema> => ({
  aim,
  ...share,
  target: target.value,
  met,
  gap: gap.among,
  ahead: gap.ahead,
  light,
  forecast:
    forecast.rate === null || forecast.low === null || forecast.high === null
      ? null
      : { rate: forecast.rate, low: forecast.low, high: forecast.high },
  needed_a_day: forecast.neededADay,
})

const scoreSchema = z
  .object({
    scheme: z.string(),
    points: z.number().nullable().describe('null: no dossier to be scored by'),
    max: z.number(),
    unknown: z.number().describe('Points that what could not be scored might add'),
    target: z.number(),
    met: z.boolean().nullable(),
    gap: z.number().describe('Points to the target'),
    light: z.enum(['met', 'winnable', 'behind', 'unclear', 'nothing']),
    wins: z.array(z.object({ indicator: z.string(), points: z.number(), more: z.int() })).describe('What closes the gap, the most first'),
  })
  .meta({ id: 'CampaignScore' })

const points = (value: exact.Rational): number => Number(exact.written(value, 4))
const scoreJson = ({ scheme, total, max, unknown, target, met, gap, light, wins }: ScoreStanding): z.input<typeof scoreSchema> => ({
  scheme: scheme.code,
  points: total && points(total),
  max: points(max),
  unknown: points(unknown),
  target: target.value,
  met,
  gap: points(gap),
  light,
  wins: wins.map(({ indicator, winnable, more, available }) => ({
    indicator: indicator.id,
    points: points(winnable),
    more: Math.min(more, available),
  })),
})

/** JSON of campaigns and targets, for whoever works in the province. */
export const campaignApi = (app: App): ApiRoute[] => [
  apiRoute({
    method: 'GET',
    path: '/campaigns',
    entry,
    tag: 'campaign',
    summary: { vi: 'Các chiến dịch', en: 'Campaigns' },
    response: z.object({
      campaigns: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          decision: z.string(),
          begins: z.string(),
          ends: z.string(),
          published: z.boolean(),
          cancelled: z.boolean(),
        }),
      ),
    }),
    handler: async (c) =>
      ok({
        campaigns: (await campaigns(app, asker(c))).map(({ id, name, decision, begins, ends, publishedAt, cancelledOn }) => ({
          ...{ id, name, decision, begins, ends, published: publishedAt !== null, cancelled: cancelledOn !== null },
        })),
      }),
  }),
  apiRoute({
    method: 'GET',
    path: '/campaigns/{id}/standing',
    entry,
    tag: 'campaign',
    summary: { vi: 'Chiến dịch đang đứng ở đâu, từng cấp và từng đơn vị', en: 'How a campaign stands, by tier and unit' },
    params: z.object({ id: z.string() }),
    query: z.object({
      day: civilDay(say('Ngày phải có dạng YYYY-MM-DD.', 'A date looks like YYYY-MM-DD.'))
        .optional()
        .describe('As it stood at the end of an earlier day'),
      unit: z.string().optional(),
    }),
    response: z.object({
      id: z.uuid(),
      name: z.string(),
      as_of: z.string(),
      days_left: z.int().describe('0 on the last day; negative: over'),
      tiers: z.array(z.object({ tier, units: z.int(), met_all: z.int(), idle: z.int(), aims: z.array(aimSchema) })),
      units: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          tier,
          met_all: z.boolean(),
          aims: z.array(aimSchema),
          scores: z.array(scoreSchema),
        }),
      ),
      gone: z
        .array(
          z.object({
            code: z.string(),
            name: z.string(),
            last_day: z.string(),
            became: z.array(z.object({ code: z.string(), name: z.string(), allocable: z.boolean(), takes_part: z.boolean() })),
          }),
        )
        .describe('Units that ended during the campaign. What went to several is not allocable'),
    }),
    handler: async (c, { params, query }) => {
      const found = await campaignStanding(app, asker(c), params.id, query)
      if (!found.ok) return found
      const { campaign, asOf, daysLeft, tiers, units, gone } = found.value
      return ok({
        id: campaign.id,
        name: campaign.name,
        as_of: asOf,
        days_left: daysLeft,
        tiers: tiers.map((one) => ({
          tier: one.tier,
          units: one.units,
          met_all: one.met,
          idle: one.idle,
          aims: one.attained.map(aimJson),
        })),
        units: units.map(({ code, name, tier, metAll, attained, scores }) => ({
          ...{ code, name, tier, met_all: metAll },
          aims: attained.map(aimJson),
          scores: scores.map(scoreJson),
        })),
        gone: gone.map(({ code, name, lastDay, became }) => ({
          ...{ code, name, last_day: lastDay },
          became: became.map((one) => ({ code: one.code, name: one.name, allocable: !one.part, takes_part: one.takesPart })),
        })),
      })
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/targets',
    entry,
    tag: 'campaign',
    summary: { vi: 'Mọi chỉ tiêu đã đặt', en: 'Every target that was set' },
    response: z.object({
      targets: z.array(
        z.object({
          id: z.uuid(),
          aim: z.object({ kind: z.enum(['rate', 'score']), code: z.string() }),
          scope: z.enum(['all', 'tier', 'unit']),
          tier: tier.nullable(),
          unit: z.object({ code: z.string(), valid_from: z.string() }).nullable(),
          from: z.string(),
          to: z.string().nullable(),
          comparator: z.enum(['at_least', 'at_most']),
          value: z.number(),
          source: z.string(),
          certainty: z.enum(['confirmed', 'threshold']),
        }),
      ),
    }),
    handler: async (c) =>
      ok({
        targets: (await targetList(app, c.get('province'))).map(
          ({ target: { id, aim, scope, from, to, comparator, value, source, certainty } }) => ({
            ...{ id, aim: { ...aim }, scope: scope.kind, from, comparator, value, source, certainty },
            to: to === NO_END ? null : to,
            tier: scope.kind === 'tier' ? scope.tier : null,
            unit: scope.kind === 'unit' ? { code: scope.code, valid_from: scope.validFrom } : null,
          }),
        ),
      }),
  }),
]
