import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stopServer } from '../../src/kernel/database/embedded/cluster.ts'
import { type Address, findRunning, startEmbedded } from '../../src/kernel/database/embedded.ts'
import { StartupError } from '../../src/kernel/startup-error.ts'

let folder = ''
const users = new Set<ChildProcess>()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuaso-crash-'))
})
afterEach(async () => {
  for (const user of users) user.kill('SIGKILL')
  users.clear()
  await stopServer(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Another process that uses the folder's database. */
function use(mode = 'plain'): ChildProcess {
  const script = join(import.meta.dirname, '../support/use-database.ts')
  const user = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  users.add(user)
  return user
}

async function address(user: ChildProcess): Promise<Address> {
  const lines = createInterface({ input: user.stdout as NodeJS.ReadableStream })
  const [line] = (await once(lines, 'line')) as [string]
  return JSON.parse(line) as Address
}

async function leave(user: ChildProcess): Promise<void> {
  const gone = once(user, 'exit')
  user.stdin?.end()
  await gone
  users.delete(user)
}

async function kill(user: ChildProcess): Promise<void> {
  const gone = once(user, 'exit')
  user.kill('SIGKILL')
  await gone
  users.delete(user)
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows as unknown[]
  } finally {
    await client.end()
  }
}

/** Tries until it works; the last failure counts. */
async function eventually<T>(work: () => Promise<T>, patience = 20_000): Promise<T> {
  for (const until = Date.now() + patience; ; await sleep(100)) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

test('two commands started at once on a new folder share one server, and the last to leave stops it', async () => {
  const [one, two] = [use(), use()]
  const [a, b] = await Promise.all([address(one), address(two)])
  expect(a).toEqual(b)
  await leave(one)
  expect(await query(b.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  await leave(two)
  expect(await findRunning(folder)).toBeUndefined()
})

test('a server whose user was killed is used by the next start, and stopped at its end', async () => {
  const first = use()
  const before = await address(first)
  await query(before.ownerUrl, 'create table kept (n int primary key); insert into kept values (7)')
  await kill(first)
  const next = await startEmbedded({ dataDir: folder })
  expect(next.pid).toBe(before.pid)
  expect(await query(next.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
  await next.stop()
  expect(await findRunning(folder)).toBeUndefined()
})

test('a killed PostgreSQL comes back at the same address with everything that was committed', async () => {
  const user = use('supervise')
  const before = await address(user)
  await query(before.ownerUrl, 'create table kept (n int primary key); insert into kept select generate_series(1, 1000)')
  for (let round = 0; round < 2; round += 1) {
    process.kill((await findRunning(folder))?.pid ?? before.pid, 'SIGKILL')
    expect(await eventually(() => query(before.ownerUrl, 'select count(*)::int as n from kept'))).toEqual([{ n: 1000 }])
  }
  await leave(user)
})

test('both killed at once: the next start recovers', async () => {
  const user = use('supervise')
  const { ownerUrl, pid } = await address(user)
  await query(ownerUrl, 'create table kept (n int primary key); insert into kept values (7)')
  user.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  const next = await startEmbedded({ dataDir: folder })
  expect(await query(next.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
  await next.stop()
})

test('a first start cut short leaves nothing half made', async () => {
  const cut = use()
  while (!(await readdir(folder)).some((name) => name.startsWith('pg.new-'))) await sleep(10)
  await sleep(150)
  await kill(cut)
  expect(await readdir(folder)).not.toContain('pg')
  const next = await startEmbedded({ dataDir: folder })
  expect(await query(next.appUrl, 'select current_user as who')).toEqual([{ who: 'cuaso_app' }])
  expect((await readdir(folder)).filter((name) => name.startsWith('pg.'))).toEqual([])
  await next.stop()
})

test('a pid file that names somebody else’s process, a busy port and lost passwords do not stop a start', async () => {
  const first = await startEmbedded({ dataDir: folder })
  const pidFile = join(folder, 'pg/postmaster.pid')
  const text = await readFile(pidFile, 'utf8')
  const port = Number(new URL(first.ownerUrl).port)
  await first.stop()

  const stranger = spawn('sleep', ['60'])
  await writeFile(pidFile, text.replace(/^\d+/, `${stranger.pid}`))
  await rm(join(folder, 'secrets.json'))
  const squatter = createServer().listen(port, '127.0.0.1')
  await once(squatter, 'listening')

  const next = await startEmbedded({ dataDir: folder })
  expect(new URL(next.ownerUrl).port).not.toBe(`${port}`)
  expect(new URL(next.ownerUrl).password).not.toBe(new URL(first.ownerUrl).password)
  expect(await query(next.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  await next.stop()
  squatter.close()
  stranger.kill()
})

test('a cluster that was never finished is set aside; a damaged one is told in one line', async () => {
  await mkdir(join(folder, 'pg/base'), { recursive: true })
  await writeFile(join(folder, 'pg/PG_VERSION'), '18\n')
  const fresh = await startEmbedded({ dataDir: folder })
  expect(await query(fresh.appUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  await fresh.stop()
  expect((await readdir(folder)).filter((name) => name.startsWith('pg.unfinished-'))).toHaveLength(1)
  await rm(join(folder, 'pg/global/pg_control'))
  await expect(startEmbedded({ dataDir: folder })).rejects.toThrow(/bị hỏng.*damaged/)
})

test('a data folder that cannot be a folder is told in one line', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(startEmbedded({ dataDir: join(folder, 'file') })).rejects.toThrow(StartupError)
  await expect(startEmbedded({ dataDir: join(folder, 'file/below') })).rejects.toThrow(/không phải thư mục.*not a folder/)
})

test('only the two roles may sign in, each with its own password', async () => {
  const { ownerUrl, appUrl, stop } = await startEmbedded({ dataDir: folder })
  const superuser = Object.assign(new URL(ownerUrl), { username: 'postgres' }).href
  await expect(query(superuser, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  await expect(query(Object.assign(new URL(appUrl), { password: new URL(ownerUrl).password }).href, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  })
  await expect(query(appUrl, 'create schema mine')).rejects.toMatchObject({ code: '42501' })
  await stop()
})
