import { createHash, randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import { record } from '../../src/kernel/events.ts'
import { ok } from '../../src/kernel/result.ts'
import { noticeEvent } from '../../src/modules/notification/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { deliver } from '../support/deliver.ts'
import { mailServer, plainOf } from '../support/mail-server.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

let now = Temporal.Instant.from('2026-11-20T15:00:00+07:00')
const clock = () => now
const { db, province, owner, ownerUrl } = await testDatabase()
const post = await mailServer()
const MAIL = { SMTP_URL: post.url, MAIL_FROM: 'Cửa Số Cà Mau <cuaso@camau.example.vn>' }
const ADMINISTRATOR = '01980000-0000-7000-8000-000000000005'
const HEAD = '01980000-0000-7000-8000-000000000002'
let house: SignedIn

const officer = async (name: string, email: string | null, id: string = randomUUID()): Promise<string> => {
  await owner(
    `insert into ca_mau.officer (id, username, name, agency_code, email, password_hash, password_changed_at, search, created_at)
     values ($1, $2, $3, 'H12', $4, 'x', now(), $3, now())`,
    [id, `o${id.slice(-12)}.${randomUUID().slice(0, 8)}`, name, email],
  )
  return id
}

/** A room tells officers something; what is due is done. */
async function tell(
  officerIds: readonly string[],
  more: { key?: string; title?: string; body?: string; enclosed?: { source: string; id: string; file: string } } = {},
  app = house.app,
): Promise<void> {
  const done = await run(app, { province, actor: { kind: 'system', name: 'test' }, name: 'test.tell' }, async (cx) => {
    const notice = { key: randomUUID(), title: 'Đơn vị còn thiếu 12 hồ sơ', body: 'Mở trang để xem.', href: '/dieu-hanh', ...more }
    await record(cx, { events: [noticeEvent(cx.id(), null, { officerIds: [...officerIds], ...notice })] })
    return ok({})
  })
  if (!done.ok) throw new Error(done.error.code)
  await deliver(app)
}
const letters = () =>
  owner(
    `select l.officer_id as officer, l.state, l.tries, l.problem, l.job_id is not null as in_hand, l.maybe_twice from ca_mau.letter l order by l.asked_at, l.id`,
  )
const letterOf = async (id: string) => (await letters()).filter(({ officer: whose }) => whose === id)
/** Time passes: every job that waits for its next try is due. */
const pass = async () => {
  await owner(`update pgboss.job set start_after = now() - interval '1 second' where state = 'retry'`)
  await house.app.jobs.drain()
}

/** The mail server takes a letter, and from then on nothing can be written: as if this server were killed. */
const dying = async (): Promise<undefined> => {
  await owner('revoke update on ca_mau.letter from cuaso_app')
}
const lookForLost = async () => {
  await db.write(province, (tx) => house.app.jobs.send(tx, province, 'notification.mail-waiting', {}))
  await house.app.jobs.drain()
}

beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await officer('Ngô Thị Thử', 'quantri@so.example.vn', ADMINISTRATOR)
  await officer('Huỳnh Minh Tư', 'tu@xa.example.vn', HEAD)
  house = await signedIn(db, province, clock, MAIL)
  await house.app.jobs.install(ownerUrl, 'cuaso_app')
  await deliver(house.app)
})
beforeEach(() => {
  post.letters.length = 0
  post.answer = {}
})

