import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import type { Actor } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import { BIRTH, BIRTH_FORM, COMMUNE, clerk, head, must, OTHER_COMMUNE, officer, openHouse, specialist } from './dossier.test-support.ts'
import {
  arrangedWorkList,
  arrangeList,
  assignDossier,
  chosenRows,
  foldWorkCounts,
  forgetView,
  issueResult,
  placeHistories,
  receiveDossier,
  recountWork,
  requestSupplement,
  returnResult,
  saveView,
  submitDossier,
  submitForSignature,
  type WorkListFilter,
  withdrawDossier,
  workGroups,
  workList,
  workRows,
} from './index.ts'
import { fileDossier, filing, START } from './rules/history.test-support.ts'

const { db, province } = await testDatabase()
const house = await openHouse(db, province)
const by = (actor: Actor) => ({ province, actor })
const otherClerk = officer('clerk', OTHER_COMMUNE, 41, 'Đỗ Thị Năm')
const leader: Actor = {
  ...officer('leader', 'H12', 40, 'Lãnh đạo'),
  grants: [{ role: 'leader' as const, agencyCode: 'H12', subtree: true }],
}
/** Sees and does everything everywhere: counts are kept ones, and turns are of the whole province. */
const chair: Actor = {
  ...officer('unit_head', 'H12', 42, 'Chủ tịch'),
  grants: [
    { role: 'unit_head' as const, agencyCode: 'H12', subtree: true },
    { role: 'clerk' as const, agencyCode: 'H12', subtree: true },
  ],
}

const list = async (actor: Actor, filter: WorkListFilter = {}) => must(await workList(house, by(actor), { limit: 200, ...filter }))
const ids = async (actor: Actor, filter: WorkListFilter = {}) => (await list(actor, filter)).rows.map(({ id }) => id)

const file = async (who: Actor, name: string, agencyCode = COMMUNE) =>
  must(
    await house.as(who, (cx) =>
      submitDossier(cx, {
        procedureCode: BIRTH,
        agencyCode,
        applicant: { name, number: '096190000777', phone: '0912345678' },
        papers: [],
        ...BIRTH_FORM,
        channel: 'counter',
      }),
    ),
  )

/** Every count at the top against the rows its list shows. */
async function countsHold(actor: Actor): Promise<void> {
  const { counts } = await list(actor)
  const shown = async (filter: WorkListFilter): Promise<number> => (await list(actor, filter)).rows.length
  const stages = Object.keys(counts.stages) as (keyof typeof counts.stages)[]
  expect({
    all: counts.all,
    mine: counts.mine,
    forMe: counts.forMe,
    forOthers: counts.forOthers,
    unassigned: counts.unassigned,
    overdue: counts.overdue,
    today: counts.today,
    soon: counts.soon,
    waiting: counts.waiting,
    stages: counts.stages,
  }).toEqual({
    all: await shown({}),
    mine: await shown({ scope: 'mine' }),
    forMe: await shown({ scope: 'for-me' }),
    forOthers: await shown({ scope: 'for-others' }),
    unassigned: await shown({ assignee: 'nobody' }),
    overdue: await shown({ clock: 'overdue' }),
    today: await shown({ clock: 'today' }),
    soon: await shown({ clock: 'soon' }),
    waiting: await shown({ clock: 'waiting' }),
    stages: Object.fromEntries(await Promise.all(stages.map(async (stage) => [stage, await shown({ stage })]))),
  })
}

