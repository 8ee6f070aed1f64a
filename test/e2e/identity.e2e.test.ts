import { expect, test } from 'vitest'
import { DESK, PHONE } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { keys, Person } from '../support/person.ts'

const { baseUrl } = await openHouse()

test('a citizen without JavaScript signs in on a phone, says where to be reached, and signs out', async () => {
  const person = await Person.at(baseUrl, { width: PHONE, javaScript: false })
  await person.open('/tai-khoan')
  await person.reads('VNeID mô phỏng', 'Đừng nhập số định danh hay mật khẩu thật')
  await person.signInAsCitizen('096190000101')
  await person.isOn('Tài khoản của tôi')
  await person.reads('NGUYỄN THỊ CẨM TIÊN', '••••••••0101', 'Mức 2')
  await person.doesNotRead('096190000101')
  await person.follow('Sửa thông tin liên hệ')
  await person.isOn('Sửa thông tin liên hệ')
  await person.type('phone', '12')
  await person.press('Lưu')
  await person.isOn('Lỗi: Sửa thông tin liên hệ')
  await person.type('phone', '0100 000 199')
  await person.select('commune', 'Xã Cái Nước (H12.144)')
  await person.press('Lưu')
  await person.reads('Đã lưu', '0100000199', 'Xã Cái Nước')
  await person.open('/dang-xuat')
  await person.isOn('Đăng xuất')
  await person.press('Đăng xuất')
  await person.open('/tai-khoan')
  await person.isOn('Đăng nhập')
  person.wasNotLetDown()
})

test('a wrong number at the simulated VNeID is said there; giving up leads back to the choice', async () => {
  const person = await Person.at(baseUrl)
  await person.open('/dang-nhap/vneid')
  await person.type('number', '000000000000')
  await person.type('password', 'x')
  await person.press('Đăng nhập')
  await person.isOn('Lỗi: VNeID mô phỏng')
  await person.press('Thôi, không đăng nhập')
  await person.isOn('Đăng nhập')
  await person.reads('Chưa đăng nhập được bằng VNeID')
  await person.follow('Đăng nhập lại')
  await person.isOn('Đăng nhập')
})

test('an administrator with nothing but keys adds an officer, gives a role, and sees who may do what', async () => {
  const person = await Person.at(baseUrl, { width: DESK, hands: keys })
  await person.open('/quan-tri/can-bo')
  await person.signInAsOfficer('quantri')
  await person.isOn('Cán bộ')
  await person.follow('Thêm cán bộ')
  await person.isOn('Thêm cán bộ')
  await person.type('name', 'Kim Thị Ngọc Thi')
  await person.type('username', 'ngoc.thi')
  await person.select('agencyCode', 'Xã Cái Nước (H12.144)')
  await person.press('Thêm cán bộ')
  await person.isOn('Kim Thị Ngọc Thi')
  await person.select('role', 'Cán bộ một cửa')
  await person.type('reason', 'Thay người nghỉ sinh')
  await person.press('Giao vai trò')
  await person.reads('Đã giao vai trò', 'Thay người nghỉ sinh')
  for (const [path, title] of [
    ['/quan-tri/phan-quyen', 'Phân quyền'],
    ['/quan-tri/phan-quyen/dossier.receive', 'Sửa quyền'],
    ['/quan-tri/phien-dang-nhap', 'Thời hạn phiên đăng nhập'],
    ['/tai-khoan', 'Tài khoản của tôi'],
    ['/tai-khoan/uy-quyen', 'Ủy quyền'],
    ['/tai-khoan/mat-khau', 'Đổi mật khẩu'],
  ] as const) {
    await person.open(path)
    await person.isOn(title)
  }
  person.wasNotLetDown()
})

test('the same pages fit a phone without JavaScript', async () => {
  const person = await Person.at(baseUrl, { width: PHONE, javaScript: false })
  await person.open('/quan-tri/can-bo')
  await person.signInAsOfficer('quantri')
  for (const path of [
    '/quan-tri/can-bo',
    '/quan-tri/can-bo/moi',
    '/quan-tri/phan-quyen',
    '/quan-tri/phien-dang-nhap',
    '/tai-khoan',
    '/tai-khoan/uy-quyen',
    '/tai-khoan/mat-khau',
    '/dang-nhap',
    '/dang-nhap/can-bo',
  ]) {
    await person.open(path)
    await person.looksRight()
  }
  await person.open('/quan-tri/can-bo')
  await person.follow('Châu Hải Đăng')
  await person.isOn('Châu Hải Đăng')
  expect(await person.page.getByRole('button', { name: /Thu hồi/ }).count()).toBe(1)
  person.wasNotLetDown()
})