describe('a notice', () => {
  test('also goes by mail to who has an address, once for one reason, from the house to the officer, in words of the notice', async () => {
    const without = await officer('Danh Thị Không', null)
    await tell([HEAD, without], { key: 'once' })
    await tell([HEAD, without], { key: 'once' })
    expect(post.letters).toHaveLength(1)
    const [letter] = post.letters
    expect(letter).toMatchObject({ from: 'cuaso@camau.example.vn', to: 'tu@xa.example.vn' })
    expect(letter?.head.get('subject')).toBe('Đơn vị còn thiếu 12 hồ sơ')
    expect(letter?.head.get('from')).toContain('Cửa Số Cà Mau')
    expect(letter?.head.get('auto-submitted')).toBe('auto-generated')
    expect(plainOf(letter)).toContain('Kính gửi Huỳnh Minh Tư,')
    expect(plainOf(letter)).toContain('Mở trang: http://localhost/dieu-hanh')
    expect(letter?.parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html'])
    expect(await letterOf(without)).toEqual([])
  })

  test('with hostile words makes one letter with one head', async () => {
    const id = await officer('Tên\r\nBcc: nghe@len.example', 'ten@xa.example.vn')
    await tell([id], { title: 'Xin chào\r\nBcc: nghe@len.example\r\n\r\nthân giả', body: 'a\r\nBcc: b' })
    expect(post.letters).toHaveLength(1)
    expect(post.letters[0]?.to).toBe('ten@xa.example.vn')
    expect([...(post.letters[0]?.head.keys() ?? [])]).not.toContain('bcc')
    expect(post.letters[0]?.head.get('subject')).toBe('Xin chào Bcc: nghe@len.example thân giả')
    for (const address of ['a@b.vn\r\nBcc: c@d.vn', 'a@b.vn, c@d.vn', 'không phải']) {
      const other = await officer('Người Khác', address)
      await tell([other])
      expect(await letterOf(other)).toEqual([])
    }
    expect(post.letters).toHaveLength(1)
  })

  test('does not go to who has asked for no more mail, until they ask for it again', async () => {
    expect(await house.text('/mot-cua/thong-bao', 'unit_head')).toContain('Thông báo cũng được gửi tới tu@xa.example.vn.')
    expect((await house.send('/mot-cua/thong-bao/thu', { nhan: 'khong' }, 'unit_head')).status).toBe(303)
    await tell([HEAD])
    expect(post.letters).toHaveLength(0)
    expect(await house.text('/mot-cua/thong-bao', 'unit_head')).toContain('chỉ có ở trang này')
    expect((await house.send('/mot-cua/thong-bao/thu', { nhan: 'co' }, 'unit_head')).status).toBe(303)
    await tell([HEAD])
    expect(post.letters).toHaveLength(1)
    expect((await house.send('/mot-cua/thong-bao/thu', { nhan: 'x' }, 'unit_head')).status).toBe(400)
  })
})

describe('a mail server', () => {
  test('that cannot take a letter now gets it again later, under the same Message-ID', async () => {
    const id = await officer('Lê Chờ', 'cho@xa.example.vn')
    const seen: (string | undefined)[] = []
    post.answer.letter = (letter) => {
      seen.push(letter.head.get('message-id'))
      return seen.length === 1 ? '451 4.3.0 cho@xa.example.vn: thử lại sau' : undefined
    }
    await tell([id])
    expect(await letterOf(id)).toMatchObject([{ state: 'waiting', tries: 1, problem: 'EMESSAGE 451 4.3.0' }])
    await pass()
    expect(await letterOf(id)).toMatchObject([{ state: 'sent', tries: 2, problem: null }])
    expect(seen).toHaveLength(2)
    expect(seen[0]).toMatch(/^<[0-9a-f-]{36}@camau\.example\.vn>$/)
    expect(new Set(seen).size).toBe(1)
  })

  test('that will never take it is not asked again; an administrator sees why and sends it once more', async () => {
    const id = await officer('Trần Sai', 'sai@xa.example.vn')
    let asked = 0
    post.answer.address = (address) => {
      asked += 1
      return address === 'sai@xa.example.vn' ? '550 5.1.1 <sai@xa.example.vn> khong co' : undefined
    }
    await tell([id])
    await pass()
    expect(asked).toBe(1)
    expect(await letterOf(id)).toMatchObject([{ state: 'failed', tries: 1, problem: 'EENVELOPE 550 5.1.1' }])
    const page = await house.text('/quan-tri/thu?xem=loi')
    expect(page).toContain('Trần Sai')
    expect(page).toContain('máy chủ thư trả lời EENVELOPE 550 5.1.1')
    expect(page).not.toContain('sai@xa.example.vn')
    post.answer = {}
    expect((await house.send('/quan-tri/thu/gui-lai', { _request: randomUUID() })).headers.get('location')).toBe('/quan-tri/thu?xong=lai')
    await house.app.jobs.drain()
    expect(await letterOf(id)).toMatchObject([{ state: 'sent' }])
    expect(post.letters).toHaveLength(1)
  })

  test('that took a letter while this server died gets it again under the same Message-ID; one whose taking was noted it never gets again', async () => {
    const id = await officer('Phạm Rơi', 'roi@xa.example.vn')
    // The server takes it, and nothing can be written afterwards.
    post.answer.letter = () => dying()
    await tell([id])
    post.answer = {}
    expect(post.letters).toHaveLength(1)
    expect(await letterOf(id)).toMatchObject([{ state: 'waiting' }])
    await owner('grant update on ca_mau.letter to cuaso_app')
    await pass()
    expect(post.letters.map(({ head }) => head.get('message-id'))).toEqual(Array(2).fill(post.letters[0]?.head.get('message-id')))
    expect(post.letters[0]?.head.get('date')).toBe(post.letters[1]?.head.get('date'))
    // Nobody knows whether it came twice: it is said.
    expect(await letterOf(id)).toMatchObject([{ state: 'sent', tries: 2, maybe_twice: true }])
    expect(await house.text('/quan-tri/thu?xem=da-gui')).toContain('người nhận có thể thấy hai bản')
    // The job comes once more, as after a crash between the note and the job's end.
    const [row] = await owner(`select id from ca_mau.letter where officer_id = $1`, [id])
    await db.write(province, (tx) => house.app.jobs.send(tx, province, 'notification.mail', { letterId: row?.id }))
    await house.app.jobs.drain()
    expect(post.letters).toHaveLength(2)
  })

  test('that took a letter while this server died in the last try is not given it again by itself: the letter is among those that failed', async () => {
    const id = await officer('Võ Cuối', 'cuoi@xa.example.vn')
    post.answer.letter = () => '451 4.3.0 thử lại sau'
    await tell([id])
    for (let tries = 1; tries < 10; tries += 1) await pass()
    expect(await letterOf(id)).toMatchObject([{ state: 'waiting', tries: 10, in_hand: true }])
    post.answer.letter = () => dying()
    await pass()
    await owner('grant update on ca_mau.letter to cuaso_app')
    post.answer = {}
    // As before: in hand, although no job has it any more.
    expect(await letterOf(id)).toMatchObject([{ state: 'waiting', in_hand: true }])
    const stuck = () => owner(`select 1 from pgboss.job where name = 'notification.mail.dead' and state = 'created'`)
    expect(await stuck()).toHaveLength(1)
    await lookForLost()
    expect(post.letters).toHaveLength(1)
    expect(await letterOf(id)).toMatchObject([{ state: 'failed', tries: 11, problem: 'CUT-OFF', in_hand: false }])
    expect(await house.text('/quan-tri/thu?xem=loi')).toMatch(/Võ Cuối[\s\S]*bị ngắt lúc đang gửi/)
    expect(await stuck()).toHaveLength(0)
    await lookForLost()
    expect(post.letters).toHaveLength(1)
    // Only a person sends it again, and then it says that it may have come twice.
    expect((await house.send('/quan-tri/thu/gui-lai', { _request: randomUUID() })).status).toBe(303)
    await house.app.jobs.drain()
    expect(await letterOf(id)).toMatchObject([{ state: 'sent', maybe_twice: true }])
    expect(post.letters).toHaveLength(2)
  })

  test('is given a letter again by the job that an administrator starts once more, before anybody has looked for lost letters', async () => {
    const tryAgain = async (): Promise<void> => {
      const [dead] = await owner(`select id from pgboss.job where name = 'notification.mail.dead' and state = 'created'`)
      const done = await house.send(`/quan-tri/cong-viec/${dead?.id}/thu-lai`, { _request: randomUUID() })
      expect(done.status).toBe(303)
      await house.app.jobs.drain()
    }
    /** Every try is answered so, and in the last one the server dies: the job has given up and the letter does not know it. */
    const giveUp = async (id: string, last: () => Promise<undefined>): Promise<void> => {
      post.answer.letter = () => '451 4.3.0 thử lại sau'
      await tell([id])
      for (let tries = 1; tries < 10; tries += 1) await pass()
      post.answer.letter = last
      await pass()
      await owner('grant update on ca_mau.letter to cuaso_app')
      post.answer = {}
      expect(await letterOf(id)).toMatchObject([{ state: 'waiting', tries: 10, in_hand: true }])
    }
    const cut = await officer('Bùi Thử Lại', 'thu.lai@xa.example.vn')
    await giveUp(cut, dying)
    expect(post.letters).toHaveLength(1)
    await tryAgain()
    // A person asked for it: it goes, and says that it may have come twice.
    expect(post.letters).toHaveLength(2)
    expect(await letterOf(cut)).toMatchObject([{ state: 'sent', maybe_twice: true }])
    await lookForLost()
    expect(post.letters).toHaveLength(2)
    // Whatever the job knows of another one that is still alive, it leaves alone.
    const held = await officer('Bùi Đang Giữ', 'dang.giu@xa.example.vn')
    post.answer.letter = () => '451 4.3.0 thử lại sau'
    await tell([held])
    const [row] = await owner(`select id, job_id as job from ca_mau.letter where officer_id = $1`, [held])
    post.answer = {}
    await db.write(province, (tx) => house.app.jobs.send(tx, province, 'notification.mail', { letterId: row?.id }))
    await house.app.jobs.drain()
    expect(await owner(`select job_id as job from ca_mau.letter where officer_id = $1`, [held])).toEqual([{ job: row?.job }])
    await pass()
    expect(await letterOf(held)).toMatchObject([{ state: 'sent', maybe_twice: false }])
  })

  test('is given a letter by one job only; one whose job was lost before it began is taken up again', async () => {
    const id = await officer('Mai Lạc', 'lac@xa.example.vn')
    post.answer.letter = () => '451 4.3.0 thử lại sau'
    await tell([id])
    const [row] = await owner(`select id from ca_mau.letter where officer_id = $1`, [id])
    post.answer = {}
    await db.write(province, (tx) => house.app.jobs.send(tx, province, 'notification.mail', { letterId: row?.id }))
    await house.app.jobs.drain()
    expect(post.letters).toHaveLength(0)
    await owner(`delete from pgboss.job where name = 'notification.mail' and state = 'retry'`)
    await lookForLost()
    expect(post.letters).toHaveLength(1)
    expect(await letterOf(id)).toMatchObject([{ state: 'sent', maybe_twice: false }])
  })

  test('is given a letter whose paper cannot be made all the same, in the end, and told where the paper is', async () => {
    const id = await officer('Lâm Thiếu', 'thieu@xa.example.vn')
    const report = randomUUID()
    const body = 'không đọc được'
    await owner(
      `insert into ca_mau.weekly_report (id, week, day, first, produced_at, provenance, body, digest)
       values ($1, '2026-11-16', '2026-11-20', '2026-01-01', now(), 'on_time', $2, $3)`,
      [report, body, createHash('sha256').update(body).digest('hex')],
    )
    await tell([id], { enclosed: { source: 'weekly-report', id: report, file: 'pdf' } })
    expect(await letterOf(id)).toMatchObject([{ state: 'waiting', tries: 1, problem: 'NO-PAPER' }])
    expect(post.letters).toHaveLength(0)
    for (let tries = 1; tries <= 10; tries += 1) await pass()
    expect(await letterOf(id)).toMatchObject([{ state: 'sent' }])
    expect(post.letters).toHaveLength(1)
    expect(plainOf(post.letters[0])).toContain('Tệp không kèm được trong thư; tải ở trang trên.')
  })

  test('is given two letters at a time, not all', async () => {
    const ids = await Promise.all(Array.from({ length: 24 }, (_, n) => officer(`Cán bộ ${n}`, `can.bo.${n}@xa.example.vn`)))
    post.answer.letter = () => new Promise((resolve) => setTimeout(resolve, 3, undefined))
    const began = performance.now()
    await tell(ids)
    const ms = performance.now() - began
    expect(new Set(post.letters.map(({ to }) => to)).size).toBe(24)
    expect(post.letters).toHaveLength(24)
    expect(post.most()).toBeLessThanOrEqual(2)
    console.log(`24 letters in ${Math.round(ms)} ms`)
  })

  test('is tried out by an administrator, and by nobody else', async () => {
    expect((await house.get('/quan-tri/thu', 'reform_officer')).status).toBe(403)
    expect((await house.send('/quan-tri/thu/thu-may-chu', {}, 'leader')).status).toBe(403)
    expect((await house.send('/quan-tri/thu/gui-lai', {}, 'unit_head')).status).toBe(403)
    expect((await house.send('/quan-tri/thu/gui-lai', { id: 'x' })).status).toBe(400)
    expect((await house.send('/quan-tri/thu/thu-may-chu', { _request: randomUUID() })).status).toBe(303)
    await deliver(house.app)
    expect(post.letters.map(({ to, head }) => [to, head.get('subject')])).toEqual([['quantri@so.example.vn', 'Thư thử của Cửa Số']])
    const check = await house.app.checks.find(({ name }) => name === 'mail')?.run()
    expect(check).toMatchObject({ ok: true, detail: expect.stringMatching(/^127\.0\.0\.1:\d+ answers; letters: 0 waiting, 0 not sent$/) })
  })
})

test('an administrator writes an officer’s address into the account; a wrong one is said at its field, nobody else may, and the log keeps no address', async () => {
  const id = await officer('Đặng Mới', null)
  const path = `/quan-tri/can-bo/${id}`
  const wrong = await house.send(`${path}/lien-he`, { _request: randomUUID(), phone: '', email: 'a@b.vn, c@d.vn' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('href="#email"')
  for (const role of ['leader', 'unit_head', 'reform_officer'])
    expect((await house.send(`${path}/lien-he`, { _request: randomUUID(), phone: '', email: 'x@y.vn' }, role)).status, role).toBe(403)
  const done = await house.send(`${path}/lien-he`, { _request: randomUUID(), phone: '', email: ' moi.dang@xa.example.vn ' })
  expect(done.headers.get('location')).toBe(`${path}?bao=lien-he`)
  expect(await house.text(path)).toContain('moi.dang@xa.example.vn')
  const [event] = await owner(`select data::text from ca_mau.event where subject = $1`, [id])
  expect(event?.data).toBe('{"changed": ["email"]}')
  await tell([id])
  expect(post.letters.map(({ to }) => to)).toEqual(['moi.dang@xa.example.vn'])
})

test('without a mail server nothing is lost: notices stand on pages, letters wait where an administrator sees them; when one comes, fresh ones go and old ones do not', async () => {
  const poor = await signedIn(db, province, clock)
  const [old, fresh] = [await officer('Đỗ Cũ', 'cu@xa.example.vn'), await officer('Vũ Mới', 'moi@xa.example.vn')]
  await deliver(poor.app)
  await tell([old], {}, poor.app)
  now = now.add({ hours: 24 * 4 })
  await tell([fresh], {}, poor.app)
  expect(post.letters).toHaveLength(0)
  expect(await poor.text('/quan-tri/thu')).toContain('Chưa có máy chủ thư (SMTP_URL, MAIL_FROM)')
  expect(await poor.text('/quan-tri/thu?xem=cho')).toContain('Chưa gửi: không có máy chủ thư')
  expect(await poor.app.checks.find(({ name }) => name === 'mail')?.run()).toMatchObject({
    ok: true,
    detail: expect.stringContaining('no SMTP_URL'),
  })
  expect(await poor.text('/mot-cua/thong-bao', 'unit_head')).not.toContain('tu@xa.example.vn')
  // The next server has the settings.
  await db.write(province, (tx) => house.app.jobs.send(tx, province, 'notification.mail-waiting', {}))
  await house.app.jobs.drain()
  expect(post.letters.map(({ to }) => to)).toEqual(['moi@xa.example.vn'])
  expect(await letterOf(old)).toMatchObject([{ state: 'stale' }])
  expect(await letterOf(fresh)).toMatchObject([{ state: 'sent' }])
})
