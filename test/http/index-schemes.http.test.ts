import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type Composed, compose } from '../../src/compose.ts'
import { loadProvinces } from '../../src/demo/provinces.ts'
import { simulatedProvinces } from '../../src/demo/rules/provinces.ts'
import type { App } from '../../src/kernel/app.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import type { Role } from '../../src/kernel/context.ts'
import { createWeb } from '../../src/kernel/http/server.ts'
import type { ImportKind } from '../../src/kernel/import.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { migrationsFolder } from '../../src/kernel/paths.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { dossierImport } from '../../src/modules/dossier/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { nationalSchemes } from '../../src/modules/scheme/index.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'
import { testDatabase } from '../support/database.ts'

const { db, province, ownerUrl } = await testDatabase()
const CSRF = 'a-token-of-this-session'
const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-schemes-')), BASE_URL: 'http://localhost' })
let house: Composed

type Ask = (path: string, form?: Record<string, string> | URLSearchParams | FormData) => Promise<Response>

/** A form with one chosen file, as a browser sends it. */
function withFile(name: string, filename: string, bytes: BlobPart): FormData {
  const form = new FormData()
  form.set('_csrf', CSRF)
  form.set('_request', randomUUID())
  form.set(name, new File([bytes], filename))
  return form
}

function as(role: Exclude<Role, 'citizen'>, agencyCode = 'H12', name = 'Mai Xuân Phúc'): Ask {
  const actor = { kind: 'officer', officerId: randomUUID(), name, grants: [{ role, agencyCode, subtree: true }] } as const
  const sessions: App['sessions'] = { find: async () => ({ actor, csrf: CSRF, tokenHash: new Uint8Array(32) }) }
  const web = createWeb({ ...house.app, sessions }, { pages: house.pages, api: house.api, asset: () => undefined, refusalPage })
  return async (path, form) => {
    if (form instanceof FormData)
      return web.request(path, {
        method: 'POST',
        body: form,
        headers: { cookie: 'cuaso_session=x', host: 'localhost', origin: 'http://localhost' },
      })
    const body = form && new URLSearchParams([['_csrf', CSRF], ['_request', randomUUID()], ...new URLSearchParams(form)])
    return web.request(path, {
      ...(body ? { method: 'POST', body: body.toString() } : {}),
      headers: {
        cookie: 'cuaso_session=x',
        host: 'localhost',
        ...(body ? { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
    })
  }
}

/** What a page's form would send: every field as it was shown. */
function formOf(html: string, action: string): URLSearchParams {
  const form = new RegExp(`<form[^>]*action="${action}"[\\s\\S]*?</form>`).exec(html)?.[0] ?? ''
  const text = (value: string): string =>
    value.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const values = new URLSearchParams()
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    const name = attribute('name')
    if (!name || name.startsWith('_')) continue
    if (attribute('type') === 'checkbox' && !/ checked/.test(tag)) continue
    values.append(name, text(attribute('value') ?? ''))
  }
  for (const [, name = '', inner = ''] of form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g))
    values.append(name, text(inner))
  for (const [, name = '', inner = ''] of form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen =
      /<option[^>]*value="([^"]*)"[^>]* selected/.exec(inner) ??
      /<option[^>]* selected[^>]*value="([^"]*)"/.exec(inner) ??
      /<option[^>]*value="([^"]*)"/.exec(inner)
    values.append(name, text(chosen?.[1] ?? ''))
  }
  return values
}

/** The one dossier of the past, as a line of the import format. */
const LINE = {
  code: 'H12.31.01-220315-0001',
  procedure_code: '1.001193',
  agency_code: 'H12.31.01',
  channel: 'online',
  assisted: 'false',
  submitted_at: '2022-03-15T08:00:00+07:00',
  received_at: '2022-03-15T08:30:00+07:00',
  due_at: '2022-03-18T17:00:00+07:00',
  completed_at: '2022-03-19T16:00:00+07:00',
  returned_at: '',
  status: '9',
  fee_vnd: '8000',
  paid_vnd: '8000',
  paid_online: 'true',
  papers_total: '2',
  papers_digitised: '2',
  papers_reused: '0',
  result_electronic: 'true',
  supplement_requests: '0',
  supplement_working_days: '0',
  applicant_name: 'Lý Thị Mười',
  applicant_id: '',
  applicant_phone: '',
}

async function load(line: Readonly<Record<string, string>>): Promise<void> {
  const kind = dossierImport() as ImportKind<unknown>
  const parsed = kind.parse(line)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  const rows = [{ line: 2, row: parsed.value }]
  await db.write(province, (tx) => kind.apply({ tx, now: systemClock(), province, id: randomUUID }, rows))
}

beforeAll(async () => {
  await loadOrganisationData({ db, clock: systemClock }, province)
  await loadCatalogue({ db, clock: systemClock }, province)
  house = await compose({ config, log: createLog('silent'), db, province })
  await load(LINE)
})

