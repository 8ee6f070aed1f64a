import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { explainDisk, StartupError } from '../startup-error.ts'
import { findServer, places, type Running, startServer, stopServer, whenReady } from './embedded/cluster.ts'
import { withFileLock } from './embedded/file-lock.ts'
import { countLeases, takeLease } from './embedded/leases.ts'
import { processMark } from './embedded/process-mark.ts'
import { readSecrets } from './embedded/secrets.ts'

export interface EmbeddedOptions {
  /** Folder of the database: its `pg/`, secrets, log and leases lie in it. */
  readonly dataDir: string
  readonly log?: (line: string) => void
  /** Start the server again when it dies while in use (bounded); `onLost` hears when that fails. */
  readonly supervise?: boolean
  readonly onLost?: (error: Error) => void
  /** Settings that replace the usual ones. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface Embedded {
  /** Owner of the database `cuaso`: migrations. */
  readonly ownerUrl: string
  /** The application: no rights until migrations grant them. */
  readonly appUrl: string
  /** Process id of the PostgreSQL server as it runs now. */
  readonly pid: number
  /** Gives the database back; the last user stops the server. Harmless twice. */
  stop(): Promise<void>
}

export interface Address {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly pid: number
}

const ROOM_NEEDED = 96 * 1024 * 1024

async function address(dataDir: string, server: Running): Promise<Address> {
  const secrets = await readSecrets(dataDir)
  if (!secrets) throw new StartupError({ vi: `thiếu ${join(dataDir, 'secrets.json')}`, en: `${join(dataDir, 'secrets.json')} is missing` })
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${server.port}/cuaso`
  return { ownerUrl: url('cuaso_owner', secrets.owner), appUrl: url('cuaso_app', secrets.app), pid: server.pid }
}

/** The running database of this data folder, without using it; `undefined` when none runs or it is not ready. */
export async function findRunning(dataDir: string): Promise<Address | undefined> {
  const folder = resolve(dataDir)
  const server = await findServer(folder)
  return server?.ready && (await readSecrets(folder)) ? address(folder, server) : undefined
}

/** Makes a folder with those above it. (The recursive mkdir of Node hides why it failed on a read-only disk.) */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT') throw error
    await makeFolder(dirname(path))
    await makeFolder(path)
  }
}

/** Makes the folder and proves that it can be written to and has room. Throws StartupError. */
async function prepareFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir)
    const probe = join(dataDir, `.probe-${process.pid}`)
    await writeFile(probe, 'x')
    await rm(probe)
    const { bavail, bsize } = await statfs(dataDir)
    if (bavail * bsize < ROOM_NEEDED) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
  } catch (error) {
    throw explainDisk(error, dataDir)
  }
}

/** What a server says to its owner: it answers, it does not know the password, or it is on its way out. */
async function ask(url: string): Promise<'answers' | 'stranger' | 'silent'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return 'answers'
  } catch (error) {
    const { code = '' } = error as { code?: string }
    // 53300: every connection is taken, so it is well alive.
    return code === '53300' ? 'answers' : code.startsWith('28') ? 'stranger' : 'silent'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The server that already runs and answers. One whose passwords were lost is stopped: it learns new ones when it starts again. */
async function adopt(dataDir: string): Promise<Running | undefined> {
  for (const until = Date.now() + 30_000; ; await sleep(100)) {
    const found = await whenReady(dataDir)
    if (!found) return undefined
    const says = (await readSecrets(dataDir)) ? await ask((await address(dataDir, found)).ownerUrl) : 'stranger'
    if (says === 'answers') return found
    if (says === 'stranger') await stopServer(dataDir)
    else if (Date.now() > until) {
      throw new StartupError({
        vi: `PostgreSQL (tiến trình ${found.pid}) đang chạy nhưng không trả lời`,
        en: `PostgreSQL (process ${found.pid}) runs but does not answer`,
      })
    }
  }
}

async function adoptOrStart(options: EmbeddedOptions, dataDir: string, keepPort: boolean): Promise<Running> {
  const found = await adopt(dataDir)
  if (!found) return startServer(dataDir, { keepPort, settings: options.settings, log: options.log })
  options.log?.(`PostgreSQL đang chạy (tiến trình ${found.pid}), dùng lại / PostgreSQL runs already, used again`)
  return found
}

/**
 * Uses the embedded PostgreSQL of a data folder: finds it running, or starts it, making it the first time. Several processes may do so
 * at once; the last one to `stop()` stops the server. Throws StartupError with one clear line when it cannot be had.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  const { lock, leases } = places(dataDir)
  await prepareFolder(dataDir)

  let stopped = false
  const opened = await withFileLock(lock, async () => {
    const server = await adoptOrStart(options, dataDir, false)
    return { server, release: await takeLease(leases) }
  }).catch((error: unknown) => {
    throw explainDisk(error, dataDir)
  })
  let { server } = opened
  const urls = await address(dataDir, server)

  const restart = async (): Promise<void> => {
    options.log?.('PostgreSQL dừng đột ngột, đang chạy lại / PostgreSQL died, starting it again')
    await withFileLock(lock, async () => {
      if (!stopped) server = await adoptOrStart(options, dataDir, true)
    })
  }

  let mark = processMark(server.pid)
  let busy = false
  const watch = async (): Promise<void> => {
    if (busy || stopped || processMark(server.pid) === mark) return
    busy = true
    try {
      await restart()
      mark = processMark(server.pid)
    } catch (error) {
      clearInterval(timer)
      options.onLost?.(error as Error)
    } finally {
      busy = false
    }
  }
  const timer = options.supervise ? setInterval(watch, 250).unref() : undefined

  return {
    ownerUrl: urls.ownerUrl,
    appUrl: urls.appUrl,
    get pid() {
      return server.pid
    },
    stop: async () => {
      if (stopped) return
      stopped = true
      clearInterval(timer)
      await withFileLock(lock, async () => {
        await opened.release()
        if ((await countLeases(leases)) === 0) await stopServer(dataDir)
      })
    },
  }
}
