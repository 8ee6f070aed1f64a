export { type CloseAgency, closeAgency, closeAgencyInput } from './commands/close-agency.ts'
export { type MergeAgencies, mergeAgencies, mergeAgenciesInput } from './commands/merge-agencies.ts'
export { type OpenAgency, openAgency, openAgencyInput } from './commands/open-agency.ts'
export { type ReviseAgency, reviseAgency, reviseAgencyInput } from './commands/revise-agency.ts'
export { type SplitAgency, splitAgency, splitAgencyInput } from './commands/split-agency.ts'
export {
  createDirectory,
  directoryOf,
  loadDirectory,
  type OrganisationDirectory,
  permissionTree,
  refreshDirectory,
  unitsDuring,
} from './directory.ts'
export { agencySubject, organisationEvents } from './events.ts'
export { type OrganisationData, readOrganisation } from './files.ts'
export { agencyImport } from './import.ts'
export { loadOrganisationData } from './load.ts'
export { permissions } from './permissions.ts'
export { organisationRoom } from './room.ts'
export {
  type Agency,
  type AgencyKey,
  type AgencyKind,
  agencyKinds,
  compareCodes,
  type Hamlet,
  inForce,
  keyText,
  type Lineage,
  type Tier,
  tiers,
} from './rules/agency.ts'
export { predecessors, type Relative, soleSuccessor, successors } from './rules/lineage.ts'
export { type AgencyTree, ancestors, childrenOf, countByTier, descendants, isWithin, treeAt } from './rules/tree.ts'
