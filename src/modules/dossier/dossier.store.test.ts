import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { addDays, dayOf } from '../../kernel/clock.ts'
import type { Actor } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import { foldAll, measureId, recount } from '../indicator/index.ts'
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
  secondSpecialist,
  specialist,
} from './dossier.test-support.ts'
import type { DossierEvent } from './events.ts'
import {
  answerSupplement,
  assignDossier,
  correctDossier,
  type DossierSummary,
  digitisePaper,
  dossierMeasures,
  extendDossier,
  issueResult,
  markUncollected,
  noteOnDossier,
  recallResult,
  receiveDossier,
  recordPayment,
  refuseDossier,
  requestPayment,
  requestSupplement,
  rescheduleDossier,
  resumeDossier,
  returnResult,
  sendBack,
  settlePayment,
  stopDossier,
  submitDossier,
  submitForSignature,
  transferDossier,
  undoStep,
  withdrawDossier,
} from './index.ts'
import { type Dossier, dossierToJson } from './rules/dossier.ts'
import { foldEvents } from './rules/fold.ts'
import { type Attempt, anyLife, FILE } from './rules/history.test-support.ts'
import type { Action } from './rules/transitions.ts'
import * as store from './store.ts'

const { db, province } = await testDatabase()
const house = await openHouse(db, province)

const applicant = { name: 'Nguyễn Thị Đào', number: '096190000123', phone: '0912345678' }
const paper = { name: 'Giấy chứng sinh', file: FILE }

const file = (who: Actor = citizen, more: Partial<Parameters<typeof submitDossier>[1]> = {}, requestId?: string) =>
  house.as(
    who,
    (cx) => submitDossier(cx, { procedureCode: BIRTH, agencyCode: COMMUNE, applicant, papers: [paper], ...BIRTH_FORM, ...more }),
    requestId,
    'dossier.submit',
  )

const received = async (): Promise<DossierSummary> => {
  const { id } = must(await file())
  return must(await house.as(clerk, (cx) => receiveDossier(cx, { dossierId: id })))
}

const stored = (id: string) => db.read(province, (tx) => store.find(tx, id)) as Promise<Dossier>

async function rebuilt(id: string): Promise<Dossier> {
  const events = await db.read(province, (tx) => store.history(tx, id))
  return foldEvents(events as unknown as DossierEvent[]) as Dossier
}

