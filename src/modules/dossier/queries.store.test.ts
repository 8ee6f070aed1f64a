import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import type { Actor } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import {
  BIRTH,
  BIRTH_FORM,
  COMMUNE,
  citizen,
  clerk,
  head,
  must,
  neighbour,
  OTHER_COMMUNE,
  officer,
  openHouse,
  specialist,
} from './dossier.test-support.ts'
import {
  actualDurations,
  assignDossier,
  dossierForCitizen,
  dossierForOfficer,
  dossiersBehind,
  issueResult,
  myDossiers,
  refuseDossier,
  requestSupplement,
  submitDossier,
  submitForSignature,
  trackDossier,
  workList,
} from './index.ts'
import { FILE } from './rules/history.test-support.ts'

const { db, province } = await testDatabase()
const house = await openHouse(db, province)
const by = (actor: Actor) => ({ province, actor })
const anonymous: Actor = { kind: 'anonymous' }
const leader = { ...officer('leader', 'H12', 40, 'Lãnh đạo'), grants: [{ role: 'leader' as const, agencyCode: 'H12', subtree: true }] }
const otherClerk = officer('clerk', OTHER_COMMUNE, 41, 'Đỗ Thị Năm')

const file = async (who: Actor, name: string, more: Partial<Parameters<typeof submitDossier>[1]> = {}) =>
  must(
    await house.as(who, (cx) =>
      submitDossier(cx, {
        procedureCode: BIRTH,
        agencyCode: COMMUNE,
        applicant: { name, number: '096190000777', phone: '0912345678' },
        papers: [{ name: 'Giấy chứng sinh', file: FILE }],
        ...BIRTH_FORM,
        ...more,
      }),
    ),
  )

house.at('2026-03-02T08:00:00+07:00')
const waiting = await file(citizen, 'Nguyễn Thị Đào', { applicant: { name: 'Nguyễn Thị Đào', phone: '0912345678' } })
const overdue = await file(clerk, 'Trần Hoà Bình', { channel: 'counter', receive: true })
const supplement = await file(clerk, 'Lê Văn Đức', { channel: 'counter', receive: true })
await house.as(head, (cx) => assignDossier(cx, { dossierId: supplement.id, assigneeId: specialist.officerId })).then(must)
await house
  .as(specialist, (cx) => requestSupplement(cx, { dossierId: supplement.id, note: 'Thiếu giấy chứng sinh', items: ['Giấy chứng sinh'] }))
  .then(must)
const elsewhere = await file(otherClerk, 'Phan Thị Lan', { agencyCode: OTHER_COMMUNE, channel: 'counter', receive: true })
house.at('2026-03-04T08:00:00+07:00')
const done = await file(clerk, 'Quách Văn Tám', { channel: 'online', receive: true })
await house.as(head, (cx) => assignDossier(cx, { dossierId: done.id, assigneeId: specialist.officerId })).then(must)
await house.as(specialist, (cx) => submitForSignature(cx, { dossierId: done.id })).then(must)
await house
  .as(head, (cx) => issueResult(cx, { dossierId: done.id, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: true }))
  .then(must)
house.pass({ hours: 1 })

const ids = async (actor: Actor, filter: Parameters<typeof workList>[2] = {}) =>
  must(await workList(house, by(actor), filter)).rows.map(({ id }) => id)

