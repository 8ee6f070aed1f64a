import { expect, test } from 'vitest'
import { sql } from '../../src/kernel/database/index.ts'
import { PHONE, screenshot } from '../support/browser.ts'
import { maritalStatus } from '../support/filing.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()
const pdf = {
  name: 'giấy khai sinh.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  ),
}
const CODE = maritalStatus.procedureCode
const NAME = 'Cấp giấy xác nhận tình trạng hôn nhân'
const CAI_NUOC = { province: '96', commune: '32128', validFrom: '2025-07-01', line: 'Ấp 5', label: 'Ấp 5, Xã Cái Nước, Tỉnh Cà Mau' }

/** The form itself is walked elsewhere: here its answers are there at once, the place that of the commune. */
async function answered(): Promise<void> {
  const { rows } = await app.db.read(app.province, (tx) =>
    sql<{ area: string; since: string }>`
      select area_code as area, valid_from::text as since from agency where code = 'H12.144' and area_code is not null order by valid_from desc limit 1`.execute(
      tx,
    ),
  )
  const place = { ...CAI_NUOC, commune: rows[0]?.area ?? '', validFrom: rows[0]?.since ?? '' }
  const answers = { ...maritalStatus.answers, residence: place, issueAt: place }
  await app.db.read(app.province, (tx) =>
    sql`
      update draft d set answers = ${JSON.stringify(answers)}::jsonb, version = 20,
        saved_pages = (select jsonb_object_agg(p ->> 'id', 1) from jsonb_array_elements(f.body -> 'pages') p)
      from form_definition f where d.procedure_code = ${CODE} and f.code = d.form_code and f.version = d.form_version`.execute(tx),
  )
}

async function officer(username: string, path: string): Promise<Person> {
  const person = await Person.at(baseUrl)
  await person.open(path)
  await person.signInAsOfficer(username)
  return person
}

test('on a phone: filed for a child with proof, looked at first, mended, filed, answered item by item, asked, collected', {
  timeout: 120_000,
}, async () => {
  const father = await Person.at(baseUrl, { width: PHONE })
  await father.open(`/nop/${CODE}`)
  await father.signInAsCitizen('096088000202')
  await father.isOn(`Nộp hồ sơ: ${NAME}`)
  await father.choose('cho', 'child')
  await father.press('Bắt đầu')
  await father.isOn('Người bạn nộp thay')
  await father.type('name', 'Lý Gia Bảo')
  await father.date('birthDate', '2010-06-14')
  await father.type('role', 'cha')
  await father.press('Lưu và tiếp tục')
  await father.isOn('Lỗi: Người bạn nộp thay')
  await father.field('proof0').setInputFiles(pdf)
  await father.press('Lưu và tiếp tục')
  await answered()

  await father.open(`/nop/${CODE}/kiem-tra`)
  await father.isOn('Xem lại trước khi gửi')
  await father.reads('Lý Gia Bảo', 'LÝ PHƯỚC SANG')
  await father.press('Nhờ quầy xem trước')
  await father.isOn(`Nộp hồ sơ: ${NAME}`)
  await father.reads('Đã gửi bản nháp cho quầy xem trước.', 'Quầy đang xem bản nháp của bạn')

  const clerk = await officer('motcua.cainuoc', '/mot-cua/xem-truoc')
  await clerk.isOn('Xem trước hồ sơ')
  await clerk.follow('LÝ PHƯỚC SANG')
  await clerk.isOn(`Xem trước: ${NAME}`)
  await clerk.type('sua:copies', 'Chỉ cần một bản')
  await clerk.press('Trả lời: cần sửa')
  await clerk.reads('Đã trả lời.')

  await father.open(`/nop/${CODE}`)
  await father.reads('Quầy đã xem: cần sửa mấy chỗ', 'Chỉ cần một bản')
  await father.looksRight()
  await screenshot(father.page, 'portal-trial')
  await father.open(`/nop/${CODE}/kiem-tra`)
  await father.press('Gửi hồ sơ')
  await father.isOn('Đã gửi hồ sơ')
  await father.follow('Xem hồ sơ của tôi')
  await father.reads('đang chờ cán bộ xem', 'Lý Gia Bảo', 'LÝ PHƯỚC SANG (cha)')
  const own = new URL(father.page.url()).pathname
  const workspace = `/mot-cua${own}`

  await clerk.open(workspace)
  await clerk.reads('LÝ PHƯỚC SANG (cha)', 'Giấy khai sinh của con')
  await clerk.unfold('Yêu cầu bổ sung')
  const asking = clerk.page.locator('form[action$="/request-supplement"]')
  await asking.locator('[name=note]').fill('Thiếu hai giấy tờ.')
  await asking.locator('[name=items]').fill('Bản chụp căn cước của cha\nGiấy xác nhận nơi ở')
  await clerk.press(asking.getByRole('button', { name: 'Yêu cầu bổ sung' }))

  await father.open('/ho-so')
  await father.isOn('Hồ sơ của tôi')
  await father.reads('Đang chờ bạn', 'Đến lượt bạn')
  await screenshot(father.page, 'portal-mine')
  await father.follow(NAME)
  await father.follow('Bổ sung giấy tờ')
  await father.isOn('Bổ sung giấy tờ')
  await screenshot(father.page, 'portal-items')
  await father.field('item-0').setInputFiles(pdf)
  await father.press('Lưu và xem lại')
  await father.isOn('Xem lại phần bổ sung')
  await father.reads('Còn mục chưa có gì.')
  await father.follow(/^Sửa Giấy xác nhận nơi ở/)
  await father.type('note-1', 'Xã đang làm, tôi gửi sau.')
  await father.press('Lưu và xem lại')
  await father.press('Gửi cho cơ quan')
  await father.reads('Đã gửi bổ sung.')

  await father.follow('Nhắn tin cho cơ quan')
  await father.isOn('Tin nhắn với cơ quan')
  await father.type('text', 'Mẹ cháu đến lấy được không?')
  await father.press('Gửi tin nhắn')
  await clerk.open(workspace)
  await clerk.reads('1 tin chưa đọc', 'Mẹ cháu đến lấy được không?')
  await clerk.looksRight()
  await screenshot(clerk.page, 'office-messages')
  await clerk.type('text', 'Được anh, chị mang giấy hẹn.')
  await clerk.press(clerk.page.locator('form[action$="/tin-nhan"]').getByRole('button', { name: 'Gửi' }))
  await father.open(own)
  await father.reads('Cơ quan đã nhắn bạn: 1 tin mới')
  await father.looksRight()
  await father.follow('Cơ quan đã nhắn bạn')
  await father.reads('Được anh, chị mang giấy hẹn.')
  await screenshot(father.page, 'portal-messages')

  await father.open(`${own}/nhan-ket-qua`)
  await father.isOn('Nhận kết quả thế nào?')
  await father.choose('way', 'post')
  await father.select('address.commune', 'Xã Cái Nước')
  await father.type('address.line', 'Ấp 5')
  await screenshot(father.page, 'portal-collect')
  await father.press('Lưu cách nhận')
  await father.reads('Đã lưu cách nhận kết quả.', 'Ấp 5, Xã Cái Nước')
  await screenshot(father.page, 'portal-dossier')
  await father.open(`${own}/rut`)
  await father.isOn('Rút hồ sơ')
  for (const person of [father, clerk]) person.wasNotLetDown()
  expect(await father.page.locator('h1').count()).toBe(1)
})
