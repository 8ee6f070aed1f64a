import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import { sql } from '../../src/kernel/database/index.ts'
import { record } from '../../src/kernel/events.ts'
import { ok } from '../../src/kernel/result.ts'
import { campaignRoom } from '../../src/modules/campaign/index.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { submitDossier } from '../../src/modules/dossier/index.ts'
import { measureId } from '../../src/modules/indicator/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

let now = Temporal.Instant.from('2026-11-20T09:00:00+07:00')
const clock = () => now
const { db, province, owner } = await testDatabase()
const UNIT = 'H12.144'
// The unit head of `signedIn`, so that what they are told can be read on their page.
const HEAD = '01980000-0000-7000-8000-000000000002'
let house: SignedIn

const form = (fields: Record<string, string>): Record<string, string> => ({ _request: randomUUID(), ...fields })
const days = (name: string, day: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = day.split('-')
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year }
}

beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await owner(
    `insert into ca_mau.officer (id, username, name, position, agency_code, password_hash, password_changed_at, search, created_at)
     values ($1, 'chutich.xa', 'Huỳnh Minh Tư', 'Chủ tịch', $2, 'x', now(), 'tu', now())`,
    [HEAD, UNIT],
  )
  await owner(
    `insert into ca_mau.role_grant (id, officer_id, role, agency_code, subtree, valid_from, granted_at)
     values ($1, $2, 'unit_head', $3, false, '2025-07-01', now())`,
    [randomUUID(), HEAD, UNIT],
  )
  house = await signedIn(db, province, clock)
  // A subscriber hears of what happens after its first look at the log.
  await house.app.relay.drain()
  await receive()
})

/** A paper dossier at the unit's counter. */
async function receive(): Promise<void> {
  const clerk = {
    ...{ kind: 'officer' as const, officerId: randomUUID(), name: 'Lê Thị Cúc' },
    grants: [{ role: 'clerk' as const, agencyCode: UNIT, subtree: false }],
  }
  const received = await run(house.app, { province, actor: clerk, name: 'test' }, (cx) =>
    submitDossier(cx, {
      procedureCode: '1.001193',
      agencyCode: UNIT,
      channel: 'counter',
      applicant: { name: 'Trần Thị Giấy', phone: '0100000000' },
      receive: true,
    }),
  )
  if (!received.ok) throw new Error(received.error.code)
}

