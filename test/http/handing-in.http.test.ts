import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compose } from '../../src/compose.ts'
import type { App } from '../../src/kernel/app.ts'
import { run } from '../../src/kernel/command.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import type { Actor, Context, Officer, Role } from '../../src/kernel/context.ts'
import { sql } from '../../src/kernel/database/index.ts'
import { createWeb } from '../../src/kernel/http/server.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import type { Result } from '../../src/kernel/result.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { requestSupplement, submitDossier } from '../../src/modules/dossier/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'
import { testDatabase } from '../support/database.ts'
import { maritalStatus } from '../support/filing.ts'

const ORIGIN = 'http://localhost'
const CSRF = 'token-of-this-session'
const COMMUNE = 'H12.101'
const LIMIT = 3
let now = Temporal.Instant.from('2026-11-20T08:00:00+07:00')
const clock = () => now

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const officer = (role: Exclude<Role, 'citizen'>, n: number): Officer => ({
  ...{ kind: 'officer', officerId: id(n), name: 'Lê Thị Cúc' },
  grants: [{ role, agencyCode: COMMUNE, subtree: false }],
})
const people = {
  citizen: { kind: 'citizen', personId: id(900), name: 'Nguyễn Thị Đào', phone: '0912345678' },
  neighbour: { kind: 'citizen', personId: id(901), name: 'Lâm Văn Sáu', phone: '0987654321' },
  clerk: officer('clerk', 11),
} as const satisfies Record<string, Actor>
type Who = keyof typeof people

const { db, province } = await testDatabase()
let app: App
let web: ReturnType<typeof createWeb>
let folder: string
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await loadForms({ db, clock }, province)
  folder = await mkdtemp(join(tmpdir(), 'cuaso-handing-in-'))
  const config = readConfig({ CUASO_DATA: folder, BASE_URL: ORIGIN, UPLOAD_DAILY_FILES: String(LIMIT), UPLOAD_DAILY_MAX: '4096' })
  const composed = await compose({ config, log: createLog('silent'), db, province, clock })
  app = composed.app
  const find = async (_: unknown, token: string) => {
    const actor = people[token as Who]
    return actor && { actor, csrf: CSRF, tokenHash: new Uint8Array() }
  }
  web = createWeb({ ...app, sessions: { find } }, { pages: composed.pages, api: composed.api, asset: () => undefined, refusalPage })
})
beforeEach(() => {
  // A new day: nobody's quota is used.
  now = now.add({ hours: 25 })
})

const as = async <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
  const done = await run(app, { province, actor, requestId: randomUUID(), name: 'test' }, work)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}

const pdf = (content: string = randomUUID()): File => new File([`%PDF-1.4\n${content}`], 'giay.pdf')

function send(who: Who, path: string, parts: [string, string | File][]): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of [['_csrf', CSRF] as [string, string], ...parts]) body.append(name, value)
  const headers = { cookie: `cuaso_session=${who}`, host: 'localhost', origin: ORIGIN, 'x-csrf-token': CSRF }
  return Promise.resolve(web.request(`${ORIGIN}${path}`, { method: 'POST', headers, body }))
}
const handIn = (who: Who, file = pdf()) => send(who, '/api/v1/files', [['file', file]])

/** How many contents the store holds. */
const stored = async (): Promise<number> => {
  const all = await readdir(join(folder, 'files', 'store'), { recursive: true }).catch(() => [])
  return all.filter((name) => /[0-9a-f]{64}$/.test(name)).length
}

/** A dossier of the citizen, who is asked for a paper when `asked`. */
async function dossier(asked: boolean): Promise<string> {
  const filed = await as(people.clerk, (cx) =>
    submitDossier(cx, { ...maritalStatus, agencyCode: COMMUNE, submitterId: people.citizen.personId, channel: 'counter', receive: true }),
  )
  const system: Actor = { kind: 'system', name: 'test' }
  if (asked) await as(system, (cx) => requestSupplement(cx, { dossierId: filed.id, note: 'Thiếu giấy xác nhận cư trú' }))
  return filed.id
}

describe('handing in what the office asked for', () => {
  test('a stranger’s files are not even stored', async () => {
    const dossierId = await dossier(true)
    const before = await stored()
    expect((await send('neighbour', `/ho-so/${dossierId}/bo-sung`, [['papers', pdf()]])).status).toBe(404)
    expect(await stored()).toBe(before)
  })

  test('nothing is stored when nothing was asked for', async () => {
    const dossierId = await dossier(false)
    const before = await stored()
    expect((await send('citizen', `/ho-so/${dossierId}/bo-sung`, [['papers', pdf()]])).status).toBe(409)
    expect(await stored()).toBe(before)
  })

  test('it arrives once, however often the same form is sent', async () => {
    const dossierId = await dossier(true)
    const parts = (): [string, string | File][] => [
      ['_request', request],
      ['papers', pdf('một lần')],
    ]
    const request = randomUUID()
    for (let n = 0; n < 2; n += 1) {
      const answer = await send('citizen', `/ho-so/${dossierId}/bo-sung`, parts())
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/ho-so/${dossierId}?xong=bo-sung`])
    }
    const papers = await db.read(province, (tx) => sql`select number from dossier_paper where dossier_id = ${dossierId}::uuid`.execute(tx))
    expect(papers.rows).toHaveLength(1)
  })

  test('a message longer than the API takes is refused at its field, on the pages too', async () => {
    const dossierId = await dossier(true)
    const long = 'x'.repeat(4001)
    for (const [who, path, field] of [
      ['citizen', `/ho-so/${dossierId}/bo-sung`, 'note'],
      ['citizen', `/ho-so/${dossierId}/rut`, 'why'],
      ['clerk', `/mot-cua/ho-so/${dossierId}/note`, 'note'],
    ] as const) {
      const answer = await send(who, path, [[field, long]])
      expect(answer.status, path).toBe(422)
      expect(await answer.text(), path).toContain('nhiều nhất 4.000 ký tự')
    }
    const intake = await send('clerk', '/mot-cua/tiep-nhan', [
      ['procedure', maritalStatus.procedureCode],
      ['name', 'x'.repeat(201)],
    ])
    expect(await intake.text()).toContain('nhiều nhất 200 ký tự')
  })
})

describe('what one person may hand in within a day', () => {
  test('so many files, and the next one tomorrow', async () => {
    for (let n = 0; n < LIMIT; n += 1) expect((await handIn('citizen')).status).toBe(201)
    const refused = await handIn('citizen')
    expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'file.quota' }])
    expect((await handIn('neighbour')).status).toBe(201)
    now = now.add({ hours: 24 })
    expect((await handIn('citizen')).status).toBe(201)
  })

  test('so many bytes, also when each file alone is small', async () => {
    expect((await handIn('citizen', pdf('x'.repeat(3000)))).status).toBe(201)
    const before = await stored()
    expect((await handIn('citizen', pdf('y'.repeat(3000)))).status).toBe(429)
    expect(await stored()).toBe(before)
    expect((await handIn('citizen', pdf('z'.repeat(500)))).status).toBe(201)
  })

  test('a counter scans more than a person hands in', async () => {
    for (let n = 0; n < LIMIT + 1; n += 1) expect((await handIn('clerk')).status).toBe(201)
  })

  test('what no longer counts is forgotten', async () => {
    await handIn('citizen')
    now = now.add({ hours: 25 })
    await handIn('citizen')
    const rows = await db.read(province, (tx) =>
      sql`select 1 from upload where owner_key = ${`citizen:${people.citizen.personId}`}`.execute(tx),
    )
    expect(rows.rows).toHaveLength(1)
  })
})
