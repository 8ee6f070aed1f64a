import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { compose } from '../../src/compose.ts'
import type { App } from '../../src/kernel/app.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { testDatabase } from './database.ts'
import { furnish } from './house.ts'
import { listen } from './visitor.ts'

export interface OpenHouse {
  readonly app: App
  readonly baseUrl: string
  /** For what only the owner of the database may do, such as making another province. */
  readonly ownerUrl: string
}

/**
 * The house as people find it: agencies, procedures, forms, officers and citizens of the demo, listening on a port of its own. No dossier yet.
 * Call once at the top of a test file; closes after its last test.
 */
export async function openHouse(): Promise<OpenHouse> {
  const { db, province, ownerUrl } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-house-'))
  const config = readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent', RATE_LIMIT: '1000000' })
  const composed = await compose({ config, log: createLog('silent'), db, province })
  const { app } = composed
  await furnish(app)
  const server = await listen((request) => composed.web.fetch(request))
  afterAll(async () => {
    composed.stopStreams()
    await server.close()
    for (const worker of app.workers) await worker.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return { app, baseUrl: server.origin, ownerUrl }
}
