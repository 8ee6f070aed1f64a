import { expect, test } from 'vitest'
import { screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { keys, Person } from '../support/person.ts'

const { baseUrl } = await openHouse()

const COUNTER = 'H12.144'
const CARD = '096092000808||TÔ THỊ LỤA|12051992|Nữ|Ấp 3, Cái Nước, Cà Mau|02032023'

test('a number is taken, called and served; the wall follows by itself; the intake takes only keys', { timeout: 120_000 }, async () => {
  const wall = await Person.at(baseUrl, { width: 1920 })
  await wall.open(`/quay/${COUNTER}/man-hinh`)
  await wall.isOn('Số đang được phục vụ')
  await wall.page.getByText('Đang cập nhật trực tiếp').waitFor()

  const phone = await Person.at(baseUrl, { width: 360 })
  await phone.open(`/quay/${COUNTER}`)
  await phone.isOn('Lấy số thứ tự')
  await phone.press(phone.page.locator('button[name=loai][value=A]'))
  await phone.isOn('Số A001')
  await phone.reads('Bạn là người tiếp theo', 'chưa có quầy nào mở')

  const clerk = await Person.at(baseUrl, { hands: keys })
  const { page } = clerk
  const { keyboard } = page
  await clerk.open('/mot-cua/hang-cho')
  await clerk.signInAsOfficer('motcua.cainuoc')
  await clerk.isOn('Hàng chờ')
  await clerk.choose('quay', '3')
  await clerk.press('Ngồi quầy này')
  await clerk.press('Gọi số tiếp theo')
  await clerk.reads('A001')
  await clerk.looksRight()

  // Neither screen is loaded again: the call reaches both.
  await wall.page.locator('.cs-display__point--called', { hasText: 'A001' }).waitFor()
  await phone.page.getByText('Mời đến quầy 3').waitFor()
  await wall.looksRight()
  await screenshot(wall.page, 'queue-wall')

  // From "start" to the receipt: what a clerk does, counted.
  const began = performance.now()
  let touches = 0
  const hit = async (key: string, leads = false): Promise<void> => {
    touches += 1
    await (leads ? Promise.all([page.waitForEvent('load'), keyboard.press(key)]) : keyboard.press(key))
  }
  const type = async (text: string): Promise<void> => {
    touches += text.length
    await keyboard.insertText(text)
  }
  await hit('.', true)
  await clerk.isOn('Tiếp nhận tại quầy')
  await clerk.reads('Đang phục vụ số A001 ở quầy 3')
  expect(await clerk.focus()).toBe('card')
  // One pass of the scanner.
  touches += 1
  await keyboard.insertText(CARD)
  await keyboard.press('Enter')
  await page.getByText('Đã điền theo thẻ của TÔ THỊ LỤA.').waitFor()
  expect(await clerk.focus()).toBe('phone')
  await type('0100000808')
  await hit('Tab')
  await type('kha')
  await hit('Enter', true)
  const procedure = page.getByRole('button', { name: /1\.001193/ })
  for (let tabs = 0; tabs < 10 && !(await procedure.evaluate((element) => element === document.activeElement)); tabs += 1) await hit('Tab')
  await hit('Enter', true)
  for (const paper of ['paper.giay-chung-sinh', 'paper.can-cuoc']) {
    const box = page.locator(`[name="${paper}"]`)
    for (let tabs = 0; tabs < 40 && !(await box.evaluate((element) => element === document.activeElement)); tabs += 1) await hit('Tab')
    await hit('Space')
  }
  await hit('Enter', true)
  await clerk.isOn('Giấy tiếp nhận hồ sơ và hẹn trả kết quả')
  const seconds = (performance.now() - began) / 1000
  console.info(`intake by keys: ${touches} keys and passes, ${seconds.toFixed(1)} s of machine and page time`)
  expect(touches).toBeLessThan(70)
  expect(seconds).toBeLessThan(120)
  await clerk.reads('TÔ THỊ LỤA', 'Giấy chứng sinh')

  await clerk.press('Xong, gọi tiếp')
  await clerk.isOn('Hàng chờ')
  await clerk.reads('Chưa gọi ai')
  await phone.page.getByText('Đã phục vụ xong').waitFor()
  await wall.page.locator('.cs-display__idle', { hasText: 'Sẵn sàng' }).waitFor()
  await phone.looksRight()
  for (const person of [wall, phone, clerk]) person.wasNotLetDown()
})