test('a reform officer drafts a campaign, publishes it, reminds those behind once a week, and prints letters', async () => {
  const wrong = await house.send(
    '/dieu-hanh/chien-dich/moi',
    form({
      name: 'Cao điểm',
      decision: '',
      ...days('begins', '2026-11-01'),
      ...days('ends', '2026-12-31'),
      'muc.online_rate.commune': '160',
    }),
    'reform_officer',
  )
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toMatch(/href="#decision"[\s\S]*href="#muc\.online_rate\.commune"/)
  const made = await house.send(
    '/dieu-hanh/chien-dich/moi',
    form({
      name: 'Cao điểm trực tuyến',
      decision: 'Kế hoạch 99/KH-UBND',
      ...days('begins', '2026-11-01'),
      ...days('ends', '2026-12-31'),
      'muc.online_rate.commune': '62,5',
    }),
    'reform_officer',
  )
  expect(made.status).toBe(303)
  const href = made.headers.get('location') ?? ''
  // A draft is nobody else's business.
  expect((await house.get(href, 'leader')).status).toBe(404)
  expect((await house.send(`${href}/nhac`, form({}), 'reform_officer')).status).toBe(409)
  expect((await house.send(`${href}/cong-bo`, form({}), 'unit_head')).status).toBe(403)
  expect((await house.send(`${href}/cong-bo`, form(await seen(href)), 'reform_officer')).status).toBe(303)

  const board = await house.text(href, 'leader')
  expect(board).toContain('0 trên 64 đơn vị đạt mọi chỉ tiêu')
  expect(board).toContain('Còn 41 ngày')
  const unit = await house.text(`${href}/don-vi/${UNIT}`, 'unit_head')
  expect(unit).toContain('Đạt 0 trên 1 chỉ tiêu')
  expect(unit).toContain('Thiếu 1 hồ sơ')
  expect(unit).toContain('xem=chua-dat')
  expect((await house.get(`${href}/don-vi/H12.999`, 'unit_head')).status).toBe(404)

  expect(await house.text(`${href}/nhac`, 'reform_officer')).toContain('Huỳnh Minh Tư (Chủ tịch)')
  expect((await house.send(`${href}/nhac`, form({}), 'reform_officer')).headers.get('location')).toBe(`${href}/nhac?xong=1-1`)
  // The event log is the outbox: what it says is delivered, and once.
  await deliver()
  expect((await house.send(`${href}/nhac`, form({}), 'reform_officer')).headers.get('location')).toBe(`${href}/nhac?xong=0-0`)
  await deliver()
  expect(await notices()).toBe(1)
  now = Temporal.Instant.from('2026-11-23T09:00:00+07:00')
  expect((await house.send(`${href}/nhac`, form({}), 'reform_officer')).headers.get('location')).toBe(`${href}/nhac?xong=1-1`)
  await deliver()
  expect(await notices()).toBe(2)
  const page = await house.text('/mot-cua/thong-bao', `unit_head@${UNIT}`)
  expect(page).toContain('2 chưa đọc')
  expect(page).toContain(`${href}/don-vi/${UNIT}`)
  expect((await house.send('/mot-cua/thong-bao', form({}), `unit_head@${UNIT}`)).status).toBe(303)
  expect(await house.text('/mot-cua/thong-bao', `unit_head@${UNIT}`)).toContain('Đã đọc hết')

  const letter = await house.get(`${href}/thu/don-doc.pdf?don-vi=${UNIT}`, 'reform_officer')
  expect(letter.headers.get('content-type')).toBe('application/pdf')
  expect(new TextDecoder('latin1').decode(await letter.arrayBuffer())).toMatch(/^%PDF-1\.7/)
  expect((await house.get(`${href}/thu/don-doc.pdf`, 'unit_head')).status).toBe(403)
  expect((await house.get(`${href}/thu/khen.pdf`, 'reform_officer')).status).toBe(404)

  const standing = await (
    await house.get(`/api/v1${href.replace('/dieu-hanh/chien-dich', '/campaigns')}/standing?unit=${UNIT}`, 'clerk')
  ).json()
  expect(standing.units[0]).toMatchObject({
    code: UNIT,
    met_all: false,
    aims: [{ aim: 'online_rate', numerator: 0, denominator: 1, target: 0.625, met: false, gap: 1 }],
  })
})

test('a target is set for a tier, shown on the board, and ended', async () => {
  const sent = form({
    aim: 'rate:on_time_rate',
    scope: 'tier',
    tier: 'commune',
    value: '98',
    source: 'Chỉ thị 01',
    ...days('begins', '2026-11-01'),
  })
  expect((await house.send('/dieu-hanh/chi-tieu', sent, 'leader')).status).toBe(403)
  expect((await house.send('/dieu-hanh/chi-tieu', { ...sent, value: '980' }, 'reform_officer')).status).toBe(422)
  expect((await house.send('/dieu-hanh/chi-tieu', sent, 'reform_officer')).status).toBe(303)
  expect(await house.text('/dieu-hanh/chi-tieu', 'clerk')).toContain('Chỉ thị 01')
  expect(await house.text('/dieu-hanh?cap=xa&tu=2026-11-01&den=2026-11-23', 'leader')).toContain('Chỉ thị 01')
  const { targets } = await (await house.get('/api/v1/targets', 'leader')).json()
  const { id } = targets.find(({ source }: { source: string }) => source === 'Chỉ thị 01')
  // From its own page too: on a phone the list has no room for it.
  expect(await house.text(`/dieu-hanh/chi-tieu/${id}`, 'reform_officer')).toContain(`href="/dieu-hanh/chi-tieu/${id}/ket-thuc"`)
  expect(await house.text(`/dieu-hanh/chi-tieu/${id}`, 'leader')).not.toContain('ket-thuc')
  const end = `/dieu-hanh/chi-tieu/${id}/ket-thuc`
  expect((await house.send(end, form({ ...(await seen(end)), ...days('ends', '2026-11-22') }), 'reform_officer')).status).toBe(303)
  expect(await house.text('/dieu-hanh?cap=xa&tu=2026-11-01&den=2026-11-23', 'leader')).not.toContain('Chỉ thị 01')
})

