import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Composed, compose } from '../../src/compose.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { sql } from '../../src/kernel/database/index.ts'
import type { Web } from '../../src/kernel/http/context.ts'
import { readForm } from '../../src/kernel/http/form.ts'
import { Routes } from '../../src/kernel/http/routes.ts'
import { createWeb } from '../../src/kernel/http/server.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { resetAccountFactor } from '../../src/modules/identity/console.ts'
import { seedDemo } from '../../src/modules/identity/demo.ts'
import { confirmPage } from '../../src/modules/identity/pages/confirm.tsx'
import { readAsked } from '../../src/modules/notification/notices.ts'
import { loadOrganisationData, refreshDirectory } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { Visitor } from '../support/visitor.ts'

const { db, province } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'cuaso-factor-'))
let now = Temporal.Instant.from('2026-11-20T02:00:00Z')
const clock = () => now
const later = (time: Parameters<typeof now.add>[0]): void => {
  now = now.add(time)
}
/** The demo house, and a real one on the same database: no demo accounts are offered there. */
let composed: Composed
let real: Composed

beforeAll(async () => {
  const open = (more: Record<string, string>) =>
    compose({
      config: readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent', RATE_LIMIT: '1000000', ...more }),
      log: createLog('silent'),
      db,
      province,
      clock,
    })
  composed = await open({})
  real = await open({ DEMO: 'false' })
  await loadOrganisationData(composed.app, province)
  await refreshDirectory(db, province)
  await seedDemo(composed.app, province)
})
afterAll(async () => {
  for (const worker of [...composed.app.workers, ...real.app.workers]) await worker.stop()
  await rm(folder, { recursive: true, force: true })
})

const PASSWORD = 'cuaso-demo-2026'
const STEP = '/dang-nhap/buoc-hai'
const SET_UP = '/dang-nhap/thiet-lap'
const visitor = (house = composed): Visitor => new Visitor((request) => house.web.fetch(request))
const hidden = (html: string, name: string): string => new RegExp(`name="${name}"[^>]*? value="([^"]*)"`).exec(html)?.[1] ?? ''
const where = (response: Response): string => response.headers.get('location') ?? ''

const byPassword = async (username: string, wanted = '', house = composed): Promise<{ who: Visitor; to: string }> => {
  const who = visitor(house)
  const response = await who.submit(`/dang-nhap/can-bo${wanted ? `?ve=${encodeURIComponent(wanted)}` : ''}`, {
    username,
    password: PASSWORD,
  })
  expect(response.status, username).toBe(303)
  return { who, to: where(response) }
}

const codeOf = (key: string): string =>
  new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate({ timestamp: now.epochMilliseconds })

const keyIn = (html: string): string => /<strong>([A-Z2-7 ]{30,})<\/strong>/.exec(html)?.[1] ?? ''
const codesIn = (html: string): string[] =>
  [...html.matchAll(/<strong class="cs-nowrap">([a-z2-9]{5}-[a-z2-9]{5})<\/strong>/g)].map(([, code]) => code ?? '')

/** Sets an app up at one's own page. Returns what the app knows, and the recovery codes. */
async function setUp(who: Visitor, at = '/tai-khoan/hai-lop/them'): Promise<{ key: string; codes: string[]; response: Response }> {
  const html = await (await who.get(at)).text()
  const key = keyIn(html)
  const fields = { _csrf: hidden(html, '_csrf'), kind: 'totp', secret: hidden(html, 'secret'), name: 'Điện thoại', current: PASSWORD }
  const response = await who.post(at, { ...fields, code: codeOf(key) })
  const shown = response.status === 200 ? await response.text() : ''
  return { key, codes: codesIn(shown), response }
}

const events = async (type: string): Promise<Record<string, unknown>[]> => {
  const { rows } = await db.read(province, (tx) =>
    sql<{ data: Record<string, unknown> }>`select data from event where type = ${type} order by position`.execute(tx),
  )
  return rows.map(({ data }) => data)
}

