import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type Composed, compose } from '../../compose.ts'
import type { App } from '../../kernel/app.ts'
import { systemClock } from '../../kernel/clock.ts'
import { readConfig } from '../../kernel/config/index.ts'
import type { Role } from '../../kernel/context.ts'
import { createWeb } from '../../kernel/http/server.ts'
import { listJobs } from '../../kernel/jobs/index.ts'
import { createLog } from '../../kernel/log/index.ts'
import { refusalPage } from '../../ui/refusal-page.tsx'
import { loadOrganisationData } from '../organisation/index.ts'

const { db, province, owner, ownerUrl } = await testDatabase()
const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-admin-')), BASE_URL: 'http://localhost' })
const CSRF = 'a-token-of-this-session'

let house: Composed
let broken = true
const handled: unknown[] = []

/** The house as it answers an officer with this role. */
function asRole(role: Exclude<Role, 'citizen'> | undefined, agencyCode = 'H12'): (path: string, init?: RequestInit) => Promise<Response> {
  const actor = {
    kind: 'officer',
    officerId: randomUUID(),
    name: 'Trần Thử',
    grants: role ? [{ role, agencyCode, subtree: true }] : [],
  } as const
  const sessions: App['sessions'] = { find: async () => (role ? { actor, csrf: CSRF, tokenHash: new Uint8Array(32) } : undefined) }
  const web = createWeb({ ...house.app, sessions }, { pages: house.pages, api: house.api, asset: () => undefined, refusalPage })
  return async (path, init = {}) => web.request(path, { ...init, headers: { cookie: 'cuaso_session=x', ...init.headers } })
}

const post = (values: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', host: 'localhost' },
  body: new URLSearchParams({ _csrf: CSRF, _request: randomUUID(), ...values }).toString(),
})

async function stuckJob(): Promise<string> {
  await db.write(province, (tx) => house.app.jobs.send(tx, province, 'test.notice', { phone: '0912345678', dossier: 'HS-1' }))
  await house.app.jobs.drain()
  const [job] = await db.read(province, (tx) => listJobs(tx, { province: 'ca-mau', view: 'stuck', limit: 1, offset: 0 }))
  return job?.id as string
}

beforeAll(async () => {
  await loadOrganisationData({ db, clock: systemClock }, province)
  house = await compose({ config, log: createLog('silent'), db, province, owner: { ownerUrl, appRole: 'cuaso_app' } })
  house.app.jobs.define({
    queue: 'test.notice',
    owner: 'notification',
    label: { vi: 'Gửi thông báo thử', en: 'Send a test notice' },
    retryLimit: 0,
    handler: async (payload) => {
      if (broken) throw new Error('no answer about 001099012345')
      handled.push(payload)
    },
  })
  await house.app.jobs.install(ownerUrl, 'cuaso_app')
})
afterAll(() => house.app.jobs.stop())

describe('who may come in', () => {
  const pages = ['/quan-tri', '/quan-tri/cong-viec', `/quan-tri/cong-viec/${randomUUID()}`, '/quan-tri/he-thong', '/quan-tri/giao-dien']
  test.each([
    [undefined, [401, 401, 401, 401, 401]],
    ['clerk', [403, 403, 403, 403, 403]],
    ['leader', [200, 403, 403, 403, 200]],
    ['administrator', [200, 200, 404, 200, 200]],
  ] as const)('%s', async (role, expected) => {
    const ask = asRole(role)
    const answers = await Promise.all(pages.map((path) => ask(path)))
    expect(answers.map((answer) => answer.status)).toEqual(expected)
  })

  test('jobs and health are everyone’s: an administrator of one commune sees neither', async () => {
    const ask = asRole('administrator', 'H12.101')
    const answers = await Promise.all(pages.map((path) => ask(path)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 403, 403, 403, 200])
    expect(await (await ask('/quan-tri')).text()).not.toContain('/quan-tri/cong-viec')
  })

  test('a forged or foreign form changes nothing', async () => {
    const ask = asRole('administrator')
    const id = await stuckJob()
    const withoutToken = await ask(`/quan-tri/cong-viec/${id}/thu-lai`, post({ _csrf: 'guessed' }))
    const elsewhere = await ask(`/quan-tri/cong-viec/${id}/thu-lai`, {
      ...post({}),
      headers: { ...post({}).headers, origin: 'https://evil.example' },
    })
    const clerk = await asRole('clerk')(`/quan-tri/cong-viec/${id}/thu-lai`, post({}))
    expect([withoutToken.status, elsewhere.status, clerk.status]).toEqual([403, 403, 403])
    expect(await owner(`select from ca_mau.event where subject = $1`, [id])).toEqual([])
  })
})

