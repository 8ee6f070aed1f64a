import type { Temporal } from 'temporal-polyfill'
import type { Snapshot } from '../../../kernel/database/index.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import type { Period } from '../../indicator/index.ts'
import { type Agency, keyText, type OrganisationDirectory } from '../../organisation/index.ts'
import { provinceUnit, rankedUnits, type ScoredLine, scoreUnits, type WinBack, winBack } from '../../scheme/index.ts'
import { type AttainedScore, attainScore, enoughToWin } from '../rules/score-standing.ts'
import { type Aim, aimKey, type Target } from '../rules/target.ts'

export interface SchemeName {
  readonly aim: string
  readonly code: string
  readonly name: Text
}

/** Where a unit's score stands against its target, and what would win the missing points back. */
export interface ScoreStanding extends AttainedScore {
  readonly aim: string
  readonly scheme: SchemeName
  readonly target: Target
  /** Null: no dossier to be scored by. */
  readonly total: exact.Rational | null
  readonly max: exact.Rational
  readonly unknown: exact.Rational
  /** The greatest first, so many as close the gap. */
  readonly wins: readonly WinBack[]
}

export type ReadScore = (unit: Agency, over: boolean) => ScoreStanding[]

const received = ({ amounts }: ScoredLine): boolean => (amounts.received ?? 0) > 0

/** Scores units under every scheme aimed at, in as many readings as there are schemes. */
export async function readScores(
  tx: Snapshot,
  directory: OrganisationDirectory,
  asked: { readonly period: Period; readonly schemes: readonly Aim[]; readonly units: readonly Agency[]; readonly now: Temporal.Instant },
) {
  const { period, now } = asked
  const wanted = new Set(asked.units.map(keyText))
  const keyOf = ({ group }: ScoredLine['unit']): string => keyText({ code: group.key, validFrom: group.validFrom ?? '' })
  const units = rankedUnits(directory, period).filter((unit) => wanted.has(keyOf(unit)))
  const lines = new Map<string, { readonly scheme: SchemeName; readonly byUnit: ReadonlyMap<string, ScoredLine> }>()
  for (const aim of asked.schemes) {
    const scored = await scoreUnits(tx, { period, scheme: aim.code }, units, now)
    const scheme = { aim: aimKey(aim), code: aim.code, name: scored.scheme.name }
    lines.set(aimKey(aim), { scheme, byUnit: new Map(scored.lines.map((line) => [keyOf(line.unit), line])) })
  }
  return {
    schemes: [...lines.values()].map(({ scheme }) => scheme),
    against(unit: Agency, aim: Aim, target: Target, over: boolean): ScoreStanding[] {
      const found = lines.get(aimKey(aim))
      if (!found) return []
      const line = found.byUnit.get(keyText(unit))
      return [stand(line, found.scheme, target, over)]
    },
  }
}

function stand(line: ScoredLine | undefined, scheme: SchemeName, target: Target, over: boolean): ScoreStanding {
  const base = { aim: scheme.aim, scheme, target }
  if (!line || !received(line))
    return { ...base, ...attainScore(target, null, over), total: null, max: exact.zero, unknown: exact.zero, wins: [] }
  const { total, unknown, max } = line.score
  const all = winBack(line.score)
  const attained = attainScore(target, { total, unknown, winnable: exact.sum(all.map(({ winnable }) => winnable)) }, over)
  return { ...base, ...attained, total, max, unknown, wins: attained.met ? [] : enoughToWin(all, attained.gap) }
}

/** The whole province's score against a target. */
export async function readProvinceScore(
  tx: Snapshot,
  directory: OrganisationDirectory,
  asked: { readonly period: Period; readonly target: Target; readonly now: Temporal.Instant; readonly over: boolean },
): Promise<ScoreStanding> {
  const { period, target, now, over } = asked
  const scored = await scoreUnits(tx, { period, scheme: target.aim.code }, [provinceUnit(directory, period)], now)
  const scheme = { aim: aimKey(target.aim), code: target.aim.code, name: scored.scheme.name }
  return stand(scored.lines[0], scheme, target, over)
}
