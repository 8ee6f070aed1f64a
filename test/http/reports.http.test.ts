import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { configure } from '../../src/cli/report-weekly.ts'
import { officerRoles } from '../../src/kernel/context.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { dossierImport } from '../../src/modules/dossier/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { recipientsOf } from '../../src/modules/reporting/index.ts'
import { testDatabase } from '../support/database.ts'
import { deliver } from '../support/deliver.ts'
import { type Arrived, mailServer, plainOf } from '../support/mail-server.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

const at = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}+07:00`)
let now = at('2026-11-16T08:00:00')
const clock = () => now
const { db, province, owner, ownerUrl, appUrl } = await testDatabase()
const post = await mailServer()
let house: SignedIn

const idOf = (role: string): string => `01980000-0000-7000-8000-00000000000${officerRoles.indexOf(role as 'clerk')}`
const form = (fields: Record<string, string>): Record<string, string> => ({ _request: randomUUID(), ...fields })
const day = (name: string, text: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = text.split('-')
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year }
}

async function officer(role: string, name: string, id = idOf(role), agency = 'H12'): Promise<string> {
  await owner(
    `insert into ca_mau.officer (id, username, name, agency_code, email, password_hash, password_changed_at, search, created_at)
     values ($1, $2, $3, $4, $2 || '@so.example.vn', 'x', now(), $2, now())`,
    [id, `${role.replace('_', '.')}.${id.slice(-4)}`, name, agency],
  )
  await owner(
    `insert into ca_mau.role_grant (id, officer_id, role, agency_code, subtree, valid_from, granted_at) values ($1, $2, $3, $4, true, '2025-07-01', now())`,
    [randomUUID(), id, role, agency],
  )
  return id
}

/** Dossiers of a commune handed in on a day, `online` of them online. */
async function dossiers(agency: string, on: string, count: number, online: number): Promise<void> {
  now = at(`${on}T18:00:00`)
  const bring = dossierImport('thử')
  const rows = Array.from({ length: count }, (_, n) => {
    const read = bring.parse({
      ...{
        code: `${agency}-${on.slice(2).replaceAll('-', '')}-${String(n + 1).padStart(4, '0')}`,
        procedure_code: '1.001193',
        agency_code: agency,
      },
      ...{ channel: n < online ? 'online' : 'counter', assisted: 'false', status: '10', applicant_name: 'Lý Thị Mười' },
      ...{ submitted_at: `${on}T08:00:00+07:00`, received_at: `${on}T08:30:00+07:00`, due_at: `${on}T17:00:00+07:00` },
      ...{
        completed_at: `${on}T16:00:00+07:00`,
        returned_at: `${on}T16:30:00+07:00`,
        fee_vnd: '8000',
        paid_vnd: '8000',
        paid_online: 'true',
      },
      ...{ papers_total: '2', papers_digitised: '2', papers_reused: '1', result_electronic: 'true', supplement_requests: '0' },
      ...{ supplement_working_days: '0', applicant_id: '', applicant_phone: '' },
    })
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: n + 2, row: read.value }
  })
  await db.write(province, (tx) => bring.apply({ tx, now, province, id: randomUUID }, rows))
}

/** What happens by itself at a moment: schedules, jobs, notices, letters; jobs that wait for their next try have waited. */
async function comes(text: string): Promise<void> {
  now = at(text)
  await house.app.jobs.drain()
  await deliver(house.app)
}
const again = () => owner(`update pgboss.job set start_after = now() - interval '1 second' where state = 'retry'`)
const job = async (queue: string): Promise<void> => {
  await db.write(province, (tx) => house.app.jobs.send(tx, province, queue, {}))
  await house.app.jobs.drain()
  await deliver(house.app)
}
const reports = () => owner(`select id, day::text, provenance, body from ca_mau.weekly_report order by week`)
const pathOf = async (on: string): Promise<string> => `/dieu-hanh/bao-cao/${(await reports()).find((one) => one.day === on)?.id}`
const bytes = async (path: string, role = 'leader'): Promise<Buffer> => Buffer.from(await (await house.get(path, role)).arrayBuffer())
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
const toWhom = (letters: readonly Arrived[]): string[] => letters.map(({ to }) => to.split('.')[0] ?? '').sort()

beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  for (const [role, name] of [
    ['leader', 'Lê Thị Chủ Tịch'],
    ['reform_officer', 'Trần Cải Cách'],
    ['administrator', 'Ngô Quản Trị'],
  ] as const)
    await officer(role, name)
  await officer('unit_head', 'Huỳnh Minh Tư', idOf('unit_head'), 'H12.144')
  house = await signedIn(db, province, clock, { SMTP_URL: post.url, MAIL_FROM: 'cuaso@camau.example.vn' })
  await house.app.jobs.install(ownerUrl, 'cuaso_app')
  // The log of the province begins with its dossiers, and every schedule with its first look.
  await dossiers('H12.144', '2026-11-10', 12, 3)
  await dossiers('H12.144', '2026-11-18', 10, 8)
  await dossiers('H12.145', '2026-11-18', 6, 0)
  await deliver(house.app)
  await comes('2026-11-20T08:00:00')
}, 120_000)
beforeEach(() => {
  post.letters.length = 0
})

test('reports are read by those who answer for figures, made by the reform office, and by nobody else', async () => {
  const may = {
    leader: [200, 200, 403],
    reform_officer: [200, 200, 200],
    unit_head: [200, 200, 403],
    clerk: [403, 403, 403],
    specialist: [403, 403, 403],
  }
  for (const [role, wanted] of Object.entries(may)) {
    const paths = ['/dieu-hanh/bao-cao', '/dieu-hanh/bao-cao/tu-tao', '/dieu-hanh/bao-cao/cau-hinh']
    expect(await Promise.all(paths.map(async (path) => (await house.get(path, role)).status)), role).toEqual(wanted)
  }
  for (const path of ['/dieu-hanh/bao-cao', '/dieu-hanh/bao-cao/tu-tao/tep/csv']) {
    const sent = await house.get(path)
    expect([302, 303, 401]).toContain(sent.status)
    expect(await sent.text()).not.toContain('SDMX')
  }
  expect((await house.send('/dieu-hanh/bao-cao/cau-hinh', form({}), 'leader')).status).toBe(403)
  expect((await house.send('/dieu-hanh/bao-cao/tu-tao', form({ name: 'x', question: 'so=received' }), 'clerk')).status).toBe(403)
})

describe('the weekly report', () => {
  test('is not there a minute before its hour; at its hour it is, and those it is for are told once, with its two pages', async () => {
    await comes('2026-11-20T14:59:00')
    expect(await reports()).toHaveLength(0)
    expect(await house.text('/dieu-hanh/bao-cao', 'leader')).toContain('Chưa có báo cáo tuần nào')
    await comes('2026-11-20T15:00:00')
    expect(await reports()).toMatchObject([{ day: '2026-11-20', provenance: 'on_time' }])
    expect(toWhom(post.letters)).toEqual(['leader', 'reform'])
    const letter = post.letters[0]
    expect(letter?.head.get('subject')).toBe('Báo cáo tuần đến ngày 20/11/2026')
    expect(plainOf(letter)).toContain('Toàn tỉnh: ')
    expect(plainOf(letter)).toContain(`Mở trang: http://localhost${await pathOf('2026-11-20')}`)
    const enclosed = letter?.parts.find(({ type }) => type === 'application/pdf')
    expect(enclosed?.name).toBe('bao-cao-tuan-2026-11-20.pdf')
    // What came by mail is to the byte what the page gives.
    expect(enclosed?.body.equals(await bytes(`${await pathOf('2026-11-20')}/pdf`))).toBe(true)
    expect(await house.text('/mot-cua/thong-bao', 'leader')).toContain(await pathOf('2026-11-20'))
    // The same job again, and the next ones, make and tell nothing.
    await job('reporting.weekly')
    await comes('2026-11-20T15:05:00')
    expect(await reports()).toHaveLength(1)
    expect(post.letters).toHaveLength(2)
  })

  test('opens from the list as a page, as two pages of paper and as a spreadsheet, the same bytes every time', async () => {
    const list = await house.text('/dieu-hanh/bao-cao', 'unit_head')
    expect(list).toContain('20/11/2026')
    expect(await house.text('/dieu-hanh/bao-cao?nam=2026&lap=muon', 'leader')).toContain('Chưa có báo cáo tuần nào')
    const path = await pathOf('2026-11-20')
    const page = await house.text(path, 'leader')
    for (const words of ['Việc cần làm', 'Thay đổi trong tuần', 'Số liệu đến muộn', 'Đất Mũi', 'khớp']) expect(page).toContain(words)
    const pdf = await bytes(`${path}/pdf`)
    expect(pagesOf(pdf)).toBe(2)
    expect(pdf.equals(await bytes(`${path}/pdf`, 'unit_head'))).toBe(true)
    const book = await house.get(`${path}/xlsx`, 'leader')
    expect(book.headers.get('content-disposition')).toContain('bao-cao-tuan-2026-11-20.xlsx')
    expect(
      Buffer.from(await book.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    for (const unknown of [`/dieu-hanh/bao-cao/${randomUUID()}`, '/dieu-hanh/bao-cao/x/pdf', '/dieu-hanh/bao-cao/ket-qua/x'])
      expect((await house.get(unknown, 'leader')).status, unknown).toBe(404)
  })

  test('that cannot be made raises the alarm with the reform office and the administrators, once; made at last, it says that it is late', async () => {
    await owner('revoke insert on ca_mau.weekly_report from cuaso_app')
    await comes('2026-11-27T15:00:00')
    expect(post.letters).toHaveLength(0)
    await again()
    await comes('2026-11-27T15:50:00')
    expect(toWhom(post.letters)).toEqual(['administrator', 'reform'])
    expect(post.letters[0]?.head.get('subject')).toBe('Chưa có báo cáo tuần ngày 27/11/2026')
    expect(await house.text('/dieu-hanh/bao-cao', 'leader')).toContain('Chưa có báo cáo tuần ngày 27/11/2026')
    expect(await house.app.checks.find(({ name }) => name === 'weekly report')?.run()).toMatchObject({ ok: false })
    await again()
    await comes('2026-11-27T16:10:00')
    expect(post.letters).toHaveLength(2)
    await owner('grant insert on ca_mau.weekly_report to cuaso_app')
    await comes('2026-11-27T16:20:00')
    expect((await reports()).at(-1)).toMatchObject({ day: '2026-11-27', provenance: 'late' })
    expect(toWhom(post.letters.slice(2))).toEqual(['leader', 'reform'])
    expect(plainOf(post.letters[2])).toContain('Lập muộn: hẹn 15:00, 27/11/2026')
    expect(await house.text(await pathOf('2026-11-27'), 'leader')).toContain('Lập muộn')
    expect(await house.text('/dieu-hanh/bao-cao', 'leader')).not.toContain('Chưa có báo cáo tuần ngày')
    expect(await house.app.checks.find(({ name }) => name === 'weekly report')?.run()).toMatchObject({ ok: true })
  })

  test('is changed in day, hour and recipients from a day on; what was typed wrong is said at its field and kept', async () => {
    now = at('2026-11-30T08:00:00')
    const right = {
      ...day('validFrom', '2026-12-01'),
      ...{
        weekday: '4',
        time: '10:30',
        alarmAfter: '30',
        'period.kind': 'year',
        silentDays: '14',
        roles: 'unit_head',
        officers: idOf('administrator'),
      },
    }
    const path = '/dieu-hanh/bao-cao/cau-hinh'
    for (const [wrong, field] of [
      [{ time: '10:33' }, 'time'],
      [{ time: '25:00' }, 'time'],
      [{ alarmAfter: '5' }, 'alarmAfter'],
      [{ alarmAfter: 'x' }, 'alarmAfter'],
      [{ silentDays: '0' }, 'silentDays'],
      [{ weekday: '9' }, 'weekday'],
      [{ 'period.kind': 'since' }, 'period.from'],
      [day('validFrom', '2026-02-30'), 'validFrom'],
      [day('validFrom', '2026-11-29'), 'validFrom'],
    ] as const) {
      const sent = await house.send(path, form({ ...right, ...wrong }), 'reform_officer')
      expect(sent.status, JSON.stringify(wrong)).toBe(422)
      const said = await sent.text()
      expect(said, JSON.stringify(wrong)).toContain(`href="#${field}"`)
      if ('time' in wrong) expect(said).toContain(`value="${wrong.time}"`)
    }
    expect((await house.send(path, form(right), 'reform_officer')).headers.get('location')).toBe(`${path}?xong=2026-12-01`)
    expect(await house.text(path, 'reform_officer')).toContain('01/12/2026')
    await comes('2026-12-03T10:30:00')
    expect((await reports()).at(-1)).toMatchObject({ day: '2026-12-03', provenance: 'on_time' })
    // Heads of units wherever they are one, and whom the setting names.
    expect(toWhom(post.letters)).toEqual(['administrator', 'unit'])
  })

  test('of the week in which a year ends counts every day of it and says what the year came to', async () => {
    now = at('2026-12-28T08:00:00')
    const back = {
      ...day('validFrom', '2026-12-29'),
      ...{ weekday: '5', time: '15:00', alarmAfter: '45', 'period.kind': 'year', silentDays: '14', roles: 'leader' },
    }
    expect((await house.send('/dieu-hanh/bao-cao/cau-hinh', form(back), 'reform_officer')).status).toBe(303)
    await dossiers('H12.144', '2026-12-30', 5, 5)
    await dossiers('H12.144', '2027-01-01', 2, 1)
    await comes('2027-01-01T15:00:00')
    const made = (await reports()).at(-1)
    expect(made).toMatchObject({ day: '2027-01-01', provenance: 'on_time' })
    expect(JSON.parse(String(made?.body))).toMatchObject({
      week: '2026-12-28',
      period: { from: '2027-01-01', to: '2027-01-01' },
      before: null,
      ended: { from: '2026-01-01', to: '2026-12-31', received: 33, shares: { online_rate: { n: 16, d: 33 } } },
      lines: [{ received: { now: 2, week: 7 } }, {}, {}],
    })
    const page = await house.text(await pathOf('2027-01-01'), 'leader')
    expect(page).toContain('Kỳ trước, 01/01/2026 đến 31/12/2026, đã khép: tiếp nhận 33 hồ sơ')
    expect(pagesOf(await bytes(`${await pathOf('2027-01-01')}/pdf`))).toBe(2)
    // The first Friday after it has a week before it again, and no year that ended.
    await comes('2027-01-08T15:00:00')
    const next = JSON.parse(String((await reports()).at(-1)?.body))
    expect(next).toMatchObject({ before: { basis: 'frozen', day: '2027-01-01' }, period: { from: '2027-01-01', to: '2027-01-08' } })
    expect(next.ended).toBeUndefined()
  })

  test('of a past week is made from the log by the command, once, and is news to nobody', async () => {
    const said = await command('--as-of', '2026-11-13')
    expect(said).toContain('Đã chốt / frozen: /dieu-hanh/bao-cao/')
    expect(await command('--as-of', '2026-11-13')).toContain('Tuần này đã có báo cáo')
    expect(JSON.parse(await command('--as-of', '2026-11-13', '--json'))).toMatchObject({ day: '2026-11-13', made: false })
    await expect(command('--as-of', '2026-11-12')).rejects.toThrow()
    expect((await reports())[0]).toMatchObject({ day: '2026-11-13', provenance: 'later' })
    await comes('2027-01-09T09:00:00')
    expect(post.letters).toHaveLength(0)
  })
})