test('units are found without accents, ticked and saved without JavaScript; a named campaign has only these', async () => {
  const made = await house.send('/dieu-hanh/chien-dich/moi', form(campaignForm('Thí điểm')), 'reform_officer')
  const href = made.headers.get('location') ?? ''
  const page = await house.text(`${href}/don-vi`, 'reform_officer')
  expect(page.match(/type="checkbox"/g)).toHaveLength(78)
  const found = await (
    await house.send(`${href}/don-vi`, form({ who: 'named', typed: 'cai nuoc', act: 'search' }), 'reform_officer')
  ).text()
  expect(found.match(/type="checkbox"/g)).toHaveLength(1)
  const nobody = await house.send(`${href}/don-vi`, form({ who: 'named', act: 'save' }), 'reform_officer')
  expect([nobody.status, (await nobody.text()).includes('href="#units"')]).toEqual([422, true])
  const added = await (await house.send(`${href}/don-vi`, form({ who: 'named', typed: 'bac lieu', act: 'add' }), 'reform_officer')).text()
  expect(added).toMatch(/value="H12\.101@2025-07-01"[^>]*checked/)
  const saved = await house.send(
    `${href}/don-vi`,
    form({ ...(await seen(`${href}/don-vi`)), who: 'named', units: `${UNIT}@2025-07-01`, act: 'save' }),
    'reform_officer',
  )
  expect(saved.headers.get('location')).toBe(`${href}/noi-dung?xong=1`)
  expect((await house.send(`${href}/don-vi`, form({ who: 'all', act: 'save' }), 'leader')).status).toBe(403)
  expect(await house.text(href, 'reform_officer')).toContain('0 trên 1 đơn vị đạt mọi chỉ tiêu')
  expect(await house.text(`${href}/noi-dung`, 'reform_officer')).toContain('1 đơn vị được chọn')
  const cancelled = form({ ...(await seen(`${href}/ket-thuc`)), how: 'cancel', reason: 'Thử xong' })
  expect((await house.send(`${href}/ket-thuc`, form({ how: 'cancel', reason: '' }), 'reform_officer')).status).toBe(422)
  expect((await house.send(`${href}/ket-thuc`, cancelled, 'reform_officer')).status).toBe(303)
  expect(await house.text(`${href}/noi-dung`, 'reform_officer')).toContain('Thử xong')
  expect((await house.send(`${href}/cong-bo`, form({}), 'reform_officer')).status).toBe(409)
})

test('two officers change a campaign at once: the second is shown what the first wrote, keeps what they typed, and may send it again', async () => {
  const href = await published('Hai người')
  const about = (version: { version: string }, name: string, ends: string) =>
    form({
      ...version,
      name,
      decision: 'Kế hoạch 99/KH-UBND',
      reason: 'Thông báo 7',
      ...days('begins', '2026-11-01'),
      ...days('ends', ends),
    })
  const send = (fields: Record<string, string>) => house.send(`${href}/sua`, fields, 'reform_officer')
  const first = await seen(`${href}/sua`)
  expect((await send(about(first, 'Hai người', '2026-12-15'))).status).toBe(303)
  const late = await send(about(first, 'Tên khác', '2026-12-31'))
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('Ngô Thị Thử đã sửa lúc')
  expect(page).toMatch(/Đã sửa sau khi bạn mở trang[\s\S]*Ngày cuối: 31\/12\/2026 → 15\/12\/2026[\s\S]*Thông báo 7/)
  expect(page).toContain('value="Tên khác"')
  // What they had left alone follows what is new: sending it again does not undo it.
  expect(page).toMatch(/name="ends-day"[^>]*value="15"|value="15"[^>]*name="ends-day"/)
  // What is typed wrong meanwhile does not make the other's change seen.
  const wrong = await send({ ...about(first, '', '2026-12-31') })
  expect([wrong.status, /name="version" value="(\d+)"/.exec(await wrong.text())?.[1]]).toEqual([422, first.version])
  // A form that bears no version has seen nothing.
  expect((await send(about({ version: '' }, 'Tên khác', '2026-12-31'))).status).toBe(409)
  const again = { version: /name="version" value="(\d+)"/.exec(page)?.[1] ?? '' }
  expect((await send(about(again, 'Tên khác', '2026-12-31'))).status).toBe(303)
  expect(await house.text(`${href}/noi-dung`, 'leader')).toContain('Tên khác')

  // Searching among the units does not make it seen either.
  const units = await seen(`${href}/don-vi`)
  expect((await send(about(await seen(`${href}/sua`), 'Tên nữa', '2026-12-31'))).status).toBe(303)
  const searched = await house.send(`${href}/don-vi`, form({ ...units, who: 'named', typed: 'bac lieu', act: 'add' }), 'reform_officer')
  expect(/name="version" value="(\d+)"/.exec(await searched.text())?.[1]).toBe(units.version)
  const save = form({ ...units, who: 'named', units: `${UNIT}@2025-07-01`, reason: 'x', act: 'save' })
  const saved = await house.send(`${href}/don-vi`, save, 'reform_officer')
  expect([saved.status, /value="H12\.144@2025-07-01"[^>]*checked/.test(await saved.text())]).toEqual([409, true])

  // One adds a unit, the other another: both take part.
  const shown = await seen(`${href}/don-vi`)
  const named = (unit: string) => form({ ...shown, who: 'named', units: `${unit}@2025-07-01`, reason: 'x', act: 'save' })
  expect((await house.send(`${href}/don-vi`, named('H12.101'), 'reform_officer')).status).toBe(303)
  const both = await (await house.send(`${href}/don-vi`, named(UNIT), 'reform_officer')).text()
  for (const unit of ['H12.101', UNIT]) expect(both).toMatch(new RegExp(`value="${unit}@2025-07-01"[^>]*checked`))

  const levels = { ...(await seen(`${href}/muc-tieu`)), 'muc.online_rate.commune': '70', reason: 'Chỉ thị 2' }
  expect((await house.send(`${href}/muc-tieu`, form(levels), 'reform_officer')).status).toBe(303)
  const other = await (await house.send(`${href}/muc-tieu`, form({ ...levels, 'muc.online_rate.commune': '65' }), 'reform_officer')).text()
  expect(other).toMatch(/Thôi[^<]*60[\s\S]*Thêm[^<]*70/)
  expect(other).toMatch(/name="muc\.online_rate\.commune"[^>]*value="65"|value="65"[^>]*name="muc\.online_rate\.commune"/)
})