test('the national scheme is read only; a copy of it is changed, published and compared', async () => {
  const ask = as('reform_officer')
  const list = await (await ask('/quan-tri/bo-chi-so')).text()
  expect(list).toContain('Quốc gia, chỉ đọc')
  expect(await (await ask('/quan-tri/bo-chi-so/766')).text()).toContain('Nguồn nói khác nhau')
  const values = formOf(await (await ask('/quan-tri/bo-chi-so/soan?tu=766')).text(), '/quan-tri/bo-chi-so/soan')
  expect(values.get('bands')).toContain('90: Xuất sắc')
  const lines = [...values.keys()].flatMap((key) => /^indicators\.(\d+)\.on$/.exec(key)?.[1] ?? [])
  const national = nationalSchemes().find(({ code }) => code === '766')
  expect(lines.length).toBe(Math.max(...(national?.versions ?? []).map(({ indicators }) => indicators.length)))
  // Without a code, a decision or a change it is not published, and every fault has a sentence.
  const onTime = [...values.entries()].find(([key, value]) => /\.max$/.test(key) && value === '20')?.[0].split('.')[1]
  const wrong = new URLSearchParams(values)
  wrong.set(`indicators.${onTime}.max`, 'nhiều')
  wrong.set('bands', '50: Trung bình')
  wrong.set('code', 'Cà Mau 2026')
  wrong.set('change', '')
  const refused = await ask('/quan-tri/bo-chi-so/soan', wrong)
  expect(refused.status).toBe(422)
  const said = await refused.text()
  expect(said).toContain('Ghi quyết định ban hành.')
  for (const sentence of ['Mã chỉ gồm chữ thường không dấu', 'Ghi mục này, nhiều nhất 500 ký tự.', 'Ghi một số, như 80 hoặc 0,5.'])
    expect(said).toContain(sentence)
  expect(said).not.toContain('Mục này chưa đúng.')
  expect(said).toContain(`href="#indicators.${onTime}.max"`)
  // Its own code and decision; 30 points for time, none of the last indicator, from 2022 on.
  for (const [name, value] of Object.entries({
    code: 'ca-mau',
    name: 'Bộ chỉ số tỉnh Cà Mau',
    basis: 'Quyết định 01/QĐ-UBND',
    change: 'Bản đầu',
    'validFrom-day': '1',
    'validFrom-month': '1',
    'validFrom-year': '2022',
    [`indicators.${onTime}.max`]: '30',
    [`indicators.${onTime}.rule`]: 'yes_no',
    [`indicators.${onTime}.threshold`]: '90',
  }))
    values.set(name, value)
  values.delete(`indicators.${lines.at(-1)}.on`)
  const bad = new URLSearchParams(values)
  bad.set('bands', '50: Trung bình')
  expect(await (await ask('/quan-tri/bo-chi-so/soan', bad)).text()).toContain('Mức xếp loại thấp nhất phải từ 0 điểm.')
  const done = await ask('/quan-tri/bo-chi-so/soan', values)
  expect(
    done.status,
    await done
      .clone()
      .text()
      .then((text) => text.slice(0, 0)),
  ).toBe(303)
  expect(done.headers.get('location')).toBe('/quan-tri/bo-chi-so/ca-mau?ban=2022-01-01&xong=1')
  // The same copy again would be written over what there is now: refused at the code, with everything that was typed.
  const again = await ask('/quan-tri/bo-chi-so/soan', values)
  const taken = await again.text()
  expect([again.status, taken.includes('Đã có bộ chỉ số mang mã này'), taken.includes('href="#code"')]).toEqual([409, true, true])
  expect(formOf(taken, '/quan-tri/bo-chi-so/soan').get(`indicators.${onTime}.max`)).toBe('30')
  // As a file it comes back under another name; broken JSON is told with its line.
  const file = await (await ask('/quan-tri/bo-chi-so/ca-mau/json')).text()
  const loaded = await ask('/quan-tri/bo-chi-so/nap', { json: file.replace('"ca-mau"', '"ca-mau-2"') })
  expect(loaded.headers.get('location')).toContain('/quan-tri/bo-chi-so/ca-mau-2')
  expect(await (await ask('/quan-tri/bo-chi-so/nap', { json: file.replace('"max": 30', '"max": "ba mươi"') })).text()).toMatch(
    /Dòng \d+, cột \d+/,
  )
  expect((await ask('/quan-tri/bo-chi-so/nap', { json: file.replace('"ca-mau"', '"766"') })).status).toBe(422)
  // The one late dossier: 0 of 20 and 0 of 30; the whole differs by what the dropped indicator gave.
  const compared = await (await as('leader')('/dieu-hanh/chi-so/hai-bo?ky=2022&bo=766&voi-bo=ca-mau')).text()
  expect(compared).toContain('Theo Bộ chỉ số tỉnh Cà Mau')
  const score = async (scheme: string) =>
    (await (await ask(`/api/v1/index/score?from=2022-01-01&to=2022-12-31&unit=H12.31.01&scheme=${scheme}`)).json()) as { max: number }
  expect((await score('ca-mau')).max - (await score('766')).max).toBeGreaterThan(3)
})

