import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import { sql } from '../../src/kernel/database/index.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { submitDossier } from '../../src/modules/dossier/index.ts'
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
})

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
  expect((await house.send(`${href}/cong-bo`, form({}), 'reform_officer')).status).toBe(303)

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
  expect((await house.send(`/dieu-hanh/chi-tieu/${id}/ket-thuc`, form(days('ends', '2026-11-22')), 'reform_officer')).status).toBe(303)
  expect(await house.text('/dieu-hanh?cap=xa&tu=2026-11-01&den=2026-11-23', 'leader')).not.toContain('Chỉ thị 01')
})

const deliver = (): Promise<number> => house.app.relay.drain()
const notices = async (): Promise<number> =>
  db.read(province, async (tx) => (await sql<{ n: number }>`select count(*)::int as n from notice`.execute(tx)).rows[0]?.n ?? 0)
