import { expect, test } from 'vitest'
import { addDays, dayOf } from '../../src/kernel/clock.ts'
import { run } from '../../src/kernel/command.ts'
import type { Context } from '../../src/kernel/context.ts'
import { record } from '../../src/kernel/events.ts'
import { ok, type Result } from '../../src/kernel/result.ts'
import { createCampaign, publishCampaign } from '../../src/modules/campaign/index.ts'
import { submitDossier } from '../../src/modules/dossier/index.ts'
import { measureId } from '../../src/modules/indicator/index.ts'
import { DESK, PHONE } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()

const COMMUNE = 'H12.144'
const receive = async (name: string): Promise<void> => {
  const clerk = {
    ...{ kind: 'officer' as const, officerId: '01930000-0000-7000-8000-000000000002', name: 'Danh Hoàng Nam' },
    grants: [{ role: 'clerk' as const, agencyCode: COMMUNE, subtree: false }],
  }
  const dossier = { procedureCode: '1.001193', agencyCode: COMMUNE, channel: 'counter' as const, receive: true }
  const done = await run(app, { province: app.province, actor: clerk, name: 'test' }, (cx) =>
    submitDossier(cx, { ...dossier, applicant: { name, phone: '0100000000' } }),
  )
  if (!done.ok) throw new Error(done.error.message.vi)
}

test('a target, a campaign that moves by itself, a reminder letter; the chairman reads his commune on a phone', {
  timeout: 120_000,
}, async () => {
  await receive('Trần Thị Giấy')
  const today = dayOf(app.clock())
  const officer = await Person.at(baseUrl, { width: DESK })
  await officer.open('/dieu-hanh/chi-tieu')
  await officer.signInAsOfficer('caicach')
  await officer.isOn('Chỉ tiêu')
  await officer.unfold('Đặt chỉ tiêu')
  await officer.select('aim', 'Tỷ lệ đúng hạn')
  await officer.type('value', '98')
  await officer.date('begins', today)
  await officer.type('source', 'Chỉ thị 01/CT-UBND')
  await officer.press('Đặt chỉ tiêu')
  await officer.isOn('Chỉ tiêu')
  await officer.reads('Chỉ thị 01/CT-UBND', /≥ 98 %/)

  await officer.open('/dieu-hanh/chien-dich/moi')
  await officer.isOn('Lập chiến dịch')
  await officer.type('name', 'Cao điểm trực tuyến')
  await officer.type('decision', 'Kế hoạch 99/KH-UBND')
  await officer.date('begins', addDays(today, -5))
  await officer.date('ends', addDays(today, 20))
  await officer.type('muc.online_rate.commune', '60')
  await officer.press('Lưu bản thảo')
  await officer.press('Công bố chiến dịch')
  await officer.isOn('Cao điểm trực tuyến')
  await officer.reads('Còn 20 ngày', '0 trên 64 đơn vị đạt mọi chỉ tiêu', 'Xã Cái Nước (1 hồ sơ)')
  await officer.page.locator('[data-live-state]', { hasText: 'Tự cập nhật' }).waitFor()
  await receive('Lý Văn Giấy')
  await expect.poll(() => officer.page.locator('#zero').innerText(), { timeout: 10_000 }).toContain('Xã Cái Nước (2 hồ sơ)')
  const campaign = new URL(officer.page.url()).pathname

  await officer.follow(/^Nội dung$/)
  await officer.isOn('Nội dung, Cao điểm trực tuyến')
  await officer.follow('Chọn đơn vị tham gia')
  await officer.isOn('Chọn đơn vị tham gia, Cao điểm trực tuyến')
  await officer.choose('who', 'named')
  await officer.type('typed', 'cai nuoc')
  await officer.press('Tìm')
  await officer.choose('units', `${COMMUNE}@2025-07-01`)
  await officer.type('reason', 'Thông báo 12/TB-UBND')
  await officer.press('Lưu')
  await officer.isOn('Nội dung, Cao điểm trực tuyến')
  await officer.reads('1 đơn vị được chọn', 'Thêm: Xã Cái Nước', 'Lý do: Thông báo 12/TB-UBND')
  await officer.follow('Đổi chỉ tiêu')
  await officer.isOn('Đổi chỉ tiêu, Cao điểm trực tuyến')
  await officer.type('muc.online_rate.commune', '65')
  await officer.type('reason', 'Thông báo 13/TB-UBND')
  await officer.press('Lưu')
  await officer.reads('Thêm: Tỷ lệ hồ sơ trực tuyến, Cấp xã: 65 %')
  await officer.open(campaign)
  await officer.isOn('Cao điểm trực tuyến')
  await officer.reads('0 trên 1 đơn vị đạt mọi chỉ tiêu')
  await officer.follow('Thi đua')
  await officer.isOn('Thi đua, Cao điểm trực tuyến')
  const letter = await officer.page.getByRole('link', { name: /Công văn đôn đốc.*Xã Cái Nước/ }).getAttribute('href')
  const pdf = await officer.page.request.get(`${baseUrl}${letter}`)
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await officer.follow('Nhắc việc')
  await officer.isOn('Nhắc đơn vị chậm, Cao điểm trực tuyến')
  await officer.press('Gửi nhắc việc cho 1 đơn vị')
  await officer.reads('Đã nhắc 1 đơn vị, 2 cán bộ.')
  officer.wasNotLetDown()

  const chairman = await Person.at(baseUrl, { width: PHONE })
  await chairman.open(`${campaign}/don-vi/${COMMUNE}`)
  await chairman.signInAsOfficer('cainuoc.lanhdao')
  await chairman.isOn('Xã Cái Nước, Cao điểm trực tuyến')
  await chairman.reads('Đạt 0 trên 1 chỉ tiêu', 'Thiếu 2 hồ sơ', 'Mở 2 hồ sơ chưa đạt')
  await chairman.follow('Mở 2 hồ sơ chưa đạt')
  await chairman.reads('Xã Cái Nước')
  chairman.wasNotLetDown()
})

