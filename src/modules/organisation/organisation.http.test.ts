import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type SignedIn, signedIn } from '../../../test/support/signed-in.ts'
import { loadOrganisationData } from './index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  house = await signedIn(db, province, clock)
})

const get: SignedIn['get'] = (path, role) => house.get(path, role)
const text: SignedIn['text'] = (path, role) => house.text(path, role)
const send: SignedIn['send'] = (path, fields, role) => house.send(path, fields, role)
const hidden = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )

describe('the tree on any day', () => {
  test('30/06/2025: nine districts and a hundred communes; the day after: sixty-four communes and no district', async () => {
    const before = await text('/quan-tri/co-quan?ngay=2025-06-30')
    expect(before).toContain('Huyện Ngọc Hiển')
    expect(before).not.toContain('Phường An Xuyên')
    const after = await text('/quan-tri/co-quan?ngay=2025-07-01')
    expect(after).not.toContain('Huyện Ngọc Hiển')
    expect(after).toContain('Phường An Xuyên')
    expect(after.match(/H12\.1\d\d</g)).toHaveLength(64)
  })

  test('search finds units of any time without accents; nothing found says what to try', async () => {
    expect(await text('/quan-tri/co-quan?q=ngoc+hien')).toContain('Ủy ban nhân dân huyện Ngọc Hiển')
    expect(await text('/quan-tri/co-quan?q=khong+co+dau')).toContain('Thử ít chữ hơn')
  })

  test('a day that does not exist is told, and today is shown', async () => {
    expect(await text('/quan-tri/co-quan?ngay=2025-02-31')).toContain('Ngày phải có dạng')
  })

  test('what is typed comes back as text, never as markup', async () => {
    const page = await text(`/quan-tri/co-quan?q=${encodeURIComponent('<script>alert(1)</script>')}`)
    expect(page).not.toContain('<script>alert')
  })

  test('a visitor who is not signed in does not come in', async () => {
    expect((await get('/quan-tri/co-quan')).status).toBe(401)
  })
})

describe('a unit', () => {
  test('that was split says so both ways: not allocable', async () => {
    const unit = await text('/quan-tri/co-quan/H12.33.01?ngay=2025-06-30')
    expect(unit).toContain('Thị trấn Thới Bình')
    const split = await text('/quan-tri/co-quan/H12.37.01?ngay=2025-06-30')
    expect(split).toContain('Thị trấn Năm Căn')
    expect(split).toContain('Xã Đất Mới')
    expect(split).toContain('Không phân bổ được')
  })
  test('whose time is over is still shown, with a word about it', async () => {
    expect(await text('/quan-tri/co-quan/H12.31?ngay=2026-01-01')).toContain('không hoạt động vào ngày 01/01/2026')
  })
  test('that never was is not found', async () => {
    expect((await get('/quan-tri/co-quan/H12.999', 'clerk')).status).toBe(404)
  })
  test('shows its changes to an administrator only', async () => {
    expect(await text('/quan-tri/co-quan/H12.120')).toContain('/quan-tri/co-quan/H12.120/nhap')
    expect(await text('/quan-tri/co-quan/H12.120', 'clerk')).not.toContain('/quan-tri/co-quan/H12.120/nhap')
    expect((await get('/quan-tri/co-quan/H12.120/nhap', 'clerk')).status).toBe(403)
  })
})

