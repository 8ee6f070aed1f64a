import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { csrfIn, listen, Visitor } from '../../../test/support/visitor.ts'
import { type Composed, compose } from '../../compose.ts'
import { readConfig } from '../../kernel/config/index.ts'
import { sql } from '../../kernel/database/index.ts'
import { createLog } from '../../kernel/log/index.ts'
import { loadOrganisationData, refreshDirectory } from '../organisation/index.ts'
import { demoCitizens, seedDemo } from './demo.ts'

const { db, province } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'cuaso-identity-'))
let shift = { minutes: 0 }
const clock = () => Temporal.Now.instant().add(shift)
let composed: Composed

const officer = { username: 'chutich', password: 'cuaso-demo-2026' }
const { password, citizens } = demoCitizens()
const citizen = citizens[0] as (typeof citizens)[number]

beforeAll(async () => {
  const config = readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent' })
  composed = await compose({ config, log: createLog('silent'), db, province, clock })
  await loadOrganisationData(composed.app, province)
  await refreshDirectory(db, province)
  await seedDemo(composed.app, province)
})
afterAll(async () => {
  for (const worker of composed.app.workers) await worker.stop()
  await rm(folder, { recursive: true, force: true })
})

const visitor = (origin?: string): Visitor => new Visitor((request) => composed.web.fetch(request), origin)

async function officerIn(who = visitor()): Promise<Visitor> {
  const response = await who.submit('/dang-nhap/can-bo', officer)
  expect(response.status).toBe(303)
  return who
}

/** From the sign-in link to the stand-in's page. */
async function atStandIn(who: Visitor, wanted = '/tai-khoan'): Promise<string> {
  const { way } = await who.follow(await who.get(`/dang-nhap/vneid?ve=${encodeURIComponent(wanted)}`))
  return way.at(-1) ?? ''
}

/** From the stand-in's page to the address with the code, which is not opened yet. */
async function withCode(who: Visitor, page: string, person = citizen): Promise<string> {
  let response = await who.submit(page, { number: person.personalNumber, password })
  for (;;) {
    const next = new URL(response.headers.get('location') ?? '', who.origin)
    if (next.pathname.endsWith('/tra-ve')) return next.pathname + next.search
    response = await who.get(next.pathname + next.search)
  }
}

async function citizenIn(who = visitor(), person = citizen): Promise<Visitor> {
  const response = await who.get(await withCode(who, await atStandIn(who), person))
  expect(response.headers.get('location')).toBe('/tai-khoan')
  return who
}

const people = async (): Promise<number> => {
  const { rows } = await db.read(province, (tx) => sql<{ count: number }>`select count(*) from person`.execute(tx))
  return rows[0]?.count ?? 0
}

