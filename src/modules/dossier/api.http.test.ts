import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { maritalStatus } from '../../../test/support/filing.ts'
import { compose } from '../../compose.ts'
import { readConfig } from '../../kernel/config/index.ts'
import { createWeb } from '../../kernel/http/server.ts'
import { createLog } from '../../kernel/log/index.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { loadForms } from '../form/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import { COMMUNE, citizen, clerk, neighbour } from './dossier.test-support.ts'

const ORIGIN = 'http://localhost'
const CSRF = 'token-of-this-session'
const clock = () => Temporal.Instant.from('2026-11-20T08:00:00+07:00')

const { db, province } = await testDatabase()
let web: ReturnType<typeof createWeb>
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await loadForms({ db, clock }, province)
  const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-api-')), BASE_URL: ORIGIN })
  const { app, pages, api } = await compose({ config, log: createLog('silent'), db, province, clock })
  const people = { citizen, neighbour, clerk } as const
  const find = async (_: unknown, token: string) => {
    const actor = people[token as keyof typeof people]
    return actor && { actor, csrf: CSRF, tokenHash: new Uint8Array() }
  }
  web = createWeb({ ...app, sessions: { find } }, { pages, api, asset: () => undefined, refusalPage: (c) => c.text('', 404) })
})

type Who = 'citizen' | 'neighbour' | 'clerk'
interface Handed {
  sha256: string
  size: number
  type: string
  receipt: string
}

const headers = (who: Who, more: Record<string, string> = {}) => ({
  ...{ cookie: `cuaso_session=${who}`, host: 'localhost', origin: ORIGIN, 'x-csrf-token': CSRF },
  ...more,
})

async function handIn(who: Who, content = '%PDF-1.4\ngiấy chứng sinh'): Promise<Handed> {
  const body = new FormData()
  body.append('_csrf', CSRF)
  body.append('file', new File([content], 'chung-sinh.pdf'))
  const response = await web.request(`${ORIGIN}/api/v1/files`, { method: 'POST', headers: headers(who), body })
  expect(response.status).toBe(201)
  return (await response.json()) as Handed
}

const file = (who: Who, more: object): Promise<Response> =>
  Promise.resolve(
    web.request(`${ORIGIN}/api/v1/dossiers`, {
      method: 'POST',
      headers: headers(who, { 'content-type': 'application/json' }),
      body: JSON.stringify({ ...maritalStatus, requestId: randomUUID(), agencyCode: COMMUNE, ...more }),
    }),
  )
const paper = (handed: object) => ({ papers: [{ name: 'Giấy chứng sinh', file: handed }] })

test('a file handed in goes with the dossier of whoever handed it in', async () => {
  expect((await file('citizen', paper(await handIn('citizen')))).status).toBe(201)
})

test('knowing what a file is called is not enough to have it: another’s file, or one’s own called something else, is not taken', async () => {
  const handed = await handIn('citizen')
  const { receipt: _receipt, ...bare } = handed
  for (const [who, named] of [
    ['neighbour', handed],
    ['neighbour', { ...bare, receipt: (await handIn('neighbour', '%PDF-1.4\nkhác')).receipt }],
    ['neighbour', bare],
    ['citizen', { ...handed, type: 'text/html' }],
    ['citizen', { ...handed, size: handed.size + 1 }],
  ] as const) {
    expect((await file(who, paper(named))).status, JSON.stringify(named)).toBe(422)
  }
})

test('what comes without a form brings no answers along', async () => {
  const response = await file('clerk', { formCode: null, answers: { anything: 'goes' } })
  const { id } = (await response.json()) as { id: string }
  const shown = await web.request(`${ORIGIN}/api/v1/dossiers/${id}`, { headers: headers('clerk') })
  expect(await shown.json()).toMatchObject({ answers: {} })
})

test('a citizen cannot leave out the procedure’s form, or leave its questions open', async () => {
  for (const [more, code] of [
    [{ formCode: null, formVersion: null }, 'dossier.wrong-form'],
    [{ answers: {} }, 'form.incomplete'],
  ] as const) {
    const response = await file('citizen', more)
    expect([response.status, await response.json()], JSON.stringify(more)).toMatchObject([422, { code }])
  }
})

test('what changes something says which request it is, so that sending it again is the same work', async () => {
  const requestId = randomUUID()
  const [first, again] = [await file('citizen', { requestId }), await file('citizen', { requestId })]
  const answer = (await first.json()) as { id: string }
  expect(await again.json()).toEqual(answer)
  const errors = [{ path: 'requestId' }]
  const nameless = await file('citizen', { requestId: undefined })
  expect([nameless.status, await nameless.json()]).toMatchObject([422, { errors }])
  const step = await web.request(`${ORIGIN}/api/v1/dossiers/${answer.id}/withdraw`, {
    method: 'POST',
    headers: headers('citizen', { 'content-type': 'application/json' }),
    body: JSON.stringify({ note: 'Đổi ý' }),
  })
  expect([step.status, await step.json()]).toMatchObject([422, { errors }])
})

test('a citizen’s filing does not receive itself', async () => {
  expect((await file('citizen', { receive: true })).status).toBe(403)
  expect((await file('citizen', { paid: { amountVnd: 8000, online: true } })).status).toBe(403)
})