describe('the work list', () => {
  test('an officer sees what lies within their reach, the most urgent first', async () => {
    expect(await ids(clerk)).toEqual([waiting.id, ...[overdue.id, supplement.id].sort(), done.id])
    expect(await ids(otherClerk)).toEqual([elsewhere.id])
    expect(await ids(leader)).toHaveLength(5)
  })

  test('a specialist finds their own', async () => {
    expect((await ids(specialist, { scope: 'mine' })).sort()).toEqual([supplement.id, done.id].sort())
  })

  test('the counts at the top are those of the filters', async () => {
    const { counts } = must(await workList(house, by(clerk)))
    expect(counts).toMatchObject({ all: 4, overdue: 1, waiting: 1, stages: { submitted: 1, received: 1, supplement: 1, ready: 1 } })
    expect(await ids(clerk, { clock: 'overdue' })).toEqual([overdue.id])
    expect(await ids(clerk, { clock: 'waiting' })).toEqual([supplement.id])
    expect(await ids(clerk, { stage: 'ready' })).toEqual([done.id])
    expect(await ids(clerk, { channel: 'online' })).toEqual([waiting.id, done.id])
  })

  test('a name is found without its accents, a dossier by its code, its reference or a phone number', async () => {
    expect(await ids(clerk, { search: 'hoa binh' })).toEqual([overdue.id])
    expect(await ids(clerk, { search: 'Hòa Bình' })).toEqual([overdue.id])
    expect(await ids(clerk, { search: 'binh tran' })).toEqual([overdue.id])
    expect(await ids(clerk, { search: overdue.code ?? '' })).toEqual([overdue.id])
    expect(await ids(clerk, { search: waiting.reference.toLowerCase().replaceAll('-', '') })).toEqual([waiting.id])
    expect(await ids(clerk, { search: '0912 345 678' })).toHaveLength(4)
    expect(await ids(clerk, { search: 'phan thi lan' })).toEqual([])
    expect(await ids(clerk, { search: '100%' })).toEqual([])
  })

  test('a personal number shows only its last digits', async () => {
    const row = must(await workList(house, by(clerk))).rows.find(({ id }) => id === overdue.id)
    expect(row?.applicantNumber).toBe('••••••••0777')
    expect(row).toMatchObject({ applicantName: 'Trần Hoà Bình', clock: 'overdue', procedureName: 'Đăng ký khai sinh' })
  })

  test('pages follow each other without a gap and without a row twice', async () => {
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = must(await workList(house, by(clerk), { limit: 1, after }))
      seen.push(...page.rows.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    expect(seen).toEqual(await ids(clerk))
  })

  test('a place in the list that nobody could have been given is the top of the list', async () => {
    const id = '01900000-0000-7000-8000-000000000000'
    for (const after of [`2026-99-99T::_${id}`, `2026-03-02T08:00:00Z_${'-'.repeat(36)}`, `0000-00-00_${id}`, 'x', '_']) {
      expect(await ids(clerk, { after }), after).toEqual(await ids(clerk))
      expect(must(await myDossiers(house, by(citizen), { after })).rows, after).toEqual(must(await myDossiers(house, by(citizen))).rows)
    }
  })

  test('nobody without the right sees a list', async () => {
    expect(await workList(house, by(citizen))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await workList(house, by(anonymous))).toMatchObject({ ok: false, error: { code: 'access.sign-in-needed' } })
    expect(await workList(house, by(officer('administrator')))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
  })
})

describe('a dossier in full', () => {
  test('the officer sees its history and what they may do now; the look is recorded', async () => {
    const view = must(await dossierForOfficer(house, by(clerk), overdue.id))
    expect(view).toMatchObject({ applicant: { number: '096190000777' }, agencyCode: COMMUNE, clock: 'overdue' })
    expect(view.timeline.map(({ what, who }) => `${what.vi}: ${who}`)).toEqual(['Nộp hồ sơ: Lê Thị Cúc', 'Tiếp nhận: Lê Thị Cúc'])
    expect(view.actions).toEqual(expect.arrayContaining(['assign', 'note', 'stop']))
    expect(view.actions).not.toContain('issue')
    const { rows } = await db.read(province, (tx) =>
      sql<{ officer_name: string }>`select officer_name from dossier_access where dossier_id = ${overdue.id}::uuid`.execute(tx),
    )
    expect(rows).toEqual([{ officer_name: 'Lê Thị Cúc' }])
  })

  test('a leader reads it with the personal number masked', async () => {
    const view = must(await dossierForOfficer(house, by(leader), overdue.id))
    expect(view.applicant.number).toBe('••••••••0777')
    expect(view.actions).toEqual([])
  })

  test('those numbers are masked in what the applicant wrote, too: their own, a child’s', async () => {
    const wrote = { fatherNumber: '096190000778', phone: '0912345678', children: [{ number: '096219000779', name: 'Bé Na' }] }
    const { id } = await file(clerk, '', { channel: 'counter', answers: wrote, applicant: { name: 'Trần Thị Mười' } })
    const seen = { fatherNumber: '••••••••0778', phone: '0912345678', children: [{ number: '••••••••0779', name: 'Bé Na' }] }
    expect(must(await dossierForOfficer(house, by(leader), id)).answers).toEqual(seen)
    expect(must(await dossierForOfficer(house, by(clerk), id)).answers).toEqual(wrote)
    must(await house.as(clerk, (cx) => refuseDossier(cx, { dossierId: id, note: 'thử', ground: 'khac' })))
  })

  test('an officer of another commune is refused', async () => {
    expect(await dossierForOfficer(house, by(otherClerk), overdue.id)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await dossierForOfficer(house, by(clerk), 'not-an-id')).toMatchObject({ ok: false, error: { code: 'dossier.unknown' } })
  })

  test('the applicant reads plain words and sees whose turn it is', async () => {
    const mine = must(await myDossiers(house, by(citizen)))
    expect(mine.rows).toMatchObject([{ id: waiting.id, myTurn: false }])
    const view = must(await dossierForCitizen(house, by(citizen), waiting.id))
    expect(view).toMatchObject({ actions: ['withdraw'], wanted: null, assigneeName: null })
    expect(view.timeline.map(({ sentence }) => sentence.vi)).toEqual(['Bạn đã nộp hồ sơ.'])
  })

  test('a dossier filed at a counter with a person’s number is theirs when they sign in', async () => {
    const named: Actor = {
      kind: 'citizen',
      personId: '01900000-0000-7000-8000-000000000950',
      name: 'Lê Văn Đức',
      personalNumber: '096190000777',
    }
    expect(must(await myDossiers(house, by(named))).rows).toHaveLength(4)
    const view = must(await dossierForCitizen(house, by(named), supplement.id))
    expect(view.wanted).toMatchObject({ note: 'Thiếu giấy chứng sinh', items: ['Giấy chứng sinh'] })
    expect(view.actions).toContain('answer-supplement')
  })

  test('a neighbour’s dossier is one that does not exist', async () => {
    expect(await dossierForCitizen(house, by(neighbour), waiting.id)).toMatchObject({ ok: false, error: { code: 'dossier.unknown' } })
  })
})

describe('tracking', () => {
  const track = (code: string, phone: string | undefined, address: string, who: Actor = anonymous) =>
    trackDossier(house, by(who), { code, phone, address })

  test('the reference, or the code, and the last six digits of the phone open it', async () => {
    for (const code of [overdue.reference, overdue.reference.toLowerCase(), overdue.code ?? '']) {
      for (const phone of ['345678', '0912345678', '+84 912 345 678'])
        expect(must(await track(code, phone, '10.0.0.1')).id).toBe(overdue.id)
    }
    const view = must(await track(overdue.reference, '345678', '10.0.0.1'))
    expect(view).toMatchObject({ answers: null, actions: [] })
    expect(view.papers.every(({ sha256 }) => sha256 === null)).toBe(true)
  })

  test('a wrong code, part of a code, a wrong phone, too few digits: one and the same answer', async () => {
    const code = overdue.code ?? ''
    const answers = await Promise.all([
      track('H12.101-260302-9999', '345678', '10.0.0.2'),
      track(code.slice(0, -1), '345678', '10.0.0.2'),
      track(code, '345679', '10.0.0.2'),
      track(code, '5678', '10.0.0.2'),
      track(code, undefined, '10.0.0.2'),
      track('', '345678', '10.0.0.2'),
    ])
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'dossier.not-tracked' } })
  })

  test('guessing is stopped after ten tries from one place; the right person elsewhere is not', async () => {
    const code = done.code ?? ''
    for (let n = 0; n < 10; n += 1) await track(code, String(100_000 + n), '10.0.0.3')
    expect(await track(code, '345678', '10.0.0.3')).toMatchObject({ ok: false, error: { code: 'dossier.tracked-too-often', status: 429 } })
    // However long that place goes on, it uses up nobody else's tries.
    for (let n = 0; n < 40; n += 1) await track(code, String(200_000 + n), '10.0.0.3')
    expect((await track(code, '345678', '10.0.0.4')).ok).toBe(true)
  })

  test('a household with a whole network of addresses is one place', async () => {
    const code = elsewhere.code ?? ''
    for (let n = 0; n < 10; n += 1) await track(code, String(100_000 + n), `2001:db8:7:7::${n + 1}`)
    expect(await track(code, '345678', '2001:db8:7:7:1:2:3:4')).toMatchObject({ ok: false, error: { code: 'dossier.tracked-too-often' } })
    expect((await track(code, '345678', '2001:db8:7:8::1')).ok).toBe(true)
  })

  test('signed in, the code alone is enough for one’s own dossier, and no use for another’s', async () => {
    expect(must(await track(waiting.reference, undefined, '10.0.0.5', citizen)).answers).toEqual({})
    expect(await track(waiting.reference, undefined, '10.0.0.5', neighbour)).toMatchObject({
      ok: false,
      error: { code: 'dossier.not-tracked' },
    })
  })
})

