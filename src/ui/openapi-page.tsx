import type { Child } from 'hono/jsx'
import type { App } from '../kernel/app.ts'
import { type ApiInfo, type ApiRoute, openApiDocument } from '../kernel/http/api.ts'
import type { Web } from '../kernel/http/context.ts'
import { Routes } from '../kernel/http/routes.ts'
import { type Locale, type Text, t } from '../kernel/i18n/index.ts'
import { frame } from './frame.ts'
import { Details, page, Table, Tag } from './index.ts'

const texts = {
  title: { vi: 'Giao diện lập trình', en: 'Programming interface' },
  lead: {
    vi: 'Mọi việc làm được trên trang cũng làm được bằng chương trình. Bản mô tả cho máy (OpenAPI 3.1) ở đây:',
    en: 'What the pages do, a program can do. The description for machines (OpenAPI 3.1) is here:',
  },
  refusals: {
    vi: 'Khi chưa làm được, câu trả lời là application/problem+json với một mã ổn định, điều đã xảy ra và bước tiếp theo.',
    en: 'When something cannot be done, the answer is application/problem+json with a stable code, what happened and what to do next.',
  },
  every: { vi: 'Mọi nhóm', en: 'Every group' },
  access: { vi: 'Ai gọi được', en: 'Who may call' },
  public: { vi: 'mọi người', en: 'anyone' },
  citizen: { vi: 'công dân đã đăng nhập', en: 'a signed-in citizen' },
  officer: { vi: 'cán bộ đã đăng nhập', en: 'a signed-in officer' },
  'signed-in': { vi: 'người đã đăng nhập', en: 'anyone signed in' },
  action: { vi: 'người có quyền “{action}”', en: 'whoever may “{action}”' },
  parameters: { vi: 'Tham số', en: 'Parameters' },
  body: { vi: 'Nội dung gửi', en: 'What to send' },
  answer: { vi: 'Trả lời', en: 'Answer' },
  name: { vi: 'Tên', en: 'Name' },
  where: { vi: 'Ở đâu', en: 'Where' },
  type: { vi: 'Kiểu', en: 'Type' },
  needed: { vi: 'Bắt buộc', en: 'Needed' },
  yes: { vi: 'có', en: 'yes' },
  no: { vi: 'không', en: 'no' },
  meaning: { vi: 'Ý nghĩa', en: 'Meaning' },
  models: { vi: 'Cấu trúc dùng chung', en: 'Shared structures' },
  inPath: { vi: 'đường dẫn', en: 'path' },
  inQuery: { vi: 'sau dấu ?', en: 'query' },
} as const satisfies Record<string, Text>

/** The parts of JSON Schema 2020-12 that our documents use. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly description?: string
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: JsonSchema
}

type Content = Readonly<Record<string, { schema?: JsonSchema }>>

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly 'x-entry': string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { content: Content }
  readonly responses: Readonly<Record<string, { content?: Content }>>
}

interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { schemas?: Readonly<Record<string, JsonSchema>> }
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref

/** A schema in a few words: `Agency[]`, `string (date)`, `"whole" | "part"`. */
function typeOf(schema: JsonSchema): Child {
  if (schema.$ref) {
    const name = nameOf(schema.$ref)
    return (
      <a class="govuk-link" href={`#${name}`}>
        {name}
      </a>
    )
  }
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) return choices.map((choice, index) => [index > 0 ? ' | ' : '', typeOf(choice)])
  if (schema.items) return [typeOf(schema.items), '[]']
  const type = [schema.type ?? 'any'].flat().join(' | ')
  return schema.format ? `${type} (${schema.format})` : type
}

interface Field {
  readonly name: string
  readonly schema: JsonSchema
  readonly needed: boolean
}

/** Every field of an object with those inside it, named by their path: `agencies[].code`. */
function fieldsOf(schema: JsonSchema, prefix = ''): Field[] {
  if (schema.items && !schema.items.$ref) return fieldsOf(schema.items, `${prefix}[]`)
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const path = prefix ? `${prefix}.${name}` : name
    return [{ name: path, schema: inner, needed: schema.required?.includes(name) ?? false }, ...fieldsOf(inner, path)]
  })
}

const Schema = ({ caption, schema, locale }: { caption: string; schema: JsonSchema; locale: Locale }) => {
  const fields = fieldsOf(schema)
  if (fields.length === 0) {
    return (
      <p class="govuk-body">
        <strong>{caption}:</strong> <code>{typeOf(schema)}</code>
      </p>
    )
  }
  return (
    <Table
      caption={caption}
      dense
      locale={locale}
      rows={fields}
      columns={[
        { key: 'name', label: t(locale, texts.name), header: true, cell: ({ name }) => <code>{name}</code> },
        { key: 'type', label: t(locale, texts.type), cell: (field) => <code>{typeOf(field.schema)}</code> },
        { key: 'needed', label: t(locale, texts.needed), cell: ({ needed }) => t(locale, needed ? texts.yes : texts.no) },
        { key: 'meaning', label: t(locale, texts.meaning), cell: (field) => field.schema.description ?? '' },
      ]}
    />
  )
}

