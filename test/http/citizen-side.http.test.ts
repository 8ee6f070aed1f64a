import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { compose } from '../../src/compose.ts'
import type { App } from '../../src/kernel/app.ts'
import { run } from '../../src/kernel/command.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import type { Actor, Context, Officer, Role } from '../../src/kernel/context.ts'
import { sql } from '../../src/kernel/database/index.ts'
import { createWeb } from '../../src/kernel/http/server.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import type { Result } from '../../src/kernel/result.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { receiveDossier, requestSupplement, submitDossier } from '../../src/modules/dossier/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'
import { testDatabase } from '../support/database.ts'
import { maritalStatus } from '../support/filing.ts'

const ORIGIN = 'http://localhost'
const CSRF = 'token-of-this-session'
const COMMUNE = 'H12.101'
let now = Temporal.Instant.from('2026-11-20T09:00:00+07:00')
const clock = () => now

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const officer = (role: Exclude<Role, 'citizen'>, n: number, agencyCode = COMMUNE): Officer => ({
  ...{ kind: 'officer', officerId: id(n), name: 'Lê Thị Cúc' },
  grants: [{ role, agencyCode, subtree: false }],
})
const people = {
  citizen: { kind: 'citizen', personId: id(900), name: 'Nguyễn Thị Đào', personalNumber: '096190000900', phone: '0912345678' },
  neighbour: { kind: 'citizen', personId: id(901), name: 'Lâm Văn Sáu', personalNumber: '096192000901', phone: '0987654321' },
  father: { kind: 'citizen', personId: id(902), name: 'QUÁCH TẤN ĐẠT', personalNumber: '096092000707', phone: '0900000002' },
  clerk: officer('clerk', 11),
  elsewhere: officer('clerk', 12, 'H12.102'),
  leader: officer('leader', 13),
} as const satisfies Record<string, Actor>
type Who = keyof typeof people

const { db, province } = await testDatabase()
let app: App
let web: ReturnType<typeof createWeb>
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await loadForms({ db, clock }, province)
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-citizen-'))
  const config = readConfig({ CUASO_DATA: folder, BASE_URL: ORIGIN, RATE_LIMIT: '1000000' })
  const composed = await compose({ config, log: createLog('silent'), db, province, clock })
  app = composed.app
  const find = async (_: unknown, token: string) => {
    const actor = people[token as Who]
    return actor && { actor, csrf: CSRF, tokenHash: new Uint8Array() }
  }
  web = createWeb({ ...app, sessions: { find } }, { pages: composed.pages, api: composed.api, asset: () => undefined, refusalPage })
})

const system: Actor = { kind: 'system', name: 'test' }
const as = async <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
  const done = await run(app, { province, actor, requestId: randomUUID(), name: 'test' }, work)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}

const pdf = (name = 'giay.pdf'): File => new File([`%PDF-1.4\n${randomUUID()}`], name)
type Parts = [string, string | File][]

function send(who: Who, path: string, parts: Parts): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of [['_csrf', CSRF] as [string, string], ...parts]) body.append(name, value)
  const headers = { cookie: `cuaso_session=${who}`, host: 'localhost', origin: ORIGIN }
  return Promise.resolve(web.request(`${ORIGIN}${path}`, { method: 'POST', headers, body }))
}
const see = (who: Who, path: string): Promise<Response> =>
  Promise.resolve(web.request(`${ORIGIN}${path}`, { headers: { cookie: `cuaso_session=${who}`, host: 'localhost' } }))
const read = async (who: Who, path: string): Promise<string> => {
  const response = await see(who, path)
  const html = await response.text()
  expect(response.status, `${path}: ${html.slice(0, 200)}`).toBe(200)
  expect(html.length, `${path} is heavy`).toBeLessThan(60_000)
  return html
}
const goesTo = (response: Response): string | null => (response.status === 303 ? response.headers.get('location') : `${response.status}`)

/** A dossier of the citizen at the commune, received unless told otherwise. */
const dossier = async (receive = true): Promise<string> =>
  (
    await as(people.clerk, (cx) =>
      submitDossier(cx, { ...maritalStatus, agencyCode: COMMUNE, submitterId: people.citizen.personId, channel: 'counter', receive }),
    )
  ).id