test('a draft that was changed while its page was open is not published unseen: what was changed is shown, and the same page publishes it', async () => {
  const made = await house.send('/dieu-hanh/chien-dich/moi', form(campaignForm('Công bố')), 'reform_officer')
  const href = made.headers.get('location') ?? ''
  const first = await seen(href)
  const about = { ...campaignForm('Công bố'), ...(await seen(`${href}/sua`)), ...days('ends', '2026-12-15') }
  expect((await house.send(`${href}/sua`, form(about), 'reform_officer')).status).toBe(303)
  const late = await house.send(`${href}/cong-bo`, form(first), 'reform_officer')
  const page = await late.text()
  expect(late.status).toBe(409)
  expect(page).toMatch(/Đã sửa sau khi bạn mở trang[\s\S]*Ngày cuối: 31\/12\/2026 → 15\/12\/2026/)
  expect(page).not.toContain('Những gì bạn nhập')
  expect(page).toContain(`action="${href}/cong-bo"`)
  const again = { version: /name="version" value="(\d+)"/.exec(page)?.[1] ?? '' }
  expect((await house.send(`${href}/cong-bo`, form(again), 'reform_officer')).status).toBe(303)
  expect((await house.get(href, 'leader')).status).toBe(200)
  // Published by somebody else meanwhile: there is nothing to do any more.
  expect((await house.send(`${href}/cong-bo`, form(again), 'reform_officer')).status).toBe(409)
})

