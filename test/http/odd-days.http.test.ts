import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

const NOW = Temporal.Instant.from('2026-11-22T03:00:00Z')
const { db, province } = await testDatabase()
let house: SignedIn
beforeAll(async () => {
  house = await signedIn(db, province, () => NOW)
  await loadOrganisationData({ db, clock: () => NOW }, province)
})

/** Real days of the calendar that nobody means: some of them the database does not know, some have no next day. */
const days = [
  ['0000-01-01', '2026-01-01'],
  ['0001-01-01', '2026-01-01'],
  ['2026-01-01', '9999-12-31'],
  ['9999-12-01', '9999-12-31'],
] as const

describe.each(days)('from %s to %s', (from, to) => {
  test.each([
    '/dieu-hanh',
    '/dieu-hanh/so-lieu',
    '/dieu-hanh/man-hinh',
    '/dieu-hanh/chi-so',
    '/dieu-hanh/chi-so/xep-hang',
    '/dieu-hanh/chi-so/so-sanh',
    '/dieu-hanh/chi-so/chi-tieu?id=2.1',
    '/dieu-hanh/toan-quoc',
    '/dieu-hanh/bat-thuong',
    '/dieu-hanh/bao-cao/tu-tao',
  ])('%s shows its usual days', async (path) => {
    expect((await house.get(`${path}${path.includes('?') ? '&' : '?'}tu=${from}&den=${to}`, 'reform_officer')).status).toBe(200)
  })

  test.each(['/api/v1/index/score', '/api/v1/index/ranking', '/api/v1/index/portal'])('%s says which day is wrong', async (path) => {
    const answer = await house.get(`${path}?from=${from}&to=${to}`, 'reform_officer')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'input.invalid' })
  })
})

test('a live board refuses nobody for odd days either', async () => {
  const answer = await house.get('/dieu-hanh/luong?tu=2026-01-01&den=9999-12-31', 'leader')
  expect(answer.status).toBe(200)
  await answer.body?.cancel()
})
