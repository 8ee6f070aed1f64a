import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import { readTargets } from '../../campaign/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { NATIONAL, provinceUnit, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import type { BoardQuestion } from '../rules/question.ts'
import { readBoard } from './read-board.ts'

/** Everything the wall shows, counted at one moment. */
export async function readWallFigures(app: App, question: BoardQuestion) {
  const now = app.clock()
  const directory = await directoryOf(app, app.province)
  return app.db.snapshot(app.province, async (tx) => {
    const score = async (): Promise<ScoredLine | undefined> => {
      try {
        const { lines } = await scoreUnits(tx, { period: question, scheme: NATIONAL }, [provinceUnit(directory, question)], now)
        return (lines[0]?.amounts.received ?? 0) > 0 ? lines[0] : undefined
      } catch (error) {
        // A province without a top agency has no score yet; its wall still hangs.
        if (error instanceof Refused) return undefined
        throw error
      }
    }
    return { view: await readBoard(tx, directory, question, dayOf(now)), targets: await readTargets(tx), line: await score(), now }
  })
}
