import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { faults } from '../../../test/support/openapi-faults.ts'
import { type Composed, compose } from '../../compose.ts'
import { readConfig } from '../config/index.ts'
import { createLog } from '../log/index.ts'

const { db, province } = await testDatabase()
const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-api-')), BASE_URL: 'http://localhost' })

let house: Composed
beforeAll(async () => {
  house = await compose({ config, log: createLog('silent'), db, province })
})

test('the whole house describes its JSON routes without a fault, each one and nothing else', async () => {
  const answer = await house.web.request('/api/v1/openapi.json')
  expect(answer.status).toBe(200)
  const document = (await answer.json()) as { paths: Record<string, Record<string, unknown>> }
  expect(faults(document)).toEqual([])
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const answered = house.api.map(({ route }) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
  expect(described.sort()).toEqual(answered.sort())
})

test('people read the same in either language, without scripts of others', async () => {
  const page = await house.web.request('/api/v1')
  const text = await page.text()
  expect(page.status).toBe(200)
  for (const { route, summary } of house.api) {
    expect(text).toContain(route.path.replace(/:(\w+)/g, '{$1}'))
    expect(text).toContain(summary.vi.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))
  }
  const sent = await house.web.request('/api/v1', { headers: { 'accept-encoding': 'gzip' } })
  expect((await sent.arrayBuffer()).byteLength).toBeLessThan(60_000)
  expect(text).not.toMatch(/<script[^>]+src="https?:/)
  const english = await (await house.web.request('/api/v1', { headers: { cookie: 'cuaso_locale=en' } })).text()
  expect(english).toContain('Programming interface')
})
