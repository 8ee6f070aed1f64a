import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Composed, compose } from '../../src/compose.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { seedDemo } from '../../src/modules/identity/index.ts'
import { loadOrganisationData, refreshDirectory } from '../../src/modules/organisation/index.ts'
import { Visitor } from '../../test/support/visitor.ts'
import { openStage, type Stage } from './stage.ts'

export interface House extends Stage {
  readonly composed: Composed
}

/** A province with its units, catalogue, forms and people, without a dossier; composed in this process. */
export async function openHouse(options: { max?: number } = {}): Promise<House> {
  const stage = await openStage({ ...options, province: { slug: 'ca-mau', name: 'Tỉnh Cà Mau', code: '96' } })
  const config = readConfig({ CUASO_DATA: stage.dataDir, RATE_LIMIT: '100000000', PORT: '0' })
  const composed = await compose({ config, log: createLog('error'), db: stage.db, province: stage.province, baseUrl: 'http://127.0.0.1' })
  await loadOrganisationData(composed.app, stage.province)
  await refreshDirectory(stage.db, stage.province)
  await loadCatalogue(composed.app, stage.province)
  await loadForms(composed.app, stage.province)
  await seedDemo(composed.app, stage.province)
  return { ...stage, composed }
}

export interface Server {
  readonly origin: string
  readonly pid: number
  stop(): Promise<void>
}

/** The real server in a process of its own, over the house's database. */
export async function startServer(house: House): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'serve.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, CUASO_DATA: house.dataDir, BENCH_APP_URL: house.appUrl, BENCH_OWNER_URL: house.ownerUrl, RATE_LIMIT: '100000000', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', DATABASE_POOL: '16' },
  })
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

export interface Credentials {
  readonly cookie: string
  readonly csrf: string
}

const csrfOf = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** Signs a demo officer in through the real pages. */
export async function signInOfficer(origin: string, username: string): Promise<Credentials> {
  const visitor = new Visitor((request) => fetch(request), origin)
  await visitor.submit('/dang-nhap/can-bo', { username, password: 'cuaso-demo-2026' })
  const page = await (await visitor.get('/tai-khoan')).text()
  return { cookie: `cuaso_session=${visitor.cookie('cuaso_session')}`, csrf: csrfOf(page) }
}

/** Signs a demo citizen in through the stand-in for VNeID. */
export async function signInCitizen(origin: string, number: string): Promise<Credentials> {
  const visitor = new Visitor((request) => fetch(request), origin)
  const arrived = await visitor.follow(await visitor.get('/dang-nhap/vneid'))
  const form = await arrived.response.text()
  const names = [...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*>/g)].map((match) => match[1] ?? '')
  const numberField = names.find((name) => !name.startsWith('_') && !/pass|mat-khau/.test(name)) ?? 'number'
  const passwordField = names.find((name) => /pass|mat-khau/.test(name)) ?? 'password'
  const path = arrived.way.at(-1) ?? ''
  await visitor.follow(await visitor.post(path, { _csrf: csrfOf(form), [numberField]: number, [passwordField]: 'congdan-2026' }))
  const page = await (await visitor.get('/tai-khoan')).text()
  if (!visitor.cookie('cuaso_session')) throw new Error('the citizen could not sign in')
  return { cookie: `cuaso_session=${visitor.cookie('cuaso_session')}`, csrf: csrfOf(page) }
}

/** Sends JSON as a page of ours would; throws when it is not the status expected. */
export async function sendJson(origin: string, who: Credentials, path: string, body: unknown, expected = 201): Promise<Record<string, unknown>> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: who.cookie, 'x-csrf-token': who.csrf, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(body),
  })
  if (response.status !== expected) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}
