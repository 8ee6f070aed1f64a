import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { endsBeforeBegin, wrongAim, wrongUnit, wrongValue } from '../errors.ts'
import type { AddTarget } from '../input.ts'
import type { Scope } from '../rules/target.ts'
import { NO_END } from '../rules/target.ts'
import { insertTargets, type NewTarget } from '../store.ts'
import { isKnownAim } from './draw-up.ts'
import { whoSays } from './who.ts'

/**
 * Sets a target from a day on. Of two equally near ones the one that began later counts, so a changed target needs no end of the old one.
 * Refusals: access.denied, input.invalid.
 */
export async function addTarget(cx: Context, input: AddTarget): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'campaign.targets')
  const { aimKind, aimCode, begins, ends, comparator, value, source } = input
  if (!(await isKnownAim(cx, { kind: aimKind, code: aimCode }))) return refuse(wrongAim)
  if (aimKind === 'rate' && value > 1) return refuse(wrongValue)
  if (ends !== undefined && ends < begins) return refuse(endsBeforeBegin)
  let scope: Scope = { kind: 'all' }
  if (input.scope === 'tier') scope = { kind: 'tier', tier: input.tier ?? 'commune' }
  if (input.scope === 'unit') {
    const unit = (await loadDirectory(cx.tx)).find(input.unitCode ?? '', begins)
    if (!unit) return refuse(wrongUnit)
    scope = { kind: 'unit', code: unit.code, validFrom: unit.validFrom }
  }
  const target: NewTarget = {
    id: cx.id(),
    aim: { kind: aimKind, code: aimCode },
    scope,
    from: begins,
    to: ends ?? NO_END,
    comparator,
    value,
    source,
    certainty: 'confirmed',
    campaignId: null,
    setBy: whoSays(cx.actor),
  }
  await insertTargets(cx.tx, [target], cx.now)
  const { id, setBy, ...data } = target
  const agencyCode = scope.kind === 'unit' ? scope.code : null
  await record(cx, { events: [{ type: 'target.set', subject: id, agencyCode, data }], result: { id } })
  return ok({ id })
}
