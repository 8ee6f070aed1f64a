import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type SignedIn, signedIn } from '../../../test/support/signed-in.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import { loadCatalogue } from './index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const EDIT = '/quan-tri/thu-tuc/1.004873/phien-ban-moi'

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  house = await signedIn(db, province, clock)
})

const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Every value the page would send, left as it is. */
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

/** Sends a page's values with some changed; names may repeat (tiers, life events). */
const send = (values: [string, string][], changes: Record<string, string>, role = 'reform_officer'): Promise<Response> => {
  const body = new URLSearchParams([
    ['_csrf', 'token-of-this-session'],
    ...values.filter(([name]) => !(name in changes)),
    ...Object.entries(changes),
  ])
  return Promise.resolve(
    house.web.request(EDIT, {
      method: 'POST',
      headers: {
        cookie: `cuaso_session=${role}`,
        'content-type': 'application/x-www-form-urlencoded',
        host: 'localhost',
        origin: 'http://localhost',
      },
      body: body.toString(),
    }),
  )
}
const day = (date: string) => ({ 'validFrom-day': date.slice(8), 'validFrom-month': date.slice(5, 7), 'validFrom-year': date.slice(0, 4) })

test('officers search the catalogue and see every version of a procedure', async () => {
  const list = await house.text('/quan-tri/thu-tuc?q=khai+sinh', 'clerk')
  expect(list).toContain('/quan-tri/thu-tuc/1.001193')
  const versions = await house.text('/quan-tri/thu-tuc/1.009994', 'clerk')
  expect(versions).toContain('01/07/2025')
  expect(versions).toContain('Đang có hiệu lực')
  expect(versions).not.toContain('phien-ban-moi')
  expect((await house.get('/quan-tri/thu-tuc/9.999999', 'clerk')).status).toBe(404)
  expect((await house.get('/quan-tri/thu-tuc')).status).toBe(401)
})

test('only those who answer for procedures may change one', async () => {
  expect((await house.get(EDIT, 'clerk')).status).toBe(403)
  expect((await house.get(EDIT, 'reform_officer')).status).toBe(200)
})

test('a page sent back untouched changes nothing, and says so', async () => {
  const values = valuesOf(await house.text(EDIT, 'reform_officer'))
  const response = await send(values, { ...day('2027-01-01'), step: 'preview' })
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('Không có gì khác')
})

test('a change is shown before it is made, both sides beside each other; then it is published, and the older version stays', async () => {
  const values = valuesOf(await house.text(EDIT, 'reform_officer'))
  const changes = {
    ...day('2027-01-01'),
    serviceLevel: 'partial',
    'fees.0.amount': '20.000',
    'components.5.name': 'Giấy tờ khác',
    'components.5.original': '1',
    change: 'Thu lệ phí theo mức mới',
    step: 'preview',
  }
  const preview = await send(values, changes)
  expect(preview.status).toBe(200)
  const html = await preview.text()
  for (const part of ['15.000', '20.000', 'Trực tuyến một phần', 'Giấy tờ khác', 'mỗi hồ sơ giữ phiên bản lúc tiếp nhận', 'Từ 01/01/2027'])
    expect(html).toContain(part)

  const published = await send(valuesOf(html), { step: 'publish' })
  expect(published.status).toBe(303)
  const after = await house.text(published.headers.get('location') ?? '', 'reform_officer')
  expect(after).toContain('Đã ban hành phiên bản')
  expect(after).toContain('Sắp có hiệu lực')
  const view = async (date: string) =>
    (await (await house.get(`/api/v1/procedures/1.004873?date=${date}`)).json()) as {
      fees: { amount: number }[]
      components: { name: { vi: string } }[]
    }
  expect((await view('2026-12-31')).fees[0]?.amount).toBe(15000)
  expect((await view('2027-01-01')).fees[0]?.amount).toBe(20000)
  expect((await view('2027-01-01')).components.at(-1)?.name.vi).toBe('Giấy tờ khác')
})

test('mistakes come back at their fields with everything that was typed', async () => {
  const values = valuesOf(await house.text(EDIT, 'reform_officer'))
  const response = await send(values, { ...day('2027-02-31'), name: '', timeLimit: 'ba ngày', what: 'Giữ câu này', step: 'preview' })
  expect(response.status).toBe(422)
  const html = await response.text()
  for (const part of ['href="#validFrom"', 'href="#name"', 'href="#timeLimit"', 'value="ba ngày"', 'Giữ câu này'])
    expect(html).toContain(part)
  const past = await send(values, { ...day('2026-11-01'), timeLimit: '5', step: 'preview' })
  expect(await past.text()).toContain('từ hôm nay trở đi')
})
