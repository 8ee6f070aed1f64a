import type { Temporal } from 'temporal-polyfill'
import type { Snapshot, Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { readLogMark } from '../../indicator/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { noGaps } from '../rules/reported-months.ts'
import { schemeVersionSchema } from '../rules/scheme.ts'
import { type ClosedUnit, closedPoints, type SnapshotBody, scoreClosed } from '../rules/snapshot.ts'
import { writtenVersion } from '../rules/written.ts'
import { findSnapshot, type StoredSnapshot } from '../snapshots.ts'
import type { ScoredUnit } from './amounts.ts'
import { type ChosenScheme, oneUnit, provinceUnit, rankedUnits, type ScoredLine, type ScoreQuestion, scoreUnits } from './scores.ts'

const closedUnit = ({ unit: { group, level }, amounts, temporary, gaps, score }: ScoredLine): ClosedUnit => ({
  code: group.key,
  name: group.name,
  level,
  validFrom: group.validFrom,
  members: group.members.map(({ code, first, last }) => ({ code, first, last })),
  amounts,
  temporary,
  ...(Object.values(gaps).some((gap) => gap) && { gaps }),
  ...closedPoints(score),
})

/** What closing a period now would say. Wants a transaction that sees one moment. */
export async function readClosing(
  tx: Snapshot,
  question: ScoreQuestion,
  now: Temporal.Instant,
  by: { readonly revision: number; readonly closedBy: string; readonly reason: string },
): Promise<SnapshotBody> {
  const directory = await loadDirectory(tx)
  const { period } = question
  const score = async (units: readonly ScoredUnit[]) => scoreUnits(tx, question, units, now)
  const own = rankedUnits(directory, period)
  const { lines, scheme, version, inForce } = await score(own)
  const [province] = (await score([provinceUnit(directory, period)])).lines
  if (!province) throw new Refused(refusals.noProvince)
  const subtrees: ClosedUnit[] = []
  for (const unit of own) {
    const whole = oneUnit(directory, period, unit.group.key)
    if (whole.group.validFrom !== unit.group.validFrom || whole.group.members.length === unit.group.members.length) continue
    // Groups of one question must not share an agency's day: a unit with others below it is asked by itself.
    subtrees.push(...(await score([whole])).lines.map(closedUnit))
  }
  return {
    format: 3,
    scheme: { code: scheme.code, name: scheme.name, basis: scheme.basis },
    version: writtenVersion(version),
    inForce,
    from: period.from,
    to: period.to,
    ...by,
    closedAt: now.toString(),
    log: await readLogMark(tx),
    province: closedUnit(province),
    units: lines.map(closedUnit),
    subtrees,
  }
}

export const bodyOf = ({ body }: Pick<StoredSnapshot, 'body'>): SnapshotBody => JSON.parse(body) as SnapshotBody

/** A closed unit as if it were scored now: its kept amounts under its kept rules. */
export function closedLine(body: SnapshotBody, unit: ClosedUnit): ScoredLine {
  const { code: key, name, level, validFrom, members, amounts, temporary, gaps = noGaps } = unit
  const group = { key, name, tier: level === 'district' || level === 'commune' ? level : ('province' as const), validFrom, members }
  return { unit: { group, level }, amounts, temporary, gaps, score: scoreClosed(schemeVersionSchema.parse(body.version), unit) }
}

/**
 * A unit of a closed period (without a code: the province), as it was closed. Throws `Refused` scheme.not-closed, scheme.unit-unknown.
 */
export async function readClosed(
  tx: Tx,
  question: ScoreQuestion & { readonly revision?: number | null },
  code?: string,
): Promise<ChosenScheme & { readonly line: ScoredLine; readonly snapshot: StoredSnapshot; readonly body: SnapshotBody }> {
  const snapshot = await findSnapshot(tx, { scheme: question.scheme, ...question.period, revision: question.revision })
  if (!snapshot) throw new Refused(refusals.notClosed)
  const body = bodyOf(snapshot)
  // Of several places that had the code in the period the last, with those below it where it was closed with them: as `oneUnit` answers.
  const coded = [...body.subtrees, ...body.units].filter((one) => one.code === code)
  const last = coded.reduce((day, { validFrom }) => ((validFrom ?? '') > day ? (validFrom ?? '') : day), '')
  const unit = code === undefined || code === body.province.code ? body.province : coded.find(({ validFrom }) => (validFrom ?? '') === last)
  if (!unit) throw new Refused(refusals.unitUnknown)
  const version = schemeVersionSchema.parse(body.version)
  return { scheme: { ...body.scheme, versions: [version] }, version, inForce: body.inForce, line: closedLine(body, unit), snapshot, body }
}