describe('a merger by form', () => {
  const fields = {
    codes: 'H12.150\nH12.151',
    into: 'H12.250',
    'fields.name': 'Ủy ban nhân dân xã Rừng Đước',
    'fields.shortName': 'Xã Rừng Đước',
    'fields.tier': 'commune',
    'fields.kind': 'people_committee',
    'fields.parentCode': 'H12',
    'fields.areaCode': '',
    'basis.day-day': '1',
    'basis.day-month': '1',
    'basis.day-year': '2027',
    'basis.source': 'Nghị quyết 5/NQ-HĐND',
    'basis.note': '',
    step: 'preview',
  }
  const path = '/quan-tri/co-quan/H12.150/nhap'

  test('a wrong day stays on the page, with what was typed', async () => {
    const page = await send(path, { ...fields, 'basis.day-month': '13' })
    expect(page.status).toBe(422)
    const html = await page.text()
    expect(html).toContain('#basis.day')
    expect(html).toContain('Xã Rừng Đước')
  })

  test('is shown before it is made, and made once', async () => {
    const preview = await (await send(path, fields)).text()
    expect(preview).toContain('hoạt động đến hết ngày 31/12/2026')
    expect(preview).toContain('Xã Rừng Đước (H12.250) hoạt động từ ngày 01/01/2027')
    expect(await text('/quan-tri/co-quan?ngay=2027-01-01')).not.toContain('Xã Rừng Đước')

    const confirm = { ...hidden(preview), step: 'confirm' }
    const done = await send(path, confirm)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/quan-tri/co-quan/H12.250?ngay=2027-01-01&da=ghi'])
    expect((await send(path, confirm)).status).toBe(303)
    expect(await text('/quan-tri/co-quan?ngay=2027-01-01')).toContain('Xã Rừng Đước')
    expect(await text('/quan-tri/co-quan?ngay=2026-12-31')).not.toContain('Xã Rừng Đước')
  })

  test('by a clerk, or without the form’s token, is refused', async () => {
    expect((await send(path, fields, 'clerk')).status).toBe(403)
    expect((await send(path, { ...fields, _csrf: 'x' })).status).toBe(403)
  })
})

test('a split by form: an error stands at the part where it was typed, then the preview says what is not allocable', async () => {
  const part = (at: number, code: string, name: string) => ({
    [`into.${at}.code`]: code,
    [`into.${at}.fields.name`]: name,
    [`into.${at}.fields.shortName`]: name,
  })
  const fields = {
    ...part(0, 'H12.160', 'Xã Một'),
    ...part(2, 'H12.260', ''),
    'fields.tier': 'commune',
    'fields.kind': 'people_committee',
    'fields.parentCode': 'H12',
    'basis.day-day': '1',
    'basis.day-month': '3',
    'basis.day-year': '2027',
    'basis.source': 'Nghị quyết 6/NQ-HĐND',
    step: 'preview',
  }
  const wrong = await send('/quan-tri/co-quan/H12.160/chia', fields)
  expect([wrong.status, (await wrong.text()).includes('href="#into.2.fields.name"')]).toEqual([422, true])
  const preview = await (await send('/quan-tri/co-quan/H12.160/chia', { ...fields, ...part(2, 'H12.260', 'Xã Hai') })).text()
  expect(preview).toContain('không phân bổ được cho Xã Hai')
})

describe('every kind of change has its form', () => {
  test.each(['moi', 'H12.120/phien-ban-moi', 'H12.120/nhap', 'H12.120/chia', 'H12.120/ket-thuc'])('%s', async (path) => {
    const page = await get(`/quan-tri/co-quan/${path}`, 'administrator')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Xem trước')
  })
})

describe('JSON', () => {
  test('the communes of a day, for anyone', async () => {
    const answer = await get('/api/v1/agencies?date=2025-06-30&tier=commune')
    const body = (await answer.json()) as { date: string; agencies: { code: string }[] }
    expect([answer.status, body.date, body.agencies.length]).toEqual([200, '2025-06-30', 100])
  })
  test('one unit with its history', async () => {
    const body = (await (await get('/api/v1/agencies/H12.126?date=2025-07-01')).json()) as {
      agency: { area_code: string }
      lineage: { share: string }[]
      path: string[]
    }
    expect(body.agency.area_code).toBe('32002')
    expect(body.lineage).toHaveLength(5)
    expect(body.path).toEqual(['H12', 'H12.126'])
  })
  test('a wrong date and an unknown code are told apart', async () => {
    expect((await get('/api/v1/agencies?date=30/06/2025')).status).toBe(422)
    const unknown = await get('/api/v1/agencies/H12.999')
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')])
  })
})
