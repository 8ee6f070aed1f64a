import { expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import type { Actor } from '../../src/kernel/context.ts'
import { submitDossier } from '../../src/modules/dossier/index.ts'
import { freezeWeekly, watchWeekly } from '../../src/modules/reporting/index.ts'
import { readAims } from '../../src/report-aims.ts'
import { readGaps } from '../../src/report-gaps.ts'
import { DESK, expectFits, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()
const clerk: Actor = {
  kind: 'officer',
  officerId: '01930000-0000-7000-8000-000000000002',
  name: 'Danh Hoàng Nam',
  grants: [{ role: 'clerk', agencyCode: 'H12.144', subtree: false }],
}

test('a leader opens the last report, takes its files, asks a question of their own, and has it answered every Thursday', {
  timeout: 120_000,
}, async () => {
  const received = await run(app, { province: app.province, actor: clerk, name: 'test' }, (cx) =>
    submitDossier(cx, {
      procedureCode: '1.001193',
      agencyCode: 'H12.144',
      channel: 'counter',
      applicant: { name: 'Trần Thị Tuần', phone: '0100000000' },
      receive: true,
    }),
  )
  if (!received.ok) throw new Error(received.error.code)
  const { slot } = await watchWeekly(app.db, app.province, app.clock())
  const frozen = await freezeWeekly({ ...app, access: app.access, aims: readAims, gaps: readGaps }, app.province, {
    day: slot.day,
    made: 'from_log',
  })
  if (!frozen.ok) throw new Error(frozen.error.code)

  const leader = await Person.at(baseUrl, { width: DESK })
  await leader.open('/dieu-hanh/bao-cao')
  await leader.signInAsOfficer('chutich')
  await leader.isOn('Báo cáo tuần')
  await leader.looksRight()
  await leader.page.locator('table a', { hasText: 'Tuần đến' }).first().click()
  await leader.page.locator('h1', { hasText: 'Báo cáo tuần đến ngày' }).waitFor()
  await leader.looksRight()
  for (const [kind, begins] of [
    ['pdf', '%PDF'],
    ['xlsx', 'PK'],
  ] as const) {
    const file = await leader.page.request.get(`${baseUrl}/dieu-hanh/bao-cao/${frozen.value.id}/${kind}`)
    expect(file.status()).toBe(200)
    expect((await file.body()).subarray(0, begins.length).toString()).toBe(begins)
  }

  await leader.page.locator('a', { hasText: 'Về danh sách báo cáo' }).first().click()
  await leader.page.locator('a', { hasText: 'Tự tạo báo cáo' }).click()
  await leader.page.locator('summary', { hasText: 'Số lượng' }).click()
  await leader.page
    .locator('label', { hasText: /^\s*Tiếp nhận|^\s*Hồ sơ tiếp nhận/ })
    .first()
    .click()
  await leader.page.locator('button', { hasText: 'Xem báo cáo' }).click()
  await leader.page.locator('table', { hasText: 'Đất Mũi' }).or(leader.page.locator('text=dòng.')).first().waitFor()
  await leader.looksRight()
  await leader.page.locator('summary', { hasText: 'Lưu câu hỏi này' }).click()
  // Without a name it is not kept, and says so at the field; what was chosen is still there.
  await leader.page.locator('[name=schedule]').selectOption({ label: 'Mỗi tuần' })
  await leader.page.locator('button', { hasText: 'Lưu báo cáo' }).click()
  await leader.page.locator('a[href="#name"]').waitFor()
  expect(await leader.page.locator('[name=schedule]').inputValue()).toBe('weekly')
  await leader.looksRight()
  await leader.page.locator('[name=name]').fill('Trực tuyến từng đơn vị')
  await leader.page.locator('[name=weekday]').selectOption({ label: 'thứ năm' })
  await leader.page.locator('[name=time]').fill('07:30')
  await leader.page.locator('button', { hasText: 'Lưu báo cáo' }).click()
  await leader.page.locator('h1', { hasText: 'Trực tuyến từng đơn vị' }).waitFor()
  await leader.page.locator('dd', { hasText: 'Mỗi tuần, thứ năm lúc 07:30' }).waitFor()
  await leader.looksRight()
  await leader.page.locator('button', { hasText: 'Thôi nhận kết quả' }).click()
  await leader.page.locator('button', { hasText: 'Nhận kết quả' }).waitFor()
  await leader.page.locator('a', { hasText: 'Về báo cáo đã lưu' }).first().click()
  await leader.page.locator('table', { hasText: 'Trực tuyến từng đơn vị' }).waitFor()
  await leader.looksRight()
  await screenshot(leader.page, 'reports-saved')

  // On a phone nothing is wider than the window.
  await leader.page.setViewportSize({ width: 360, height: 780 })
  for (const path of ['/dieu-hanh/bao-cao', `/dieu-hanh/bao-cao/${frozen.value.id}`, '/dieu-hanh/bao-cao/da-luu']) {
    await leader.open(path)
    await expectFits(leader.page)
  }
})