test('two officers write about one task at once: what was typed is not lost, even when the task is no longer open', async () => {
  const href = await published('Một việc')
  const given = { what: 'Niêm yết mã QR', unitCode: UNIT, ...days('due', '2026-12-01') }
  await house.send(`${href}/viec`, form(given), 'reform_officer')
  const task = /href="([^"]*\/viec\/[0-9a-f-]{36})\/sua"/.exec(await house.text(`${href}/viec`, 'reform_officer'))?.[1] ?? ''
  const first = await seen(`${task}/sua`)
  expect((await house.send(`${task}/sua`, form({ ...given, ...first, ...days('due', '2026-12-10') }), 'reform_officer')).status).toBe(303)
  const late = await house.send(`${task}/sua`, form({ ...given, ...first, what: 'Niêm yết ở nhà văn hóa' }), 'reform_officer')
  const page = await late.text()
  expect(late.status).toBe(409)
  expect(page).toMatch(/01\/12\/2026 → 10\/12\/2026/)
  expect(page).toContain('value="Niêm yết ở nhà văn hóa"')
  const finish = form({ ...first, note: 'Đã niêm yết ở trụ sở' })
  const unseen = await house.send(task, finish, `unit_head@${UNIT}`)
  expect([unseen.status, (await unseen.text()).includes('Đã niêm yết ở trụ sở')]).toEqual([409, true])
  const dropped = form({ ...(await seen(`${task}/sua`)), reason: 'Sở làm thay' })
  expect((await house.send(`${task}/sua`, dropped, 'reform_officer')).status).toBe(303)
  for (const [path, fields, role, kept] of [
    [task, { ...first, note: 'Đã niêm yết ở trụ sở' }, `unit_head@${UNIT}`, 'Đã niêm yết ở trụ sở'],
    [`${task}/sua`, { ...given, ...first, what: 'Việc tôi sửa' }, 'reform_officer', 'Việc tôi sửa'],
  ] as const) {
    const closed = await house.send(path, form(fields), role)
    const text = await closed.text()
    expect(closed.status).toBe(409)
    expect(text).toContain('Sở làm thay')
    expect(text).toContain(kept)
  }
})

test('of two officers who end a target the second sees which last day the first gave it', async () => {
  const sent = {
    aim: 'rate:on_time_rate',
    scope: 'tier',
    tier: 'district',
    value: '97',
    source: 'Chỉ thị 03',
    ...days('begins', '2026-11-01'),
  }
  await house.send('/dieu-hanh/chi-tieu', form(sent), 'reform_officer')
  const { targets } = await (await house.get('/api/v1/targets', 'leader')).json()
  const end = `/dieu-hanh/chi-tieu/${targets.find(({ source }: { source: string }) => source === 'Chỉ thị 03').id}/ket-thuc`
  const first = await seen(end)
  expect((await house.send(end, form({ ...first, ...days('ends', '2026-12-20') }), 'reform_officer')).status).toBe(303)
  const late = await house.send(end, form({ ...first, ...days('ends', '2026-12-10') }), 'reform_officer')
  const page = await late.text()
  expect([late.status, page.includes('20/12/2026 (Ngô Thị Thử đặt)')]).toEqual([409, true])
  expect(page).toMatch(/name="ends-day"[^>]*value="10"|value="10"[^>]*name="ends-day"/)
  const again = { version: /name="version" value="(\d+)"/.exec(page)?.[1] ?? '', ...days('ends', '2026-12-10') }
  expect((await house.send(end, form(again), 'reform_officer')).status).toBe(303)
})

test('who did a task shows it with a file; what is no document is refused at the field and nothing is done', async () => {
  const href = await published('Minh chứng')
  const given = form({ what: 'Niêm yết mã QR', unitCode: UNIT, ...days('due', '2026-12-01') })
  expect((await house.send(`${href}/viec`, given, 'reform_officer')).status).toBe(303)
  const task = /href="([^"]*\/viec\/[0-9a-f-]{36})"/.exec(await house.text(`${href}/viec`, `unit_head@${UNIT}`))?.[1] ?? ''
  const hand = (name: string, bytes: string, role = `unit_head@${UNIT}`) => finishWith(task, {}, [name, bytes], role)
  const wrong = await hand('anh.exe', 'MZ not a picture')
  expect([wrong.status, (await wrong.text()).includes('href="#evidence"')]).toEqual([expect.any(Number), true])
  expect((await hand('anh.pdf', '%PDF-1.7\n%âãÏÓ\n', 'unit_head@H12.101')).status).toBe(403)
  expect((await hand('Ảnh niêm yết.pdf', '%PDF-1.7\n%âãÏÓ\n')).status).toBe(303)
  const file = await house.get(`${task}/minh-chung`, 'clerk')
  expect(file.headers.get('content-type')).toBe('application/pdf')
  expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain('Ảnh niêm yết.pdf')
  expect(await file.text()).toContain('%PDF-1.7')
  expect(await house.text(`${href}/viec`, 'clerk')).toContain('Ảnh niêm yết.pdf')
  expect((await house.get(`${task}/minh-chung`)).status).toBe(401)
})

