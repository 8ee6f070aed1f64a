import { expect } from 'vitest'
import type { PageOptions } from '../support/browser.ts'
import { screenshot } from '../support/browser.ts'
import { type Hands, Person } from '../support/person.ts'

/** The citizen and the officers of one commune, from the demo. */
const MOTHER = { number: '096190000101', phoneEnd: '000101' }
const COMMUNE = { clerk: 'motcua.cainuoc', specialist: 'cainuoc.chuyenvien', specialistName: 'Ngô Văn Khởi', head: 'cainuoc.lanhdao' }

export interface Way extends PageOptions {
  readonly hands?: Hands
}

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const picture = { name: 'giấy chứng sinh.png', mimeType: 'image/png', buffer: PICTURE }
const pdf = {
  name: 'giấy khai sinh.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  ),
}

const yesterday = (): string => new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10)

const step = (name: string): string => `${name} – Đăng ký khai sinh`

export interface Filed {
  readonly mother: Person
  readonly reference: string
}

/** A mother registers her child's birth: makes a mistake and mends it, stops and comes back, checks, sends. */
export async function fileBirth(baseUrl: string, way: Way): Promise<Filed> {
  const mother = await Person.at(baseUrl, way)
  await mother.open('/thu-tuc/1.001193')
  await mother.isOn('Đăng ký khai sinh')
  await mother.follow('Nộp hồ sơ trực tuyến')
  await mother.signInAsCitizen(MOTHER.number)
  await mother.isOn('Nộp hồ sơ: Đăng ký khai sinh')
  await mother.press('Bắt đầu')

  await mother.isOn(step('Về bạn'))
  expect(await mother.field('fullName').inputValue()).toBe('NGUYỄN THỊ CẨM TIÊN')
  await mother.press('Lưu và tiếp tục')
  await mother.isOn(`Lỗi: ${step('Về bạn')}`)
  await mother.reads('Có mục cần sửa')
  expect(await mother.field('fullName').inputValue()).toBe('NGUYỄN THỊ CẨM TIÊN')
  await mother.choose('relation', 'mother')
  await mother.press('Lưu và tiếp tục')

  await mother.isOn(step('Liên lạc'))
  await mother.press('Lưu và tiếp tục')

  await mother.isOn(step('Em bé'))
  await mother.type('childName', 'Lý Nguyễn Bảo An')
  await mother.date('childBirthDate', '2099-02-31')
  await mother.choose('childSex', 'female')
  await mother.type('childEthnicity', 'Kinh')
  await mother.type('childNationality', 'Việt Nam')
  await mother.select('childOrigin.commune', 'Xã Cái Nước')
  await mother.press('Lưu và tiếp tục')
  await mother.isOn(`Lỗi: ${step('Em bé')}`)
  expect(await mother.field('childName').inputValue()).toBe('Lý Nguyễn Bảo An')
  await mother.date('childBirthDate', yesterday())
  await mother.press('Lưu và tiếp tục')

  // The child cries: she stops here, and comes back by "my dossiers".
  await mother.isOn(step('Nơi sinh'))
  await mother.choose('bornAt', 'elsewhere')
  await mother.press('Lưu, làm tiếp sau')
  await mother.isOn('Nộp hồ sơ: Đăng ký khai sinh')
  await mother.reads('Đã lưu. Bạn có thể quay lại bất cứ lúc nào.')
  await mother.open('/ho-so')
  await mother.isOn('Hồ sơ của tôi')
  await mother.reads('Đang làm dở')
  await mother.follow('Đăng ký khai sinh')
  await mother.follow('Làm tiếp')

  await mother.isOn(step('Nơi sinh'))
  expect(await mother.page.locator('[name=bornAt][value=elsewhere]').isChecked()).toBe(true)
  await mother.select('birthPlace.commune', 'Xã Cái Nước')
  await mother.choose('hasBirthNotice', 'yes')
  await mother.press('Lưu và tiếp tục')
  // Her answer brings one more question; that is no mistake of hers. She has no picture at hand and may go on without.
  await mother.isOn(step('Nơi sinh'))
  await mother.reads('Còn vài câu nữa', 'Giấy chứng sinh (không bắt buộc)')
  await mother.press('Lưu và tiếp tục')

  await mother.choose('motherKnown', 'yes')
  await mother.press('Lưu và tiếp tục')
  // What follows from an answer is asked, not called a mistake.
  await mother.isOn(step('Người mẹ'))
  await mother.reads('Còn vài câu nữa')
  await mother.type('motherName', 'Nguyễn Thị Cẩm Tiên')
  await mother.date('motherBirthDate', '1990-03-08')
  await mother.type('motherEthnicity', 'Kinh')
  await mother.type('motherNationality', 'Việt Nam')
  await mother.select('motherResidence.commune', 'Xã Cái Nước')
  await mother.type('motherResidence.line', 'Ấp 2')
  await mother.press('Lưu và tiếp tục')

  await mother.isOn(step('Người cha'))
  // Without a father the page about the parents' marriage does not come.
  await mother.choose('fatherKnown', 'no')
  await mother.press('Lưu và tiếp tục')

  await mother.isOn(step('Nơi đăng ký và nhận kết quả'))
  await mother.select('registerAt.commune', 'Xã Cái Nước')
  await mother.choose('linkServices', 'no')
  await mother.press('Lưu và tiếp tục')
  await mother.isOn(step('Cam đoan'))
  await mother.choose('declaration', 'yes')
  await mother.press('Lưu và tiếp tục')

  await mother.isOn('Xem lại trước khi gửi')
  await mother.reads('Lý Nguyễn Bảo An', 'Xã Cái Nước')
  await mother.follow(/^Sửa Họ, chữ đệm, tên của em bé/)
  await mother.isOn(step('Em bé'))
  await mother.type('childName', 'Lý Nguyễn Bảo Ân')
  await mother.press('Lưu và tiếp tục')
  await mother.isOn('Xem lại trước khi gửi')
  await mother.reads('Lý Nguyễn Bảo Ân')
  await mother.press('Gửi hồ sơ')

  await mother.isOn('Đã gửi hồ sơ')
  await mother.reads('Mã tra cứu của bạn', 'Tiếp theo là gì?', 'Xã Cái Nước')
  expect(await mother.page.getByRole('img', { name: 'Quét để xem hồ sơ đang ở đâu' }).count()).toBe(1)
  const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await mother.page.locator('main').innerText())?.[0] ?? ''
  expect(reference).not.toBe('')
  await screenshot(mother.page, 'portal-sent')

  await mother.follow('Hồ sơ của tôi')
  await mother.isOn('Hồ sơ của tôi')
  await mother.reads(reference, 'Chờ tiếp nhận')
  await mother.doesNotRead('Đang làm dở')
  return { mother, reference }
}