const idOf = async (username: string): Promise<string> => {
  const { rows } = await db.read(province, (tx) => sql<{ id: string }>`select id from officer where username = ${username}`.execute(tx))
  return rows[0]?.id ?? ''
}

const day = (name: string, value: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = value.split('-')
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year }
}

let head: Awaited<ReturnType<typeof setUp>>

describe('an officer with an app', () => {
  test('sets it up with the password and a code, and gets ten recovery codes, shown on one page only', async () => {
    const { who, to } = await byPassword('xaydung.lanhdao')
    expect(to, 'nobody without a factor is asked for one in the demo').toBe('/mot-cua')
    const other = (await byPassword('xaydung.lanhdao')).who
    const page = '/tai-khoan/hai-lop/them'
    const html = await (await who.get(page)).text()
    expect(html).toContain('otpauth://totp/')
    expect(html).toContain('<path fill="#000"')
    const fields = { _csrf: hidden(html, '_csrf'), kind: 'totp', secret: hidden(html, 'secret'), name: 'Điện thoại' }
    const unproved = await who.post(page, { ...fields, code: codeOf(keyIn(html)), current: 'sai mật khẩu' })
    expect(unproved.status).toBe(401)
    const mistyped = await who.post(page, { ...fields, code: '000000', current: PASSWORD })
    expect(mistyped.status).toBe(422)
    expect(keyIn(await mistyped.text()), 'the picture stays the same').toBe(keyIn(html))
    head = await setUp(who)
    expect(new Set(head.codes).size).toBe(10)
    const shown = await (await who.get('/tai-khoan/hai-lop')).text()
    expect(shown).toContain('Còn 10 mã dự phòng')
    for (const code of head.codes) expect(shown).not.toContain(code)
    expect((await other.get('/tai-khoan')).status, 'the other device is signed out').toBe(401)
  })

  test('after the password sees the question for the code, and not one other page', async () => {
    const { who, to } = await byPassword('xaydung.lanhdao', '/mot-cua?trang=2')
    expect(to).toBe(`${STEP}?ve=${encodeURIComponent('/mot-cua?trang=2')}`)
    for (const { method, path, entry } of composed.pages) {
      if (entry === 'public' || method !== 'GET' || path.includes('*')) continue
      const response = await who.get(path.replace(/:\w+/g, '01900000-0000-7000-8000-000000000000'))
      expect(response.status, path).toBe(401)
    }
    for (const { route } of composed.api) {
      if (route.entry === 'public' || route.method !== 'GET') continue
      expect((await who.get(route.path.replace(/:\w+/g, '01900000-0000-7000-8000-000000000000'))).status, route.path).toBe(401)
    }
    expect(where(await who.get(SET_UP)), 'nor may they set another one up').toBe(STEP)
    later({ minutes: 1 })
    const response = await who.submit(to, { _ma: codeOf(head.key) }, to)
    expect(where(response)).toBe('/mot-cua?trang=2')
    expect((await who.get('/mot-cua')).status).toBe(200)
    expect((await events('identity.signed-in')).at(-1)).toMatchObject({ way: 'password', factor: 'totp' })
  })

  test('a code opens once: not again here, not in another house on the same database; the next one does', async () => {
    later({ minutes: 1 })
    const code = codeOf(head.key)
    const first = await byPassword('xaydung.lanhdao')
    const second = await byPassword('xaydung.lanhdao', '', real)
    expect((await first.who.submit(STEP, { _ma: code })).status).toBe(303)
    const again = await second.who.submit(STEP, { _ma: code })
    expect(again.status).toBe(422)
    expect(await again.text()).toContain('vừa được dùng')
    later({ seconds: 30 })
    const next = codeOf(head.key)
    later({ seconds: 30 })
    expect((await second.who.submit(STEP, { _ma: next })).status, 'a clock half a minute behind is enough').toBe(303)
    later({ minutes: 1 })
    const race = await Promise.all([byPassword('xaydung.lanhdao'), byPassword('xaydung.lanhdao', '', real), byPassword('xaydung.lanhdao')])
    const atOnce = await Promise.all(race.map(({ who }) => who.submit(STEP, { _ma: codeOf(head.key) })))
    expect(atOnce.map(({ status }) => status).sort(), 'at the same moment too').toEqual([303, 422, 422])
  })

  test('a recovery code opens once, in whatever spelling, and the officer is told', async () => {
    const [code = '', other = ''] = head.codes
    const typed = ` ${code.toUpperCase().replace('-', ' ')} `
    expect((await (await byPassword('xaydung.lanhdao')).who.submit(STEP, { '_du-phong': typed })).status).toBe(303)
    const again = await (await byPassword('xaydung.lanhdao')).who.submit(STEP, { '_du-phong': code })
    expect(again.status).toBe(422)
    expect(await again.text()).toContain('đã dùng')
    expect((await (await byPassword('xaydung.lanhdao')).who.submit(STEP, { '_du-phong': other })).status).toBe(303)
    expect((await events('identity.recovery-code-used')).map(({ left }) => left)).toEqual([9, 8])
    expect((await events('notice.asked')).map(({ title }) => title)).toContain('Một mã dự phòng của bạn vừa được dùng')
  })

  test('the half-open sign-in is over after five minutes, and worth one session', async () => {
    const { who } = await byPassword('xaydung.lanhdao')
    const html = await (await who.get(STEP)).text()
    later({ minutes: 5, seconds: 1 })
    const late = await who.post(STEP, { _csrf: hidden(html, '_csrf'), _ma: codeOf(head.key) })
    expect(where(late)).toContain('/dang-nhap/can-bo')
    expect((await who.get('/mot-cua')).status).toBe(401)
    const twice = await byPassword('xaydung.lanhdao')
    const token = twice.who.cookie('cuaso_second_step') ?? ''
    later({ minutes: 1 })
    expect((await twice.who.submit(STEP, { _ma: codeOf(head.key) })).status).toBe(303)
    const thief = visitor()
    thief.setCookie('cuaso_second_step', token, '/dang-nhap')
    expect(where(await thief.get(STEP))).toContain('/dang-nhap/can-bo')
  })

  test('five wrong codes lock the step, wherever they come from; the sentence says until when, and the officer is told', async () => {
    later({ minutes: 1 })
    const { who } = await byPassword('xaydung.lanhdao')
    const elsewhere = await byPassword('xaydung.lanhdao', '', real)
    for (let tries = 1; tries < 5; tries += 1) expect((await who.submit(STEP, { _ma: '000000' })).status).toBe(422)
    const fifth = await elsewhere.who.submit(STEP, { _ma: '000000' })
    expect(fifth.status).toBe(429)
    expect(await fifth.text()).toMatch(/tạm khóa đến \d\d:\d\d/)
    expect((await who.submit(STEP, { _ma: codeOf(head.key) })).status, 'nor does the right one open now').toBe(429)
    expect((await events('identity.factor-locked')).length).toBe(1)
    expect((await events('notice.asked')).map(({ title }) => title)).toContain('Có người nhập sai mã xác thực của bạn nhiều lần')
    later({ minutes: 16 })
    const back = await byPassword('xaydung.lanhdao')
    expect((await back.who.submit(STEP, { _ma: codeOf(head.key) })).status).toBe(303)
  })

  test('right or wrong, the answer takes the same time', async () => {
    const taken: number[] = []
    for (const right of [true, false, true, false]) {
      later({ minutes: 1 })
      const { who } = await byPassword('xaydung.lanhdao')
      const csrf = hidden(await (await who.get(STEP)).text(), '_csrf')
      const begun = performance.now()
      await who.post(STEP, { _csrf: csrf, _ma: right ? codeOf(head.key) : '000000' })
      taken.push(performance.now() - begun)
    }
    expect(Math.min(...taken)).toBeGreaterThanOrEqual(245)
  })

  test('no event, no kept answer and no table holds a secret, a code or a recovery code', async () => {
    const { rows } = await db.read(province, (tx) =>
      sql<{ all: string }>`select concat(
        (select jsonb_agg(e)::text from event e), (select jsonb_agg(r)::text from request_log r), (select jsonb_agg(f)::text from second_factor f),
        (select jsonb_agg(c)::text from recovery_code c), (select jsonb_agg(p)::text from sign_in_pending p)) as all`.execute(tx),
    )
    const all = rows[0]?.all ?? ''
    const secret = Secret.fromBase32(head.key.replaceAll(' ', ''))
    for (const word of [
      head.key,
      secret.base32,
      secret.hex.toLowerCase(),
      ...head.codes,
      ...head.codes.map((code) => code.replace('-', '')),
    ])
      expect(all).not.toContain(word)
  })
})