describe('filing', () => {
  test('a citizen files on line and gets a tracking reference; nobody has received it yet', async () => {
    const filed = must(await file())
    expect(filed).toMatchObject({ status: 1, stage: 'submitted', channel: 'online', assisted: false, code: null, dueAt: null, version: 1 })
    expect(filed.reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(await stored(filed.id)).toMatchObject({ submitterId: citizen.personId, papersTotal: 1, papersDigitised: 1 })
  })

  test('a citizen who files cannot receive the dossier in the office’s place, nor say that the fee came in', async () => {
    expect(await file(citizen, { receive: true })).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await file(citizen, { paid: { amountVnd: 1, online: true } })).toMatchObject({ ok: false, error: { code: 'access.denied' } })
  })

  test('a clerk who files on line for somebody is recorded as helping', async () => {
    const filed = must(await file(clerk, { channel: 'online' }))
    expect(filed).toMatchObject({ channel: 'online', assisted: true })
    expect(await stored(filed.id)).toMatchObject({ assistanceAgencyCode: COMMUNE, submitterId: null })
  })

  test('at the counter the person leaves with the code and the due date', async () => {
    const filed = must(await file(clerk, { channel: 'counter', receive: true }))
    expect(filed).toMatchObject({ channel: 'counter', status: 2, stage: 'received', assisted: false })
    expect(filed.code).toMatch(/^H12\.101-260302-\d{4}$/)
    expect(filed.dueAt).not.toBeNull()
  })

  test('the same request sent again is one dossier, and the same answer', async () => {
    const requestId = randomUUID()
    const [first, again] = [must(await file(citizen, {}, requestId)), must(await file(citizen, {}, requestId))]
    expect(again).toEqual(first)
    const twins = await Promise.all(Array.from({ length: 4 }, (_, n) => file(citizen, {}, n < 2 ? requestId : undefined)))
    expect(new Set(twins.map((twin) => must(twin).id)).size).toBe(3)
  })

  test('a procedure that is not in force, or an agency that does not resolve it, is refused with what to do', async () => {
    expect(await file(citizen, { procedureCode: '9.999999' })).toMatchObject({ ok: false, error: { code: 'dossier.unknown-procedure' } })
    expect(await file(citizen, { agencyCode: 'H12.01' })).toMatchObject({ ok: false, error: { code: 'dossier.wrong-agency' } })
    expect(await file(citizen, { agencyCode: 'H12.31.01' })).toMatchObject({ ok: false, error: { code: 'dossier.wrong-agency' } })
  })

  test('a citizen files with the procedure’s own form; the office also takes in what came on paper, but no other form', async () => {
    const wrong = { ok: false, error: { code: 'dossier.wrong-form', status: 422 } }
    expect(await file(citizen, { formCode: null, formVersion: null })).toMatchObject(wrong)
    expect(await file(citizen, { formVersion: undefined })).toMatchObject(wrong)
    expect(await file(citizen, { formCode: 'chung' })).toMatchObject(wrong)
    expect(await file(clerk, { formCode: 'chung' })).toMatchObject(wrong)
    expect(await file(clerk, { formCode: null, formVersion: null })).toMatchObject({ ok: true })
    expect(await file(clerk, { formCode: null, formVersion: null, channel: 'online' })).toMatchObject({ ok: true })
  })

  test('only the office says that a paper was taken from what it already has', async () => {
    const reused = [{ ...paper, reused: true }]
    const mine = must(await file(citizen, { papers: reused }))
    expect(await stored(mine.id)).toMatchObject({ papersReused: 0, papers: [{ reused: false }] })
    expect(await stored(must(await file(clerk, { papers: reused })).id)).toMatchObject({ papersReused: 1, papers: [{ reused: true }] })
    must(await house.as(clerk, (cx) => receiveDossier(cx, { dossierId: mine.id })))
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: mine.id, assigneeId: specialist.officerId })))
    must(await house.as(specialist, (cx) => requestSupplement(cx, { dossierId: mine.id, note: 'Thiếu giấy chứng sinh' })))
    must(await house.as(citizen, (cx) => answerSupplement(cx, { dossierId: mine.id, papers: reused })))
    expect(await stored(mine.id)).toMatchObject({ papersTotal: 2, papersReused: 0 })
  })

  test('a clerk of another commune files nothing here, and a specialist files nothing at all', async () => {
    expect(await file(officer('clerk', OTHER_COMMUNE, 21))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await file(specialist)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await file({ kind: 'anonymous' })).toMatchObject({ ok: false, error: { code: 'access.sign-in-needed' } })
  })
})

