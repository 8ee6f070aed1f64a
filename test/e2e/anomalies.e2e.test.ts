import { expect, test } from 'vitest'
import { seedAnomalies } from '../../src/demo/anomalies.ts'
import { DESK, PHONE, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()

/** The first and last day of the month before this one. */
function lastMonth(): string {
  const today = app.clock().toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate()
  const first = today.with({ day: 1 }).subtract({ months: 1 })
  return `tu=${first}&den=${first.with({ day: first.daysInMonth })}`
}

test('a reform officer goes from the list to the evidence, notes what came of it and opens a dossier; on a phone the list fits', async () => {
  await seedAnomalies(app, app.province)
  const officer = await Person.at(baseUrl, { width: DESK })
  await officer.open(`/dieu-hanh/bat-thuong?${lastMonth()}`)
  await officer.signInAsOfficer('caicach')
  await officer.isOn('Số liệu cần xem lại')
  await officer.reads('Tính lúc', 'Một thiết bị, nhiều người nộp', 'Máy tính bảng tổ công nghệ số ấp 3')
  await officer.looksRight()
  await screenshot(officer.page, 'anomalies')
  await officer.follow(/^Một số điện thoại, nhiều người nộp ?, /)
  await officer.isOn('Một số điện thoại, nhiều người nộp')
  await officer.looksRight()
  await screenshot(officer.page, 'anomaly-case')
  await officer.press('Ghi kết quả')
  await officer.reads('Chọn kết quả tìm hiểu.', 'Viết điều đã tìm hiểu được.')
  await officer.looksRight()
  await officer.choose('outcome', 'follow')
  await officer.type('note', 'Đã gọi UBND xã, chờ trả lời.')
  await officer.press('Ghi kết quả')
  await officer.reads('Đã ghi.', 'Theo dõi tiếp', 'Đã gọi UBND xã, chờ trả lời.')
  await officer.page.locator('table a[href^="/mot-cua/ho-so/"]').first().click()
  await officer.reads('ví dụ số liệu cần xem lại')

  const phone = await Person.at(baseUrl, { width: PHONE })
  await phone.open(`/dieu-hanh/bat-thuong?${lastMonth()}`)
  await phone.signInAsOfficer('caicach')
  await phone.isOn('Số liệu cần xem lại')
  await phone.looksRight()
  await screenshot(phone.page, 'anomalies-phone')
  await phone.follow('Điểm có và không có hồ sơ nộp hộ')
  await phone.looksRight()
  await screenshot(phone.page, 'anomaly-assisted-phone')
  await phone.open('/du-lieu-ca-nhan')
  await phone.looksRight()
  await screenshot(phone.page, 'privacy-phone')
  expect(await phone.page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
})