describe('counts at the top never lie', () => {
  test('whatever happens to dossiers, in whatever order, folded or not: each count is what its list shows, and a recount differs by 0', async () => {
    const names = ['Lâm Văn Tí', 'Quách Thị Mai', 'Nguyễn Văn An', 'Trần Thị Bình']
    const step = fc.record({
      do: fc.constantFrom('file', 'receive', 'assign', 'supplement', 'sign', 'issue', 'return', 'withdraw', 'wait', 'fold'),
      pick: fc.nat(7),
      elsewhere: fc.boolean(),
    })
    house.at('2026-03-02T08:00:00+07:00')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 25 }), async (steps) => {
        const made: string[] = []
        for (const { do: what, pick, elsewhere } of steps) {
          const dossierId = made[pick % Math.max(1, made.length)] ?? ''
          if (what === 'wait') house.pass({ hours: 5 * (pick + 1) })
          else if (what === 'fold') await foldWorkCounts(db, province)
          else if (what === 'file' || made.length < 4)
            made.push((await file(elsewhere ? otherClerk : clerk, names[pick % 4] ?? '', elsewhere ? OTHER_COMMUNE : COMMUNE)).id)
          // Most of these are refused: what is refused must not count either.
          else if (what === 'receive') await house.as(clerk, (cx) => receiveDossier(cx, { dossierId }))
          else if (what === 'assign') await house.as(head, (cx) => assignDossier(cx, { dossierId, assigneeId: specialist.officerId }))
          else if (what === 'supplement')
            await house.as(specialist, (cx) => requestSupplement(cx, { dossierId, note: 'Thiếu', items: ['Giấy'] }))
          else if (what === 'sign') await house.as(specialist, (cx) => submitForSignature(cx, { dossierId }))
          else if (what === 'issue')
            await house.as(head, (cx) => issueResult(cx, { dossierId, results: [{ name: 'Kết quả' }], electronic: false }))
          else if (what === 'return') await house.as(clerk, (cx) => returnResult(cx, { dossierId }))
          else await house.as(clerk, (cx) => withdrawDossier(cx, { dossierId, note: 'xin rút' }))
        }
        for (const actor of [leader, chair, clerk, head, specialist, otherClerk]) await countsHold(actor)
        expect(await recountWork(db, province)).toMatchObject({ difference: 0 })
      }),
      { numRuns: 3 },
    )
  })

  test('what comes in by whole lives (demo, tests) and what is corrected by hand behind the house’s back is told and mended', async () => {
    const [given] = fc.sample(filing, { numRuns: 1, seed: 7 })
    const dossier = fileDossier(given as NonNullable<typeof given>, START, '01900000-0000-7000-8000-00000000abcd')
    await db.write(province, (tx) => placeHistories(tx, [{ steps: [{ actor: clerk, decision: { next: dossier, events: [] } }] }]))
    expect(await recountWork(db, province)).toMatchObject({ difference: 0 })
    await db.write(province, (tx) => sql`update dossier set stage = 'ready' where id = ${dossier.id}::uuid`.execute(tx))
    expect(await recountWork(db, province)).toMatchObject({ difference: 2, repaired: false })
    expect(await recountWork(db, province, { repair: true })).toMatchObject({ difference: 2, repaired: true })
    expect(await recountWork(db, province)).toMatchObject({ difference: 0 })
    await countsHold(leader)
  })

  test('a narrower filter says how many it has, and the words of a search are not counted at all', async () => {
    const online = await list(clerk, { channel: 'counter' })
    expect(online.matching).toBe(online.rows.length)
    expect((await list(clerk)).matching).toBeNull()
    expect((await list(clerk, { search: 'an', channel: 'counter' })).matching).toBeNull()
  })
})

describe('whose work it is', () => {
  test('what waits for somebody is what they may do next; for others, what somebody else has first', async () => {
    house.at('2026-05-04T08:00:00+07:00')
    const sent = await file(clerk, 'Tô Thị Chờ')
    expect(await ids(clerk, { scope: 'for-me' })).toContain(sent.id)
    expect(await ids(head, { scope: 'for-me' })).not.toContain(sent.id)
    must(await house.as(clerk, (cx) => receiveDossier(cx, { dossierId: sent.id })))
    expect(await ids(head, { scope: 'for-me' })).toContain(sent.id)
    expect(await ids(head, { assignee: 'nobody' })).toContain(sent.id)
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: sent.id, assigneeId: specialist.officerId })))
    expect(await ids(head, { scope: 'for-me' })).not.toContain(sent.id)
    expect(await ids(specialist, { scope: 'for-me' })).toContain(sent.id)
    expect(await ids(head, { assignee: specialist.officerId })).toContain(sent.id)
    must(await house.as(specialist, (cx) => submitForSignature(cx, { dossierId: sent.id })))
    expect(await ids(specialist, { scope: 'for-others' })).toContain(sent.id)
    expect(await ids(head, { scope: 'for-me' })).toContain(sent.id)
  })

  test('filters by day take both days in', async () => {
    house.at('2026-06-01T23:59:59+07:00')
    const late = await file(clerk, 'Tô Thị Muộn')
    must(await house.as(clerk, (cx) => receiveDossier(cx, { dossierId: late.id })))
    expect(await ids(clerk, { receivedFrom: '2026-06-01', receivedTo: '2026-06-01' })).toEqual([late.id])
    expect(await ids(clerk, { receivedFrom: '2026-06-02' })).toEqual([])
    const due = (await list(clerk, { receivedFrom: '2026-06-01' })).rows[0]?.dueAt?.slice(0, 10) ?? ''
    expect(await ids(clerk, { receivedFrom: '2026-06-01', dueFrom: due, dueTo: due })).toEqual([late.id])
  })
})

