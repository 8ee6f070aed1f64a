import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import type { Context } from '../../src/kernel/context.ts'
import { sql } from '../../src/kernel/database/index.ts'
import type { Result } from '../../src/kernel/result.ts'
import { assignDossier, issueResult, submitForSignature } from '../../src/modules/dossier/index.ts'
import { signInOfficer } from '../support/house.ts'
import { openHouse } from '../support/open-house.ts'
import { csrfIn, Visitor } from '../support/visitor.ts'

const { app, baseUrl } = await openHouse()
const COUNTER = 'H12.144'
const NUMBER = '096092000909'
/** The smallest picture a PNG can be. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const clerk = new Visitor((request) => fetch(request), baseUrl)
const stranger = (): Visitor => new Visitor((request) => fetch(request), baseUrl)
beforeAll(async () => {
  const { cookie } = await signInOfficer(baseUrl, 'motcua.cainuoc')
  clerk.setCookie('cuaso_session', cookie.split('=')[1] ?? '')
})

const post = async (who: Visitor, path: string, fields: [string, string | Blob][], shownAt = path): Promise<Response> => {
  const body = new FormData()
  body.set('_csrf', csrfIn(await (await who.get(shownAt)).text()))
  for (const [name, value] of fields) typeof value === 'string' ? body.append(name, value) : body.append(name, value, 'anh.png')
  return who.send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
}
const INTAKE = '/mot-cua/tiep-nhan'
const person: [string, string][] = [
  ['name', 'Quách Thị Sen'],
  ['number', NUMBER],
  ['phone', '0100000909'],
  ['procedure', '1.001193'],
  ['agency', COUNTER],
]
const office = async (work: (cx: Context) => Promise<Result<unknown>>): Promise<void> => {
  const done = await run(
    app,
    { province: app.province, actor: { kind: 'system', name: 'test' }, requestId: randomUUID(), name: 'test.step' },
    work,
  )
  if (!done.ok) throw new Error(done.error.code)
}
const rows = async <T>(text: ReturnType<typeof sql<T>>): Promise<T[]> => (await app.db.read(app.province, (tx) => text.execute(tx))).rows

describe('the hall', () => {
  test('a ticket names nobody, and a wrong address says nothing', async () => {
    const someone = stranger()
    const taken = await someone.submit(`/quay/${COUNTER}`, { loai: 'A', 'uu-tien': 'nguoi-cao-tuoi' })
    expect(taken.status).toBe(303)
    const ticket = taken.headers.get('location') ?? ''
    expect(ticket).toMatch(/^\/quay\/ve\/[\w-]{16}$/)
    const shown = await (await someone.get(ticket)).text()
    expect(shown).toContain('A001')
    expect(shown).toContain('Ưu tiên')
    expect((await someone.get('/quay/ve/aaaaaaaaaaaaaaaa')).status).toBe(404)
    expect((await someone.get('/quay/H12.999/man-hinh')).status).toBe(404)
    expect((await someone.submit(`/quay/${COUNTER}`, { loai: 'X' })).status).toBe(422)
  })

  test('one address cannot take the whole day’s numbers', async () => {
    const someone = stranger()
    const token = csrfIn(await (await someone.get(`/quay/${COUNTER}`)).text())
    const answers: number[] = []
    for (let n = 0; n < 125; n += 1) answers.push((await someone.post(`/quay/${COUNTER}`, { _csrf: token, loai: 'X' })).status)
    expect(answers.at(-1)).toBe(429)
    expect(answers.slice(0, 100).every((status) => status === 422)).toBe(true)
  })
})

describe('the intake', () => {
  test('only this page may compile WebAssembly', async () => {
    expect((await clerk.get(INTAKE)).headers.get('content-security-policy')).toContain("'wasm-unsafe-eval'")
    expect((await clerk.get('/mot-cua')).headers.get('content-security-policy')).not.toContain('wasm')
  })

  test('a phone puts pictures into it; they survive a mistake and are in the dossier', async () => {
    const intake = randomUUID()
    const asked = await (await post(clerk, INTAKE, [['_request', intake], ...person, ['do', 'phone']])).text()
    expect(asked).toContain('Quét mã bằng điện thoại')
    // The token is only in the picture: take a fresh one the way the page does.
    const { openUploadPoint } = await import('../../src/modules/queue/index.ts')
    const [officer] = await rows(sql<{ id: string; name: string }>`select officer_id as id, officer_name as name from intake_upload`)
    const token = await openUploadPoint(
      app,
      app.province,
      { kind: 'officer', officerId: officer?.id ?? '', name: officer?.name ?? '', grants: [] },
      { intakeId: intake, agencyCode: COUNTER, procedureCode: '1.001193' },
    )
    const phone = stranger()
    const picture = new Blob([PIXEL], { type: 'image/png' })
    expect((await post(phone, `/chup/${token}`, [['scan.giay-chung-sinh', picture]])).status).toBe(303)
    expect(await (await phone.get(`/chup/${token}`)).text()).toContain('Quầy đã nhận 1 ảnh')
    expect((await post(phone, `/chup/${token}`, [['scan.giay-chung-sinh', new Blob(['x'.repeat(50)])]])).status).toBe(415)
    expect((await phone.get('/chup/AAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(410)

    const mistyped = person.map(([name, value]): [string, string] => [name, name === 'phone' ? '1' : value])
    const refused = await post(clerk, INTAKE, [['_request', intake], ...mistyped, ['do', 'file'], ['scan.can-cuoc', picture]])
    expect(refused.status).toBe(422)
    expect((await refused.text()).match(/Đã nhận 1 ảnh hoặc tệp/g)).toHaveLength(2)
    const filed = await post(clerk, INTAKE, [['_request', intake], ...person, ['do', 'file']])
    expect(filed.headers.get('location')).toMatch(/giay-tiep-nhan/)
    const papers = await rows(
      sql<{ code: string }>`
        select p.component_code as code from dossier_paper p join dossier d on d.id = p.dossier_id
        where d.applicant_number = ${NUMBER} and p.digitised order by p.number`,
    )
    expect(papers.map(({ code }) => code)).toEqual(['giay-chung-sinh', 'can-cuoc'])
    expect((await phone.get(`/chup/${token}`)).status).toBe(410)
  })

  test('a known number is shown by name and asked about, never filled in by itself; the look is recorded', async () => {
    const fields: [string, string][] = [
      ['_request', randomUUID()],
      ['number', NUMBER],
    ]
    const looks = async () => (await rows(sql<{ n: number }>`select count(*)::int as n from dossier_access`))[0]?.n ?? 0
    const before = await looks()
    const asked = await (await post(clerk, INTAKE, [...fields, ['do', 'person']])).text()
    expect(asked).toContain('Số này đã nộp hồ sơ với tên Quách Thị Sen.')
    expect(asked).not.toMatch(/name="name"[^>]*value="Quách/)
    expect(await looks()).toBe(before + 1)
    const filled = await (await post(clerk, INTAKE, [...fields, ['do', 'confirm']])).text()
    expect(filled).toMatch(/name="confirmed" value="096092000909"/)
    expect(filled).toContain('value="0100000909"')
    expect(
      await (
        await post(clerk, INTAKE, [
          ['number', '096092000910'],
          ['do', 'person'],
        ])
      ).text(),
    ).toContain('Chưa có hồ sơ nào với số này')
  })
})

test('results go to whoever came: all of one person at once, signed for, once however often it is sent', async () => {
  const ready = async (): Promise<string[]> => {
    const intake = randomUUID()
    await post(clerk, INTAKE, [
      ['_request', intake],
      ...person,
      ['paper.giay-chung-sinh', 'handed'],
      ['paper.can-cuoc', 'handed'],
      ['do', 'file'],
    ])
    // What specialists and heads do in between is other tests' story.
    const [specialist] = await rows(sql<{ id: string }>`select id from officer where username = 'cainuoc.chuyenvien'`)
    const received = await rows(sql<{ id: string }>`select id from dossier where applicant_number = ${NUMBER} and stage = 'received'`)
    for (const { id: dossierId } of received) {
      await office((cx) => assignDossier(cx, { dossierId, assigneeId: specialist?.id ?? '' }))
      await office((cx) => submitForSignature(cx, { dossierId }))
      await office((cx) => issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh' }], electronic: false }))
    }
    return (await rows(sql<{ id: string }>`select id from dossier where applicant_number = ${NUMBER} order by id`)).map(({ id }) => id)
  }
  const ids = await ready()
  expect(ids.length).toBeGreaterThan(1)
  const page = '/mot-cua/tra-ket-qua'
  const [first] = await rows(sql<{ reference: string }>`select reference from dossier where id = ${ids[0]}::uuid`)
  const found = `${page}?q=${encodeURIComponent(`${baseUrl}/tra-cuu?ma=${first?.reference}`)}`
  const html = await (await clerk.get(found)).text()
  for (const id of ids) expect(html).toContain(id)

  const whole = randomUUID()
  const all: [string, string | Blob][] = [
    ['_request', whole],
    ['q', NUMBER],
    ...ids.map((id): [string, string] => ['hs', id]),
    ['ai', 'delegate'],
  ]
  const unsigned = await post(clerk, page, [...all, ['ky', 'screen']], found)
  expect(unsigned.status).toBe(422)
  const said = await unsigned.text()
  for (const text of ['Ghi họ tên người đến nhận', 'Ghi giấy ủy quyền đã xem', 'Chưa có chữ ký']) expect(said).toContain(text)

  const signed: [string, string | Blob][] = [
    ...all,
    ['ky', 'screen'],
    ['ten', 'Lâm Văn Tới'],
    ['uy-quyen', 'UQ 12/2026, xã Cái Nước'],
    ['chu-ky', new Blob([PIXEL])],
  ]
  const [one, two] = await Promise.all([post(clerk, page, signed, found), post(clerk, page, signed, found)])
  expect([one.status, two.status]).toEqual([303, 303])
  const events = await rows(
    sql<{ data: { receivedBy?: string; handover?: { to: string; signed: string; signature?: object } } }>`
      select data from event where type = 'dossier.returned' and subject = any(${ids}::uuid[])`,
  )
  expect(events).toHaveLength(ids.length)
  expect(events[0]?.data).toMatchObject({
    receivedBy: 'Lâm Văn Tới',
    handover: { to: 'delegate', signed: 'screen', signature: { mediaType: 'image/png' } },
  })
  const slip = await (await clerk.get(one.headers.get('location') ?? '')).text()
  expect(slip).toContain(`Đã trao ${ids.length} kết quả.`)
  expect((await clerk.get(`${page}/${ids[0]}/chu-ky`)).headers.get('content-type')).toBe('image/png')
  expect((await stranger().get(`${page}/${ids[0]}/chu-ky`)).status).not.toBe(200)
})

test('waiting times leave the house as CSV', async () => {
  const answer = await clerk.get('/mot-cua/hang-cho/so-lieu.csv')
  expect(answer.headers.get('content-type')).toContain('text/csv')
  expect(await answer.text()).toMatch(/total,,Cả kỳ,1,0,,,0,,,0/)
})
