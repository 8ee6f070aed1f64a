import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { DESK, expectFits, expectNoAxeViolations, expectQuiet, openPage, PHONE, screenshot } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { signedIn } from '../support/signed-in.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')

let server: ReturnType<typeof createServer>
let address = ''
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  const house = await signedIn(db, province, clock)
  server = createServer(getRequestListener(house.web.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server?.close())

const pages = [
  '/',
  '/thu-tuc',
  '/thu-tuc?q=khai+sih',
  '/thu-tuc?q=zzzz+qqqq',
  '/thu-tuc/1.009994',
  '/thu-tuc/1.001193?ngay=2020-01-01',
  '/su-kien/nha-dat',
]

describe.each([
  ['a phone without JavaScript', PHONE, false],
  ['a desk', DESK, true],
] as const)('on %s', (_, width, javaScript) => {
  test.each(pages)('%s reads well: nothing cut off, no barrier that axe knows', async (path) => {
    const page = await openPage(address, { width, javaScript })
    await page.goto(path)
    await expectNoAxeViolations(page)
    await expectFits(page)
    await screenshot(page, `catalogue${path.replace(/[^a-z0-9]+/gi, '-')}`)
    expectQuiet(page)
  })
})

test('a person without JavaScript goes from the question to the start of filing', async () => {
  const page = await openPage(address, { width: PHONE, javaScript: false })
  await page.goto('/')
  await page.getByLabel('Bạn cần làm gì?').fill('giay doc than')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Cấp giấy xác nhận tình trạng hôn nhân' }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Cấp giấy xác nhận tình trạng hôn nhân')
  expect(
    await page
      .getByRole('button', { name: 'Nộp hồ sơ trực tuyến' })
      .or(page.getByRole('link', { name: 'Nộp hồ sơ trực tuyến' }))
      .getAttribute('href'),
  ).toBe('/nop/1.004873')
})

test('suggestions answer while typing and are chosen by keyboard alone', async () => {
  const page = await openPage(address)
  await page.goto('/')
  await page.getByLabel('Bạn cần làm gì?').focus()
  await page.keyboard.type('ket hon', { delay: 20 })
  await page.getByRole('option').first().waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/thu-tuc/1.000894')
  expectQuiet(page)
})