test('a file that shows a task as done is not lost when the form is refused: it goes with the next sending, unless another is chosen', async () => {
  const href = await published('Giữ minh chứng')
  const given = { what: 'Niêm yết mã QR', unitCode: UNIT, ...days('due', '2026-12-01') }
  const PDF = '%PDF-1.7\n%âãÏÓ\n'
  const kept = (page: string) => (/name="_file" value="([^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  for (const [second, shown] of [
    [undefined, 'Ảnh một.pdf'],
    [['Ảnh hai.pdf', `${PDF}hai`], 'Ảnh hai.pdf'],
  ] as const) {
    await house.send(`${href}/viec`, form(given), 'reform_officer')
    const task = /href="([^"]*\/viec\/[0-9a-f-]{36})"/.exec(await house.text(`${href}/viec`, `unit_head@${UNIT}`))?.[1] ?? ''
    const first = await seen(`${task}/sua`)
    await house.send(`${task}/sua`, form({ ...given, ...first, ...days('due', '2026-12-10') }), 'reform_officer')
    const late = await finishWith(task, first, ['Ảnh một.pdf', PDF])
    const page = await late.text()
    expect([late.status, page.includes('Đã nhận tệp Ảnh một.pdf')]).toEqual([409, true])
    // Without a word of what was done it is refused once more, and comes back again.
    const empty = await finishWith(task, { ...(await seen(task)), note: ' ', _file: kept(page) })
    const again = await empty.text()
    expect([empty.status, again.includes('Đã nhận tệp Ảnh một.pdf')]).toEqual([422, true])
    const done = await finishWith(task, { ...(await seen(task)), _file: kept(again) }, second)
    expect(done.status).toBe(303)
    expect(decodeURIComponent((await house.get(`${task}/minh-chung`, 'clerk')).headers.get('content-disposition') ?? '')).toContain(shown)
  }
})

test('whoever finishes a task that was given to others meanwhile is told whose it is, and what they wrote is there', async () => {
  const href = await published('Đổi người làm')
  const given = { what: 'Niêm yết mã QR', unitCode: UNIT, ...days('due', '2026-12-01') }
  await house.send(`${href}/viec`, form(given), 'reform_officer')
  const role = `unit_head@${UNIT}`
  const task = /href="([^"]*\/viec\/[0-9a-f-]{36})"/.exec(await house.text(`${href}/viec`, role))?.[1] ?? ''
  const first = await seen(task, role)
  await house.send(`${task}/sua`, form({ ...given, ...first, unitCode: 'H12.101' }), 'reform_officer')
  const other = /H12\.101[^>]*>([^<]+)</.exec(await house.text(`${task}/sua`, 'reform_officer'))?.[1] ?? '?'
  // The second is too long: whose the task is comes before what is wrong with the words.
  for (const note of ['Đã niêm yết ở trụ sở', 'Đã niêm yết '.repeat(400)]) {
    const late = await house.send(task, form({ ...first, note }), role)
    const page = await late.text()
    expect(late.status).toBe(409)
    expect(page).toContain('không còn giao cho bạn')
    expect(page).toContain('Bạn đã ghi')
    expect(page).toContain(note.trim())
    expect(page).toContain(other)
  }
  // Whose it never was is only told that it is not theirs.
  const stranger = await house.send(task, form({ ...(await seen(task, 'reform_officer')), note: 'Tôi làm' }), 'unit_head@H12.102')
  expect([stranger.status, (await stranger.text()).includes('Bạn không có quyền')]).toEqual([403, true])
  expect((await house.get(task, role)).status).toBe(403)
})