describe('search', () => {
  test('nobody finds another unit’s dossier, however they ask; whoever reaches both finds both', async () => {
    house.at('2026-06-08T08:00:00+07:00')
    const here = await file(clerk, 'Thạch Thị Kim Sô Phia')
    const there = await file(otherClerk, 'Thạch Thị Kim Sô Phia', OTHER_COMMUNE)
    must(await house.as(otherClerk, (cx) => receiveDossier(cx, { dossierId: there.id })))
    const row = must(await chosenRows(house, by(otherClerk), [there.id]))[0]
    const asked = [
      'thạch thị kim sô phia',
      'so phia',
      'kim s',
      'phia',
      'phia thach',
      there.reference,
      row?.code ?? '',
      '0912345678',
      '345678',
      '096190000777',
    ]
    for (const search of asked) {
      expect(await ids(clerk, { search }), search).not.toContain(there.id)
      expect(await ids(otherClerk, { search }), search).toContain(there.id)
      expect(await ids(leader, { search }), search).toContain(there.id)
    }
    expect(await ids(clerk, { search: 'Sô Phia' })).toEqual([here.id])
    expect(must(await chosenRows(house, by(clerk), [here.id, there.id])).map(({ id }) => id)).toEqual([here.id])
  })

  test('common or rare, open or closed: what the index finds is what going through the list finds', async () => {
    // More than the steps that are gone through, so that both ways are taken; the plain condition is the judge.
    await db.write(province, (tx) =>
      sql`
        insert into dossier (id, reference, procedure_code, procedure_version, procedure_name, agency_code, reception_agency_code, channel, status, stage,
          submitted_at, applicant_name, applicant_phone, search)
        select ('01900000-0000-7000-9000-' || lpad(i::text, 12, '0'))::uuid, 'T-' || i, ${BIRTH}, 1, 'Khai sinh', ${COMMUNE}, ${COMMUNE}, 'online', 1,
          case when i % 4 = 0 then 'submitted' else 'closed' end, timestamptz '2026-01-01' + i * interval '1 minute', name, '09' || lpad(i::text, 8, '0'),
          lower(name) || ' t ' || i || ' 09' || lpad(i::text, 8, '0') || ' ' || replace(lower(name), ' ', '_') || ' ' || split_part(lower(name), ' ', 2) || '_' || split_part(lower(name), ' ', 3)
        from (select i, case when i % 900 = 5 then 'Vu Thi Yen' when i % 2 = 0 then 'Nguyen Van An' else 'Le Thi Hoa' end as name from generate_series(1, 12000) i) made`.execute(
        tx,
      ),
    )
    const plain = async (words: string[]): Promise<string[]> =>
      db.read(province, async (tx) => {
        const { rows } = await sql<{ id: string }>`
          select id from dossier where agency_code = ${COMMUNE} and ' ' || search like all(${words.map((word) => `% ${word}%`)}::text[])
          order by stage = 'closed', case when stage <> 'closed' then coalesce(due_at, submitted_at) end, case when stage <> 'closed' then id end, id desc
          limit 50`.execute(tx)
        return rows.map(({ id }) => id)
      })
    for (const [search, words] of [
      ['van an', ['van an']],
      ['vu thi yen', ['vu thi yen']],
      ['yen', ['yen']],
      ['hoa', ['hoa']],
      ['yen vu', ['yen', 'vu']],
      ['nguyen van an 0900000008', ['nguyen', 'van', 'an', '0900000008']],
      ['0900000', ['0900000']],
      ['khong co ai', ['khong co ai']],
    ] as const) {
      for (const actor of [clerk, leader])
        expect(
          (await list(actor, { search, limit: 50 })).rows.map(({ id }) => id),
          search,
        ).toEqual(await plain([...words]))
    }
    expect((await ids(clerk, { search: '0011998' })).length).toBe(1)
    await db.write(province, (tx) => sql`delete from dossier where reference like 'T-%'`.execute(tx))
    await recountWork(db, province, { repair: true })
  })
})

