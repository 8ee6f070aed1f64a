import { randomUUID } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { dayOf } from '../../kernel/clock.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import type { Result } from '../../kernel/result.ts'
import { foldAll, recount } from '../indicator/index.ts'
import {
  BIRTH,
  BIRTH_FORM,
  COMMUNE,
  citizen,
  clerk,
  head,
  must,
  OTHER_COMMUNE,
  officer,
  openHouse,
  secondSpecialist,
  specialist,
} from './dossier.test-support.ts'
import type { DossierEvent } from './events.ts'
import {
  type Action,
  answerSupplement,
  assignDossier,
  correctDossier,
  type DossierSummary,
  dossierForCitizen,
  dossierForOfficer,
  dossierImport,
  dossierMeasures,
  extendDossier,
  issueResult,
  markUncollected,
  recallResult,
  receiveDossier,
  recordPayment,
  refuseDossier,
  requestPayment,
  requestSupplement,
  rescheduleDossier,
  resumeDossier,
  returnResult,
  settlePayment,
  stopDossier,
  submitDossier,
  submitForSignature,
  trackDossier,
  transferDossier,
  transitions,
  undoStep,
  withdrawDossier,
} from './index.ts'
import { factsOf, measureIds } from './measures.ts'
import { type Dossier, dossierToJson } from './rules/dossier.ts'
import { foldEvents } from './rules/fold.ts'
import { FILE } from './rules/history.test-support.ts'
import * as store from './store.ts'

const { db, province } = await testDatabase()
const house = await openHouse(db, province)
const secondClerk = officer('clerk', COMMUNE, 31, 'Ngô Thị Năm')
const otherHead = officer('unit_head', OTHER_COMMUNE, 32, 'Dương Văn Bảy')
const reformer = officer('reform_officer', COMMUNE, 33, 'Hồ Thị Tám')

const note = 'Theo giấy tờ kèm theo'
const stored = (id: string) => db.read(province, (tx) => store.find(tx, id)) as Promise<Dossier>
const taken = new Set<Action>()

type Step = (cx: Context) => Promise<Result<DossierSummary>>
const run = async (who: Actor, action: Action, step: Step) => {
  const result = await house.as(who, step)
  if (result.ok) taken.add(action)
  return result
}
const done = async (who: Actor, action: Action, step: Step) => must(await run(who, action, step))
const refused = async (who: Actor, action: Action, step: Step) => {
  const result = await run(who, action, step)
  return result.ok ? 'done' : result.error.code
}

/** A birth registration on the morning of Monday 2 March 2026, taken so far. */
async function dossierAt(
  stage: 'submitted' | 'received' | 'processing' | 'signing' | 'ready' | 'closed',
  who: Actor = citizen,
): Promise<string> {
  house.at('2026-03-02T08:00:00+07:00')
  const applicant = { name: 'Nguyễn Thị Đào', number: '096190000123', phone: '0912345678' }
  const papers = [{ name: 'Giấy chứng sinh', file: FILE }]
  const { id: dossierId } = must(
    await house.as(who, (cx) => submitDossier(cx, { procedureCode: BIRTH, agencyCode: COMMUNE, applicant, papers, ...BIRTH_FORM })),
  )
  const way: [typeof stage, () => Promise<unknown>][] = [
    ['submitted', async () => undefined],
    ['received', () => done(clerk, 'receive', (cx) => receiveDossier(cx, { dossierId }))],
    ['processing', () => done(head, 'assign', (cx) => assignDossier(cx, { dossierId, assigneeId: specialist.officerId }))],
    ['signing', () => done(specialist, 'submit-for-signature', (cx) => submitForSignature(cx, { dossierId }))],
    [
      'ready',
      () =>
        done(head, 'issue', (cx) => issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: true })),
    ],
    ['closed', () => done(clerk, 'return', (cx) => returnResult(cx, { dossierId }))],
  ]
  for (const [name, step] of way) {
    await step()
    if (name === stage) break
  }
  return dossierId
}

