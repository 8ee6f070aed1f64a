import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { changeEvent, type OrganisationEventType } from '../events.ts'
import type { Organisation, OrganisationChange } from '../rules/change.ts'
import { loadOrganisation, lockTree, saveChange } from '../store.ts'

export interface ChangedTree {
  /** The agency to look at next. */
  readonly code: string
}

/** The five steps that every change of the tree shares; what it changes is the decision's. */
export async function changeTree(
  cx: Context,
  type: OrganisationEventType,
  code: string,
  decide: (organisation: Organisation) => Result<OrganisationChange>,
): Promise<Result<ChangedTree>> {
  allow(cx, 'organisation.edit', { agencyCode: code })
  await lockTree(cx.tx)
  const decision = decide(await loadOrganisation(cx.tx))
  if (!decision.ok) return decision
  await saveChange(cx.tx, decision.value)
  const view = { code }
  await record(cx, { events: [changeEvent(type, code, decision.value)], result: view })
  return ok(view)
}
