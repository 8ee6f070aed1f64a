import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DossierEvent } from '../events.ts'
import { factsOf, recountFrom, sumFacts } from '../measures.ts'
import { make, one } from './decide.ts'
import { type Dossier, dossierToJson, type Stage, type Status, stages } from './dossier.ts'
import { foldEvents } from './fold.ts'
import { type Attempt, actorOf, fileDossier, RULE, reckon, START, tryAction } from './history.test-support.ts'
import type { PastEvent } from './lifecycle.ts'
import * as decide from './lifecycle.ts'
import { type Action, actions, possibleActions, transitions } from './transitions.ts'

/** At least this many attempts, in every run of the suite. */
const STEPS = 100_000
const SEED = 20_261_121

/** A small generator with a seed (mulberry32): the same walk every time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The ways between the national codes, and one of our own: a supplement asked for before reception leads back to 1. */
const national: Readonly<Record<Status, readonly Status[]>> = {
  1: [2, 3, 5, 7],
  2: [4, 5, 6, 7, 8],
  3: [],
  4: [5, 6, 7, 8, 9],
  5: [4, 8, 7, 3, 1],
  6: [4, 8, 9],
  7: [8, 4],
  8: [],
  9: [10, 4],
  10: [],
}

/** Which code a stage can have. */
const statusesOf: Readonly<Record<Stage, readonly Status[]>> = {
  submitted: [1],
  received: [2, 4],
  processing: [4],
  signing: [4],
  supplement: [5],
  payment: [6],
  withdrawn: [7],
  ready: [9],
  closed: [3, 8, 10],
}

interface Life {
  dossier: Dossier
  now: Temporal.Instant
  readonly past: PastEvent[]
}

const visited = new Set<string>()
const refusedAt = new Set<string>()
const refusals = new Map<string, number>()
const codes = new Map<string, string>()
const broken: string[] = []
let attempts = 0
let steps = 0

/** Something that must hold; what does not is told with where it happened. */
function must(holds: boolean, what: string, life: Life): void {
  if (!holds && broken.length < 20) broken.push(`${what}: ${life.past.map(({ event }) => event.type.slice(8)).join(' → ')}`)
}

const ms = (instant: Temporal.Instant | null): number | null => instant?.epochMilliseconds ?? null

/** What holds in every state, whatever happened. */
function checkState(life: Life): void {
  const { dossier } = life
  must(statusesOf[dossier.stage].includes(dossier.status), `status ${dossier.status} at ${dossier.stage}`, life)
  const waits = dossier.stage === 'supplement' || dossier.stage === 'payment'
  // What ended while it waited keeps the moment from which it waited: the index takes it as its end.
  must(dossier.pausedAt === null || waits || dossier.closedAt !== null, 'stands still without a reason', life)
  must(dossier.stage !== 'supplement' || dossier.pausedAt !== null || dossier.source !== null, 'waits without a moment', life)
  must(
    dossier.receivedAt === null || dossier.dueAt === null || (ms(dossier.dueAt) ?? 0) >= (ms(dossier.receivedAt) ?? 0),
    'due before received',
    life,
  )
  must((dossier.code === null) === (dossier.receivedAt === null) || dossier.source !== null, 'code without reception', life)
  must(
    (dossier.stage === 'closed') === (dossier.closedAt !== null) || dossier.stage === 'withdrawn' || dossier.source !== null,
    'closed without a moment',
    life,
  )
  must(dossier.paidVnd <= dossier.feeVnd, 'paid more than owed', life)
  must(dossier.extensions <= RULE.maxExtensions, 'put off too often', life)
  must(dossier.papersDigitised <= dossier.papersTotal && dossier.papersReused <= dossier.papersTotal, 'more papers than there are', life)
  must(new Set(dossier.papers.map(({ number }) => number)).size === dossier.papers.length, 'a number given to two papers', life)
  must(!dossier.assisted || dossier.channel === 'online', 'assisted but not online', life)
  const last = dossier.dueChanges.at(-1)
  must(
    !last || last.to === (dossier.dueAt && new Date(ms(dossier.dueAt) ?? 0).toISOString()),
    'a due time moved without being written down',
    life,
  )
  dossier.dueChanges.forEach((change, index) => {
    const before = dossier.dueChanges[index - 1]
    must(!before || before.to === change.from, 'due changes with a gap', life)
  })
  if (dossier.code) {
    const owner = codes.get(dossier.code)
    must(owner === undefined || owner === dossier.id, `code ${dossier.code} given twice`, life)
    codes.set(dossier.code, dossier.id)
  }
  must(!dossier.code || !dossier.formerCodes.includes(dossier.code), 'a code given back', life)
}

