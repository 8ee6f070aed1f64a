import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/build.mjs'
import { stopServer } from '../../src/kernel/database/embedded/cluster.ts'
import { findRunning } from '../../src/kernel/database/embedded.ts'
import { projectRoot } from '../../src/kernel/paths.ts'

interface Ended {
  code: number | null
  out: string
  error: string
}

const folder = await mkdtemp(join(tmpdir(), 'cuaso-start-'))
const running = new Set<ChildProcess>()
let port = 0

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const found = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
  return found
}

/** `cuaso …` as a person would type it, on this test's own data folder, without the demo. */
function cuaso(
  words: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended>; said(text: string): Promise<void> } {
  const child = spawn(process.execPath, [join(projectRoot, 'bin/cuaso.mjs'), ...words], {
    env: {
      // Not this process's environment: the test runner puts settings of its own (BASE_URL, DEV …) there.
      PATH: process.env.PATH,
      HOME: folder,
      CUASO_DATA: folder,
      PORT: `${port}`,
      HOST: '127.0.0.1',
      DEMO: 'false',
      PROVINCE: 'thu',
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString()
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, error }))
  return { child, ended, said: (text) => until(async () => out.includes(text)) }
}

const answers = async (path = '/healthz'): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    (response) => response.ok,
    () => false,
  )

async function until(wanted: () => Promise<boolean>, patience = 60_000): Promise<void> {
  for (const end = Date.now() + patience; !(await wanted()); await sleep(50))
    if (Date.now() > end) throw new Error('it did not come to that')
}

beforeAll(async () => {
  await ensureBuilt(projectRoot)
  port = await freePort()
  const made = await cuaso(['init', '--province', 'thu', '--name', 'Tỉnh Thử', '--code', '99', '--empty']).ended
  expect(made, made.error).toMatchObject({ code: 0, out: expect.stringContaining('Tỉnh Thử') })
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})
afterAll(async () => {
  await stopServer(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

test('Ctrl-C, pressed once but heard three times, closes the doors and stops the database', async () => {
  const { child, ended, said } = cuaso(['start'])
  await said('đã mở cửa')
  for (let press = 0; press < 3; press += 1) child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 0, error: '' })
  expect(await findRunning(folder)).toBeUndefined()
})

test('a killed PostgreSQL is started again by the server, which is ready again by itself', async () => {
  const { child, ended, said } = cuaso(['start'])
  await said('đã mở cửa')
  const before = (await findRunning(folder))?.pid ?? 0
  process.kill(before, 'SIGKILL')
  await until(async () => ![undefined, before].includes((await findRunning(folder))?.pid))
  await until(() => answers('/readyz'))
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('a killed launcher takes the server and the database with it, in order', async () => {
  const { child } = cuaso(['start'])
  await until(answers)
  child.kill('SIGKILL')
  await until(async () => !(await answers()) && (await findRunning(folder)) === undefined)
})

test('a busy port, a wrong DATABASE_URL and a wrong setting are one clear line each, exit code 1', async () => {
  const squatter = createServer().listen(port, '127.0.0.1')
  await once(squatter, 'listening')
  const busy = await cuaso(['start']).ended
  await new Promise((resolve) => squatter.close(resolve))
  const nobody = await cuaso(['start'], { DATABASE_URL: 'postgres://me:secret-word@127.0.0.1:1/db' }).ended
  const wrong = await cuaso(['start'], { LOG_LEVEL: 'loud' }).ended
  for (const { code, error } of [busy, nobody, wrong]) {
    expect(code).toBe(1)
    expect(error.trim().split('\n')).toHaveLength(1)
    expect(error).not.toContain('secret-word')
  }
  expect(busy.error).toContain(`cổng ${port}`)
  expect(nobody.error).toContain('127.0.0.1:1')
  expect(wrong.error).toContain('LOG_LEVEL')
})

test('a command beside a running server uses its database and leaves it running', async () => {
  const { child, ended } = cuaso(['start'])
  await until(answers)
  const before = await findRunning(folder)
  const made = await cuaso(['init', '--province', 'thu-hai', '--name', 'Tỉnh Thử Hai', '--code', '98', '--json']).ended
  expect(JSON.parse(made.out)).toMatchObject({ slug: 'thu-hai', schema: 'thu_hai', created: true })
  expect((await findRunning(folder))?.pid).toBe(before?.pid)
  expect(await answers('/readyz')).toBe(true)
  child.kill('SIGTERM')
  await ended
})
