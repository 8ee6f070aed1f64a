import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadProvinces } from '../../src/demo/provinces.ts'
import { provinceDossiers, simulatedProvinces } from '../../src/demo/rules/provinces.ts'
import { dayOf } from '../../src/kernel/clock.ts'
import { run } from '../../src/kernel/command.ts'
import { importFile } from '../../src/kernel/import-file.ts'
import { migrationsFolder } from '../../src/kernel/paths.ts'
import { dossierImport, submitDossier } from '../../src/modules/dossier/index.ts'
import { saveReported } from '../../src/modules/scheme/index.ts'
import { DESK, PHONE, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl, ownerUrl } = await openHouse()
const [canTho, vinhLong] = simulatedProvinces as [(typeof simulatedProvinces)[number], (typeof simulatedProvinces)[number]]
const host = { db: app.db, clock: app.clock, migration: { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder } }
const folder = await mkdtemp(join(tmpdir(), 'cuaso-boards-'))

const clerk = {
  kind: 'officer',
  officerId: '01930000-0000-7000-8000-000000000002',
  name: 'Danh Hoàng Nam',
  grants: [{ role: 'clerk', agencyCode: 'H12.144', subtree: false }],
} as const

/** What somebody brings to the counter of Cái Nước, received at once. */
async function receive(name: string): Promise<void> {
  const done = await run(app, { province: app.province, actor: clerk, name: 'test' }, (cx) =>
    submitDossier(cx, {
      procedureCode: '1.001193',
      agencyCode: 'H12.144',
      channel: 'counter',
      applicant: { name, phone: '0100000000' },
      receive: true,
    }),
  )
  if (!done.ok) throw new Error(done.error.message.vi)
}

/** One more late dossier in Cần Thơ, in its own schema. */
async function lateInCanTho(number = '9999'): Promise<void> {
  const [first] = provinceDossiers(canTho, dayOf(app.clock()))
  const path = join(folder, 'late.csv')
  const late = { ...first, code: `${first?.agency_code}-260101-${number}`, completed_at: '', returned_at: '', status: '4' }
  await writeFile(path, stringify([late], { header: true }))
  const province = { slug: canTho.slug, schema: 'can_tho', name: canTho.name, code: canTho.code }
  expect(await importFile(app, province, dossierImport('test'), path)).toMatchObject({ imported: 1, rejected: 0 })
}

const seat = async (width: number): Promise<Person> => {
  const leader = await Person.at(baseUrl, { width })
  await leader.open('/dieu-hanh')
  await leader.signInAsOfficer('chutich')
  await leader.isOn('Bảng điều hành')
  return leader
}

const SOON = { timeout: 15_000, interval: 100 }

beforeAll(() => loadProvinces(host, undefined, [canTho]))
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the national board shows a province that joins and moves when another one changes, without a reload', {
  timeout: 120_000,
}, async () => {
  const leader = await seat(DESK)
  await leader.open('/dieu-hanh/toan-quoc')
  await leader.reads('Thành phố Cần Thơ (mô phỏng)', 'chưa có số liệu')
  await leader.page.locator('[data-live-state]', { hasText: 'Tự cập nhật' }).waitFor()
  await leader.page.evaluate('window.stillHere = true')
  const row = (name: string) => leader.page.locator('#national tbody tr', { hasText: name })
  const before = await row('Cần Thơ').locator('td').nth(1).innerText()
  await lateInCanTho()
  await expect.poll(() => row('Cần Thơ').locator('td').nth(1).innerText(), SOON).not.toBe(before)
  await loadProvinces(host, undefined, [vinhLong])
  await expect.poll(() => row('Vĩnh Long').locator('td').first().innerText(), SOON).toBe('2')
  expect(await leader.page.evaluate('window.stillHere')).toBe(true)
  await leader.looksRight()
  await screenshot(leader.page, 'national')
  await leader.follow(/Cần Thơ/)
  await leader.reads(
    'Thành phố Cần Thơ (mô phỏng)',
    'trên 100 điểm',
    'Trung vị',
    'Chưa so được với Tỉnh Cà Mau',
    'Hồ sơ và người nộp của tỉnh khác không mở được',
  )
  await leader.select('voi', 'Tỉnh Vĩnh Long (mô phỏng)')
  await leader.press('So sánh')
  await leader.reads(/hơn Tỉnh Vĩnh Long \(mô phỏng\) \d+,\d\d điểm/)
  // Live as the board is: the points move, and what somebody unfolded stays so.
  await leader.page.locator('[data-live-state]', { hasText: 'Tự cập nhật' }).waitFor()
  await leader.page.evaluate('window.stillHere = true')
  await leader.page.locator('#group-TDGQ > summary').click()
  const points = leader.page.locator('#group-TDGQ > summary strong').first()
  const then = await points.innerText()
  await lateInCanTho('9998')
  await expect.poll(() => points.innerText(), SOON).not.toBe(then)
  expect(await leader.page.locator('#group-TDGQ').evaluate((one) => (one as HTMLDetailsElement).open)).toBe(true)
  expect(await leader.page.evaluate('window.stillHere')).toBe(true)
  await leader.page.locator('#group-TDGQ summary', { hasText: 'Cách tính, căn cứ' }).first().click()
  await leader.reads('Công thức', 'Quyết định 766/QĐ-TTg')
  // The longest name there is, at a desk and on a phone.
  for (const width of [DESK, PHONE]) {
    await leader.page.setViewportSize({ width, height: 900 })
    await leader.page.evaluate(() => {
      for (const one of document.querySelectorAll('h1, #groups th, .cs-side thead th'))
        one.append(' và các tỉnh Bà Rịa – Vũng Tàu, Thừa Thiên Huế (mô phỏng)')
    })
    await leader.looksRight()
  }
  await screenshot(leader.page, 'national-province')
  // Short on a phone: every group is a line until it is opened, by a link too.
  await leader.page.reload()
  expect(await leader.page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(5000)
  await leader.page.locator('#groups a', { hasText: 'Tiến độ giải quyết' }).click()
  await leader.page.locator('#group-TDGQ[open]').waitFor()
  leader.wasNotLetDown()
})

