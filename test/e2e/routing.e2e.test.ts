import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import { submitDossier } from '../../src/modules/dossier/index.ts'
import { PHONE, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()

/** A dossier of the department of construction, received a moment ago. */
async function receivedDossier(): Promise<string> {
  const clerk = {
    kind: 'system' as const,
    name: 'counter',
  }
  const done = await run(app, { province: app.province, actor: clerk, requestId: randomUUID(), name: 'dossier.submit' }, (cx) =>
    submitDossier(cx, {
      procedureCode: '1.009972',
      agencyCode: 'H12.15',
      applicant: { name: 'Công ty TNHH Cầu Đường', number: '2001999888', phone: '0290388111' },
      channel: 'counter',
      receive: true,
      papers: [{ name: 'Báo cáo nghiên cứu khả thi' }],
    }),
  )
  if (!done.ok) throw new Error(done.error.code)
  return done.value.id
}

async function officer(username: string, path: string, width?: number): Promise<Person> {
  const person = await Person.at(baseUrl, { javaScript: false, ...(width ? { width } : {}) })
  await person.open(path)
  await person.signInAsOfficer(username)
  return person
}

test('a unit head asks two agencies without JavaScript, they answer on a desk and a phone, and the count is told', {
  timeout: 120_000,
}, async () => {
  const id = await receivedDossier()
  const head = await officer('xaydung.lanhdao', `/mot-cua/ho-so/${id}`)
  await head.reads('Ai đang giữ, đến bao giờ', 'chưa đến lượt')
  await head.looksRight()
  await head.follow(/^Xin ý kiến$/)
  await head.isOn('Xin ý kiến')
  await head.press('Gửi câu hỏi')
  await head.reads('Chưa ghi cần hỏi điều gì.')
  await head.type('question', 'Tuyến đường có đi qua đất rừng phòng hộ không?')
  await head.choose('agencies', 'H12.09')
  await head.choose('agencies', 'H12.13')
  await head.looksRight()
  await head.press('Gửi câu hỏi')
  await head.reads('Đã gửi câu hỏi tới 2 cơ quan.', 'Đã có 0/2 ý kiến')

  for (const [username, width] of [
    ['moitruong.chuyenvien', undefined],
    ['tuphap.chuyenvien', PHONE],
  ] as const) {
    const asked = await officer(username, '/mot-cua/xin-y-kien', width)
    await asked.looksRight()
    await asked.follow(/Tuyến đường/)
    await asked.isOn('Trả lời xin ý kiến')
    await asked.doesNotRead('2001999888', '0290388111')
    await asked.looksRight()
    await asked.choose('verdict', 'agree')
    await asked.type('answer', 'Tuyến không đi qua đất rừng.')
    await asked.press('Gửi ý kiến')
    await asked.reads('Đã trả lời gần đây', 'Đồng ý')
    asked.wasNotLetDown()
  }
  await head.open(`/mot-cua/ho-so/${id}`)
  await head.reads('Đã có 2/2 ý kiến', 'Tuyến không đi qua đất rừng.', /trả lời xin ý kiến/)
  await head.follow('Xem quá trình giao nhận')
  await head.isOn('Quá trình giao nhận')
  await head.looksRight()
  head.wasNotLetDown()
})

test('a reform officer draws a branch beside a step, sees the picture and publishes it', { timeout: 120_000 }, async () => {
  const reform = await officer('caicach', '/quan-tri/thu-tuc/1.010727/quy-trinh')
  await reform.reads('Hạn trả theo luật', 'Sở Tài chính')
  expect(await reform.page.locator('svg.cs-process--wide .cs-process__box').count()).toBe(7)
  await reform.looksRight()
  await reform.follow('Sửa quy trình')
  await reform.press(reform.page.locator('button[value="add 1"]'))
  await reform.press(reform.page.locator('button[value=see]').last())
  await reform.reads('Nhập tên bước.')
  await reform.type('steps.2.name', 'Kiểm tra thực địa')
  await reform.type('steps.2.allowance', '20')
  await reform.press(reform.page.locator('button[value=see]').last())
  await reform.reads('quá thời hạn 30 của thủ tục')
  await reform.type('steps.1.allowance', '9')
  await reform.type('steps.2.allowance', '8')
  await reform.press(reform.page.locator('button[value=see]').last())
  await reform.reads('Quy trình dùng được.', 'Bước mới')
  await reform.looksRight()
  await screenshot(reform.page, 'process-editor')
  const tomorrow = new Date(Date.now() + 31 * 3_600_000).toISOString().slice(0, 10)
  await reform.date('validFrom', tomorrow)
  await reform.press('Ban hành quy trình')
  await reform.reads('Đã ban hành phiên bản 4', 'Kiểm tra thực địa')
  reform.wasNotLetDown()

  const phone = await officer('caicach', '/quan-tri/thu-tuc/1.010727/quy-trinh', PHONE)
  expect(await phone.page.locator('svg.cs-process--tall').isVisible()).toBe(true)
  await phone.looksRight()
})
