import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import { readTargets } from '../../campaign/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import type { BoardQuestion } from '../rules/question.ts'
import { provinceLine } from './board-score.ts'
import { readBoard } from './read-board.ts'

/** Everything the wall shows, counted at one moment. */
export async function readWallFigures(app: App, question: BoardQuestion) {
  const now = app.clock()
  const directory = await directoryOf(app, app.province)
  return app.db.snapshot(app.province, async (tx) => {
    const scored = await provinceLine(tx, directory, question, now)
    return { view: await readBoard(tx, directory, question, dayOf(now)), targets: await readTargets(tx), line: scored?.line, now }
  })
}
