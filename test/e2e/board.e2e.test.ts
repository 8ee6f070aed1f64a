import { describe, expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import type { Actor } from '../../src/kernel/context.ts'
import { assignDossier, issueResult, submitDossier, submitForSignature } from '../../src/modules/dossier/index.ts'
import { DESK, PHONE, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()

const COMMUNE = 'H12.144'
const officer = (end: string, name: string, role: 'clerk' | 'specialist' | 'unit_head'): Actor => ({
  kind: 'officer',
  officerId: `01930000-0000-7000-8000-0000000000${end}`,
  name,
  grants: [{ role, agencyCode: COMMUNE, subtree: false }],
})
const clerk = officer('02', 'Danh Hoàng Nam', 'clerk')
const specialist = officer('07', 'Ngô Văn Khởi', 'specialist')
const head = officer('12', 'Lâm Thanh Tùng', 'unit_head')

const as = async <T>(actor: Actor, work: Parameters<typeof run<T>>[2]): Promise<T> => {
  const done = await run(app, { province: app.province, actor, name: 'test' }, work)
  if (!done.ok) throw new Error(done.error.message.vi)
  return done.value
}

/** What somebody at the counter of the commune brings, received at once. */
const receive = (name: string): Promise<{ id: string; code: string | null }> =>
  as(clerk, (cx) =>
    submitDossier(cx, {
      procedureCode: '1.001193',
      agencyCode: COMMUNE,
      channel: 'counter',
      applicant: { name, phone: '0100000000' },
      receive: true,
    }),
  )

async function finish(dossierId: string): Promise<void> {
  const assigneeId = (specialist as { officerId: string }).officerId
  await as(clerk, (cx) => assignDossier(cx, { dossierId, assigneeId }))
  await as(specialist, (cx) => submitForSignature(cx, { dossierId }))
  await as(head, (cx) => issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh' }], electronic: false }))
}

const seat = async (width: number, javaScript = true): Promise<Person> => {
  const leader = await Person.at(baseUrl, { width, javaScript })
  await leader.open('/dieu-hanh')
  await leader.signInAsOfficer('chutich')
  await leader.isOn('Bảng điều hành')
  return leader
}

/** Received and finished dossiers of the communes, as the board shows them now. */
async function communes({ page }: Person): Promise<number[]> {
  const row = page.locator('#tiers tr', { hasText: 'Cấp xã' })
  if ((await row.count()) === 0) return [0, 0]
  const cells = await row.locator('td').allInnerTexts()
  const figures = cells.map((text) => /(\d+)\s*$/.exec(text.trim())?.[1] ?? '')
  return [Number(figures[0]), Number(figures[3])]
}

const SOON = { timeout: 10_000, interval: 100 }

describe.each([
  ['on a phone', PHONE],
  ['at a desk', DESK],
])('%s', (_, width) => {
  test('the board moves without a reload when a dossier is received and when its result is issued', { timeout: 120_000 }, async () => {
    const leader = await seat(width)
    await leader.page.locator('[data-live-state]', { hasText: 'Tự cập nhật' }).waitFor()
    await leader.page.evaluate('window.stillHere = true')
    const [received = 0, finished = 0] = await communes(leader)
    const dossier = await receive('Trần Thị Sống Động')
    await expect.poll(() => communes(leader), SOON).toEqual([received + 1, finished])
    await finish(dossier.id)
    await expect.poll(() => communes(leader), SOON).toEqual([received + 1, finished + 1])
    expect(await leader.page.evaluate('window.stillHere')).toBe(true)
    await leader.looksRight()
    await screenshot(leader.page, 'board')
    leader.wasNotLetDown()
  })

  test('every figure opens to its definition and its dossiers', { timeout: 120_000 }, async () => {
    const { code } = await receive('Lê Văn Con Số')
    const leader = await seat(width)
    const figures = await leader.page
      .locator('#cards a[href*="so-lieu"], #zero a, #ranking a, #heat a')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])
    expect(figures.length).toBeGreaterThan(4)
    // The four rates of the province, and every unit that had work.
    const worked = figures.filter((href) => !href.includes('don-vi') || href.includes(COMMUNE))
    expect(worked.length).toBeGreaterThanOrEqual(5)
    for (const href of worked) {
      await leader.open(href)
      await leader.reads('Cách tính', 'Căn cứ', 'Hồ sơ làm nên con số này')
      await leader.looksRight()
    }
    const ofUnit = worked.find((href) => href.includes(COMMUNE) && href.includes('truc-tuyen')) ?? ''
    await leader.open(ofUnit)
    await leader.reads(code ?? '?', 'Đăng ký khai sinh')
    await leader.follow('Về bảng điều hành')
    await leader.isOn('Bảng điều hành')
    leader.wasNotLetDown()
  })

  test('without JavaScript the same figures stand on the page, and a reload brings the new ones', { timeout: 120_000 }, async () => {
    const leader = await seat(width, false)
    const [received = 0] = await communes(leader)
    await receive('Phạm Thị Tải Lại')
    await leader.page.reload()
    expect((await communes(leader))[0]).toBe(received + 1)
    await leader.follow('Cấp xã')
    await leader.isOn('Bảng điều hành')
    await leader.follow('Tỷ lệ đúng hạn')
    await leader.isOn('Bảng điều hành')
    leader.wasNotLetDown()
  })
})

test('a board left open says that its session has ended, and on the next day counts the next day', { timeout: 60_000 }, async () => {
  const leader = await seat(PHONE)
  const { page } = leader
  await page.evaluate(() => {
    const board = document.querySelector<HTMLElement>('[data-day]')
    if (board) board.dataset.day = '2000-01-01'
  })
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))])
  await leader.isOn('Bảng điều hành')
  const other = await page.context().newPage()
  await other.goto(`${baseUrl}/dieu-hanh`)
  await other.getByRole('button', { name: 'Thoát' }).click()
  await expect.poll(() => page.locator('[data-live-state]').innerText(), SOON).toMatch(/^Phiên đăng nhập đã hết, tải lại trang/)
})
