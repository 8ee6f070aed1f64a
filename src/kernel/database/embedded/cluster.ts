import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainDisk, StartupError } from '../../startup-error.ts'
import { findBinaries, program } from './binaries.ts'
import { processMark, worksIn } from './process-mark.ts'
import { ensureSecrets, fingerprint, type Secrets } from './secrets.ts'
import { settings } from './settings.ts'
import { checkOwner, chooseWay, giveTo, type Way } from './way.ts'

const MAJOR = '18'
/** Holds the fingerprint of the passwords the cluster was given. */
const FINISHED = 'cuaso.secrets'
const LOG_LIMIT = 20 * 1024 * 1024
const ENV = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }

/** Where the parts of an embedded database lie in its data folder. */
export const places = (dataDir: string) => ({
  cluster: join(dataDir, 'pg'),
  log: join(dataDir, 'postgres.log'),
  port: join(dataDir, 'postgres.port'),
  lock: join(dataDir, 'postgres.lock'),
  leases: join(dataDir, 'leases'),
})

export interface Running {
  readonly pid: number
  readonly port: number
}

/** The server that runs on this folder, and whether it accepts connections yet. */
export async function findServer(dataDir: string): Promise<(Running & { ready: boolean }) | undefined> {
  const { cluster } = places(dataDir)
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!pid || !worksIn(pid, cluster)) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

