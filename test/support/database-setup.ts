import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { stopServer } from '../../src/kernel/database/embedded/cluster.ts'
import { processMark } from '../../src/kernel/database/embedded/process-mark.ts'
import { startEmbedded } from '../../src/kernel/database/embedded.ts'
import { createProvince, migrate } from '../../src/kernel/database/migrate.ts'
import { migrationsFolder } from '../../src/kernel/paths.ts'

export interface TestServer {
  /** May create databases; owns the template. Names the database `postgres` or whatever the login starts in. */
  readonly ownerUrl: string
  readonly appUrl: string
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    database: TestServer
  }
}

interface Started {
  server: TestServer
  stop(): Promise<void>
}

const PREFIX = 'cuaso-test-'

/** Safe only because tests have nothing to lose. */
const fast = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '64MB', max_connections: '200' }

const withDatabase = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A run that was killed leaves its server and folder; the next run clears them away. */
async function clearAway(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (!pid || processMark(pid) !== undefined) continue
    await stopServer(join(tmpdir(), name))
    await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

async function embedded(): Promise<{ ownerUrl: string; appUrl: string; stop(): Promise<void> }> {
  await clearAway()
  const dataDir = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  await chmod(dataDir, 0o755)
  const running = await startEmbedded({ dataDir, settings: fast })
  const stop = async (): Promise<void> => {
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ownerUrl: running.ownerUrl, appUrl: running.appUrl, stop }
}

/** Any PostgreSQL 15–18 whose login may create databases and roles. */
async function foreign(ownerUrl: string): Promise<{ ownerUrl: string; appUrl: string; stop(): Promise<void> }> {
  const password = 'cuaso-test'
  await query(
    ownerUrl,
    `do $$ begin create role cuaso_app; exception when duplicate_object or unique_violation then null; end $$`,
    `alter role cuaso_app login password '${password}'`,
  )
  const appUrl = Object.assign(new URL(ownerUrl), { username: 'cuaso_app', password }).href
  return { ownerUrl, appUrl, stop: async () => undefined }
}

async function start(): Promise<Started> {
  const url = process.env.TEST_DATABASE_URL
  const running = url ? await foreign(url) : await embedded()
  const template = `cuaso_template_${process.pid}`
  const { ownerUrl, appUrl } = running
  try {
    await query(ownerUrl, `drop database if exists ${template}`, `create database ${template} template template0 encoding 'UTF8'`)
    const options = { ownerUrl: withDatabase(ownerUrl, template), appRole: 'cuaso_app', folder: migrationsFolder }
    await migrate(options)
    await createProvince(options, { slug: 'ca-mau', name: 'Tỉnh Cà Mau', code: '96' })
  } catch (error) {
    await running.stop()
    throw error
  }
  const stop = async (): Promise<void> => {
    if (url) await query(ownerUrl, `drop database if exists ${template} with (force)`)
    await running.stop()
  }
  return { server: { ownerUrl, appUrl, template }, stop }
}

// Each project calls this once; all of one run share the server, and the last one out stops it.
const shared = globalThis as { [key: symbol]: { started: Promise<Started>; users: number } | undefined }
const KEY = Symbol.for('cuaso.test.database')

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared[KEY] ??= { started: start(), users: 0 }
  const entry = shared[KEY]
  entry.users += 1
  const { server, stop } = await entry.started
  project.provide('database', server)
  return async () => {
    entry.users -= 1
    if (entry.users > 0) return
    shared[KEY] = undefined
    await stop()
  }
}
