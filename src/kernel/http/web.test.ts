import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createAccess } from '../access/index.ts'
import type { App } from '../app.ts'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config/index.ts'
import { Refused, refusals } from '../errors.ts'
import { createFiles } from '../files/index.ts'
import { createLog } from '../log/index.ts'
import { ok, refuse } from '../result.ts'
import { apiRoute } from './api.ts'
import { formObject, readForm } from './form.ts'
import { type Handler, Routes } from './routes.ts'
import { createWeb } from './server.ts'

const ORIGIN = 'http://cuaso.test'
const CSRF = 'token-of-the-session'
const officer = {
  kind: 'officer',
  officerId: 'o',
  name: 'Cán bộ',
  grants: [{ role: 'clerk', agencyCode: 'H12.1', subtree: false }],
} as const
const citizen = { kind: 'citizen', personId: 'p', name: 'Công dân' } as const

let web: ReturnType<typeof createWeb>
const observed: { route: string; status: number }[] = []
let sent: { values: Record<string, string | string[]>; files: string[]; refused: string[] } | undefined

/** What was handed in before, as the database would say. */
const used = { files: 0, bytes: 0 }

const take: Handler = async (c) => {
  const form = await readForm(c, { maxBytes: 1000 })
  sent = {
    values: formObject(form.values, ['many']),
    files: [...form.files].flatMap(([name, files]) => files.map((file) => `${name}:${file.name}:${file.type}:${file.size}`)),
    refused: [...form.refused].map(([name, refusal]) => `${name}:${refusal.code}`),
  }
  return c.text('taken')
}

beforeAll(async () => {
  const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-web-')), BASE_URL: ORIGIN, RATE_LIMIT: '100000' })
  const access = createAccess([{ role: 'clerk', action: 'desk.open', scope: 'unit' }], { isWithin: () => false })
  const app = {
    config,
    baseUrl: ORIGIN,
    secret: 'x'.repeat(40),
    log: createLog('silent'),
    clock: systemClock,
    province: { slug: 'ca-mau', schema: 'ca_mau', name: 'Cà Mau', code: '96' },
    files: await createFiles(config),
    db: { read: async () => used },
    access: () => access,
    sessions: {
      find: async (_province: unknown, token: string) => {
        if (token === 'down') throw Object.assign(new Error('no database'), { code: 'ECONNREFUSED' })
        const actor = token === 'officer' ? officer : token === 'citizen' ? citizen : undefined
        return actor && { actor, csrf: CSRF, tokenHash: new Uint8Array() }
      },
    },
  } as unknown as App
  const say =
    (text: string): Handler =>
    (c) =>
      c.text(text)
  const pages = new Routes()
    .get('/public', 'public', (c) => c.text(c.get('csrf')))
    .get('/me', 'signed-in', say('me'))
    .get('/citizen', 'citizen', say('citizen'))
    .get('/officer', 'officer', say('officer'))
    .get('/desk', { action: 'desk.open' }, say('desk'))
    .get('/nobody', { action: 'nobody.may' }, say('nobody'))
    .get('/bug/:id', 'public', () => {
      throw new Error('a bug with 001099012345')
    })
    .get('/cast/:code', 'public', (c) => {
      throw Object.assign(new Error('invalid input syntax for type uuid: "no-id"'), { code: c.req.param('code') })
    })
    .get('/refused', 'public', () => {
      throw new Refused(refusals.notFound)
    })
    .post('/form', 'public', take)
  const api = [
    apiRoute({
      method: 'POST',
      path: '/things/{id}',
      entry: 'signed-in',
      tag: 'thing',
      summary: { vi: '', en: '' },
      params: z.object({ id: z.coerce.number().int() }),
      query: z.object({ dry: z.enum(['yes']).optional() }),
      body: z.object({ name: z.string().min(2) }),
      response: z.object({ id: z.number(), name: z.string() }),
      status: 201,
      handler: async (_c, { params, body }) =>
        body.name === 'no' ? refuse(refusals.requestReused) : ok({ id: params.id, name: body.name }),
    }),
    apiRoute({
      method: 'GET',
      path: '/bug',
      entry: 'public',
      tag: 'thing',
      summary: { vi: '', en: '' },
      response: z.object({}),
      handler: () => Promise.reject(new Error('a bug')),
    }),
    apiRoute({
      method: 'GET',
      path: '/cast',
      entry: 'public',
      tag: 'thing',
      summary: { vi: '', en: '' },
      response: z.object({}),
      handler: () => Promise.reject(Object.assign(new Error('invalid input syntax for type uuid'), { code: '22P02' })),
    }),
  ]
  web = createWeb(app, {
    pages: pages.list,
    api,
    asset: (c) => (c.req.path === '/assets/a.css' ? new Response('a{}', { headers: { 'content-type': 'text/css' } }) : undefined),
    refusalPage: (c, refusal, traceId) => c.text(`${refusal.code} ${traceId}`, refusal.status),
    observe: (line) => observed.push(line),
  })
})

