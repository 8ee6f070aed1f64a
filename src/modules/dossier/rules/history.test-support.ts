import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { buildCalendar, clock, readNationalCalendar, type WorkCalendar, workingDayAfter } from '../../calendar/index.ts'
import { notPossibleNow } from '../errors.ts'
import type { DecidedEvent } from '../events.ts'
import { type Channel, type Clock, type Dossier, isoText, newDossier, paperCounts } from './dossier.ts'
import type { LifecycleRule } from './law.ts'
import type { PastEvent, Wanted } from './lifecycle.ts'
import * as decide from './lifecycle.ts'
import { Reckoning } from './reckoning.ts'
import { type Action, actions, transitions } from './transitions.ts'

/** One thing a person tries, some minutes after the one before; `pick` chooses among variants. */
export interface Attempt {
  readonly action: Action
  readonly minutes: number
  readonly pick: number
}

export const attempt: fc.Arbitrary<Attempt> = fc.record({
  action: fc.constantFrom(...actions),
  minutes: fc.integer({ min: 1, max: 60 * 24 * 4 }),
  pick: fc.nat(11),
})

/** What is filed: who, how, with which papers and fee. */
export interface Filing {
  readonly channel: Channel
  readonly assisted: boolean
  readonly feeVnd: number
  readonly papers: readonly { readonly file: boolean; readonly reused: boolean }[]
  readonly returnsResult: boolean
}

export const filing: fc.Arbitrary<Filing> = fc.record({
  channel: fc.constantFrom('online' as const, 'counter' as const, 'post' as const),
  assisted: fc.boolean(),
  feeVnd: fc.constantFrom(0, 8000, 50_000),
  papers: fc.array(fc.record({ file: fc.boolean(), reused: fc.boolean() }), { maxLength: 4 }),
  returnsResult: fc.boolean(),
})

export const START = Temporal.Instant.from('2026-03-02T01:00:00Z')
export const FILE = { sha256: 'a'.repeat(64), size: 1200, type: 'application/pdf' }

export const GROUND = { code: 'khong-thuoc-tham-quyen', text: { vi: 'Không thuộc thẩm quyền', en: 'Not competent' } }

export function fileDossier(given: Filing, at = START, id = '01900000-0000-7000-8000-000000000001'): Dossier {
  const inputs = given.papers.map(({ file, reused }, n) => ({ name: `Giấy tờ ${n + 1}`, file: file ? FILE : null, reused }))
  const papers = decide.recordPapers(inputs, 'component', 0).map((record) => ({ ...record, addedAt: at }))
  return newDossier({
    id,
    reference: '4F7K-9QZT-2M8C',
    procedureCode: '1.001193',
    procedureVersion: 1,
    procedureName: 'Đăng ký khai sinh',
    agencyCode: 'H12.101',
    receptionAgencyCode: 'H12.101',
    channel: given.channel,
    assisted: given.channel === 'online' && given.assisted,
    submittedAt: at,
    applicant: { name: 'Nguyễn Thị Đào', number: '096190000123', phone: '0912345678', email: null },
    answers: { childName: 'Nguyễn Văn Tí' },
    feeVnd: given.feeVnd,
    returnsResult: given.returnsResult,
    papers,
    ...paperCounts(papers),
  })
}

const papersFor = (pick: number) => (pick % 3 === 0 ? [] : [{ name: 'Giấy bổ sung', file: pick % 3 === 1 ? FILE : null }])

const calendar = await readNationalCalendar()
/** A second agency whose office works otherwise: a transfer there moves due times. */
const otherCalendar = buildCalendar({
  from: '2022-01-01',
  to: '2027-12-31',
  days: [],
  hours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ validFrom: '2022-01-01', weekday, opens: 420, closes: 1020 })),
})
export const OTHER_AGENCY = 'H12.102'
export const calendarOf = (agencyCode: string): WorkCalendar => (agencyCode === OTHER_AGENCY ? otherCalendar : calendar)

/** What the dated rules allow, in these tests. */
export const RULE: LifecycleRule = { maxExtensions: 1, extensionNoticeWorkingDays: 0, maxSupplementRounds: 2, uncollectedAfterDays: 3 }

export const reckon = (dossier: Dossier, now: Temporal.Instant): Reckoning =>
  new Reckoning(dossier, now, { limit: 3, unit: 'working_day' }, calendarOf)

const officerId = (pick: number): string => `01900000-0000-7000-8000-0000000002${10 + (pick % 2)}`

/** Who does it: mostly officers, of whom there are two; what applicants do is theirs. */
export function actorOf({ action, pick }: Attempt): PastEvent['actor'] {
  const byApplicant = (action === 'withdraw' || action === 'answer-supplement' || action === 'resume') && pick % 3 === 0
  return byApplicant ? { kind: 'citizen', id: 'c' } : { kind: 'officer', id: officerId(pick) }
}

