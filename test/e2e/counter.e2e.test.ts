import { describe, expect, test } from 'vitest'
import { DESK, PHONE, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { keys, Person } from '../support/person.ts'

const { baseUrl } = await openHouse()

const CARD = '096092000707||QUÁCH TẤN ĐẠT|12051992|Nam|Ấp 3, Cái Nước, Cà Mau|02032023'

const atCounter = async (width: number, javaScript: boolean): Promise<Person> => {
  const clerk = await Person.at(baseUrl, { width, javaScript, hands: keys })
  await clerk.open('/mot-cua')
  await clerk.signInAsOfficer('motcua.cainuoc')
  await clerk.isOn('Hồ sơ cần làm')
  return clerk
}

/** A person at the counter, from the card to the receipt, with nothing but keys. */
async function takeIn(clerk: Person, javaScript: boolean): Promise<string> {
  const { keyboard } = clerk.page
  if (javaScript) {
    await Promise.all([clerk.page.waitForEvent('load'), keyboard.press('.')])
    await clerk.isOn('Tiếp nhận tại quầy')
    // The scanner types the card's text and Enter; the cursor waits for it.
    expect(await clerk.focus()).toBe('card')
    await keyboard.insertText(CARD)
    await keyboard.press('Enter')
    await clerk.page.getByText('Đã điền theo thẻ của QUÁCH TẤN ĐẠT.').waitFor()
    expect(await clerk.field('number').inputValue()).toBe('096092000707')
    expect(await clerk.focus()).toBe('phone')
    await keyboard.insertText('0100000707')
  } else {
    await clerk.follow('Tiếp nhận tại quầy')
    await clerk.isOn('Tiếp nhận tại quầy')
    await clerk.type('name', 'QUÁCH TẤN ĐẠT')
    await clerk.type('number', '096092000707')
    await clerk.type('phone', '0100000707')
  }
  await clerk.type('find', 'kha')
  await Promise.all([clerk.page.waitForEvent('load'), keyboard.press('Enter')])
  await clerk.isOn('Tiếp nhận tại quầy')
  await clerk.press(clerk.page.getByRole('button', { name: /1\.001193/ }))
  await clerk.isOn('Tiếp nhận tại quầy')
  await clerk.reads('Đăng ký khai sinh', 'Giấy tờ người dân đưa')
  expect(await clerk.field('name').inputValue()).toBe('QUÁCH TẤN ĐẠT')

  await clerk.press('Tiếp nhận và in giấy hẹn')
  await clerk.isOn('Lỗi: Tiếp nhận tại quầy')
  await clerk.reads(/Chưa đánh dấu giấy bắt buộc: Giấy chứng sinh/)
  expect(await clerk.field('phone').inputValue()).toBe('0100000707')
  await clerk.choose('paper.giay-chung-sinh', 'handed')
  await clerk.choose('paper.can-cuoc', 'handed')
  await clerk.press('Tiếp nhận và in giấy hẹn')

  await clerk.isOn('Giấy tiếp nhận hồ sơ và hẹn trả kết quả')
  await clerk.reads('QUÁCH TẤN ĐẠT', 'Giấy chứng sinh', 'Danh Hoàng Nam', /\d\d\/\d\d\/\d{4}/)
  expect(await clerk.page.getByRole('img', { name: 'Quét mã để xem hồ sơ đang ở đâu' }).count()).toBe(1)
  await screenshot(clerk.page, 'office-receipt')
  const code = /H12\.144-\d{6}-\w{4}/.exec(await clerk.page.locator('main').innerText())?.[0] ?? ''
  expect(code).not.toBe('')
  clerk.wasNotLetDown()
  return code
}

describe.each([
  ['at a desk, with JavaScript', DESK, true],
  ['on a phone, with JavaScript', PHONE, true],
  ['at a desk, without JavaScript', DESK, false],
  ['on a phone, without JavaScript', PHONE, false],
] as const)('%s', (_, width, javaScript) => {
  test('a person is served at the counter with nothing but keys', { timeout: 180_000 }, async () => {
    const clerk = await atCounter(width, javaScript)
    const code = await takeIn(clerk, javaScript)
    await clerk.open(`/mot-cua?q=${code}`)
    await clerk.reads(code, 'QUÁCH TẤN ĐẠT', 'Chờ phân công', 'Trực tiếp')
  })
})

/** The dossier that waits longest for a specialist. */
async function firstWaiting(person: Person): Promise<string> {
  await person.open('/mot-cua?buoc=received')
  return (await person.page.locator('table a').first().getAttribute('href')) ?? ''
}

test('two officers decide on one dossier at once: one is heard, the other is told who was first and keeps what was typed', {
  timeout: 180_000,
}, async () => {
  const head = await Person.at(baseUrl)
  await head.open('/mot-cua')
  await head.signInAsOfficer('cainuoc.lanhdao')
  const path = await firstWaiting(head)
  const clerk = await Person.at(baseUrl)
  await clerk.open(path)
  await clerk.signInAsOfficer('motcua.cainuoc')
  await head.open(path)

  await head.select('assigneeId', 'Ngô Văn Khởi')
  await head.press('Phân công')
  await head.reads('Xong: phân công.')

  const typed = 'Người dân xin trả kết quả trước 15 giờ, nhờ anh Khởi xem sớm.'
  const form = clerk.page.locator('form[action$="/assign"]')
  await form.locator('[name=assigneeId]').selectOption({ label: 'Ngô Văn Khởi' })
  await form.locator('[name=note]').fill(typed)
  await clerk.press(form.getByRole('button', { name: 'Phân công' }))
  await clerk.reads('Hồ sơ đã thay đổi trong lúc bạn mở trang', 'Lâm Thanh Tùng', 'Tải lại trang')
  await clerk.looksRight()
  expect(await clerk.page.locator('form[action$="/assign"] [name=note]').inputValue()).toBe(typed)

  // The same in two tabs of one specialist, where the second step is no longer possible at all.
  const specialist = await Person.at(baseUrl)
  await specialist.open(path)
  await specialist.signInAsOfficer('cainuoc.chuyenvien')
  const tab = await specialist.page.context().newPage()
  await tab.goto(path)
  await specialist.press('Trình ký')
  await specialist.reads('Xong: trình ký.')
  await tab.locator('summary', { hasText: 'Yêu cầu bổ sung' }).click()
  const asking = tab.locator('form[action$="/request-supplement"]')
  await asking.locator('[name=note]').fill('Thiếu bản chính giấy chứng sinh.')
  await asking.getByRole('button', { name: 'Yêu cầu bổ sung' }).click()
  await tab.getByText('Hồ sơ đã thay đổi trong lúc bạn mở trang').first().waitFor()
  await tab.getByText('Bạn đã viết, chưa được ghi vào hồ sơ:').waitFor()
  await tab.getByText('Thiếu bản chính giấy chứng sinh.').waitFor()
  for (const person of [head, clerk, specialist]) person.wasNotLetDown()
})

test('a form that is sent twice at once is one dossier', { timeout: 120_000 }, async () => {
  const clerk = await atCounter(DESK, true)
  await clerk.open('/mot-cua/tiep-nhan?thu-tuc=1.001193')
  await clerk.type('name', 'Lâm Hai Lần')
  await clerk.type('phone', '0100000909')
  await clerk.choose('paper.giay-chung-sinh', 'handed')
  await clerk.choose('paper.can-cuoc', 'handed')
  const send = `(async () => {
    const form = document.querySelector('form[action="/mot-cua/tiep-nhan"]')
    const body = new FormData(form)
    body.set('do', 'file')
    const answers = await Promise.all([1, 2, 3].map(() => fetch(form.action, { method: 'POST', body })))
    return answers.map((answer) => answer.url)
  })()`
  const receipts = new Set(await clerk.page.evaluate<string[]>(send))
  expect([...receipts].every((url) => url.includes('/giay-tiep-nhan'))).toBe(true)
  expect(receipts.size).toBe(1)
  // And once more by hand, as with the browser's back button.
  await clerk.press('Tiếp nhận và in giấy hẹn')
  expect(receipts).toContain(clerk.page.url())
  await clerk.open('/mot-cua?q=Lam+Hai+Lan')
  expect(await clerk.page.locator('tbody tr').count()).toBe(1)
})
