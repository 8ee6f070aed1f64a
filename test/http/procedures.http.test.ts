import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const ADMIN = '/quan-tri/thu-tuc'
const CODE = '1.004873'

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await loadForms({ db, clock }, province)
  house = await signedIn(db, province, clock)
})

const FORM_HEADERS = { host: 'localhost', origin: 'http://localhost' }
const post = (path: string, fields: Record<string, string> | [string, string][], role = 'reform_officer'): Promise<Response> =>
  Promise.resolve(
    house.web.request(path, {
      method: 'POST',
      headers: { ...FORM_HEADERS, cookie: `cuaso_session=${role}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([
        ['_csrf', 'token-of-this-session'],
        ...(Array.isArray(fields) ? fields : Object.entries(fields)),
      ]).toString(),
    }),
  )
const see = (path: string, role = 'reform_officer'): Promise<string> => house.text(path, role)
const where = (response: Response): string => response.headers.get('location') ?? ''
const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Every value a page would send, left as it is. */
function valuesOf(html: string): [string, string][] {
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
  const main = html.slice(html.indexOf('<main'))
  const values: [string, string][] = []
  for (const [tag] of main.matchAll(/<input\b[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')]
    if (!name || name === '_csrf' || ((type === 'radio' || type === 'checkbox') && !/ checked(=|>|\s|\/)/.test(tag))) continue
    values.push([name, plain(attribute(tag, 'value') ?? '')])
  }
  for (const [, name = '', text = ''] of main.matchAll(/<textarea\b[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
    values.push([name, plain(text)])
  for (const [, name = '', options = ''] of main.matchAll(/<select\b[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
    values.push([name, plain(/<option value="([^"]*)" selected/.exec(options)?.[1] ?? '')])
  return values
}

/** Opens a part of a draft and sends it with some values changed. */
async function change(code: string, part: string, changes: Record<string, string>): Promise<Response> {
  const path = `${ADMIN}/${code}/sua/phan/${part}`
  const values = valuesOf(await see(path))
  return post(path, [...values.filter(([name]) => !(name in changes)), ...Object.entries({ _do: 'save', ...changes })])
}
const seen = async (code: string): Promise<string> =>
  /name="seen" value="(\d+)"/.exec(await see(`${ADMIN}/${code}/sua/phan/ten`))?.[1] ?? ''
const day = (date: string) => ({ 'validFrom-day': date.slice(8), 'validFrom-month': date.slice(5, 7), 'validFrom-year': date.slice(0, 4) })
const publish = async (code: string, date: string, more: Record<string, string> = {}): Promise<Response> =>
  post(`${ADMIN}/${code}/sua/ban-hanh`, { seen: await seen(code), ...day(date), ...more })

test('officers search the catalogue and see every version of a procedure', async () => {
  const list = await house.text('/quan-tri/thu-tuc?q=khai+sinh', 'clerk')
  expect(list).toContain('/quan-tri/thu-tuc/1.001193')
  const versions = await house.text('/quan-tri/thu-tuc/1.009994', 'clerk')
  expect(versions).toContain('01/07/2025')
  expect(versions).toContain('Đang có hiệu lực')
  expect(versions).not.toContain('Sửa thành phiên bản mới')
  expect((await house.get('/quan-tri/thu-tuc/9.999999', 'clerk')).status).toBe(404)
  expect((await house.get('/quan-tri/thu-tuc')).status).toBe(401)
})

test('only those who answer for procedures may write', async () => {
  for (const path of ['/moi', `/${CODE}/sua`, `/${CODE}/bai-bo`]) expect((await house.get(`${ADMIN}${path}`, 'clerk')).status).toBe(403)
  expect((await post(`${ADMIN}/${CODE}/sua`, {}, 'unit_head')).status).toBe(403)
  expect((await house.get(`${ADMIN}/moi`, 'reform_officer')).status).toBe(200)
})

test('a change is written part by part, shown before it is made, published from a day; the older version stays', async () => {
  expect(where(await post(`${ADMIN}/${CODE}/sua`, {}))).toBe(`${ADMIN}/${CODE}/sua`)
  expect(await see(`${ADMIN}/${CODE}/sua/ban-hanh`)).toContain('Không có gì khác')
  // Every part sent back untouched changes nothing.
  for (const part of ['ten', 'noi-giai-quyet', 'phi', 'giay-to', 'ket-qua', 'giai-thich', 'phap-ly'])
    expect((await change(CODE, part, {})).status, part).toBe(303)
  expect(await see(`${ADMIN}/${CODE}/sua/ban-hanh`)).toContain('Không có gì khác')

  await change(CODE, 'phi', { 'rows.0.amount': '20.000' })
  await change(CODE, 'noi-giai-quyet', { serviceLevel: 'partial' })
  const papers = valuesOf(await see(`${ADMIN}/${CODE}/sua/phan/giay-to`)).filter(([name]) => /^rows\.\d+\.name$/.test(name)).length
  await change(CODE, 'giay-to', { [`rows.${papers - 1}.name`]: 'Giấy tờ khác', [`rows.${papers - 1}.original`]: '1' })
  const preview = await see(`${ADMIN}/${CODE}/sua/xem`)
  for (const part of ['Giấy tờ khác', '20.000', 'chưa ban hành']) expect(preview).toContain(part)
  const compared = await see(`${ADMIN}/${CODE}/sua/ban-hanh`)
  for (const part of ['15.000', '20.000', 'Trực tuyến một phần', 'Giấy tờ khác', 'hồ sơ nào đang giải quyết'])
    expect(compared).toContain(part)

  expect((await publish(CODE, '2026-11-01')).status).toBe(422)
  const published = await publish(CODE, '2027-01-01', { change: 'Thu lệ phí theo mức mới' })
  const after = await see(where(published))
  expect(after).toContain('Đã ban hành phiên bản')
  expect(after).toContain('Sắp có hiệu lực')
  const view = async (date: string) =>
    (await (await house.get(`/api/v1/procedures/${CODE}?date=${date}`)).json()) as {
      fees: { amount: number }[]
      components: { name: { vi: string } }[]
    }
  expect((await view('2026-12-31')).fees[0]?.amount).toBe(15000)
  expect((await view('2027-01-01')).fees[0]?.amount).toBe(20000)
  expect((await view('2027-01-01')).components.at(-1)?.name.vi).toBe('Giấy tờ khác')
})

test('mistakes come back at their fields with everything that was typed', async () => {
  await post(`${ADMIN}/${CODE}/sua`, {})
  const response = await change(CODE, 'thoi-han', { timeLimit: 'ba ngày' })
  expect(response.status).toBe(422)
  const html = await response.text()
  for (const part of ['href="#timeLimit"', 'value="ba ngày"']) expect(html).toContain(part)
  expect(await (await post(`${ADMIN}/${CODE}/sua/ban-hanh`, { seen: '99', ...day('2027-02-31') })).text()).toContain('ngày có thật')
})

test('two officers on one part: the second is told, nothing is lost, and saving again decides; other parts do not meet', async () => {
  await post(`${ADMIN}/1.001193/sua`, {})
  const path = `${ADMIN}/1.001193/sua/phan`
  const [mine, law] = [valuesOf(await see(`${path}/giai-thich`)), valuesOf(await see(`${path}/phap-ly`))]
  await change('1.001193', 'giai-thich', { keywords: 'của người kia' })
  expect((await post(`${path}/phap-ly`, law)).status).toBe(303)
  const late = await post(`${path}/giai-thich`, [...mine.filter(([name]) => name !== 'keywords'), ['keywords', 'của tôi']])
  expect(late.status).toBe(409)
  const html = await late.text()
  for (const part of ['Ngô Thị Thử vừa sửa phần này', 'của người kia', '>của tôi']) expect(html).toContain(part)
  expect((await post(`${path}/giai-thich`, valuesOf(html))).status).toBe(303)
  expect(await see(`${ADMIN}/1.001193/sua`)).toContain('của tôi')
})

test('a procedure that nobody had yet: written, mended where it is said, published, ended, and brought back', async () => {
  const code = '9.000001'
  const wrong = await post(`${ADMIN}/moi`, { way: 'new', code: 'mã có dấu', name: '' })
  expect(wrong.status).toBe(422)
  expect(where(await post(`${ADMIN}/moi`, { way: 'new', code, name: 'Đăng ký đưa đón học sinh' }))).toBe(`${ADMIN}/${code}/sua`)
  const draft = await see(`${ADMIN}/${code}/sua`)
  for (const part of ['Chọn lĩnh vực của thủ tục', 'ít nhất một kết quả']) expect(draft).toContain(part)
  expect((await publish(code, '2026-11-21')).status).toBe(422)
  await change(code, 'ten', { field: 'ho-tich' })
  await change(code, 'ket-qua', { 'rows.0.name': 'Thẻ đưa đón' })
  expect(await see(`${ADMIN}/${code}/sua`)).toContain('đã đủ để ban hành')
  expect((await publish(code, '2026-11-21')).status).toBe(303)
  expect((await house.get(`/thu-tuc/${code}`)).status).toBe(200)
  expect((await post(`${ADMIN}/moi`, { way: 'new', code, name: 'Lần nữa' })).status).toBe(409)

  const ended = await post(`${ADMIN}/${code}/bai-bo`, { ...day('2026-11-21'), reason: 'Bãi bỏ theo Quyết định 1' })
  expect(ended.status).toBe(303)
  expect((await house.get(`/thu-tuc/${code}`)).status).toBe(404)
  const twice = await post(`${ADMIN}/${code}/bai-bo`, { ...day('2026-11-22'), reason: 'Lần nữa' })
  expect(await twice.text()).toContain('không còn hiệu lực')
  await post(`${ADMIN}/${code}/sua`, {})
  expect((await publish(code, '2026-11-21')).status).toBe(303)
  expect((await house.get(`/thu-tuc/${code}`)).status).toBe(200)
})

test('a procedure is copied, goes out as a file and comes in again; a wrong file leaves nothing', async () => {
  await post(`${ADMIN}/moi`, { way: 'new', code: '9.000002', name: 'Bản chép', copy: '1.004873' })
  expect(await see(`${ADMIN}/9.000002/sua`)).toContain('Bản chép')
  const file = (await see(`${ADMIN}/1.001193/xuat`)).replace('"1.001193"', '"9.000003"')
  expect(where(await post(`${ADMIN}/moi`, { way: 'file', text: file }))).toBe(`${ADMIN}/9.000003/sua`)
  const wrong = await post(`${ADMIN}/moi`, { way: 'file', text: file.replace('9.000003', '9.000004').replace('"tiers"', '"tang"') })
  expect(await wrong.text()).toMatch(/Dòng \d+, cột \d+/)
  expect((await house.get(`${ADMIN}/9.000004/sua`, 'reform_officer')).status).toBe(404)
  expect((await post(`${ADMIN}/9.000003/sua/bo`, {})).status).toBe(303)
  expect((await house.get(`${ADMIN}/9.000003/sua`, 'reform_officer')).status).toBe(404)
})
