import { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { Refused, refusals } from '../errors.ts'
import type { Text } from '../i18n/index.ts'
import type { Result } from '../result.ts'
import type { Web } from './context.ts'
import { isOwnToken, isSameOrigin } from './csrf.ts'
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
export function apiRoute<
  R extends Schema,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(definition: {
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
  /** An act that matters: refused while an officer's second factor is not proved lately. */
  confirm?: boolean
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
    const text = JSON.stringify(result.value)
    // With its length known a short answer is neither compressed nor turned into a stream.
    return c.body(text, status as 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
    })
  }
  return {
    route: {
      method,
      path: `/api/v1${definition.path.replace(/\{(\w+)\}/g, ':$1')}`,
      entry: definition.entry,
      handler,
      confirm: definition.confirm === true,
    },
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

const problemSchema = z
  .object({
    type: z.string().meta({ description: 'urn:cuaso:refusal: and the code' }),
    title: z.string().meta({ description: 'What happened, in the caller’s language' }),
    status: z.int(),
    detail: z.string().optional().meta({ description: 'What to do next' }),
    code: z.string().meta({ description: 'Stable; programs go by this', example: 'dossier.already-received' }),
    traceId: z.uuid().meta({ description: 'Names the log line' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Values that need mending' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' })

const problemContent = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } })

/** `GET /dossiers/{id}/papers` → `getDossiersByIdPapers`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .replace(/\{(\w+)\}/g, 'by-$1')
    .split(/[^a-zA-Z0-9]+/)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** Who may call: nobody signs in for public routes; what changes something also needs the session's token against forgery. */
function securityOf({ route }: ApiRoute): Record<string, string[]>[] {
  if (route.method === 'GET') return route.entry === 'public' ? [] : [{ session: [] }]
  return route.entry === 'public' ? [{ form: [] }] : [{ session: [], form: [] }]
}

function operationOf(api: ApiRoute, path: string) {
  const { method, entry } = api.route
  const requestParams = { ...(api.params ? { path: api.params } : {}), ...(api.query ? { query: api.query } : {}) }
  return {
    operationId: operationId(method, path),
    summary: api.summary.en,
    description: api.summary.vi,
    tags: [api.tag],
    'x-entry': typeof entry === 'object' ? entry.action : entry,
    ...(Object.keys(requestParams).length > 0 ? { requestParams } : {}),
    ...(api.body ? { requestBody: { required: true, content: { 'application/json': { schema: api.body } } } } : {}),
    security: securityOf(api),
    responses: {
      [String(api.status)]: { description: 'OK', content: { 'application/json': { schema: api.response } } },
      '4XX': problemContent('A refusal: stable code, what happened, what to do next (RFC 9457)'),
      '5XX': problemContent('The service is busy or failed; the trace id names the log line'),
    },
  }
}

export interface ApiInfo {
  readonly title: string
  readonly version: string
  readonly description: string
  /** Address of the server, without a path. */
  readonly server: string
}

/** The OpenAPI 3.1 document of all JSON routes. */
export function openApiDocument(routes: readonly ApiRoute[], info: ApiInfo): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const api of routes) {
    const path = api.route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][api.route.method.toLowerCase()] = operationOf(api, path)
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: info.title,
      version: info.version,
      description: info.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: info.server }],
    tags: [...new Set(routes.map((api) => api.tag))].sort().map((name) => ({ name })),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'cuaso_session', description: 'Signed in through the pages' },
        form: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: 'The token that this session’s forms carry' },
      },
    },
    paths: paths as unknown as ZodOpenApiPathsObject,
  })
}
