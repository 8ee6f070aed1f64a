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
  allow(cx, 'organisation.edit')
  await lockTree(cx.tx)
  const organisation = await loadOrganisation(cx.tx)
  // Lineage and tiers reach across units, so the tree is changed by whoever answers for the whole of it.
  const top = organisation.agencies.find(({ parentCode, validTo }) => parentCode === null && validTo === null)
  allow(cx, 'organisation.edit', { agencyCode: top?.code ?? code })
  const decision = decide(organisation)
  if (!decision.ok) return decision
  await saveChange(cx.tx, decision.value)
  const view = { code }
  await record(cx, { events: [changeEvent(type, code, decision.value)], result: view })
  return ok(view)
}