const ask = async (path: string, as?: string, init: RequestInit = {}): Promise<Response> =>
  web.request(`${ORIGIN}${path}`, {
    ...init,
    headers: { host: 'cuaso.test', ...(as ? { cookie: `cuaso_session=${as}` } : {}), ...(init.headers as object) },
  })

describe('who may come in', () => {
  test.each([
    ['/public', [200, 200, 200]],
    ['/me', [401, 200, 200]],
    ['/citizen', [401, 200, 403]],
    ['/officer', [401, 403, 200]],
    ['/desk', [401, 403, 200]],
    ['/nobody', [401, 403, 403]],
    ['/unknown', [404, 404, 404]],
  ] as const)('%s answers a stranger, a citizen and a clerk with %j', async (path, expected) => {
    const answers = await Promise.all([ask(path), ask(path, 'citizen'), ask(path, 'officer')])
    expect(answers.map((answer) => answer.status)).toEqual(expected)
  })

  test('a method that no route declares is not found', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await ask('/public', undefined, { method })).status).toBe(404)
  })

  test('HEAD asks like GET and gets no body, for pages and files', async () => {
    for (const path of ['/public', '/assets/a.css']) {
      const answer = await ask(path, undefined, { method: 'HEAD' })
      expect([answer.status, await answer.text()]).toEqual([200, ''])
    }
  })
})

