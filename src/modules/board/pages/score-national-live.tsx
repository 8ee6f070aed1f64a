import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { formatInstant } from '../../../ui/index.ts'
import { LiveBoards, type LiveView, rendered } from '../live.tsx'
import type { ProvincesWatch } from '../provinces-watch.ts'
import type { NationalScores } from '../queries/national.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { scoreTexts } from '../score-texts.ts'
import { liveStream } from '../stream.ts'
import { NationalTable, readNationalAddress } from './score-national-page.tsx'
import { type ProvinceQuestion, provinceParts, questionHref, readProvinceQuestion, sidesOf } from './score-national-province-page.tsx'

const nationalView = (app: App, scores: NationalScores): LiveView<ScoreAddress> => ({
  key: (address) => scoreHref(address),
  read: async (address, locale) => {
    const standings = await scores.read(address)
    return {
      html: await rendered({
        national: <NationalTable standings={standings} address={address} own={app.province.slug} locale={locale} />,
      }),
      text: { 'as-of': t(locale, scoreTexts.asOf, { time: formatInstant(app.clock()) }) },
    }
  },
})

/** GET /dieu-hanh/toan-quoc/luong: the national board, moved by a change in any province. */
export const nationalStream = (app: App, scores: NationalScores, watch: ProvincesWatch): ((c: Web) => Promise<Response>) =>
  liveStream(new LiveBoards(app, nationalView(app, scores), watch), {
    action: 'board.national',
    question: (c) => readNationalAddress(c.req.query(), dayOf(app.clock())),
  })

/** One province beside the others: what of it changed, whoever of them moved. Groups come folded; what a reader opened stays open. */
const provinceView = (app: App, scores: NationalScores): LiveView<ProvinceQuestion> => ({
  key: (question) => questionHref(question),
  read: async (question, locale) => {
    const served = app.province.slug
    return { html: await rendered(provinceParts(question, await sidesOf(scores, question, served), served, locale)), text: {} }
  },
})

/** GET /dieu-hanh/toan-quoc/:province/luong: one province's page, moved by a change in any province. */
export const provinceStream = (app: App, scores: NationalScores, watch: ProvincesWatch): ((c: Web) => Promise<Response>) =>
  liveStream(new LiveBoards(app, provinceView(app, scores), watch), {
    action: 'board.national',
    question: async (c) => {
      const question = readProvinceQuestion(c.req.param('province') ?? '', c.req.query(), dayOf(app.clock()))
      // Nobody waits for a province that there is not.
      await sidesOf(scores, question, app.province.slug)
      return question
    },
  })