const Parameters = ({ parameters, locale }: { parameters: readonly Parameter[]; locale: Locale }) => (
  <Table
    caption={t(locale, texts.parameters)}
    dense
    locale={locale}
    rows={parameters}
    columns={[
      { key: 'name', label: t(locale, texts.name), header: true, cell: ({ name }) => <code>{name}</code> },
      { key: 'where', label: t(locale, texts.where), cell: (one) => t(locale, one.in === 'path' ? texts.inPath : texts.inQuery) },
      { key: 'type', label: t(locale, texts.type), cell: ({ schema }) => <code>{typeOf(schema ?? {})}</code> },
      { key: 'needed', label: t(locale, texts.needed), cell: ({ required }) => t(locale, required ? texts.yes : texts.no) },
      { key: 'meaning', label: t(locale, texts.meaning), cell: ({ description, schema }) => description ?? schema?.description ?? '' },
    ]}
  />
)

const whoMayCall = (entry: string, locale: Locale): string =>
  entry === 'public' || entry === 'citizen' || entry === 'officer' || entry === 'signed-in'
    ? t(locale, texts[entry])
    : t(locale, texts.action, { action: entry })

const jsonOf = (content: Content | undefined): JsonSchema | undefined => content?.['application/json']?.schema

const OperationView = ({ method, path, operation, locale }: { method: string; path: string; operation: Operation; locale: Locale }) => {
  const answer = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
  const sent = jsonOf(operation.requestBody?.content)
  const received = jsonOf(answer?.[1].content)
  return (
    <section id={operation.operationId}>
      <h3 class="govuk-heading-s">
        <Tag tone={method === 'get' ? 'info' : 'accent'}>{method.toUpperCase()}</Tag> <code>{path}</code>
      </h3>
      <p class="govuk-body">{locale === 'vi' ? operation.description : operation.summary}</p>
      <p class="govuk-body-s cs-muted">
        {t(locale, texts.access)}: {whoMayCall(operation['x-entry'], locale)}
      </p>
      <Details summary={`${t(locale, texts.parameters)}, ${t(locale, texts.answer)}`}>
        {operation.parameters && operation.parameters.length > 0 && <Parameters parameters={operation.parameters} locale={locale} />}
        {sent && <Schema caption={t(locale, texts.body)} schema={sent} locale={locale} />}
        {received && <Schema caption={`${t(locale, texts.answer)} ${answer?.[0]}`} schema={received} locale={locale} />}
      </Details>
    </section>
  )
}

/** Every route by its group; one group, when it is asked for, with parameters, answers and what they are made of. */
const Reference = ({ document, locale, group }: { document: Document; locale: Locale; group: string | undefined }) => {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort()
  const shown = tags.find((tag) => tag === group)
  return (
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <p class="govuk-body">
        {t(locale, texts.lead)}{' '}
        <a class="govuk-link" href="/api/v1/openapi.json">
          /api/v1/openapi.json
        </a>
      </p>
      <p class="govuk-body">{t(locale, texts.refusals)}</p>
      {shown !== undefined && (
        <p class="govuk-body">
          <a class="govuk-link" href="/api/v1">
            {t(locale, texts.every)}
          </a>
        </p>
      )}
      {tags
        .filter((tag) => shown === undefined || tag === shown)
        .map((tag) => {
          const own = operations.filter(({ operation }) => operation.tags.includes(tag))
          return (
            <>
              <h2 class="govuk-heading-m" id={`tag-${tag}`}>
                {shown === undefined ? (
                  <a class="govuk-link govuk-link--no-visited-state" href={`/api/v1?nhom=${encodeURIComponent(tag)}`}>
                    {tag}
                  </a>
                ) : (
                  tag
                )}
              </h2>
              {shown === undefined ? (
                <ul class="govuk-list">
                  {own.map(({ method, path, operation }) => (
                    <li>
                      <Tag tone={method === 'get' ? 'info' : 'accent'}>{method.toUpperCase()}</Tag> <code>{path}</code>{' '}
                      {locale === 'vi' ? operation.description : operation.summary}
                    </li>
                  ))}
                </ul>
              ) : (
                own.map((one) => <OperationView {...one} locale={locale} />)
              )}
            </>
          )
        })}
      {shown !== undefined && (
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.models)}</h2>
          {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
            <section id={name}>
              <Schema caption={name} schema={schema} locale={locale} />
            </section>
          ))}
        </>
      )}
    </>
  )
}

/** How this installation describes its JSON routes. */
export const apiInfo = (app: Pick<App, 'baseUrl' | 'province'>): ApiInfo => ({
  title: `Cửa Số – ${app.province.name}`,
  version: '1',
  description: t('vi', texts.refusals),
  server: app.baseUrl,
})

/** /api/v1/openapi.json and /api/v1: the same description for machines and for people. */
export function openApiRoutes(api: readonly ApiRoute[], info: ApiInfo): Routes {
  const document = openApiDocument(api, info)
  const text = JSON.stringify(document)
  return new Routes()
    .get('/api/v1/openapi.json', 'public', (c: Web) =>
      c.body(text, 200, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=300',
        'access-control-allow-origin': '*',
      }),
    )
    .get('/api/v1', 'public', (c: Web) =>
      page(
        c,
        { ...frame(c, 'portal'), title: texts.title, wide: true },
        <Reference document={document as unknown as Document} locale={c.get('locale')} group={c.req.query('nhom')} />,
      ),
    )
}