describe('every answer', () => {
  test.each(['/public', '/unknown', '/refused', '/bug/1', '/assets/a.css', '/api/v1/bug', '/api/v1/none'])(
    '%s carries the security headers and a trace id',
    async (path) => {
      const { headers } = await ask(path)
      expect(headers.get('content-security-policy')).toContain("script-src 'self'")
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\{/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  test('to a failure says that it failed, names its trace and nothing of its cause', async () => {
    const page = await ask('/bug/1')
    const text = await page.text()
    expect(page.status).toBe(500)
    expect(text).toContain(page.headers.get('x-trace-id'))
    expect(text).not.toContain('001099012345')
    const api = await ask('/api/v1/bug')
    expect(api.status).toBe(500)
    expect(api.headers.get('content-type')).toContain('application/problem+json')
    expect(await api.json()).toMatchObject({ status: 500, code: 'service.failed', traceId: api.headers.get('x-trace-id') })
  })

  test('while the database is away is "busy", not a failure', async () => {
    const answer = await ask('/me', 'down')
    expect([answer.status, (await answer.text()).split(' ')[0]]).toEqual([503, 'service.busy'])
    expect(answer.headers.get('retry-after')).toBe('5')
  })

  test.each(['22P02', '22007', '22008'])(
    'to an id or a day that the database cannot read (%s) is "unreadable", not a failure',
    async (code) => {
      const answer = await ask(`/cast/${code}`)
      expect([answer.status, (await answer.text()).split(' ')[0]]).toEqual([400, 'input.unreadable'])
    },
  )

  test('to such an id over JSON is a problem of the caller’s, and any other error of the database stays a failure', async () => {
    const api = await ask('/api/v1/cast')
    expect([api.status, (await api.json()).code]).toEqual([400, 'input.unreadable'])
    expect((await ask('/cast/22012')).status).toBe(500)
  })

  test('is counted under its pattern', async () => {
    observed.length = 0
    await ask('/bug/001099012345')
    await ask('/unknown/001099012345')
    expect(observed.map(({ route, status }) => [route.includes('0010'), status])).toEqual([
      [false, 500],
      [false, 404],
    ])
    expect(observed[0]?.route).toBe('/bug/:id')
  })

  test('in English on request, and remembered', async () => {
    expect((await (await ask('/api/v1/none?lang=en')).json()).title).toBe('This page or item does not exist.')
    const english = await ask('/public?lang=en')
    expect(english.headers.get('set-cookie')).toContain('cuaso_locale=en')
  })
})

const form = (values: Record<string, string> | string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN, ...headers },
  body: typeof values === 'string' ? values : new URLSearchParams(values).toString(),
})

describe('a form', () => {
  test('is taken from a page of ours with this session’s token only', async () => {
    const tries: [RequestInit, number][] = [
      [form({ _csrf: CSRF }), 200],
      [form({ _csrf: CSRF }, { 'sec-fetch-site': 'same-origin' }), 200],
      [form({ _csrf: 'x'.repeat(CSRF.length) }), 403],
      [form({ _csrf: '' }), 403],
      [form({}), 403],
      [form({ _csrf: CSRF }, { origin: 'https://evil.example' }), 403],
      [form({ _csrf: CSRF }, { origin: 'null' }), 403],
      [form({ _csrf: CSRF }, { origin: 'not an address' }), 403],
      [form({ _csrf: CSRF }, { 'sec-fetch-site': 'cross-site' }), 403],
      [form({ _csrf: CSRF }, { 'sec-fetch-site': 'same-site' }), 403],
      [form({ _csrf: CSRF }, { 'content-type': 'text/plain' }), 400],
    ]
    for (const [init, status] of tries) expect((await ask('/form', 'officer', init)).status, JSON.stringify(init)).toBe(status)
  })

  test('of a visitor goes by a token made from a cookie of their own, worth nothing to another visitor', async () => {
    const visit = await ask('/public')
    const token = await visit.text()
    const cookie = /cuaso_form=[\w-]+/.exec(visit.headers.get('set-cookie') ?? '')?.[0] ?? ''
    expect(visit.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
    expect((await ask('/form', undefined, form({ _csrf: token }, { cookie }))).status).toBe(200)
    expect((await ask('/form', undefined, form({ _csrf: token }))).status).toBe(403)
    expect((await ask('/form', undefined, form({ _csrf: token }, { cookie: 'cuaso_form=AAAAAAAAAAAAAAAAAAAAAA' }))).status).toBe(403)
  })

  test('spells every letter one way, keeps all values of a list and the last of the others', async () => {
    const decomposed = 'Đất đai'.normalize('NFD')
    await ask('/form', 'officer', form(`_csrf=${CSRF}&name=${encodeURIComponent(decomposed)}&many=1&many=2&one=1&one=2`))
    expect(sent?.values).toMatchObject({ name: 'Đất đai', many: ['1', '2'], one: '2' })
  })

  test.each([
    ['with a character that no database keeps', `_csrf=${CSRF}&name=a%00b`, 400],
    ['in bytes that are no text', `_csrf=${CSRF}&name=\xff`, 200],
    ['too large', `_csrf=${CSRF}&name=${'x'.repeat(1024 * 1024)}`, 413],
    ['with thousands of fields', `_csrf=${CSRF}${'&a=1'.repeat(2001)}`, 413],
  ])('%s is answered, not failed on', async (_what, body, status) => {
    expect((await ask('/form', 'officer', form(body))).status).toBe(status)
  })

  test('an address with a character that no database keeps is refused', async () => {
    expect((await ask('/public?q=%00')).status).toBe(400)
    expect((await ask('/bug/%00')).status).toBe(400)
  })
})

const PDF = `%PDF-1.4\n${'x'.repeat(100)}`
function multipart(parts: [name: string, value: string | File][]): RequestInit {
  const body = new FormData()
  for (const [name, value] of parts) body.append(name, value)
  return { method: 'POST', headers: { origin: ORIGIN }, body }
}

describe('a form with files', () => {
  test('keeps them by content, names them safely and takes the fields after them', async () => {
    const parts = multipart([
      ['_csrf', CSRF],
      ['paper', new File([PDF], '../../Giấy: khai <sinh>.pdf')],
      ['paper', new File([PDF], 'b.pdf')],
      ['none', new File([], '')],
      ['after', 'yes'],
    ])
    expect((await ask('/form', 'officer', parts)).status).toBe(200)
    expect(sent).toMatchObject({ values: { after: 'yes' }, refused: [] })
    expect(sent?.files).toEqual(['paper:Giấy_ khai _sinh_.pdf:application/pdf:109', 'paper:b.pdf:application/pdf:109'])
  })

  test('says of each file why it was not taken, and still takes the rest', async () => {
    const parts = multipart([
      ['_csrf', CSRF],
      ['large', new File([`%PDF-1.4\n${'x'.repeat(300_000)}`], 'large.pdf')],
      ['program', new File(['#!/bin/sh\necho'], 'program.pdf')],
      ['empty', new File([''], 'empty.pdf')],
      ['good', new File([PDF], 'good.pdf')],
      ['after', 'yes'],
    ])
    expect((await ask('/form', 'officer', parts)).status).toBe(200)
    expect([...(sent?.refused ?? [])].sort()).toEqual(['empty:file.empty', 'large:file.too-large', 'program:file.wrong-kind'])
    expect(sent?.files).toEqual(['good:good.pdf:application/pdf:109'])
    expect(sent?.values.after).toBe('yes')
  })

  test('without the token first, or broken off, is refused and keeps nothing', async () => {
    const late = multipart([
      ['paper', new File([PDF], 'a.pdf')],
      ['_csrf', CSRF],
    ])
    expect((await ask('/form', 'officer', late)).status).toBe(403)
    const broken: RequestInit = {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'multipart/form-data; boundary=b' },
      body: `--b\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${CSRF}\r\n--b\r\ncontent-disposition: form-data; name="paper"; filename="a.pdf"\r\n\r\n%PDF`,
    }
    expect((await ask('/form', 'officer', broken)).status).toBe(400)
  })

  test('holds no more text than one without, in however many fields', async () => {
    const fields = Array.from({ length: 12 }, (_, at): [string, string] => [`field${at}`, 'x'.repeat(100_000)])
    expect((await ask('/form', 'officer', multipart([['_csrf', CSRF], ...fields]))).status).toBe(413)
  })

  test('from a stranger brings no file in, and is not read past what a form without files may hold', async () => {
    const visit = await ask('/public')
    const token = await visit.text()
    const cookie = /cuaso_form=[\w-]+/.exec(visit.headers.get('set-cookie') ?? '')?.[0] ?? ''
    const by = (parts: RequestInit): RequestInit => ({ ...parts, headers: { ...parts.headers, cookie } })
    const small = multipart([
      ['_csrf', token],
      ['paper', new File([PDF], 'a.pdf')],
    ])
    expect((await ask('/form', undefined, by(small))).status).toBe(401)
    const large = multipart([['_csrf', token]])
    const said = { ...large, headers: { ...large.headers, 'content-length': '1100000' } }
    expect((await ask('/form', undefined, by(said))).status).toBe(413)
    expect((await ask('/form', undefined, by(multipart([['_csrf', token]])))).status).toBe(200)
  })
})

describe('a JSON route', () => {
  const send = (body: unknown, headers: Record<string, string> = {}, path = '/api/v1/things/7'): Promise<Response> =>
    ask(path, 'officer', {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-csrf-token': CSRF, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  test('takes what its schema says and answers with its status', async () => {
    const answer = await send({ name: 'Đất' })
    expect([answer.status, await answer.json()]).toEqual([201, { id: 7, name: 'Đất' }])
  })

  test.each([
    ['a body that is no JSON', '{', 400],
    ['a body with half a character', '{"name":"\\ud800x"}', 400],
    ['a body with U+0000 in a name', '{"name":"ok","\\u0000":1}', 400],
    ['a value that is wrong', { name: 'x' }, 422],
    ['a value that is missing', {}, 422],
    ['a refusal', { name: 'no' }, 409],
  ])('answers %s with a problem', async (_what, body, status) => {
    const answer = await send(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ status, code: expect.any(String), traceId: answer.headers.get('x-trace-id') })
  })

  test('names each value that needs mending, in both places it can be wrong', async () => {
    expect(await (await send({ name: 1 })).json()).toMatchObject({ code: 'input.invalid', errors: [{ path: 'name' }] })
    expect((await send({ name: 'ok' }, {}, '/api/v1/things/x')).status).toBe(422)
    expect((await send({ name: 'ok' }, {}, '/api/v1/things/7?dry=no')).status).toBe(422)
  })

  test('is closed to other sites and to forms', async () => {
    expect((await send({ name: 'ok' }, { 'x-csrf-token': 'wrong' })).status).toBe(403)
    expect((await send({ name: 'ok' }, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await send('name=ok', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
  })
})