test('of two officers at one version the second is shown what the first published, keeps what was typed, and publishes knowing it', async () => {
  const SOAN = '/quan-tri/bo-chi-so/soan'
  const [a, b] = [as('reform_officer'), as('reform_officer', 'H12', 'Lê Văn Bảy')]
  const begin = formOf(await (await a(`${SOAN}?tu=766`)).text(), SOAN)
  for (const [name, value] of Object.entries({ code: 'hai-nguoi', basis: 'QĐ 1', change: 'Bản đầu' })) begin.set(name, value)
  expect((await a(SOAN, begin)).status).toBe(303)
  const open = async () => formOf(await (await a(`${SOAN}?tu=hai-nguoi`)).text(), SOAN)
  const [first, second] = [await open(), await open()]
  // B adds 5.6 in a new group that stands first, and publishes from today.
  const press = async (ask: Ask, values: URLSearchParams, lam: string) => {
    const sent = new URLSearchParams(values)
    sent.set('lam', lam)
    const response = await ask(SOAN, sent)
    return { status: response.status, html: await response.text() }
  }
  const place = (values: URLSearchParams, name: string) =>
    [...values.entries()].find(([key, value]) => key.endsWith('.id') && value === name)
  let form = formOf((await press(b, second, 'does=add')).html, SOAN)
  form = formOf((await press(b, form, 'does=add-group grouping=0')).html, SOAN)
  const fresh = place(form, '')?.[0].replace(/\.id$/, '') ?? ''
  const group = [...form.keys()].filter((key) => /^groupings\.0\.groups\.\d+\.key$/.test(key)).at(-1) ?? ''
  for (const [name, value] of Object.entries({
    [`${fresh}.id`]: '5.6',
    [`${fresh}.name`]: 'Trả lời đúng hẹn',
    [`${fresh}.max`]: '2,5',
    [`${fresh}.numerator.0.0.quantity`]: 'on_time',
    [`${fresh}.denominator.0.0.quantity`]: 'received',
    [`${fresh}.group.0`]: form.get(group) ?? '',
    [`${fresh}.group.1`]: '0',
    [group.replace(/key$/, 'name')]: 'Nhóm của Bảy',
    change: 'Thêm 5.6',
  }))
    form.set(name, value)
  for (let at = Number(group.split('.')[3]); at > 0; at -= 1)
    form = formOf((await press(b, form, `does=raise-group grouping=0 group=${at}`)).html, SOAN)
  expect((await b(SOAN, form)).headers.get('location')).toMatch(/^\/quan-tri\/bo-chi-so\/hai-nguoi/)
  // A's groups are those of the version A opened: nothing moves to another group by its place in B's.
  const groupsOf = (html: string) => [...html.matchAll(/Gồm ([^<]*)</g)].map(([, ids]) => ids)
  const before = groupsOf(await (await a(`${SOAN}?tu=766`)).text())
  first.set('change', 'Sửa ngưỡng')
  const onTime = place(first, '2.1')?.[0].replace(/id$/, '')
  first.set(`${onTime}threshold`, '95')
  const pressed = await press(a, first, 'does=read')
  expect([pressed.status, groupsOf(pressed.html)]).toEqual([200, before])
  expect(pressed.html).toContain('Lê Văn Bảy')
  const refused = await a(SOAN, first)
  const html = await refused.text()
  expect(refused.status).toBe(409)
  for (const text of ['Lê Văn Bảy', 'Thêm chỉ số 5.6 Trả lời đúng hẹn, 2,5 điểm', 'Thêm 5.6', 'href="#da-xem"', 'Tôi đã xem'])
    expect(html).toContain(text)
  const kept = formOf(html, SOAN)
  expect([kept.get(`${onTime}threshold`), kept.get('change'), groupsOf(html)]).toEqual(['95', 'Sửa ngưỡng', before])
  // Sent again without a word it is refused again; the same day's 5.6 goes only knowingly.
  expect((await a(SOAN, kept)).status).toBe(409)
  kept.set('da-xem', /name="da-xem"[^>]* value="(\d+)"/.exec(html)?.[1] ?? '')
  const tried = formOf((await press(a, kept, 'does=try')).html, SOAN)
  expect(tried.get('da-xem')).toBe(kept.get('da-xem'))
  expect((await a(SOAN, tried)).status).toBe(303)
  const now = (await (await a('/quan-tri/bo-chi-so/hai-nguoi/json')).json()) as {
    versions: { indicators: { id: string; rule: unknown }[]; groupings: { groups: { indicators: string[] }[] }[] }[]
  }
  expect(now.versions).toHaveLength(1)
  expect(now.versions[0]?.indicators.find(({ id }) => id === '2.1')?.rule).toEqual({ kind: 'linear', full: 0.95 })
  expect(now.versions[0]?.groupings[0]?.groups.map(({ indicators }) => indicators.join(', '))).toEqual(
    before.slice(0, now.versions[0]?.groupings[0]?.groups.length),
  )
  // Under a code that another scheme has, the province's own is not published either.
  const third = await open()
  third.set('code', 'ca-mau')
  third.set('change', 'Chép sang bộ khác')
  const other = await a(SOAN, third)
  expect([other.status, (await other.text()).includes('Đã có bộ chỉ số mang mã này')]).toEqual([409, true])
  // A file takes the place of what it differs from, and says of which.
  const file = JSON.stringify({ ...now, versions: [{ ...now.versions[0], rounding: { indicator: null, total: 3 } }] })
  const loaded = (await a('/quan-tri/bo-chi-so/nap', { json: file })).headers.get('location') ?? ''
  expect(await (await a(loaded)).text()).toMatch(/Bản từ \d\d\/\d\d\/\d{4} thay bản cùng ngày/)
})

