import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import type { Actor } from '../../src/kernel/context.ts'
import { sql } from '../../src/kernel/database/index.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { receiveDossier, submitDossier } from '../../src/modules/dossier/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

const { db, province, ownerUrl } = await testDatabase()

let now = Temporal.Instant.from('2026-11-16T08:00:00+07:00')
const clock = () => now

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  house = await signedIn(db, province, clock)
  await house.app.jobs.install(ownerUrl, 'cuaso_app')
})

afterAll(() => house.app.jobs.stop())

const storm = (day: string, more: Record<string, string> = {}): Record<string, string> => ({
  'day-day': day.slice(8),
  'day-month': day.slice(5, 7),
  'day-year': day.slice(0, 4),
  kind: 'closed',
  name: 'Nghỉ dời trụ sở',
  source: 'Công điện 1/CĐ-UBND',
  agencyCode: '',
  ...more,
})

/** Sends a change and gives the address of its preview. */
async function drafted(path: string, fields: Record<string, string>, role?: string): Promise<string> {
  const answer = await house.send(path, fields, role)
  const to = answer.headers.get('location') ?? ''
  expect([answer.status, to]).toEqual([303, expect.stringMatching(/^\/quan-tri\/lich\/thay-doi\/[0-9a-f-]{36}$/)])
  return to
}

describe('the working calendar', () => {
  test('shows a year with every day off by name, where it comes from, and what is only computed', async () => {
    const year = await house.text('/quan-tri/lich?nam=2026', 'clerk')
    expect(year).toContain('Ngày Văn hóa Việt Nam')
    expect(year).toContain('Lịch làm việc năm 2026')
    expect(year).toContain('Nghị quyết 28/2026/QH16')
    expect(year).toContain('Làm bù hoặc làm việc riêng')
    expect(year).not.toContain('Thêm ngày riêng')
    expect(year).not.toContain('Chưa có thông báo')
    expect(await house.text('/quan-tri/lich?nam=2027')).toContain('Chưa có thông báo lịch nghỉ năm 2027')
    expect(await house.text('/quan-tri/lich?nam=1800')).toContain('Lịch làm việc năm 2026')
  })

  test('takes a storm day once it was looked at, and gives it back', async () => {
    expect((await house.send('/quan-tri/lich', { ...storm('2026-12-17'), name: '' })).status).toBe(422)
    const mistyped = await house.send('/quan-tri/lich', { ...storm('2026-12-17'), agencyCode: 'H12.999' })
    expect([mistyped.status, await mistyped.text()]).toEqual([422, expect.stringContaining('Không có cơ quan nào mang mã H12.999.')])
    const draft = await drafted('/quan-tri/lich', storm('2026-12-17'))
    expect(await house.text('/quan-tri/lich?nam=2026')).toContain('bản nháp')
    expect(await house.text('/quan-tri/lich?nam=2026')).not.toContain('value="2026-12-17"')
    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(303)
    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(409)
    expect(await house.text('/quan-tri/lich?nam=2026')).toContain('value="2026-12-17"')
    const back = await drafted('/quan-tri/lich/bo', { day: '2026-12-17', agencyCode: '' })
    expect((await house.send(`${back}/ap-dung`, {})).status).toBe(303)
    expect(await house.text('/quan-tri/lich?nam=2026')).not.toContain('value="2026-12-17"')
    expect((await house.send('/quan-tri/lich', storm('2026-12-17'), 'clerk')).status).toBe(403)
  })

  test('a draft can be dropped, and then cannot be applied', async () => {
    const draft = await drafted('/quan-tri/lich', storm('2026-12-18'))
    expect((await house.send(`${draft}/bo`, {})).headers.get('location')).toBe('/quan-tri/lich?nam=2026')
    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(409)
    expect(await house.text(draft)).toContain('Thay đổi lịch đã bỏ')
    expect((await house.get('/quan-tri/lich/thay-doi/01980000-0000-7000-8000-00000000dead', 'administrator')).status).toBe(404)
  })

  test('lets an administrator of one commune change its own days only, and says so on the form', async () => {
    const local = 'administrator@H12.101'
    const form = await house.text('/quan-tri/lich?nam=2026', local)
    expect(form).toContain('thuộc phạm vi của bạn')
    expect(form).toMatch(/name="agencyCode"[^>]*value="H12\.101"/)
    expect((await house.send('/quan-tri/lich', storm('2026-12-21'), local)).status).toBe(403)
    expect((await house.send('/quan-tri/lich', storm('2026-12-21', { agencyCode: 'H12.102' }), local)).status).toBe(403)
    const own = await drafted('/quan-tri/lich', storm('2026-12-21', { agencyCode: 'H12.101' }), local)
    const all = await drafted('/quan-tri/lich', storm('2026-12-22'))
    expect((await house.send(`${all}/ap-dung`, {}, local)).status).toBe(403)
    expect((await house.send(`${own}/ap-dung`, {}, local)).status).toBe(303)
    expect((await house.send(`${all}/ap-dung`, {})).status).toBe(303)
    const days = await house.text('/quan-tri/lich?nam=2026', local)
    expect(days.match(/action="\/quan-tri\/lich\/bo"/g)).toHaveLength(1)
  })
})