test('the weekly reminder goes once: killed half-way and tried again, replayed, and run again the next morning', async () => {
  // Monday 30 November: a week in which nobody was reminded yet.
  now = Temporal.Instant.from('2026-11-30T08:00:00+07:00')
  await published('Nhắc một')
  const last = await published('Nhắc hai')
  await deliver()
  const told = () => toldOf('/dieu-hanh/chien-dich/')
  const before = (await told()).length
  const running = 8
  const handle = (app = house.app) =>
    campaignRoom.jobs?.(app)[0]?.handler({}, { id: randomUUID(), province, attempt: 1, signal: new AbortController().signal })
  // The server dies over the third campaign.
  let written = 0
  const dying = Object.create(db, {
    write: {
      value: async (...args: Parameters<typeof db.write>) => {
        if (written === 2) throw new Error('killed')
        const answer = await db.write(...args)
        // What somebody else's writing undid is tried again: it was not written.
        written += 1
        return answer
      },
    },
  }) as typeof db
  await expect(handle({ ...house.app, db: dying })).rejects.toThrow('killed')
  await deliver()
  expect((await told()).length).toBe(before + 2)
  await handle()
  await handle()
  now = Temporal.Instant.from('2026-12-01T08:00:00+07:00')
  await handle()
  await deliver()
  expect((await told()).length).toBe(before + running)
  // To the head of the unit: its own gap in dossiers, and what it needs from now on.
  expect(await toldOf(last)).toEqual([
    {
      officer: HEAD,
      body: 'Tỷ lệ hồ sơ trực tuyến 0 %, cần 60 %, thiếu 1 hồ sơ, từ nay mỗi tuần cần 1 hồ sơ đạt.\nSố liệu tính đến 08 giờ 00 phút ngày 30/11/2026.',
    },
  ])
  now = Temporal.Instant.from('2026-12-07T08:00:00+07:00')
  await handle()
  await deliver()
  expect((await told()).length).toBe(before + 2 * running)
})

test('on a holiday Monday nobody is reminded, the next working day everybody is; the notice says how many a day', async () => {
  // Tết 2027: 8 February, a Monday, is a holiday.
  now = Temporal.Instant.from('2027-02-01T07:00:00+07:00')
  const href = await published('Qua Tết', '2027-01-04', '2027-03-31')
  for (const day of ['2027-02-01', '2027-02-02', '2027-02-03', '2027-02-04']) {
    now = Temporal.Instant.from(`${day}T09:00:00+07:00`)
    for (let at = 0; at < 6; at += 1) await receive()
  }
  const handle = () =>
    campaignRoom.jobs?.(house.app)[0]?.handler({}, { id: randomUUID(), province, attempt: 1, signal: new AbortController().signal })
  now = Temporal.Instant.from('2027-02-08T08:00:00+07:00')
  await handle()
  await deliver()
  expect(await toldOf(href)).toEqual([])
  now = Temporal.Instant.from('2027-02-15T08:00:00+07:00')
  await handle()
  await deliver()
  const [notice] = await toldOf(href)
  expect(notice?.body).toMatch(/thiếu 15 hồ sơ, (từ nay mỗi ngày làm việc cần \d+ hồ sơ đạt|số hồ sơ dự kiến không đủ để đạt)/)
})

test('whoever heads a unit sees on the board that there is news, reads it without leaving that door, and finds their unit', async () => {
  const role = `unit_head@${UNIT}`
  const board = await house.text('/dieu-hanh', role)
  expect(board).toMatch(/href="\/dieu-hanh\/thong-bao">\s*\d+ thông báo chưa đọc/)
  expect(board).toMatch(/Đơn vị của bạn:[\s\S]*?don-vi=H12\.144[\s\S]*?xã Cái Nước/)
  const figure = await house.text(`/dieu-hanh/so-lieu?tu=2027-02-01&den=2027-02-28&chi-so=truc-tuyen&don-vi=${UNIT}`, role)
  expect(figure).toMatch(/÷\s*24\s*=\s*0,0000/)
  expect(figure).toMatch(/Mức cần đạt \d+\s%/)
  const notices = await house.text('/dieu-hanh/thong-bao', role)
  expect(notices).toContain('cs-door-board')
  expect(notices).toContain('cần 60')
  const read = await house.send('/dieu-hanh/thong-bao', form({}), role)
  expect(read.headers.get('location')).toBe('/dieu-hanh/thong-bao')
  expect(await house.text('/dieu-hanh', role)).not.toContain('chưa đọc')
})