function corrected(dossier: Dossier, pick: number): Wanted {
  const number = 1 + (pick % 4)
  switch (pick % 6) {
    case 0:
      return {}
    case 1:
      return { applicant: { name: `Nguyễn Thị Đào ${dossier.version}`, phone: '0912345679' } }
    case 2:
      return { channel: pick > 5 ? 'online' : 'counter', assisted: pick > 8 }
    case 3:
      return { feeVnd: pick * 1000 }
    case 4:
      return { papers: [{ number, voided: pick > 5, name: 'Giấy tờ đã sửa' }] }
    default:
      return { papers: [{ number, reused: pick > 5 }] }
  }
}

/** Carries an attempt out on a dossier, as the command would. */
export function tryAction(
  dossier: Dossier,
  { action, pick }: Attempt,
  now: Temporal.Instant,
  past: readonly PastEvent[] = [],
  serial = pick + 1,
): Result<decide.Decision, Refusal> {
  const note = pick === 0 && action !== 'pay' ? '' : 'Theo giấy tờ kèm theo'
  if (!transitions[action].from.includes(dossier.stage)) return refuse(notPossibleNow(action, dossier.stage))
  const time = reckon(dossier, now)
  switch (action) {
    case 'receive': {
      const ledger: Clock = {
        limit: { limit: 1 + (pick % 5), unit: 'working_day' },
        events: [{ type: 'start', at: isoText(now), agency: dossier.agencyCode }],
      }
      const { due, explanation } = clock(ledger.events, ledger.limit, calendarOf)
      return decide.decideReceive(dossier, { serial, due, explanation, clock: ledger, feeVnd: dossier.feeVnd, procedureVersion: 1 }, now)
    }
    case 'refuse':
      return decide.decideRefuse(dossier, { note, ground: pick === 7 ? undefined : GROUND, ledger: time.ledger }, now)
    case 'assign':
      return decide.decideAssign(
        dossier,
        { assigneeId: `01900000-0000-7000-8000-0000000001${10 + (pick % 3)}`, assigneeName: `Chuyên viên ${pick % 3}` },
        now,
      )
    case 'note':
      return decide.decideNote(dossier, { note, papers: papersFor(pick) }, now)
    case 'request-supplement':
      return decide.decideRequestSupplement(
        dossier,
        {
          note,
          items: ['Bản sao giấy chứng sinh'],
          confirmed: pick % 2 === 0,
          maxRounds: RULE.maxSupplementRounds,
          ledger: time.ledger,
        },
        now,
      )
    case 'answer-supplement': {
      const { resumed, ledger } = time.goOn(['supplement'])
      return decide.decideAnswerSupplement(
        dossier,
        {
          note,
          papers: papersFor(pick),
          pausedWorkingMs: resumed.pausedWorkingMs,
          pausedWorkingDays: resumed.pausedWorkingDays,
          due: resumed.dueAt === null ? null : Temporal.Instant.from(resumed.dueAt),
          explanation: resumed.dueExplanation,
          why: resumed.why,
          ledger,
        },
        now,
      )
    }
    case 'submit-for-signature':
      return decide.decideSubmitForSignature(dossier, {}, now)
    case 'send-back':
      return decide.decideSendBack(dossier, { note }, now)
    case 'issue': {
      const on = dossier.stage === 'payment' ? time.goOn(['payment']) : { resumed: undefined, ledger: time.ledger }
      return decide.decideIssue(
        dossier,
        {
          results: pick % 2 ? [{ name: 'Giấy khai sinh', file: FILE }] : [],
          electronic: pick % 4 === 1 || pick === 10,
          workedDays: time.workedDays(),
          ...on,
        },
        now,
      )
    }
    case 'return':
      return decide.decideReturn(dossier, {}, now)
    case 'withdraw': {
      const on = dossier.stage === 'payment' ? time.goOn(['payment']) : { ledger: time.ledger }
      return decide.decideWithdraw(dossier, { note, ...on }, now)
    }
    case 'stop':
      return decide.decideStop(dossier, { note, ledger: time.ledger }, now)
    case 'pay': {
      const on = dossier.stage === 'payment' ? time.goOn(['payment']) : {}
      const owed = dossier.feeVnd - dossier.paidVnd
      const amountVnd = pick > 8 ? owed : Math.min(dossier.feeVnd, 4000 * (1 + (pick % 3)))
      return decide.decidePay(dossier, { amountVnd, online: pick % 2 === 0, ...on }, now)
    }
    case 'digitise':
      return decide.decideDigitise(dossier, { number: 1 + (pick % 4), file: FILE }, now)
    case 'request-payment':
      return decide.decideRequestPayment(
        dossier,
        { note, amountVnd: pick === 5 ? 0 : 1000 * pick, pauses: time.standsStill('payment'), ledger: time.ledger },
        now,
      )
    case 'settle-payment': {
      const on = time.goOn(['payment'])
      const how = pick % 4
      return decide.decideSettlePayment(
        dossier,
        {
          note,
          ...(how === 1 ? { amountVnd: dossier.feeVnd - dossier.paidVnd } : {}),
          elsewhere: how === 2,
          cancelled: how === 3,
          ...on,
        },
        now,
      )
    }
    case 'extend': {
      if (dossier.dueAt === null) {
        const nothing = { due: now, explanation: [], why: { vi: '', en: '' }, maxExtensions: 1, latest: now }
        return decide.decideExtend(dossier, { note, ...nothing }, now)
      }
      const day = workingDayAfter(dayOf(dossier.dueAt), pick % 3, calendarOf(dossier.agencyCode))
      return decide.decideExtend(dossier, time.extension({ note, day }, RULE), now)
    }
    case 'reschedule': {
      const moved = time.rescheduled({ vi: note, en: note })
      const due = moved && pick > 3 ? moved.due.add({ hours: 24 }) : moved?.due
      return decide.decideReschedule(dossier, { note, why: { vi: note, en: note }, explanation: [], ...moved, due: due ?? now }, now)
    }
    case 'recall': {
      const { due, explanation, why, ledger } = time.reopened()
      return decide.decideRecall(
        dossier,
        {
          note,
          decisionNumber: pick === 6 ? ' ' : '12/QĐ-UBND',
          decisionDay: pick === 8 ? '2025-01-01' : dayOf(now),
          ...(due && explanation ? { due, explanation, ...(why ? { why } : {}) } : {}),
          ledger,
        },
        now,
      )
    }
    case 'mark-uncollected':
      return decide.decideMarkUncollected(dossier, { afterDays: RULE.uncollectedAfterDays }, now)
    case 'resume':
      return decide.decideResume(dossier, { note, ...time.goOnAfterWithdrawal() }, now)
    case 'transfer': {
      const agencyCode = dossier.agencyCode === OTHER_AGENCY ? 'H12.101' : OTHER_AGENCY
      const to = pick === 9 ? dossier.agencyCode : agencyCode
      const moved = time.transferred(to)
      return decide.decideTransfer(
        dossier,
        { note, agencyCode: to, agencyName: to, ...(pick > 6 && to === agencyCode ? { receptionAgencyCode: to } : {}), ...moved },
        now,
      )
    }
    case 'correct':
      return decide.decideCorrect(dossier, { note, ...corrected(dossier, pick) }, now)
    case 'undo':
      return decide.decideUndo(dossier, { note, step: decide.lastStepOf(past), officerId: officerId(pick), any: pick > 8 }, now)
  }
}

