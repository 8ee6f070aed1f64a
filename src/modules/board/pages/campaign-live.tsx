import type { App } from '../../../kernel/app.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { campaignById, campaignStanding } from '../../campaign/index.ts'
import { LiveBoards, type LiveView, rendered } from '../live.tsx'
import { liveStream } from '../stream.ts'
import { askerOf, must } from './campaign-asked.ts'
import { asOfText, Movers, TierSections, timeLeft, UnitTables, Zeros } from './campaign-parts.tsx'

/** Whoever may see a campaign sees the same, so the house reads it itself; the stream asks each of them whether they may. */
const campaignView = (app: App): LiveView<{ readonly id: string }> => ({
  key: ({ id }) => id,
  read: async ({ id }, locale) => {
    const asker = { province: app.province, actor: { kind: 'system', name: 'live' } } as const
    const standing = must(await campaignStanding(app, asker, id))
    return {
      html: await rendered({
        tiers: <TierSections standing={standing} locale={locale} />,
        movers: <Movers standing={standing} locale={locale} />,
        zero: <Zeros standing={standing} locale={locale} />,
        units: <UnitTables standing={standing} locale={locale} />,
      }),
      text: { 'as-of': asOfText(standing, app.clock(), locale), countdown: timeLeft(standing, locale) },
    }
  },
})

/** GET /dieu-hanh/chien-dich/:id/luong: the countdown board, kept true by the same feed as the leaders' board. */
export const campaignStream = (app: App): ((c: Web) => Promise<Response>) =>
  liveStream(new LiveBoards(app, campaignView(app)), {
    action: 'campaign.see',
    question: async (c) => {
      const id = c.req.param('id') ?? ''
      must(await campaignById(app, askerOf(c), id))
      return { id }
    },
  })
