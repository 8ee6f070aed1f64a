export { type PublishedVersion, type PublishVersion, publishVersion, publishVersionInput } from './commands/publish-version.ts'
export { refusals } from './errors.ts'
export { catalogueEvents } from './events.ts'
export { procedureImport, UNKNOWN_START } from './import.ts'
export { type CatalogueData, loadCatalogue, readCatalogue } from './load.ts'
export { permissions } from './permissions.ts'
export { countProcedures, type ProcedureCounts } from './queries/count-procedures.ts'
export type { CatalogueLinks } from './queries/edited-procedures.ts'
export {
  type FoundProcedures,
  findProcedures,
  PAGE_SIZE,
  type SearchInput,
  searchInput,
  suggestProcedures,
} from './queries/find-procedures.ts'
export { findProcedureAt, getProcedureAt, getProcedureVersion } from './queries/get-procedure.ts'
export { procedureNames } from './queries/procedure-names.ts'
export { type ProcedureWithForm, proceduresWithForm } from './queries/procedures-with-form.ts'
export { catalogueRoom } from './room.ts'
export { type Difference, differences, rescaleSteps } from './rules/difference.ts'
export {
  type Component,
  type Fee,
  inForce,
  knownFee,
  type ProcedureFile,
  procedureCode,
  procedureFileSchema,
  type ResolverRule,
  returnsResult,
  type ServiceLevel,
  type Step,
  type StoreName,
  serviceLevels,
  type Tier,
  type TimeLimit,
  type TimeUnit,
  tiers,
  timeUnits,
  type VersionBody,
  versionBodySchema,
} from './rules/procedure.ts'
export {
  type ConsultationRule,
  type InternalProcess,
  type LinkedProcedure,
  linearProcess,
  type ProcessStep,
  processOf,
  type StepAgency,
  type StepRole,
  stepRoles,
} from './rules/process-definition.ts'
export { graphOf, longestPath, skippedSteps, stepsAfter, stepsBefore, timesOf } from './rules/process-graph.ts'
export { amountDue, type DryRun, dryRun, type Limit, limitDue } from './rules/process-plan.ts'
export {
  copiesText,
  feeKindNames,
  feeWhenNames,
  moneyText,
  resolverText,
  serviceLevelHints,
  serviceLevelNames,
  storeNames,
  tierNames,
  timeLimitText,
} from './rules/words.ts'
export {
  type LifeEvent,
  listFields,
  listLifeEvents,
  listVersions,
  type NamedCode,
  type ProcedureLine,
  type ProcedureVersion,
} from './store.ts'
