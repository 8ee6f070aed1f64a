import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { compose } from '../../src/compose.ts'
import { seedAnomalies } from '../../src/demo/anomalies.ts'
import type { App } from '../../src/kernel/app.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import type { Actor, Officer, Role } from '../../src/kernel/context.ts'
import { sql } from '../../src/kernel/database/index.ts'
import { createWeb } from '../../src/kernel/http/server.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { measureSources } from '../../src/measure-sources.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { recount } from '../../src/modules/indicator/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'
import { testDatabase } from '../support/database.ts'
import { maritalStatus } from '../support/filing.ts'
import { Visitor } from '../support/visitor.ts'

const CSRF = 'token-of-this-session'
const COMMUNE = 'H12.101'
const PATH = '/dieu-hanh/bat-thuong'
const OCTOBER = 'tu=2026-10-01&den=2026-10-31'
const clock = () => Temporal.Instant.from('2026-11-20T09:00:00+07:00')

const officer = (role: Exclude<Role, 'citizen'>, agencyCode: string): Officer => ({
  kind: 'officer',
  officerId: randomUUID(),
  name: 'Mai Xuân Phúc',
  grants: [{ role, agencyCode, subtree: agencyCode === 'H12' }],
})
const citizen = (n: number): Actor => ({
  kind: 'citizen',
  personId: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  name: 'Quách Tấn Đạt',
  personalNumber: '096092000707',
  phone: '0912345678',
})
const people: Readonly<Record<string, Actor>> = {
  reform: officer('reform_officer', 'H12'),
  head: officer('unit_head', 'H12.118'),
  communeReform: officer('reform_officer', 'H12.118'),
  leader: officer('leader', 'H12'),
  clerk: officer('clerk', COMMUNE),
  otherClerk: officer('clerk', 'H12.102'),
  first: citizen(1),
  second: citizen(2),
}

const { db, province } = await testDatabase()
let app: App
let web: ReturnType<typeof createWeb>

beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await loadForms({ db, clock }, province)
  const config = readConfig({
    CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-anomalies-')),
    BASE_URL: 'http://localhost',
    RATE_LIMIT: '1000000',
  })
  const composed = await compose({ config, log: createLog('silent'), db, province, clock })
  app = composed.app
  const find = async (_: unknown, token: string) => {
    const actor = people[token]
    return actor && { actor, csrf: CSRF, tokenHash: new Uint8Array() }
  }
  web = createWeb(
    { ...app, sessions: { find } as App['sessions'] },
    { pages: composed.pages, api: composed.api, asset: () => undefined, refusalPage },
  )
  expect(await seedAnomalies(app, province)).toBe(105)
})

