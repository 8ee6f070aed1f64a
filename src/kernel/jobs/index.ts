export { jobRefusals, NOTE_LENGTH, retryJob, settleJob } from './deal-with-job.ts'
export type { JobDefinition, JobRun } from './definition.ts'
export { createJobs, type Jobs, type JobsOptions, type SendOptions } from './jobs.ts'
export { closeDeadWith, countJobs, findJob, type JobCount, type JobRow, type JobView, jobsAlive, jobViews, listJobs } from './store.ts'