/** What holds from one state to the next. */
function checkStep(before: Dossier, life: Life, action: Action, events: readonly DossierEvent[]): void {
  const { dossier } = life
  must(dossier.version === before.version + events.length, 'a version left out', life)
  must(before.stage !== 'closed' || dossier.stage === 'closed' || action === 'undo', 'a closed dossier opened', life)
  if (action !== 'undo') {
    must(dossier.code === before.code || before.code === null, 'a code changed', life)
    must(before.originalDueAt === null || ms(before.originalDueAt) === ms(dossier.originalDueAt), 'the original due time changed', life)
    must(before.receivedAt === null || ms(before.receivedAt) === ms(dossier.receivedAt), 'received twice', life)
  }
  let status = before.status
  for (const event of events) {
    const after = (event.data as unknown as { status: Status }).status
    if (after !== status && event.type !== 'dossier.undone') {
      must(national[status].includes(after), `${status} → ${after} by ${event.type}`, life)
      visited.add(`status ${status} → ${after}`)
    }
    status = after
  }
  // The due time that is stored is the one that the clock's ledger gives.
  if (!dossier.clock || (dossier.clock === before.clock && dossier.dueAt === before.dueAt)) return
  const state = reckon(dossier, life.now).after([])
  must(!state || ms(state.due) === ms(dossier.dueAt), `the ledger says ${state?.due} and the dossier ${dossier.dueAt}`, life)
}

