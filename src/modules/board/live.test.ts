import { expect, test } from 'vitest'
import type { App } from '../../kernel/app.ts'
import { Refused } from '../../kernel/errors.ts'
import { type Listening, LiveBoards, type LiveView } from './live.tsx'

interface Asked {
  readonly days: string
  readonly rate: string
}

/** A house whose one figure is said by the test; the pauses are real. */
function house(slow = 0) {
  let figure = 0
  let failing = false
  const told = new Set<() => void>()
  const done = { figures: 0, views: 0 }
  const feed = {
    subscribe: (listener: () => void) => {
      told.add(listener)
      return () => told.delete(listener)
    },
    nudge: () => undefined,
    stop: () => undefined,
  }
  const view: LiveView<Asked> = {
    key: ({ days, rate }) => `${days} ${rate}`,
    read: async ({ days, rate }, locale, moment) => {
      const count = await moment.once(days, async () => {
        done.figures += 1
        if (failing) throw new Error('the database is away')
        const counted = figure
        await new Promise((resolve) => setTimeout(resolve, slow))
        return counted
      })
      done.views += 1
      return { html: { cards: `<p>${days} ${rate} ${count}</p>`, still: '<p>như cũ</p>' }, text: { 'as-of': locale } }
    },
  }
  const boards = new LiveBoards<Asked>({ log: { warn: () => undefined } } as unknown as App, view, feed)
  return {
    boards,
    done,
    told,
    commit: () => {
      figure += 1
      for (const listener of told) listener()
    },
    fail: (so: boolean) => {
      failing = so
    },
  }
}

const board: Asked = { days: '2026', rate: 'truc-tuyen' }
const read = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
const idOf = (bytes: Uint8Array | undefined): string => /^id: (.*)$/m.exec(read(bytes))?.[1] ?? ''

test('five hundred who look at the same board are one reading, one rendering and the same bytes', async () => {
  const { boards, done, commit } = house()
  let woken = 0
  const seats = Array.from({ length: 500 }, () => boards.listen(board, 'vi', () => (woken += 1)))
  await expect.poll(() => woken).toBe(500)
  const first = seats.map((seat) => seat.take())
  expect(new Set(first).size).toBe(1)
  expect(read(first[0])).toContain('truc-tuyen 0')
  commit()
  await expect.poll(() => woken).toBe(1000)
  const second = seats.map((seat) => seat.take())
  expect(new Set(second).size).toBe(1)
  // Only the part that changed; nobody is told twice.
  expect(read(second[0])).toMatch(/truc-tuyen 1/)
  expect(read(second[0])).not.toContain('như cũ')
  expect(seats.some((seat) => seat.take() !== undefined)).toBe(false)
  expect(done).toEqual({ figures: 2, views: 2 })
  for (const seat of seats) seat.stop()
  expect(boards.listeners).toBe(0)
})

test('boards of the same days share one reading of the figures; another language or rate is another view', async () => {
  const { boards, done, commit, told } = house()
  const woken: string[] = []
  const seats: Listening[] = []
  const join = (name: string, question: Asked, locale: 'vi' | 'en') => seats.push(boards.listen(question, locale, () => woken.push(name)))
  join('a', board, 'vi')
  join('b', { ...board, rate: 'dung-han' }, 'vi')
  join('c', board, 'en')
  join('d', { ...board, days: '2025' }, 'vi')
  await expect.poll(() => woken.length).toBe(4)
  const before = { ...done }
  commit()
  await expect.poll(() => woken.length).toBe(8)
  expect([done.figures - before.figures, done.views - before.views]).toEqual([2, 4])
  expect(new Set(seats.map((seat) => read(seat.take()).replace(/^id: .*/, ''))).size).toBe(4)
  for (const seat of seats) seat.stop()
  expect(told.size).toBe(0)
})

test('what is committed while a board is being read is in the next message', async () => {
  const { boards, commit } = house(50)
  const seat = boards.listen(board, 'vi', () => undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  commit()
  await expect.poll(() => read(seat.take()), { interval: 10 }).toContain('truc-tuyen 0')
  await expect.poll(() => read(seat.take()), { interval: 10 }).toContain('truc-tuyen 1')
  seat.stop()
})

test('who was away for a while, or comes back with the id of the last event, gets what changed since; with an id of before a restart, everything', async () => {
  const { boards, commit } = house()
  const seat = boards.listen(board, 'vi', () => undefined)
  await expect.poll(() => boards.listen(board, 'vi', () => undefined).take()).toBeDefined()
  const first = idOf(seat.take())
  for (const n of [1, 2]) {
    commit()
    const other = boards.listen(board, 'vi', () => undefined)
    await expect.poll(() => read(other.take())).toContain(`truc-tuyen ${n}`)
    other.stop()
  }
  // Two changes missed: one message, the latest.
  const late = read(seat.take())
  expect(late).toContain('truc-tuyen 2')
  expect(late).not.toContain('như cũ')
  expect(seat.take()).toBeUndefined()
  expect(read(boards.listen(board, 'vi', () => undefined, first).take())).toBe(late)
  expect(boards.listen(board, 'vi', () => undefined, idOf(new TextEncoder().encode(late))).take()).toBeUndefined()
  for (const strange of ['abc.1', `${first}0`, '1', '']) {
    expect(read(boards.listen(board, 'vi', () => undefined, strange).take())).toContain('như cũ')
  }
})

test('a board that could not be read is tried again by itself', async () => {
  const { boards, fail } = house()
  fail(true)
  const seat = boards.listen(board, 'vi', () => undefined)
  await new Promise((resolve) => setTimeout(resolve, 50))
  fail(false)
  await expect.poll(() => read(seat.take()), { timeout: 4000 }).toContain('truc-tuyen 0')
  seat.stop()
})

test('there is an end to how many different boards are kept true', () => {
  const { boards } = house()
  const open = (n: number) => boards.listen({ ...board, days: String(n) }, 'vi', () => undefined)
  const seats = Array.from({ length: 150 }, (_none, n) => open(n))
  expect(() => open(150)).toThrow(Refused)
  // One more at a board that is open is no other board.
  expect(() => open(149)).not.toThrow()
  seats[0]?.stop()
  expect(() => open(150)).not.toThrow()
})