const ITEMS = ['Bản chụp căn cước', 'Xác nhận nơi ở']
const askFor = (dossierId: string) => as(system, (cx) => requestSupplement(cx, { dossierId, note: 'Thiếu hai giấy tờ', items: ITEMS }))

const CODE = maritalStatus.procedureCode
/** A draft with every step done, as the citizen left it. */
async function draft(personId = people.citizen.personId): Promise<void> {
  await db.read(province, (tx) =>
    sql`
      insert into draft (id, person_id, procedure_code, form_code, form_version, version, answers, saved_pages, prefilled, created_at, updated_at)
      select ${randomUUID()}::uuid, ${personId}::uuid, ${CODE}, code, version, 9, ${JSON.stringify(maritalStatus.answers)}::jsonb,
        (select jsonb_object_agg(p ->> 'id', 1) from jsonb_array_elements(body -> 'pages') p), '{}', ${now}::timestamptz, ${now}::timestamptz
      from form_definition where code = ${maritalStatus.formCode} and version = 1`.execute(tx),
  )
}

describe('answering a list of missing papers', () => {
  test('item by item, kept over days, looked through, sent once; the office sees which paper answers what', async () => {
    const dossierId = await dossier()
    await askFor(dossierId)
    const own = await read('citizen', `/ho-so/${dossierId}`)
    expect(own).toContain('Đồng hồ đang dừng vì chờ bạn.')
    expect(own).toContain('Bản chụp căn cước')
    const list = await read('citizen', `/ho-so/${dossierId}/bo-sung`)
    const asked = /name="asked" value="([^"]+)"/.exec(list)?.[1] ?? ''
    expect(list).toContain('Mục 2: Xác nhận nơi ở')

    // Nothing at all is not sent.
    const base: Parts = [['asked', asked]]
    expect(goesTo(await send('citizen', `/ho-so/${dossierId}/bo-sung/luu`, base))).toBe(`/ho-so/${dossierId}/bo-sung/kiem-tra`)
    const empty = await see('citizen', `/ho-so/${dossierId}/bo-sung/kiem-tra`)
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Bạn chưa chọn tệp')])

    const first: Parts = [...base, ['item-0', pdf('can-cuoc.pdf')], ['_do', 'later']]
    expect(goesTo(await send('citizen', `/ho-so/${dossierId}/bo-sung/luu`, first))).toBe(`/ho-so/${dossierId}?xong=luu-bo-sung`)
    now = now.add({ hours: 24 })
    const second: Parts = [...base, ['note-1', 'Xã đang xác nhận, tôi gửi sau'], ['_do', 'check']]
    expect(goesTo(await send('citizen', `/ho-so/${dossierId}/bo-sung/luu`, second))).toBe(`/ho-so/${dossierId}/bo-sung/kiem-tra`)
    const check = await read('citizen', `/ho-so/${dossierId}/bo-sung/kiem-tra`)
    for (const words of ['can-cuoc.pdf', 'Xã đang xác nhận', 'Gửi cho cơ quan']) expect(check).toContain(words)

    const request = randomUUID()
    for (let n = 0; n < 2; n += 1) {
      const sent = await send('citizen', `/ho-so/${dossierId}/bo-sung`, [...base, ['_request', request]])
      expect(goesTo(sent)).toBe(`/ho-so/${dossierId}?xong=bo-sung`)
    }
    const { rows } = await db.read(province, (tx) =>
      sql<{ name: string }>`select name from dossier_paper where dossier_id = ${dossierId}::uuid and kind = 'supplement'`.execute(tx),
    )
    expect(rows).toEqual([{ name: 'Bản chụp căn cước' }])
    expect(goesTo(await see('citizen', `/ho-so/${dossierId}/bo-sung`))).toBe(`/ho-so/${dossierId}`)
  })

  test('somebody else cannot, and a paper taken away is gone', async () => {
    const dossierId = await dossier()
    await askFor(dossierId)
    for (const path of ['bo-sung', 'bo-sung/kiem-tra', 'rut', 'tin-nhan', 'nhan-ket-qua'])
      expect((await see('neighbour', `/ho-so/${dossierId}/${path}`)).status, path).toBe(404)
    const asked = /name="asked" value="([^"]+)"/.exec(await read('citizen', `/ho-so/${dossierId}/bo-sung`))?.[1] ?? ''
    await send('citizen', `/ho-so/${dossierId}/bo-sung/luu`, [
      ['asked', asked],
      ['item-0', pdf()],
    ])
    const drop = /value="(drop:0:[0-9a-f]{64})"/.exec(await read('citizen', `/ho-so/${dossierId}/bo-sung`))?.[1] ?? ''
    await send('citizen', `/ho-so/${dossierId}/bo-sung/luu`, [
      ['asked', asked],
      ['_do', drop],
    ])
    expect(await read('citizen', `/ho-so/${dossierId}/bo-sung`)).not.toContain('drop:0:')
  })
})

