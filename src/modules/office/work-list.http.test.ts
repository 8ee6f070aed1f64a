import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type SignedIn, signedIn } from '../../../test/support/signed-in.ts'
import { run } from '../../kernel/command.ts'
import type { Officer } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { receiveDossier, submitDossier } from '../dossier/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-20T08:00:00+07:00')
const UNIT = 'H12.101'
const CLERK = `clerk@${UNIT}`
const clerk: Officer = {
  kind: 'officer',
  officerId: '01980000-0000-7000-8000-000000000000',
  name: 'Ngô Thị Thử',
  grants: [{ role: 'clerk', agencyCode: UNIT, subtree: true }],
}
let house: SignedIn
const testHouse = (now: string): Promise<SignedIn> => signedIn(db, province, () => Temporal.Instant.from(now))
const ids: string[] = []

const as = async <T>(name: string, work: Parameters<typeof run<T>>[2]): Promise<T> => {
  const done = await run(house.app, { province, actor: clerk, name }, work)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  house = await signedIn(db, province, clock)
  for (const name of ['Lâm Văn Một', 'Quách Thị Hai', '=HYPERLINK("http://xau.example")']) {
    const filed = await as('dossier.submit', (cx) =>
      submitDossier(cx, {
        procedureCode: '1.001193',
        agencyCode: UNIT,
        channel: 'counter',
        applicant: { name, number: '096190000777', phone: '0912345678' },
        papers: [],
      }),
    )
    ids.push(filed.id)
  }
})