/** What the log leads to is what is stored, for every dossier of this file; and the counts are those of the log. */
afterAll(async () => {
  const { rows } = await db.read(province, (tx) => sql<{ id: string }>`select id from dossier`.execute(tx))
  for (const { id } of rows) {
    const events = await db.read(province, (tx) => store.pastEvents(tx, id))
    const folded = foldEvents(events.map(({ event }) => event as DossierEvent)) as Dossier
    expect(dossierToJson(folded)).toEqual(dossierToJson(await stored(id)))
  }
  await foldAll(db, province)
  const report = await recount(house, province, [dossierMeasures])
  expect(report.difference, JSON.stringify(report.differing)).toBe(0)
})

describe('a payment notice', () => {
  test('stands the clock still until it is paid; the due time moves by the working time that passed', async () => {
    const dossierId = await dossierAt('processing')
    const before = await stored(dossierId)
    const asked = await done(specialist, 'request-payment', (cx) =>
      requestPayment(cx, { dossierId, note: 'Lệ phí cấp bản sao', amountVnd: 16_000 }),
    )
    expect(asked).toMatchObject({ status: 6, stage: 'payment', feeVnd: 16_000 })
    house.at('2026-03-03T08:00:00+07:00')
    expect(await refused(specialist, 'settle-payment', (cx) => settlePayment(cx, { dossierId }))).toBe('dossier.still-owed')
    const paid = await done(clerk, 'pay', (cx) => recordPayment(cx, { dossierId, amountVnd: 16_000, online: false }))
    expect(paid).toMatchObject({ status: 4, stage: 'processing', paidVnd: 16_000 })
    const after = await stored(dossierId)
    expect(after.pausedAt).toBeNull()
    expect(after.dueChanges).toMatchObject([{ kind: 'payment' }])
    expect(after.originalDueAt?.toString()).toBe(before.dueAt?.toString())
    expect((after.dueAt?.epochMilliseconds ?? 0) > (before.dueAt?.epochMilliseconds ?? 0)).toBe(true)
  })

  test('is settled by a proof from the treasury, or cancelled, with the reason; a result may also be issued on it', async () => {
    const first = await dossierAt('received')
    await done(head, 'request-payment', (cx) => requestPayment(cx, { dossierId: first, note, amountVnd: 900_000 }))
    expect(await refused(clerk, 'settle-payment', (cx) => settlePayment(cx, { dossierId: first, elsewhere: true }))).toBe(
      'dossier.reason-needed',
    )
    expect(
      await done(clerk, 'settle-payment', (cx) =>
        settlePayment(cx, { dossierId: first, elsewhere: true, note: 'Biên lai 12 của Kho bạc' }),
      ),
    ).toMatchObject({
      stage: 'received',
      status: 4,
      paidVnd: 900_000,
    })
    const second = await dossierAt('processing')
    await done(specialist, 'request-payment', (cx) => requestPayment(cx, { dossierId: second, note, amountVnd: 5000 }))
    expect(
      await done(specialist, 'settle-payment', (cx) => settlePayment(cx, { dossierId: second, cancelled: true, note: 'Được miễn' })),
    ).toMatchObject({ feeVnd: 0 })
    await done(specialist, 'request-payment', (cx) => requestPayment(cx, { dossierId: second, note, amountVnd: 5000 }))
    expect(await done(head, 'issue', (cx) => issueResult(cx, { dossierId: second, results: [], electronic: false }))).toMatchObject({
      status: 9,
    })
    expect((await stored(second)).pausedAt).toBeNull()
  })

  test('does not hold an applicant who wants to withdraw: it is cancelled first', async () => {
    const dossierId = await dossierAt('processing')
    await done(specialist, 'request-payment', (cx) => requestPayment(cx, { dossierId, note, amountVnd: 5000 }))
    expect(await done(citizen, 'withdraw', (cx) => withdrawDossier(cx, { dossierId, note: 'Không cần nữa' }))).toMatchObject({
      status: 7,
      feeVnd: 0,
    })
  })
})