describe('a dossier from the desk to the result', () => {
  test('received, assigned, signed, issued and returned', async () => {
    house.at('2026-03-02T08:00:00+07:00')
    const { id, code, dueAt } = await received()
    expect(code).toMatch(/^H12\.101-260302-/)
    house.pass({ minutes: 30 })
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: specialist.officerId })))
    house.pass({ minutes: 30 })
    must(await house.as(specialist, (cx) => submitForSignature(cx, { dossierId: id })))
    const issued = must(
      await house.as(head, (cx) => issueResult(cx, { dossierId: id, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: true })),
    )
    expect(issued).toMatchObject({ status: 9, stage: 'ready', dueAt })
    const returned = must(await house.as(clerk, (cx) => returnResult(cx, { dossierId: id, receivedBy: 'Nguyễn Thị Đào' })))
    expect(returned).toMatchObject({ status: 10, stage: 'closed', version: 6 })
    expect(await stored(id)).toMatchObject({ workedDays: 0, resultElectronic: true, papersTotal: 1 })
    expect(dossierToJson(await rebuilt(id))).toEqual(dossierToJson(await stored(id)))
  })

  test('the clock stands still while the applicant is asked, and the due time moves by the working time that passed', async () => {
    house.at('2026-03-02T08:00:00+07:00')
    const { id } = await received()
    const due = (await stored(id)).dueAt as Temporal.Instant
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: specialist.officerId })))
    house.at('2026-03-02T09:00:00+07:00')
    must(
      await house.as(specialist, (cx) =>
        requestSupplement(cx, { dossierId: id, note: 'Thiếu giấy chứng sinh', items: ['Giấy chứng sinh'] }),
      ),
    )
    house.at('2026-03-04T09:00:00+07:00')
    const answered = must(await house.as(citizen, (cx) => answerSupplement(cx, { dossierId: id, papers: [paper] })))
    expect(answered.stage).toBe('processing')
    const now = await stored(id)
    expect(now.pausedWorkingMs).toBe(16 * 3_600_000)
    expect(now.supplementWorkingDays).toBe(2)
    expect(now.originalDueAt?.toString()).toBe(due.toString())
    expect(Temporal.Instant.compare(now.dueAt as Temporal.Instant, due)).toBe(1)
    expect(now.dueExplanation?.at(-2)?.vi).toContain('từ 09:00 thứ Hai, 02/03/2026')
    expect(now.dueChanges).toMatchObject([
      { kind: 'supplement', from: '2026-03-03T10:30:00.000Z', explanation: now.dueExplanation?.at(-2) },
    ])
  })

  test('a dossier is given only to somebody who processes dossiers there', async () => {
    const { id } = await received()
    const stranger = await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: clerk.officerId }))
    expect(stranger).toMatchObject({ ok: false, error: { code: 'dossier.unknown-assignee' } })
  })

  test('a specialist works only on what is theirs', async () => {
    const { id } = await received()
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: specialist.officerId })))
    expect(await house.as(secondSpecialist, (cx) => submitForSignature(cx, { dossierId: id }))).toMatchObject({
      ok: false,
      error: { code: 'access.denied' },
    })
    expect(await house.as(specialist, (cx) => issueResult(cx, { dossierId: id, results: [], electronic: false }))).toMatchObject({
      ok: false,
      error: { code: 'access.denied' },
    })
  })

  test('nobody takes back the dossier of a neighbour', async () => {
    const { id } = must(await file())
    expect(await house.as(neighbour, (cx) => withdrawDossier(cx, { dossierId: id, note: 'Rút' }))).toMatchObject({
      ok: false,
      error: { code: 'access.denied' },
    })
    expect(must(await house.as(citizen, (cx) => withdrawDossier(cx, { dossierId: id, note: 'Đổi ý' })))).toMatchObject({
      status: 8,
      stage: 'closed',
    })
  })
})

