import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/kernel/database/embedded.ts'
import { type Database, openDatabase, type Province } from '../../src/kernel/database/index.ts'
import { createProvince, migrate } from '../../src/kernel/database/migrate.ts'
import { migrationsFolder as folder } from '../../src/kernel/paths.ts'

export interface Stage {
  readonly db: Database
  readonly province: Province
  readonly ownerUrl: string
  readonly appUrl: string
  readonly dataDir: string
  close(): Promise<void>
}

/** A fresh embedded PostgreSQL with its production settings (fsync on) and one empty province. */
export async function openStage(options: { max?: number; province?: { slug: string; name: string; code: string } } = {}): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cuaso-bench-'))
  const server = await startEmbedded({ dataDir })
  const migrateOptions = { ownerUrl: server.ownerUrl, appRole: 'cuaso_app', folder }
  await migrate(migrateOptions)
  const province = await createProvince(migrateOptions, options.province ?? { slug: 'bench', name: 'Tỉnh đo lường', code: '00' })
  const db = openDatabase({ url: server.appUrl, max: options.max ?? 16 })
  return {
    db,
    province,
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
    dataDir,
    close: async () => {
      await db.close()
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Runs `clients` loops of `work` for `seconds`; returns pieces done per second. */
export async function perSecond(
  clients: number,
  seconds: number,
  work: (client: number, turn: number) => Promise<unknown>,
): Promise<number> {
  const end = performance.now() + seconds * 1000
  const started = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: clients }, async (_none, client) => {
      for (let turn = 0; performance.now() < end; turn += 1) {
        await work(client, turn)
        done += 1
      }
    }),
  )
  return done / ((performance.now() - started) / 1000)
}
