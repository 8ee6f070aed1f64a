import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { DESK, PHONE } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { keys, Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()

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
  // The session ends in the middle of the form: after signing in again everything typed is there.
  await app.db.read(app.province, (tx) => sql`delete from session`.execute(tx))
  await person.press('Thêm cán bộ')
  await person.reads('Phiên làm việc đã hết')
  await person.signInAsOfficer('quantri')
  await person.isOn('Thêm cán bộ')
  await person.reads('Những gì bạn nhập đã được điền lại')
  expect(await person.field('name').inputValue()).toBe('Kim Thị Ngọc Thi')
  expect(await person.page.evaluate('sessionStorage.length')).toBe(0)
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

test('a head sets up an app on a phone without JavaScript, keeps the recovery codes, and comes in with a code', async () => {
  const person = await Person.at(baseUrl, { width: PHONE, javaScript: false })
  await person.open('/tai-khoan/hai-lop')
  await person.signInAsOfficer('cainuoc.lanhdao')
  await person.isOn('Xác thực hai lớp')
  await person.reads('Chưa có. Tài khoản chỉ được giữ bằng mật khẩu.')
  await person.follow('Thêm ứng dụng tạo mã')
  await person.isOn('Thêm ứng dụng tạo mã')
  const key = await person.page.locator('main details strong').textContent()
  const code = (): string => new TOTP({ secret: Secret.fromBase32((key ?? '').replaceAll(' ', '')) }).generate()
  await person.type('code', '000000')
  await person.type('current', 'cuaso-demo-2026')
  await person.press('Thêm ứng dụng tạo mã')
  await person.isOn('Lỗi: Thêm ứng dụng tạo mã')
  await person.type('code', code())
  await person.type('current', 'cuaso-demo-2026')
  await person.press('Thêm ứng dụng tạo mã')
  await person.isOn('Ghi lại mã dự phòng')
  const [recovery = ''] = await person.page.locator('main ol strong').allTextContents()
  await person.follow('Tôi đã cất các mã')
  await person.isOn('Xác thực hai lớp')
  await person.reads('Còn 10 mã dự phòng')
  await person.open('/dang-xuat')
  await person.press('Đăng xuất')
  await person.open('/mot-cua')
  await person.signInAsOfficer('cainuoc.lanhdao')
  await person.isOn('Bước hai: mã xác thực')
  await person.unfold('Không có ứng dụng hay khóa bên mình?')
  await person.type('_du-phong', recovery)
  await person.press('Dùng mã dự phòng')
  await person.open('/tai-khoan/hai-lop')
  await person.reads('Còn 9 mã dự phòng')
  person.wasNotLetDown()
})

test('an administrator comes in with a passkey, and a role is granted after the passkey is asked again, nothing typed twice', async () => {
  // Keys belong to a name, never to a number such as 127.0.0.1.
  const person = await Person.at(baseUrl.replace('127.0.0.1', 'localhost'), { width: DESK })
  const device = await person.page.context().newCDPSession(person.page)
  await device.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true } as const
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } })
  await person.open('/tai-khoan/hai-lop/them?cach=khoa')
  await person.signInAsOfficer('quantri')
  await person.isOn('Thêm khóa truy cập')
  await person.type('name', 'Máy ở phòng')
  await person.type('current', 'cuaso-demo-2026')
  await person.press('Tạo khóa truy cập')
  await person.isOn('Ghi lại mã dự phòng')
  await person.follow('Tôi đã cất các mã')
  await person.reads('Máy ở phòng', 'Khóa truy cập')
  await person.open('/dang-xuat')
  await person.press('Đăng xuất')
  await person.open('/quan-tri/can-bo?q=tuphap.chuyenvien')
  await person.signInAsOfficer('quantri')
  await person.isOn('Bước hai: mã xác thực')
  await person.press('Dùng khóa truy cập')
  await person.isOn('Cán bộ')
  await person.follow('Lê Kiều Oanh')
  await app.db.read(app.province, (tx) => sql`update session set factor_at = factor_at - interval '1 hour'`.execute(tx))
  await person.select('role', 'Cán bộ một cửa')
  await person.type('reason', 'Giúp quầy ngày cao điểm')
  await person.press('Giao vai trò')
  await person.isOn('Xác nhận lại là bạn')
  await person.press('Dùng khóa truy cập')
  await person.reads('Đã giao vai trò', 'Giúp quầy ngày cao điểm')
  await person.open('/quan-tri/hai-lop')
  await person.isOn('Xác thực hai lớp')
  person.wasNotLetDown()
})
