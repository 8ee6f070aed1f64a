export { type CheckResult, type KeptCheckResult, latestCheckResults, saveCheckResult } from './check-results.ts'
export { createReadiness, healthRoutes, kernelChecks, type Readiness, workerComplaints } from './health.ts'
export { type MigrationState, migrationState } from './migrations.ts'