test('figures from outside are given by form or CSV, with their source, and a later one is a new revision', async () => {
  const ask = as('reform_officer')
  const given = { month: '2022-03', quantity: 'synced', agency_code: 'H12', value: '1', source: 'Cổng DVCQG' }
  expect((await ask('/quan-tri/so-lieu-bao-cao', given)).headers.get('location')).toBe('/quan-tri/so-lieu-bao-cao?moi=1&cu=0')
  expect((await ask('/quan-tri/so-lieu-bao-cao', given)).headers.get('location')).toBe('/quan-tri/so-lieu-bao-cao?moi=0&cu=1')
  const csv = 'quantity,agency_code,month,value,source\nsynced,H12,2022-03,2,Đính chính\ndecisions,H12,2022-03,4,Báo cáo quý\n'
  expect((await ask('/quan-tri/so-lieu-bao-cao/csv', { csv })).headers.get('location')).toBe('/quan-tri/so-lieu-bao-cao?moi=2&cu=0')
  const page = await (await ask('/quan-tri/so-lieu-bao-cao?nam=2022')).text()
  expect(page).toContain('bản cũ')
  const wrong = await ask('/quan-tri/so-lieu-bao-cao/csv', { csv: csv.replace('H12,2022-03,4', 'H99,2022-03,4') })
  expect([wrong.status, (await wrong.text()).includes('Dòng 3, cột agency_code: Không có cơ quan mang mã này.')]).toEqual([422, true])
  // The national system has said nothing: the page and the JSON say so.
  expect(await (await ask('/dieu-hanh/chi-so?tu=2022-03-01&den=2022-03-31')).text()).toContain('Chưa có số báo cáo quốc gia')
  const json = (await (await ask('/api/v1/index/score?from=2022-03-01&to=2022-03-31')).json()) as {
    indicators: { id: string; quality: string[] }[]
  }
  expect(json.indicators.find(({ id }) => id === '1.4')?.quality).toEqual(['NO_NATIONAL_REPORT_DATA'])
  // A quarter of a year in which nothing was received: three twelfths of the year before stand in.
  await ask('/quan-tri/so-lieu-bao-cao', { ...given, month: '2024-02', value: '0' })
  await ask('/quan-tri/so-lieu-bao-cao', { ...given, month: '2023-05', quantity: 'national_received', value: '1200' })
  const later = (await (await ask('/api/v1/index/score?from=2024-01-01&to=2024-03-31')).json()) as {
    indicators: { id: string; quality: string[]; denominator: number | null }[]
  }
  expect(later.indicators.find(({ id }) => id === '1.4')).toMatchObject({
    denominator: 300,
    quality: ['TEMP_NATIONAL_REPORT_DENOMINATOR', 'REPORTED_MONTHS_MISSING'],
  })
})

test('many reported figures are looked at in pages, and narrowed to a unit or quantity', async () => {
  const ask = as('reform_officer')
  const path = '/quan-tri/so-lieu-bao-cao'
  const lines = Array.from(
    { length: 60 },
    (_none, n) => `synced,${n % 2 === 0 ? 'H12.31' : 'H12.31.01'},2025-0${1 + (n % 6)},${n + 1},Báo cáo ${n}`,
  )
  for (const line of lines) await ask(`${path}/csv`, { csv: `quantity,agency_code,month,value,source\n${line}\n` })
  const rowsOf = async (query: string) =>
    [...(await (await ask(`${path}?nam=2025${query}`)).text()).matchAll(/Báo cáo (\d+)</g)].map(([, n]) => Number(n))
  const first = await rowsOf('')
  const second = await rowsOf('&trang=2')
  expect(first).toHaveLength(50)
  expect(new Set([...first, ...second].filter((n) => n < 60))).toHaveLength(60)
  expect((await rowsOf('&loc-don-vi=H12.31.01')).every((n) => n % 2 === 1)).toBe(true)
  expect(await rowsOf('&loc-don-vi=H12.31&loc-so-lieu=decisions')).toEqual([])
  expect(await rowsOf('&loc-don-vi=nobody&trang=x')).toHaveLength(50)
})

