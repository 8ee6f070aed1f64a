import fc from 'fast-check'
import { expect, test } from 'vitest'
import { change } from '../../../islands/live-board/stream.ts'
import { piecesOf } from './pieces.ts'

const put = (before: string, after: string): string | undefined =>
  change(new Map([['part', before]]), { html: { part: piecesOf(before, after) } })[0]?.[1]

test('the screen puts together exactly what the server has, whatever changed, moved, came or went', () => {
  const tag = fc.oneof(
    fc.nat(20).map((n) => `<td>${n},5 %`),
    fc.nat(9).map((n) => `<tr><th>Xã Tân ${n}</th>`),
    fc.constantFrom('</td>', '<p>', 'chữ', '<td class="x">·</td>', '<', '< a', ''),
  )
  const html = fc.array(tag, { maxLength: 40 }).map((tags) => tags.join(''))
  fc.assert(fc.property(html, html, (before, after) => void expect(put(before, after)).toBe(after)))
  fc.assert(
    fc.property(fc.shuffledSubarray(Array.from({ length: 12 }, (_none, n) => `<tr><td>${n}</td><td>Đơn vị ${n}</td></tr>`)), (rows) => {
      const [before, after] = [[...rows].sort().join(''), rows.join('')]
      expect(put(before, after)).toBe(after)
    }),
  )
})

test('one dossier more at one of 131 units is told in a few hundred characters, not in the whole table', () => {
  const table = (counts: readonly number[]): string =>
    `<table>${counts
      .map((count, unit) => ({ count, unit }))
      .sort((a, b) => b.count - a.count)
      .map(
        ({ count, unit }, at) =>
          `<tr><td>${at + 1}</td><th><a href="/so-lieu?don-vi=${unit}">Đơn vị ${unit}</a></th><td>${count}</td></tr>`,
      )
      .join('')}</table>`
  const counts = Array.from({ length: 131 }, (_none, unit) => 1000 - unit * 3)
  const [before, after] = [table(counts), table(counts.map((count, unit) => (unit === 60 ? count + 1 : count)))]
  expect(JSON.stringify(piecesOf(before, after)).length).toBeLessThan(300)
  expect(before.length).toBeGreaterThan(8000)
})
