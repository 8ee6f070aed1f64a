import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Composed, compose } from '../../src/compose.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { type Credentials, furnish, jsonHeaders } from '../../test/support/house.ts'
import { openStage, type Stage } from './stage.ts'

export { type Credentials, signInCitizen, signInOfficer } from '../../test/support/house.ts'

export interface House extends Stage {
  readonly composed: Composed
}

/** A province with its units, catalogue, forms and people, without a dossier; composed in this process. */
export async function openHouse(options: { max?: number } = {}): Promise<House> {
  const stage = await openStage({ ...options, province: { slug: 'ca-mau', name: 'Tỉnh Cà Mau', code: '96' } })
  const config = readConfig({ CUASO_DATA: stage.dataDir, RATE_LIMIT: '100000000', PORT: '0' })
  const composed = await compose({ config, log: createLog('error'), db: stage.db, province: stage.province, baseUrl: 'http://127.0.0.1' })
  await furnish(composed.app)
  return { ...stage, composed }
}

export interface Server {
  readonly origin: string
  readonly pid: number
  stop(): Promise<void>
}

/** The real server in a process of its own, over the house's database; without its fold where deltas must stay pending. */
export async function startServer(house: House, { fold = true } = {}): Promise<Server> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
      join(process.env.CUASO_BENCH ?? import.meta.dirname, 'serve.js'),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        CUASO_DATA: house.dataDir,
        BENCH_FOLD: fold ? 'on' : 'off',
        BENCH_APP_URL: house.appUrl,
        BENCH_OWNER_URL: house.ownerUrl,
        RATE_LIMIT: '100000000',
        PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'error',
        DATABASE_POOL: '16',
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    child.stdout?.once('data', (line: Buffer) => resolve(Number(line.toString())))
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit')
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Sends JSON as a page of ours would; throws when it is not the status expected. */
export async function sendJson(
  origin: string,
  who: Credentials,
  path: string,
  body: unknown,
  expected = 201,
): Promise<Record<string, unknown>> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: jsonHeaders(who),
    body: JSON.stringify(body),
  })
  if (response.status !== expected) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}
