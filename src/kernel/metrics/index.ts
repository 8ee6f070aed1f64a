export { countPendingDeltas, createMetrics, type Metrics, mayRead } from './metrics.ts'
