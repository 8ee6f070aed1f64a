import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Snapshot, Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { byAgency, type Group, type Period, withSubtree } from '../../indicator/index.ts'
import {
  type Agency,
  type AgencyKey,
  keyText,
  type Lineage,
  type OrganisationDirectory,
  soleSuccessor,
  unitsDuring,
} from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import type { Amounts } from '../rules/quantities.ts'
import { type Gaps, noGaps } from '../rules/reported-months.ts'
import { type Level, type Scheme, type SchemeVersion, versionOn } from '../rules/scheme.ts'
import { scoreUnit, type UnitScore } from '../rules/score.ts'
import { nationalSchemes } from '../schemes.ts'
import { listSchemes } from '../store.ts'
import { readAmounts, readTimes, type ScoredUnit } from './amounts.ts'
import { asksFeeFiled, readFeeFiled } from './fee-filed.ts'

/** What is asked: a period, and a scheme as it stands on its last day. */
export interface ScoreQuestion {
  readonly period: Period
  readonly scheme: string
  /** Also the average time of this procedure (index 2.2); everything else counts all of them. */
  readonly procedure?: string | undefined
  /** Another scheme that will look at the same amounts (`rescore`): what only it asks for is read too. */
  readonly also?: Scheme | undefined
}

/** A unit with what was counted and what it scored. */
export interface ScoredLine {
  readonly unit: ScoredUnit
  readonly amounts: Amounts
  readonly score: UnitScore
  /** Last year stands in for what neither source says (index 1.4). */
  readonly temporary: boolean
  /** Months that nobody reported of figures that were reported for others. */
  readonly gaps: Gaps
}

/** A scheme with its version for a period; not in force: the period ends before the scheme began. */
export interface ChosenScheme {
  readonly scheme: Scheme
  readonly version: SchemeVersion
  readonly inForce: boolean
}

/** Every scheme there is, the national ones first. */
export const allSchemes = async (tx: Tx): Promise<readonly Scheme[]> => [...nationalSchemes(), ...(await listSchemes(tx))]

/** A scheme's version for a period. Throws `Refused` scheme.unknown. */
export async function schemeFor(tx: Tx, question: ScoreQuestion): Promise<ChosenScheme> {
  const scheme =
    nationalSchemes().find(({ code }) => code === question.scheme) ?? (await listSchemes(tx)).find(({ code }) => code === question.scheme)
  if (!scheme) throw new Refused(refusals.unknown)
  return { scheme, ...versionOn(scheme, question.period.to) }
}

/** The province's own top agency is the province as a whole; what stands below it by kind and tier. */
export function levelOf(agency: Pick<Agency, 'tier' | 'kind' | 'parentCode'>): Level {
  if (agency.tier !== 'province') return agency.tier
  return agency.parentCode === null ? 'province' : 'department'
}

/** The whole province: every dossier of every unit it had in the period, whoever resolved it. */
export function provinceUnit(directory: OrganisationDirectory, period: Period): ScoredUnit {
  const root = directory.root(period.to)
  if (!root) throw new Refused(refusals.noProvince)
  const units = byAgency(unitsDuring(directory, period), period)
  const group: Group = {
    key: root.code,
    name: root.name,
    tier: root.tier,
    validFrom: root.validFrom,
    members: units.flatMap(({ members }) => members),
  }
  return { group, level: 'province' }
}

/** Whether two versions of a code are one place that goes on: all of the earlier one went into the later, alone or with others. */
function isOnePlace(one: AgencyKey, other: AgencyKey, lineage: readonly Lineage[]): boolean {
  const [earlier, later] = one.validFrom <= other.validFrom ? [one, other] : [other, one]
  const became = soleSuccessor(earlier, lineage, later.validFrom)
  return became !== null && keyText(became) === keyText(later)
}

/**
 * One unit with everything below it: of the place that has a code at the period's end, all versions it went on through; never of another
 * place that had the code before (a code is given again; a unit that was split does not go on in its parts). `since`, the first day of one
 * version of the code, asks for that version alone, as its line in a ranking is; where it was not in force, for its place then.
 * Throws `Refused` scheme.unit-unknown when the code, or that place, stood for nothing in the period.
 */
