import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

const { db, province } = await testDatabase()

const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  house = await signedIn(db, province, clock)
})

describe('the working calendar', () => {
  test('shows a year with every day off by name, and marks what is only computed', async () => {
    const year = await house.text('/quan-tri/lich?nam=2026', 'clerk')
    expect(year).toContain('Ngày Văn hóa Việt Nam')
    expect(year).toContain('Lịch làm việc năm 2026')
    expect(year).not.toContain('Thêm ngày riêng')
    expect(await house.text('/quan-tri/lich?nam=2027')).toContain('tính theo luật, chưa đối chiếu thông báo')
    expect(await house.text('/quan-tri/lich?nam=1800')).toContain('Lịch làm việc năm 2026')
  })

  test('takes a storm day and gives it back', async () => {
    const storm = {
      'day-day': '17',
      'day-month': '12',
      'day-year': '2026',
      kind: 'closed',
      name: 'Nghỉ dời trụ sở',
      source: 'Công điện 1/CĐ-UBND',
      agencyCode: '',
    }
    expect((await house.send('/quan-tri/lich', { ...storm, name: '' })).status).toBe(422)
    expect((await house.send('/quan-tri/lich', storm)).headers.get('location')).toBe('/quan-tri/lich?nam=2026&da=luu')
    expect(await house.text('/quan-tri/lich?nam=2026')).toContain('Nghỉ dời trụ sở')
    expect((await house.send('/quan-tri/lich/bo', { day: '2026-12-17', agencyCode: '' })).status).toBe(303)
    expect(await house.text('/quan-tri/lich?nam=2026')).not.toContain('Nghỉ dời trụ sở')
    expect((await house.send('/quan-tri/lich', storm, 'clerk')).status).toBe(403)
  })

  test('lets an administrator of one commune change its own days only, and says so on the form', async () => {
    const local = 'administrator@H12.101'
    const day = { 'day-day': '18', 'day-month': '12', 'day-year': '2026', kind: 'closed', name: 'Nghỉ dời trụ sở', source: 'QĐ 5/QĐ-UBND' }
    const form = await house.text('/quan-tri/lich?nam=2026', local)
    expect(form).toContain('thuộc phạm vi của bạn')
    expect(form).toMatch(/name="agencyCode"[^>]*value="H12\.101"/)
    expect((await house.send('/quan-tri/lich', { ...day, agencyCode: '' }, local)).status).toBe(403)
    expect((await house.send('/quan-tri/lich', { ...day, agencyCode: 'H12.102' }, local)).status).toBe(403)
    expect((await house.send('/quan-tri/lich', { ...day, agencyCode: 'H12.101' }, local)).status).toBe(303)
    expect((await house.send('/quan-tri/lich', { ...day, 'day-day': '21', agencyCode: '' })).status).toBe(303)
    const days = await house.text('/quan-tri/lich?nam=2026', local)
    expect(days.match(/action="\/quan-tri\/lich\/bo"/g)).toHaveLength(1)
  })
})