describe('two officers at once', () => {
  test('one succeeds; the other is told who did what, and when', async () => {
    house.at('2026-03-02T08:05:00+07:00')
    const { id, version } = must(await file())
    const [one, two] = await Promise.all([
      house.as(clerk, (cx) => receiveDossier(cx, { dossierId: id, version })),
      house.as(clerk, (cx) =>
        refuseDossier(cx, { dossierId: id, version, note: 'Không thuộc thẩm quyền', ground: 'khong-thuoc-tham-quyen' }),
      ),
    ])
    const [won, lost] = one.ok ? [one, two] : [two, one]
    expect(won.ok).toBe(true)
    expect(lost).toMatchObject({ ok: false, error: { code: 'dossier.changed-meanwhile', status: 409 } })
    if (!lost.ok) expect(lost.error.message.vi).toMatch(/Lê Thị Cúc đã làm "(Tiếp nhận|Từ chối tiếp nhận)" lúc 08:05 thứ Hai, 02\/03\/2026/)
    const events = await db.read(province, (tx) => store.history(tx, id))
    expect(events).toHaveLength(2)
  })

  test('a history never goes backwards: whoever decides by a clock that is behind decides at the time of the last event', async () => {
    house.at('2026-03-02T09:00:00+07:00')
    const { id } = await received()
    house.at('2026-03-02T08:59:00+07:00')
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: specialist.officerId })))
    house.at('2026-03-02T08:58:00+07:00')
    must(await house.as(specialist, (cx) => requestSupplement(cx, { dossierId: id, note: 'Thiếu giấy chứng sinh' })))
    const at = (await db.read(province, (tx) => store.history(tx, id))).map((event) => event.at.epochMilliseconds)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect((await stored(id)).pausedAt?.toString()).toBe('2026-03-02T02:00:00Z')
    expect(dossierToJson(await rebuilt(id))).toEqual(dossierToJson(await stored(id)))
  })

  test('papers handed in at the same moment are all kept, and all times go forwards', async () => {
    house.at('2026-03-02T09:00:00+07:00')
    const { id } = await received()
    const hand = (n: number) => {
      house.at(`2026-03-02T09:${String(30 - n)}:00+07:00`)
      return house.as(clerk, (cx) => noteOnDossier(cx, { dossierId: id, note: `Giấy ${n}`, papers: [{ name: `Giấy ${n}`, file: FILE }] }))
    }
    for (const one of await Promise.all([1, 2, 3, 4, 5, 6].map(hand))) must(one)
    const { papers } = await stored(id)
    expect(papers.map(({ name }) => name).sort()).toEqual(['Giấy 1', 'Giấy 2', 'Giấy 3', 'Giấy 4', 'Giấy 5', 'Giấy 6', 'Giấy chứng sinh'])
    const at = (await db.read(province, (tx) => store.history(tx, id))).map((event) => event.at.epochMilliseconds)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(dossierToJson(await rebuilt(id))).toEqual(dossierToJson(await stored(id)))
  })

  test('codes of one day follow each other without a gap, however many arrive together', async () => {
    house.at('2026-03-05T08:00:00+07:00')
    const filed = await Promise.all(Array.from({ length: 20 }, () => file()))
    const all = await Promise.all(filed.map((one) => house.as(clerk, (cx) => receiveDossier(cx, { dossierId: must(one).id }))))
    const codes = all.map((one) => must(one).code).sort()
    expect(codes).toEqual(Array.from({ length: 20 }, (_, n) => `H12.101-260305-${String(n + 1).padStart(4, '0')}`))
  })

  test('after 9,999 in a day the serial goes on with five digits', async () => {
    house.at('2026-03-06T08:00:00+07:00')
    await db.write(province, (tx) => sql`insert into dossier_serial values (${COMMUNE}, '2026-03-06', 9999)`.execute(tx))
    expect((await received()).code).toBe('H12.101-260306-10000')
  })

  test('a reception shortly after midnight in Vietnam belongs to the new day', async () => {
    house.at('2026-03-08T17:30:00Z')
    expect((await received()).code).toBe('H12.101-260309-0001')
  })
})