/** Anybody with the reference and the end of the phone number sees where it stands; with wrong digits nothing is learnt. */
export async function trackIt(baseUrl: string, way: Way, reference: string): Promise<void> {
  const grandmother = await Person.at(baseUrl, way)
  await grandmother.open(`/tra-cuu?ma=${reference}`)
  await grandmother.isOn('Tra cứu hồ sơ')
  expect(await grandmother.field('ma').inputValue()).toBe(reference)
  await grandmother.type('dien-thoai', '123456')
  await grandmother.press('Xem hồ sơ')
  await grandmother.isOn('Lỗi: Tra cứu hồ sơ')
  await grandmother.reads('Không có hồ sơ nào khớp với cả mã và số điện thoại này.')
  await grandmother.doesNotRead('khai sinh', 'TIÊN', 'Cái Nước')
  await grandmother.type('dien-thoai', MOTHER.phoneEnd)
  await grandmother.press('Xem hồ sơ')
  await grandmother.isOn('Tra cứu hồ sơ')
  await grandmother.reads('Đăng ký khai sinh', reference)
  await grandmother.doesNotRead('TIÊN', 'Bảo Ân')
  grandmother.wasNotLetDown()
}

const officer = async (baseUrl: string, way: Way, username: string, path: string): Promise<Person> => {
  const person = await Person.at(baseUrl, way)
  await person.open(path)
  await person.signInAsOfficer(username)
  return person
}

