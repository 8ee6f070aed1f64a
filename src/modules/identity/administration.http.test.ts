import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { Visitor } from '../../../test/support/visitor.ts'
import { type Composed, compose } from '../../compose.ts'
import { readConfig } from '../../kernel/config/index.ts'
import { sql } from '../../kernel/database/index.ts'
import { createLog } from '../../kernel/log/index.ts'
import { loadOrganisationData, refreshDirectory } from '../organisation/index.ts'
import { seedDemo } from './demo.ts'

const { db, province } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'cuaso-administration-'))
let composed: Composed

beforeAll(async () => {
  const config = readConfig({ CUASO_DATA: folder, LOG_LEVEL: 'silent' })
  composed = await compose({ config, log: createLog('silent'), db, province })
  await loadOrganisationData(composed.app, province)
  await refreshDirectory(db, province)
  await seedDemo(composed.app, province)
})
afterAll(async () => {
  for (const worker of composed.app.workers) await worker.stop()
  await rm(folder, { recursive: true, force: true })
})

const PASSWORD = 'cuaso-demo-2026'

async function signedIn(username: string, password = PASSWORD): Promise<Visitor> {
  const who = new Visitor((request) => composed.web.fetch(request))
  const response = await who.submit('/dang-nhap/can-bo', { username, password })
  expect(response.status, username).toBe(303)
  return who
}

const idOf = async (username: string): Promise<string> => {
  const { rows } = await db.read(province, (tx) => sql<{ id: string }>`select id from officer where username = ${username}`.execute(tx))
  return rows[0]?.id ?? ''
}

const hidden = (html: string, name: string): string => new RegExp(`name="${name}"[^>]*? value="([^"]*)"`).exec(html)?.[1] ?? ''

const day = (name: string, value: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = value.split('-')
  return value ? { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year } : {}
}