describe('lists that leave the page', () => {
  test('every row of a filter once, a number in full only for those who may see it', async () => {
    const rowsOf = async (actor: Actor, filter: WorkListFilter) => {
      const rows = []
      for await (const some of must(await workRows(house, by(actor), filter))) rows.push(...some)
      return rows
    }
    const all = await rowsOf(clerk, {})
    expect(all.map(({ id }) => id)).toEqual(await ids(clerk))
    expect(all.some(({ applicantNumber }) => applicantNumber === '096190000777')).toBe(true)
    const seen = await rowsOf(leader, {})
    expect(seen.length).toBeGreaterThan(all.length)
    expect(seen.every(({ applicantNumber }) => applicantNumber === null || applicantNumber.startsWith('•'))).toBe(true)
  })

  test('who holds what is overdue adds up to the list', async () => {
    house.at('2026-12-01T08:00:00+07:00')
    const { counts } = await list(leader)
    expect(counts.overdue).toBeGreaterThan(0)
    for (const grouping of ['holder', 'unit', 'procedure'] as const) {
      const groups = must(await workGroups(house, by(leader), grouping))
      expect(groups.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(counts.overdue)
      expect(groups.reduce((sum, { open }) => sum + open, 0)).toBe(counts.all)
    }
    const [worst] = must(await workGroups(house, by(head), 'unit'))
    expect(worst).toMatchObject({ agencyCode: COMMUNE, procedureCode: null, assigneeId: null })
  })
})

describe('an officer’s own lists', () => {
  test('a view is kept, shared with the unit, begun with, and forgotten; another unit sees nothing of it', async () => {
    const own = must(await house.as(clerk, (cx) => saveView(cx, { name: 'Sắp trễ', query: 'han=soon' })))
    const shared = must(await house.as(clerk, (cx) => saveView(cx, { name: 'Chờ trả', query: 'buoc=ready', shareWith: COMMUNE })))
    must(await house.as(clerk, (cx) => saveView(cx, { name: 'Sắp trễ', query: 'han=today' })))
    must(await house.as(clerk, (cx) => arrangeList(cx, { columns: ['clock', 'applicant'], defaultView: own.id })))
    const { arrangement } = must(await arrangedWorkList(house, by(clerk)))
    expect(arrangement).toMatchObject({
      columns: ['clock', 'applicant'],
      defaultView: own.id,
      views: [
        { id: shared.id, name: 'Chờ trả', own: true, sharedWith: COMMUNE },
        { id: own.id, name: 'Sắp trễ', query: 'han=today', own: true, sharedWith: null },
      ],
    })
    expect(must(await arrangedWorkList(house, by(head))).arrangement.views).toMatchObject([
      { name: 'Chờ trả', own: false, by: 'Lê Thị Cúc' },
    ])
    expect(must(await arrangedWorkList(house, by(otherClerk))).arrangement.views).toEqual([])
    expect(await house.as(head, (cx) => forgetView(cx, shared.id))).toMatchObject({ ok: false, error: { code: 'dossier.unknown-view' } })
    expect(await house.as(otherClerk, (cx) => arrangeList(cx, { columns: [], defaultView: shared.id }))).toMatchObject({ ok: false })
    expect(await house.as(clerk, (cx) => saveView(cx, { name: 'x', query: '', shareWith: OTHER_COMMUNE }))).toMatchObject({ ok: false })
    must(await house.as(clerk, (cx) => forgetView(cx, own.id)))
    expect(must(await arrangedWorkList(house, by(clerk))).arrangement).toMatchObject({ defaultView: null, views: [{ id: shared.id }] })
  })
})
