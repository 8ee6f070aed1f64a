import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { DESK, expectFits, expectNoAxeViolations, expectQuiet, openPage, PHONE, screenshot } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { signedIn } from '../support/signed-in.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')

let baseUrl = ''
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  const house = await signedIn(db, province, clock)
  const server = createServer(getRequestListener(house.web.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => server.close())
})

const administrator = async (page: Page): Promise<void> => {
  await page.context().addCookies([{ name: 'cuaso_session', value: 'administrator', url: baseUrl }])
}

const pages = [
  ['tree-before', '/quan-tri/co-quan?ngay=2025-06-30&q=ngoc+hien'],
  ['tree-after', '/quan-tri/co-quan?ngay=2025-07-01'],
  ['unit-split', '/quan-tri/co-quan/H12.37.01?ngay=2025-06-30'],
  ['unit-new', '/quan-tri/co-quan/H12.126'],
  ['change', '/quan-tri/co-quan/H12.126/chia'],
  ['calendar', '/quan-tri/lich?nam=2026'],
] as const

describe.each([
  ['a phone', PHONE],
  ['a desk', DESK],
] as const)('on %s', (_, width) => {
  test.each(pages)('%s reads well: nothing cut off, no barrier that axe knows', async (name, path) => {
    const page = await openPage(baseUrl, { width, as: administrator })
    await page.goto(path)
    await expectNoAxeViolations(page)
    await expectFits(page)
    await screenshot(page, `administration-${name}`)
    expectQuiet(page)
  })
})

test('without JavaScript, by keyboard: choose a day, open a district, look at a commune', async () => {
  const page = await openPage(baseUrl, { width: DESK, javaScript: false, as: administrator })
  await page.goto('/quan-tri/co-quan')
  await page.getByRole('link', { name: '30/06/2025 (còn cấp huyện)' }).press('Enter')
  await page.locator('summary', { hasText: 'Huyện U Minh' }).press('Enter')
  await page.getByRole('link', { name: 'Xã Nguyễn Phích' }).press('Enter')
  await page.waitForURL(/H12\.32\.\d\d\?ngay=2025-06-30/)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Xã Nguyễn Phích')
  expect(await page.getByText('Không phân bổ được').count()).toBe(1)
})

test('an administrator renames a commune: sees what would change, then does it', async () => {
  const page = await openPage(baseUrl, { width: PHONE, as: administrator })
  await page.goto('/quan-tri/co-quan/H12.130/phien-ban-moi')
  await page.getByLabel('Tên đầy đủ').fill('Ủy ban nhân dân xã Hương Tràm')
  await page.getByLabel('Tên gọi').fill('Xã Hương Tràm')
  await page.getByRole('button', { name: 'Xem trước' }).click()
  await page.getByRole('link', { name: /Ngày chưa đúng/ }).click()
  await page.getByLabel('Ngày', { exact: true }).fill('1')
  await page.getByLabel('Tháng').fill('1')
  await page.getByLabel('Năm').fill('2027')
  await page.getByLabel('Theo văn bản nào').fill('Nghị quyết 9/NQ-HĐND')
  await page.getByRole('button', { name: 'Xem trước' }).click()
  await page.getByText('hoạt động từ ngày 01/01/2027').waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Thực hiện thay đổi' }).click()
  await page.getByText('Đã ghi thay đổi').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Xã Hương Tràm')
  expectQuiet(page)
})
