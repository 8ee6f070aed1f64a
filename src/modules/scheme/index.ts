export { measuresBehind } from './behind.ts'
export { refusals } from './errors.ts'
export { reportedImport } from './import.ts'
export { type ScoreJson, scoreJson } from './output.ts'
export type { ScoredUnit } from './queries/amounts.ts'
export { unitsAsNow } from './queries/as-now.ts'
export {
  allSchemes,
  type ChosenScheme,
  oneUnit,
  provinceUnit,
  rankedUnits,
  type ScoredLine,
  type ScoreQuestion,
  scoreUnits,
} from './queries/scores.ts'
export { schemeRoom } from './room.ts'
export { type Amounts, type QuantityName, quantities } from './rules/quantities.ts'
export * as exact from './rules/rational.ts'
export { type Expression, type Indicator, type Level, type Scheme, type SchemeVersion, versionOn } from './rules/scheme.ts'
export { type GroupScore, type IndicatorScore, scoreUnit, type UnitScore, type WinBack, winBack } from './rules/score.ts'
export { NATIONAL, nationalSchemes } from './schemes.ts'