test('the head of a long list is for the screen: on paper every unit stands', { timeout: 60_000 }, async () => {
  const done = async <T>(work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
    const result = await run(app, { province: app.province, actor: { kind: 'system', name: 'test' }, name: 'test' }, work)
    if (!result.ok) throw new Error(result.error.message.vi)
    return result.value
  }
  const today = dayOf(app.clock())
  for (let unit = 101; unit <= 112; unit += 1) {
    const values = [[measureId.received, 10] as const]
    const delta = { agencyCode: `H12.${unit}`, day: addDays(today, -1), procedureCode: '1.001193', channel: 'counter' as const, values }
    await done(async (cx) => {
      await record(cx, { events: [], deltas: [delta] })
      return ok(null)
    })
  }
  const targets = [{ aim: 'online_rate' as const, tier: 'commune' as const, value: 0.6 }]
  const days = { begins: addDays(today, -5), ends: addDays(today, 20) }
  const { id } = await done((cx) => createCampaign(cx, { name: 'In thi đua', decision: 'Kế hoạch 1/KH-UBND', ...days, targets }))
  await done((cx) => publishCampaign(cx, { campaignId: id }))
  for (const width of [PHONE, DESK]) {
    const officer = await Person.at(baseUrl, { width })
    await officer.open(`/dieu-hanh/chien-dich/${id}/thi-dua`)
    await officer.signInAsOfficer('caicach')
    await officer.isOn('Thi đua, In thi đua')
    const shown = () => officer.page.locator('#cham tbody tr:visible').count()
    expect(await shown()).toBe(5)
    await officer.page.emulateMedia({ media: 'print' })
    expect(await shown()).toBeGreaterThanOrEqual(12)
    await officer.page.emulateMedia({ media: 'screen' })
    officer.wasNotLetDown()
  }
})