describe('opening hours of an agency', () => {
  const week = Object.fromEntries(
    [1, 2, 3, 4, 5].flatMap((day) => [
      [`w${day}a`, '07:00'],
      [`w${day}b`, '11:00'],
      [`w${day}c`, '13:00'],
      [`w${day}d`, '17:00'],
    ]),
  )
  const from = { 'validFrom-day': '1', 'validFrom-month': '12', 'validFrom-year': '2026', source: 'Quyết định 15/QĐ-UBND' }

  test('are entered from a date, with a Saturday counter that does not count, and inherited by those below', async () => {
    const saturday = { w6a: '07:30', w6b: '11:00' }
    const draft = await drafted('/quan-tri/lich/gio', { agencyCode: 'H12.20', ...week, ...saturday, ...from })
    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(303)
    now = Temporal.Instant.from('2026-12-02T08:00:00+07:00')
    const below = await house.text('/quan-tri/lich/gio?co-quan=H12.20.01')
    now = Temporal.Instant.from('2026-11-16T08:00:00+07:00')
    expect(below).toContain('giờ của H12.20, từ 01/12/2026')
    expect(below).toContain('07:00–11:00, 13:00–17:00')
    expect(below).toContain('mở cửa, không tính là ngày làm việc')
    expect(await house.text('/quan-tri/lich/gio?co-quan=H12.20')).toContain('07:30–11:30, 13:30–17:30')
  })

  test('that make no sense are refused at their weekday', async () => {
    const wrong = await house.send('/quan-tri/lich/gio', { agencyCode: 'H12.20', ...week, w3b: '06:00', ...from })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Giờ đóng phải sau giờ mở')
    const noMonday = await house.send('/quan-tri/lich/gio', { agencyCode: 'H12.20', ...week, w1a: '', w1b: '', w1c: '', w1d: '', ...from })
    expect(await noMonday.text()).toContain('ít nhất một buổi')
  })

  test('and rules of counting are a dated decision too', async () => {
    const rules = { startDay: 'same', lateReceipt: 'all', cutOff: '16:00', endDay: 'next', endTime: 'closing', pauses: 'supplement' }
    const draft = await drafted('/quan-tri/lich/cach-tinh', {
      agencyCode: 'H12.19',
      ...rules,
      ...from,
      'validFrom-day': '10',
      'validFrom-month': '11',
    })
    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(303)
    expect(await house.text('/quan-tri/lich/gio?co-quan=H12.19')).toContain('Mốc giờ nhận: 16:00')
    const wrong = await house.send('/quan-tri/lich/cach-tinh', { agencyCode: 'H12.19', ...rules, cutOff: '25 giờ', ...from })
    expect(wrong.status).toBe(422)
  })
})

describe('loading a year', () => {
  const year = [
    '2028-01-01,holiday,Tết Dương lịch',
    ...['24', '25', '26', '27', '28'].map((day) => `2028-01-${day},holiday,Tết Nguyên đán`),
    '2028-04-04,holiday,Giỗ Tổ Hùng Vương',
    '2028-04-30,holiday,Ngày Chiến thắng',
    '2028-05-01,holiday,Ngày Quốc tế lao động',
    '2028-09-01,holiday,Quốc khánh: ngày liền kề',
    '2028-09-02,holiday,Quốc khánh',
  ]
  test('tells every faulty line, and refuses a year that would lose its holidays', async () => {
    const faulty = await house.send('/quan-tri/lich/nap', {
      text: `date,kind,name\n${year.join('\n')}\n2028-13-01,holiday,x\n2028-02-02,feast,y`,
    })
    expect(faulty.status).toBe(422)
    const text = await faulty.text()
    expect(text).toContain('Dòng 13, date')
    expect(text).toContain('Dòng 14, kind')
    const long = await house.send('/quan-tri/lich/nap', { text: `date,kind,name\n${year.join('\n')}x${'a'.repeat(300)}` })
    expect(long.status).toBe(422)
    const short = await house.send('/quan-tri/lich/nap', { text: 'date,kind,name\n2028-01-01,holiday,Tết Dương lịch' })
    expect(await short.text()).toContain('chỉ có 1 ngày nghỉ lễ')
  })
  test('takes CSV or JSON, and the year can be counted in once it is applied', async () => {
    expect(await house.text('/quan-tri/lich?nam=2028')).toContain('Lịch làm việc năm 2027')
    const records = year.map((line) => line.split(',')).map(([date, kind, name]) => ({ date, kind, name }))
    const draft = await drafted('/quan-tri/lich/nap', { text: JSON.stringify(records) })
    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(303)
    expect(await house.text('/quan-tri/lich?nam=2028')).toContain('Lịch làm việc năm 2028')
  })
})

