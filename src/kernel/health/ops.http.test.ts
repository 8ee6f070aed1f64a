import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type Composed, compose } from '../../compose.ts'
import { readConfig } from '../config/index.ts'
import { openDatabase } from '../database/index.ts'
import { createLog } from '../log/index.ts'

const { db, province, owner, ownerUrl } = await testDatabase()
const log = createLog('silent')
const TOKEN = 'a-token-for-the-monitoring'
const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-ops-')), METRICS_TOKEN: TOKEN, BASE_URL: 'http://localhost' })

let house: Composed
beforeAll(async () => {
  house = await compose({ config, log, db, province, owner: { ownerUrl, appRole: 'cuaso_app' } })
})

const metrics = async (headers: Record<string, string> = {}): Promise<Response> => house.web.request('/metrics', { headers })

test('figures are for this machine or whoever has the token; a proxy does not make a stranger local', async () => {
  expect((await metrics()).status).toBe(200)
  expect((await metrics({ 'x-forwarded-for': '203.0.113.9' })).status).toBe(403)
  expect((await metrics({ 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  expect((await metrics({ authorization: 'Bearer wrong' })).status).toBe(403)
})

test('requests are counted under the pattern of their route, never under an address', async () => {
  await house.web.request('/healthz')
  await house.web.request('/some/001099012345/address')
  const text = await (await metrics()).text()
  expect(text).toMatch(/cuaso_http_requests_total\{method="GET",route="\/healthz",status="200"\} \d/)
  expect(text).toContain('status="404"')
  expect(text).not.toContain('001099012345')
  for (const name of ['database_up 1', 'relay_lag_events 0', 'log_unsealed_events', 'indicator_pending_deltas 0', 'stream_clients 0']) {
    expect(text).toContain(`cuaso_${name}`)
  }
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})

test('a server whose database is migrated and whose workers are well is ready', async () => {
  const ready = await house.web.request('/readyz')
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
})

test('a worker that is not well, or a missing migration, makes the server not ready and says why', async () => {
  const ailing = await compose({ config, log, db, province })
  ailing.app.workers.push({ name: 'fold', start: async () => undefined, stop: async () => undefined, health: () => 'stands still' })
  await owner(`delete from ca_mau.migration where name = '0008_ops.sql'`)
  const answer = await ailing.web.request('/readyz')
  await owner(`insert into ca_mau.migration (name, hash) values ('0008_ops.sql', '')`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toEqual({
    status: 'not-ready',
    reasons: ['migrations: province/0008_ops.sql is missing', 'fold: stands still'],
  })
})

test('a database that does not answer makes the server not ready within seconds, and alive all the same', async () => {
  const gone = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', max: 1 })
  const parts = { ...house.app, db: gone }
  const { healthRoutes } = await import('./index.ts')
  const [alive, ready] = healthRoutes(parts).list
  const call = async (handler: typeof ready) =>
    handler?.handler({ json: (body: unknown, status = 200) => Response.json(body, { status }) } as never)
  expect((await call(alive))?.status).toBe(200)
  const answer = await call(ready)
  expect([answer?.status, await answer?.json()]).toEqual([503, { status: 'not-ready', reasons: ['database: no answer'] }])
  await gone.close()
})
