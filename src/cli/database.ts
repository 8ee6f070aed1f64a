import { setTimeout as sleep } from 'node:timers/promises'
import { type Config, readConfig } from '../kernel/config/index.ts'
import { startEmbedded } from '../kernel/database/embedded.ts'
import { APP_ROLE, type Foreign, useForeign } from '../kernel/database/foreign.ts'
import { type Database, openDatabase, type Province, schemaOf } from '../kernel/database/index.ts'
import { type MigrateOptions, migrate } from '../kernel/database/migrate.ts'
import { createLog, type Log } from '../kernel/log/index.ts'
import { migrationsFolder } from '../kernel/paths.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { Exit } from './command.ts'

/** A database ready to be used: its addresses and role, whoever runs it. */
export interface Opened extends Foreign {
  readonly config: Config
  readonly log: Log
  /** As the application. */
  readonly db: Database
  /** Process id of the embedded server; undefined when the province brings its own. */
  readonly embeddedPid?: number
  readonly migration: MigrateOptions
  close(): Promise<void>
}

export interface OpenOptions {
  /** Start the embedded server again when it dies; `onLost` hears when that fails. */
  readonly supervise?: boolean
  readonly onLost?: (error: Error) => void
}

interface Address extends Foreign {
  readonly embeddedPid?: number
  stop(): Promise<void>
}

async function findAddress(config: Config, log: Log, options: OpenOptions): Promise<Address> {
  if (config.DATABASE_URL) return { ...(await useForeign(config.DATABASE_URL, config.DATABASE_APP_URL)), stop: async () => undefined }
  const embedded = await startEmbedded({ dataDir: config.CUASO_DATA, log: (line) => log.info(line), ...options })
  const { ownerUrl, appUrl, pid } = embedded
  return { ownerUrl, appUrl, appRole: APP_ROLE, embeddedPid: pid, stop: embedded.stop }
}

/** Finds or starts the database. Close it, or the embedded server stays. Throws StartupError with one clear line. */
export async function openFor(config: Config, options: OpenOptions = {}): Promise<Opened> {
  const log = createLog(config.LOG_LEVEL)
  const { stop, ...address } = await findAddress(config, log, options)
  const db = openDatabase({
    url: address.appUrl,
    role: address.role,
    max: config.DATABASE_POOL,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  })
  const close = async (): Promise<void> => {
    // Work cut short by Ctrl-C may hold a connection for long; PostgreSQL rolls it back when it stops.
    await Promise.race([db.close(), sleep(PATIENCE_MS, undefined, { ref: false })])
    await stop()
  }
  return {
    config,
    log,
    ...address,
    db,
    close,
    migration: { ownerUrl: address.ownerUrl, appRole: address.appRole, folder: migrationsFolder },
  }
}

/** Settings for a command: quieter than the server, so that its own output stays readable. */
export const commandConfig = (): Config => readConfig({ LOG_LEVEL: 'warn', ...process.env })

const PATIENCE_MS = 2000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a command's work with a migrated database and gives the database back after it, also on Ctrl-C.
 * The running server's database is used when there is one.
 */
export async function withDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await openFor(commandConfig())
  let interrupt: (signal: NodeJS.Signals) => void = () => undefined
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt = (signal) => reject(new Exit(signal === 'SIGINT' ? 130 : 143))
  })
  for (const signal of SIGNALS) process.once(signal, interrupt)
  try {
    return await Promise.race([
      (async () => {
        await migrate(opened.migration)
        return work(opened)
      })(),
      interrupted,
    ])
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt)
    await opened.close()
  }
}

/** The province a command is about: `--province`, else the one this installation serves. Throws StartupError when it is not there. */
export async function getProvince(opened: Opened, slug = opened.config.PROVINCE): Promise<Province> {
  const found = await findProvince(opened, slug)
  if (found) return found
  throw new StartupError({
    vi: `chưa có tỉnh "${slug}"; tạo bằng: cuaso init --province ${slug} --name … --code …`,
    en: `there is no province "${slug}"; make it with: cuaso init --province ${slug} --name … --code …`,
  })
}

/** The province with this name, or nothing. */
export async function findProvince(opened: Opened, slug: string): Promise<Province | undefined> {
  try {
    schemaOf(slug)
  } catch (error) {
    throw new StartupError({ vi: `"${slug}" không dùng làm tên tỉnh được`, en: (error as Error).message })
  }
  return opened.db.shared((tx) =>
    tx.selectFrom('province').select(['slug', 'schema', 'name', 'code']).where('slug', '=', slug).executeTakeFirst(),
  )
}
