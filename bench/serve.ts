// The server of a bench: the same composition as `cuaso start`, over a database that is already there. Prints its port.
import { compose } from '../src/compose.ts'
import { readConfig } from '../src/kernel/config/index.ts'
import { openDatabase, type Province } from '../src/kernel/database/index.ts'
import { createLog } from '../src/kernel/log/index.ts'
import { serve } from '../src/main.ts'

const config = readConfig(process.env)
const db = openDatabase({ url: process.env.BENCH_APP_URL ?? '', max: config.DATABASE_POOL })
const province: Province = { slug: 'ca-mau', schema: 'ca_mau', name: 'Tỉnh Cà Mau', code: '96' }
const composed = await compose({
  config,
  log: createLog(config.LOG_LEVEL),
  db,
  province,
  owner: { ownerUrl: process.env.BENCH_OWNER_URL ?? '', appRole: 'cuaso_app' },
})
// A bench of what many pending deltas cost must keep them pending.
if (process.env.BENCH_FOLD === 'off')
  composed.app.workers.splice(0, Infinity, ...composed.app.workers.filter(({ name }) => name !== 'indicator-fold'))
const serving = await serve(composed)
console.log(serving.port)
process.on('SIGTERM', () => void serving.close(2000).then(() => process.exit(0)))
