import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readNationalCalendar } from '../../calendar/index.ts'
import type { PetitionEvent } from '../events.ts'
import { feedbackSettings } from '../files.ts'
import { deltasOf, isUnsatisfied, markFacts, petitionFacts } from './facts.ts'
import { newPetition, openStages, type Petition, petitionStages } from './petition.ts'
import { deadlinesOf, publishDue } from './petition-deadlines.ts'
import { foldEvents } from './petition-fold.ts'
import { decide, decideFile, type PetitionDecision } from './petition-life.ts'
import { type PetitionAction, petitionActions, petitionTransitions, possibleActions } from './petition-transitions.ts'
import { versionOn } from './settings.ts'

const calendar = await readNationalCalendar()
const { limits, classes } = await feedbackSettings()
const national = versionOn(limits, '2026-11-20')

const at = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}+07:00`)
const local = (iso: string): string =>
  Temporal.Instant.from(iso).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString().slice(0, 16)

function file(filed = at('2026-11-20T09:00:00'), resolveDays?: number): Petition {
  const filedAt = filed.toString()
  const own = resolveDays === undefined ? undefined : { validFrom: '2026-01-01', resolveDays, basis: 'Quyết định thử' }
  return newPetition({
    ...deadlinesOf({ clockFrom: filedAt, atUnitSince: filedAt, pauses: [] }, national, own, calendar),
    id: '01900000-0000-7000-8000-000000000001',
    reference: 'PA-0000-0000-0000',
    filedAt,
    filedDay: filedAt.slice(0, 10),
    channel: 'online',
    personId: null,
    name: 'Nguyễn Thị Đào',
    phone: '0912345678',
    dossierId: null,
    dossierCode: null,
    procedureCode: null,
    procedureName: null,
    content: 'Nộp hồ sơ ba lần vẫn bị yêu cầu thêm giấy tờ.',
    attachments: [],
    mayPublish: true,
    agencyCode: 'H12.101',
  })
}

/** Data that every action can be decided with. */
function dataFor(action: PetitionAction, petition: Petition, now: Temporal.Instant, pick: number): object {
  const { refuseDueAt, askDueAt, dueAt, dueExplanation, indexDueAt } = petition
  const due = { refuseDueAt, askDueAt, dueAt, dueExplanation, indexDueAt }
  switch (action) {
    case 'classify':
      return { kind: pick % 2 ? 'staff' : 'procedure', classCode: 'slow' }
    case 'assign':
      return { assigneeId: `officer-${pick}`, assigneeName: 'Phạm Văn Hai' }
    case 'transfer':
      return { note: 'Không thuộc thẩm quyền.', agencyCode: `H12.${101 + pick}`, ...due }
    case 'supply':
      return { note: 'Tôi gửi thêm ảnh.', attachments: [], ...due }
    case 'reraise':
      return { note: 'Chưa thỏa đáng.', ...due }
    case 'draft':
      return { answer: 'Đã hướng dẫn lại.', publish: pick % 2 === 0 }
    case 'sign':
      return {
        publish: petition.publish,
        publishDueAt: petition.publish ? publishDue(now, national, calendar) : null,
        signedBy: 'Lê Văn Tám',
      }
    case 'publish':
      return { title: 'Giấy tờ', content: 'Bị yêu cầu thêm giấy.', answer: 'Đã hướng dẫn lại.' }
    case 'vote':
      return { voter: `citizen:${pick}`, liked: pick % 2 === 0, before: null }
    case 'fall-late':
      return { dueAt: petition.indexDueAt }
    default:
      return { note: 'Có lý do.' }
  }
}

const step = (petition: Petition, action: PetitionAction, now: Temporal.Instant, pick = 0) =>
  decide(petition, action, dataFor(action, petition, now, pick) as never, now)

function must(petition: Petition, action: PetitionAction, now: Temporal.Instant, pick = 0): Petition {
  const decided = step(petition, action, now, pick)
  if (!decided.ok) throw new Error(decided.error.code)
  return decided.value.next
}

describe('deadlines', () => {
  test('filed on Friday 20 November 2026: the weekend and the new holiday of 24 November are not counted', () => {
    const petition = file()
    expect(local(petition.refuseDueAt)).toBe('2026-11-25T17:30')
    expect(local(petition.askDueAt)).toBe('2026-11-30T17:30')
    expect(local(petition.indexDueAt)).toBe('2026-12-14T17:30')
    expect(petition.dueExplanation.map(({ vi }) => vi).join(' ')).toContain('24/11')
  })

  test('across Tết 2026 fifteen working days take a month', () => {
    const petition = file(at('2026-02-06T10:00:00'))
    expect(local(petition.refuseDueAt)).toBe('2026-02-10T17:30')
    expect(local(petition.indexDueAt)).toBe('2026-03-06T17:30')
  })

  test('a province that promises ten days keeps two dates: its own, and the one the index counts by', () => {
    const petition = file(undefined, 10)
    expect(local(petition.dueAt)).toBe('2026-12-07T17:30')
    expect(local(petition.indexDueAt)).toBe('2026-12-14T17:30')
  })

  test('at the very end of the second, fifth and fifteenth working day it is still on time, a second later it is late', () => {
    const petition = must(file(), 'classify', at('2026-11-20T10:00:00'))
    for (const [action, due] of [
      ['refuse', petition.refuseDueAt],
      ['ask', petition.askDueAt],
    ] as const) {
      const edge = Temporal.Instant.from(due)
      expect(must(petition, action, edge).late, action).toBe(false)
      expect(must(petition, action, edge.add({ seconds: 1 })).late, action).toBe(true)
    }
    const drafted = must(must(petition, 'accept', at('2026-11-23T10:00:00')), 'draft', at('2026-12-01T10:00:00'), 1)
    const edge = Temporal.Instant.from(petition.indexDueAt)
    expect(must(drafted, 'sign', edge)).toMatchObject({ late: false, stage: 'answered' })
    expect(must(drafted, 'sign', edge.add({ seconds: 1 }))).toMatchObject({ late: true, stage: 'answered' })
  })

  test('an answer to be published is on time until the end of the second working day after it was signed', () => {
    const drafted = must(
      must(must(file(), 'classify', at('2026-11-20T10:00:00')), 'accept', at('2026-11-20T11:00:00')),
      'draft',
      at('2026-11-23T10:00:00'),
    )
    const signed = must(drafted, 'sign', at('2026-11-23T15:00:00'))
    expect(local(signed.publishDueAt ?? '')).toBe('2026-11-26T17:30')
    const edge = Temporal.Instant.from(signed.publishDueAt ?? '')
    expect(must(signed, 'publish', edge).late).toBe(false)
    expect(must(signed, 'publish', edge.add({ seconds: 1 })).late).toBe(true)
  })

  test('while the petitioner is asked, the clock stands still', () => {
    const pauses = [{ from: at('2026-11-23T08:30:00').toString(), to: at('2026-11-26T08:30:00').toString() }]
    const { filedAt } = file()
    const moved = deadlinesOf({ clockFrom: filedAt, atUnitSince: filedAt, pauses }, national, undefined, calendar)
    expect(local(moved.indexDueAt)).toBe('2026-12-16T17:30')
  })

  test('a transfer gives the new unit its own time to refuse, and no more time to resolve', () => {
    const { filedAt, indexDueAt } = file()
    const after = deadlinesOf(
      { clockFrom: filedAt, atUnitSince: at('2026-11-27T09:00:00').toString(), pauses: [] },
      national,
      undefined,
      calendar,
    )
    expect(local(after.refuseDueAt)).toBe('2026-12-01T17:30')
    expect(after.indexDueAt).toBe(indexDueAt)
  })
})

describe('steps', () => {
  test('nothing is accepted or answered before it is classified', () => {
    const decided = step(file(), 'accept', at('2026-11-20T10:00:00'))
    expect(decided.ok || decided.error.code).toBe('petition.not-classified')
  })

  test('a refusal, a question and a transfer need words', () => {
    for (const action of ['refuse', 'ask'] as const) {
      const decided = decide(file(), action, { note: '  ' }, at('2026-11-20T10:00:00'))
      expect(decided.ok || decided.error.code).toBe('petition.words-needed')
    }
  })

  test('raised again once, and never twice', () => {
    const refused = must(file(), 'refuse', at('2026-11-23T10:00:00'))
    const again = must(refused, 'reraise', at('2026-11-24T10:00:00'))
    expect(again).toMatchObject({ stage: 'processing', reraised: true, finishedAt: refused.finishedAt })
    const answered = must(
      must(must(again, 'classify', at('2026-11-25T10:00:00')), 'draft', at('2026-11-25T11:00:00'), 1),
      'sign',
      at('2026-11-26T11:00:00'),
    )
    const twice = step(answered, 'reraise', at('2026-11-27T10:00:00'))
    expect(twice.ok || twice.error.code).toBe('petition.already-reraised')
  })

  test('what is published holds no phone number and no name of the petitioner', () => {
    const signed = must(
      must(
        must(must(file(), 'classify', at('2026-11-20T10:00:00')), 'accept', at('2026-11-20T11:00:00')),
        'draft',
        at('2026-11-23T10:00:00'),
      ),
      'sign',
      at('2026-11-23T11:00:00'),
    )
    for (const content of ['Gọi tôi 0912 345 678.', 'Chị Thị Đào bị đòi thêm giấy.', 'CCCD 096190000123', 'thu@vidu.vn']) {
      const decided = decide(signed, 'publish', { title: 'Giấy tờ', content, answer: 'Đã xử lý.' }, at('2026-11-24T10:00:00'))
      expect(decided.ok || decided.error.code, content).toBe('petition.personal-data-left')
    }
  })

  test('every class belongs to a procedure or to staff, and both exist', () => {
    for (const version of classes) expect(new Set(version.classes.map(({ kind }) => kind))).toEqual(new Set(['procedure', 'staff']))
  })
})

describe('what it counts for', () => {
  const day = at('2026-11-20T10:00:00')
  const answered = (): Petition => must(must(must(must(file(), 'classify', day), 'accept', day), 'draft', day, 1), 'sign', day)

  test('more dislikes than likes, late, or raised again: not satisfied, and only once', () => {
    const petition = answered()
    expect(isUnsatisfied(petition)).toBe(false)
    const disliked = must(petition, 'vote', day, 1)
    expect(isUnsatisfied(disliked)).toBe(true)
    expect(isUnsatisfied(must(disliked, 'vote', day, 2))).toBe(false)
    const again = must(disliked, 'reraise', day)
    expect(petitionFacts(again)?.in.filter((id) => id === 26)).toEqual([26])
  })

  test('finished on time counts in both parts of 5.2; overdue and unanswered only below the line', () => {
    expect(petitionFacts(answered())?.in).toEqual([20, 21, 23, 24, 25])
    expect(petitionFacts(must(file(), 'fall-late', at('2026-12-20T10:00:00')))?.in).toEqual([20, 24, 26])
    expect(petitionFacts(file())?.in).toEqual([20])
  })

  test('the limits of the index are refuse 2, ask 5, resolve 15, publish 2 working days, as dated data', () => {
    expect(national).toMatchObject({ refuse: 2, ask: 5, resolve: 15, publish: 2 })
  })

  test('finished late is judged and not on time; raised again makes it not satisfied, also when it was answered on time', () => {
    const late = must(must(must(must(file(), 'classify', day), 'accept', day), 'draft', day, 1), 'sign', at('2026-12-20T10:00:00'))
    expect(petitionFacts(late)?.in).toEqual([20, 21, 23, 24, 26])
    const again = must(answered(), 'reraise', day)
    expect([again.late, again.dislikes, isUnsatisfied(again)]).toEqual([false, 0, true])
    expect(petitionFacts(again)?.in).toEqual([20, 21, 23, 24, 25, 26])
  })

  test('a dossier with a petition or a dislike, or both, counts once; with neither, or never received, not at all', () => {
    const place = { agency: 'H12.101', day: '2026-11-20', procedure: '1.001193', channel: 'online' } as const
    const mark = (petitions: number, disliked: boolean, where: typeof place | null = place) =>
      markFacts({ id: 'm', dossierId: 'd', petitions, disliked, place: where })?.in ?? null
    expect([mark(1, false), mark(0, true), mark(3, true)]).toEqual([[29], [29], [29]])
    expect([mark(0, false), mark(2, true, null)]).toEqual([null, null])
  })

  test('one that was withdrawn counts for nothing', () => {
    expect(petitionFacts(must(file(), 'withdraw', day))).toBeNull()
  })
})

const onward: Partial<Record<Petition['stage'], PetitionAction>> = {
  received: 'accept',
  clarifying: 'supply',
  processing: 'draft',
  signing: 'sign',
  publishing: 'publish',
}

test('whatever people do, in whatever order: stored state is the fold of its events, deltas add up to what it counts for, closed is closed', () => {
  // Most tries are possible ones.
  const actions = fc.array(fc.record({ action: fc.nat(1000), legal: fc.nat(3), pick: fc.nat(3), hours: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 5,
    maxLength: 25,
  })
  const visited = new Set<string>()
  const base = file()
  fc.assert(
    fc.property(actions, (steps) => {
      const filed = decideFile(base)
      const done: PetitionDecision[] = [filed]
      let now = at('2026-11-20T09:00:00')
      for (const { action: chosen, legal, pick, hours } of steps) {
        now = now.add({ hours })
        const petition = done.at(-1)?.next ?? filed.next
        const possible = possibleActions(petition.stage)
        const choice = legal > 0 && possible.length > 0 ? possible : petitionActions
        // Half of the steps go forward, so that walks come to the end.
        const forward = petition.kind === null ? 'classify' : onward[petition.stage]
        const action = legal > 1 && forward ? forward : (choice[chosen % choice.length] ?? 'note')
        const decided = step(petition, action, now, pick)
        expect(decided.ok && !petitionTransitions[action].from.includes(petition.stage)).toBe(false)
        if (!decided.ok) continue
        visited.add(action)
        done.push(decided.value)
      }
      const last = done.at(-1)?.next ?? filed.next
      const events = JSON.parse(JSON.stringify(done.map(({ event }) => event))) as PetitionEvent[]
      expect(foldEvents(events)).toEqual(JSON.parse(JSON.stringify(last)))
      expect(petitionStages).toContain(last.stage)
      const all = deltasOf(done.map(({ event }) => (event.data as { count?: never }).count))
      const facts = petitionFacts(last)
      expect(all).toEqual(
        deltasOf(facts ? [{ before: null, after: facts }] : []).map((delta) => ({
          ...delta,
          values: expect.arrayContaining([...delta.values]),
        })),
      )
      if (!openStages.includes(last.stage)) expect(step(last, 'note', now).ok).toBe(false)
    }),
    { numRuns: 150 },
  )
  expect([...petitionActions].filter((action) => !visited.has(action))).toEqual([])
})