describe('withdrawing', () => {
  test('says what it means, can be taken back, and after a decision is refused in words', async () => {
    const dossierId = await dossier()
    expect(await read('citizen', `/ho-so/${dossierId}/rut`)).toContain('Rút nghĩa là gì?')
    expect(goesTo(await send('citizen', `/ho-so/${dossierId}/rut`, [['why', 'Tôi chuẩn bị lại']]))).toBe(`/ho-so/${dossierId}?xong=rut`)
    expect(await read('citizen', `/ho-so/${dossierId}`)).toContain('Lấy lại yêu cầu rút')
    expect(goesTo(await send('citizen', `/ho-so/${dossierId}/rut/lay-lai`, []))).toBe(`/ho-so/${dossierId}?xong=lay-lai`)
    await db.read(province, (tx) => sql`update dossier set stage = 'ready', status = 9 where id = ${dossierId}::uuid`.execute(tx))
    expect(await read('citizen', `/ho-so/${dossierId}/rut`)).toContain('Cơ quan đã có quyết định về hồ sơ này')
    expect((await send('citizen', `/ho-so/${dossierId}/rut`, [['why', 'Thôi']])).status).toBe(409)
  })
})

describe('messages', () => {
  test('go both ways with files, are marked until read, and leave only an id in the log', async () => {
    const dossierId = await dossier()
    const words = 'Tôi đến lấy thay chồng được không?'
    const path = `/ho-so/${dossierId}/tin-nhan`
    expect(
      goesTo(
        await send('citizen', path, [
          ['text', words],
          ['files', pdf('hoi.pdf')],
        ]),
      ),
    ).toBe(`${path}?xong=1`)
    const desk = `/mot-cua/ho-so/${dossierId}`
    // A leader reads but does not answer: the mark stays for who does.
    expect(await (await see('leader', desk)).text()).toContain('1 tin chưa đọc')
    const office = await (await see('clerk', desk)).text()
    for (const part of [words, 'hoi.pdf', '1 tin chưa đọc']) expect(office).toContain(part)
    expect(await (await see('clerk', desk)).text()).not.toContain('1 tin chưa đọc')
    const file = /href="(\/mot-cua\/ho-so\/[^"]+\/tin-nhan\/[^"]+)"/.exec(office)?.[1] ?? ''
    expect((await see('clerk', file)).headers.get('content-type')).toBe('application/pdf')
    expect((await see('elsewhere', file)).status).toBe(403)

    now = now.add({ minutes: 1 })
    expect(goesTo(await send('clerk', `${desk}/tin-nhan`, [['text', 'Được, chị mang giấy hẹn.']]))).toBe(`${desk}?xong=tin-nhan#tin-nhan`)
    expect((await send('leader', `${desk}/tin-nhan`, [['text', 'x']])).status).toBe(403)
    expect(await read('citizen', '/ho-so')).toContain('1 tin mới')
    now = now.add({ minutes: 1 })
    expect(await read('citizen', path)).toContain('Được, chị mang giấy hẹn.')
    expect(await read('citizen', '/ho-so')).not.toContain('1 tin mới')
    const log = await db.read(province, (tx) => sql<{ data: object }>`select data from event where type = 'message.sent'`.execute(tx))
    expect(JSON.stringify(log.rows)).not.toContain('Được')
    expect(JSON.stringify(log.rows)).not.toContain('chồng')
  })

  test('are refused when empty, too long or too many, with what was typed kept', async () => {
    const dossierId = await dossier()
    const path = `/ho-so/${dossierId}/tin-nhan`
    expect((await send('neighbour', path, [['text', 'Xin chào']])).status).toBe(404)
    expect((await send('citizen', path, [['text', '  ']])).status).toBe(422)
    expect(await (await send('citizen', path, [['text', 'x'.repeat(4001)]])).text()).toContain('nhiều nhất 4.000 ký tự')
    now = now.add({ hours: 2 })
    for (let n = 0; n < 12; n += 1) await send('citizen', path, [['text', `Tin ${n}`]])
    const tooOften = await send('citizen', path, [['text', 'Tin thứ mười ba 🙂']])
    expect([tooOften.status, await tooOften.text()]).toEqual([429, expect.stringContaining('Tin thứ mười ba 🙂')])
    now = now.add({ hours: 2 })
  })
})

