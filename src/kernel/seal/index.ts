export { type Break, checkLog, countUnsealed, type LogCheck } from './check.ts'
export { createSealer, sealAll, sealBatch } from './sealer.ts'
