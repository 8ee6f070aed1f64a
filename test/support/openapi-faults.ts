import type { JsonSchema } from '../../src/ui/openapi-page.tsx'

const KEYWORDS = new Set(
  `$ref $comment type format enum const title description default examples example deprecated readOnly writeOnly properties required
  additionalProperties patternProperties propertyNames minProperties maxProperties items prefixItems minItems maxItems uniqueItems contains
  minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf anyOf oneOf allOf not contentEncoding contentMediaType`.split(
    /\s+/,
  ),
)
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'])
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch'])

type Tree = Record<string, unknown>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const entries = (value: unknown): [string, unknown][] => (isTree(value) ? Object.entries(value) : [])
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function schemaFaults(schema: unknown, at: string, root: Tree): string[] {
  if (typeof schema === 'boolean') return []
  if (!isTree(schema)) return [`${at}: not a schema`]
  const found = Object.keys(schema)
    .filter((key) => !KEYWORDS.has(key) && !key.startsWith('x-'))
    .map((key) => `${at}: "${key}" is not a keyword of JSON Schema 2020-12`)
  const { $ref, type, properties, required } = schema as JsonSchema
  if ($ref !== undefined && resolve($ref, root) === undefined) found.push(`${at}: ${$ref} leads nowhere`)
  for (const one of type === undefined ? [] : [type].flat())
    if (!TYPES.has(one as string)) found.push(`${at}: no type is called "${String(one)}"`)
  for (const name of required ?? []) if (!(properties && name in properties)) found.push(`${at}: "${name}" is required but not described`)
  for (const [name, inner] of entries(schema.properties)) found.push(...schemaFaults(inner, `${at}.${name}`, root))
  for (const key of ['items', 'additionalProperties', 'not', 'contains', 'propertyNames']) {
    if (schema[key] !== undefined) found.push(...schemaFaults(schema[key], `${at}.${key}`, root))
  }
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    for (const [index, inner] of list(schema[key]).entries()) found.push(...schemaFaults(inner, `${at}.${key}[${index}]`, root))
  }
  return found
}

function resolve(ref: string, root: Tree): unknown {
  if (!ref.startsWith('#/')) return undefined
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (isTree(node) ? node[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), root)
}

function contentFaults(content: unknown, at: string, root: Tree): string[] {
  return entries(content).flatMap(([type, media]) => schemaFaults((media as Tree).schema, `${at} ${type}`, root))
}

function operationFaults(path: string, method: string, operation: Tree, root: Tree): string[] {
  const at = `${method.toUpperCase()} ${path}`
  const parameters = list(operation.parameters).filter(isTree)
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
  const declared = parameters.filter((one) => one.in === 'path')
  return [
    ...(METHODS.has(method) ? [] : [`${at}: unknown method`]),
    ...inPath
      .filter((name) => !declared.some((one) => one.name === name && one.required === true))
      .map((name) => `${at}: {${name}} is not declared`),
    ...declared.filter((one) => !inPath.includes(String(one.name))).map((one) => `${at}: "${String(one.name)}" is not in the path`),
    ...parameters.flatMap((one) => schemaFaults(one.schema, `${at} ${String(one.name)}`, root)),
    ...(entries(operation.responses).length > 0 ? [] : [`${at}: no responses`]),
    ...entries(operation.responses).flatMap(([status, response]) => [
      ...(/^[1-5](\d\d|XX)$/.test(status) ? [] : [`${at}: "${status}" is not a status`]),
      ...(typeof (response as Tree).description === 'string' ? [] : [`${at} ${status}: no description`]),
      ...contentFaults((response as Tree).content, `${at} ${status}`, root),
    ]),
    ...contentFaults((operation.requestBody as Tree | undefined)?.content, `${at} body`, root),
    ...(method === 'get' && operation.requestBody ? [`${at}: GET with a body`] : []),
  ]
}

/** What is wrong with an OpenAPI 3.1 document, strictly: empty when a reader can rely on it. */
export function faults(document: unknown): string[] {
  const root = JSON.parse(JSON.stringify(document)) as Tree
  const operations = entries(root.paths).flatMap(([path, methods]) =>
    entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Tree })),
  )
  const ids = operations.map(({ operation }) => String(operation.operationId))
  const schemes = Object.keys(((root.components as Tree | undefined)?.securitySchemes as Tree | undefined) ?? {})
  return [
    ...(/^3\.1\.\d+$/.test(String(root.openapi)) ? [] : ['openapi: not 3.1']),
    ...['title', 'version'].filter((key) => typeof (root.info as Tree)[key] !== 'string').map((key) => `info.${key} is missing`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `operationId "${id}" is used twice`),
    ...operations.flatMap(({ path, method, operation }) => operationFaults(path, method, operation, root)),
    ...operations.flatMap(({ operation, path }) =>
      list(operation.security)
        .flatMap((one) => Object.keys(one as Tree))
        .filter((name) => !schemes.includes(name))
        .map((name) => `${path}: no security scheme "${name}"`),
    ),
    ...entries((root.components as Tree | undefined)?.schemas).flatMap(([name, schema]) => schemaFaults(schema, name, root)),
  ]
}
