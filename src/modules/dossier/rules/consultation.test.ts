import { describe, expect, test } from 'vitest'
import { answerState, type Consultation, decideAsk, notOpen, type OpinionAnswer, opinionCount, reminderDue } from './consultation.ts'

const answer = (agencyCode: string, more: Partial<OpinionAnswer> = {}): OpinionAnswer => ({
  agencyCode,
  dueAt: '2026-11-20T10:30:00.000Z',
  answeredAt: null,
  answeredByName: null,
  verdict: null,
  answer: null,
  files: [],
  reminders: 0,
  remindedAt: null,
  ...more,
})
const question = (answers: OpinionAnswer[], cancelledAt: string | null = null): Consultation => ({
  id: 'q',
  dossierId: 'd',
  number: 1,
  question: 'Vị trí này có nằm trong quy hoạch không?',
  papers: [],
  askedAt: '2026-11-16T01:00:00.000Z',
  askedBy: null,
  askedByName: 'Lộc',
  agencyCode: 'H12.15',
  stopsClock: false,
  cancelledAt,
  cancelledByName: null,
  cancelReason: null,
  answers,
})
const dossier = { stage: 'processing' as const, agencyCode: 'H12.15', papers: [{ number: 1 }] }
const code = (
  asked: { question?: string; agencies: string[]; papers?: number[] },
  at: Partial<typeof dossier> | { stage: 'ready' } = {},
): string => {
  const result = decideAsk({ ...dossier, ...at }, { question: 'Hỏi', papers: [], ...asked }, (agency) => agency.startsWith('H12.'))
  return result.ok ? 'ok' : result.error.code
}

describe('asking for an opinion', () => {
  test('one question goes to several agencies, each once', () => {
    const asked = decideAsk(
      dossier,
      { question: ' Có trong quy hoạch không? ', agencies: ['H12.09', 'H12.10', 'H12.09'], papers: [1] },
      () => true,
    )
    expect(asked).toEqual({ ok: true, value: { question: 'Có trong quy hoạch không?', agencies: ['H12.09', 'H12.10'] } })
  })

  test('a question without words, without an agency, to oneself or to nobody there is refused at its field', () => {
    expect(code({ question: '  ', agencies: ['H12.09'] })).toBe('dossier.opinion-question-missing')
    expect(code({ agencies: [] })).toBe('dossier.opinion-nobody-asked')
    expect(code({ agencies: ['H12.15'] })).toBe('dossier.opinion-asks-itself')
    expect(code({ agencies: ['G09'] })).toBe('dossier.opinion-unknown-agency')
    expect(code({ agencies: ['H12.09'], papers: [7] })).toBe('dossier.opinion-no-such-paper')
    expect(code({ agencies: Array.from({ length: 11 }, (_, n) => `H12.${n + 30}`) })).toBe('dossier.opinion-too-many')
  })

  test('nothing is asked once the result lies at the desk', () =>
    expect(code({ agencies: ['H12.09'] }, { stage: 'ready' })).toBe('dossier.opinion-not-now'))
})

describe('where opinions stand', () => {
  const now = Date.parse('2026-11-23T01:00:00Z')
  const mixed = question([
    answer('H12.09', { answeredAt: '2026-11-19T03:00:00.000Z' }),
    answer('H12.10', { answeredAt: '2026-11-23T00:00:00.000Z' }),
    answer('H12.17'),
  ])

  test('2 of 3 have answered, one of them late, one is overdue', () => {
    expect(opinionCount([mixed], now)).toEqual({ asked: 3, answered: 2, overdue: 1 })
    expect(mixed.answers.map((one) => answerState(one, null, now))).toEqual(['answered', 'late', 'overdue'])
  })

  test('a question taken back counts no more, but for what had been answered', () => {
    const gone = question(mixed.answers.slice(), '2026-11-23T00:30:00.000Z')
    expect(opinionCount([gone], now)).toEqual({ asked: 2, answered: 2, overdue: 0 })
    expect(notOpen(gone, gone.answers[2])?.code).toBe('dossier.opinion-cancelled')
  })

  test('nobody answers twice, and nobody who was not asked', () => {
    expect(notOpen(mixed, mixed.answers[0])?.code).toBe('dossier.opinion-already-answered')
    expect(notOpen(mixed, undefined)?.code).toBe('dossier.opinion-not-asked')
    expect(notOpen(mixed, mixed.answers[2])).toBeUndefined()
  })
})

describe('reminders', () => {
  const days = {
    of: (instant: string) => instant.slice(0, 10),
    next: (day: string) => (day === '2026-11-20' ? '2026-11-23' : `2026-11-${Number(day.slice(8)) + 1}`),
  }
  const due = (dueDay: string, remindedAt: string | null, today: string) =>
    reminderDue({ dueAt: `${dueDay}T10:30:00.000Z`, remindedAt }, today, days)

  test('come once on the working day before, also over a weekend', () => {
    expect(due('2026-11-23', null, '2026-11-19')).toBeUndefined()
    expect(due('2026-11-23', null, '2026-11-20')).toBe('before')
    expect(due('2026-11-23', '2026-11-20T01:00:00.000Z', '2026-11-20')).toBeUndefined()
    expect(due('2026-11-23', '2026-11-20T01:00:00.000Z', '2026-11-23')).toBeUndefined()
  })

  test('and once a day while it is late', () => {
    expect(due('2026-11-23', '2026-11-20T01:00:00.000Z', '2026-11-24')).toBe('overdue')
    expect(due('2026-11-23', '2026-11-24T00:30:00.000Z', '2026-11-24')).toBeUndefined()
  })
})
