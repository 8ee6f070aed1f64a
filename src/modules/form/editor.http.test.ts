import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type SignedIn, signedIn } from '../../../test/support/signed-in.ts'
import { sql } from '../../kernel/database/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import { findFormAt, loadForms } from './index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const FORMS = '/quan-tri/bieu-mau'
const officer = 'reform_officer'

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadForms({ db, clock }, province)
  house = await signedIn(db, province, clock)
})

const see = (path: string, role = officer): Promise<string> => house.text(path, role)
const seen = async (code: string): Promise<string> => /name="seen" value="(\d+)"/.exec(await see(`${FORMS}/${code}/sua`))?.[1] ?? ''
const post = (path: string, fields: Record<string, string>, role = officer): Promise<Response> => house.send(path, fields, role)
const where = (response: Response): string => response.headers.get('location') ?? ''
const change = async (code: string, fields: Record<string, string>): Promise<Response> =>
  post(`${FORMS}/${code}/sua`, { seen: await seen(code), ...fields })

async function fresh(title: string): Promise<string> {
  const made = await post(`${FORMS}/moi`, { way: 'new', title })
  expect(made.status).toBe(303)
  return where(made).split('/')[3] ?? ''
}

test('every officer sees the forms with their versions; only those who answer for procedures may write', async () => {
  const list = await see(FORMS, 'clerk')
  expect(list).toContain('Chứng thực bản sao từ bản chính')
  expect(list).not.toContain(`${FORMS}/moi`)
  const one = await see(`${FORMS}/chung`, 'clerk')
  expect(one).toContain('Bản nháp của dân')
  expect(one).not.toContain('Sửa thành phiên bản mới')
  expect((await house.get(`${FORMS}/moi`, 'clerk')).status).toBe(403)
  expect((await post(`${FORMS}/chung/sua/bat-dau`, { version: '1' }, 'unit_head')).status).toBe(403)
  expect((await house.get(`${FORMS}/khong-co`, officer)).status).toBe(404)
})

