import { expect, test } from 'vitest'
import { DESK, PHONE } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { baseUrl } = await openHouse()

const UNIT = { specialist: 'cainuoc.chuyenvien', specialistName: 'Ngô Văn Khởi', head: 'cainuoc.lanhdao' }

test('on a phone: a petition without an account, answered and signed, published without the name, and liked', {
  timeout: 120_000,
}, async () => {
  const woman = await Person.at(baseUrl, { width: PHONE })
  await woman.open('/phan-anh')
  await woman.isOn('Phản ánh, kiến nghị')
  await woman.follow('Gửi phản ánh')
  await woman.isOn('Gửi phản ánh, kiến nghị')
  await woman.type('content', 'Chị Sương.')
  await woman.press('Gửi')
  await woman.isOn('Lỗi: Gửi phản ánh, kiến nghị')
  await woman.type('content', 'Tôi là Danh Thị Sương, đi chứng thực ba lần đều bảo hết giờ. Gọi tôi 0907 123 456.')
  await woman.select('agencyCode', 'Xã Cái Nước')
  await woman.type('name', 'Danh Thị Sương')
  await woman.type('phone', '0907123456')
  await woman.choose('mayPublish', '1')
  await woman.press('Gửi')
  await woman.isOn('Đã gửi phản ánh')
  const reference = /PA-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await woman.page.locator('main').innerText())?.[0] ?? ''
  expect(reference).not.toBe('')
  await woman.follow('Phản ánh của tôi đến đâu rồi?')
  await woman.type('dien-thoai', '123456')
  await woman.press('Xem phản ánh')
  await woman.isOn(`Phản ánh ${reference}`)
  await woman.reads('Xã Cái Nước đang đọc phản ánh của bạn.', 'Trả lời trước')

  const head = await Person.at(baseUrl, { width: DESK })
  await head.open('/mot-cua/phan-anh')
  await head.signInAsOfficer(UNIT.head)
  await head.isOn('Phản ánh, kiến nghị')
  await head.follow(reference)
  await head.isOn(`Phản ánh ${reference}`)
  await head.select('classCode', 'Về cán bộ, công chức: Không có người tiếp, sai giờ làm việc')
  await head.press(head.page.getByRole('button', { name: 'Phân loại' }).first())
  await head.unfold('Giao việc')
  await head.select('assigneeId', UNIT.specialistName)
  await head.press(head.page.getByRole('button', { name: 'Giao việc' }))
  await head.reads('Xong: giao việc.')
  const workspace = new URL(head.page.url()).pathname

  const specialist = await Person.at(baseUrl, { width: DESK })
  await specialist.open(workspace)
  await specialist.signInAsOfficer(UNIT.specialist)
  await specialist.press('Tiếp nhận giải quyết')
  await specialist.type('answer', 'Từ thứ Hai, quầy chứng thực nhận đến 17:00. Xã xin lỗi bạn.')
  await specialist.press('Trình câu trả lời')
  await specialist.reads('Xong: trình câu trả lời.', 'Chờ ký trả lời')

  await head.open(workspace)
  await head.reads('Câu trả lời chờ ký')
  await head.press('Ký trả lời')
  await head.reads('Bản sẽ công khai', 'Đã bỏ: 0907 123 456; danh thị sương')
  await head.type('title', 'Quầy chứng thực nghỉ sớm')
  await head.press('Công khai')
  await head.isOn(`Phản ánh ${reference}`)
  await head.reads('Đã công khai')

  const neighbour = await Person.at(baseUrl, { width: PHONE })
  await neighbour.open('/phan-anh?q=quay chung thuc')
  await neighbour.follow('Quầy chứng thực nghỉ sớm')
  await neighbour.isOn('Quầy chứng thực nghỉ sớm')
  await neighbour.reads('quầy chứng thực nhận đến 17:00')
  await neighbour.doesNotRead('Sương', '0907')
  await neighbour.follow('Đăng nhập để cho biết ý kiến')
  await neighbour.signInAsCitizen('096190000101')
  await neighbour.press('Hài lòng (0)')
  await neighbour.reads('Đã ghi ý kiến của bạn.', 'Bạn đã chọn: hài lòng.')
  for (const person of [woman, head, specialist, neighbour]) person.wasNotLetDown()
})