test('the emulation board shows the head of both lists at once, each whole when asked for, and on paper', async () => {
  now = Temporal.Instant.from('2027-03-05T09:00:00+07:00')
  const href = await published('Thi đua', '2027-03-01', '2027-03-31')
  const counted = (code: number, online: number) =>
    run(house.app, { province, actor: { kind: 'system', name: 'test' }, name: 'test' }, async (cx) => {
      const values = [
        [measureId.received, 10],
        [measureId.online, online],
      ] as const
      const delta = { agencyCode: `H12.${code}`, day: '2027-03-02', procedureCode: '1.001193', channel: 'online' as const, values }
      await record(cx, { events: [], deltas: [delta] })
      return ok(null)
    })
  for (let at = 101; at <= 112; at += 1) await counted(at, 9)
  for (let at = 113; at <= 121; at += 1) await counted(at, 1)
  const look = async (query: string) => {
    const page = await house.text(`${href}/thi-dua${query}`, 'reform_officer')
    const [, praise = '', late = ''] = page.split(/<section id="/)
    // Every row is there for the printer; of a list shown short the screen leaves out what comes after the fifth.
    const rows = [praise, late].map((part) => {
      const all = part.split('<tbody')[1]?.match(/<tr/g)?.length
      return part.includes('cs-campaign__list--short') ? [5, all] : all
    })
    return { page, praise, late, rows }
  }
  const short = await look('')
  expect(short.rows).toEqual([
    [5, 12],
    [5, 9],
  ])
  expect(short.page).toMatch(/href="#khen"[^>]*>Biểu dương \(12\)[\s\S]*href="#cham"[^>]*>Chậm \(9\)[\s\S]*<section id="khen"/)
  expect(short.praise).toMatch(/href="[^"]*thi-dua\?xem=khen#khen"[^>]*>Xem tất cả 12 đơn vị/)
  expect(short.late).toContain('Xem tất cả 9 đơn vị')
  expect((await look('?xem=khen')).rows).toEqual([12, [5, 9]])
  expect((await look('?xem=cham')).rows).toEqual([[5, 12], 9])
})

/** Says that a task is done, as the browser sends it: with a file, or with the field left empty. */
const finishWith = (
  task: string,
  fields: Record<string, string>,
  file?: readonly [name: string, bytes: string],
  role = `unit_head@${UNIT}`,
) => {
  const body = new FormData()
  for (const [key, value] of Object.entries(form({ _csrf: 'token-of-this-session', version: '1', note: 'Đã niêm yết', ...fields })))
    body.append(key, value)
  body.append('evidence', new File([file?.[1] ?? ''], file?.[0] ?? ''))
  return house.web.request(task, {
    method: 'POST',
    headers: { cookie: `cuaso_session=${role}`, host: 'localhost', origin: 'http://localhost' },
    body,
  })
}

/** The version that a form is shown with. */
const seen = async (path: string, role = 'reform_officer'): Promise<{ version: string }> => ({
  version: /name="version" value="(\d+)"/.exec(await house.text(path, role))?.[1] ?? '',
})

const campaignForm = (name: string, begins = '2026-11-01', ends = '2026-12-31'): Record<string, string> => ({
  ...{ name, decision: 'Kế hoạch 99/KH-UBND', 'muc.online_rate.commune': '60' },
  ...days('begins', begins),
  ...days('ends', ends),
})

/** A campaign that everybody sees: its address. */
async function published(name: string, begins?: string, ends?: string): Promise<string> {
  const made = await house.send('/dieu-hanh/chien-dich/moi', form(campaignForm(name, begins, ends)), 'reform_officer')
  const href = made.headers.get('location') ?? ''
  await house.send(`${href}/cong-bo`, form(await seen(href)), 'reform_officer')
  return href
}

/** The notices that point to pages of these campaigns. */
const toldOf = async (...hrefs: string[]): Promise<{ officer: string; body: string }[]> =>
  db.read(province, async (tx) => {
    const { rows } = await sql<{ officer: string; body: string; href: string }>`
      select officer_id::text as officer, body, href from notice order by at, id`.execute(tx)
    return rows
      .filter((row) => hrefs.some((href) => row.href.startsWith(href)))
      .map(({ officer, body }) => ({ officer, body: body.replaceAll('\u00a0', ' ') }))
  })

/** Until everything that was asked for has arrived: the relay waits for whoever is still writing, in any province. */
const deliver = () =>
  expect
    .poll(async () => {
      await house.app.relay.drain()
      return waiting()
    })
    .toBe(0)
const waiting = async (): Promise<number> =>
  db.read(province, async (tx) => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from event e, jsonb_array_elements_text(e.data -> 'officerIds') as officer (id)
      where e.type = 'notice.asked'
        and not exists (select from notice n where n.key = e.data ->> 'key' and n.officer_id = officer.id::uuid)`.execute(tx)
    return rows[0]?.n ?? 0
  })
const notices = async (): Promise<number> =>
  db.read(province, async (tx) => (await sql<{ n: number }>`select count(*)::int as n from notice`.execute(tx)).rows[0]?.n ?? 0)