describe('what cannot be undone', () => {
  test('the application may add to the event log, and to the list of who looked, but not change them', async () => {
    await received()
    for (const table of ['event', 'dossier_access']) {
      for (const statement of [`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(db.read(province, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/)
      }
    }
  })

  test('a refusal leaves nothing behind', async () => {
    const { id, version } = await received()
    const before = await db.read(province, (tx) => store.history(tx, id))
    expect((await house.as(clerk, (cx) => receiveDossier(cx, { dossierId: id }))).ok).toBe(false)
    expect((await house.as(clerk, (cx) => stopDossier(cx, { dossierId: id, note: ' ' }))).ok).toBe(false)
    expect(await db.read(province, (tx) => store.history(tx, id))).toEqual(before)
    expect((await stored(id)).version).toBe(version)
  })
})

describe('whatever officers and citizens try', () => {
  const system: Actor = { kind: 'system', name: 'test' }

  const attemptOn = (id: string, { action, pick }: Attempt) => {
    const note = 'Theo giấy tờ kèm theo'
    const on = { dossierId: id, note }
    const tries: Record<Action, () => Promise<unknown>> = {
      receive: () => house.as(system, (cx) => receiveDossier(cx, { dossierId: id })),
      refuse: () => house.as(system, (cx) => refuseDossier(cx, { ...on, ground: 'khac' })),
      assign: () =>
        house.as(system, (cx) => assignDossier(cx, { dossierId: id, assigneeId: (pick % 2 ? specialist : secondSpecialist).officerId })),
      note: () => house.as(system, (cx) => noteOnDossier(cx, { ...on, papers: pick % 2 ? [paper] : [] })),
      'request-supplement': () => house.as(system, (cx) => requestSupplement(cx, on)),
      'answer-supplement': () => house.as(system, (cx) => answerSupplement(cx, { ...on, papers: [paper] })),
      'submit-for-signature': () => house.as(system, (cx) => submitForSignature(cx, on)),
      'send-back': () => house.as(system, (cx) => sendBack(cx, on)),
      issue: () =>
        house.as(system, (cx) => issueResult(cx, { ...on, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: pick % 2 === 0 })),
      return: () => house.as(system, (cx) => returnResult(cx, on)),
      withdraw: () => house.as(system, (cx) => withdrawDossier(cx, on)),
      stop: () => house.as(system, (cx) => stopDossier(cx, on)),
      pay: () => house.as(system, (cx) => recordPayment(cx, { dossierId: id, amountVnd: 4000, online: pick % 2 === 0 })),
      digitise: () => house.as(system, (cx) => digitisePaper(cx, { dossierId: id, number: 1 + (pick % 2), file: FILE })),
      'request-payment': () => house.as(system, (cx) => requestPayment(cx, { ...on, amountVnd: 1000 * (1 + pick) })),
      'settle-payment': () => house.as(system, (cx) => settlePayment(cx, { ...on, elsewhere: pick % 2 === 0, cancelled: pick % 2 === 1 })),
      extend: () => house.as(system, (cx) => extendDossier(cx, { ...on, day: addDays(dayOf(house.clock()), 3 + pick) })),
      reschedule: () => house.as(system, (cx) => rescheduleDossier(cx, on)),
      recall: () => house.as(system, (cx) => recallResult(cx, { ...on, decisionNumber: '7/QĐ', decisionDay: dayOf(house.clock()) })),
      'mark-uncollected': () => house.as(system, (cx) => markUncollected(cx, on)),
      resume: () => house.as(system, (cx) => resumeDossier(cx, on)),
      transfer: () => house.as(system, (cx) => transferDossier(cx, { ...on, agencyCode: pick % 2 ? OTHER_COMMUNE : COMMUNE })),
      correct: () =>
        house.as(system, (cx) =>
          correctDossier(cx, { ...on, applicant: { name: `Đào ${pick}` }, channel: pick % 2 ? 'counter' : 'online', assisted: pick > 6 }),
        ),
      undo: () => house.as(system, (cx) => undoStep(cx, on)),
    }
    return tries[action]()
  }

  test('the stored state is the one its events lead to, and the counts are those of the event log', async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, fc.boolean(), async (attempts, onPaper) => {
        house.at('2026-03-10T08:00:00+07:00')
        const { id } = must(await file(citizen, { papers: onPaper ? [{ name: 'Bản giấy' }, paper] : [] }))
        for (const one of attempts) {
          house.pass({ minutes: one.minutes })
          await attemptOn(id, one)
        }
        expect(dossierToJson(await rebuilt(id))).toEqual(dossierToJson(await stored(id)))
      }),
      { numRuns: 25 },
    )
    await foldAll(db, province)
    const report = await recount(house, province, [dossierMeasures])
    expect(report.difference, JSON.stringify(report.differing)).toBe(0)
    expect(report.figures.received).toBeGreaterThan(0)
    const { rows } = await db.read(province, (tx) =>
      sql<{ received: number; finished: number }>`
        select count(*) filter (where counted & ${1 << (measureId.received - 1)} <> 0) as received,
          count(*) filter (where counted & ${1 << (measureId.finished - 1)} <> 0) as finished from dossier`.execute(tx),
    )
    expect(rows[0]).toMatchObject({ received: report.figures.received, finished: report.figures.finished })
  })
})
