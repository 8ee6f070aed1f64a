export { type AskedCase, type CasesView, type CaseView, caseFor, casesFor } from './anomalies/cases.ts'
export type { Evidence } from './anomalies/evidence.ts'
export { reviewCase, reviewInput } from './anomalies/review-case.ts'
export { refreshRun } from './anomalies/runs.ts'
export { type Outcome, outcomes, type Review } from './anomalies/store.ts'
export { scoreBoth } from './anomalies/without-assisted.ts'
export { scoreResponse } from './api.ts'
export { type Behind, behindOf, type DossierQuantity } from './behind.ts'
export { type Closed, type ClosePeriod, closePeriod, closePeriodInput } from './commands/close-period.ts'
export {
  type PublishScheme,
  publishScheme,
  publishSchemeFile,
  publishSchemeInput,
  schemeFileInput,
} from './commands/publish-scheme.ts'
export { type ReportFigures, reportFigures } from './commands/report-figures.ts'
export { PUBLISHED_MEANWHILE, refusals } from './errors.ts'
export { reportedImport } from './import.ts'
export { missingMonths, type ScoreJson, scoreJson } from './output.ts'
export type { ScoredUnit } from './queries/amounts.ts'
export { unitsAsNow } from './queries/as-now.ts'
export { type ClosedDifference, checkSnapshots, type SnapshotCheck } from './queries/check-snapshots.ts'
export { readReportedGaps, type UnitGap } from './queries/reported-gaps.ts'
export {
  allSchemes,
  type ChosenScheme,
  oneUnit,
  provinceUnit,
  rankedUnits,
  rescore,
  type ScoredLine,
  type ScoreQuestion,
  scoreUnits,
} from './queries/scores.ts'
export { bodyOf, readClosed, readClosing } from './queries/snapshot.ts'
export { lastQuarter, type Tried, tryScheme } from './queries/try-scheme.ts'
export { schemeRoom } from './room.ts'
export { type AnomalyKind, anomalyKinds, type Case, type Thresholds } from './rules/anomalies.ts'
export { type IndicatorPart, publishedSince, type Since, schemeAsOf, type WholePart } from './rules/publications.ts'
export { type Quality, qualityOf } from './rules/quality.ts'
export { type Amounts, type QuantityName, quantities } from './rules/quantities.ts'
export { ranked } from './rules/rank.ts'
export { readBack } from './rules/read-back.ts'
export { type AskedGap, type Gap, gapsAsked, missingMonthsOf, oneGap } from './rules/reported-months.ts'
export {
  type Expression,
  type Indicator,
  type Level,
  levels,
  type Scheme,
  type SchemeVersion,
  schemeSchema,
  schemeVersionSchema,
  versionOn,
} from './rules/scheme.ts'
export { type Action, actionText, anchorOf, edited, opened, readAction } from './rules/scheme-edit.ts'
export {
  beginFields,
  type IndicatorFields,
  type Part,
  partField,
  parts,
  readFields,
  type SchemeFields,
  type SumFields,
  sumsText,
  thresholdText,
} from './rules/scheme-fields.ts'
export { readDecimal, readSchemeForm, type SchemeForm, schemeFile } from './rules/scheme-form.ts'
export { type GroupScore, type IndicatorScore, scoreUnit, type UnitScore, type WinBack, winBack } from './rules/score.ts'
export { type ClosedUnit, changesBetween, type SnapshotBody, type UnitChange } from './rules/snapshot.ts'
export { writtenVersion } from './rules/written.ts'
export { NATIONAL, nationalSchemes } from './schemes.ts'
export { findSnapshot, listSnapshots, type SnapshotHead, type StoredSnapshot } from './snapshots.ts'
export {
  listReported,
  type Publication,
  publicationsOf,
  type ReportedLine,
  type ReportedRow,
  reportedAgencies,
  saveReported,
} from './store.ts'
