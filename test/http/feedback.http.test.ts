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
import { measureSources } from '../../src/measure-sources.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { assignDossier, issueResult, returnResult, submitDossier, submitForSignature } from '../../src/modules/dossier/index.ts'
import {
  feedbackRoom,
  filePetition,
  markLate,
  prepareStep,
  rateDossier,
  reraisePetition,
  type StepName,
  voteOnPetition,
} from '../../src/modules/feedback/index.ts'
import { foldAll, recount } from '../../src/modules/indicator/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'
import { testDatabase } from '../support/database.ts'

const ORIGIN = 'http://localhost'
const CSRF = 'token-of-this-session'
const COMMUNE = 'H12.101'
const OTHER = 'H12.102'
let now = Temporal.Instant.from('2026-11-20T09:00:00+07:00')
const clock = () => now

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const officer = (role: Exclude<Role, 'citizen'>, n: number, name: string, agencyCode = COMMUNE): Officer => ({
  kind: 'officer',
  officerId: id(n),
  name,
  grants: [{ role, agencyCode, subtree: false }],
})
const people = {
  citizen: { kind: 'citizen', personId: id(900), name: 'Nguyễn Thị Đào', phone: '0912345678' },
  neighbour: { kind: 'citizen', personId: id(901), name: 'Lâm Văn Sáu', phone: '0987654321' },
  clerk: officer('clerk', 11, 'Lê Thị Cúc'),
  specialist: officer('specialist', 12, 'Phạm Văn Hai'),
  head: officer('unit_head', 14, 'Huỳnh Minh Tư'),
  deputy: officer('unit_head', 15, 'Trần Thị Năm'),
  far: officer('unit_head', 16, 'Võ Văn Xa', OTHER),
} as const satisfies Record<string, Actor>
type Who = keyof typeof people

const { db, province, owner } = await testDatabase()
let app: App
let web: ReturnType<typeof createWeb>
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  const { officerId, name } = people.specialist
  await owner(
    `insert into ca_mau.officer (id, username, name, agency_code, password_hash, password_changed_at, search, created_at)
     values ($1, 'hai', $2, $3, 'x', now(), 'hai', now())`,
    [officerId, name, COMMUNE],
  )
  await owner(
    `insert into ca_mau.role_grant (id, officer_id, role, agency_code, subtree, valid_from, granted_at)
     values ($1, $2, 'specialist', $3, false, '2025-07-01', now())`,
    [randomUUID(), officerId, COMMUNE],
  )
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-feedback-'))
  const config = readConfig({ CUASO_DATA: folder, BASE_URL: ORIGIN, RATE_LIMIT: '100000' })
  const composed = await compose({ config, log: createLog('silent'), db, province, clock })
  app = composed.app
  const find = async (_: unknown, token: string) => {
    const actor = people[token as Who]
    return actor && { actor, csrf: CSRF, tokenHash: new Uint8Array() }
  }
  web = createWeb({ ...app, sessions: { find } }, { pages: composed.pages, api: composed.api, asset: () => undefined, refusalPage })
})

const as = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>, requestId: string = randomUUID()): Promise<Result<T>> =>
  run(app, { province, actor, requestId, name: 'test' }, work)
async function must<T>(result: Promise<Result<T>>): Promise<T> {
  const done = await result
  if (!done.ok) throw new Error(`${done.error.code}: ${done.error.message.vi}`)
  return done.value
}
const codeOf = async (result: Promise<Result<unknown>>): Promise<string> => {
  const done = await result
  return done.ok ? 'ok' : done.error.code
}
const take = (name: StepName, petitionId: string, sent: object) => (cx: Context) => {
  const prepared = prepareStep(name, petitionId, sent)
  return prepared.ok ? prepared.value(cx) : Promise.resolve(prepared)
}
const content = 'Tôi phải đi lại ba lần vì mỗi lần lại bị đòi thêm một tờ giấy.'
const file = (who: Actor = people.citizen, more: object = {}) =>
  must(as(who, (cx) => filePetition(cx, { content, agencyCode: COMMUNE, mayPublish: true, ...more })))