describe('a citizen signs in with the stand-in for VNeID', () => {
  test('over a real connection on a port nobody configured, without JavaScript, to the page they wanted', async () => {
    const server = await listen((request) => composed.web.fetch(request))
    const who = new Visitor((request) => fetch(request), server.origin)
    const page = await atStandIn(who, '/thu-tuc?q=khai+sinh')
    expect(page).toMatch(/^\/vneid-gia-lap\/luot\//)
    const html = await (await who.get(page)).text()
    expect(html).toContain('VNeID mô phỏng')
    const response = await who.get(await withCode(who, page))
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/thu-tuc?q=khai+sinh')
    const account = await (await who.get('/tai-khoan')).text()
    expect(account).toContain(citizen.name)
    await server.close()
  })

  test('the person is linked by subject, once; the level is what the service said, or unknown', async () => {
    const before = await people()
    await citizenIn()
    await citizenIn()
    const silent = citizens.find((one) => one.acr === undefined) as typeof citizen
    await citizenIn(visitor(), silent)
    expect(await people()).toBe(before)
    const { rows } = await db.read(province, (tx) =>
      sql<{ level: number | null; number: string }>`select identity_level as level, personal_number as number from person
        where subject = any(${[citizen.subject, silent.subject]}::text[]) order by subject`.execute(tx),
    )
    expect(rows).toEqual([
      { level: 2, number: citizen.personalNumber },
      { level: null, number: silent.personalNumber },
    ])
  })

  test('a code is worth one sign-in: the same address again is refused', async () => {
    const who = visitor()
    const answer = await withCode(who, await atStandIn(who))
    expect((await who.get(answer)).status).toBe(303)
    expect((await who.get(answer)).status).toBe(400)
  })

  test('an answer opened in another browser is refused, and is then spent', async () => {
    const [mine, theirs] = [visitor(), visitor()]
    await atStandIn(theirs)
    const answer = await withCode(mine, await atStandIn(mine))
    expect((await theirs.get(answer)).status).toBe(400)
    expect(theirs.cookie('cuaso_session')).toBeUndefined()
  })

  test('a wrong state, a wrong nonce, a wrong issuer and a code made up are each refused', async () => {
    const bend = async (change: (query: URLSearchParams) => void): Promise<number> => {
      const who = visitor()
      const url = new URL(await withCode(who, await atStandIn(who)), who.origin)
      change(url.searchParams)
      const response = await who.get(url.pathname + url.search)
      expect(who.cookie('cuaso_session')).toBeUndefined()
      return response.status
    }
    expect(await bend((query) => query.set('state', 'x'))).toBe(400)
    expect(await bend((query) => query.delete('state'))).toBe(400)
    expect(await bend((query) => query.set('iss', 'https://evil.example'))).toBe(401)
    expect(await bend((query) => query.set('code', 'x'))).toBe(401)
    const who = visitor()
    const answer = await withCode(who, await atStandIn(who))
    await db.write(province, (tx) => sql`update sign_in_attempt set nonce = 'another'`.execute(tx))
    expect((await who.get(answer)).status).toBe(401)
    const other = visitor()
    const second = await withCode(other, await atStandIn(other))
    await db.write(province, (tx) => sql`update sign_in_attempt set verifier = repeat('v', 43)`.execute(tx))
    expect((await other.get(second)).status).toBe(401)
  })

  test('a way that took more than ten minutes has to be begun again', async () => {
    const who = visitor()
    const answer = await withCode(who, await atStandIn(who))
    shift = { minutes: 11 }
    expect((await who.get(answer)).status).toBe(400)
    shift = { minutes: 0 }
  })

  test('a wrong password stays on the page with what was typed; giving up leads back', async () => {
    const who = visitor()
    const page = await atStandIn(who)
    const wrong = await who.submit(page, { number: citizen.personalNumber, password: 'sai' })
    expect(wrong.status).toBe(401)
    expect(await wrong.text()).toContain(`value="${citizen.personalNumber}"`)
    const { response } = await who.follow(await who.submit(page, { giveUp: '1' }))
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('Chưa đăng nhập được')
  })

  test('the stand-in’s form needs its token like every other form', async () => {
    const who = visitor()
    const page = await atStandIn(who)
    expect((await who.post(page, { number: citizen.personalNumber, password })).status).toBe(403)
  })

  test('after a restart the stand-in signs with the same key', async () => {
    const who = visitor()
    await citizenIn(who)
    const again = await compose({
      config: readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent' }),
      log: createLog('silent'),
      db,
      province,
      clock,
    })
    const other = new Visitor((request) => again.web.fetch(request))
    await citizenIn(other)
    for (const worker of again.app.workers) await worker.stop()
  })
})

describe('an officer signs in by password', () => {
  test('to their own desk, or to the page they wanted; never to another site', async () => {
    const to = async (query: string): Promise<string | null> =>
      (await visitor().submit(`/dang-nhap/can-bo${query}`, officer)).headers.get('location')
    expect(await to('')).toBe('/dieu-hanh')
    expect(await to('?ve=%2Fdieu-hanh%3Fky%3Dthang')).toBe('/dieu-hanh?ky=thang')
    for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', '/%09/evil.example', 'javascript:alert(1)']) {
      expect(await to(`?ve=${encodeURIComponent(evil)}`), evil).toMatch(/^\/(?![/\\])/)
    }
  })

  test('with a cookie that scripts cannot read and other sites do not send, and that is not the one held before', async () => {
    const who = visitor()
    who.setCookie('cuaso_session', 'A'.repeat(43))
    const response = await who.submit('/dang-nhap/can-bo', officer)
    const line = response.headers.getSetCookie().find((one) => one.startsWith('cuaso_session=')) ?? ''
    expect(line).toMatch(/; HttpOnly/)
    expect(line).toMatch(/; SameSite=Lax/)
    const first = who.cookie('cuaso_session')
    expect(first).toMatch(/^[\w-]{43}$/)
    expect(first).not.toBe('A'.repeat(43))
    await officerIn(who)
    expect(who.cookie('cuaso_session')).not.toBe(first)
    const old = visitor()
    old.setCookie('cuaso_session', first ?? '')
    expect((await old.get('/tai-khoan')).status).not.toBe(200)
  })

  test('a form from another site, or without its token, is refused', async () => {
    const who = visitor()
    const token = csrfIn(await (await who.get('/dang-nhap/can-bo')).text())
    expect((await who.post('/dang-nhap/can-bo', officer)).status).toBe(403)
    expect((await who.post('/dang-nhap/can-bo', { ...officer, _csrf: token }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await who.post('/dang-nhap/can-bo', { ...officer, _csrf: token }, { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
  })

  test('a wrong password keeps the name typed, never the password, and says what to do', async () => {
    const response = await visitor().submit('/dang-nhap/can-bo', { username: 'caicach', password: 'không phải thế' })
    const html = await response.text()
    expect(response.status).toBe(401)
    expect(html).toContain('value="caicach"')
    expect(html).not.toContain('không phải thế')
    expect(html).toContain('chưa đúng')
  })

  test('the sixth wrong try is told when the account opens again', async () => {
    for (let n = 0; n < 5; n += 1) await visitor().submit('/dang-nhap/can-bo', { username: 'tuphap.chuyenvien', password: `sai ${n}` })
    const response = await visitor().submit('/dang-nhap/can-bo', { username: 'tuphap.chuyenvien', password: 'cuaso-demo-2026' })
    expect(response.status).toBe(429)
    expect(await response.text()).toMatch(/tạm khóa đến \d\d:\d\d/)
  })

  test('idle for an hour, the officer has to sign in again', async () => {
    const who = await officerIn()
    expect((await who.get('/tai-khoan')).status).toBe(200)
    shift = { minutes: 61 }
    expect((await who.get('/tai-khoan')).status).not.toBe(200)
    shift = { minutes: 0 }
  })
})

describe('a page that needs signing in', () => {
  const opened = (who: Visitor, path: string) => who.send(path, { headers: { accept: 'text/html' } })

  test('sends a person to sign in and back; a program gets the refusal', async () => {
    expect((await opened(visitor(), '/tai-khoan?x=1')).headers.get('location')).toBe('/dang-nhap?ve=%2Ftai-khoan%3Fx%3D1')
    expect((await opened(visitor(), '/quan-tri/can-bo')).headers.get('location')).toBe('/dang-nhap/can-bo?ve=%2Fquan-tri%2Fcan-bo')
    expect((await visitor().get('/tai-khoan')).status).toBe(401)
    expect((await opened(visitor(), '/api/v1/dossiers')).status).toBe(401)
  })

  test('an officer whose password somebody else chose is sent to choose one first', async () => {
    await db.write(province, (tx) => sql`update officer set must_change_password = true where username = 'caicach'`.execute(tx))
    const who = visitor()
    await who.submit('/dang-nhap/can-bo', { username: 'caicach', password: 'cuaso-demo-2026' })
    expect((await opened(who, '/quan-tri/can-bo')).headers.get('location')).toBe('/tai-khoan/mat-khau?ve=%2Fquan-tri%2Fcan-bo')
    expect((await who.get('/dieu-hanh')).status).toBe(403)
  })
})

describe('signing out', () => {
  test('ends the session on the server, not only in the browser', async () => {
    const who = await officerIn()
    const token = who.cookie('cuaso_session') ?? ''
    const response = await who.submit('/dang-xuat', {})
    expect(response.status).toBe(303)
    expect(who.cookie('cuaso_session')).toBeUndefined()
    who.setCookie('cuaso_session', token)
    expect((await who.get('/tai-khoan')).status).not.toBe(200)
  })

  test('another site cannot sign anybody out', async () => {
    const who = await officerIn()
    expect((await who.post('/dang-xuat', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await who.get('/tai-khoan')).status).toBe(200)
  })
})

describe('without the demo', () => {
  const house = async (settings: Record<string, string>): Promise<Visitor> => {
    const config = readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent', DEMO: 'false', ...settings })
    const { web } = await compose({ config, log: createLog('silent'), db, province })
    return new Visitor((request) => web.fetch(request))
  }

  test('there is no stand-in and no list of accounts; the page says that citizens go to the counter', async () => {
    const who = await house({})
    expect(await (await who.get('/dang-nhap')).text()).toContain('chưa được nối với VNeID')
    expect(await (await who.get('/dang-nhap/can-bo')).text()).not.toContain('cuaso-demo-2026')
    expect((await who.get('/dang-nhap/vneid')).status).toBe(503)
    expect((await who.get('/vneid-gia-lap/auth')).status).toBe(404)
  })

  test('an identity service that does not answer is said to be away, and is the only other place forms may lead to', async () => {
    const who = await house({ OIDC_ISSUER: 'http://127.0.0.1:9/realm', OIDC_CLIENT_ID: 'cuaso', OIDC_CLIENT_SECRET: 'x' })
    const page = await who.get('/dang-nhap')
    expect(page.headers.get('content-security-policy')).toMatch(/form-action 'self' http:\/\/127\.0\.0\.1:9;/)
    expect(await page.text()).not.toContain('mô phỏng')
    const away = await who.get('/dang-nhap/vneid')
    expect(away.status).toBe(503)
    expect(await away.text()).toContain('VNeID đang không trả lời')
  })
})
