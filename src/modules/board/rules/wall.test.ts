import { expect, test } from 'vitest'
import { readWall, wallHref, wallSlides, wallStream } from './wall.ts'

test('the address of a running period has gone on by itself the next day, month and year', () => {
  const evening = readWall({}, '2026-12-31')
  expect(evening.question).toMatchObject({ from: '2026-01-01', to: '2026-12-31' })
  const query = (href: string) => Object.fromEntries(new URL(href, 'http://x').searchParams)
  expect(readWall(query(wallHref(evening)), '2027-01-01').question).toMatchObject({ from: '2027-01-01', to: '2027-01-01' })
  const quarter = wallHref({ ...evening, period: 'quy', slide: 'score', stopped: true })
  expect(readWall(query(quarter), '2027-05-02')).toMatchObject({
    question: { from: '2027-04-01', to: '2027-05-02' },
    slide: 'score',
    stopped: true,
  })
  expect(readWall({ ky: 'thang' }, '2026-02-09').question).toMatchObject({ from: '2026-02-01', to: '2026-02-09' })
})

test('days that somebody chose stay, and every slide keeps the rest of the address', () => {
  const chosen = readWall({ tu: '2023-03-01', den: '2023-05-09', cap: 'xa', 'chi-so': 'so-hoa' }, '2026-11-22')
  expect(chosen.period).toBeNull()
  for (const slide of wallSlides) {
    const again = readWall(Object.fromEntries(new URL(wallHref({ ...chosen, slide }), 'http://x').searchParams), '2027-01-01')
    expect(again).toEqual({ ...chosen, slide })
  }
  expect(wallStream(chosen)).toMatch(/^\/dieu-hanh\/man-hinh\/luong\?tu=2023-03-01&den=2023-05-09&cap=xa/)
  expect(readWall({ ky: '2022', trang: '99' }, '2026-11-22')).toMatchObject({
    period: null,
    slide: 'rates',
    question: { to: '2022-12-31' },
  })
})
