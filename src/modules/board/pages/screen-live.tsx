import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { formatInstant } from '../../../ui/index.ts'
import { LiveBoards, type LiveView, rendered } from '../live.tsx'
import { readWallFigures } from '../queries/read-wall.ts'
import { addressOf, type BoardQuestion, readQuestion } from '../rules/question.ts'
import { screenTexts as texts } from '../screen-texts.ts'
import { liveStream } from '../stream.ts'
import { wallParts } from './screen-slides.tsx'

const wallView = (app: App): LiveView<BoardQuestion> => ({
  key: (question) => addressOf(question),
  read: async (question, locale) => {
    const { now, ...figures } = await readWallFigures(app, question)
    return {
      html: await rendered(Object.assign({}, ...Object.values(wallParts({ ...figures, locale })))),
      text: { 'as-of': t(locale, texts.asOf, { time: formatInstant(now) }) },
    }
  },
})

/** GET /dieu-hanh/man-hinh/luong: every slide of the wall, those that are not shown just now too. */
export const screenStream = (app: App): ((c: Web) => Promise<Response>) =>
  liveStream(new LiveBoards(app, wallView(app)), {
    action: 'board.see',
    question: (c) => readQuestion(c.req.query(), dayOf(app.clock())),
  })
