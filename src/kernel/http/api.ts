import type { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { Refused, refusals } from '../errors.ts'
import type { Text } from '../i18n/index.ts'
import type { Result } from '../result.ts'
import type { Web } from './context.ts'
import { isOwnToken, isSameOrigin, } from './csrf.ts'
import { parse, readJson } from './form.ts'
import { problem } from './problem.ts'
import type { Entry, Route } from './routes.ts'

type Schema = z.ZodType
type Output<S> = S extends Schema ? z.output<S> : undefined

/** One JSON route: its schemas are both the check at the edge and the published description. */
export interface ApiRoute {
  readonly route: Route
  readonly summary: Text
  readonly tag: string
  readonly params?: Schema | undefined
  readonly query?: Schema | undefined
  readonly body?: Schema | undefined
  readonly response: Schema
  readonly status: number
}

interface ApiInput<P, Q, B> {
  readonly params: Output<P>
  readonly query: Output<Q>
  readonly body: Output<B>
}

/**
 * Describes a JSON route under /api/v1. `path` uses `{name}` for parameters. The handler gets parsed input and returns a `Result`;
 * a refusal becomes problem+json.
 */
export function apiRoute<R extends Schema, P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined, B extends Schema | undefined = undefined>(definition: {
  method: Route['method']
  path: string
  entry: Entry
  summary: Text
  tag: string
  params?: P
  query?: Q
  body?: B
  response: R
  status?: number
  handler: (c: Web, input: ApiInput<P, Q, B>) => Promise<Result<z.input<R>>>
}): ApiRoute {
  const { method, params, query, body } = definition
  const status = definition.status ?? 200
  const handler = async (c: Web): Promise<Response> => {
    const input = {
      params: params && unwrap(parse(params, c.req.param())),
      query: query && unwrap(parse(query, queryObject(c))),
      body: body && unwrap(parse(body, await readBody(c))),
    } as ApiInput<P, Q, B>
    if (method !== 'GET' && !body) await assertOwn(c)
    const result = await definition.handler(c, input)
    if (!result.ok) return problem(result.error, c.get('locale'), c.get('traceId'))
    return c.json(result.value as never, status as 200, { 'cache-control': 'no-store' })
  }
  return {
    route: { method, path: `/api/v1${definition.path.replace(/\{(\w+)\}/g, ':$1')}`, entry: definition.entry, handler },
    summary: definition.summary,
    tag: definition.tag,
    params,
    query,
    body,
    response: definition.response,
    status,
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Refused(result.error)
  return result.value
}

const queryObject = (c: Web): Record<string, string> => Object.fromEntries(new URL(c.req.url).searchParams)

/** A browser session changes things only from our own pages, with its token in X-CSRF-Token. */
async function assertOwn(c: Web): Promise<void> {
  if (!isSameOrigin(c) || !isOwnToken(c, c.req.header('x-csrf-token'))) throw new Refused(refusals.forged)
}

async function readBody(c: Web): Promise<unknown> {
  await assertOwn(c)
  return readJson(c)
}

const problemContent = (description: string) => ({ description, content: { 'application/problem+json': { schema: { type: 'object' as const } } } })

/** The OpenAPI 3.1 document of all JSON routes. */
export function openApiDocument(routes: readonly ApiRoute[], info: { title: string; version: string; description: string; server: string }) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const api of routes) {
    const path = api.route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][api.route.method.toLowerCase()] = {
      operationId: `${api.route.method.toLowerCase()}${path.replace('/api/v1', '').replace(/[^a-zA-Z0-9]+(\w)?/g, (_all, letter: string | undefined) => letter?.toUpperCase() ?? '')}`,
      summary: api.summary.en,
      description: api.summary.vi,
      tags: [api.tag],
      ...(api.params || api.query ? { requestParams: { ...(api.params ? { path: api.params } : {}), ...(api.query ? { query: api.query } : {}) } } : {}),
      ...(api.body ? { requestBody: { required: true, content: { 'application/json': { schema: api.body } } } } : {}),
      ...(api.route.entry === 'public' ? { security: [] } : {}),
      responses: {
        [api.status]: { description: 'OK', content: { 'application/json': { schema: api.response } } },
        '4XX': problemContent('A refusal: stable code, what happened, what to do next (RFC 9457)'),
        '5XX': problemContent('The service is busy or failed; the trace id names the log line'),
      },
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: info.server }],
    security: [{ session: [] }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'cuaso_session' } } },
    paths: paths as unknown as ZodOpenApiPathsObject,
  })
}
