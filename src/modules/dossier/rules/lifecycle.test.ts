import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DossierEvent } from '../events.ts'
import { type Dossier, dossierFromJson, dossierToJson } from './dossier.ts'
import { foldEvents } from './fold.ts'
import { anyLife, attempt, FILE, fileDossier, filing, GROUND, play, START, tryAction } from './history.test-support.ts'
import * as decide from './lifecycle.ts'
import { type Action, transitions } from './transitions.ts'

const plain = { channel: 'online' as const, assisted: false, feeVnd: 8000, papers: [{ file: true, reused: false }], returnsResult: true }
const later = (hours: number) => START.add({ hours })

/** A dossier taken through some steps, an hour apart. */
function taken(...steps: Action[]): Dossier {
  const { states, refusals } = play(
    plain,
    steps.map((action) => ({ action, minutes: 60, pick: 1 })),
  )
  expect(refusals.map(({ attempt: { action }, refusal }) => `${action}: ${refusal.code}`)).toEqual([])
  return states.at(-1) as Dossier
}

describe('the way of a dossier', () => {
  test('filed, received, assigned, signed, issued and returned: the national status goes 1, 2, 4, 4, 9, 10', () => {
    const { states } = play(
      plain,
      (['receive', 'assign', 'submit-for-signature', 'issue', 'return'] as const).map((action) => ({ action, minutes: 60, pick: 1 })),
    )
    expect(states.map(({ status }) => status)).toEqual([1, 2, 4, 4, 9, 10])
    expect(states.map(({ stage }) => stage)).toEqual(['submitted', 'received', 'processing', 'signing', 'ready', 'closed'])
  })

  test('reception gives the code of the resolving agency and the civil day in Vietnam', () => {
    const lateEvening = fileDossier(plain).submittedAt.add({ hours: 17 })
    const due = lateEvening.add({ hours: 48 })
    const received = decide.decideReceive(
      fileDossier(plain),
      { serial: 7, due, explanation: [], feeVnd: 8000, procedureVersion: 2 },
      lateEvening,
    )
    expect(received).toMatchObject({
      ok: true,
      value: { next: { code: 'H12.101-260303-0007', receivedDay: '2026-03-03', procedureVersion: 2 } },
    })
  })

  test('a refusal at the desk needs its reason, because the person will read it', () => {
    expect(decide.decideRefuse(fileDossier(plain), { note: '  ', ground: GROUND }, later(1))).toMatchObject({
      ok: false,
      error: { code: 'dossier.reason-needed' },
    })
    const refused = decide.decideRefuse(fileDossier(plain), { note: 'Không thuộc thẩm quyền', ground: GROUND }, later(1))
    expect(refused).toMatchObject({ ok: true, value: { next: { status: 3, stage: 'closed' } } })
  })

  test('a second list of papers is sent only by somebody who knows that the index counts the dossier late, and a third one never', () => {
    const answered = taken('receive', 'assign', 'request-supplement', 'answer-supplement')
    const again = { note: 'Thiếu nữa', maxRounds: 2 }
    expect(decide.decideRequestSupplement(answered, again, later(9))).toMatchObject({
      ok: false,
      error: { code: 'dossier.supplement-needs-confirmation' },
    })
    const asked = decide.decideRequestSupplement(answered, { ...again, confirmed: true }, later(9))
    expect(asked).toMatchObject({ ok: true, value: { events: [{ data: { round: 2 } }], next: { status: 5, supplementRequests: 2 } } })
    const twice = { ...answered, supplementRequests: 2 }
    expect(decide.decideRequestSupplement(twice, { ...again, confirmed: true }, later(10))).toMatchObject({
      ok: false,
      error: { code: 'dossier.supplement-rounds-used' },
    })
  })

  test('the clock stands still from the request to the answer, and the due time moves by as much', () => {
    const waiting = taken('receive', 'assign', 'request-supplement')
    expect(waiting.status).toBe(5)
    expect(waiting.pausedAt?.toString()).toBe(later(3).toString())
    const due = waiting.dueAt?.add({ hours: 5 }) ?? null
    const input = {
      papers: [{ name: 'Giấy chứng sinh', file: FILE }],
      pausedWorkingMs: 5 * 3_600_000,
      pausedWorkingDays: 0,
      due,
      explanation: [],
    }
    const answered = decide.decideAnswerSupplement(waiting, input, later(8))
    if (!answered.ok) throw new Error(answered.error.code)
    expect(answered.value.next).toMatchObject({
      status: 4,
      stage: 'processing',
      pausedAt: null,
      pausedWorkingMs: 5 * 3_600_000,
      papersTotal: 2,
    })
    expect(answered.value.next.dueAt?.toString()).toBe(due?.toString())
    expect(answered.value.next.originalDueAt?.toString()).toBe(waiting.originalDueAt?.toString())
  })

  test('a dossier that nobody held when more papers were asked for waits again for a specialist', () => {
    expect(taken('receive', 'request-supplement', 'answer-supplement')).toMatchObject({ stage: 'received', status: 4 })
  })

  test('what nobody has received is closed at once when the applicant takes it back; the rest is stopped by the office', () => {
    expect(taken('withdraw')).toMatchObject({ status: 8, stage: 'closed', receivedAt: null })
    expect(taken('receive', 'withdraw')).toMatchObject({ status: 7, stage: 'withdrawn' })
    expect(taken('receive', 'withdraw', 'stop')).toMatchObject({ status: 8, stage: 'closed' })
  })

  test('with a decision made, nothing can be taken back any more', () => {
    const issued = taken('receive', 'assign', 'submit-for-signature', 'issue')
    expect(decide.decideWithdraw(issued, { note: 'Đổi ý' }, later(9))).toMatchObject({
      ok: false,
      error: { code: 'dossier.not-possible-now' },
    })
  })

  test('an electronic result needs its file', () => {
    const signing = taken('receive', 'assign', 'submit-for-signature')
    const refused = decide.decideIssue(signing, { results: [{ name: 'Giấy khai sinh' }], electronic: true, workedDays: 1 }, later(9))
    expect(refused).toMatchObject({ ok: false, error: { code: 'dossier.electronic-result-needs-file' } })
  })

  test('nobody pays more than is owed', () => {
    const paid = decide.decidePay(fileDossier(plain), { amountVnd: 8000, online: true }, later(1))
    if (!paid.ok) throw new Error(paid.error.code)
    expect(paid.value.next).toMatchObject({ paidVnd: 8000, paidOnline: true })
    expect(decide.decidePay(paid.value.next, { amountVnd: 1, online: true }, later(2))).toMatchObject({
      ok: false,
      error: { code: 'dossier.amount-not-owed' },
    })
    expect(decide.decidePay(fileDossier(plain), { amountVnd: 8001, online: true }, later(1)).ok).toBe(false)
  })

  test('a paper gets its digital copy once, and the dossier counts as digitised when all have one', () => {
    const onPaper = fileDossier({
      ...plain,
      papers: [
        { file: false, reused: false },
        { file: true, reused: true },
      ],
    })
    expect(onPaper).toMatchObject({ papersTotal: 2, papersDigitised: 1, papersReused: 1 })
    const done = decide.decideDigitise(onPaper, { number: 1, file: FILE }, later(1))
    if (!done.ok) throw new Error(done.error.code)
    expect(done.value.next).toMatchObject({ papersTotal: 2, papersDigitised: 2 })
    expect(decide.decideDigitise(done.value.next, { number: 1, file: FILE }, later(2))).toMatchObject({
      ok: false,
      error: { code: 'dossier.already-digitised' },
    })
    expect(decide.decideDigitise(done.value.next, { number: 9, file: FILE }, later(2))).toMatchObject({
      ok: false,
      error: { code: 'dossier.no-such-paper' },
    })
  })

  test('a refusal names the step and where the dossier stands', () => {
    const refused = decide.decideReceive(
      taken('receive'),
      { serial: 2, due: later(9), explanation: [], feeVnd: 0, procedureVersion: 1 },
      later(2),
    )
    expect(refused).toMatchObject({ ok: false, error: { message: { vi: 'Không thể "Tiếp nhận" khi hồ sơ đang ở bước "Chờ phân công".' } } })
  })
})

