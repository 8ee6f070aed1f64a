import type { Day } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { extensionTo } from '../commands/extend-dossier.ts'
import { unknown } from '../errors.ts'
import { decideExtend } from '../rules/lifecycle.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'
import { type Asker, type QueryHost, readerOf } from './reader.ts'

/** What an extension would mean, before anybody confirms it. */
export interface ExtensionPreview {
  readonly day: Day
  readonly dueAt: string
  readonly explanation: readonly Text[]
  readonly why: Text
}

/** The new due time and its explanation, or why it cannot be: asked before the extension is confirmed. Nothing is written. */
export async function previewExtension(
  host: QueryHost,
  asker: Asker,
  id: string,
  input: { readonly day: Day; readonly note: string },
): Promise<Result<ExtensionPreview>> {
  const { actor, access, now, read } = await readerOf(host, asker)
  if (!access.can(actor, 'dossier.extend')) return refuse(actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
  const dossier = isUuid(id) ? await read((tx) => store.find(tx, id)) : undefined
  if (!dossier) return refuse(unknown)
  if (!access.can(actor, 'dossier.extend', targetOf(dossier, actor))) return refuse(refusals.denied)
  try {
    const extension = await read((tx) => extensionTo({ tx, now }, dossier, input))
    const decided = decideExtend(dossier, extension, now)
    if (!decided.ok) return decided
    const { due, explanation, why } = extension
    return ok({ day: input.day, dueAt: due.toString(), explanation, why })
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal)
    throw error
  }
}