test('a leader opens a unit’s points, what would win them back, the ranking and a comparison; without a dossier nobody is graded', {
  timeout: 120_000,
}, async () => {
  const leader = await seat(PHONE)
  await leader.open('/dieu-hanh/chi-so?ky=2024')
  await leader.reads('Chưa xếp loại: chưa có hồ sơ', 'Chưa có hồ sơ nào trong kỳ này')
  await receive('Trần Thị Điểm Số')
  await leader.open('/dieu-hanh/chi-so?don-vi=H12.144')
  await leader.reads('Xếp loại', 'Lấy lại điểm ở đâu')
  await leader.looksRight()
  await leader.open('/dieu-hanh/chi-so/chi-tieu?id=2.1&don-vi=H12.144')
  await leader.reads('Công thức', 'Căn cứ', 'Tính lúc', 'Đăng ký khai sinh')
  await leader.looksRight()
  await leader.open('/dieu-hanh/chi-so/xep-hang')
  await leader.reads('Cái Nước')
  await leader.looksRight()
  await leader.open('/dieu-hanh/chi-so/so-sanh?don-vi=H12.144&voi-ky=2023')
  await leader.reads('Đơn vị này không có trong kỳ đã chọn')
  await leader.open('/dieu-hanh/chi-so/so-sanh?don-vi=H12.144&voi=H12.101')
  await leader.reads('chưa có hồ sơ nào trong kỳ này')
  await leader.looksRight()
  leader.wasNotLetDown()
})

test('who is behind moves on a leader’s phone when a dossier is received', { timeout: 120_000 }, async () => {
  await receive('Lê Văn Trước')
  const leader = await seat(PHONE)
  await leader.page.locator('[data-live-state]', { hasText: 'Tự cập nhật' }).waitFor()
  const received = leader.page.locator('#brief strong').first()
  const before = Number(await received.innerText())
  await receive('Lê Văn Sau')
  await expect.poll(async () => Number(await received.innerText()), SOON).toBe(before + 1)
  expect(await leader.page.locator('#brief').innerText()).toContain('Cái Nước')
  // The index in one card: points, what is lost, what nobody could score; it leads on to the score.
  const card = leader.page.locator('#brief .cs-points')
  expect(await card.innerText()).toMatch(/\d+,\d\d\s+\/ 100[\s\S]*mất \d+,\d\d điểm; chưa chấm \d+ điểm/)
  await leader.looksRight()
  await card.click()
  await leader.reads('Lấy lại điểm ở đâu')
})

test('the wall is read from five metres, turns on while the server is away, says since when, and comes back', {
  timeout: 120_000,
}, async () => {
  await receive('Phạm Thị Màn Hình')
  // Reported for January alone: of every other month nobody said anything.
  const year = dayOf(app.clock()).slice(0, 4)
  const given = { quantity: 'synced', agencyCode: 'H12', month: `${year}-01-01`, value: 1, source: 'Cổng DVCQG', line: 1 }
  await app.db.write(app.province, (tx) => saveReported(tx, [given], app.clock().toString()))
  const wall = await Person.at(baseUrl, { width: 1920 })
  await wall.page.setViewportSize({ width: 1920, height: 1080 })
  await wall.open('/dieu-hanh/man-hinh')
  await wall.signInAsOfficer('chutich')
  await wall.isOn('Màn hình điều hành')
  const state = wall.page.locator('[data-live-state]')
  await state.filter({ hasText: 'Tự cập nhật' }).waitFor()
  const title = wall.page.locator('[data-wall-title]')
  const shown: string[] = []
  for (let slide = 0; slide < 6; slide += 1) {
    shown.push(await title.innerText())
    if (slide === 5) {
      const said = await wall.page.locator('#wall-score').innerText()
      expect(said).toContain('Chưa đủ số liệu: chưa chấm')
      if (dayOf(app.clock()).slice(5, 7) > '02') expect(said).toContain('thiếu số báo cáo')
    }
    // A name as long as they come must not push anything off the wall.
    const small = await wall.page.evaluate(() => {
      for (const unit of document.querySelectorAll('.cs-screen__unit'))
        unit.textContent = 'Ban Quản lý các khu công nghiệp và khu kinh tế '.repeat(2)
      const texts = [...document.querySelectorAll<HTMLElement>('.cs-screen__slide:not([hidden]) *, .cs-screen__head *')].filter(
        (one) =>
          one.checkVisibility() &&
          !one.closest('.govuk-visually-hidden, svg') &&
          [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      )
      const tooSmall = texts.filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 28)
      const fits = document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth
      return { tooSmall: tooSmall.map((one) => one.textContent), fits }
    })
    expect(small, shown.at(-1)).toEqual({ tooSmall: [], fits: true })
    await wall.page.keyboard.press('ArrowRight')
  }
  expect(new Set(shown).size).toBe(6)
  await wall.page.context().setOffline(true)
  app.streams.closeAll()
  await state.filter({ hasText: /Mất kết nối từ \d\d:\d\d/ }).waitFor()
  await wall.page.keyboard.press('ArrowRight')
  expect(await title.innerText()).toBe(shown[1])
  await wall.page.context().setOffline(false)
  await state.filter({ hasText: 'Tự cập nhật' }).waitFor()
  await screenshot(wall.page, 'wall')
})