export interface Played {
  readonly states: readonly Dossier[]
  readonly events: readonly DecidedEvent[]
  readonly refusals: readonly { attempt: Attempt; before: Dossier; refusal: Refusal }[]
}

/** A whole life: filed, then everything tried in order; refusals change nothing. */
export function play(given: Filing, attempts: readonly Attempt[], id?: string): Played {
  const filed = decide.decideSubmit(fileDossier(given, START, id), START)
  if (!filed.ok) throw new Error(filed.error.code)
  let dossier = filed.value.next
  let now = START
  const states = [dossier]
  const events = [...filed.value.events]
  const past: PastEvent[] = events.map((event) => ({ event, actor: { kind: 'citizen', id: 'c' }, requestId: null }))
  const refusals: { attempt: Attempt; before: Dossier; refusal: Refusal }[] = []
  for (const one of attempts) {
    now = now.add({ minutes: one.minutes })
    const decided = tryAction(dossier, one, now, past, states.length)
    if (!decided.ok) {
      refusals.push({ attempt: one, before: dossier, refusal: decided.error })
      continue
    }
    dossier = decided.value.next
    states.push(dossier)
    events.push(...decided.value.events)
    past.push(...decided.value.events.map((event) => ({ event, actor: actorOf(one), requestId: `r${states.length}` })))
  }
  return { states, events, refusals }
}

/** Lives that get somewhere: mostly the usual order, with things tried in between. */
export const usualLife: fc.Arbitrary<Attempt[]> = fc
  .record({
    usual: fc.subarray<Action>(
      [
        'receive',
        'assign',
        'request-supplement',
        'answer-supplement',
        'submit-for-signature',
        'send-back',
        'submit-for-signature',
        'issue',
        'return',
      ],
      { minLength: 3 },
    ),
    between: fc.array(attempt, { maxLength: 6 }),
    minutes: fc.integer({ min: 1, max: 60 * 24 * 3 }),
    pick: fc.integer({ min: 1, max: 11 }),
    places: fc.array(fc.nat(20), { maxLength: 6 }),
  })
  .map(({ usual, between, minutes, pick, places }) => {
    const life: Attempt[] = usual.map((action) => ({ action, minutes, pick }))
    between.forEach((one, n) => {
      life.splice((places[n] ?? 0) % (life.length + 1), 0, one)
    })
    return life
  })

export const anyLife: fc.Arbitrary<Attempt[]> = fc.oneof(fc.array(attempt, { maxLength: 25 }), usualLife)
