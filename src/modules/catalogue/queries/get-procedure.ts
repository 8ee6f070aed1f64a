import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { refusals } from '../errors.ts'
import { findInForce, findVersion, type ProcedureVersion } from '../store.ts'

/** The version of a procedure in force on a civil day; `undefined` when there is none. One statement. */
export const findProcedureAt = (tx: Tx, code: string, on: Day): Promise<ProcedureVersion | undefined> => findInForce(tx, code, on)

/** As `findProcedureAt`, but must succeed. Throws `Refused` catalogue.procedure-not-found. */
export async function getProcedureAt(tx: Tx, code: string, on: Day): Promise<ProcedureVersion> {
  const found = await findInForce(tx, code, on)
  if (!found) throw new Refused(refusals.procedureNotFound)
  return found
}

/** The very version a dossier was received under. Throws `Refused` catalogue.procedure-not-found. */
export async function getProcedureVersion(tx: Tx, code: string, version: number): Promise<ProcedureVersion> {
  const found = await findVersion(tx, code, version)
  if (!found) throw new Refused(refusals.procedureNotFound)
  return found
}