/** Decided by people, like who may come in: where the second factor is asked for again. `?` depends on what is sent. */
const MATTERS = [
  '/api/v1/dossiers/:id/issue',
  '/dieu-hanh/chi-so/chot',
  '/mot-cua/ho-so/:id/:action ?',
  '/mot-cua/phan-anh/:id/:action ?',
  '/quan-tri/bieu-mau/:code/sua/ban-hanh',
  '/quan-tri/bo-chi-so/nap',
  '/quan-tri/bo-chi-so/soan ?',
  '/quan-tri/can-bo/:id/hai-lop',
  '/quan-tri/can-bo/:id/lien-he',
  '/quan-tri/can-bo/:id/mat-khau',
  '/quan-tri/can-bo/:id/mo-lai',
  '/quan-tri/can-bo/:id/ngung',
  '/quan-tri/can-bo/:id/thu-hoi',
  '/quan-tri/can-bo/:id/vai-tro',
  '/quan-tri/can-bo/moi',
  '/quan-tri/hai-lop',
  '/quan-tri/hai-lop/xac-nhan',
  '/quan-tri/phan-quyen/:action',
  '/quan-tri/phien-dang-nhap',
  '/quan-tri/thu-tuc/:code/bai-bo',
  '/quan-tri/thu-tuc/:code/quy-trinh/sua',
  '/quan-tri/thu-tuc/:code/sua/ban-hanh',
  '/tai-khoan/hai-lop/:id/bo',
  '/tai-khoan/hai-lop/ma-du-phong',
  '/tai-khoan/hai-lop/them',
  '/tai-khoan/hai-lop/xac-nhan',
  '/tai-khoan/uy-quyen',
]