/** A browser that somebody sits at; signing in as another keeps its cookies. */
function browser(who: string): Visitor {
  const visitor = new Visitor((request) => web.fetch(request), 'http://localhost')
  visitor.setCookie('cuaso_session', who)
  return visitor
}
const post = (visitor: Visitor, path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  visitor.post(path, { _csrf: CSRF, _request: randomUUID(), ...fields })
const see = async (who: string, path: string): Promise<[number, string]> => {
  const response = await browser(who).get(path)
  return [response.status, await response.text()]
}
const keysIn = (html: string): string[] =>
  [...html.matchAll(/muc=([^"&#]+)"/g)].map((match) => decodeURIComponent((match[1] ?? '').replaceAll('+', ' ')))
const caseOf = (key: string, more = ''): string => `${PATH}/muc?${OCTOBER}&muc=${encodeURIComponent(key)}${more}`

describe('figures worth a second look', () => {
  test('of last month are one of each kind in the demo, an office’s tablet apart from them, one of them looked into, and all of them true', async () => {
    const [status, html] = await see('reform', `${PATH}?${OCTOBER}`)
    expect(status).toBe(200)
    const keys = keysIn(html)
    const kinds = keys.map((key) => key.split(' ')[0])
    expect(kinds).toEqual(['taken-back', 'stop-clock', 'one-device', 'one-phone', 'one-account', 'burst', 'assisted-share', 'one-device'])
    for (const words of ['Tính lúc', 'Máy tính bảng tổ công nghệ số ấp 3', 'Đã giải thích được', 'Chưa xem']) expect(html).toContain(words)
    expect(html.indexOf('Máy tính bảng tổ công nghệ số ấp 3')).toBeGreaterThan(html.indexOf('>Máy hỗ trợ<'))
    expect(html).not.toMatch(/gian lận|vi phạm|đối phó|khai khống|nghi vấn/i)
    expect((await recount(app, province, measureSources)).difference).toBe(0)
    for (const key of keys) {
      const [found, page] = await see('reform', caseOf(key))
      expect(found, key).toBe(200)
      expect(page).toContain('Nên hỏi:')
      expect(page).toMatch(/\/mot-cua\/ho-so\/[0-9a-f-]{36}/)
      // A personal number and a phone show their last three digits, in the page and in the file.
      expect(page).not.toMatch(/096\d{9}|0100\d{6}/)
    }
  })

  test('every dossier of the evidence opens, and its file has them all', async () => {
    const [, html] = await see('reform', `${PATH}?${OCTOBER}&loai=don-cuoi-ky`)
    const [key = ''] = keysIn(html)
    expect(key).toMatch(/^burst /)
    const [, page] = await see('reform', caseOf(key))
    const ids = [...new Set([...page.matchAll(/\/mot-cua\/ho-so\/([0-9a-f-]{36})/g)].map((match) => match[1]))]
    expect(ids.length).toBe(21)
    expect((await see('reform', `/mot-cua/ho-so/${ids[0]}`))[0]).toBe(200)
    const file = await browser('reform').get(caseOf(key).replace('/muc?', '/muc.csv?'))
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    const lines = (await file.text()).trim().split('\r\n')
    expect(lines.length).toBe(22)
    expect(lines.join('\n')).not.toMatch(/096\d{9}|0100\d{6}/)
    const { rows } = await db.read(province, (tx) =>
      sql<{ n: number }>`select count(*) as n from event where type = 'anomaly.exported'`.execute(tx),
    )
    expect(rows[0]?.n).toBe(1)
  })

  test('what came of it needs a choice and words, is written down with who and when, and stands in the list', async () => {
    const key = keysIn((await see('reform', `${PATH}?${OCTOBER}&loai=mo-lai`))[1])[0] ?? ''
    const fields = { key, from: '2026-10-01', to: '2026-10-31' }
    const empty = await post(browser('reform'), `${PATH}/muc`, { ...fields, note: 'Đã hỏi' })
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Chọn kết quả tìm hiểu.')])
    const wordless = await post(browser('reform'), `${PATH}/muc`, { ...fields, outcome: 'real', note: ' ' })
    expect([wordless.status, await wordless.text()]).toEqual([422, expect.stringContaining('Viết điều đã tìm hiểu được.')])
    const made = await post(browser('reform'), `${PATH}/muc`, {
      ...fields,
      outcome: 'real',
      note: 'Hai kết quả ghi nhầm, đơn vị đã chỉnh.',
    })
    expect(made.status).toBe(303)
    const [, page] = await see('reform', made.headers.get('location') ?? '')
    for (const words of ['Đã ghi.', 'Hai kết quả ghi nhầm', 'Mai Xuân Phúc', '20/11/2026', 'Số liệu cần chỉnh lại'])
      expect(page).toContain(words)
    expect((await see('reform', `${PATH}?${OCTOBER}&loai=mo-lai`))[1]).toContain('Số liệu cần chỉnh lại')
    const unknown = await post(browser('reform'), `${PATH}/muc`, { ...fields, key: 'burst H12 x', outcome: 'real', note: 'x' })
    expect(unknown.status).toBe(404)
    const invented = await post(browser('reform'), `${PATH}/muc`, { ...fields, outcome: 'guilty', note: 'x' })
    expect(invented.status).toBe(422)
  })

  test('of any month, quarter or year can be asked for by name; the kind looked at stays chosen', async () => {
    const [, html] = await see('reform', `${PATH}?ky=2024-q2&loai=nop-ho`)
    expect(html).toContain('01/04/2024 – 30/06/2024')
    expect(html).toMatch(/<option value="2024-q2" selected/)
    expect(html).toContain('<option value="2023"')
    expect(html).toMatch(/<input type="hidden" name="loai" value="nop-ho"/)
  })

  test('an address that makes no sense is answered like a plain one: unknown kind, day, period, page beyond the end', async () => {
    for (const query of [
      'loai=khong-co',
      'tu=2026-13-40&den=x',
      'tu=2026-10-31&den=2026-10-01',
      'tu=0001-01-01&den=9999-12-31',
      'ky=2026-q9',
      'trang=-1',
      'trang=9999999',
      'trang=1e3',
    ]) {
      const [status, html] = await see('reform', `${PATH}?${query}`)
      expect(status, query).toBe(200)
      // This quarter stands in for what is not one.
      expect(html, query).toContain('01/10/2026 – 31/12/2026')
    }
    const key = keysIn((await see('reform', `${PATH}?${OCTOBER}&loai=don-cuoi-ky`))[1])[0] ?? ''
    const [status, beyond] = await see('reform', caseOf(key, '&trang=999'))
    expect([status, beyond.includes('1–21')]).toEqual([200, true])
    expect((await see('reform', caseOf('')))[0]).toBe(404)
    expect((await see('reform', caseOf("'; drop table dossier; --")))[0]).toBe(404)
    expect((await see('reform', `${PATH}/nop-ho?${OCTOBER}&don-vi=H99`))[0]).toBe(200)
    expect((await post(browser('reform'), `${PATH}/tinh-lai`, { from: 'x', to: '' })).status).toBe(303)
  })

  test('the reform office alone sees the whole province; nobody sees another unit’s evidence', async () => {
    for (const who of ['head', 'leader', 'clerk', 'first']) expect((await see(who, `${PATH}?${OCTOBER}`))[0], who).toBe(403)
    const keys = keysIn((await see('reform', `${PATH}?${OCTOBER}`))[1])
    const [status, own] = await see('communeReform', `${PATH}?${OCTOBER}`)
    expect([status, keysIn(own).map((key) => key.split(' ').slice(0, 2).join(' '))]).toEqual([200, ['burst H12.118']])
    expect(own).not.toContain('nop-ho')
    for (const key of keys) expect((await see('communeReform', caseOf(key)))[0]).toBe(key.includes(' H12.118 ') ? 200 : 404)
    const others = keys.find((key) => !key.includes(' H12.118 ')) ?? ''
    expect((await see('communeReform', caseOf(others).replace('/muc?', '/muc.csv?')))[0]).toBe(404)
    expect((await see('communeReform', `${PATH}/nop-ho?${OCTOBER}`))[0]).toBe(403)
    const key = keys.find((one) => one.includes(' H12.118 ')) ?? ''
    const note = { key, from: '2026-10-01', to: '2026-10-31', outcome: 'explained', note: 'Tự ghi cho mình.' }
    expect((await post(browser('communeReform'), `${PATH}/muc`, note)).status).toBe(403)
  })

  test('the score with and without what was filed with help is shown for the province and for a unit', async () => {
    const [, all] = await see('reform', `${PATH}/nop-ho?${OCTOBER}`)
    expect(all).toContain('Bỏ ra 36 hồ sơ')
    const [, unit] = await see('reform', `${PATH}/nop-ho?${OCTOBER}&don-vi=H12.127`)
    expect(unit).toContain('Bỏ ra 25 hồ sơ')
  })
})

describe('the device a dossier is sent from', () => {
  const CODE = maritalStatus.procedureCode
  /** A draft with every step done. */
  const draft = (who: string): Promise<unknown> =>
    db.write(province, (tx) =>
      sql`
        insert into draft (id, person_id, procedure_code, form_code, form_version, version, answers, saved_pages, prefilled, created_at, updated_at)
        select ${randomUUID()}::uuid, ${(people[who] as { personId: string }).personId}::uuid, ${CODE}, code, version, 9,
          ${JSON.stringify(maritalStatus.answers)}::jsonb, (select jsonb_object_agg(p ->> 'id', 1) from jsonb_array_elements(body -> 'pages') p), '{}',
          ${clock()}::timestamptz, ${clock()}::timestamptz
        from form_definition where code = ${maritalStatus.formCode} and version = 1`.execute(tx),
    )
  const stored = async (location: string | null) => {
    const id = /\/ho-so\/([0-9a-f-]{36})/.exec(location ?? '')?.[1] ?? location
    const { rows } = await db.read(province, (tx) =>
      sql<{ assisted: boolean; mark: string | null; machine: boolean }>`
        select d.assisted, encode(f.mark, 'hex') as mark, f.machine_id is not null as machine
        from dossier d left join filing_device f on f.dossier_id = d.id where d.id = ${id}::uuid`.execute(tx),
    )
    return rows[0]
  }
  const send = async (visitor: Visitor, who: string) => {
    visitor.setCookie('cuaso_session', who)
    await draft(who)
    return post(visitor, `/nop/${CODE}/gui`, { agency: COMMUNE })
  }

  test('gets a cookie with the first dossier it sends and not before: no script reads it, no other site sends it, 180 days', async () => {
    const phone = browser('first')
    await draft('first')
    await phone.get(`/nop/${CODE}`)
    const check = await (await phone.get(`/nop/${CODE}/kiem-tra`)).text()
    expect(check).toContain('một dấu ngẫu nhiên của máy này')
    expect(check).toContain('/du-lieu-ca-nhan#may')
    expect(phone.cookie('cuaso_may')).toBeUndefined()
    const sent = await post(phone, `/nop/${CODE}/gui`, { agency: COMMUNE })
    const line = sent.headers.getSetCookie().find((one) => one.startsWith('cuaso_may=')) ?? ''
    expect(line).toMatch(/^cuaso_may=[\w-]{22};/)
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', `Max-Age=${180 * 24 * 60 * 60}`]) expect(line).toContain(part)
    const first = await stored(sent.headers.get('location'))
    expect(first).toMatchObject({ assisted: false, machine: false, mark: expect.stringMatching(/^[0-9a-f]{32}$/) })
    // The next person at it: the same mark, no new cookie, no longer life.
    const next = await send(phone, 'second')
    expect(next.headers.getSetCookie().some((one) => one.startsWith('cuaso_may='))).toBe(false)
    expect((await stored(next.headers.get('location')))?.mark).toBe(first?.mark)
    // A cookie somebody wrote by hand is not taken.
    const forged = browser('first')
    forged.setCookie('cuaso_may', "x'; --")
    const other = await send(forged, 'first')
    expect((await stored(other.headers.get('location')))?.mark).not.toBe(first?.mark)
    expect(forged.cookie('cuaso_may')).toMatch(/^[\w-]{22}$/)
    const { rows } = await db.read(province, (tx) =>
      sql<{
        n: number
      }>`select count(*) as n from event where strpos(data::text, ${first?.mark ?? ''}) > 0 or strpos(data::text, ${phone.cookie('cuaso_may') ?? ''}) > 0`.execute(
        tx,
      ),
    )
    expect(rows[0]?.n).toBe(0)
  })

  test('that an office registered is told to whoever sends from it, and the dossier is recorded as filed with help', async () => {
    const tablet = browser('clerk')
    expect(await (await tablet.get('/mot-cua/tiep-nhan')).text()).toContain('/mot-cua/may-ho-tro')
    expect(await (await tablet.get('/mot-cua/may-ho-tro')).text()).toContain('Máy này chưa đăng ký.')
    const nameless = await post(tablet, '/mot-cua/may-ho-tro', { name: ' ', agencyCode: COMMUNE })
    expect([nameless.status, await nameless.text()]).toEqual([422, expect.stringContaining('Đặt tên cho máy')])
    expect((await post(tablet, '/mot-cua/may-ho-tro', { name: 'Máy', agencyCode: 'H12.102' })).status).toBe(403)
    const saved = await post(tablet, '/mot-cua/may-ho-tro', { name: 'Máy tính bảng ấp 5', agencyCode: COMMUNE })
    expect(saved.headers.get('location')).toBe('/mot-cua/may-ho-tro?xong=luu')
    const list = await (await tablet.get('/mot-cua/may-ho-tro')).text()
    expect(list).toContain('Máy này đã đăng ký: “Máy tính bảng ấp 5”')
    tablet.setCookie('cuaso_session', 'second')
    await draft('second')
    expect(await (await tablet.get(`/nop/${CODE}/kiem-tra`)).text()).toContain('Máy này là “Máy tính bảng ấp 5”')
    const sent = await post(tablet, `/nop/${CODE}/gui`, { agency: COMMUNE })
    expect(await stored(sent.headers.get('location'))).toMatchObject({ assisted: true, machine: true })
    const drop = /\/mot-cua\/may-ho-tro\/([0-9a-f-]{36})\/bo/.exec(list)?.[0] ?? ''
    expect((await post(browser('otherClerk'), drop, {})).status).toBe(404)
    expect((await post(browser('clerk'), '/mot-cua/may-ho-tro/x/bo', {})).status).toBe(404)
    expect((await post(browser('clerk'), drop, {})).status).toBe(303)
    const after = await send(tablet, 'second')
    expect(await stored(after.headers.get('location'))).toMatchObject({ assisted: false, machine: false })
    expect((await recount(app, province, measureSources)).difference).toBe(0)
  })

  test('is explained to anybody: what, what for, who, how long', async () => {
    const response = await new Visitor((request) => web.fetch(request), 'http://localhost').get('/du-lieu-ca-nhan')
    const html = await response.text()
    expect(response.status).toBe(200)
    for (const words of ['mã băm có khóa', '180 ngày', 'Chỉ cán bộ cải cách hành chính', 'Luật Bảo vệ dữ liệu cá nhân'])
      expect(html).toContain(words)
  })
})