const get = async (path: string, who?: Who): Promise<Response> =>
  web.request(`${ORIGIN}${path}`, { headers: who ? { cookie: `cuaso_session=${who}` } : {} })

/** Sends a form like a browser: the token of the page it stands on. */
async function send(path: string, fields: Record<string, string>, who?: Who): Promise<Response> {
  let [cookie, token] = [`cuaso_session=${who}`, CSRF]
  if (!who) {
    const shown = await get('/phan-anh/gui')
    cookie = shown.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    token = /name="_csrf" value="([^"]*)"/.exec(await shown.text())?.[1] ?? ''
  }
  return web.request(`${ORIGIN}${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', host: 'localhost', origin: ORIGIN },
    body: new URLSearchParams({ _csrf: token, _request: randomUUID(), ...fields }).toString(),
  })
}

/** A dossier of the citizen, worked on by the specialist, whose result was returned. */
async function returned(): Promise<string> {
  const filed = await must(
    as(people.clerk, (cx) =>
      submitDossier(cx, {
        procedureCode: '1.001193',
        agencyCode: COMMUNE,
        applicant: { name: 'Nguyễn Thị Đào', phone: '0912345678' },
        submitterId: people.citizen.personId,
        receive: true,
      }),
    ),
  )
  const dossierId = filed.id
  await must(as(people.head, (cx) => assignDossier(cx, { dossierId, assigneeId: people.specialist.officerId })))
  await must(as(people.specialist, (cx) => submitForSignature(cx, { dossierId })))
  await must(as(people.head, (cx) => issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh' }], electronic: false })))
  await must(as(people.clerk, (cx) => returnResult(cx, { dossierId })))
  return dossierId
}

/** The figures of this room as everybody is shown them, and that they are what the log says. */
async function counts() {
  await foldAll(db, province)
  const report = await recount({ db, clock }, province, measureSources)
  expect(report.differing).toEqual([])
  const { figures } = report
  return figures
}

describe('a petition', () => {
  test('is answered, signed by another, published without names, liked and raised again; the index sees each step once', async () => {
    const filed = await file()
    expect(filed.reference).toMatch(/^PA-(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}$/)
    const on = (version: number) => ({ version })
    await must(as(people.head, take('classify', filed.id, { ...on(1), classCode: 'extra-papers' })))
    await must(as(people.head, take('assign', filed.id, { ...on(2), assigneeId: people.specialist.officerId })))
    await must(as(people.specialist, take('accept', filed.id, on(3))))
    await must(
      as(people.specialist, take('draft', filed.id, { ...on(4), answer: 'Đã nhắc bộ phận một cửa. Gọi 0912 345 678.', publish: true })),
    )
    expect(await codeOf(as(people.specialist, take('sign', filed.id, on(5))))).toBe('access.denied')
    expect((await must(as(people.head, take('sign', filed.id, on(5))))).stage).toBe('publishing')

    const page = await (await get(`/mot-cua/phan-anh/${filed.id}`, 'head')).text()
    expect(page).toContain('Đã bỏ: 0912 345 678')
    const shown = { title: 'Đòi thêm giấy', content, answer: 'Đã nhắc. Gọi 0912345678' }
    const refused = await send(`/mot-cua/phan-anh/${filed.id}/publish`, { ...shown, version: '6' }, 'head')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Còn thông tin cá nhân')
    const done = await send(`/mot-cua/phan-anh/${filed.id}/publish`, { ...shown, answer: 'Đã nhắc bộ phận một cửa.', version: '6' }, 'head')
    expect(done.status).toBe(303)

    const list = await (await get('/phan-anh?q=doi them giay')).text()
    expect(list).toContain('Đòi thêm giấy')
    const open = await (await get(`/phan-anh/cong-khai/${filed.reference}`)).text()
    expect(open).toContain('Đã nhắc bộ phận một cửa.')
    for (const secret of ['Nguyễn Thị Đào', '0912345678']) expect(open).not.toContain(secret)
    expect((await counts()).petition_on_time).toBe(1)

    const vote = (who: Who, thich: string) => send(`/phan-anh/cong-khai/${filed.reference}/y-kien`, { thich }, who)
    expect((await vote('neighbour', '0')).status).toBe(303)
    expect(await counts()).toMatchObject({ petition_judged: 1, petition_unsatisfied: 1 })
    await vote('neighbour', '1')
    await vote('neighbour', '1')
    expect((await counts()).petition_unsatisfied).toBe(0)
    expect(await (await get(`/phan-anh/cong-khai/${filed.reference}`)).text()).toContain('1 hài lòng, 0 chưa hài lòng')

    expect((await must(as(people.citizen, (cx) => reraisePetition(cx, { petitionId: filed.id, note: 'Vẫn bị đòi.' })))).stage).toBe(
      'processing',
    )
    expect(await codeOf(as(people.neighbour, (cx) => voteOnPetition(cx, { petitionId: filed.id, liked: false })))).toBe('petition.unknown')
    expect((await get(`/phan-anh/cong-khai/${filed.reference}`)).status).toBe(404)
    expect(await counts()).toMatchObject({ petition_finished: 1, petition_on_time: 1, petition_unsatisfied: 1 })
  })

  test('without an account: sent with a name and a phone number, followed and answered by its last digits, and by nothing else', async () => {
    const fields = { content, agencyCode: COMMUNE, name: 'Danh Thị Sương', phone: '0907 123 456', mayPublish: '1', ma: '' }
    expect((await send('/phan-anh/gui', { ...fields, phone: '' })).status).toBe(422)
    const sent = await send('/phan-anh/gui', fields)
    expect(sent.status).toBe(303)
    const reference = new URL(sent.headers.get('location') ?? '', ORIGIN).searchParams.get('ma') ?? ''
    expect(await (await get(`/phan-anh/da-gui?ma=${reference}`)).text()).toContain(reference)
    expect((await get('/phan-anh/da-gui?ma=PA-AAAA-AAAA-AAAA')).status).toBe(404)

    const wrong = await send('/phan-anh/tra-cuu', { ma: reference, 'dien-thoai': '999999' })
    expect(wrong.status).toBe(404)
    expect(await wrong.text()).not.toContain('ba lần')
    const seen = await (await send('/phan-anh/tra-cuu', { ma: reference.slice(3).toLowerCase(), 'dien-thoai': '123456' })).text()
    expect(seen).toContain('ba lần')
    const petitionId = /name="id" value="([^"]+)"/.exec(seen)?.[1] ?? ''
    await must(as(people.head, take('ask', petitionId, { note: 'Bạn nộp hôm nào?' })))
    const proof = { ma: reference, 'dien-thoai': '123456', id: petitionId }
    const replied = await send('/phan-anh/viec', { ...proof, viec: 'supply', note: 'Sáng thứ Hai 16/11.' })
    expect(await replied.text()).toContain('Đã gửi. Thời hạn được tính tiếp.')
    expect((await send('/phan-anh/viec', { ...proof, 'dien-thoai': '000000', viec: 'withdraw', note: 'x' })).status).toBe(404)
    expect((await send('/phan-anh/viec', { id: petitionId, viec: 'withdraw', note: 'x' }, 'neighbour')).status).toBe(404)
  })

  test('two officers at once: the second reads who did what, and nothing is lost', async () => {
    const filed = await file()
    await must(as(people.head, take('classify', filed.id, { version: 1, classCode: 'slow' })))
    const late = await send(`/mot-cua/phan-anh/${filed.id}/refuse`, { version: '1', note: 'Không thuộc thẩm quyền của xã.' }, 'deputy')
    expect(late.status).toBe(409)
    const text = await late.text()
    expect(text).toContain('Huỳnh Minh Tư đã làm')
    expect(text).toContain('Không thuộc thẩm quyền của xã.')
    const both = await Promise.all(
      (['head', 'deputy'] as const).map((who) => codeOf(as(people[who], take('accept', filed.id, { version: 2 })))),
    )
    expect(both.sort()).toEqual(['ok', 'petition.changed-meanwhile'])
  })

  test('the same request twice is one petition, and six in a day are one too many', async () => {
    const request = randomUUID()
    const work = (cx: Context) => filePetition(cx, { content, agencyCode: COMMUNE })
    const [first, second] = [await must(as(people.neighbour, work, request)), await must(as(people.neighbour, work, request))]
    expect(second).toEqual(first)
    for (let i = 0; i < 4; i += 1) await file(people.neighbour)
    expect(await codeOf(as(people.neighbour, work))).toBe('petition.filed-too-often')
    now = now.add({ hours: 25 })
    expect(await codeOf(as(people.neighbour, work))).toBe('ok')
  })

  test('about staff: another unit and a clerk see nothing of it; it goes to the competent unit with its history', async () => {
    const filed = await file(people.citizen, { content: 'Cán bộ ở quầy số hai quát tháo người già trước mặt mọi người.' })
    await must(as(people.head, take('classify', filed.id, { classCode: 'attitude' })))
    expect((await get(`/mot-cua/phan-anh/${filed.id}`, 'clerk')).status).toBe(403)
    expect(await (await get('/mot-cua/phan-anh', 'clerk')).text()).not.toContain(filed.reference)
    expect(await (await get('/mot-cua/phan-anh', 'head')).text()).toContain(filed.reference)
    expect((await get(`/mot-cua/phan-anh/${filed.id}`, 'far')).status).toBe(403)
    await must(as(people.head, take('transfer', filed.id, { agencyCode: OTHER, note: 'Quầy này của xã bên.' })))
    expect((await get(`/mot-cua/phan-anh/${filed.id}`, 'head')).status).toBe(403)
    const there = await (await get(`/mot-cua/phan-anh/${filed.id}`, 'far')).text()
    expect(there).toContain('Quầy này của xã bên.')
    await counts()
  })

  test('one that nobody answers is counted late the moment its limit passes, without anybody doing anything', async () => {
    const filed = await file(people.neighbour)
    const { petition_judged: before } = await counts()
    now = Temporal.Instant.from('2027-01-05T08:00:00+07:00')
    expect(await markLate(app, province)).toBeGreaterThan(0)
    expect(await markLate(app, province)).toBe(0)
    expect((await counts()).petition_judged).toBeGreaterThan(before)
    const { rows } = await db.read(province, (tx) =>
      sql<{ late: boolean }>`select late from petition where id = ${filed.id}::uuid`.execute(tx),
    )
    expect(rows).toEqual([{ late: true }])
  })
})

describe('a rating', () => {
  test('is asked for after the return, given in one tap, changed, and a dossier with a petition and a dislike counts once', async () => {
    const dossierId = await returned()
    const [news] = feedbackRoom.subscribers?.(app) ?? []
    const event = { type: 'dossier.returned', subject: dossierId } as Parameters<NonNullable<typeof news>['handle']>[0]
    await db.write(province, async (tx) => news?.handle(event, tx))
    expect(await (await get('/phan-anh/cua-toi', 'citizen')).text()).toContain(`/ho-so/${dossierId}/danh-gia`)
    expect(await (await get(`/ho-so/${dossierId}`, 'citizen')).text()).toContain('name="muc" value="good"')
    expect((await get(`/ho-so/${dossierId}/danh-gia`, 'neighbour')).status).toBe(404)

    const rate = (fields: Record<string, string>) => send(`/ho-so/${dossierId}/danh-gia`, fields, 'citizen')
    expect((await rate({})).status).toBe(422)
    expect((await rate({ muc: 'poor' })).headers.get('location')).toBe(`/ho-so/${dossierId}/danh-gia?xong=1`)
    expect(await (await get(`/ho-so/${dossierId}/danh-gia?xong=1`, 'citizen')).text()).toContain('/phan-anh/gui?ma=')
    expect(await counts()).toMatchObject({ rating_given: 1, rating_disliked: 1, dossier_complained: 1 })

    await file(people.citizen, { dossierId })
    expect((await counts()).dossier_complained).toBe(1)
    await rate({ muc: 'good', 'tieu-chi.time': '2', comment: 'Nhanh.' })
    expect(await counts()).toMatchObject({ rating_given: 1, rating_disliked: 0, dossier_complained: 1 })

    expect(await codeOf(as(people.neighbour, (cx) => rateDossier(cx, { dossierId, level: 'poor' })))).toBe('access.denied')
    expect(await codeOf(as(people.clerk, (cx) => rateDossier(cx, { dossierId, level: 'poor' })))).toBe('rating.already-given')
    const figures = await (await get('/mot-cua/hai-long', 'head')).text()
    expect(figures).toContain('1/1, chưa đủ 5 lượt')
    expect(figures).not.toContain('Phạm Văn Hai')
    now = now.add({ hours: 24 * 16 })
    expect((await rate({ muc: 'poor' })).status).toBe(409)
  })

  test('at the counter one touch is enough; with the tracking proof it works without an account', async () => {
    const dossierId = await returned()
    const path = `/mot-cua/danh-gia/${dossierId}`
    expect(await (await get(path, 'clerk')).text()).toContain('Hài lòng')
    expect((await send(path, { muc: 'good' }, 'clerk')).headers.get('location')).toBe(`${path}?xong=1`)
    const other = await returned()
    const { rows } = await db.read(province, (tx) =>
      sql<{ reference: string }>`select reference from dossier where id = ${other}::uuid`.execute(tx),
    )
    const proof = { ma: rows[0]?.reference ?? '', 'dien-thoai': '345678' }
    expect(await (await send('/danh-gia', proof)).text()).toContain('Ba chạm là xong')
    expect(await (await send('/danh-gia', { ...proof, muc: 'fair' })).text()).toContain('Cảm ơn bạn đã đánh giá')
    expect((await send('/danh-gia', { ...proof, 'dien-thoai': '000000', muc: 'fair' })).status).toBe(404)
    await counts()
  })
})

test('stored petitions are the fold of the log, and programs read the same lists', async () => {
  const { foldEvents } = await import('../../src/modules/feedback/rules/petition-fold.ts')
  const { rows } = await db.read(province, (tx) =>
    sql<{ state: object; events: never[] }>`
      select p.state, (select jsonb_agg(jsonb_build_object('type', e.type, 'at', e.at, 'data', e.data) order by e.position)
        from event e where e.subject = p.id and e.type like 'petition.%') as events from petition p`.execute(tx),
  )
  expect(rows.length).toBeGreaterThan(5)
  const utc = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_key, one) => (typeof one === 'string' && /^\d{4}-\d\d-\d\dT/.test(one) ? Date.parse(one) : one))
  for (const { state, events } of rows) expect(utc(foldEvents(events))).toEqual(utc(state))

  const list = (await (await get('/api/v1/petitions?view=open', 'head')).json()) as { rows: { id: string }[]; total: number }
  expect(list.total).toBe(list.rows.length)
  const one = await get(`/api/v1/petitions/${list.rows[0]?.id}`, 'head')
  expect(one.status).toBe(200)
  expect((await get('/api/v1/petitions/published')).status).toBe(200)
  expect(((await (await get('/api/v1/petitions/settings')).json()) as { surveys: unknown[] }).surveys).toHaveLength(1)
  expect((await get('/api/v1/rating-figures?from=2026-11-01&to=2027-03-01', 'head')).status).toBe(200)
})
