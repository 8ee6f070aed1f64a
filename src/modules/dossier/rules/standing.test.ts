import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { LoggedEvent } from '../queries/timeline.ts'
import { importedLife, plainTimelineOf } from '../queries/timeline.ts'
import { stages } from './dossier.ts'
import { attempt, fileDossier, filing, START, tryAction } from './history.test-support.ts'
import { decideMessage } from './message-rule.ts'
import { isApplicant } from './representation-rule.ts'
import { type StandingFacts, shortMoment, standingOf } from './standing.ts'
import { decideTrial } from './trial-rule.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00+07:00')
const due = Temporal.Instant.from('2026-11-27T14:00:00+07:00')
const facts: StandingFacts = {
  stage: 'processing',
  status: 4,
  agency: 'Sở Xây dựng',
  desk: 'Trung tâm Phục vụ hành chính công',
  received: true,
  dueAt: due,
  left: { late: false, words: { vi: 'còn 2 ngày làm việc', en: '2 working days left' } },
  step: { role: 'specialist', agency: 'Sở Xây dựng' },
  opinions: { waiting: [], asked: 0, answered: 0 },
  paused: true,
  returnsResult: true,
  electronic: false,
  uncollected: false,
}

/** What an office says and a fisherman's wife does not. */
const officialese =
  /thụ lý|luân chuyển|thành phần hồ sơ|tổ chức, cá nhân|nghĩa vụ tài chính|căn cứ|đề nghị quý|dự thảo|trình ký|nêu trên|theo quy định/i
const statuses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

describe('where a dossier stands', () => {
  test('who has it, what they do, when it is due and how long that is', () => {
    expect(standingOf(facts, now).sentence.vi).toBe('Sở Xây dựng đang thẩm định, hẹn trả 14:00 thứ Sáu 27/11, còn 2 ngày làm việc.')
    expect(standingOf({ ...facts, stage: 'signing' }, now).sentence.vi).toContain('đang trình lãnh đạo ký')
    const late = standingOf({ ...facts, left: { late: true, words: { vi: 'quá hạn 1 ngày làm việc', en: '1 working day overdue' } } }, now)
    expect(late.sentence.vi).toBe('Sở Xây dựng đang thẩm định, lẽ ra phải trả lúc 14:00 thứ Sáu 27/11.')
    expect(late.beside[0]?.vi).toContain('trễ hẹn')
  })

  test('another agency has a step of it, and others are asked: both are said, and who still answers for it', () => {
    const away = standingOf(
      {
        ...facts,
        step: { role: 'specialist', agency: 'Xã Cái Nước' },
        opinions: { waiting: ['Sở Tài chính', 'Công an tỉnh'], asked: 3, answered: 1 },
      },
      now,
    )
    expect(away.sentence.vi).toContain('Xã Cái Nước đang thẩm định')
    expect(away.beside.map(({ vi }) => vi)).toEqual([
      'Sở Xây dựng vẫn là nơi chịu trách nhiệm trả kết quả cho bạn.',
      'Đang chờ Sở Tài chính và Công an tỉnh cho ý kiến (1/3 nơi đã trả lời). Bạn không phải làm gì.',
    ])
  })

  test('every stage, code and role has whole sentences in both languages, without a word of officialese', () => {
    for (const stage of stages)
      for (const status of statuses)
        for (const step of [
          null,
          ...(['clerk', 'specialist', 'unit_head', 'leader'] as const).map((role) => ({ role, agency: 'Sở Xây dựng' })),
        ])
          for (const flag of [true, false]) {
            const said = standingOf(
              { ...facts, stage, status, step, electronic: flag, uncollected: flag, received: flag, dueAt: flag ? due : null },
              now,
            )
            for (const { vi, en } of [said.sentence, ...said.beside]) {
              expect(vi, `${stage} ${status}`).toMatch(/^\p{Lu}.+\.$/su)
              expect(en).toMatch(/^\p{Lu}.+\.$/su)
              expect(`${vi}${en}`).not.toMatch(/[{}]|undefined|null/)
              expect(vi).not.toMatch(officialese)
            }
          }
  })

  test('whose turn it is: the person’s when papers, money or a result wait for them', () => {
    const turns = stages.map((stage) => [stage, standingOf({ ...facts, stage, status: 10 }, now).turn])
    expect(turns.filter(([, turn]) => turn === 'you').map(([stage]) => stage)).toEqual(['supplement', 'payment', 'ready'])
  })

  test('the year is said only when it is another one', () => {
    expect(shortMoment(due, now).vi).toBe('14:00 thứ Sáu 27/11')
    expect(shortMoment(Temporal.Instant.from('2027-01-04T08:00:00+07:00'), now).vi).toBe('08:00 thứ Hai 4/1/2027')
  })
})

