import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, change, readFragments, readMessage } from './stream.ts'

test('a hundred screens that lost the server do not come back in the same second', () => {
  expect(backoff(0, 0)).toBe(500)
  expect(backoff(0, 1)).toBe(3000)
  fc.assert(
    fc.property(fc.nat(50), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const wait = backoff(attempt, random)
      expect(wait).toBeGreaterThanOrEqual(500)
      expect(wait).toBeLessThanOrEqual(30_000)
    }),
  )
})

test('a message names fragments by id; anything else in it is ignored', () => {
  expect(readFragments('{"rate-online":"<p>1</p>","n":1}')).toEqual([['rate-online', '<p>1</p>']])
  for (const nonsense of ['', 'null', '[', '7']) expect(readFragments(nonsense)).toEqual([])
})

test('a change in pieces keeps what the screen has been told before; without that it is left out, not guessed', () => {
  const message = readMessage('{"html":{"rows":[0,4,"<b>2</b>",12,17],"all":"<p>x</p>","odd":[null]},"text":{"as-of":"09:00","n":1}}')
  expect(message.text).toEqual({ 'as-of': '09:00' })
  expect(change(new Map([['rows', '<tr><b>1</b></tr>']]), message)).toEqual([
    ['rows', '<tr><b>2</b></tr>'],
    ['all', '<p>x</p>'],
  ])
  expect(change(new Map(), message)).toEqual([['all', '<p>x</p>']])
  for (const nonsense of ['', 'null', '[1]', '{"html":[]}']) expect(change(new Map(), readMessage(nonsense))).toEqual([])
})
