import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type { Refusal } from '../../../kernel/errors.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { notPossibleNow } from '../errors.ts'
import type { DecidedEvent } from '../events.ts'
import { type Channel, type Dossier, newDossier, paperCounts } from './dossier.ts'
import * as decide from './lifecycle.ts'
import { type Action, actions } from './transitions.ts'

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

/** Carries an attempt out on a dossier, as the command would. */
export function tryAction(dossier: Dossier, { action, pick }: Attempt, now: Temporal.Instant): Result<decide.Decision, Refusal> {
  const note = pick === 0 && action !== 'pay' ? '' : 'Theo giấy tờ kèm theo'
  switch (action) {
    case 'receive': {
      const due = now.add({ hours: 24 * (1 + (pick % 5)) })
      return decide.decideReceive(
        dossier,
        { serial: pick + 1, due, explanation: [{ vi: 'Hạn', en: 'Due' }], feeVnd: dossier.feeVnd, procedureVersion: 1 },
        now,
      )
    }
    case 'refuse':
      return decide.decideRefuse(dossier, { note, ground: pick === 7 ? undefined : GROUND }, now)
    case 'assign':
      return decide.decideAssign(
        dossier,
        { assigneeId: `01900000-0000-7000-8000-0000000001${10 + (pick % 3)}`, assigneeName: `Chuyên viên ${pick % 3}` },
        now,
      )
    case 'note':
      return decide.decideNote(dossier, { note, papers: papersFor(pick) }, now)
    case 'request-supplement':
      return decide.decideRequestSupplement(dossier, { note, items: ['Bản sao giấy chứng sinh'] }, now)
    case 'answer-supplement': {
      const pausedWorkingMs = dossier.pausedAt ? now.epochMilliseconds - dossier.pausedAt.epochMilliseconds : 0
      const due = dossier.dueAt?.add({ milliseconds: pausedWorkingMs }) ?? null
      return decide.decideAnswerSupplement(
        dossier,
        {
          note,
          papers: papersFor(pick),
          pausedWorkingMs,
          pausedWorkingDays: Math.floor(pausedWorkingMs / 86_400_000),
          due,
          explanation: dossier.dueExplanation,
        },
        now,
      )
    }
    case 'submit-for-signature':
      return decide.decideSubmitForSignature(dossier, {}, now)
    case 'send-back':
      return decide.decideSendBack(dossier, { note }, now)
    case 'issue':
      return decide.decideIssue(
        dossier,
        { results: pick % 2 ? [{ name: 'Giấy khai sinh', file: FILE }] : [], electronic: pick % 4 === 1, workedDays: pick },
        now,
      )
    case 'return':
      return decide.decideReturn(dossier, {}, now)
    case 'withdraw':
      return decide.decideWithdraw(dossier, { note }, now)
    case 'stop':
      return decide.decideStop(dossier, { note }, now)
    case 'pay':
      return decide.decidePay(dossier, { amountVnd: Math.min(dossier.feeVnd, 4000 * (1 + (pick % 3))), online: pick % 2 === 0 }, now)
    case 'digitise':
      return decide.decideDigitise(dossier, { number: 1 + (pick % 4), file: FILE }, now)
    default:
      return refuse(notPossibleNow(action, dossier.stage))
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
  const refusals: { attempt: Attempt; before: Dossier; refusal: Refusal }[] = []
  for (const one of attempts) {
    now = now.add({ minutes: one.minutes })
    const decided = tryAction(dossier, one, now)
    if (!decided.ok) {
      refusals.push({ attempt: one, before: dossier, refusal: decided.error })
      continue
    }
    dossier = decided.value.next
    states.push(dossier)
    events.push(...decided.value.events)
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
