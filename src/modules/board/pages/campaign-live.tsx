import type { App } from '../../../kernel/app.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Asker, campaignById, campaignStanding } from '../../campaign/index.ts'
import { LiveBoards, type LiveView, rendered } from '../live.tsx'
import { liveStream } from '../stream.ts'
import { askerOf, must } from './campaign-asked.ts'
import { asOfText, Movers, TierSections, timeLeft, UnitTable, Zeros } from './campaign-parts.tsx'

/** A campaign that somebody may see; whoever else looks at it sees the same. */
interface Watched {
  readonly id: string
  readonly asker: Asker
}

const campaignView = (app: App): LiveView<Watched> => ({
  key: ({ id }) => id,
  read: async ({ id, asker }, locale) => {
    const standing = must(await campaignStanding(app, asker, id))
    return {
      html: await rendered({
        tiers: <TierSections standing={standing} locale={locale} />,
        movers: <Movers standing={standing} locale={locale} />,
        zero: <Zeros standing={standing} locale={locale} />,
        units: <UnitTable standing={standing} locale={locale} />,
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
      const [id, asker] = [c.req.param('id') ?? '', askerOf(c)]
      must(await campaignById(app, asker, id))
      return { id, asker }
    },
  })
