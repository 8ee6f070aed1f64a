import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { deleteFilingFor, type FilingFor, putFilingFor } from '../representation-store.ts'

export interface SetFilingFor {
  readonly personId: string
  readonly procedureCode: string
  /** Null: for oneself. */
  readonly filingFor: FilingFor | null
}

/** For whom the person files a draft. Kept beside the draft and forgotten with it; who filed for whom is in the dossier's own event. */
export async function setFilingFor(cx: Context, { personId, procedureCode, filingFor }: SetFilingFor): Promise<Result<{ done: true }>> {
  allow(cx, 'dossier.submit', { personId })
  if (filingFor === null) await deleteFilingFor(cx.tx, personId, procedureCode)
  else await putFilingFor(cx.tx, personId, procedureCode, filingFor, cx.now)
  const view = { done: true } as const
  await record(cx, { events: [], result: view })
  return ok(view)
}

/** Forgets it, in the transaction that files or discards the draft. */
export async function forgetFilingFor(
  cx: Context,
  { personId, procedureCode }: { personId: string; procedureCode: string },
): Promise<void> {
  allow(cx, 'dossier.submit', { personId })
  await deleteFilingFor(cx.tx, personId, procedureCode)
}