describe('a day off that is entered while dossiers are open', () => {
  const clerk: Actor = {
    kind: 'officer',
    officerId: '01980000-0000-7000-8000-000000000901',
    name: 'Lê Thị Cúc',
    grants: [{ role: 'clerk', agencyCode: 'H12.103', subtree: true }],
  }
  const stored = async (id: string): Promise<{ due: string; original: string; version: number; changes: { kind: string }[] }> => {
    const { rows } = await db.read(province, (tx) =>
      sql<{ due: Temporal.Instant; original: Temporal.Instant; version: number; changes: { kind: string }[] }>`
        select due_at as due, original_due_at as original, version, due_changes as changes from dossier where id = ${id}::uuid`.execute(tx),
    )
    const [row] = rows
    if (!row) throw new Error(id)
    return { ...row, due: row.due.toString(), original: row.original.toString() }
  }

  async function received(at: string): Promise<{ id: string; due: string }> {
    now = Temporal.Instant.from(at)
    const call = { province, actor: clerk, name: 'test' }
    const filed = await run(house.app, call, (cx) =>
      submitDossier(cx, {
        procedureCode: '1.001193',
        agencyCode: 'H12.103',
        receptionAgencyCode: 'H12.103',
        channel: 'counter',
        applicant: { name: 'Nguyễn Thị Đào', number: '096190000123', phone: '0912345678', email: null },
        papers: [],
      }),
    )
    if (!filed.ok) throw new Error(filed.error.code)
    if (filed.value.stage === 'submitted') {
      const done = await run(house.app, call, (cx) => receiveDossier(cx, { dossierId: filed.value.id }))
      if (!done.ok) throw new Error(done.error.code)
    }
    return { id: filed.value.id, due: (await stored(filed.value.id)).due }
  }

  test('shows whose due time moves, moves it by an event of its own once applied, and leaves what has passed', async () => {
    // 3 hours or 1 working day, whatever the procedure gives: the day before the day off is what matters.
    const early = await received('2026-11-10T16:30:00+07:00')
    const open = await received('2026-11-16T16:30:00+07:00')
    const dueDay = Temporal.Instant.from(open.due).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString()
    now = Temporal.Instant.from('2026-11-16T16:45:00+07:00')
    const draft = await drafted('/quan-tri/lich', storm(dueDay, { agencyCode: 'H12.103' }))
    const preview = await house.text(draft)
    expect(preview).toContain('Áp dụng sẽ dời hạn trả của 1 hồ sơ đang giải quyết: 1 muộn hơn, 0 sớm hơn.')
    expect((await stored(open.id)).due).toBe(open.due)

    expect((await house.send(`${draft}/ap-dung`, {})).status).toBe(303)
    expect(await house.text(draft)).toContain('Đã xử lý 0 trong 1 hồ sơ')
    await house.app.jobs.drain()
    expect(await house.text(draft)).toContain('Đã xử lý 1 trong 1 hồ sơ')

    const after = await stored(open.id)
    expect(Temporal.Instant.compare(after.due, open.due)).toBe(1)
    expect([after.original, after.changes.map(({ kind }) => kind)]).toEqual([open.due, ['calendar']])
    expect((await stored(early.id)).due).toBe(early.due)
    const { rows } = await db.read(province, (tx) =>
      sql<{ type: string }>`select type from event where subject = ${open.id}::uuid order by position desc limit 1`.execute(tx),
    )
    expect(rows).toEqual([{ type: 'dossier.rescheduled' }])
    expect(await house.text(draft)).toContain('đã dời')
  })

  test('warns of a due time that would lie before now, and keeps the promise unless told otherwise', async () => {
    const closed = await received('2026-11-19T16:30:00+07:00')
    const day = Temporal.Instant.from(closed.due).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate()
    now = Temporal.Instant.from('2026-11-19T16:31:00+07:00')
    const off = await drafted('/quan-tri/lich', storm(day.toString(), { agencyCode: 'H12.103' }))
    await house.send(`${off}/ap-dung`, {})
    await house.app.jobs.drain()
    const moved = (await stored(closed.id)).due
    // The day off turns out to be none, noticed after it.
    now = Temporal.Instant.from(`${day.toString()}T18:00:00+07:00`)
    const back = await drafted('/quan-tri/lich/bo', { day: day.toString(), agencyCode: 'H12.103' })
    expect(await house.text(back)).toContain('hạn mới sớm hơn lúc này')
    expect((await house.send(`${back}/ap-dung`, {})).status).toBe(303)
    expect(await house.text(back)).toContain('1 hồ sơ giữ nguyên hạn')
    expect((await stored(closed.id)).due).toBe(moved)
  })
})