/** Letters of scheduled questions; the weekly report has its own. */
const scheduled = (): Arrived[] => post.letters.filter(({ head }) => head.get('subject')?.startsWith('Báo cáo theo lịch'))

async function command(...words: string[]): Promise<string> {
  vi.stubEnv('BASE_URL', '')
  vi.stubEnv('DATABASE_URL', ownerUrl)
  vi.stubEnv('DATABASE_APP_URL', appUrl)
  const said: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)))
  try {
    const program = new Command()
    configure(program)
    await program.parseAsync(words, { from: 'user' })
  } finally {
    log.mockRestore()
    vi.unstubAllEnvs()
  }
  return said.join('\n')
}

describe('a question of one’s own', () => {
  const BUILDER = '/dieu-hanh/bao-cao/tu-tao'
  const SAVED = '/dieu-hanh/bao-cao/da-luu'
  const question = 'so=received,online_rate&theo=don-vi&tu=2026-11-01&den=2026-11-30&cap=xa'
  const keep = { question, schedule: 'none', weekday: '1', time: '06:30', file: 'xlsx' }
  test('is answered with exact figures as a page and as every file; nonsense falls back, what is too wide says what to narrow', async () => {
    const page = await house.text(`${BUILDER}?${question}`, 'leader')
    expect(page).toContain('50,00 % (11/22)')
    const csv = await (await house.get(`${BUILDER}/tep/csv?${question}`, 'leader')).text()
    expect(csv).toMatch(/H12\.144,[^\r]*,22,0\.5,11,22\r\n/)
    for (const [kind, begins, type] of [
      ['pdf', '%PDF', 'application/pdf'],
      ['xlsx', 'PK', 'spreadsheetml'],
      ['sdmx', 'STRUCTURE', 'sdmx.data+csv'],
    ] as const) {
      const file = await house.get(`${BUILDER}/tep/${kind}?${question}`, 'unit_head')
      expect(file.headers.get('content-type')).toContain(type)
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(0, begins.length)
          .toString('latin1'),
      ).toBe(begins)
    }
    expect((await house.get(`${BUILDER}/tep/exe?${question}`, 'leader')).status).toBe(404)
    expect((await house.get(`${BUILDER}?so=drop%20table&theo=x&buoc=y&tu=2026-02-30&thu-tuc=%27;--`, 'leader')).status).toBe(200)
    const wide = await house.get(`${BUILDER}?so=received&buoc=ngay&tu=2024-01-01&den=2026-12-31`, 'leader')
    expect(wide.status).toBe(422)
    expect(await wide.text()).toContain('Rút ngắn kỳ')
  })

  test('without a name, or with a time no clock shows, is not kept, and what was typed is still there', async () => {
    for (const [wrong, field] of [
      [{ name: ' ' }, 'name'],
      [{ name: 'x'.repeat(121) }, 'name'],
      [{ name: 'Giữ tên này', time: '24:00' }, 'time'],
      [{ name: 'Giữ tên này', schedule: 'hourly' }, 'schedule'],
      [{ name: 'Giữ tên này', file: 'exe' }, 'file'],
    ] as const) {
      const sent = await house.send(BUILDER, form({ ...keep, ...wrong }), 'leader')
      expect(sent.status, JSON.stringify(wrong)).toBe(422)
      const said = await sent.text()
      expect(said, JSON.stringify(wrong)).toContain(`href="#${field}"`)
      if (wrong.name === 'Giữ tên này') expect(said).toContain('value="Giữ tên này"')
    }
    expect(await house.text(SAVED, 'leader')).toContain('Chưa lưu báo cáo nào')
  })

  test('with a schedule is answered at its time in Vietnam and goes as the chosen file to those it is sent to who may see it', async () => {
    now = at('2027-01-11T07:00:00')
    const made = await house.send(
      BUILDER,
      form({ ...keep, name: 'Trực tuyến cấp xã', schedule: 'weekly', weekday: '4', time: '07:10', file: 'csv' }),
      'leader',
    )
    expect(made.status).toBe(303)
    const path = (made.headers.get('location') ?? '').replace('?xong=luu', '')
    const page = await house.text(path, 'leader')
    expect(page).toContain('Mỗi tuần, thứ năm lúc 07:10')
    expect(page).toMatch(/07:10[^<]*14\/01\/2027|14\/01\/2027[^<]*07:10/)
    // Theirs alone: nobody else finds it, and nobody else changes it.
    expect((await house.get(path, 'unit_head')).status).toBe(404)
    expect((await house.send(`${path}/nhan`, form({ nhan: 'co' }), 'unit_head')).status).toBe(404)
    const change = { ...keep, name: 'Trực tuyến cấp xã', schedule: 'weekly', weekday: '4', time: '07:10', file: 'csv', shared: '1' }
    const clerk = await officer('clerk', 'Lê Thị Cúc')
    const refused = await house.send(path, form({ ...change, recipients: clerk }), 'leader')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Có người được chọn không xem được báo cáo')
    expect((await house.send(path, form({ ...change, recipients: idOf('leader') }), 'leader')).status).toBe(303)
    expect((await house.send(path, form(change), 'reform_officer')).status).toBe(403)
    // Shared now: a head of unit asks for it themselves.
    expect((await house.send(`${path}/nhan`, form({ nhan: 'co' }), 'unit_head')).headers.get('location')).toBe(`${path}?xong=nhan`)

    await comes('2027-01-14T07:05:00')
    expect(scheduled()).toHaveLength(0)
    await comes('2027-01-14T07:10:00')
    expect(toWhom(scheduled())).toEqual(['leader', 'unit'])
    const letter = scheduled()[0]
    expect(letter?.head.get('subject')).toBe('Báo cáo theo lịch: Trực tuyến cấp xã')
    const file = letter?.parts.find(({ name }) => name === 'bao-cao-2026-11-01-2026-11-30.csv')
    expect(file?.body.toString('utf8')).toMatch(/H12\.144,[^\r]*,22,0\.5,11,22\r\n/)
    const [, run] = /Mở trang: http:\/\/localhost(\S+)/.exec(plainOf(letter)) ?? []
    expect(await house.text(run ?? '', 'unit_head')).toContain('50,00 % (11/22)')
    expect((await house.get(`${run}/csv`, 'unit_head')).status).toBe(200)
    expect((await house.get(`${run}/exe`, 'unit_head')).status).toBe(404)
    // Once a slot, however often it is looked at; and the next week's again.
    await job('reporting.saved')
    await comes('2027-01-15T07:10:00')
    expect(scheduled()).toHaveLength(2)
    expect((await house.send(`${path}/nhan`, form({ nhan: 'khong' }), 'unit_head')).headers.get('location')).toBe(`${path}?xong=thoi`)
    // No longer shared: what they were sent stays theirs to read, what comes after is not.
    const { shared: _shared, ...alone } = change
    expect((await house.send(path, form({ ...alone, recipients: idOf('leader') }), 'leader')).status).toBe(303)
    await comes('2027-01-21T07:10:00')
    expect(toWhom(scheduled().slice(2))).toEqual(['leader'])
    const [, later] = /Mở trang: http:\/\/localhost(\S+)/.exec(plainOf(scheduled()[2])) ?? []
    expect((await house.get(later ?? '', 'leader')).status).toBe(200)
    expect((await house.get(later ?? '', 'unit_head')).status).toBe(404)
    expect((await house.get(run ?? '', 'unit_head')).status).toBe(200)
    // Whose role has ended is sent nothing, and what they asked asks nothing more.
    await owner(`update ca_mau.role_grant set revoked_at = now() where officer_id = $1`, [idOf('leader')])
    await comes('2027-01-28T07:10:00')
    expect(scheduled()).toHaveLength(3)
    await owner(`update ca_mau.role_grant set revoked_at = null where officer_id = $1`, [idOf('leader')])
    const id = path.split('/').at(-1) ?? ''
    expect((await house.send(`${SAVED}/bo`, form({ id }), 'unit_head')).status).toBe(404)
    expect((await house.send(`${SAVED}/bo`, form({ id }), 'leader')).status).toBe(303)
    await comes('2027-02-04T07:10:00')
    expect(scheduled()).toHaveLength(3)
    expect((await house.get(run ?? '', 'leader')).status).toBe(200)
  })

  test('is sent no more to whom its owner took off the list, who cannot put themselves back; who left by themselves can', async () => {
    now = at('2027-02-08T07:00:00')
    const change = { ...keep, name: 'Riêng tư', schedule: 'weekly', weekday: '3', time: '07:10', file: 'csv' }
    const made = await house.send(BUILDER, form(change), 'leader')
    const path = (made.headers.get('location') ?? '').replace('?xong=luu', '')
    // The page as its owner opened it says whom it showed as ticked.
    const shownIn = (page: string): string[] => [...page.matchAll(/name="shown" value="([^"]+)"/g)].map(([, id = '']) => id)
    const opened = async (): Promise<string[]> => shownIn(await house.text(path, 'leader'))
    const pairs = (name: string, values: readonly string[]) => values.map((value) => [name, value] as const)
    const save = (shown: readonly string[], ticked: readonly string[], name = 'Riêng tư') =>
      house.send(path, [...Object.entries(form({ ...change, name })), ...pairs('shown', shown), ...pairs('recipients', ticked)], 'leader')
    const sentTo = async (...ticked: string[]) => save(await opened(), ticked)
    const ask = async (nhan: string) => (await house.send(`${path}/nhan`, form({ nhan }), 'unit_head')).headers.get('location')
    const told = async () =>
      (await db.read(province, (tx) => recipientsOf(tx, path.split('/').at(-1) ?? '')))
        .filter(({ stopped }) => stopped === null)
        .map(({ officerId }) => officerId)
    await sentTo(idOf('unit_head'))
    expect(await told()).toEqual([idOf('unit_head')])
    expect(await ask('khong')).toBe(`${path}?xong=thoi`)
    // The owner's own list does not bring them back; they do.
    await sentTo(idOf('unit_head'))
    expect(await told()).toEqual([])
    expect(await house.text(path, 'leader')).toContain('(đã thôi nhận)')
    expect(await ask('co')).toBe(`${path}?xong=nhan`)
    expect(await told()).toEqual([idOf('unit_head')])

    await sentTo(idOf('leader'))
    expect(await told()).toEqual([idOf('leader')])
    const page = await house.text(path, 'unit_head')
    expect(page).toContain('Ngô Thị Thử đã bỏ bạn khỏi danh sách nhận.')
    expect(page).not.toContain('name="nhan"')
    const refused = await house.send(`${path}/nhan`, form({ nhan: 'co' }), 'unit_head')
    expect([refused.status, (await refused.text()).includes('đã bỏ bạn khỏi danh sách nhận')]).toEqual([409, true])
    // Leaving what one was taken off changes nothing.
    await ask('khong')
    expect((await house.send(`${path}/nhan`, form({ nhan: 'co' }), 'unit_head')).status).toBe(409)
    // Whoever took them off puts them back.
    await sentTo(idOf('unit_head'))
    expect(await told()).toEqual([idOf('unit_head')])
    expect(await house.text(path, 'leader')).not.toContain('(đã thôi nhận)')

    // Who stopped while the owner's page was open, and whom the owner then takes off, is off the list: the owner's word holds.
    const withHead = await opened()
    await ask('khong')
    await save(withHead, [idOf('leader')])
    expect((await house.send(`${path}/nhan`, form({ nhan: 'co' }), 'unit_head')).status).toBe(409)
    await sentTo(idOf('leader'), idOf('unit_head'))
    expect(await told()).toEqual(expect.arrayContaining([idOf('leader'), idOf('unit_head')]))
    await ask('khong')
    // Who asked for it while the owner's page was open is not taken off by a page that did not show them.
    const before = await opened()
    expect(before).toEqual([idOf('leader')])
    await ask('co')
    await save(before, [idOf('leader')])
    expect(await told()).toEqual(expect.arrayContaining([idOf('leader'), idOf('unit_head')]))
    // Nor when the page was refused and sent again: it comes back with them ticked.
    await ask('khong')
    const late = await opened()
    await ask('co')
    const unnamed = await save(late, [idOf('leader')], '')
    const again = await unnamed.text()
    expect([unnamed.status, shownIn(again).sort()]).toEqual([422, [idOf('leader'), idOf('unit_head')].sort()])
    expect(again).toMatch(new RegExp(`value="${idOf('unit_head')}"[^>]*checked`))
    await house.send(`${SAVED}/bo`, form({ id: path.split('/').at(-1) ?? '' }), 'leader')
  })

  test('that has become too wide tells its owner instead, and keeps nobody else’s from being answered', async () => {
    now = at('2027-02-26T08:00:00')
    const wide = 'so=received&theo=don-vi&buoc=ngay&theo-thu-tuc=1&ky=nam-truoc'
    await house.send(BUILDER, form({ ...keep, question: wide, name: 'Quá rộng', schedule: 'monthly', time: '05:00' }), 'reform_officer')
    await house.send(BUILDER, form({ ...keep, name: 'Vừa', schedule: 'monthly', time: '05:00', file: 'pdf' }), 'leader')
    await comes('2027-03-01T05:00:00')
    expect(
      scheduled()
        .map(({ head }) => head.get('subject'))
        .sort(),
    ).toEqual(['Báo cáo theo lịch chưa lập được: Quá rộng', 'Báo cáo theo lịch: Vừa'])
    expect(
      scheduled()
        .find(({ to }) => to.startsWith('leader'))
        ?.parts.some(({ type }) => type === 'application/pdf'),
    ).toBe(true)
    await comes('2027-03-01T05:05:00')
    expect(scheduled()).toHaveLength(2)
  })
})