describe('how the result is collected', () => {
  test('by post only with a picked address; shown to the office; changeable until the end', async () => {
    const dossierId = await dossier()
    const path = `/ho-so/${dossierId}/nhan-ket-qua`
    expect(await read('citizen', path)).toContain('07:30–11:30, 13:30–17:30')
    expect((await send('citizen', path, [])).status).toBe(422)
    const noAddress = await send('citizen', path, [
      ['way', 'post'],
      ['receiver', 'Nguyễn Thị Đào'],
    ])
    expect(noAddress.status).toBe(422)
    const post: Parts = [
      ['way', 'post'],
      ['receiver', 'Nguyễn Thị Đào'],
      ['phone', '0912345678'],
      ['address.commune', '96/31825@2025-07-01'],
      ['address.line', 'Khóm 3'],
    ]
    expect(goesTo(await send('citizen', path, post))).toBe(`/ho-so/${dossierId}?xong=nhan-ket-qua`)
    expect(await read('citizen', `/ho-so/${dossierId}`)).toContain('Khóm 3, Phường Bạc Liêu, Tỉnh Cà Mau')
    expect(await (await see('clerk', `/mot-cua/ho-so/${dossierId}`)).text()).toContain('Khóm 3, Phường Bạc Liêu')
    expect(goesTo(await send('citizen', path, [['way', 'electronic']]))).toBe(`/ho-so/${dossierId}?xong=nhan-ket-qua`)
    const log = await db.read(province, (tx) => sql<{ data: object }>`select data from event where type = 'collection.chosen'`.execute(tx))
    expect(JSON.stringify(log.rows)).not.toContain('Khóm 3')
  })
})

