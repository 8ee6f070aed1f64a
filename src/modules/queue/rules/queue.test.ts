import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { callingOrder, estimate, type InLine, nextRun, prefersPriority } from './line.ts'
import { changePoint, emptyPoint, foldPoint, isOpen } from './point.ts'
import { settingsFaults } from './settings.ts'
import { applyTicket, codeOf, decideTicket, foldTicket, type Ticket, type TicketEvent, takeTicket, ticketSteps } from './ticket.ts'

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2026-11-20T${time}:00+07:00`)
const fresh = (ground: string | null = null): Ticket =>
  takeTicket('t', { agencyCode: 'H12.144', day: '2026-11-20', code: 'A001', series: 'A', number: 1, category: 'A', ground }, at('07:30'))
    .next
const POINT = { pointId: 'p', point: 3, run: 0 }
const must = (
  ticket: Ticket,
  step: Parameters<typeof decideTicket>[1],
  time: string,
  data: object = { pointId: 'p' },
  minutes = 15,
): Ticket => {
  const done = decideTicket(ticket, step, data as never, at(time), minutes)
  if (!done.ok) throw new Error(done.error.code)
  return done.value.next
}

describe('a ticket', () => {
  test('is called, served and done with; what it waited is counted from its first call', () => {
    const called = must(fresh(), 'called', '07:50', POINT)
    const served = must(must(must(called, 'recalled', '07:51'), 'started', '07:52'), 'served', '08:00')
    expect(served).toMatchObject({ stage: 'served', calls: 2, pointNumber: 3, endedAt: at('08:00').toString() })
    expect(served.firstCalledAt).toBe(at('07:50').toString())
  })

  test('whoever missed the call may come back once, to the end of the line, while there is time', () => {
    const absent = must(must(fresh(), 'called', '08:00', POINT), 'absent', '08:02')
    const back = must(absent, 'came-back', '08:17', {})
    expect(back).toMatchObject({ stage: 'waiting', linedAt: at('08:17').toString(), cameBack: true })
    const again = must(must(back, 'called', '08:30', POINT), 'absent', '08:31')
    expect(decideTicket(again, 'came-back', {}, at('08:32'), 15)).toMatchObject({ error: { code: 'queue.came-back-before' } })
    expect(decideTicket(absent, 'came-back', {}, at('08:18'), 15)).toMatchObject({ error: { code: 'queue.came-too-late' } })
  })

  test('whoever is sent on to another category keeps number and place', () => {
    const sent = must(must(fresh(), 'called', '08:00', POINT), 'transferred', '08:05', { pointId: 'p', category: 'B' })
    expect(sent).toMatchObject({ stage: 'waiting', code: 'A001', category: 'B', linedAt: at('07:30').toString() })
  })

  test('a repeated click is told where the ticket stands', () => {
    const serving = must(must(fresh(), 'called', '08:00', POINT), 'started', '08:01')
    const again = decideTicket(serving, 'started', { pointId: 'p' }, at('08:01'))
    expect(again).toMatchObject({ ok: false, error: { code: 'queue.not-possible', status: 409 } })
  })

  test('is the fold of its events, whatever was done in whatever order, and its time never goes backwards', () => {
    const steps = Object.keys(ticketSteps) as (keyof typeof ticketSteps)[]
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({ min: -3, max: 9 })), { maxLength: 25 }), (tries) => {
        const first = takeTicket('t', { ...fresh(), ground: null }, at('07:30'))
        const events: TicketEvent[] = [
          {
            ...first.event,
            data: { agencyCode: 'H12', day: '2026-11-20', code: 'A001', series: 'A', number: 1, category: 'A', ground: null },
          },
        ]
        let ticket = applyTicket(null, 't', events[0] as TicketEvent)
        let now = at('07:30')
        for (const [step, minutes] of tries) {
          now = now.add({ minutes })
          const done = decideTicket(ticket, step, { ...POINT, category: 'B' } as never, now, 15)
          if (!done.ok) continue
          expect(done.value.event.at >= ticket.changedAt).toBe(true)
          events.push(done.value.event)
          ticket = done.value.next
        }
        expect(foldTicket('t', events)).toEqual(ticket)
      }),
      { numRuns: 300 },
    )
  })

  test('numbers read as people call them', () => {
    expect([codeOf('A', 7), codeOf('B', 120), codeOf('C', 1234)]).toEqual(['A007', 'B120', 'C1234'])
  })
})

const line = (marks: string): InLine[] =>
  [...marks].map((mark, n) => ({ id: String(n).padStart(4, '0'), category: 'A', priority: mark === 'P', linedAt: n, number: n }))
const order = (marks: string, inRow: number): string =>
  callingOrder(line(marks), ['A'], 0, inRow)
    .map(({ id }) => marks[Number(id)])
    .join('')

describe('who is next', () => {
  test('people with priority first, and after two of them one without', () => {
    expect(order('ooooPPPPP', 2)).toBe('PPoPPoPoo')
    expect(order('oooPP', 0)).toBe('oooPP')
  })

  test('nobody starves: among any arrivals, whoever has no priority is called within (place in line) × (inRow + 1) calls', () => {
    const arrival = fc.constantFrom('o', 'P', 'PP', '')
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 4 }), (arrivals, inRow) => {
        let waiting: (InLine & { since: number; place: number })[] = []
        let [run, calls, n] = [0, 0, 0]
        for (const marks of arrivals) {
          for (const mark of marks) {
            const place = waiting.filter(({ priority }) => !priority).length + 1
            waiting.push({
              id: String(n).padStart(4, '0'),
              category: 'A',
              priority: mark === 'P',
              linedAt: n,
              number: n,
              since: calls,
              place,
            })
            n += 1
          }
          const next = callingOrder(waiting, ['A'], run, inRow)[0]
          if (!next) continue
          calls += 1
          run = nextRun(run, next.priority)
          const mine = waiting.find(({ id }) => id === next.id)
          if (mine && !mine.priority) expect(calls - mine.since).toBeLessThanOrEqual(mine.place * (inRow + 1))
          waiting = waiting.filter(({ id }) => id !== next.id)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('what a line is told agrees with who is called: as many before as really come before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('o', 'P'), { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 3 }), (marks, run) => {
        const all = line(marks.join(''))
        callingOrder(all, ['A'], run, 2).forEach(({ id }, before) => {
          const told = estimate(all, id, [{ letters: ['A'], run }], 2, 60_000)
          expect(told).toEqual({ before, points: 1, minutes: before + 1 })
        })
      }),
      { numRuns: 100 },
    )
  })

  test('two points halve the wait; with none open nothing is promised', () => {
    const all = line('oooo')
    const point = { letters: ['A'], run: 0 }
    expect(estimate(all, '0003', [point, point], 2, 600_000)).toEqual({ before: 3, points: 2, minutes: 20 })
    expect(estimate(all, '0003', [{ letters: ['B'], run: 0 }], 2, 600_000)).toEqual({ before: 3, points: 0, minutes: null })
    expect(prefersPriority(2, 2)).toBe(false)
  })
})

describe('a point', () => {
  const sat = { agencyCode: 'H12', number: 3, officerId: 'o', officerName: 'Lê Thị Cúc' }
  test('is the fold of its events; a new day begins with nobody before it', () => {
    const first = changePoint(emptyPoint('p', 'H12', 3), 'opened', { ...sat, day: '2026-11-20' }, at('07:00'))
    const took = changePoint(first.next, 'took', { ticketId: 't', priority: true }, at('07:30'))
    expect(took.next).toMatchObject({ ticketId: 't', run: 1 })
    const next = changePoint(took.next, 'opened', { ...sat, day: '2026-11-21' }, at('07:00').add({ hours: 24 }))
    expect(next.next).toMatchObject({ ticketId: null, run: 0, day: '2026-11-21' })
    expect(isOpen(took.next, '2026-11-21')).toBe(false)
    expect(foldPoint('p', 'H12', 3, [first.event, took.event, next.event])).toEqual(next.next)
  })
})

test('settings under which somebody could never be called are refused', () => {
  const name = { vi: 'x', en: 'x' }
  const body = {
    categories: ['A', 'B', 'B'].map((letter) => ({ letter, name, fields: [] })),
    points: [{ number: 1, letters: ['A', 'C'] }],
    priority: { inRow: 2, grounds: [] },
    absent: { returnMinutes: 15 },
    assumedMinutes: 8,
    dailyMost: 100,
  }
  expect(settingsFaults(body).map(({ en }) => en)).toEqual([
    'Each category needs a letter of its own.',
    'No point serves category B.',
    'No point serves category B.',
    'Point 1: no category C.',
  ])
})