describe('whatever is tried, in whatever order', () => {
  test('the state that the events lead to is the state that is stored', () => {
    fc.assert(
      fc.property(filing, anyLife, (given, attempts) => {
        const { states, events } = play(given, attempts)
        // As the log keeps them: through JSON and back.
        const logged = events.map((event) => ({ ...event, data: JSON.parse(JSON.stringify(event.data)) }) as DossierEvent)
        expect(dossierToJson(foldEvents(logged) as Dossier)).toEqual(dossierToJson(states.at(-1) as Dossier))
      }),
      { numRuns: 300 },
    )
  })

  test('what the table does not allow is refused, without an event', () => {
    fc.assert(
      fc.property(filing, anyLife, attempt, (given, attempts, one) => {
        const dossier = play(given, attempts).states.at(-1) as Dossier
        const decided = tryAction(dossier, one, START.add({ hours: 24 * 365 }))
        const allowed = transitions[one.action].from.includes(dossier.stage)
        if (!allowed) expect(decided).toMatchObject({ ok: false, error: { code: 'dossier.not-possible-now' } })
        if (decided.ok) expect(decided.value.events.every(({ type }) => type.startsWith('dossier.'))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a closed dossier stays closed unless a step taken by mistake is taken back', () => {
    fc.assert(
      fc.property(filing, anyLife, (given, attempts) => {
        const { states } = play(
          given,
          attempts.filter(({ action }) => action !== 'undo'),
        )
        const closed = states.findIndex(({ stage }) => stage === 'closed')
        if (closed >= 0) expect(states.slice(closed).every(({ stage }) => stage === 'closed')).toBe(true)
      }),
    )
  })

  test('every step adds one to the version, so whoever comes second is noticed', () => {
    fc.assert(
      fc.property(filing, anyLife, (given, attempts) => {
        const { states, events } = play(given, attempts)
        expect(states.at(-1)?.version).toBe(events.length)
      }),
    )
  })

  test('a dossier survives the trip through JSON', () => {
    fc.assert(
      fc.property(filing, anyLife, (given, attempts) => {
        const dossier = play(given, attempts).states.at(-1) as Dossier
        const again = dossierFromJson(JSON.parse(JSON.stringify(dossierToJson(dossier))))
        expect(dossierToJson(again)).toEqual(dossierToJson(dossier))
      }),
    )
  })
})