test('a table saved by Excel here is loaded whole or not at all: with a fault it comes back as text, told by line and column', async () => {
  const ask = as('reform_officer')
  const path = '/quan-tri/so-lieu-bao-cao'
  const excel =
    '\uFEFFSố liệu;Mã đơn vị;Tháng;Giá trị;Nguồn\r\npublications;H12;01/05/2021;1.234;"Báo cáo; quý II"\r\nsynced;H12;05/2021;97,3;Cổng DVCQG\r\n'
  const wrong = await ask(`${path}/csv`, withFile('tep', 'so-lieu.csv', excel))
  expect(wrong.status).toBe(422)
  const page = await wrong.text()
  expect(page).toContain('Dòng 3, cột value: dấu phẩy là dấu thập phân')
  expect(page).toContain('publications;H12;01/05/2021;1.234')
  expect(await (await ask(`${path}?nam=2021`)).text()).toContain('Chưa có số liệu nào trong năm này')
  const good = withFile('tep', 'so-lieu.csv', excel.replace('97,3', '97'))
  expect((await ask(`${path}/csv`, good)).headers.get('location')).toBe(`${path}?moi=2&cu=0`)
  expect(
    (
      await ask(
        `${path}/csv`,
        withFile(
          'tep',
          'a.json',
          JSON.stringify([{ quantity: 'synced', agency_code: 'H12', month: '2021-05', value: 97, source: 'Cổng DVCQG' }]),
        ),
      )
    ).headers.get('location'),
  ).toBe(`${path}?moi=0&cu=1`)
  const listed = await (await ask(`${path}?nam=2021`)).text()
  expect(listed).toContain('1.234')
  expect(listed).toContain('Báo cáo; quý II')
  // Neither the old encodings nor something endless: said on the page, in words.
  const old = await ask(`${path}/csv`, withFile('tep', 'cu.csv', Buffer.from('Số liệu', 'latin1')))
  expect([old.status, (await old.text()).includes('CSV UTF-8')]).toEqual([422, true])
  const endless = await ask(`${path}/csv`, withFile('tep', 'to.csv', 'x'.repeat(1024 * 1024 + 1)))
  expect([endless.status, (await endless.text()).includes('quá lớn')]).toEqual([413, true])
  const twice = `quantity,agency_code,month,value,source\nsynced,H12,2021-06,1,a\nsynced,H12,2021-06,2,b\n`
  expect(await (await ask(`${path}/csv`, { csv: twice })).text()).toContain('Dòng 3, cột month: trùng với dòng 2.')
})

test('every version of a scheme’s file is published, each from its day; the same file again changes nothing', async () => {
  const ask = as('reform_officer')
  const national = JSON.parse(await (await ask('/quan-tri/bo-chi-so/766/json')).text()) as { versions: { validFrom: string }[] }
  const file = { ...national, code: 'ba-ban', basis: 'Quyết định 02/QĐ-UBND' }
  expect(file.versions.length).toBeGreaterThan(1)
  const load = (what: unknown) => ask('/quan-tri/bo-chi-so/nap', withFile('tep', 'bo.json', JSON.stringify(what, null, 1)))
  expect((await load(file)).headers.get('location')).toBe(`/quan-tri/bo-chi-so/ba-ban?xong=1&nap=${file.versions.length}&cu=0`)
  const page = await (await ask('/quan-tri/bo-chi-so/ba-ban')).text()
  for (const { validFrom } of file.versions) expect(page).toContain(validFrom.split('-').reverse().join('/'))
  expect((await load(file)).headers.get('location')).toBe(`/quan-tri/bo-chi-so/ba-ban?xong=1&nap=0&cu=${file.versions.length}`)
  // One wrong version: none of the others is written either.
  const half = { ...file, code: 'nua-chung', versions: file.versions.map((one, i) => (i === 1 ? { ...one, bands: [] } : one)) }
  const wrong = await load(half)
  expect([wrong.status, /Dòng \d+, cột \d+ \(versions\.1/.test(await wrong.text())]).toEqual([422, true])
  expect((await ask('/quan-tri/bo-chi-so/nua-chung')).status).toBe(404)
  const doubled = await load({ ...file, code: 'trung-ngay', versions: [...file.versions, file.versions[0]] })
  expect([doubled.status, (await doubled.text()).includes('cùng một ngày')]).toEqual([422, true])
})

test('the National Portal’s counters come under its own names, for the province and each unit, asked in its way or ours', async () => {
  const ask = as('leader')
  interface Portal {
    code: string
    data: {
      from: string
      to: string
      groupScores: { code: string; score: number | null }[]
      parent: Record<string, unknown>
      children: Record<string, unknown>[]
    }
  }
  const asked = (await (await ask('/api/v1/index/portal?timeType=quarter&year=2022&quarter=1')).json()) as Portal
  expect(asked).toMatchObject({ code: 'OK', data: { from: '2022-01-01', to: '2022-03-31' } })
  expect(asked.data.groupScores.map(({ code }) => code)).toEqual(['CKMB', 'TDGQ', 'CLGQ', 'TTTT', 'MDSH', 'MDHL'])
  const one = {
    totalReceived: 1,
    totalOnTime: 0,
    totalOverdue: 1,
    channelOnlineSum: 1,
    channelDirectSum: 0,
    channelTotalSum: 1,
    onlineOverdueSum: 1,
  }
  expect(asked.data.parent).toMatchObject({ departmentCode: 'H12', ...one, avgProcessingDays: null, totalDossierOnlinePaymentSuccess: 1 })
  expect(Number(asked.data.parent.partialCount) + Number(asked.data.parent.fullCount)).toBe(asked.data.parent.onlineServiceTotal)
  expect(asked.data.children.find(({ departmentCode }) => departmentCode === 'H12.31.01')).toMatchObject({ level: 'commune', ...one })
  const unit = (await (await ask('/api/v1/index/portal?from=2022-01-01&to=2022-03-31&unit=H12.31.01')).json()) as Portal
  expect(unit.data.parent).toMatchObject({ departmentCode: 'H12.31.01', ...one, fullCount: null })
  expect(unit.data.children).toEqual([])
  expect((await ask('/api/v1/index/portal?timeType=month&year=2022')).status).toBe(422)
})

test('past work under today’s units opens: the unit of today, its indicators and their dossiers, with what went into it', async () => {
  const ask = as('leader')
  const ranking = await (await ask('/dieu-hanh/chi-so/xep-hang?ky=2022&theo=nay')).text()
  const href = /href="(\/dieu-hanh\/chi-so\?[^"]*don-vi=H12\.1\d\d[^"]*)"/.exec(ranking)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(href).toContain('theo=nay')
  const unit = await (await ask(href)).text()
  expect(unit).toContain('Tính cho đơn vị ngày nay')
  const indicator = /href="(\/dieu-hanh\/chi-so\/chi-tieu[^"]*id=2\.1[^"]*)"/.exec(unit)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await (await ask(indicator)).text()).toContain('H12.31.01-220315-0001')
})