test('a form is built by pressing and writing, tried, published from a day, and compared with the version before', async () => {
  const code = await fresh('Đăng ký đưa đón học sinh')
  expect(code).toBe('dang-ky-dua-don-hoc-sinh')

  // A step between, a yes-or-no, a choice that is only asked after yes.
  const step = where(await change(code, { _do: 'page-add', title: 'Về học sinh', after: 'nguoi-nop' }))
  expect(step).toBe(`${FORMS}/${code}/sua/buoc/ve-hoc-sinh`)
  const yesNo = where(await change(code, { _do: 'field-add:ve-hoc-sinh', type: 'yesNo', label: 'Cháu có đi xe không?' }))
  expect(yesNo).toBe(`${FORMS}/${code}/sua/cau/chauCoDiXeKhong`)
  const choice = where(await change(code, { _do: 'field-add:ve-hoc-sinh', type: 'choice', label: 'Điểm đón' }))
  expect(await see(choice)).toContain('cần ít nhất hai lựa chọn')
  const saved = await post(choice, {
    seen: await seen(code),
    type: 'choice',
    page: 've-hoc-sinh',
    _do: 'save',
    'q.label': 'Điểm đón',
    'q.required': '1',
    'q.options.0.label': 'Chợ Cái Nước',
    'q.options.1.label': 'Bến phà',
    'q.condition.0.about': 'chauCoDiXeKhong=is=true',
  })
  expect(where(saved)).toBe(`${FORMS}/${code}/sua/buoc/ve-hoc-sinh?o=field%3AdiemDon&da=luu`)
  const shown = await see(where(saved))
  expect(shown).toContain('Hiện khi “Cháu có đi xe không?” là Có')
  expect(shown).toMatch(/href="[^"]*cau\/diemDon"[^>]*data-focus/)
  expect(shown).toContain('Người dân sẽ thấy')

  // Tried like a citizen: a mistake is told, the question behind the condition appears.
  const trial = `${FORMS}/${code}/sua/thu`
  expect(await see(trial)).toContain('không gì được lưu')
  const wrong = await post(trial, {
    _buoc: 'nguoi-nop',
    _da: '{}',
    fullName: 'Lê Văn Tám',
    personalNumber: '12',
    phone: '0912345678',
    _do: 'continue',
  })
  expect(wrong.status).toBe(422)
  const next = await (
    await post(trial, {
      _buoc: 'nguoi-nop',
      _da: '{}',
      fullName: 'Lê Văn Tám',
      personalNumber: '096190000101',
      phone: '0912345678',
      _do: 'continue',
    })
  ).text()
  expect(next).toContain('Về học sinh')
  const da = (/name="_da" value="([^"]*)"/.exec(next)?.[1] ?? '').replaceAll('&quot;', '"')
  const opened = await (await post(trial, { _buoc: 've-hoc-sinh', _da: da, chauCoDiXeKhong: 'yes', _do: 'continue' })).text()
  expect(opened).toContain('Bến phà')

  // Published from today; the same form once more changes nothing.
  expect(await see(`${FORMS}/${code}/sua/ban-hanh`)).toContain('phiên bản đầu tiên')
  const from = (day: string) => ({ 'validFrom-day': day.slice(8), 'validFrom-month': day.slice(5, 7), 'validFrom-year': day.slice(0, 4) })
  const past = await post(`${FORMS}/${code}/sua/ban-hanh`, { seen: await seen(code), ...from('2026-11-20') })
  expect(past.status).toBe(422)
  const published = await post(`${FORMS}/${code}/sua/ban-hanh`, { seen: await seen(code), ...from('2026-11-21') })
  expect(await see(where(published))).toContain('Đã ban hành phiên bản 1')
  expect((await db.read(province, (tx) => findFormAt(tx, code, '2026-11-21')))?.pages.map(({ id }) => id)).toEqual([
    'nguoi-nop',
    've-hoc-sinh',
    'cam-doan',
  ])
  expect(where(await post(`${FORMS}/${code}/sua/bat-dau`, { version: '1' }))).toBe(`${FORMS}/${code}/sua`)
  const same = await post(`${FORMS}/${code}/sua/ban-hanh`, { seen: await seen(code), ...from('2026-12-01') })
  expect(await same.text()).toContain('không khác gì phiên bản có hiệu lực')
  await change(code, { _do: 'field-remove:diemDon' })
  expect(await see(`${FORMS}/${code}/sua/ban-hanh`)).toContain('Câu “Điểm đón”')
  const second = await post(`${FORMS}/${code}/sua/ban-hanh`, { seen: await seen(code), ...from('2026-12-01') })
  expect(second.status).toBe(303)
  expect(await see(`${FORMS}/${code}/so-sanh?tu=1&den=2`)).toContain('Câu “Điểm đón”')
  expect((await db.read(province, (tx) => findFormAt(tx, code, '2026-11-30')))?.version).toBe(1)

  // Who did what is in the log.
  const { rows } = await db.read(province, (tx) =>
    sql<{
      n: number
      who: string
    }>`select count(*)::int as n, min(actor->>'name') as who from event where type like 'form.edit-%' and data->>'code' = ${code}`.execute(
      tx,
    ),
  )
  expect(rows[0]).toMatchObject({ who: 'Ngô Thị Thử' })
  expect(rows[0]?.n).toBeGreaterThanOrEqual(6)
})

describe('two officers on one form', () => {
  test('different questions: both are kept; the same question: the second is told, nothing is lost, and saving again decides', async () => {
    const code = await fresh('Hai người cùng soạn')
    const at = await seen(code)
    const save = (path: string, label: string, seenAt: string) =>
      post(`${FORMS}/${code}/sua/cau/${path}`, {
        seen: seenAt,
        type: path,
        page: 'nguoi-nop',
        'q.label': label,
        'q.required': '1',
        _do: 'save',
      })
    expect((await save('phone', 'Số máy', at)).status).toBe(303)
    expect((await save('email', 'Hộp thư', at)).status).toBe(303)
    const late = await save('phone', 'Điện thoại nhà', at)
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('Ngô Thị Thử vừa sửa phần này')
    expect(html).toContain('value="Điện thoại nhà"')
    expect(html).toContain('Số máy')
    const now = /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
    expect((await save('phone', 'Điện thoại nhà', now)).status).toBe(303)
    const draft = await see(`${FORMS}/${code}/sua`)
    expect(draft).toContain('Điện thoại nhà')
    expect(draft).toContain('Hộp thư')
  })

  test('a question removed meanwhile comes back when its writer saves again', async () => {
    const code = await fresh('Bỏ rồi lại có')
    const at = await seen(code)
    await change(code, { _do: 'field-remove:email' })
    const fields = { type: 'email', page: 'nguoi-nop', 'q.label': 'Hộp thư của tôi', _do: 'save' }
    const gone = await post(`${FORMS}/${code}/sua/cau/email`, { seen: at, ...fields })
    expect(gone.status).toBe(409)
    const now = /name="seen" value="(\d+)"/.exec(await gone.text())?.[1] ?? ''
    expect((await post(`${FORMS}/${code}/sua/cau/email`, { seen: now, ...fields })).status).toBe(303)
    expect(await see(`${FORMS}/${code}/sua/buoc/nguoi-nop`)).toContain('Hộp thư của tôi')
  })

  test('what somebody wrote after the page was shown is not published unseen', async () => {
    const code = await fresh('Ban hành lỡ tay')
    const at = await seen(code)
    await change(code, { _do: 'field-remove:email' })
    const day = { 'validFrom-day': '1', 'validFrom-month': '12', 'validFrom-year': '2026' }
    expect((await post(`${FORMS}/${code}/sua/ban-hanh`, { seen: at, ...day })).status).toBe(409)
  })
})

