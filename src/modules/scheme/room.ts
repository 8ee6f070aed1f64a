import type { Room } from '../../kernel/app.ts'
import { anomalyJobs } from './anomalies/runs.ts'
import { schemeApi } from './api.ts'
import { permissions } from './permissions.ts'

/** What the index brings to the house: its JSON routes and who may close, write schemes and give figures. Its screens are the board's and the administration's. */
export const schemeRoom: Room = { name: 'scheme', permissions, api: schemeApi, jobs: anomalyJobs }
