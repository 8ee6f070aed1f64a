import { expect, test } from 'vitest'
import { PHONE, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const house = await openHouse()
const FORM = 'Đăng ký đưa đón học sinh'
const CODE = '9.000001'

/** The last part of an action's label is for those who hear the page: "Lên Số điện thoại". */
const row = (who: Person, what: string, about: string) =>
  who.page.locator('main').getByRole('button', { name: `${what} ${about}`, exact: true })

async function buildForm(officer: Person): Promise<void> {
  await officer.open('/quan-tri/bieu-mau')
  await officer.signInAsOfficer('caicach')
  await officer.isOn('Biểu mẫu')
  await officer.follow('Tạo biểu mẫu mới')
  await officer.press('Tạo và soạn')
  await officer.type('title', FORM)
  await officer.press('Tạo và soạn')
  await officer.isOn(`Soạn biểu mẫu: ${FORM}`)

  // A step of its own, moved before the declaration; the focus stays at what was pressed.
  await officer.type('title', 'Về học sinh')
  await officer.press('Thêm bước')
  await officer.open('/quan-tri/bieu-mau/dang-ky-dua-don-hoc-sinh/sua')
  await officer.press(row(officer, 'Lên', 'Về học sinh'))
  await officer.reads('Đã chuyển “Về học sinh”.')
  expect(await officer.focus()).toBe('Lên Về học sinh')
  await screenshot(officer.page, 'editor-draft')
  await officer.follow('Bước 2: Về học sinh')

  await officer.type('label', 'Cháu có đi xe không?')
  await officer.select('type', 'Có hoặc Không')
  await officer.press('Thêm')
  await officer.press('Lưu, về bước')
  expect(await officer.focus()).toBe('Cháu có đi xe không?')

  // A choice that is only asked after yes.
  await officer.type('label', 'Điểm đón')
  await officer.select('type', 'Chọn một')
  await officer.press('Thêm')
  await officer.isOn(`Điểm đón – ${FORM}`)
  await officer.reads('cần ít nhất hai lựa chọn')
  await officer.type('q.options.0.label', 'Chợ Cái Nước')
  await officer.type('q.options.1.label', 'Bến phà')
  await officer.field('q.condition.0.about').selectOption('chauCoDiXeKhong=is=true')
  await screenshot(officer.page, 'editor-question')
  await officer.press('Lưu, về bước')
  await officer.reads('Hiện khi “Cháu có đi xe không?” là Có')
  await officer.type('label', 'Ảnh thẻ của cháu')
  await officer.select('type', 'Tệp đính kèm')
  await officer.press('Thêm')
  await officer.press('Lưu, về bước')
  await officer.isOn(`Về học sinh – ${FORM}`)
  await screenshot(officer.page, 'editor-step')
}

async function tryAndPublish(officer: Person): Promise<void> {
  await officer.open('/quan-tri/bieu-mau/dang-ky-dua-don-hoc-sinh/sua')
  await officer.follow('Đi thử như người dân')
  await officer.press('Tiếp tục')
  await officer.isOn('Lỗi: Đi thử: Về bạn')
  await officer.type('fullName', 'Lê Văn Tám')
  await officer.type('personalNumber', '096190000101')
  await officer.type('phone', '0912345678')
  await officer.press('Tiếp tục')
  await officer.choose('chauCoDiXeKhong', 'yes')
  await officer.press('Tiếp tục')
  await officer.choose('diemDon', 'ben-pha')
  await officer.field('anhTheCuaChau').setInputFiles(picture)
  await officer.press('Tiếp tục')
  await officer.choose('declaration', 'yes')
  await officer.press('Tiếp tục')
  await officer.reads('Bến phà', 'thẻ.png', 'không gì được lưu')

  await officer.open('/quan-tri/bieu-mau/dang-ky-dua-don-hoc-sinh/sua')
  await officer.follow('Ban hành…')
  await officer.isOn('Ban hành phiên bản mới')
  await officer.press('Ban hành')
  await officer.reads('Đã ban hành phiên bản 1')
  await officer.looksRight()
}

async function makeProcedure(officer: Person): Promise<void> {
  await officer.open('/quan-tri/thu-tuc')
  await officer.follow('Tạo thủ tục mới')
  await officer.type('code', CODE)
  await officer.type('name', FORM)
  await officer.press('Tạo và soạn')
  await officer.isOn(`Soạn thủ tục: ${FORM}`)
  await officer.reads('Chọn lĩnh vực của thủ tục')
  await officer.follow('Chọn lĩnh vực của thủ tục')
  await officer.select('field', 'Hộ tịch')
  await officer.press('Lưu')
  expect(await officer.focus()).toBe('Sửa Tên và lĩnh vực')
  await officer.follow('Sửa Nơi giải quyết')
  await officer.choose('serviceLevel', 'full')
  await officer.select('form', FORM)
  await officer.select('resolver', 'Sở Tư pháp')
  await officer.press('Lưu')
  await officer.follow('Sửa Kết quả')
  await officer.type('rows.0.name', 'Thẻ đưa đón')
  await officer.press('Lưu')
  await officer.follow('Sửa Thành phần')
  await officer.type('rows.0.name', 'Ảnh thẻ của cháu')
  await officer.press('Lưu và thêm dòng')
  await officer.isOn(`Thành phần hồ sơ – ${FORM}`)
  await officer.open(`/quan-tri/thu-tuc/${CODE}/sua`)
  await officer.follow('Xem trang người dân')
  await officer.reads('Xem trước: chưa ban hành', 'Thẻ đưa đón')
  await officer.open(`/quan-tri/thu-tuc/${CODE}/sua`)
  await officer.follow('Ban hành…')
  await officer.press('Ban hành')
  await officer.reads('Đã ban hành phiên bản 1')
}

const picture = {
  name: 'thẻ.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64'),
}