describe('acts that matter ask again', () => {
  test('granting, policy, factors, signing, closing, publishing: these and no others', () => {
    const routes = [...composed.pages, ...composed.api.map(({ route }) => route)]
    const asked = routes.flatMap(({ path, confirm }) => (confirm ? [confirm === true ? path : `${path} ?`] : []))
    expect(asked.sort()).toEqual(MATTERS)
  })

  const grant = { role: 'clerk', agencyCode: 'H12.144', ...day('validFrom', '2026-11-21'), reason: 'Thay người nghỉ sinh' }

  test('whoever has no factor is not asked; whoever proved it lately neither; else the form waits with all that was typed', async () => {
    const target = `/quan-tri/can-bo/${await idOf('motcua.cainuoc')}`
    const { who } = await byPassword('quantri')
    expect((await who.submit(`${target}/vai-tro`, { ...grant, reason: 'Chưa có lớp hai' }, target)).status).toBe(409)
    const { key } = await setUp(who)
    const lately = await who.submit(`${target}/vai-tro`, grant, target)
    expect(lately.status, 'a minute ago is lately').toBe(409)
    later({ minutes: 16 })
    const asked = await who.submit(`${target}/vai-tro`, { ...grant, _request: '01980000-0000-7000-8000-000000000001' }, target)
    expect(asked.status).toBe(401)
    const html = await asked.text()
    expect(html).toContain('Xác nhận lại là bạn')
    expect(hidden(html, 'reason')).toBe('Thay người nghỉ sinh')
    expect(hidden(html, '_request')).toBe('01980000-0000-7000-8000-000000000001')
    const carried = Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
    const wrong = await who.post(`${target}/vai-tro`, { ...carried, _csrf: hidden(html, '_csrf'), _ma: '000000' })
    expect(wrong.status).toBe(422)
    expect(hidden(await wrong.text(), 'reason')).toBe('Thay người nghỉ sinh')
    const right = await who.post(`${target}/vai-tro`, { ...carried, _csrf: hidden(html, '_csrf'), _ma: codeOf(key) })
    expect(right.status, 'the same grant as before: the command was reached').toBe(409)
    expect((await events('identity.factor-confirmed')).at(-1)).toMatchObject({ kind: 'totp' })
    expect((await who.submit(`${target}/vai-tro`, grant, target)).status, 'and for a while nothing is asked').toBe(409)
  })

  test('a program is told where to confirm, and then may go on', async () => {
    const { who } = await byPassword('xaydung.lanhdao')
    later({ minutes: 1 })
    expect((await who.submit(STEP, { _ma: codeOf(head.key) })).status).toBe(303)
    const csrf = hidden(await (await who.get('/tai-khoan')).text(), '_csrf')
    const issue = () =>
      who.send('/api/v1/dossiers/01900000-0000-7000-8000-000000000000/issue', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' },
      })
    expect((await issue()).status).not.toBe(401)
    later({ minutes: 16 })
    const asked = await issue()
    expect(asked.status).toBe(401)
    expect(await asked.json()).toMatchObject({
      code: 'identity.confirm-needed',
      detail: expect.stringContaining('/tai-khoan/hai-lop/xac-nhan'),
    })
    expect(where(await who.submit('/tai-khoan/hai-lop/xac-nhan', { _ma: codeOf(head.key) }))).toBe('/tai-khoan/hai-lop?bao=xac-nhan')
    expect((await issue()).status).not.toBe(401)
  })

  test('a file handed in with a form that waits is not asked for again; nobody slips another one in', async () => {
    const seen: string[] = []
    const handler = async (c: Web): Promise<Response> => {
      const { files, values } = await readForm(c)
      seen.push(`${values.get('note')}: ${files.get('paper')?.map(({ name, size }) => `${name} ${size}`)}`)
      return c.text('ok')
    }
    const routes = new Routes().post('/thu', 'officer', handler, { confirm: (_, values) => values.get('note') !== 'thường' })
    const web = createWeb(composed.app, {
      pages: [...routes.list, ...composed.pages],
      api: [],
      asset: () => undefined,
      refusalPage: async (c, refusal) => (await confirmPage(c, refusal)) ?? c.text(refusal.code, refusal.status),
    })
    const who = new Visitor((request) => web.fetch(request))
    await who.submit('/dang-nhap/can-bo', { username: 'xaydung.lanhdao', password: PASSWORD })
    later({ minutes: 1 })
    await who.submit(STEP, { _ma: codeOf(head.key) })
    later({ minutes: 16 })
    const csrf = hidden(await (await who.get('/tai-khoan')).text(), '_csrf')
    const send = (note: string): Promise<Response> => {
      const body = new FormData()
      body.append('_csrf', csrf)
      body.append('note', note)
      body.append('paper', new File(['%PDF-1.4\n%%EOF'], 'kết quả.pdf', { type: 'application/pdf' }))
      return who.send('/thu', { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
    }
    expect((await send('thường')).status, 'this one does not matter').toBe(200)
    const asked = await send('quan trọng')
    expect(asked.status).toBe(401)
    const html = await asked.text()
    const file = hidden(html, '_file').replaceAll('&quot;', '"')
    expect(JSON.parse(file)).toMatchObject({ field: 'paper', file: { name: 'kết quả.pdf' } })
    const again = (fields: Record<string, string>) =>
      who.post('/thu', { _csrf: csrf, note: 'quan trọng', _ma: codeOf(head.key), ...fields })
    expect((await again({ _file: file.replace(/"size":\d+/, '"size":1') })).status).toBe(403)
    expect((await again({ _file: '{' })).status).toBe(400)
    expect((await again({ _file: file })).status).toBe(200)
    expect(seen).toEqual(['thường: kết quả.pdf 14', 'quan trọng: kết quả.pdf 14'])
  })
})

describe('what a role asks for', () => {
  const POLICY = '/quan-tri/hai-lop'
  let admin: Visitor
  let key = ''

  beforeAll(async () => {
    const come = await byPassword('quantri')
    admin = come.who
    // The app of the tests above is lost: the way in is the server itself.
    await resetAccountFactor(db, province, { username: 'quantri', reason: 'mất điện thoại' })
    admin = (await byPassword('quantri')).who
    key = (await setUp(admin)).key
  })

  const decide = (role: string, level: string, from: string): Promise<Response> =>
    admin.submit(POLICY, { role, level, ...day('validFrom', from) }, POLICY)

  test('required from a day on: until then nobody is kept, from then on whoever has none sets one up before anything else', async () => {
    expect((await decide('leader', 'required', '2026-11-01')).status, 'a day that is over').toBe(422)
    expect((await decide('leader', 'required', '2026-11-22')).status).toBe(303)
    expect(await (await admin.get(POLICY)).text()).toContain('Bắt buộc từ 22/11/2026')
    const before = await byPassword('chutich')
    expect(before.to).toBe('/dieu-hanh')
    now = Temporal.Instant.from('2026-11-21T17:00:01Z')
    expect((await before.who.get('/dieu-hanh')).status, 'the session of yesterday is none today').toBe(401)
    const { who, to } = await byPassword('chutich', '/dieu-hanh/chi-so')
    expect(to).toBe(`${SET_UP}?ve=${encodeURIComponent('/dieu-hanh/chi-so')}`)
    expect((await who.get('/dieu-hanh')).status).toBe(401)
    expect(where(await who.get(STEP))).toBe(SET_UP)
    const html = await (await who.get(to)).text()
    expect(html).toContain('Vai trò của bạn bắt buộc có lớp bảo vệ thứ hai')
    const { codes, response } = await setUp(who, to)
    expect(response.status).toBe(200)
    expect(codes).toHaveLength(10)
    expect((await who.get('/dieu-hanh')).status).toBe(200)
    expect((await who.get(to)).headers.get('location'), 'the half-open sign-in is used up').toContain('/dang-nhap/can-bo')
  })

  test('the last factor of such a role cannot be removed; another may be added, and then the first one goes', async () => {
    const { who } = await byPassword('xaydung.lanhdao')
    later({ minutes: 1 })
    await who.submit(STEP, { _ma: codeOf(head.key) })
    const first = /hai-lop\/([0-9a-f-]{36})\/bo/.exec(await (await who.get('/tai-khoan/hai-lop')).text())?.[1]
    admin = (await byPassword('quantri')).who
    later({ minutes: 1 })
    expect((await admin.submit(STEP, { _ma: codeOf(key) })).status).toBe(303)
    await decide('unit_head', 'required', '2026-11-22')
    const kept = await who.submit(`/tai-khoan/hai-lop/${first}/bo`, {}, '/tai-khoan/hai-lop')
    expect(kept.status).toBe(409)
    expect((await setUp(who)).response.status, 'a second factor brings no second set of codes').toBe(303)
    expect((await who.submit(`/tai-khoan/hai-lop/${first}/bo`, {}, '/tai-khoan/hai-lop')).status).toBe(303)
    expect(await (await who.get('/tai-khoan/hai-lop')).text()).toContain('Còn 8 mã dự phòng')
    await decide('unit_head', 'offered', '2026-11-22')
  })

  test('a real installation asks its administrator, who may put it off; others are not bothered', async () => {
    const { who, to } = await byPassword('xaydung.chuyenvien', '', real)
    expect(to).toBe('/mot-cua')
    expect((await who.get('/mot-cua')).status).toBe(200)
    await resetAccountFactor(db, province, { username: 'quantri', reason: 'để được mời' })
    const invited = await byPassword('quantri', '/quan-tri/can-bo', real)
    expect(invited.to).toBe(`/tai-khoan/hai-lop/moi?ve=${encodeURIComponent('/quan-tri/can-bo')}`)
    const html = await (await invited.who.get(invited.to)).text()
    expect(html).toContain('Để sau')
    expect((await invited.who.get('/quan-tri/can-bo')).status).toBe(200)
    const doctor = real.app.checks.find(({ name }) => name === 'second factor')
    expect(await doctor?.run()).toMatchObject({ ok: true, warning: true, detail: expect.stringContaining('quantri (administrator)') })
    const demo = composed.app.checks.find(({ name }) => name === 'second factor')
    expect(await demo?.run()).toEqual({ ok: true, detail: 'demo: not asked for' })
  })
})

describe('a session that ends in the middle of a form', () => {
  const html = { accept: 'text/html,*/*', 'sec-fetch-site': 'same-origin' }

  test('leads to the sign-in and back to the page of the form, told that nothing was taken', async () => {
    const who = visitor()
    const send = (path: string, referer: string) => who.post(path, { note: 'Đã gọi' }, { ...html, referer: `${who.origin}${referer}` })
    const to = where(
      await send('/mot-cua/ho-so/01980000-0000-7000-8000-000000000000/note', '/mot-cua/ho-so/01980000-0000-7000-8000-000000000000'),
    )
    expect(to).toBe(`/dang-nhap/can-bo?het=1&ve=${encodeURIComponent('/mot-cua/ho-so/01980000-0000-7000-8000-000000000000')}`)
    expect(await (await who.get(to)).text()).toContain('Phiên làm việc đã hết')
    expect(where(await send('/nop/1.001193/buoc/con', '/nop/1.001193/buoc/con?sua=1'))).toBe(
      `/dang-nhap?het=1&ve=${encodeURIComponent('/nop/1.001193/buoc/con?sua=1')}`,
    )
    const again = '/quan-tri/can-bo/01980000-0000-7000-8000-000000000000'
    expect(where(await send(`${again}/vai-tro`, `${again}/vai-tro`)), 'a form shown again has no page of its own').toContain(
      encodeURIComponent(again),
    )
    expect(where(await who.post('/mot-cua/hang-loat', {}, { ...html, referer: 'https://evil.example/x' }))).toBe('/dang-nhap/can-bo?het=1')
    expect((await who.post('/mot-cua/hang-loat', {})).status, 'a program is told 401').toBe(401)
  })
})

describe('an administrator helps a colleague who lost the phone', () => {
  test('sees who has none, resets with a reason; sessions end, the colleague is told and comes in by the password', async () => {
    const admin = (await byPassword('quantri')).who
    const id = await idOf('xaydung.lanhdao')
    const at = `/quan-tri/can-bo/${id}`
    const bare = await (await admin.get('/quan-tri/can-bo?hai-lop=chua')).text()
    expect([bare.includes('xaydung.chuyenvien'), bare.includes('xaydung.lanhdao')]).toEqual([true, false])
    const silent = await admin.submit(`${at}/hai-lop`, { factorReason: ' ' }, at)
    expect(silent.status).toBe(422)
    expect((await admin.submit(`${at}/hai-lop`, { factorReason: 'Mất điện thoại, đã gặp tại phòng' }, at)).status).toBe(303)
    expect((await events('identity.factor-reset')).at(-1)).toEqual({ removed: 1, reason: 'Mất điện thoại, đã gặp tại phòng' })
    const told = (await events('notice.asked')).at(-1)
    expect(told).toMatchObject({ officerIds: [id], title: 'Lớp bảo vệ thứ hai của bạn đã được đặt lại' })
    expect(() => readAsked(told), 'the room of notices can read it').not.toThrow()
    const { to } = await byPassword('xaydung.lanhdao')
    expect(to).toBe('/mot-cua')
    expect((await admin.submit(`${at}/hai-lop`, { factorReason: 'Lần nữa' }, at)).status, 'there is nothing left').toBe(409)
  })

  test('not their own, and not beyond their reach', async () => {
    const admin = (await byPassword('quantri')).who
    const own = `/quan-tri/can-bo/${await idOf('quantri')}`
    expect((await admin.submit(`${own}/hai-lop`, { factorReason: 'Quên ở nhà' }, own)).status).toBe(403)
    const clerk = (await byPassword('motcua.cainuoc')).who
    expect((await clerk.submit(`${own}/hai-lop`, { factorReason: 'Quên ở nhà' }, '/tai-khoan')).status).toBe(403)
  })
})