/** Received, assigned, more papers asked for and handed in, signed with its PDF, returned: each officer does one step, the mother hers. */
export async function workOnIt(baseUrl: string, way: Way, { mother, reference }: Filed): Promise<void> {
  const clerk = await officer(baseUrl, way, COMMUNE.clerk, `/mot-cua?q=${reference}`)
  await clerk.isOn('Hồ sơ cần làm')
  await clerk.reads('NGUYỄN THỊ CẨM TIÊN', 'Chờ tiếp nhận', 'Trực tuyến')
  await clerk.follow(reference)
  await clerk.isOn(`Hồ sơ ${reference}`)
  await clerk.reads('Lý Nguyễn Bảo Ân')
  const workspace = new URL(clerk.page.url()).pathname
  await clerk.press('Tiếp nhận')
  const code = /H12\.144-\d{6}-\w{4}/.exec(await clerk.page.title())?.[0] ?? ''
  await clerk.isOn(`Hồ sơ ${code}`)
  await clerk.reads('Xong: tiếp nhận.', /Hẹn trả: .*\d\d\/\d\d\/\d{4}/)
  await clerk.unfold('Vì sao là ngày này?')
  await clerk.reads(/ngày làm việc/)
  await screenshot(clerk.page, 'office-dossier')
  await clerk.follow(/^In giấy tiếp nhận$/)
  await clerk.isOn('Giấy tiếp nhận hồ sơ và hẹn trả kết quả')
  await clerk.reads(code, reference, 'NGUYỄN THỊ CẨM TIÊN', 'Danh Hoàng Nam', 'Ủy ban nhân dân xã Cái Nước')

  const head = await officer(baseUrl, way, COMMUNE.head, workspace)
  await head.isOn(`Hồ sơ ${code}`)
  await head.select('assigneeId', COMMUNE.specialistName)
  await head.press('Phân công')
  await head.reads('Xong: phân công.', `Phân công cho ${COMMUNE.specialistName}`)

  const specialist = await officer(baseUrl, way, COMMUNE.specialist, '/mot-cua?pham-vi=cua-toi')
  await specialist.reads(code)
  await specialist.follow(code)
  await specialist.isOn(`Hồ sơ ${code}`)
  await specialist.unfold('Yêu cầu bổ sung')
  const asking = specialist.page.locator('form[action$="/request-supplement"]')
  await specialist.press(asking.getByRole('button', { name: 'Yêu cầu bổ sung' }))
  await specialist.isOn(`Lỗi: Hồ sơ ${code}`)
  await asking.locator('[name=note]').fill('Ảnh giấy chứng sinh chưa có trong hồ sơ.')
  await asking.locator('[name=items]').fill('Ảnh chụp giấy chứng sinh\nGiấy đăng ký kết hôn, nếu có')
  await specialist.press(asking.getByRole('button', { name: 'Yêu cầu bổ sung' }))
  await specialist.isOn(`Hồ sơ ${code}`)
  await specialist.reads('Xong: yêu cầu bổ sung.', 'Tạm dừng, chờ người nộp')

  await mother.open('/ho-so')
  await mother.reads('Đến lượt bạn')
  await mother.follow('Đăng ký khai sinh')
  await mother.isOn(`Hồ sơ ${code}`)
  await mother.reads('Đến lượt bạn', 'Ảnh chụp giấy chứng sinh', 'Đồng hồ đang dừng vì chờ bạn.')
  await screenshot(mother.page, 'portal-supplement')
  await mother.follow('Bổ sung giấy tờ')
  await mother.isOn('Bổ sung giấy tờ')
  await mother.press('Lưu và xem lại')
  await mother.isOn('Lỗi: Bổ sung giấy tờ')
  await mother.reads('Bạn chưa chọn tệp và chưa viết gì.')
  await mother.field('item-0').setInputFiles(picture)
  await mother.type('note-1', 'Tôi chưa đăng ký kết hôn.')
  await mother.press('Lưu và xem lại')
  await mother.isOn('Xem lại phần bổ sung')
  await mother.reads('giấy chứng sinh.png', 'Tôi chưa đăng ký kết hôn.')
  await mother.press('Gửi cho cơ quan')
  await mother.isOn(`Hồ sơ ${code}`)
  await mother.reads('Đã gửi bổ sung. Thời hạn được tính tiếp.', 'Ảnh chụp giấy chứng sinh')

  await specialist.open(workspace)
  await specialist.reads('Ảnh chụp giấy chứng sinh', 'Tôi chưa đăng ký kết hôn.')
  await specialist.press('Trình ký')
  await specialist.reads('Xong: trình ký.', 'Chờ ký')

  await head.open(workspace)
  await head.isOn(`Hồ sơ ${code}`)
  await head.field('resultName').fill('Giấy khai sinh')
  await head.field('results').setInputFiles(pdf)
  await head.press('Ký và ban hành')
  await head.reads('Xong: ký và ban hành.', 'Giấy khai sinh')

  await clerk.open(workspace)
  await clerk.press('Trả kết quả')
  await clerk.isOn(`Hồ sơ ${code}`)
  await clerk.reads('Xong: trả kết quả.', 'Đã kết thúc')

  await mother.open('/ho-so')
  await mother.follow('Đăng ký khai sinh')
  await mother.isOn(`Hồ sơ ${code}`)
  await mother.reads('Bạn đã nhận kết quả. Hồ sơ đã xong.', 'Kết quả')
  const link = await mother.page.getByRole('link', { name: 'Tải về: Giấy khai sinh' }).getAttribute('href')
  const file = await mother.page.request.get(`${baseUrl}${link}`)
  expect(file.headers()['content-type']).toBe('application/pdf')
  expect((await file.body()).equals(pdf.buffer)).toBe(true)
  await screenshot(mother.page, 'portal-closed')
  for (const person of [mother, clerk, head, specialist]) person.wasNotLetDown()
}
