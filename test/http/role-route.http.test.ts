import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Composed, compose } from '../../src/compose.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { officerRoles, type Role } from '../../src/kernel/context.ts'
import { refusals } from '../../src/kernel/errors.ts'
import type { Route } from '../../src/kernel/http/routes.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { demoAccounts, demoCitizens, seedDemo } from '../../src/modules/identity/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { csrfIn, Visitor } from '../support/visitor.ts'

/**
 * Who may come in where, decided by a person: one row a route. A new route fails this test until its row is written (or made by
 * `UPDATE_ROLE_ROUTES=1 npx vitest run --project http test/http/role-route` and then read).
 */
const TABLE = join(import.meta.dirname, 'role-route.csv')

const columns = ['anonymous', 'citizen', ...officerRoles] as const
type Column = (typeof columns)[number]
type Row = Record<Column, 'yes' | 'no'>

const { db, province, ownerUrl, appUrl } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'cuaso-roles-'))
const composed: Composed = await compose({
  config: readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent', RATE_LIMIT: '1000000' }),
  log: createLog('silent'),
  db,
  province,
})
const routes: readonly Route[] = [...composed.pages, ...composed.api.map((api) => api.route)]
const keyOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method} ${route.path}`

const visitors = new Map<Column, Visitor>()
const tokens = new Map<Column, string>()

const fresh = (): Visitor => new Visitor((request) => composed.web.fetch(request))

async function citizenIn(): Promise<Visitor> {
  const who = fresh()
  const { way } = await who.follow(await who.get('/dang-nhap/vneid'))
  const { password, citizens } = demoCitizens()
  await who.follow(await who.submit(way.at(-1) ?? '', { number: citizens[0]?.personalNumber ?? '', password }))
  return who
}

async function officerIn(role: Role): Promise<Visitor> {
  const account = demoAccounts().find((one) => one.role === role)
  const who = fresh()
  await who.submit('/dang-nhap/can-bo', { username: account?.username ?? '', password: account?.password ?? '' })
  return who
}

/** Signs a column's person in, and notes the token of their forms. */
async function enter(column: Column): Promise<void> {
  const who = column === 'anonymous' ? fresh() : column === 'citizen' ? await citizenIn() : await officerIn(column)
  const shown = await who.get(column === 'anonymous' ? '/dang-nhap/can-bo' : '/dang-xuat')
  visitors.set(column, who)
  tokens.set(column, csrfIn(await shown.text()))
}

beforeAll(async () => {
  await composed.app.jobs.install(ownerUrl, new URL(appUrl).username)
  await loadOrganisationData(composed.app, province)
  await seedDemo(composed.app, province)
  for (const column of columns) await enter(column)
  if (process.env.UPDATE_ROLE_ROUTES) await writeTable()
}, 120_000)
afterAll(async () => {
  for (const worker of composed.app.workers) await worker.stop()
  await rm(folder, { recursive: true, force: true })
})

// A well-formed id that names nothing: what a route lets in, it answers with "not found".
const fill = (path: string): string =>
  path.replace(/:(id|uid|dossierId)\b/g, '01900000-0000-7000-8000-000000000000').replace(/:\w+/g, 'khong-co')

async function ask(route: Route, column: Column): Promise<Response> {
  const who = visitors.get(column) ?? fresh()
  if (route.method === 'GET') return who.get(fill(route.path))
  const token = tokens.get(column) ?? ''
  if (!route.path.startsWith('/api/')) return who.post(fill(route.path), { _csrf: token })
  const headers = { 'content-type': 'application/json', 'x-csrf-token': token, 'sec-fetch-site': 'same-origin' }
  return who.send(fill(route.path), { method: route.method, body: '{}', headers })
}

const closedDoor = [refusals.signInNeeded, refusals.denied].flatMap(({ code, message }) => [code, message.vi])

interface Outcome {
  readonly status: number
  /** Turned away for who they are, not for what they sent. */
  readonly refused: boolean
}

async function tryDoor(route: Route, column: Column): Promise<Outcome> {
  const response = await ask(route, column)
  const { status } = response
  const turned = status === 401 || status === 403
  const text = turned ? await response.text() : ''
  if (!turned) await response.body?.cancel()
  // Some routes end the session: the next one needs another.
  if (column !== 'anonymous' && !visitors.get(column)?.cookie('cuaso_session')) await enter(column)
  return { status, refused: turned && closedDoor.some((word) => text.includes(word)) }
}

function readTable(): Map<string, Row> {
  const [, ...lines] = readFileSync(TABLE, 'utf8').trim().split('\n')
  return new Map(
    lines.map((line) => {
      const [key = '', ...cells] = line.split(',')
      return [key, Object.fromEntries(columns.map((column, at) => [column, cells[at]])) as Row]
    }),
  )
}

/** Writes the table from the answers of now, for a person to read line by line. */
async function writeTable(): Promise<void> {
  const rows = new Map(routes.map((route) => [keyOf(route), {} as Row]))
  for (const column of columns) {
    for (const route of routes) {
      const row = rows.get(keyOf(route))
      if (row) row[column] = (await tryDoor(route, column)).refused ? 'no' : 'yes'
    }
  }
  const lines = [...rows].map(([key, row]) => [key, ...columns.map((column) => row[column])].join(',')).sort()
  writeFileSync(TABLE, `${['route', ...columns].join(',')}\n${lines.join('\n')}\n`)
}

describe('every role at every route', () => {
  test('each route has a row in the table, and each row a route', () => {
    expect([...readTable().keys()].sort()).toEqual([...new Set(routes.map(keyOf))].sort())
  })

  test.each(columns)('%s gets in where the table says so, and nowhere else', { timeout: 120_000 }, async (column) => {
    const wrong: string[] = []
    const rows = readTable()
    for (const route of routes) {
      const expected = rows.get(keyOf(route))?.[column]
      const { status, refused } = await tryDoor(route, column)
      const actual = refused ? 'no' : 'yes'
      if (actual !== expected) wrong.push(`${keyOf(route)}: table says ${expected}, answer ${status}`)
      if (status === 500) wrong.push(`${keyOf(route)}: failed (500) for ${column}`)
    }
    expect(wrong).toEqual([])
  })
})