describe('several at once', () => {
  test('each by itself: what one refuses the others do not wait for, every refusal in words; the same form again does nothing twice', async () => {
    await as('dossier.receive', (cx) => receiveDossier(cx, { dossierId: ids[1] ?? '' }))
    const form = { _request: randomUUID(), viec: 'receive', ve: 'buoc=submitted' }
    const send = async () => {
      const body = new URLSearchParams({ _csrf: 'token-of-this-session', ...form })
      for (const id of ids.slice(0, 2)) body.append('chon', `${id}_1`)
      const response = await house.web.request('/mot-cua/hang-loat', {
        method: 'POST',
        headers: {
          cookie: `cuaso_session=${CLERK}`,
          'content-type': 'application/x-www-form-urlencoded',
          host: 'localhost',
          origin: 'http://localhost',
        },
        body: body.toString(),
      })
      return { status: response.status, text: await response.text() }
    }
    const first = await send()
    expect(first.status).toBe(200)
    expect(first.text).toContain('Xong 1 trong 2 hồ sơ')
    expect(first.text).toContain('Chưa làm được')
    expect(first.text).toContain('Hồ sơ đã thay đổi trong lúc bạn mở trang')
    expect(first.text).toMatch(/H12\.101-261120-0002/)
    const again = await send()
    expect(again.text).toContain('Xong 1 trong 2 hồ sơ')
    const { rows } = await db.read(province, (tx) =>
      sql<{ n: number }>`select count(*) as n from event where type = 'dossier.received' and subject = ${ids[0]}::uuid`.execute(tx),
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('the page before says what will be done, and what cannot be done at its step', async () => {
    const text = await house.text(`/mot-cua/hang-loat?viec=receive&chon=${ids[0]}&chon=${ids[2]}`, CLERK)
    expect(text).toContain('Tiếp nhận 1 hồ sơ')
    expect(text).toContain('Không làm được ở bước này')
    expect((await house.get('/mot-cua/hang-loat?viec=burn', CLERK)).status).toBe(404)
    const other = await house.text(`/mot-cua/hang-loat?viec=receive&chon=${ids[2]}`, 'clerk@H12.102')
    expect(other).toContain('1 hồ sơ đã chọn không còn trong phạm vi của bạn')
    expect(other).not.toContain('xau.example')
  })

  test('giving work to nobody is told at the field, and nothing is done', async () => {
    const response = await house.send('/mot-cua/hang-loat', { viec: 'assign', chon: `${ids[0]}_2`, _request: randomUUID() }, CLERK)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Chọn một người')
  })
})

describe('a list that leaves the house', () => {
  test('as CSV: all of the filter, nothing that a spreadsheet would run, numbers in full only where they may be seen; it is written down', async () => {
    const response = await house.get('/mot-cua/xuat?dang=csv', CLERK)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(text.trim().split('\r\n')).toHaveLength(4)
    expect(text).toContain(`"'=HYPERLINK(""http://xau.example"")"`)
    expect(text).toContain('096190000777')
    const seen = await (await house.get('/mot-cua/xuat?dang=csv', 'leader')).text()
    expect(seen).toContain('••••••••0777')
    expect(seen).not.toContain('096190000777')
    expect((await (await house.get('/mot-cua/xuat?dang=csv', 'clerk@H12.102')).text()).trim().split('\r\n')).toHaveLength(1)
    const { rows } = await db.read(province, (tx) =>
      sql<{ data: object }>`select data from event where type = 'work-list.exported' order by position`.execute(tx),
    )
    expect(rows[0]).toEqual({ data: { format: 'csv', query: '' } })
    expect(rows).toHaveLength(3)
  })

  test('what was searched for (a name, a number) stays out of the log; the register’s leaving is written down too', async () => {
    await (await house.get('/mot-cua/xuat?dang=csv&buoc=submitted&q=096190000777', CLERK)).text()
    expect((await house.get('/mot-cua/so-theo-doi/bang-tinh.xlsx?tu=2026-11-01&den=2026-11-20', CLERK)).status).toBe(200)
    const { rows } = await db.read(province, (tx) =>
      sql<{ type: string; data: { query: string } }>`
        select type, data from event where type in ('work-list.exported', 'register.exported') order by position desc limit 2`.execute(tx),
    )
    expect(rows.map(({ type, data }) => [type, [...new URLSearchParams(data.query)].flat().join(' ')])).toEqual([
      ['register.exported', 'tu 2026-11-01 den 2026-11-20'],
      ['work-list.exported', 'buoc submitted q …'],
    ])
  })

  test('is named by the day in Vietnam, also before seven in the morning', async () => {
    const early = await testHouse('2026-11-20T06:30:00+07:00')
    const response = await early.get('/mot-cua/xuat?dang=xlsx', CLERK)
    expect(response.headers.get('content-disposition')).toContain('ho-so-2026-11-20.xlsx')
  })

  test('as a spreadsheet', async () => {
    const response = await house.get('/mot-cua/xuat?dang=xlsx&buoc=submitted', CLERK)
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="ho-so-2026-11-20.xlsx"')
    expect(new TextDecoder().decode((await response.arrayBuffer()).slice(0, 2))).toBe('PK')
  })
})

test('a day that there is not is answered with the usual days', async () => {
  const page = await house.text('/mot-cua/hang-cho/so-lieu?tu=2026-02-31&den=2026-11-20', CLERK)
  expect(page).toContain('value="2026-10-24"')
})

test('what a broken scanner types at the hand-over finds nothing, and is no fault of ours', async () => {
  const response = await house.get(`/mot-cua/tra-ket-qua?q=${encodeURIComponent('https://motcua.example/tra-cuu?ma=%zz')}`, CLERK)
  expect(response.status).toBe(200)
})

describe('the page', () => {
  test('what is typed begins to find, within reach', async () => {
    expect(await (await house.get('/mot-cua/tim?q=quach', CLERK)).json()).toMatchObject({
      items: [{ text: expect.stringContaining('Quách Thị Hai'), href: `/mot-cua/ho-so/${ids[1]}` }],
    })
    expect(await (await house.get('/mot-cua/tim?q=quach', 'clerk@H12.102')).json()).toEqual({ items: [] })
    expect(await (await house.get('/mot-cua/tim?q=q', CLERK)).json()).toEqual({ items: [] })
  })

  test('columns, views and the list to begin with are an officer’s own', async () => {
    const saved = await house.send(
      '/mot-cua/danh-sach',
      { ten: 'Chờ nhận', loc: 'buoc=submitted&evil=1', chung: '', _request: randomUUID() },
      CLERK,
    )
    expect(saved.headers.get('location')).toBe('/mot-cua?buoc=submitted&xong=luu')
    const page = await house.text('/mot-cua/cach-xem', CLERK)
    const view = /<option value="([\da-f-]{36})">Chờ nhận/.exec(page)?.[1] ?? ''
    await house.send('/mot-cua/cach-xem', { 'cot-due': '1', 'cot-applicant': '2', 'mo-dau': view, _request: randomUUID() }, CLERK)
    const begun = await house.get('/mot-cua', CLERK)
    expect([begun.status, begun.headers.get('location')]).toEqual([302, '/mot-cua?buoc=submitted'])
    const heads = [...(await house.text('/mot-cua?pham-vi=all', CLERK)).matchAll(/<th scope="col">([^<]+)/g)].map(([, label]) => label)
    expect(heads).toEqual(['Mã hồ sơ', 'Hẹn trả', 'Người nộp'])
    expect((await house.send('/mot-cua/danh-sach', { ten: ' ', loc: '', _request: randomUUID() }, CLERK)).status).toBe(422)
    await house.send(`/mot-cua/danh-sach/${view}/bo`, { _request: randomUUID() }, CLERK)
    expect((await house.get('/mot-cua', CLERK)).status).toBe(200)
  })

  test('a name that means harm stays a name', async () => {
    const filed = await as('dossier.submit', (cx) =>
      submitDossier(cx, {
        procedureCode: '1.001193',
        agencyCode: UNIT,
        channel: 'counter',
        applicant: { name: '<script>alert(1)</script> "A"', phone: '0912345678' },
        papers: [],
      }),
    )
    const text = await house.text('/mot-cua?pham-vi=all', CLERK)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;A&quot;')
    expect(text).toContain(filed.id)
  })

  test('who holds what leads to exactly that list', async () => {
    const text = await house.text('/mot-cua/tong-hop?theo=don-vi', CLERK)
    expect(text).toContain(`/mot-cua?co-quan=${UNIT}`)
    expect(await house.text('/mot-cua/tong-hop', CLERK)).toContain(`/mot-cua?giu=unheld&amp;co-quan=${UNIT}`)
  })
})
