import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { deleteDraft } from '../store.ts'

export interface DiscardDraft {
  readonly personId: string
  readonly procedureCode: string
}

/** Forgets a draft: when the person asks for it, or in the transaction that sends the dossier. Harmless when there is none. */
export async function discardDraft(cx: Context, input: DiscardDraft): Promise<Result<{ discarded: boolean }>> {
  allow(cx, 'form.draft', { personId: input.personId })
  return ok({ discarded: await deleteDraft(cx.tx, input.personId, input.procedureCode) })
}
