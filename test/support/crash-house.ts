import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBuilt } from '../../scripts/build.mjs'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { places, stopServer } from '../../src/kernel/database/embedded/cluster.ts'
import { findRunning, startEmbedded } from '../../src/kernel/database/embedded.ts'
import { type Database, openDatabase, type Province } from '../../src/kernel/database/index.ts'
import { createProvince, migrate } from '../../src/kernel/database/migrate.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { migrationsFolder, projectRoot } from '../../src/kernel/paths.ts'
import { serve } from '../../src/main.ts'
import { furnish } from './house.ts'

/** A furnished house in a data folder of its own, whose server and database run as processes that can be killed. */
export interface CrashHouse {
  readonly folder: string
  readonly province: Province
  readonly origin: string
  /** File that whoever starts PostgreSQL holds: held by a test, the database stays down. */
  readonly databaseLock: string
  /** Starts `cuaso start` and waits until it is ready. `through` is the launcher people use, or the server without it. */
  open(through?: 'launcher' | 'server'): Promise<void>
  /** Process of the server (or its launcher). */
  readonly server: ChildProcess | undefined
  databasePid(): Promise<number>
  killServer(): Promise<void>
  killDatabase(): Promise<void>
  /** As Ctrl-C. */
  stopServer(): Promise<void>
  /** Works with the database itself, whoever runs it. */
  withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>
  remove(): Promise<void>
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Waits until it is so; says what it waited for when that takes too long. */
export async function until(what: string, wanted: () => Promise<boolean>, patience = 60_000): Promise<void> {
  for (const end = Date.now() + patience; !(await wanted()); await sleep(25))
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s in vain until ${what}`)
}

async function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

/**
 * Furnishes a province on an embedded database with its production settings (fsync on), lets `signIn` sign people in through the real
 * pages while it is open here (the stand-in for VNeID belongs to the demo), and closes it again.
 */
export async function crashHouse<T>(signIn: (origin: string) => Promise<T>): Promise<{ house: CrashHouse; people: T }> {
  const build = await ensureBuilt(projectRoot)
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-house-crash-'))
  const database = await startEmbedded({ dataDir: folder })
  const options = { ownerUrl: database.ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
  await migrate(options)
  const province = await createProvince(options, { slug: 'ca-mau', name: 'Tỉnh Cà Mau', code: '96' })
  const config = readConfig({ CUASO_DATA: folder, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' })
  const db = openDatabase({ url: database.appUrl, max: 8 })
  const port = await freePort()
  const composed = await compose({ config: { ...config, PORT: port }, log: createLog('silent'), db, province, owner: options })
  await furnish(composed.app)
  const here = await serve(composed)
  const people = await signIn(`http://localhost:${here.port}`)
  await here.close(2000)
  await database.stop()

  const origin = `http://127.0.0.1:${port}`
  // Not this process's environment: the test runner puts settings of its own (BASE_URL, DEV …) there.
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder, CUASO_DATA: folder, CUASO_BUILD: build, PORT: `${port}`, HOST: '127.0.0.1' },
    ...{ DEMO: 'false', PROVINCE: 'ca-mau', RATE_LIMIT: '1000000', LOG_LEVEL: process.env.CUASO_CRASH_LOG ?? 'silent' },
  }
  let server: ChildProcess | undefined
  const databasePid = async (): Promise<number> => (await findRunning(folder))?.pid ?? 0
  const house: CrashHouse = {
    folder,
    province,
    origin,
    databaseLock: places(folder).lock,
    get server() {
      return server
    },
    open: async (through = 'server') => {
      const script =
        through === 'launcher'
          ? [join(projectRoot, 'bin/cuaso.mjs')]
          : ['--enable-source-maps', '--disable-warning=ExperimentalWarning', join(build, 'server/cli.js')]
      const child = spawn(process.execPath, [...script, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
      server = child
      await until('the server is ready', async () => {
        if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
        return fetch(`${origin}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        )
      })
    },
    databasePid,
    killServer: async () => server && gone(server, 'SIGKILL'),
    killDatabase: async () => {
      const pid = await databasePid()
      if (pid) process.kill(pid, 'SIGKILL')
    },
    stopServer: async () => server && gone(server, 'SIGTERM'),
    withDatabase: async (work) => {
      const used = await startEmbedded({ dataDir: folder })
      const opened = openDatabase({ url: used.appUrl, max: 2 })
      try {
        return await work(opened)
      } finally {
        await opened.close()
        await used.stop()
      }
    },
    remove: async () => {
      await house.killServer()
      await stopServer(folder)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return { house, people }
}