async function file(citizen: Person): Promise<void> {
  await citizen.open(`/nop/${CODE}`)
  await citizen.signInAsCitizen('096190000101')
  await citizen.press('Bắt đầu')
  await citizen.press('Lưu và tiếp tục')
  await citizen.choose('chauCoDiXeKhong', 'yes')
  await citizen.press('Lưu và tiếp tục')
  await citizen.choose('diemDon', 'cho-cai-nuoc')
  await citizen.field('anhTheCuaChau').setInputFiles(picture)
  await citizen.press('Lưu và tiếp tục')
  await citizen.choose('declaration', 'yes')
  await citizen.press('Lưu và tiếp tục')
  await citizen.reads('Chợ Cái Nước', 'thẻ.png')
}

test('a reform officer builds a form with a condition and a file, tries it, publishes it with a new procedure, and a citizen files it', async () => {
  const officer = await Person.at(house.baseUrl)
  await buildForm(officer)
  await tryAndPublish(officer)
  await makeProcedure(officer)
  officer.wasNotLetDown()
  const citizen = await Person.at(house.baseUrl, { width: PHONE, javaScript: false })
  await file(citizen)
  citizen.wasNotLetDown()
})

test('the editor can be used on a phone without JavaScript', async () => {
  const officer = await Person.at(house.baseUrl, { width: PHONE, javaScript: false })
  await officer.open('/quan-tri/bieu-mau/moi')
  await officer.signInAsOfficer('caicach')
  await officer.type('title', 'Phiếu hỏi nhanh')
  await officer.press('Tạo và soạn')
  await officer.follow('Bước 1: Về bạn')
  await officer.isOn('Về bạn – Phiếu hỏi nhanh')
  await officer.press(row(officer, 'Xuống', 'Số điện thoại'))
  await officer.reads('Đã chuyển “Số điện thoại”.')
  await screenshot(officer.page, 'editor-step')
  await officer.follow('Thư điện tử')
  await officer.isOn('Thư điện tử – Phiếu hỏi nhanh')
  await screenshot(officer.page, 'editor-question')
  officer.wasNotLetDown()
})
