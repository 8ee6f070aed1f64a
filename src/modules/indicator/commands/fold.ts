import type { Database, Province, Tx } from '../../../kernel/database/index.ts'
import { Tally } from '../rules/tally.ts'
import { addCells, countPending, takeDeltas } from '../store.ts'

/** Deltas a transaction: enough to make the cells' updates few, small enough that a reader never waits. */
export const FOLD_BATCH = 2000

/**
 * Folds one batch of pending deltas into the cells, in one transaction. Returns how many it took; 0 when nothing is left (or all is
 * held by other folders). A crash in between leaves the deltas pending: nothing is lost or counted twice.
 */
export async function foldOnce(db: Database, province: Province, batch = FOLD_BATCH): Promise<number> {
  const fold = async (tx: Tx): Promise<number> => {
    const taken = await takeDeltas(tx, batch)
    const tally = new Tally()
    for (const row of taken) {
      tally.addText({ agencyCode: row.agency_code, day: row.day, procedureCode: row.procedure_code, channel: row.channel }, row.counts)
    }
    await addCells(tx, tally.cells())
    return taken.length
  }
  return db.write(province, fold, { quiet: true })
}

/** Folds until nothing is pending. Returns how many deltas were folded. */
export async function foldAll(db: Database, province: Province, batch = FOLD_BATCH): Promise<number> {
  let folded = 0
  for (;;) {
    const taken = await foldOnce(db, province, batch)
    if (taken === 0) return folded
    folded += taken
  }
}

/** How many deltas wait for the fold. */
export const pendingDeltas = (db: Database, province: Province): Promise<number> => db.read(province, countPending)