function run(
  way: Way,
  folder: string,
  name: 'initdb' | 'postgres',
  args: string[],
  input = '',
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const [file, ...rest] = [...way.prefix, program(way.binaries, name), ...args]
    const child = spawn(file as string, rest, { ...way.identity, cwd: folder, env: ENV, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** Runs statements (one a line) in a server without network or users: how roles and the database come to be. */
async function single(way: Way, folder: string, database: string, statements: string[]): Promise<void> {
  const args = ['--single', '-D', way.data(folder), '-c', 'log_checkpoints=off', '-c', 'exit_on_error=on', database]
  const { code, output } = await run(way, folder, 'postgres', args, `${statements.join('\n')}\n`)
  if (code !== 0) throw failed(output)
}

/** The reason a PostgreSQL program gave, as one line. */
function failed(output: string): StartupError {
  if (/No space left on device/.test(output)) return explainDisk({ code: 'ENOSPC' }, 'PostgreSQL') as StartupError
  if (/Read-only file system/.test(output)) return explainDisk({ code: 'EROFS' }, 'PostgreSQL') as StartupError
  const line = output
    .split('\n')
    .filter((text) => /FATAL|PANIC|ERROR|error:|could not/.test(text))
    .at(-1)
    ?.replace(/^.*?(?:FATAL|PANIC|ERROR|error):\s*/, '')
  return new StartupError({
    vi: `PostgreSQL không chạy được: ${line ?? 'không rõ lý do'}`,
    en: `PostgreSQL does not start: ${line ?? 'no reason given'}`,
  })
}

const setPasswords = (verb: 'CREATE' | 'ALTER', secrets: Secrets): string[] => [
  `${verb} ROLE cuaso_owner LOGIN CREATEDB PASSWORD '${secrets.owner}'`,
  `${verb} ROLE cuaso_app LOGIN PASSWORD '${secrets.app}'`,
]

/** Makes a new cluster beside its place and moves it in whole, so a start that is cut short leaves nothing half made. */
async function initialise(dataDir: string, secrets: Secrets, sync: boolean): Promise<Way> {
  const { cluster } = places(dataDir)
  const draft = `${cluster}.new-${process.pid}`
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('pg.new-')) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  }
  await mkdir(draft, { mode: 0o700 })
  const way = chooseWay(findBinaries(), draft)
  await giveTo(way, draft)
  const made = await run(way, draft, 'initdb', [
    ...['-D', way.data(draft), '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--auth=reject', ...(sync ? [] : ['--no-sync'])],
  ])
  if (made.code !== 0) throw failed(made.output)
  // Nobody can sign in as the superuser: it has no password, and there is no other way in.
  await writeFile(join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
  await single(way, draft, 'postgres', [
    ...setPasswords('CREATE', secrets),
    // The owner may do all that the application may, and end its sessions.
    'GRANT cuaso_app TO cuaso_owner',
    'CREATE DATABASE cuaso OWNER cuaso_owner',
    'REVOKE ALL ON DATABASE cuaso FROM PUBLIC',
    'GRANT CONNECT ON DATABASE cuaso TO cuaso_app',
  ])
  await single(way, draft, 'cuaso', ['CREATE EXTENSION pg_trgm SCHEMA public'])
  await writeFile(join(draft, FINISHED), fingerprint(secrets))
  await rename(draft, cluster)
  return way
}

/** Whether a cluster stands in its place. One that was never finished is set aside; one that is damaged is left alone and told. */
async function isMade(cluster: string, log?: (line: string) => void): Promise<boolean> {
  const owner = (await stat(cluster).catch(() => undefined))?.uid
  if (owner === undefined) return false
  checkOwner(cluster, owner)
  // Written last when a cluster is made, see initialise.
  if (!existsSync(join(cluster, FINISHED))) {
    const aside = `${cluster}.unfinished-${Date.now()}`
    await rename(cluster, aside)
    log?.(`${cluster} chưa tạo xong, đã chuyển sang ${aside} / was never finished and was moved to ${aside}`)
    return false
  }
  if (existsSync(join(cluster, 'PG_VERSION')) && existsSync(join(cluster, 'global/pg_control'))) return true
  throw new StartupError({
    vi: `${cluster} bị hỏng (thiếu tệp); hãy khôi phục từ bản sao lưu, hoặc chuyển thư mục này đi để bắt đầu lại`,
    en: `${cluster} is damaged (files are missing); restore a backup, or move the folder away to begin anew`,
  })
}

/** Checks a cluster made before: version, owner, passwords. */
async function prepare(dataDir: string, secrets: Secrets): Promise<Way> {
  const { cluster } = places(dataDir)
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (version !== MAJOR) {
    throw new StartupError({
      vi: `${cluster} do PostgreSQL ${version} tạo, bản đi kèm là ${MAJOR}; sao lưu bằng bản cũ rồi khôi phục`,
      en: `${cluster} was made by PostgreSQL ${version}, this one is ${MAJOR}; back it up with the old version and restore`,
    })
  }
  const way = chooseWay(findBinaries(), cluster)
  await giveTo(way, cluster)
  await disownStalePid(cluster)
  const known = await readFile(join(cluster, FINISHED), 'utf8').catch(() => '')
  if (known !== fingerprint(secrets)) {
    await single(way, cluster, 'postgres', setPasswords('ALTER', secrets))
    await writeFile(join(cluster, FINISHED), fingerprint(secrets))
  }
  return way
}

/** Any port of 127.0.0.1 that is free now. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/**
 * A dead server's pid may belong to someone else by now, and PostgreSQL would then refuse to start. Writing our own pid there (its
 * parent's, which it knows cannot be a server) keeps the rest of the file, from which it learns whether old workers still run.
 */
async function disownStalePid(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  if (pid && processMark(pid) !== undefined && !worksIn(pid, cluster)) await writeFile(path, text.replace(/^-?\d+/, `${process.pid}`))
}

async function tail(path: string, from: number): Promise<string> {
  return (await readFile(path)).subarray(from).toString()
}

async function launch(way: Way, dataDir: string, port: number, extra: Readonly<Record<string, string>>): Promise<Running | string> {
  const { cluster, log } = places(dataDir)
  await disownStalePid(cluster)
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size > LOG_LIMIT) await truncate(log)
  const from = size > LOG_LIMIT ? 0 : size
  const file = await open(log, 'a', 0o600)
  try {
    const options = Object.entries({ ...settings, ...extra }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const [command, ...args] = [...way.prefix, program(way.binaries, 'postgres'), '-D', way.data(cluster), '-p', `${port}`, ...options]
    // Its own session: Ctrl-C in the terminal reaches us, and we stop it in order; other commands may still use it after us.
    const stdio: ['ignore', number, number] = ['ignore', file.fd, file.fd]
    const child = spawn(command as string, args, { ...way.identity, cwd: cluster, env: ENV, detached: true, stdio })
    let ended = false
    child.on('exit', () => {
      ended = true
    })
    child.on('error', () => {
      ended = true
    })
    child.unref()
    while (!ended) {
      const server = await findServer(dataDir)
      if (server?.ready && server.pid === child.pid) return { pid: server.pid, port: server.port }
      await sleep(15)
    }
    return await tail(log, from)
  } finally {
    await file.close()
  }
}

export interface StartOptions {
  /** Keep the port of the last start even when it is busy for a while: others hold its address. */
  readonly keepPort?: boolean
  /** Settings that replace the usual ones (tests switch fsync off). */
  readonly settings?: Readonly<Record<string, string>>
  readonly log?: (line: string) => void
}

/** Starts the server of this data folder, making the cluster the first time. Call under the folder's lock. */
export async function startServer(dataDir: string, options: StartOptions = {}): Promise<Running> {
  const { cluster, port: portFile } = places(dataDir)
  const made = await isMade(cluster, options.log)
  const secrets = await ensureSecrets(dataDir)
  const way = made ? await prepare(dataDir, secrets) : await initialise(dataDir, secrets, options.settings?.fsync !== 'off')
  let port = Number(await readFile(portFile, 'utf8').catch(() => '')) || (await freePort())
  for (let attempt = 1; ; attempt += 1) {
    const result = await launch(way, dataDir, port, options.settings ?? {})
    if (typeof result !== 'string') {
      await writeFile(portFile, `${port}`)
      return result
    }
    const portBusy = /could not bind|could not create any TCP\/IP sockets/.test(result)
    const workersLeft = /pre-existing shared memory block|is another postmaster|lock file "postmaster.pid" already exists/i.test(result)
    if (attempt >= 40 || !(portBusy || workersLeft)) throw failed(result)
    if (portBusy && !options.keepPort) port = await freePort()
    else await sleep(250)
  }
}

/** Waits until a server that is starting (or recovering after a crash) accepts connections; `undefined` when it went away. */
export async function whenReady(dataDir: string, patience = 120_000): Promise<Running | undefined> {
  const until = Date.now() + patience
  for (;;) {
    const server = await findServer(dataDir)
    if (!server || server.ready) return server
    if (Date.now() > until) {
      throw new StartupError({
        vi: `PostgreSQL (tiến trình ${server.pid}) chưa sẵn sàng sau ${patience / 1000} giây`,
        en: `PostgreSQL (process ${server.pid}) is not ready after ${patience / 1000} seconds`,
      })
    }
    await sleep(50)
  }
}

/** Stops the server: clients are cut off, everything committed is kept. Harder when it does not go by itself. */
export async function stopServer(dataDir: string): Promise<void> {
  const server = await findServer(dataDir)
  if (!server) return
  const mark = processMark(server.pid)
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    process.kill(server.pid, signal)
    for (const until = Date.now() + patience; Date.now() < until; ) {
      if (processMark(server.pid) !== mark) return
      await sleep(15)
    }
  }
}