test('2.1 opens to late dossiers apart from those still in time: every number is as long as its list', async () => {
  const line = (n: number, change: Readonly<Record<string, string>>) => ({
    ...LINE,
    code: `H12.31.02-210610-000${n}`,
    agency_code: 'H12.31.02',
    submitted_at: '2021-06-10T08:00:00+07:00',
    received_at: '2021-06-10T08:30:00+07:00',
    due_at: '2021-06-15T17:00:00+07:00',
    completed_at: '2021-06-14T16:00:00+07:00',
    ...change,
  })
  const open = { status: '4', completed_at: '' }
  await load(line(1, {}))
  await load(line(2, { completed_at: '2021-06-16T16:00:00+07:00' }))
  await load(line(3, open))
  await load(line(4, { ...open, due_at: '2021-07-02T17:00:00+07:00' }))
  await load(line(5, { ...open, due_at: '2021-07-05T17:00:00+07:00' }))
  const ask = as('leader')
  const page = async (view: string, period = 'ky=2021-06') => {
    const html = await (await ask(`/dieu-hanh/chi-so/chi-tieu?id=2.1&don-vi=H12.31.02&${period}&xem=${view}`)).text()
    const chip = /aria-current="true">[\s\S]*?<\/a>/.exec(html.slice(html.indexOf('Trong mẫu số') - 400))?.[0] ?? ''
    return {
      count: Number(/cs-chip__count"> (\d+)/.exec(chip)?.[1]),
      codes: [...html.matchAll(/H12\.31\.02-210610-000(\d)/g)].map(([, n]) => n).sort(),
      html,
    }
  }
  expect(await page('tat')).toMatchObject({ count: 5, codes: ['1', '2', '3', '4', '5'] })
  expect(await page('dat')).toMatchObject({ count: 1, codes: ['1'] })
  expect(await page('con-han')).toMatchObject({ count: 2, codes: ['4', '5'] })
  const late = await page('chua-dat')
  expect(late).toMatchObject({ count: 2, codes: ['2', '3'] })
  expect(late.html).toContain('chưa xong mà đã quá hẹn khi hết ngày 30/06/2021')
  // Three of five are in time: two late ones lose the points, and the way there says how many.
  expect(late.html).toContain('3 ÷ 5 = 60,00')
  expect(await (await ask('/dieu-hanh/chi-so?don-vi=H12.31.02&ky=2021-06')).text()).toContain('2 hồ sơ trễ hạn')
  // The board says the province's points, against the month before: nothing came in after June.
  const board = await (await ask('/dieu-hanh?ky=2021')).text()
  expect(board).toMatch(/không đổi so với hết tháng 11\/2021/)
  expect(board).toMatch(/mất \d+,\d\d điểm; chưa chấm \d+ điểm/)
  expect(await (await ask('/dieu-hanh?ky=2021-06')).text()).not.toContain('so với tháng')
  // In the year that is over all three open ones are late.
  expect(await page('chua-dat', 'ky=2021')).toMatchObject({ count: 4, codes: ['2', '3', '4', '5'] })
  expect(await page('con-han', 'ky=2021')).toMatchObject({ count: 0, codes: [] })
})

test('a period is closed from its page, shown with its digest, and what changed since stands beside it', async () => {
  const ask = as('administrator')
  const closed = await ask('/dieu-hanh/chi-so/chot', { period: '2022-03', scheme: '766', reason: '' })
  expect(closed.headers.get('location')).toBe('/dieu-hanh/chi-so/chot/766/2022-03?ban=1&xong=1')
  const again = await ask('/dieu-hanh/chi-so/chot', { period: '2022-03', scheme: '766', reason: '' })
  expect([again.status, (await again.text()).includes('số liệu không đổi')]).toEqual([409, true])
  expect(await (await as('leader')('/dieu-hanh/chi-so/chot/766/2022-03')).text()).toMatch(/[0-9a-f]{64}/)
  expect((await as('leader')('/dieu-hanh/chi-so/chot', { period: '2022-02', scheme: '766' })).status).toBe(403)
  await ask('/quan-tri/so-lieu-bao-cao', { month: '2022-03', quantity: 'synced', agency_code: 'H12', value: '3', source: 'Đính chính' })
  expect(await (await ask('/dieu-hanh/chi-so/chot/766/2022-03')).text()).toContain('2 → 3')
  expect((await ask('/dieu-hanh/chi-so/chot/766/2021-03')).status).toBe(404)
  // Years later a dossier of the period is put right: the page says what differs, the revision why, and the first reading stays.
  await load({ ...LINE, completed_at: '2022-03-18T16:00:00+07:00' })
  const corrected = await (await ask('/dieu-hanh/chi-so/chot/766/2022-03')).text()
  expect(corrected).toContain('hồ sơ đã xong đúng hạn: 0 → 1')
  const silent = await ask('/dieu-hanh/chi-so/chot', { period: '2022-03', scheme: '766', reason: '' })
  expect([silent.status, (await silent.text()).includes('cần lý do')]).toEqual([422, true])
  const revised = await ask('/dieu-hanh/chi-so/chot', { period: '2022-03', scheme: '766', reason: 'Ngày xong ghi nhầm' })
  expect(revised.headers.get('location')).toBe('/dieu-hanh/chi-so/chot/766/2022-03?ban=2&xong=1')
  expect(await (await ask('/dieu-hanh/chi-so/chot/766/2022-03?ban=2')).text()).toContain('Ngày xong ghi nhầm')
  expect(await (await ask('/dieu-hanh/chi-so/chot/766/2022-03?ban=1')).text()).toContain('0 → 1')
})

test('a quarter of which only two months were reported says so at its head, at its indicator and where the third is given', async () => {
  const ask = as('reform_officer')
  const text = async (path: string, who = ask) => (await who(path)).text()
  const given = { quantity: 'certified_copies_due', agency_code: 'H12', value: '7', source: 'Sở Tư pháp' }
  for (const month of ['2022-07', '2022-08']) await ask('/quan-tri/so-lieu-bao-cao', { ...given, month })
  const quarter = 'tu=2022-07-01&den=2022-09-30'
  const said = 'Mới có số báo cáo tháng 7, 8; thiếu tháng 9/2022'
  const score = await text(`/dieu-hanh/chi-so?${quarter}`)
  expect(score).toContain('Số báo cáo của kỳ này chưa đủ tháng')
  expect(score.split(said)).toHaveLength(3)
  const page = await text(`/dieu-hanh/chi-so/chi-tieu?${quarter}&id=4.x`)
  expect(page).toContain(said)
  const href = /href="([^"]*so-lieu-bao-cao[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  expect(href).toBe('/quan-tri/so-lieu-bao-cao?nam=2022&thang=2022-09&so-lieu=certified_copies_due&don-vi=H12#nhap')
  const form = await text(href ?? '')
  expect(form).toMatch(/value="2022-09"/)
  expect(form).toMatch(/<option value="certified_copies_due" selected/)
  expect(form).toContain('>9/2022</a>')
  // Whoever may not give figures is told all the same, without the way there.
  const leader = await text(`/dieu-hanh/chi-so?${quarter}`, as('leader'))
  expect([leader.includes(said), leader.includes('so-lieu-bao-cao')]).toEqual([true, false])
  const portal = (await (await ask('/api/v1/index/portal?timeType=quarter&year=2022&quarter=3')).json()) as {
    data: { metrics: { code: string; missingMonths: string[] }[] }
  }
  expect(portal.data.metrics.filter(({ missingMonths }) => missingMonths.length > 0)).toMatchObject([{ missingMonths: ['2022-09'] }])
  await ask('/quan-tri/so-lieu-bao-cao', { ...given, month: '2022-09', value: '0' })
  expect(await text(`/dieu-hanh/chi-so?${quarter}`)).not.toContain('thiếu tháng')
})

test('the ranking marks in words whose score is not whole: points nobody could score, months nobody reported', async () => {
  const ask = as('reform_officer')
  const ranking = async () => (await as('leader')('/dieu-hanh/chi-so/xep-hang?ky=2022-q1')).text()
  const row = async () => /H12\.31\.01[\s\S]*?<\/tr>/.exec(await ranking())?.[0] ?? ''
  expect(await row()).toContain('chưa chấm')
  expect(await row()).not.toContain('thiếu')
  const given = { quantity: 'synced', agency_code: 'H12.31.01', value: '1', source: 'Cổng DVCQG' }
  for (const month of ['2022-01', '2022-02']) await ask('/quan-tri/so-lieu-bao-cao', { ...given, month })
  expect(await row()).toContain('thiếu số báo cáo tháng 3/2022')
  expect(await row()).toContain('thiếu 1 tháng')
  expect(await ranking()).toContain('1 đơn vị trong bảng chưa đủ số liệu')
  await ask('/quan-tri/so-lieu-bao-cao', { ...given, month: '2022-03' })
  expect(await row()).not.toContain('thiếu')
})

test('another province opens to counts, formulas and their basis, never to a dossier or a name; only who may see the national board gets in', async () => {
  const wanted = simulatedProvinces.filter(({ slug }) => slug === 'can-tho' || slug === 'da-nang')
  const migration = { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
  await loadProvinces({ db, clock: systemClock, migration }, undefined, wanted)
  const leader = as('leader')
  const board = await (await leader('/dieu-hanh/toan-quoc')).text()
  expect(board).toMatch(/\/dieu-hanh\/toan-quoc\/can-tho\?[^"]*#group-TDGQ/)
  const shown = await leader('/dieu-hanh/toan-quoc/can-tho?voi=da-nang')
  const html = await shown.text()
  expect(shown.status).toBe(200)
  for (const text of [
    'Thành phố Cần Thơ',
    'Công thức',
    'Quyết định 766/QĐ-TTg',
    'Trung vị',
    'Cao nhất',
    'Tính lúc',
    'kém Thành phố Đà Nẵng',
  ])
    expect(html).toContain(text)
  expect(html).not.toMatch(/Mô Phỏng|M92|9\.9990|\/mot-cua\/ho-so|chi-so\/chi-tieu/)
  // The served province has nothing this year: said, not 0 points; and nothing of it stands beside the others.
  expect(await (await leader('/dieu-hanh/toan-quoc/ca-mau')).text()).toContain('Tỉnh này chưa có hồ sơ nào trong kỳ')
  expect(await (await leader('/dieu-hanh/toan-quoc/can-tho')).text()).toContain('Chưa so được với Tỉnh Cà Mau: chưa có số liệu.')
  for (const path of ['/dieu-hanh/toan-quoc/khong-co', '/dieu-hanh/toan-quoc/can-tho?voi=khong-co']) {
    const missing = await leader(path)
    expect([missing.status, (await missing.text()).includes('Không có tỉnh, thành phố này trong hệ thống.')]).toEqual([404, true])
  }
  const year = systemClock().toString().slice(0, 4)
  const days = `from=${year}-01-01&to=${year}-12-31`
  const ranking = (await (await leader(`/api/v1/index/national?${days}`)).json()) as { provinces: Record<string, unknown>[] }
  expect(ranking.provinces.map((one) => [one.province, one.state, one.rank])).toEqual([
    ['da-nang', 'scored', 1],
    ['can-tho', 'scored', 2],
    ['ca-mau', 'nothing', null],
  ])
  expect(ranking.provinces[2]).toMatchObject({ score: null, groups: [], as_of: null })
  const one = (await (await leader(`/api/v1/index/national/can-tho?${days}`)).json()) as { detail: { indicators: unknown[] } }
  expect(one).toMatchObject({ province: 'can-tho', rank: 2, detail: { scheme: '766', indicators: expect.any(Array) } })
  expect(one.detail.indicators.length).toBeGreaterThan(20)
  expect((await leader(`/api/v1/index/national/khong-co?${days}`)).status).toBe(404)
  expect((await leader('/api/v1/index/national?from=2026-02-30&to=2026-03-01')).status).toBe(422)
  const csv = await leader('/dieu-hanh/toan-quoc/bang.csv')
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines.map((line) => line.split(',').slice(0, 4).join(','))).toEqual([
    'Hạng,Mã tỉnh,"Tỉnh, thành phố"',
    '1,48,Thành phố Đà Nẵng (mô phỏng),đã chấm',
    '2,92,Thành phố Cần Thơ (mô phỏng),đã chấm',
    ',96,Tỉnh Cà Mau,chưa có số liệu',
  ])
  expect(lines[0]).toContain('Chưa chấm được,Thiếu số báo cáo tháng')
  expect(ranking.provinces[0]).toMatchObject({ missing_months: expect.any(Array) })
  expect(new Set(lines.map((line) => line.replaceAll(/"[^"]*"/g, '').split(',').length)).size).toBe(1)
  for (const role of ['unit_head', 'administrator', 'specialist'] as const)
    for (const path of ['/dieu-hanh/toan-quoc/can-tho', '/dieu-hanh/toan-quoc/bang.csv', `/api/v1/index/national?${days}`])
      expect([role, path, (await as(role)(path)).status]).toEqual([role, path, 403])
})
