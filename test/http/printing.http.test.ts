import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
import {
  correctDossier,
  extendDossier,
  recordPayment,
  refuseDossier,
  stopDossier,
  submitDossier,
  withdrawDossier,
} from '../../src/modules/dossier/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import type { NumberedFacts } from '../../src/modules/printing/index.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'
import { testDatabase } from '../support/database.ts'

const COMMUNE = 'H12.101'
let now = Temporal.Instant.from('2026-11-20T08:00:00+07:00')
const clock = () => now

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const officer = (role: Exclude<Role, 'citizen'>, n: number, agencyCode = COMMUNE): Officer => ({
  ...{ kind: 'officer', officerId: id(n), name: 'Lê Thị Cúc' },
  grants: [{ role, agencyCode, subtree: true }],
})
const people = {
  citizen: { kind: 'citizen', personId: id(900), name: 'Nguyễn Thị Đào', personalNumber: '096190000101', phone: '0912345678' },
  neighbour: { kind: 'citizen', personId: id(901), name: 'Lâm Văn Sáu', phone: '0987654321' },
  clerk: officer('clerk', 11),
  specialist: officer('specialist', 12),
  head: officer('unit_head', 15),
  elsewhere: officer('clerk', 13, 'H12.102'),
  reformer: officer('reform_officer', 14, 'H12'),
} as const satisfies Record<string, Actor>
type Who = keyof typeof people

const { db, province } = await testDatabase()
let app: App
let web: ReturnType<typeof createWeb>

beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await loadForms({ db, clock }, province)
  const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-printing-')), BASE_URL: 'http://localhost' })
  const composed = await compose({ config, log: createLog('silent'), db, province, clock })
  app = composed.app
  const find = async (_: unknown, token: string) => {
    const actor = people[token as Who]
    return actor && { actor, csrf: 'token-of-this-session', tokenHash: new Uint8Array() }
  }
  web = createWeb({ ...app, sessions: { find } }, { pages: composed.pages, api: composed.api, asset: () => undefined, refusalPage })
})
afterAll(() => app.workers.find(({ name }) => name === 'press')?.stop())

const as = async <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
  now = now.add({ minutes: 5 })
  const done = await run(app, { province, actor, requestId: randomUUID(), name: 'test' }, work)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}

const get = async (path: string, who?: Who): Promise<Response> =>
  web.request(path, { headers: who ? { cookie: `cuaso_session=${who}` } : {} })