describe('a draft shown to the desk, and filing in somebody’s name', () => {
  test('for a man who asked, with proof: looked at, mended, looked at again, filed in one step; he sees it in his own account', async () => {
    await send('citizen', `/nop/${CODE}`, [['cho', 'other']])
    const forPath = `/nop/${CODE}/cho-ai`
    const missing = await send('citizen', forPath, [
      ['name', 'Quách Tấn Đạt'],
      ['personalNumber', '0960920007'],
    ])
    expect([missing.status, await missing.text()]).toEqual([422, expect.stringContaining('Quách Tấn Đạt')])
    const given: Parts = [
      ['name', 'Quách Tấn Đạt'],
      ['personalNumber', people.father.personalNumber],
      ['birthDate-day', '12'],
      ['birthDate-month', '4'],
      ['birthDate-year', '1992'],
      ['role', 'em gái'],
    ]
    // The rule asks for the power of attorney.
    expect((await send('citizen', forPath, given)).status).toBe(422)
    expect(goesTo(await send('citizen', forPath, [...given, ['proof0', pdf('uy-quyen.pdf')]]))).toContain(`/nop/${CODE}/buoc/`)
    await db.read(province, (tx) => sql`delete from draft where person_id = ${people.citizen.personId}::uuid`.execute(tx))
    await draft()

    const check = await read('citizen', `/nop/${CODE}/kiem-tra`)
    for (const words of ['Quách Tấn Đạt', 'Nhờ quầy xem trước']) expect(check).toContain(words)
    expect(goesTo(await send('citizen', `/nop/${CODE}/xem-truoc`, []))).toBe(`/nop/${CODE}?xem-truoc=1`)
    expect(await read('citizen', `/nop/${CODE}`)).toContain('Quầy đang xem bản nháp của bạn')
    const counts = await db.read(province, (tx) =>
      sql<{ n: number }>`select count(*) as n from dossier where procedure_code = ${CODE} and representation is not null`.execute(tx),
    )
    expect(counts.rows[0]?.n).toBe(0)

    const list = await read('clerk', '/mot-cua/xem-truoc')
    const trial = /\/mot-cua\/xem-truoc\/([0-9a-f-]{36})/.exec(list)?.[1] ?? ''
    expect(list).toContain('cho Quách Tấn Đạt')
    expect(list).not.toContain(people.father.personalNumber)
    expect((await see('elsewhere', `/mot-cua/xem-truoc/${trial}`)).status).toBe(403)
    expect(await read('clerk', `/mot-cua/xem-truoc/${trial}`)).toContain('Cần sửa gì ở')
    expect((await send('clerk', `/mot-cua/xem-truoc/${trial}`, [['verdict', 'mend']])).status).toBe(422)
    const mend: Parts = [
      ['verdict', 'mend'],
      ['sua:copies', 'Chỉ cần 1 bản'],
    ]
    expect(goesTo(await send('clerk', `/mot-cua/xem-truoc/${trial}`, mend))).toBe('/mot-cua/xem-truoc?xong=1')
    expect((await send('clerk', `/mot-cua/xem-truoc/${trial}`, mend)).status).toBe(409)
    expect(await read('citizen', `/nop/${CODE}`)).toContain('Chỉ cần 1 bản')
    expect(await read('citizen', '/ho-so')).toContain('Quầy đã xem: cần sửa')
    await send('citizen', `/nop/${CODE}/xem-truoc`, [])
    await send('clerk', `/mot-cua/xem-truoc/${trial}`, [['verdict', 'enough']])
    expect(await read('citizen', `/nop/${CODE}`)).toContain('Quầy đã xem: đủ')

    const filed = goesTo(await send('citizen', `/nop/${CODE}/gui`, [])) ?? ''
    const dossierId = /\/ho-so\/([0-9a-f-]{36})\/da-nop/.exec(filed)?.[1] ?? filed
    const own = await read('citizen', `/ho-so/${dossierId}`)
    for (const words of ['Quách Tấn Đạt', 'Nguyễn Thị Đào (em gái)', 'Giấy uỷ quyền']) expect(own).toContain(words)
    expect(await read('father', '/ho-so')).toContain(dossierId)
    expect(await read('father', `/ho-so/${dossierId}`)).toContain('Nguyễn Thị Đào (em gái)')
    expect((await see('neighbour', `/ho-so/${dossierId}`)).status).toBe(404)
    await as(system, (cx) => receiveDossier(cx, { dossierId }))
    expect(await (await see('clerk', `/mot-cua/ho-so/${dossierId}`)).text()).toContain('Nguyễn Thị Đào (em gái)')
    // Nothing of the preparation stays.
    const left = await db.read(province, (tx) =>
      sql<{ n: number }>`select (select count(*) from dossier_trial) + (select count(*) from filing_representation) as n`.execute(tx),
    )
    expect(left.rows[0]?.n).toBe(0)
  })
})

test('what waits for somebody comes first, and each filter shows its own or says that there is none', async () => {
  const html = await read('citizen', '/ho-so')
  expect(html.indexOf('Đang chờ bạn')).toBeGreaterThan(0)
  expect(html.indexOf('Đang chờ bạn')).toBeLessThan(html.indexOf('Các hồ sơ khác'))
  expect(await read('citizen', '/ho-so?xem=da-xong')).toContain('Chưa có hồ sơ nào xong')
  expect(await read('neighbour', '/ho-so')).toContain('Bạn chưa nộp hồ sơ nào')
  expect(await read('citizen', '/ho-so?xem=dang-giai-quyet&lang=en')).toContain('Under way')
})