describe('looking after officers', () => {
  test('an account is made, gets a role, is reset and closed, page by page, without JavaScript', async () => {
    const admin = await signedIn('quantri')
    const form = await (await admin.get('/quan-tri/can-bo/moi')).text()
    const temporaryPassword = hidden(form, 'temporaryPassword')
    expect(temporaryPassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    const fields = {
      _csrf: hidden(form, '_csrf'),
      _request: hidden(form, '_request'),
      ...{ username: 'Nu.Cuoi', name: 'Nữ  Cười', position: 'Văn thư', agencyCode: 'H12.144', phone: '', email: '', temporaryPassword },
    }
    const created = await admin.post('/quan-tri/can-bo/moi', fields)
    expect(created.status).toBe(303)
    const again = await admin.post('/quan-tri/can-bo/moi', fields)
    expect(again.headers.get('location')).toBe(created.headers.get('location'))
    const at = (created.headers.get('location') ?? '').split('?')[0] ?? ''
    expect(await (await admin.get('/quan-tri/can-bo?q=nu+cuoi')).text()).toContain('nu.cuoi')

    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const grant = { role: 'clerk', agencyCode: 'H12.144', ...day('validFrom', today), reason: 'Thay người nghỉ' }
    expect((await admin.submit(`${at}/vai-tro`, grant, at)).status).toBe(303)
    const twice = await admin.submit(`${at}/vai-tro`, grant, at)
    expect(twice.status).toBe(409)
    expect(await twice.text()).toContain('Thay người nghỉ')
    expect((await admin.submit(`${at}/vai-tro`, { ...grant, ...day('validTo', '2026-02-31') }, at)).status).toBe(422)

    const officer = new Visitor((request) => composed.web.fetch(request))
    const first = await officer.submit('/dang-nhap/can-bo?ve=%2Fmot-cua', { username: 'nu.cuoi', password: temporaryPassword })
    expect(first.headers.get('location')).toBe('/tai-khoan/mat-khau?ve=%2Fmot-cua')
    const next = 'ghe tam ban bay canh chuon chuon'
    const weak = await officer.submit('/tai-khoan/mat-khau?ve=%2Fmot-cua', {
      current: temporaryPassword,
      next: 'nucuoi123456',
      repeat: 'nucuoi123456',
    })
    expect(weak.status).toBe(422)
    const token = officer.cookie('cuaso_session')
    const changed = await officer.submit('/tai-khoan/mat-khau?ve=%2Fmot-cua', { current: temporaryPassword, next, repeat: next })
    expect(changed.headers.get('location')).toBe('/mot-cua')
    expect(officer.cookie('cuaso_session')).not.toBe(token)
    expect(await (await officer.get('/tai-khoan')).text()).toContain('Cán bộ một cửa')

    const reset = await admin.submit(`${at}/mat-khau`, { temporaryPassword: 'mfwq-tndx-7k3v-zzpb' }, at)
    expect(await reset.text()).toContain('mfwq-tndx-7k3v-zzpb')
    expect((await officer.get('/tai-khoan')).status).toBe(401)
    expect((await admin.submit(`${at}/ngung`, { closingReason: 'Chuyển công tác' }, at)).status).toBe(303)
    expect(await (await admin.get('/quan-tri/can-bo?ngung=1')).text()).toContain('nu.cuoi')
    expect((await admin.submit(`${at}/mo-lai`, {}, at)).status).toBe(303)
  })

  test('the last administrator cannot be closed, and the page says what to do first', async () => {
    const admin = await signedIn('quantri')
    const at = `/quan-tri/can-bo/${await idOf('quantri')}`
    const response = await admin.submit(`${at}/ngung`, {}, at)
    expect(response.status).toBe(409)
    expect(await response.text()).toContain('quản trị toàn tỉnh cuối cùng')
  })

  test('a unit’s head sees the officers of the unit and nobody else’s, and may change none', async () => {
    const head = await signedIn('xaydung.lanhdao')
    const list = await (await head.get('/quan-tri/can-bo')).text()
    expect(list).toContain('xaydung.chuyenvien')
    expect(list).not.toContain('moitruong.chuyenvien')
    const other = await idOf('moitruong.chuyenvien')
    expect((await head.get(`/quan-tri/can-bo/${other}`)).status).toBe(403)
    expect((await head.get('/quan-tri/can-bo/moi')).status).toBe(403)
    const clerk = await signedIn('motcua.cainuoc')
    expect((await clerk.get('/quan-tri/can-bo')).status).toBe(403)
  })
})

describe('rights', () => {
  test('a right taken away is gone with the next request, and comes back when given again; both are in the list of changes', async () => {
    const admin = await signedIn('quantri')
    const head = await signedIn('cainuoc.lanhdao')
    expect((await head.get('/quan-tri/can-bo')).status).toBe(200)
    const at = '/quan-tri/phan-quyen/identity.see-officers'
    expect((await admin.submit(at, { unit_head: 'none' })).status).toBe(303)
    expect((await head.get('/quan-tri/can-bo')).status).toBe(403)
    await admin.submit(at, { unit_head: 'unit' })
    expect((await head.get('/quan-tri/can-bo')).status).toBe(200)
    const table = await (await admin.get('/quan-tri/phan-quyen')).text()
    expect(table).toContain('Tạ Nhật Vy')
    expect(table).toContain('Thay đổi gần đây')
  })

  test('the right to repair the rights cannot be taken from administrators', async () => {
    const admin = await signedIn('quantri')
    const response = await admin.submit('/quan-tri/phan-quyen/identity.change-permissions', { administrator: 'none' })
    expect(response.status).toBe(409)
    expect(await response.text()).toContain('không còn ai sửa được')
  })

  test('the length of sessions is changed with its limits', async () => {
    const admin = await signedIn('quantri')
    const at = '/quan-tri/phien-dang-nhap'
    const wrong = await admin.submit(at, { subjectKind: 'citizen', 'citizen.idleMinutes': '2', 'citizen.absoluteMinutes': '60' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Nhập số phút từ 5 đến 1440')
    expect((await admin.submit(at, { subjectKind: 'citizen', 'citizen.idleMinutes': '20', 'citizen.absoluteMinutes': '600' })).status).toBe(
      303,
    )
    expect(await (await admin.get(at)).text()).toContain('value="20"')
  })
})

describe('one’s own account', () => {
  test('a session elsewhere can be ended; somebody else’s cannot', async () => {
    const [here, elsewhere, stranger] = [await signedIn('caicach'), await signedIn('caicach'), await signedIn('chutich')]
    const html = await (await here.get('/tai-khoan')).text()
    const hash = hidden(html, 'hash')
    expect((await stranger.submit('/tai-khoan/phien', { hash }, '/tai-khoan')).status).toBe(404)
    expect((await elsewhere.get('/tai-khoan')).status).toBe(200)
    expect((await here.submit('/tai-khoan/phien', { hash }, '/tai-khoan')).status).toBe(303)
    expect((await elsewhere.get('/tai-khoan')).status).toBe(401)
    expect((await here.submit('/tai-khoan/phien/tat-ca', {}, '/tai-khoan')).status).toBe(303)
    expect((await here.get('/tai-khoan')).status).toBe(401)
  })

  test('a head delegates for some days and takes it back', async () => {
    const head = await signedIn('moitruong.lanhdao')
    const form = await (await head.get('/tai-khoan/uy-quyen')).text()
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const later = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    const fields = {
      ...{ grantId: /name="grantId"[^>]* value="([^"]*)"/.exec(form)?.[1] ?? '', delegate: 'moitruong.chuyenvien', agencyCode: 'H12.09' },
      ...{ ...day('validFrom', today), ...day('validTo', later), reason: 'Đi công tác' },
    }
    const nobody = await head.submit('/tai-khoan/uy-quyen', { ...fields, delegate: 'khong.co' })
    expect(nobody.status).toBe(422)
    expect(await nobody.text()).toContain('Đi công tác')
    expect((await head.submit('/tai-khoan/uy-quyen', fields)).status).toBe(303)
    const delegate = await signedIn('moitruong.chuyenvien')
    expect(await (await delegate.get('/tai-khoan')).text()).toContain('Nhận ủy quyền')
    const list = await (await head.get('/tai-khoan/uy-quyen')).text()
    const grantId = /name="grantId" value="([^"]*)"/.exec(list)?.[1] ?? ''
    expect((await head.submit('/tai-khoan/uy-quyen/thu-hoi', { grantId }, '/tai-khoan/uy-quyen')).status).toBe(303)
    expect((await delegate.get('/tai-khoan')).status).toBe(401)
  })
})