const bytes = async (path: string, who: Who): Promise<Buffer> => {
  const answer = await get(path, who)
  expect(answer.status, path).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

const takeIn = (name: string, receive = true) =>
  as(people.clerk, (cx) =>
    submitDossier(cx, {
      procedureCode: '1.001193',
      agencyCode: COMMUNE,
      applicant: { name, number: '096190000101', phone: '0912345678' },
      channel: 'counter',
      papers: [{ name: 'Giấy chứng sinh' }, { name: 'Tờ khai' }],
      receive,
    }),
  )

const recorded = async (dossierId: string) => {
  const { rows } = await db.read(province, (tx) =>
    sql<{ kind: string; number: number; facts: NumberedFacts }>`
      select kind, number, facts from printed_document where subject = ${dossierId}::uuid order by recorded_at`.execute(tx),
  )
  return rows
}

describe('the receipt of a dossier', () => {
  test('is the same to the byte for the clerk, again, and for the applicant; on A5 and on a roll it keeps its number', async () => {
    const { id: dossier, code } = await takeIn('Nguyễn Thị Đào *_$ #include("x")')
    const office = `/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`
    const first = await bytes(office, 'clerk')
    now = now.add({ hours: 30 })
    expect(await bytes(office, 'clerk')).toEqual(first)
    expect(await bytes(`/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'citizen')).toEqual(first)
    expect(first.toString('latin1')).toMatch(/<pdfaid:part>2</)
    expect(first.toString('utf8')).toContain(`Giấy tiếp nhận hồ sơ và hẹn trả kết quả ${code}`)
    const [a5, roll] = [await bytes(`${office}?kho=a5`, 'clerk'), await bytes(`${office}?kho=roll`, 'clerk')]
    expect(new Set([first.length, a5.length, roll.length]).size).toBe(3)
    const rows = await recorded(dossier)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      kind: 'receipt',
      facts: {
        issuer: { code: COMMUNE, superior: null },
        code,
        officer: 'Lê Thị Cúc',
        papers: [{ name: 'Giấy chứng sinh', how: 'paper' }, {}],
      },
    })
  })

  test('says what was so at reception, though it is printed for the first time after the fee was paid', async () => {
    const { id: dossier, feeVnd } = await takeIn('Trần Hòa Bình')
    if (feeVnd > 0) await as(people.clerk, (cx) => recordPayment(cx, { dossierId: dossier, amountVnd: feeVnd, online: false }))
    await bytes(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'clerk')
    expect((await recorded(dossier))[0]?.facts).toMatchObject({ paidVnd: 0, feeVnd })
  })

  test('of twelve dossiers printed at once by many, numbers run on without a gap and each dossier has one', async () => {
    const dossiers = []
    for (let count = 0; count < 4; count += 1) dossiers.push(await takeIn(`Người thứ ${count}`))
    const printed = await Promise.all(
      [...dossiers, ...dossiers, ...dossiers].map(({ id: dossier }) => get(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'clerk')),
    )
    expect(printed.map(({ status }) => status)).toEqual(printed.map(() => 200))
    const { rows } = await db.read(province, (tx) =>
      sql<{
        number: number
      }>`select number from printed_document where kind = 'receipt' and agency_code = ${COMMUNE} order by number`.execute(tx),
    )
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1))
  })

  test('is nobody else’s: a neighbour finds nothing, an officer of another commune may not, a stranger signs in', async () => {
    const { id: dossier } = await takeIn('Nguyễn Thị Đào')
    expect((await get(`/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'neighbour')).status).toBe(404)
    expect((await get(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'elsewhere')).status).toBe(403)
    expect((await get(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`)).status).not.toBe(200)
    expect(await recorded(dossier)).toEqual([])
  })
})

describe('the other papers', () => {
  test('refusal, stop and slip of hand-overs come with their step; what no step called for is not there', async () => {
    const refused = await takeIn('Lê Văn Đức', false)
    await as(people.clerk, (cx) =>
      refuseDossier(cx, { dossierId: refused.id, note: 'Không thuộc thẩm quyền của xã.', ground: 'khong-thuoc-tham-quyen' }),
    )
    await bytes(`/mot-cua/ho-so/${refused.id}/in/tu-choi-tiep-nhan-1.pdf`, 'clerk')
    expect((await recorded(refused.id))[0]?.facts).toMatchObject({
      kind: 'refusal',
      reason: 'Không thuộc thẩm quyền của xã.',
      ground: 'Không thuộc thẩm quyền giải quyết của cơ quan này',
      code: null,
    })
    expect((await get(`/mot-cua/ho-so/${refused.id}/in/giay-tiep-nhan-1.pdf`, 'clerk')).status).toBe(404)
    expect((await get(`/mot-cua/ho-so/${refused.id}/in/phieu-kiem-soat.pdf`, 'clerk')).status).toBe(404)

    const stopped = await takeIn('Phạm Thị Lan')
    await as(people.citizen, (cx) => withdrawDossier(cx, { dossierId: stopped.id, note: 'Tôi nộp nhầm thủ tục.' }))
    await as(people.clerk, (cx) => stopDossier(cx, { dossierId: stopped.id, note: 'Theo đề nghị của người nộp.' }))
    await bytes(`/ho-so/${stopped.id}/in/dung-giai-quyet-1.pdf`, 'citizen')
    const [notice] = await recorded(stopped.id)
    expect(notice?.facts).toMatchObject({ kind: 'stop', reason: 'Theo đề nghị của người nộp.' })
    expect(notice?.facts.kind === 'stop' && notice.facts.requestedAt).toBeTruthy()
    const slip = await bytes(`/mot-cua/ho-so/${stopped.id}/in/phieu-kiem-soat.pdf`, 'clerk')
    now = now.add({ hours: 3 })
    expect(await bytes(`/mot-cua/ho-so/${stopped.id}/in/phieu-kiem-soat.pdf`, 'clerk')).toEqual(slip)
    expect((await get(`/ho-so/${stopped.id}/in/phieu-kiem-soat.pdf`, 'citizen')).status).toBe(404)
    expect((await get(`/mot-cua/ho-so/${stopped.id}/in/xin-loi-gia-han-1.pdf`, 'clerk')).status).toBe(404)
  })

  test('an apology says both dates; a corrected name gives a new receipt, and the old one prints as it was handed out', async () => {
    const { id: dossier, dueAt } = await takeIn('Tran Thi Bay')
    const receipt = await bytes(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'clerk')
    await as(people.clerk, (cx) => correctDossier(cx, { dossierId: dossier, note: 'Gõ thiếu dấu.', applicant: { name: 'Trần Thị Bảy' } }))
    await as(people.head, (cx) => extendDossier(cx, { dossierId: dossier, note: 'Chờ cơ quan phối hợp trả lời.', day: '2026-12-30' }))
    await bytes(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-2.pdf`, 'clerk')
    await bytes(`/mot-cua/ho-so/${dossier}/in/xin-loi-gia-han-1.pdf`, 'head')
    expect(await bytes(`/mot-cua/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`, 'clerk')).toEqual(receipt)
    const [first, second, apology] = (await recorded(dossier)).map(({ facts }) => facts)
    expect(first).toMatchObject({ kind: 'receipt', issue: 1, applicant: { name: 'Tran Thi Bay' } })
    expect(second).toMatchObject({ kind: 'receipt', issue: 2, applicant: { name: 'Trần Thị Bảy' }, dueAt })
    expect(apology).toMatchObject({ kind: 'extension', reason: 'Chờ cơ quan phối hợp trả lời.', dueBefore: dueAt })
    expect(apology?.kind === 'extension' && apology.dueAfter?.slice(0, 10)).toBe('2026-12-30')
  })

  test('are offered where the dossier is shown: to the clerk after the step, to the applicant to keep', async () => {
    const { id: dossier } = await takeIn('Võ Thị Ba')
    const page = await (await get(`/mot-cua/ho-so/${dossier}?xong=receive`, 'clerk')).text()
    expect(page).toContain('In Giấy tiếp nhận hồ sơ và hẹn trả kết quả (A4)')
    for (const paper of ['a4', 'a5', 'roll']) expect(page).toContain(`in/giay-tiep-nhan-1.pdf?kho=${paper}`)
    expect(page).toContain('phieu-kiem-soat.pdf')
    const own = await (await get(`/ho-so/${dossier}`, 'citizen')).text()
    expect(own).toContain(`/ho-so/${dossier}/in/giay-tiep-nhan-1.pdf`)
    expect(own).not.toContain('phieu-kiem-soat.pdf')
  })
})

describe('the register', () => {
  test('of the month lists what the commune received, as a page, a spreadsheet and a paper', async () => {
    const dossier = await takeIn('Huỳnh Thị Sổ')
    const page = await (await get('/mot-cua/so-theo-doi', 'clerk')).text()
    expect(page).toContain(dossier.code)
    const sheet = await get('/mot-cua/so-theo-doi/bang-tinh.xlsx?so=tiep-nhan', 'clerk')
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml')
    expect(sheet.headers.get('content-disposition')).toContain('attachment')
    expect((await sheet.arrayBuffer()).byteLength).toBeGreaterThan(3000)
    expect((await bytes('/mot-cua/so-theo-doi/so.pdf', 'clerk')).toString('latin1')).toMatch(/^%PDF/)
    expect(await (await get('/mot-cua/so-theo-doi', 'elsewhere')).text()).not.toContain(dossier.code)
  })

  test('is not for a specialist, not of another commune, and not of days that do not exist', async () => {
    expect((await get('/mot-cua/so-theo-doi', 'specialist')).status).toBe(403)
    expect((await get('/mot-cua/so-theo-doi?don-vi=H12.102', 'clerk')).status).toBe(403)
    const wrong = await get('/mot-cua/so-theo-doi?tu=2026-02-30', 'clerk')
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Nhập ngày có thật')
    expect((await get('/mot-cua/so-theo-doi/bang-tinh.xlsx?tu=2020-01-01&den=2026-01-01', 'clerk')).status).toBe(422)
  })
})

test('whoever keeps procedures looks at every form of every period', async () => {
  const page = await (await get('/quan-tri/mau-in', 'reformer')).text()
  expect(page).toContain('Phiếu xin lỗi và hẹn lại ngày trả kết quả')
  expect(page.indexOf('TT 03/2025/TT-VPCP')).toBeLessThan(page.indexOf('TT 01/2018/TT-VPCP'))
  expect((await bytes('/quan-tri/mau-in/tt-03-2025/stop.pdf', 'reformer')).toString('latin1')).toMatch(/^%PDF/)
  expect((await get('/quan-tri/mau-in/tt-01-2018/stop.pdf', 'reformer')).status).toBe(404)
  expect((await get('/quan-tri/mau-in', 'clerk')).status).toBe(403)
})
