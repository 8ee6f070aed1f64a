import { expect, test } from 'vitest'
import { z } from 'zod'
import { faults } from '../../../test/support/openapi-faults.ts'
import { ok } from '../result.ts'
import { apiRoute, openApiDocument } from './api.ts'

const Agency = z.object({ code: z.string(), parent: z.string().nullable(), kind: z.enum(['a', 'b']) }).meta({ id: 'Agency' })
const summary = { vi: 'Thử', en: 'Test' }
const routes = [
  apiRoute({
    method: 'GET',
    path: '/agencies/{code}/units',
    entry: 'public',
    tag: 'organisation',
    summary,
    params: z.object({ code: z.string() }),
    query: z.object({ date: z.iso.date().optional() }),
    response: z.object({ agencies: z.array(Agency), total: z.int() }),
    handler: async () => ok({ agencies: [], total: 0 }),
  }),
  apiRoute({
    method: 'POST',
    path: '/agencies',
    entry: { action: 'organisation.edit' },
    tag: 'organisation',
    summary,
    body: z.object({ code: z.string(), note: z.string().optional() }),
    response: Agency,
    status: 201,
    handler: async (_c, { body }) => ok({ code: body.code, parent: null, kind: 'a' as const }),
  }),
]
const info = { title: 'Cửa Số', version: '1', description: 'Thử', server: 'http://localhost' }

test('the document is OpenAPI 3.1: every reference resolves, every path parameter is declared, every schema is JSON Schema 2020-12', () => {
  const document = openApiDocument(routes, info)
  expect(faults(document)).toEqual([])
  const text = JSON.parse(JSON.stringify(document))
  expect(Object.keys(text.paths)).toEqual(['/api/v1/agencies/{code}/units', '/api/v1/agencies'])
  const get = text.paths['/api/v1/agencies/{code}/units'].get
  expect(get.operationId).toBe('getAgenciesByCodeUnits')
  expect(get.security).toEqual([])
  expect(get.parameters.map((one: { name: string; in: string; required?: boolean }) => [one.name, one.in, one.required ?? false])).toEqual([
    ['code', 'path', true],
    ['date', 'query', false],
  ])
  const post = text.paths['/api/v1/agencies'].post
  expect(post.security).toEqual([{ session: [], form: [] }])
  expect(post.responses['201'].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Agency' })
  expect(post.responses['4XX'].content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' })
  expect(text.components.schemas.Agency.properties.parent).toEqual({ type: ['string', 'null'] })
})

test('the judge of documents sees what is wrong', () => {
  const wrong = structuredClone(JSON.parse(JSON.stringify(openApiDocument(routes, info))))
  const get = wrong.paths['/api/v1/agencies/{code}/units'].get
  get.parameters[0].name = 'other'
  get.responses['200'].content['application/json'].schema.properties.total = { type: 'integer', nullable: true }
  wrong.paths['/api/v1/agencies'].post.operationId = get.operationId
  delete wrong.components.schemas.Agency
  expect(faults(wrong).join('\n')).toMatch(/nullable[\s\S]*/)
  expect(faults(wrong).length).toBeGreaterThanOrEqual(4)
})