/** A life begins at the portal or the counter, or in a file of the past at any status. */
function begin(n: number, rnd: () => number): Life {
  const id = `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
  const now = START.add({ minutes: Math.floor(rnd() * 60 * 24 * 200) })
  const filed = fileDossier(
    {
      channel: (['online', 'counter', 'post'] as const)[Math.floor(rnd() * 3)] ?? 'online',
      assisted: rnd() < 0.3,
      feeVnd: [0, 8000, 50_000][Math.floor(rnd() * 3)] ?? 0,
      papers: Array.from({ length: Math.floor(rnd() * 4) }, () => ({ file: rnd() < 0.5, reused: rnd() < 0.2 })),
      returnsResult: rnd() < 0.8,
    },
    now,
    id,
  )
  const past = rnd() < 0.25
  const dossier = past ? fromThePast(filed, n, now, rnd) : filed
  const begun = past ? one(null, make('dossier.imported', now, { dossier: dossierToJson(dossier) })) : decide.decideSubmit(dossier, now)
  if (!begun.ok) throw new Error(begun.error.code)
  const [event] = begun.value.events
  return { dossier: begun.value.next, now, past: event ? [{ event, actor: { kind: 'citizen', id: 'c' }, requestId: null }] : [] }
}

/** As a file of the past brings it: a status and its instants, no history, no ledger of a clock. */
function fromThePast(filed: Dossier, n: number, now: Temporal.Instant, rnd: () => number): Dossier {
  const status = (1 + Math.floor(rnd() * 10)) as Status
  const stage = stages.find((one) => statusesOf[one].includes(status)) ?? 'closed'
  const received = status === 1 || status === 3 ? null : now.subtract({ hours: 24 * 6 })
  const completed = status >= 9 ? now.subtract({ hours: 24 }) : null
  const closed = stage === 'closed' || stage === 'withdrawn' ? (completed ?? now.subtract({ hours: 2 })) : null
  return {
    ...filed,
    status,
    stage: status === 4 ? 'processing' : stage,
    submittedAt: now.subtract({ hours: 24 * 7 }),
    code: `H12.101-220105-${String(n).padStart(5, '0')}`,
    receivedAt: received,
    receivedDay: received?.toString().slice(0, 10) ?? null,
    originalDueAt: received && now.add({ hours: Math.floor(rnd() * 200) - 60 }),
    ...(received ? { dueAt: now.add({ hours: 24 * Math.floor(rnd() * 8) - 48 }) } : {}),
    completedAt: completed,
    closedAt: closed,
    source: 'import',
  }
}

const pickOf = <T>(list: readonly T[], rnd: () => number): T => list[Math.floor(rnd() * list.length)] as T

/** Legal steps mostly, so that lives get far; anything at all otherwise. */
const nextAction = (stage: Stage, rnd: () => number): Action => {
  const possible = possibleActions(stage)
  return rnd() < 0.7 && possible.length > 0 ? pickOf(possible, rnd) : pickOf(actions, rnd)
}

const serials = new Map<string, number>()
function serialOf(agency: string, now: Temporal.Instant): number {
  const key = `${agency} ${now.add({ hours: 7 }).toString().slice(0, 10)}`
  const next = (serials.get(key) ?? 0) + 1
  serials.set(key, next)
  return next
}

function attempt(life: Life, rnd: () => number): void {
  const action = nextAction(life.dossier.stage, rnd)
  const one: Attempt = { action, minutes: 0, pick: Math.floor(rnd() * 12) }
  // Mostly the same day, sometimes days later, sometimes at the same millisecond, sometimes a second before midnight.
  const wait = rnd()
  life.now =
    wait < 0.1
      ? life.now
      : wait < 0.7
        ? life.now.add({ minutes: Math.floor(rnd() * 200) })
        : life.now.add({ hours: Math.floor(rnd() * 72) })
  if (wait > 0.98) life.now = Temporal.Instant.from(`${life.now.add({ hours: 24 }).toString().slice(0, 10)}T16:59:59Z`)
  attempts += 1
  const before = life.dossier
  const decided = tryAction(
    before,
    one,
    life.now,
    life.past,
    action === 'receive' && before.stage === 'submitted' ? serialOf(before.agencyCode, life.now) : 0,
  )
  if (!decided.ok) {
    const { code, message, next } = decided.error
    refusals.set(code, (refusals.get(code) ?? 0) + 1)
    if (code === 'dossier.not-possible-now') refusedAt.add(`${action} at ${before.stage}`)
    must(
      transitions[action].from.includes(before.stage) === (code !== 'dossier.not-possible-now'),
      `${code} for ${action} at ${before.stage}`,
      life,
    )
    must(message.vi.length > 0 && message.en.length > 0 && next !== undefined, `${code} leaves people alone`, life)
    return
  }
  steps += 1
  const { events, next } = decided.value
  const requestId = `r${attempts}`
  life.dossier = next
  life.past.push(...events.map((event) => ({ event, actor: actorOf(one), requestId })))
  visited.add(`${action} at ${before.stage}`)
  if (before.stage !== next.stage) visited.add(`${action}: ${before.stage} → ${next.stage}`)
  checkStep(before, life, action, events)
  checkState(life)
}

/** At its end, a life is what its log says: through JSON, as the database keeps it. */
function checkEnd(life: Life): void {
  const events = life.past.map(({ event }) => ({ ...event, data: JSON.parse(JSON.stringify(event.data)) }) as DossierEvent)
  const folded = foldEvents(events) as Dossier
  must(JSON.stringify(dossierToJson(folded)) === JSON.stringify(dossierToJson(life.dossier)), 'the log leads to another state', life)
  const counted = recountFrom(events)
  const state = sumFacts([[factsOf(life.dossier), 1]])
  must(JSON.stringify(counted) === JSON.stringify(state), 'the counts are not those of the state', life)
  let last = 0
  for (const { event } of life.past) {
    must(event.at.epochMilliseconds >= last, 'time went backwards', life)
    last = event.at.epochMilliseconds
  }
}

beforeAll(() => {
  const rnd = random(SEED)
  for (let n = 1; attempts < STEPS; n += 1) {
    const life = begin(n, rnd)
    checkState(life)
    const length = 8 + Math.floor(rnd() * 40)
    for (let step = 0; step < length; step += 1) attempt(life, rnd)
    checkEnd(life)
  }
}, 120_000)

describe('random legal and illegal actions over the whole life of a dossier', () => {
  test(`at least ${STEPS.toLocaleString('en')} attempts lead to no illegal state`, () => {
    expect(attempts).toBeGreaterThanOrEqual(STEPS)
    expect(broken).toEqual([])
  })

  test('every step was taken from every stage from which the law allows it', () => {
    const allowed = actions.flatMap((action) => transitions[action].from.map((stage) => `${action} at ${stage}`))
    const missed = allowed.filter((way) => !visited.has(way))
    const statuses = Object.entries(national).flatMap(([from, to]) => to.map((after) => `status ${from} → ${after}`))
    const missedStatuses = statuses.filter((way) => !visited.has(way))
    process.stdout.write(
      `model: ${attempts} attempts, ${steps} steps taken, ${allowed.length - missed.length} of ${allowed.length} ways visited, ` +
        `${statuses.length - missedStatuses.length} of ${statuses.length} changes of the national code; not visited: ${[...missed, ...missedStatuses].join(', ') || 'none'}\n`,
    )
    expect(missed).toEqual([])
    expect(missedStatuses).toEqual([])
  })

  test('every step was tried at every stage where the law does not allow it, and refused', () => {
    const forbidden = actions.flatMap((action) =>
      stages.filter((stage) => !transitions[action].from.includes(stage)).map((stage) => `${action} at ${stage}`),
    )
    expect(forbidden.filter((way) => !refusedAt.has(way))).toEqual([])
    expect(forbidden.filter((way) => visited.has(way))).toEqual([])
  })

  test('every reason to refuse a step came up', () => {
    const reasons = [
      'not-possible-now',
      'reason-needed',
      'ground-needed',
      'already-assigned',
      'supplement-empty',
      'supplement-needs-confirmation',
      'supplement-rounds-used',
      'electronic-result-needs-file',
      'amount-not-owed',
      'amount-needed',
      'still-owed',
      'no-such-paper',
      'already-digitised',
      'extend-too-late',
      'extensions-used',
      'new-due-not-later',
      'due-unchanged',
      'decision-needed',
      'decision-day-wrong',
      'already-uncollected',
      'not-yet-uncollected',
      'same-agency',
      'nothing-to-correct',
      'fee-below-paid',
      'nothing-to-undo',
      'undo-not-ours',
      'undo-not-yours',
      'undo-overtaken',
    ]
    expect(reasons.filter((reason) => !refusals.has(`dossier.${reason}`))).toEqual([])
  })
})