describe('a due time is put off', () => {
  test('once, before it, to a later working day, with an apology the applicant reads', async () => {
    const dossierId = await dossierAt('processing')
    const due = (await stored(dossierId)).dueAt
    expect(await refused(head, 'extend', (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-08' }))).toBe(
      'dossier.not-a-working-day',
    )
    expect(await refused(head, 'extend', (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-02' }))).toBe(
      'dossier.new-due-not-later',
    )
    expect(await refused(specialist, 'extend', (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-09' }))).toBe('access.denied')
    const extended = await done(head, 'extend', (cx) => extendDossier(cx, { dossierId, note: 'Chờ xác minh hộ tịch', day: '2026-03-09' }))
    expect(extended.dueAt).toBe('2026-03-09T10:30:00Z')
    const now = await stored(dossierId)
    expect(now).toMatchObject({
      extensions: 1,
      dueChanges: [{ kind: 'extension', reason: 'Chờ xác minh hộ tịch', to: '2026-03-09T10:30:00.000Z' }],
    })
    expect(now.originalDueAt?.toString()).toBe(due?.toString())
    expect(await refused(head, 'extend', (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-11' }))).toBe('dossier.extensions-used')
    const view = must(await dossierForCitizen(house, { province, actor: citizen }, dossierId))
    expect(view.timeline.at(-1)?.sentence.vi).toBe(
      'Cơ quan xin lỗi vì chưa kịp trả kết quả và hẹn lại: 17:30 thứ Hai, 09/03/2026. Lý do: Chờ xác minh hộ tịch.',
    )
  })

  test('not any more once it has passed, even by a second', async () => {
    const dossierId = await dossierAt('processing')
    const due = (await stored(dossierId)).dueAt
    house.at(due?.toString() ?? '')
    expect(await refused(head, 'extend', (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-20' }))).toBe('dossier.extend-too-late')
  })

  test('nothing to move when the calendar says the same', async () => {
    const dossierId = await dossierAt('processing')
    expect(await refused(reformer, 'reschedule', (cx) => rescheduleDossier(cx, { dossierId, note }))).toBe('dossier.due-unchanged')
  })
})

describe('supplement rounds', () => {
  test('a second list is sent only by somebody who confirms that the index counts it late; a third one never', async () => {
    const dossierId = await dossierAt('processing')
    const ask =
      (confirmed?: boolean): Step =>
      (cx) =>
        requestSupplement(cx, { dossierId, note, items: ['Giấy chứng sinh'], confirmed })
    await done(specialist, 'request-supplement', ask())
    await done(citizen, 'answer-supplement', (cx) => answerSupplement(cx, { dossierId, note }))
    expect(await refused(specialist, 'request-supplement', ask())).toBe('dossier.supplement-needs-confirmation')
    await done(specialist, 'request-supplement', ask(true))
    await done(citizen, 'answer-supplement', (cx) => answerSupplement(cx, { dossierId, note }))
    expect(await refused(specialist, 'request-supplement', ask(true))).toBe('dossier.supplement-rounds-used')
  })

  test('before reception no clock runs and none stands still; it comes back to wait for reception', async () => {
    const dossierId = await dossierAt('submitted')
    expect(await done(clerk, 'request-supplement', (cx) => requestSupplement(cx, { dossierId, note }))).toMatchObject({
      status: 5,
      dueAt: null,
    })
    house.pass({ hours: 30 })
    expect(await done(citizen, 'answer-supplement', (cx) => answerSupplement(cx, { dossierId, note }))).toMatchObject({
      status: 1,
      stage: 'submitted',
    })
    const received = await done(clerk, 'receive', (cx) => receiveDossier(cx, { dossierId }))
    expect(received.status).toBe(2)
    expect(await stored(dossierId)).toMatchObject({ supplementRequests: 1, intakeSupplements: 1, supplementWorkingDays: 0 })
  })

  test('what does not come may be refused, with a ground that is in force', async () => {
    const dossierId = await dossierAt('submitted')
    await done(clerk, 'request-supplement', (cx) => requestSupplement(cx, { dossierId, note }))
    expect(await refused(clerk, 'refuse', (cx) => refuseDossier(cx, { dossierId, note, ground: 'khong-co-that' }))).toBe(
      'dossier.ground-needed',
    )
    expect(await done(clerk, 'refuse', (cx) => refuseDossier(cx, { dossierId, note, ground: 'khong-bo-sung' }))).toMatchObject({
      status: 3,
    })
    expect((await stored(dossierId)).refusalGround).toBe('khong-bo-sung')
  })
})

describe('a result', () => {
  test('is taken back only by a decision with number and date; its papers no longer stand, the days it lay there do not count', async () => {
    const dossierId = await dossierAt('ready')
    house.at('2026-03-04T09:00:00+07:00')
    const by = { dossierId, note: 'Sai tên người cha', decisionNumber: '12/QĐ-UBND', decisionDay: '2026-03-04' }
    expect(await refused(clerk, 'recall', (cx) => recallResult(cx, by))).toBe('access.denied')
    expect(await refused(head, 'recall', (cx) => recallResult(cx, { ...by, decisionDay: '2026-03-05' }))).toBe('dossier.decision-day-wrong')
    expect(await refused(head, 'recall', (cx) => recallResult(cx, { ...by, decisionNumber: '' }))).toBe('dossier.decision-needed')
    expect(await done(head, 'recall', (cx) => recallResult(cx, by))).toMatchObject({ status: 4, stage: 'processing', completedAt: null })
    const now = await stored(dossierId)
    expect(now).toMatchObject({ recalls: 1, resultElectronic: false, workedDays: null, dueChanges: [{ kind: 'recall' }] })
    expect(now.papers.filter(({ kind }) => kind === 'result')).toMatchObject([{ voided: true }])
    expect((await stored(dossierId)).papersTotal).toBe(1)
  })

  test('that nobody came for is recorded after some days, and can still be returned', async () => {
    const dossierId = await dossierAt('ready')
    expect(await refused(clerk, 'mark-uncollected', (cx) => markUncollected(cx, { dossierId }))).toBe('dossier.not-yet-uncollected')
    house.pass({ hours: 24 * 31 })
    await done(clerk, 'mark-uncollected', (cx) => markUncollected(cx, { dossierId }))
    expect(await refused(clerk, 'mark-uncollected', (cx) => markUncollected(cx, { dossierId }))).toBe('dossier.already-uncollected')
    expect(await done(clerk, 'return', (cx) => returnResult(cx, { dossierId }))).toMatchObject({ status: 10 })
  })
})

describe('a wish to withdraw', () => {
  test('is taken back before the office has stopped the dossier: that time was the applicant’s', async () => {
    const dossierId = await dossierAt('processing')
    await done(citizen, 'withdraw', (cx) => withdrawDossier(cx, { dossierId, note: 'Không cần nữa' }))
    house.at('2026-03-04T08:00:00+07:00')
    expect(await done(citizen, 'resume', (cx) => resumeDossier(cx, { dossierId, note: 'Vẫn cần' }))).toMatchObject({
      status: 4,
      stage: 'processing',
    })
    expect(await stored(dossierId)).toMatchObject({ closedAt: null, otherPausedDays: 2, dueChanges: [{ kind: 'withdrawal' }] })
    await done(citizen, 'withdraw', (cx) => withdrawDossier(cx, { dossierId, note: 'Thôi' }))
    await done(clerk, 'stop', (cx) => stopDossier(cx, { dossierId, note: 'Theo đề nghị của người nộp' }))
    expect(await refused(citizen, 'resume', (cx) => resumeDossier(cx, { dossierId, note }))).toBe('dossier.not-possible-now')
  })

  test('made while it waited for papers: going on ends both', async () => {
    const dossierId = await dossierAt('processing')
    await done(specialist, 'request-supplement', (cx) => requestSupplement(cx, { dossierId, note }))
    await done(citizen, 'withdraw', (cx) => withdrawDossier(cx, { dossierId, note }))
    house.pass({ hours: 24 })
    expect(await done(clerk, 'resume', (cx) => resumeDossier(cx, { dossierId, note }))).toMatchObject({ stage: 'processing' })
    expect(await stored(dossierId)).toMatchObject({ pausedAt: null, closedAt: null })
  })
})

describe('a transfer', () => {
  test('gives the dossier to the competent agency, on its calendar and in its counts; the code stays', async () => {
    const dossierId = await dossierAt('processing')
    const before = await stored(dossierId)
    expect(await refused(head, 'transfer', (cx) => transferDossier(cx, { dossierId, note, agencyCode: 'H12.01' }))).toBe(
      'dossier.wrong-agency',
    )
    expect(await refused(head, 'transfer', (cx) => transferDossier(cx, { dossierId, note, agencyCode: COMMUNE }))).toBe(
      'dossier.same-agency',
    )
    const moved = await done(head, 'transfer', (cx) =>
      transferDossier(cx, { dossierId, note: 'Nơi cư trú ở xã bên', agencyCode: OTHER_COMMUNE }),
    )
    expect(moved).toMatchObject({ agencyCode: OTHER_COMMUNE, code: before.code, status: 4, stage: 'received', assigneeId: null })
    expect(moved.receptionAgencyCode).toBe(COMMUNE)
    expect(await refused(head, 'issue', (cx) => issueResult(cx, { dossierId, results: [], electronic: false }))).toBe(
      'dossier.not-possible-now',
    )
    expect(must(await dossierForOfficer(house, { province, actor: otherHead }, dossierId)).actions).toContain('assign')
  })
})

describe('a mistake', () => {
  test('of a clerk is put right by an event with before and after; the counts move by the difference', async () => {
    const dossierId = await dossierAt('received', clerk)
    await done(clerk, 'correct', (cx) =>
      correctDossier(cx, { dossierId, note: 'Gõ nhầm họ', applicant: { name: 'Nguyên Thị Đào' }, channel: 'online', assisted: true }),
    )
    const now = await stored(dossierId)
    expect(now).toMatchObject({
      applicant: { name: 'Nguyên Thị Đào', phone: '0912345678' },
      channel: 'online',
      assisted: true,
      assistanceAgencyCode: COMMUNE,
    })
    const events = await db.read(province, (tx) => store.history(tx, dossierId))
    expect(events.at(-1)?.data).toMatchObject({
      changes: [{ field: 'name', before: 'Nguyễn Thị Đào', after: 'Nguyên Thị Đào' }, { field: 'channel' }, { field: 'assisted' }],
    })
    expect(await refused(clerk, 'correct', (cx) => correctDossier(cx, { dossierId, note, channel: 'online' }))).toBe(
      'dossier.nothing-to-correct',
    )
    expect(await refused(clerk, 'correct', (cx) => correctDossier(cx, { dossierId, note, papers: [{ number: 7, voided: true }] }))).toBe(
      'dossier.no-such-paper',
    )
  })

  test('in a closed dossier is the head’s to put right, and leaves it closed', async () => {
    const dossierId = await dossierAt('closed')
    const name = `Trần ${'Văn '.repeat(45)}Ơn 👶`
    expect(await refused(clerk, 'correct', (cx) => correctDossier(cx, { dossierId, note, applicant: { name } }))).toBe('access.denied')
    expect(await done(head, 'correct', (cx) => correctDossier(cx, { dossierId, note, applicant: { name } }))).toMatchObject({
      stage: 'closed',
      status: 10,
    })
    expect((await stored(dossierId)).applicant.name).toBe(name)
  })

  test('in a step is taken back by who took it on that day; a code that was given is never given again and still finds the dossier', async () => {
    const dossierId = await dossierAt('received')
    const { code } = await stored(dossierId)
    expect(await refused(secondClerk, 'undo', (cx) => undoStep(cx, { dossierId, note }))).toBe('dossier.undo-not-yours')
    const back = await done(clerk, 'undo', (cx) => undoStep(cx, { dossierId, note: 'Tiếp nhận nhầm' }))
    expect(back).toMatchObject({ stage: 'submitted', status: 1, code: null, dueAt: null })
    expect(must(await trackDossier(house, { province, actor: citizen }, { code: code ?? '', address: '127.0.0.9' })).id).toBe(dossierId)
    const again = await done(clerk, 'receive', (cx) => receiveDossier(cx, { dossierId }))
    expect(again.code).not.toBe(code)
    expect((await stored(dossierId)).formerCodes).toEqual([code])
  })

  test('is the head’s to take back on another day, and a note in between does not hinder it', async () => {
    const dossierId = await dossierAt('closed')
    house.pass({ hours: 24 })
    expect(await refused(clerk, 'undo', (cx) => undoStep(cx, { dossierId, note }))).toBe('dossier.undo-not-yours')
    expect(await done(head, 'undo', (cx) => undoStep(cx, { dossierId, note: 'Trả nhầm người' }))).toMatchObject({
      stage: 'ready',
      status: 9,
    })
    expect(await done(head, 'undo', (cx) => undoStep(cx, { dossierId, note: 'Ban hành nhầm' }))).toMatchObject({
      stage: 'signing',
      status: 4,
      completedAt: null,
    })
    expect((await stored(dossierId)).papers.filter(({ kind }) => kind === 'result')).toMatchObject([{ voided: true }])
    expect(
      await done(head, 'issue', (cx) => issueResult(cx, { dossierId, results: [{ name: 'Bản đúng', file: FILE }], electronic: true })),
    ).toMatchObject({ status: 9 })
    expect((await stored(dossierId)).papers.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('what the applicant did is not the office’s to take back', async () => {
    const dossierId = await dossierAt('processing')
    await done(citizen, 'withdraw', (cx) => withdrawDossier(cx, { dossierId, note }))
    expect(await refused(head, 'undo', (cx) => undoStep(cx, { dossierId, note }))).toBe('dossier.undo-not-ours')
  })
})

describe('two at once', () => {
  const race = async (dossierId: string, ...steps: [Actor, Step][]) => {
    const { version } = await stored(dossierId)
    const results = await Promise.all(steps.map(([who, step]) => house.as(who, (cx) => step({ ...cx })).then((result) => result)))
    const after = await stored(dossierId)
    return {
      won: results.filter(({ ok }) => ok).length,
      lost: results.flatMap((one) => (one.ok ? [] : [one.error.code])),
      steps: after.version - version,
    }
  }

  test('one succeeds, the other reads who did what', async () => {
    const late = 'dossier.changed-meanwhile'
    const on = async (stage: Parameters<typeof dossierAt>[0]) => {
      const dossierId = await dossierAt(stage)
      return { dossierId, version: (await stored(dossierId)).version }
    }
    const ready = await on('ready')
    expect(
      await race(
        ready.dossierId,
        [head, (cx) => recallResult(cx, { ...ready, note, decisionNumber: '1/QĐ', decisionDay: '2026-03-02' })],
        [clerk, (cx) => returnResult(cx, ready)],
      ),
    ).toEqual({ won: 1, lost: [late], steps: 1 })
    const working = await on('processing')
    expect(
      await race(
        working.dossierId,
        [head, (cx) => extendDossier(cx, { ...working, note, day: '2026-03-10' })],
        [head, (cx) => extendDossier(cx, { ...working, note, day: '2026-03-11' })],
        [head, (cx) => transferDossier(cx, { ...working, note, agencyCode: OTHER_COMMUNE })],
        [citizen, (cx) => withdrawDossier(cx, { ...working, note })],
      ),
    ).toEqual({ won: 1, lost: [late, late, late], steps: 1 })
    const received = await on('received')
    expect(
      await race(
        received.dossierId,
        [clerk, (cx) => undoStep(cx, { ...received, note })],
        [head, (cx) => undoStep(cx, { ...received, note })],
        [head, (cx) => assignDossier(cx, { ...received, assigneeId: secondSpecialist.officerId })],
      ),
    ).toEqual({ won: 1, lost: [late, late], steps: 1 })
  })

  test('without a version the second one is still told that the step is no longer possible, and money is taken once', async () => {
    const dossierId = await dossierAt('processing')
    await done(specialist, 'request-payment', (cx) => requestPayment(cx, { dossierId, note, amountVnd: 5000 }))
    const pay: Step = (cx) => recordPayment(cx, { dossierId, amountVnd: 5000, online: false })
    const { won, lost } = await race(
      dossierId,
      [clerk, pay],
      [secondClerk, pay],
      [clerk, (cx) => settlePayment(cx, { dossierId, elsewhere: true, note })],
    )
    expect(won).toBe(1)
    expect(lost).toHaveLength(2)
    expect(await stored(dossierId)).toMatchObject({ paidVnd: 5000, stage: 'processing' })
  })

  test('the same click sent again is one step and the same answer', async () => {
    const dossierId = await dossierAt('processing')
    const requestId = randomUUID()
    const click = () => house.as(head, (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-10' }), requestId)
    const [first, again] = [must(await click()), must(await click())]
    expect(again).toEqual(first)
    expect((await stored(dossierId)).extensions).toBe(1)
  })
})

describe('the last second of the due day', () => {
  const LAST = '23:59:59+07:00'
  const onTime = async (dossierId: string) => factsOf(await stored(dossierId))?.in.includes(measureIds.on_time)

  test('a result at the due time is on time, a second later it is late, and so is one at 23:59:59 of that day', async () => {
    for (const [later, expected] of [
      [0, true],
      [1, false],
    ] as const) {
      const dossierId = await dossierAt('signing')
      const due = (await stored(dossierId)).dueAt
      house.at(due?.toString() ?? '')
      house.pass({ seconds: later })
      await done(head, 'issue', (cx) => issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: true }))
      expect(await onTime(dossierId)).toBe(expected)
    }
    const dossierId = await dossierAt('signing')
    const day = dayOf((await stored(dossierId)).dueAt as Temporal.Instant)
    house.at(`${day}T${LAST}`)
    expect(await refused(head, 'extend', (cx) => extendDossier(cx, { dossierId, note, day: '2026-03-20' }))).toBe('dossier.extend-too-late')
    await done(head, 'issue', (cx) => issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: true }))
    const issued = await stored(dossierId)
    expect(issued.completedAt && dayOf(issued.completedAt)).toBe(day)
    expect(await onTime(dossierId)).toBe(false)
  })

  test('asking for papers then moves nothing: the due time is past and stays, whenever they come', async () => {
    const dossierId = await dossierAt('processing')
    const due = (await stored(dossierId)).dueAt as Temporal.Instant
    house.at(`${dayOf(due)}T${LAST}`)
    await done(specialist, 'request-supplement', (cx) => requestSupplement(cx, { dossierId, note, items: ['Giấy chứng sinh'] }))
    house.pass({ seconds: 1 })
    await done(citizen, 'answer-supplement', (cx) => answerSupplement(cx, { dossierId, note: 'Có đây', papers: [] }))
    expect((await stored(dossierId)).dueAt?.toString()).toBe(due.toString())
  })

  test('a dossier received then has the code and the day of that day; a second later the next day begins its own numbers', async () => {
    const ids = [await dossierAt('submitted'), await dossierAt('submitted')] as const
    house.at(`2026-03-10T${LAST}`)
    await done(clerk, 'receive', (cx) => receiveDossier(cx, { dossierId: ids[0] }))
    house.pass({ seconds: 1 })
    await done(clerk, 'receive', (cx) => receiveDossier(cx, { dossierId: ids[1] }))
    const [before, after] = [await stored(ids[0]), await stored(ids[1])]
    expect([before.code, after.code]).toEqual([`${COMMUNE}-260310-0001`, `${COMMUNE}-260311-0001`])
    expect([before.receivedDay, after.receivedDay]).toEqual(['2026-03-10', '2026-03-11'])
  })
})

describe('a dossier from the past', () => {
  const line = (n: number, status: number, change: Record<string, string> = {}): Record<string, string> => ({
    code: `${COMMUNE}-260225-9${String(n).padStart(3, '0')}`,
    procedure_code: BIRTH,
    agency_code: COMMUNE,
    channel: 'counter',
    assisted: 'false',
    submitted_at: '2026-02-25T08:00:00+07:00',
    received_at: status === 1 || status === 3 ? '' : '2026-02-25T08:30:00+07:00',
    due_at: status === 1 || status === 3 ? '' : '2026-03-05T17:00:00+07:00',
    completed_at: status >= 9 ? '2026-02-27T16:00:00+07:00' : '',
    returned_at: status === 10 ? '2026-02-27T16:30:00+07:00' : '',
    status: String(status),
    fee_vnd: '8000',
    paid_vnd: status === 6 ? '0' : '8000',
    paid_online: 'false',
    papers_total: '2',
    papers_digitised: '1',
    papers_reused: '0',
    result_electronic: 'false',
    supplement_requests: status === 5 ? '1' : '0',
    supplement_working_days: '0',
    applicant_name: 'Lý Thị Mười',
    applicant_id: '',
    applicant_phone: '0912345678',
    ...change,
  })

  async function imported(...statuses: number[]): Promise<Map<number, string>> {
    house.at('2026-03-02T08:00:00+07:00')
    const kind = dossierImport()
    const rows = statuses.map((status) => {
      const read = kind.parse(line(status, status))
      if (!read.ok) throw new Error(JSON.stringify(read.error))
      return { line: status, row: read.value }
    })
    await db.write(province, (tx) => kind.apply({ tx, now: house.clock(), province, id: randomUUID }, rows))
    const { rows: found } = await db.read(province, (tx) =>
      sql<{ id: string; status: number }>`select id, status from dossier where source = 'import'`.execute(tx),
    )
    return new Map(found.map(({ id, status }) => [status, id]))
  }

  test('shows its history and obeys the same law from then on, at whatever status it came', async () => {
    const ids = await imported(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    const at = (status: number): string => ids.get(status) ?? ''
    expect(ids.size).toBe(10)
    for (const id of ids.values()) expect(must(await dossierForOfficer(house, { province, actor: head }, id)).timeline).toHaveLength(1)
    house.pass({ hours: 3 })
    const known = (await stored(at(1))).code
    expect((await done(clerk, 'receive', (cx) => receiveDossier(cx, { dossierId: at(1) }))).code).toBe(known)
    expect(await done(head, 'extend', (cx) => extendDossier(cx, { dossierId: at(2), note, day: '2026-03-12' }))).toMatchObject({
      dueAt: '2026-03-12T10:30:00Z',
    })
    expect(await done(head, 'transfer', (cx) => transferDossier(cx, { dossierId: at(4), note, agencyCode: OTHER_COMMUNE }))).toMatchObject({
      stage: 'received',
    })
    expect(await done(clerk, 'answer-supplement', (cx) => answerSupplement(cx, { dossierId: at(5), note }))).toMatchObject({
      stage: 'received',
      status: 4,
    })
    expect(await done(clerk, 'pay', (cx) => recordPayment(cx, { dossierId: at(6), amountVnd: 8000, online: false }))).toMatchObject({
      status: 4,
    })
    expect(await done(clerk, 'resume', (cx) => resumeDossier(cx, { dossierId: at(7), note }))).toMatchObject({ status: 4 })
    expect(
      await done(head, 'recall', (cx) => recallResult(cx, { dossierId: at(9), note, decisionNumber: '3/QĐ', decisionDay: '2026-03-02' })),
    ).toMatchObject({ status: 4 })
    for (const closed of [3, 8, 10]) {
      expect(await refused(clerk, 'stop', (cx) => stopDossier(cx, { dossierId: at(closed), note }))).toBe('dossier.not-possible-now')
      expect(await refused(head, 'undo', (cx) => undoStep(cx, { dossierId: at(closed), note }))).toBe('dossier.nothing-to-undo')
    }
    await done(head, 'assign', (cx) => assignDossier(cx, { dossierId: at(2), assigneeId: specialist.officerId }))
    await done(specialist, 'submit-for-signature', (cx) => submitForSignature(cx, { dossierId: at(2) }))
    await done(head, 'issue', (cx) => issueResult(cx, { dossierId: at(2), results: [], electronic: false }))
    expect(await done(clerk, 'return', (cx) => returnResult(cx, { dossierId: at(2) }))).toMatchObject({ status: 10 })
    expect(must(await dossierForOfficer(house, { province, actor: head }, at(2))).timeline.map(({ type }) => type.slice(8))).toEqual([
      'imported',
      'extended',
      'assigned',
      'submitted-for-signature',
      'issued',
      'returned',
    ])
  })
})

test('every step that changes where a dossier stands was taken on the real database here', () => {
  const elsewhere: readonly Action[] = ['note', 'digitise', 'send-back', 'reschedule']
  const missed = (Object.keys(transitions) as Action[]).filter((action) => !taken.has(action) && !elsewhere.includes(action))
  process.stdout.write(`store: ${taken.size} kinds of step taken; not taken here: ${missed.join(', ') || 'none'}\n`)
  expect(missed).toEqual([])
})