describe('a job that gave up', () => {
  test('is on the first page and the list, with its owner and what comes next, masked in its detail', async () => {
    const ask = asRole('administrator')
    const id = await stuckJob()
    expect(await (await ask('/quan-tri')).text()).toMatch(/\d+ việc nền chờ người xử lý/)
    const list = await (await ask('/quan-tri/cong-viec?trang-thai=stuck&loai=test.notice')).text()
    expect(list).toContain(`/quan-tri/cong-viec/${id}`)
    expect(list).toContain('notification')
    expect(await (await ask('/quan-tri/cong-viec?trang-thai=done&loai=test.notice')).text()).not.toContain(id)
    const detail = await (await ask(`/quan-tri/cong-viec/${id}`)).text()
    expect(detail).toContain('HS-1')
    expect(detail).toContain('no answer about ************')
    expect(detail).not.toContain('0912345678')
  })

  test('is tried again from the screen and then done', async () => {
    const ask = asRole('administrator')
    const id = await stuckJob()
    broken = false
    const answer = await ask(`/quan-tri/cong-viec/${id}/thu-lai`, post({}))
    expect(answer.status).toBe(303)
    await house.app.jobs.drain()
    broken = true
    const where = answer.headers.get('location') as string
    const page = await (await ask(where)).text()
    expect(page).toContain('Đã xong')
    expect(page).toContain('Đã đưa vào hàng đợi')
    expect(handled).toEqual([{ phone: '0912345678', dossier: 'HS-1' }])
  })

  test('asks for a note before it counts as settled, keeps what was typed, and is then settled once', async () => {
    const ask = asRole('administrator')
    const id = await stuckJob()
    const empty = await ask(`/quan-tri/cong-viec/${id}/xu-ly-tay`, post({ note: ' ' }))
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Ghi đã xử lý thế nào')
    const form = post({ note: 'Đã gọi điện báo công dân' })
    const answers = [await ask(`/quan-tri/cong-viec/${id}/xu-ly-tay`, form), await ask(`/quan-tri/cong-viec/${id}/xu-ly-tay`, form)]
    // The same form twice is the same command.
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    const another = await ask(`/quan-tri/cong-viec/${id}/xu-ly-tay`, post({ note: 'lần nữa' }))
    expect(another.status).toBe(409)
    const events = await owner(`select data from ca_mau.event where type = 'job.settled' and subject = $1`, [id])
    expect(events).toMatchObject([{ data: { note: 'Đã gọi điện báo công dân', queue: 'test.notice' } }])
    expect(await (await ask(`/quan-tri/cong-viec/${id}`)).text()).toContain('Đã gọi điện báo công dân')
  })
})

test('the first page shows what one may open, with counts that are true now', async () => {
  const before = await (await asRole('administrator')('/quan-tri')).text()
  const officers = (await owner('select count(*)::int as n from ca_mau.officer where deactivated_at is null'))[0]?.n
  expect(before).toContain('/quan-tri/can-bo')
  expect(before).toMatch(new RegExp(`Tài khoản, vai trò, ủy quyền</span>\\s*<strong[^>]*>\\s*${officers}<`))
  const leader = await (await asRole('leader')('/quan-tri')).text()
  expect(leader).not.toContain('/quan-tri/cong-viec')
})

test('the health page asks every check and worker, and shows the version, seals and counts', async () => {
  house.app.checks.push({ name: 'a check that throws', run: () => Promise.reject(new Error('no way')) })
  const text = await (await asRole('administrator')('/quan-tri/he-thong')).text()
  for (const words of [
    'migrations',
    'a check that throws',
    'no way',
    'chưa ổn',
    'sealer',
    'relay',
    'jobs',
    'PostgreSQL',
    'Niêm phong gần nhất',
  ]) {
    expect(text).toContain(words)
  }
})