export function oneUnit(directory: OrganisationDirectory, period: Period, code: string, since?: Day): ScoredUnit {
  if (code === directory.root(period.to)?.code) return provinceUnit(directory, period)
  const versions = unitsDuring(directory, period)
  const coded = versions.filter((one) => one.code === code).sort((a, b) => a.validFrom.localeCompare(b.validFrom))
  const named = since === undefined ? undefined : directory.agencies.find((one) => one.code === code && one.validFrom === since)
  const asked = named ?? coded.at(-1)
  const alone = coded.filter((one) => one === named)
  const place = alone.length > 0 ? alone : coded.filter((one) => asked && isOnePlace(one, asked, directory.lineage))
  const group = withSubtree(versions, place, period)
  const agency = place.at(-1)
  if (!group || !agency) throw new Refused(refusals.unitUnknown)
  const inside = new Set(group.members.map((member) => member.code))
  const tiers = [...new Set(versions.filter((one) => inside.has(one.code)).map(({ tier }) => tier))]
  // Its dossiers are those of all of them, so its reports are too: its own row alone would be set against everybody's dossiers.
  return { group, level: levelOf(agency), tiers, ...(inside.size > 1 ? { parts: group.members } : {}) }
}

/** Every unit version of the period with its own dossiers, those of units below it left out: what a ranking compares. */
export function rankedUnits(directory: OrganisationDirectory, period: Period): ScoredUnit[] {
  const versions = unitsDuring(directory, period)
  const byKey = new Map(versions.map((one) => [`${one.code} ${one.validFrom}`, one]))
  return byAgency(versions, period).flatMap((group) => {
    const agency = byKey.get(`${group.key} ${group.validFrom}`)
    const level = agency && levelOf(agency)
    return level && level !== 'province' ? [{ group, level }] : []
  })
}

/** What was counted of units in a period, as far as some versions of schemes ask for it; in the order of the units. */
export async function readCounted(
  tx: Snapshot,
  { period, procedure }: Pick<ScoreQuestion, 'period' | 'procedure'>,
  versions: readonly SchemeVersion[],
  units: readonly ScoredUnit[],
  now: Temporal.Instant,
): Promise<Omit<ScoredLine, 'score'>[]> {
  const amounts = await readAmounts(tx, units, period, now)
  const timed = procedure === undefined ? undefined : await readTimes(tx, units, period, procedure)
  const filed = asksFeeFiled(versions) ? await readFeeFiled(tx, units, period) : undefined
  return units.map((unit) => {
    const { amounts: counted, temporary, gaps } = amounts.get(unit) ?? { amounts: {}, temporary: false, gaps: noGaps }
    const own = timed || filed ? { ...counted, ...timed?.get(unit), ...(filed && { procedures_fee_filed: filed.get(unit) }) } : counted
    return { unit, amounts: own, temporary, gaps }
  })
}

/**
 * Scores units under a scheme. Exact at this moment; division comes last. Throws `Refused` scheme.unknown.
 * (QĐ 766/QĐ-TTg and what the scheme names as its basis.)
 */
export async function scoreUnits(
  tx: Snapshot,
  question: ScoreQuestion,
  units: readonly ScoredUnit[],
  now: Temporal.Instant,
): Promise<ChosenScheme & { lines: ScoredLine[] }> {
  const chosen = await schemeFor(tx, question)
  const versions = [chosen.version, ...(question.also ? [versionOn(question.also, question.period.to).version] : [])]
  const counted = await readCounted(tx, question, versions, units, now)
  const lines = counted.map((one) => ({ ...one, score: scoreUnit(chosen.version, one.unit.level, one.amounts) }))
  return { ...chosen, lines }
}

/** The same unit with the same amounts under another scheme: nothing is read again. Name it in the question (`also`), it may ask for more. */
export function rescore(scheme: Scheme, period: Period, line: ScoredLine): ScoredLine {
  const { version } = versionOn(scheme, period.to)
  return { ...line, score: scoreUnit(version, line.unit.level, line.amounts) }
}