describe('figures', () => {
  test('a figure opens to exactly its dossiers', async () => {
    const march = { from: '2026-03-01', to: '2026-03-31' }
    const all = (code: string) => ({ code, first: march.from, last: march.to })
    const behind = async (more: object) => must(await dossiersBehind(house, by(leader), { ...march, ...more })).rows.map(({ id }) => id)
    expect((await behind({ has: ['received'] })).sort()).toEqual([overdue.id, supplement.id, elsewhere.id, done.id].sort())
    expect(await behind({ has: ['online', 'assisted'] })).toEqual([done.id])
    expect((await behind({ has: ['received'], lacks: ['finished'], members: [all(COMMUNE)] })).sort()).toEqual(
      [overdue.id, supplement.id].sort(),
    )
    expect(await behind({ has: ['finished', 'on_time', 'electronic_result'] })).toEqual([done.id])
    expect(await behind({ has: ['received'], members: [all(OTHER_COMMUNE)] })).toEqual([elsewhere.id])
    expect(await behind({ has: ['received'], members: [] })).toEqual([])
  })

  test('agencies that count on days of their own make one list, in pages that follow each other', async () => {
    const members = [
      { code: COMMUNE, first: '2026-03-01', last: '2026-03-03' },
      { code: OTHER_COMMUNE, first: '2026-03-01', last: '2026-03-31' },
      { code: COMMUNE, first: '2026-03-04', last: '2026-03-31' },
    ]
    const seen = async (some: typeof members, limit: number) => {
      const found: string[] = []
      for (let after: string | undefined; ; ) {
        const figure = { from: '2026-03-01', to: '2026-03-31', members: some, has: ['received' as const], limit, after }
        const page = must(await dossiersBehind(house, by(leader), figure))
        found.push(...page.rows.map(({ id }) => id))
        if (page.next === null) return found
        after = page.next
      }
    }
    const latestFirst = (...all: readonly { id: string }[]) => all.map(({ id }) => id).sort((a, b) => b.localeCompare(a))
    const all = [done.id, ...latestFirst(overdue, supplement, elsewhere)]
    expect([await seen(members, 50), await seen(members, 1)]).toEqual([all, all])
    expect(await seen(members.slice(1), 2)).toEqual([done.id, elsewhere.id])
  })

  test('what loses points in time and what is still in time are opened apart, and judged by the end of a period that is over', async () => {
    const asked = async (to: string, standing: 'late' | 'in-time') =>
      must(await dossiersBehind(house, by(leader), { from: '2026-03-01', to, has: ['received'], standing }))
        .rows.map(({ id }) => id)
        .sort()
    expect(await asked('2026-03-31', 'late')).toEqual([overdue.id, elsewhere.id].sort())
    // Its list was sent before it was due: it waits for its applicant, and is in time as long as it does.
    expect(await asked('2026-03-31', 'in-time')).toEqual([supplement.id])
    expect(await asked('2026-03-02', 'late')).toEqual([])
    expect(await asked('2026-03-02', 'in-time')).toEqual([overdue.id, supplement.id, elsewhere.id].sort())
  })

  test('an officer of one commune opens no figure of another', async () => {
    const rows = must(await dossiersBehind(house, by(otherClerk), { from: '2026-03-01', to: '2026-03-31', has: ['received'] })).rows
    expect(rows.map(({ id }) => id)).toEqual([elsewhere.id])
  })

  test('how long a procedure really took comes from the last 90 days', async () => {
    expect(await actualDurations(house, province)).toEqual([{ procedureCode: BIRTH, dossiers: 1, p50: 0, p80: 0 }])
    expect(await actualDurations(house, province, ['9.999999'])).toEqual([])
  })
})