test('whatever happens to a dossier, each event the applicant is told of has a whole sentence; only notes are the office’s own', () => {
  fc.assert(
    fc.property(filing, fc.array(attempt, { maxLength: 25 }), (filed, attempts) => {
      let dossier = fileDossier(filed)
      let at = START
      const log: LoggedEvent[] = []
      for (const one of attempts) {
        at = at.add({ minutes: one.minutes })
        const tried = tryAction(dossier, one, at)
        if (!tried.ok) continue
        dossier = tried.value.next
        for (const event of tried.value.events)
          log.push({ at: at.toString(), type: event.type, actor: {}, data: event.data as unknown as LoggedEvent['data'] })
      }
      const told = plainTimelineOf(log)
      expect(told).toHaveLength(log.filter(({ type }) => type !== 'dossier.noted').length)
      for (const { sentence } of told) {
        expect(sentence.vi).toMatch(/^\p{Lu}.+[.!?…]$/su)
        expect(`${sentence.vi}${sentence.en}`).not.toMatch(/\{[a-z]+\}|undefined|[:,;] ?\./)
        expect(sentence.vi).not.toMatch(officialese)
      }
    }),
    { numRuns: 120 },
  )
})

test('a dossier from the past tells the same life from the times that came with it', () => {
  const at = (day: string) => Temporal.Instant.from(`${day}T09:00:00+07:00`)
  const life = importedLife({ receivedAt: at('2022-03-01'), originalDueAt: null, completedAt: at('2022-03-04'), returnedAt: null })
  expect(life.map(({ sentence }) => sentence.vi)).toEqual(['Cơ quan đã nhận hồ sơ.', 'Đã có kết quả. Mời bạn đến nhận hoặc tải về.'])
})

test('a message is something, not too long, not too often, and not long after the end', () => {
  const rule = { perHour: 3, files: 1, length: 10, daysAfterClosing: 30 }
  const open = { closedAt: null }
  const file = { name: 'a.pdf', sha256: 'a'.repeat(64), size: 1, type: 'application/pdf' }
  const code = (...args: Parameters<typeof decideMessage>) => {
    const decided = decideMessage(...args)
    return decided.ok ? 'ok' : decided.error.code
  }
  expect(code(open, { text: ' ', files: [] }, 0, rule, now)).toBe('message.empty')
  expect(code(open, { text: '', files: [file] }, 0, rule, now)).toBe('ok')
  expect(code(open, { text: 'x'.repeat(11), files: [] }, 0, rule, now)).toBe('message.too-long')
  expect(code(open, { text: '', files: [file, file] }, 0, rule, now)).toBe('message.too-many-files')
  expect(code(open, { text: 'chào', files: [] }, 3, rule, now)).toBe('message.too-often')
  expect(code({ closedAt: now.subtract({ hours: 24 * 31 }) }, { text: 'chào', files: [] }, 0, rule, now)).toBe('message.closed')
  expect(code({ closedAt: now.subtract({ hours: 24 * 29 }) }, { text: 'chào', files: [] }, 0, rule, now)).toBe('ok')
})

test('a mistyped number opens a dossier to nobody: what somebody else filed needs the name as well', () => {
  const account = { name: 'NGUYỄN THỊ ĐÀO', personalNumber: '096190000123' }
  const applicant = { name: 'Nguyễn Thị Đào', number: '096190000123' }
  expect(isApplicant(account, { applicant, representation: { kind: 'other' } })).toBe(true)
  expect(isApplicant(account, { applicant: { ...applicant, name: 'Lâm Văn Sáu' }, representation: { kind: 'other' } })).toBe(false)
  expect(isApplicant(account, { applicant: { ...applicant, name: 'Lâm Văn Sáu' }, representation: null })).toBe(true)
  expect(isApplicant({ name: account.name }, { applicant: { ...applicant, number: null }, representation: null })).toBe(false)
})

test('a draft is answered once, and “to be mended” says what', () => {
  const trial = { verdict: null, answeredByName: null }
  const comment = { path: 'phone', label: 'Điện thoại', text: ' Ghi số khác ' }
  expect(decideTrial(trial, { verdict: 'mend', note: ' ', comments: [{ ...comment, text: ' ' }] }).ok).toBe(false)
  expect(decideTrial(trial, { verdict: 'mend', note: '', comments: [comment] })).toMatchObject({
    value: { comments: [{ text: 'Ghi số khác' }] },
  })
  expect(decideTrial(trial, { verdict: 'enough', note: '', comments: [] }).ok).toBe(true)
  expect(decideTrial({ verdict: 'enough', answeredByName: 'Cúc' }, { verdict: 'mend', note: 'x', comments: [] }).ok).toBe(false)
})
