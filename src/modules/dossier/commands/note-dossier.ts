import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideNote, type PaperInput } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, papersFrom, settle } from './step.ts'

export interface NoteOnDossier extends OnDossier {
  readonly note: string
  readonly papers?: readonly PaperInput[] | undefined
}

/** Writes a note into the history, with papers if there are any. */
export async function noteOnDossier(asked: Context, input: NoteOnDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.note', input)
  const decision = decideNote(dossier, { ...input, papers: papersFrom(cx.actor, input.papers) }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
