import { type FieldError, withFields } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { canonical, type Difference, differences } from './difference.ts'
import { inForce, type VersionBody } from './procedure.ts'
import { processMistakes } from './process-graph.ts'

export interface KnownVersion {
  readonly version: number
  readonly validFrom: string
  readonly abolished: boolean
  readonly body: VersionBody
}

export interface Publication {
  readonly version: number
  /** What changes against the version that would otherwise be in force on the first day; empty for the first version. */
  readonly differences: readonly Difference[]
}

/**
 * Decides on a new dated version. It begins today or later (receipts already given keep their version), differs from
 * what would be in force, and its steps take exactly the time limit. `known` are all versions there are.
 */
export function decidePublication(
  known: readonly KnownVersion[],
  body: VersionBody,
  validFrom: string,
  today: string,
): Result<Publication> {
  if (validFrom < today) return refuse(withFields(refusals.startsInThePast, [at('validFrom', refusals.startsInThePast.next)]))
  const before = inForce(known, validFrom)
  const changed = before ? differences(before.body, body) : []
  if (before && changed.length === 0) return refuse(refusals.nothingChanges)
  if (body.process) {
    const mistakes = processMistakes(body.process, body.timeLimit.amount)
    if (mistakes.length > 0) return refuse(withFields(refusals.processIsWrong, mistakes))
  }
  const taken = body.steps.reduce((sum, { allowance }) => sum + allowance, 0)
  if (!body.process && body.steps.length > 0 && Math.abs(taken - body.timeLimit.amount) > 1e-6)
    return refuse(withFields(refusals.stepsDoNotAddUp, [at('steps', refusals.stepsDoNotAddUp.next)]))
  return ok({ version: Math.max(0, ...known.map(({ version }) => version)) + 1, differences: changed })
}

const at = (path: string, message: FieldError['message']): FieldError => ({ path, message })

/** Versions of a shipped file that are not there yet: same first day and same words count as there. */
export const missingVersions = <V extends { validFrom: string }>(
  known: readonly KnownVersion[],
  shipped: readonly (V & { body: VersionBody })[],
): (V & { body: VersionBody })[] =>
  shipped.filter(({ validFrom, body }) => !known.some((one) => one.validFrom === validFrom && canonical(one.body) === canonical(body)))