test('what was removed can be undone, and a draft that is discarded is gone', async () => {
  const code = await fresh('Hoàn tác')
  await change(code, { _do: 'field-remove:email' })
  await change(code, { _do: 'undo' })
  expect(await see(`${FORMS}/${code}/sua/buoc/nguoi-nop`)).toContain('Thư điện tử')
  expect((await post(`${FORMS}/${code}/sua/bo`, {})).status).toBe(303)
  expect((await house.get(`${FORMS}/${code}/sua`, officer)).status).toBe(404)
})

test('options move and go by their buttons, and keep what was typed elsewhere on the page', async () => {
  const code = await fresh('Lựa chọn')
  const path = where(await change(code, { _do: 'field-add:cam-doan', type: 'choices', label: 'Loại xe' }))
  const fields = {
    type: 'choices',
    page: 'cam-doan',
    'q.label': 'Loại xe nào',
    'q.options.0.label': 'Xe lớn',
    'q.options.1.label': 'Xe nhỏ',
    'q.options.2.label': 'Đò',
  }
  const moved = await post(path, { seen: await seen(code), ...fields, _do: 'option-up:2' })
  expect(where(moved)).toContain('lc=up:1')
  const html = await see(where(moved))
  expect(html.indexOf('value="Đò"')).toBeLessThan(html.indexOf('value="Xe nhỏ"'))
  expect(html).toContain('value="Loại xe nào"')
})

test('numbers that cannot be read come back as typed, with what to do', async () => {
  const code = await fresh('Con số')
  const path = where(await change(code, { _do: 'field-add:cam-doan', type: 'number', label: 'Số chuyến' }))
  const back = await post(path, {
    seen: await seen(code),
    type: 'number',
    page: 'cam-doan',
    'q.label': 'Số chuyến',
    'q.min': 'một',
    _do: 'save',
  })
  expect(back.status).toBe(422)
  const html = await back.text()
  for (const part of ['href="#q.min"', 'value="một"', 'Nhập một số']) expect(html).toContain(part)
})

test('a form goes out as a file and comes in as the same form; a wrong file is told its line and leaves nothing', async () => {
  const file = await see(`${FORMS}/chung-thuc-ban-sao/xuat?phien-ban=1`)
  const other = file.replace('"code": "chung-thuc-ban-sao"', '"code": "chung-thuc-moi"')
  const come = await post(`${FORMS}/moi`, { way: 'file', text: other })
  expect(where(come)).toBe(`${FORMS}/chung-thuc-moi/sua`)
  expect(await see(`${FORMS}/chung-thuc-moi/xuat?ban-soan=1`)).toBe(other)
  const wrong = await post(`${FORMS}/moi`, { way: 'file', text: '{\n  "code": ,\n}' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('Dòng 2, cột 11')
  const again = await post(`${FORMS}/moi`, { way: 'file', text: other })
  expect(again.status).toBe(409)
  const upload = new FormData()
  upload.set('_csrf', 'token-of-this-session')
  upload.set('way', 'file')
  upload.set('file', new File([other.replace('chung-thuc-moi', 'chung-thuc-tep')], 'bieu-mau.json', { type: 'application/json' }))
  const sent = await house.web.request(`${FORMS}/moi`, {
    method: 'POST',
    headers: { cookie: `cuaso_session=${officer}`, host: 'localhost', origin: 'http://localhost' },
    body: upload,
  })
  expect(where(sent)).toBe(`${FORMS}/chung-thuc-tep/sua`)
})
