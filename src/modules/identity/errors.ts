import type { Refusal } from '../../kernel/errors.ts'

export const refusals = {
  wrongPassword: {
    code: 'identity.wrong-password',
    status: 401,
    message: { vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng.', en: 'The user name or password is not right.' },
    next: {
      vi: 'Nhập lại. Nếu quên mật khẩu, nhờ quản trị của đơn vị đặt lại.',
      en: 'Type them again. If you forgot the password, ask your unit’s administrator to reset it.',
    },
  },
  lockedOut: {
    code: 'identity.locked-out',
    status: 429,
    message: {
      vi: 'Nơi này đã nhập sai {tries} lần liên tiếp, nên tài khoản tạm khóa đến {until} với nơi này.',
      en: 'There were {tries} wrong tries in a row from here, so from here this account is locked until {until}.',
    },
    next: {
      vi: 'Chờ đến giờ đó rồi thử lại, hoặc nhờ quản trị của đơn vị đặt lại mật khẩu.',
      en: 'Wait until then, or ask your unit’s administrator to reset the password.',
    },
  },
  lockedEverywhere: {
    code: 'identity.locked-everywhere',
    status: 429,
    message: {
      vi: 'Nhiều nơi đã nhập sai mật khẩu của tài khoản này, tất cả {tries} lần, nên tài khoản tạm khóa đến {until}.',
      en: 'There were {tries} wrong tries for this account from many places, so it is locked until {until}.',
    },
    next: {
      vi: 'Chờ đến giờ đó rồi thử lại. Nếu không phải bạn nhập sai, hãy báo quản trị của đơn vị.',
      en: 'Wait until then. If it was not you who tried, tell your unit’s administrator.',
    },
  },
  addressBlocked: {
    code: 'identity.address-blocked',
    status: 429,
    message: {
      vi: 'Nơi này đã thử đăng nhập quá nhiều lần. Chờ đến {until}.',
      en: 'There were too many tries to sign in from here. Wait until {until}.',
    },
    next: { vi: 'Chờ đến giờ đó rồi thử lại.', en: 'Wait until then and try again.' },
  },
  temporaryExpired: {
    code: 'identity.temporary-password-expired',
    status: 401,
    message: { vi: 'Mật khẩu tạm đã hết hạn.', en: 'The temporary password has expired.' },
    next: { vi: 'Nhờ quản trị của đơn vị đặt lại mật khẩu.', en: 'Ask your unit’s administrator to reset the password.' },
  },
  weakPassword: {
    code: 'identity.weak-password',
    status: 422,
    message: { vi: 'Mật khẩu mới chưa dùng được.', en: 'The new password cannot be used.' },
  },
  usernameTaken: {
    code: 'identity.username-taken',
    status: 409,
    message: { vi: 'Tên đăng nhập này đã có người dùng.', en: 'This user name is taken.' },
    next: { vi: 'Chọn tên khác.', en: 'Choose another name.' },
  },
  unknownAgency: {
    code: 'identity.unknown-agency',
    status: 422,
    message: { vi: 'Hôm nay không có cơ quan nào mang mã này.', en: 'No agency has this code today.' },
    next: { vi: 'Chọn cơ quan trong danh sách.', en: 'Choose an agency from the list.' },
  },
  unknownOfficer: {
    code: 'identity.unknown-officer',
    status: 404,
    message: { vi: 'Không tìm thấy cán bộ này.', en: 'This officer does not exist.' },
    next: { vi: 'Tìm lại trong danh sách cán bộ.', en: 'Look again in the list of officers.' },
  },
  deactivated: {
    code: 'identity.deactivated',
    status: 409,
    message: { vi: 'Tài khoản này đã ngừng hoạt động.', en: 'This account has been deactivated.' },
    next: { vi: 'Chọn người khác.', en: 'Choose somebody else.' },
  },
  unknownGrant: {
    code: 'identity.unknown-grant',
    status: 404,
    message: { vi: 'Vai trò này không còn hiệu lực.', en: 'This role is no longer in force.' },
    next: { vi: 'Tải lại trang để xem vai trò hiện có.', en: 'Reload the page to see the present roles.' },
  },
  moreThanHeld: {
    code: 'identity.more-than-held',
    status: 403,
    message: {
      vi: 'Không thể giao quyền rộng hơn hoặc dài hơn quyền bạn đang có.',
      en: 'Nobody can hand on more, or for longer, than they hold.',
    },
    next: { vi: 'Chọn đơn vị và thời gian nằm trong quyền của bạn.', en: 'Choose a unit and a period within your own.' },
  },
  ownGrant: {
    code: 'identity.own-grant',
    status: 403,
    message: { vi: 'Không ai tự giao quyền cho chính mình.', en: 'Nobody grants a role to themselves.' },
    next: { vi: 'Nhờ một quản trị khác.', en: 'Ask another administrator.' },
  },
  sameGrant: {
    code: 'identity.same-grant',
    status: 409,
    message: { vi: 'Người này đã có vai trò này trong thời gian đó.', en: 'This officer already holds this role in that period.' },
    next: { vi: 'Thu hồi vai trò cũ trước nếu muốn đổi.', en: 'Revoke the old one first if you want to change it.' },
  },
  periodPast: {
    code: 'identity.period-past',
    status: 422,
    message: { vi: 'Thời gian giao quyền đã qua hoặc kết thúc trước khi bắt đầu.', en: 'The period is over, or ends before it begins.' },
    next: { vi: 'Chọn ngày bắt đầu từ hôm nay và ngày kết thúc sau đó.', en: 'Let it begin today or later, and end after it begins.' },
  },
  notDelegable: {
    code: 'identity.not-delegable',
    status: 403,
    message: { vi: 'Quyền nhận ủy quyền thì không ủy quyền tiếp được.', en: 'A delegated role cannot be delegated again.' },
    next: { vi: 'Người giao quyền ban đầu có thể ủy quyền thẳng.', en: 'The one who holds it can delegate it directly.' },
  },
  lastAdministrator: {
    code: 'identity.last-administrator',
    status: 409,
    message: { vi: 'Đây là quản trị toàn tỉnh cuối cùng.', en: 'This is the last administrator of the whole province.' },
    next: {
      vi: 'Giao vai trò quản trị toàn tỉnh, không thời hạn, cho một người khác trước.',
      en: 'First grant somebody else the administrator role for the whole province, without an end.',
    },
  },
  unknownAction: {
    code: 'identity.unknown-action',
    status: 422,
    message: { vi: 'Không có quyền này trong danh mục.', en: 'There is no such right.' },
    next: { vi: 'Tải lại trang rồi chọn lại.', en: 'Reload the page and choose again.' },
  },
  rightNeeded: {
    code: 'identity.right-needed',
    status: 409,
    message: {
      vi: 'Nếu bỏ quyền này thì không còn ai sửa được bảng phân quyền.',
      en: 'Without this right nobody could change the rights any more.',
    },
    next: { vi: 'Giữ quyền này cho vai trò quản trị.', en: 'Keep it for administrators.' },
  },
  signInExpired: {
    code: 'identity.sign-in-expired',
    status: 400,
    message: { vi: 'Lượt đăng nhập này đã hết hạn hoặc đã dùng rồi.', en: 'This sign-in has expired or was already used.' },
    next: { vi: 'Đăng nhập lại từ đầu.', en: 'Sign in again from the start.' },
  },
  signInRefused: {
    code: 'identity.sign-in-refused',
    status: 401,
    message: { vi: 'Chưa đăng nhập được bằng VNeID.', en: 'Signing in with VNeID did not work.' },
    next: { vi: 'Thử lại. Bạn cũng có thể đến Bộ phận Một cửa để được giúp.', en: 'Try again. The one-stop counter can also help you.' },
  },
  providerAway: {
    code: 'identity.provider-away',
    status: 503,
    message: { vi: 'VNeID đang không trả lời.', en: 'VNeID does not answer at the moment.' },
    next: { vi: 'Thử lại sau ít phút.', en: 'Try again in a few minutes.' },
  },
  wrongFactor: {
    code: 'identity.wrong-factor',
    status: 422,
    message: { vi: 'Mã chưa đúng.', en: 'The code is not right.' },
    next: {
      vi: 'Nhập mã đang hiện trong ứng dụng. Nếu vẫn sai, xem lại giờ trên điện thoại.',
      en: 'Type the code that the app shows now. If it is still wrong, check the clock of the phone.',
    },
  },
  wrongPasskey: {
    code: 'identity.wrong-passkey',
    status: 422,
    message: { vi: 'Chưa nhận ra khóa truy cập này.', en: 'This passkey was not recognised.' },
    next: { vi: 'Thử lại, hoặc dùng cách khác.', en: 'Try again, or use another way.' },
  },
  wrongRecovery: {
    code: 'identity.wrong-recovery-code',
    status: 422,
    message: { vi: 'Mã dự phòng chưa đúng hoặc đã dùng.', en: 'This recovery code is wrong or was used.' },
    next: { vi: 'Mỗi mã chỉ dùng một lần. Nhập mã khác trong tờ mã dự phòng.', en: 'Each code works once. Type another of your set.' },
  },
  usedFactor: {
    code: 'identity.used-factor',
    status: 422,
    message: { vi: 'Mã này vừa được dùng.', en: 'This code has just been used.' },
    next: { vi: 'Chờ ứng dụng hiện mã mới rồi nhập.', en: 'Wait until the app shows the next one, then type it.' },
  },
  factorLocked: {
    code: 'identity.factor-locked',
    status: 429,
    message: {
      vi: 'Đã nhập sai {tries} lần, nên bước này tạm khóa đến {until}.',
      en: 'There were {tries} wrong tries, so this step is locked until {until}.',
    },
    next: {
      vi: 'Chờ đến giờ đó rồi thử lại. Nếu không phải bạn nhập sai, hãy đổi mật khẩu và báo quản trị.',
      en: 'Wait until then. If it was not you, change the password and tell your administrator.',
    },
  },
  secondStepExpired: {
    code: 'identity.second-step-expired',
    status: 401,
    message: { vi: 'Đã quá 5 phút kể từ khi nhập mật khẩu.', en: 'More than 5 minutes have passed since the password.' },
    next: { vi: 'Đăng nhập lại từ đầu.', en: 'Sign in again from the start.' },
  },
  confirmNeeded: {
    code: 'identity.confirm-needed',
    status: 401,
    message: { vi: 'Việc này quan trọng, cần xác nhận lại là bạn.', en: 'This matters: please confirm again that it is you.' },
    next: {
      vi: 'Mở /tai-khoan/hai-lop/xac-nhan, xác nhận rồi gửi lại.',
      en: 'Open /tai-khoan/hai-lop/xac-nhan, confirm, and send it again.',
    },
  },
  factorRequired: {
    code: 'identity.factor-required',
    status: 409,
    message: { vi: 'Vai trò của bạn bắt buộc có lớp bảo vệ thứ hai.', en: 'Your role requires a second factor.' },
    next: { vi: 'Thêm cách khác trước, rồi bỏ cách này.', en: 'Add another first, then remove this one.' },
  },
  enrolmentExpired: {
    code: 'identity.enrolment-expired',
    status: 409,
    message: { vi: 'Mã QR này đã quá 15 phút.', en: 'This QR code is older than 15 minutes.' },
    next: { vi: 'Mở lại trang và quét mã mới.', en: 'Open the page again and scan the new one.' },
  },
  unknownFactor: {
    code: 'identity.unknown-factor',
    status: 404,
    message: { vi: 'Không còn cách xác thực này.', en: 'This factor is no longer there.' },
    next: { vi: 'Tải lại trang.', en: 'Reload the page.' },
  },
  passkeyTaken: {
    code: 'identity.passkey-taken',
    status: 409,
    message: { vi: 'Khóa truy cập này đã được thêm rồi.', en: 'This passkey has been added already.' },
    next: { vi: 'Dùng khóa khác.', en: 'Use another one.' },
  },
  ownFactor: {
    code: 'identity.own-factor',
    status: 403,
    message: { vi: 'Không ai tự đặt lại lớp bảo vệ của mình ở đây.', en: 'Nobody resets their own second factor here.' },
    next: { vi: 'Bỏ hoặc thêm tại trang Tài khoản của tôi.', en: 'Remove or add factors at your own account.' },
  },
  reasonNeeded: {
    code: 'identity.reason-needed',
    status: 422,
    message: { vi: 'Chưa ghi lý do.', en: 'A reason is needed.' },
    fields: [{ path: 'factorReason', message: { vi: 'Ghi lý do, ít nhất 5 ký tự.', en: 'Give a reason of at least 5 characters.' } }],
  },
  policyPast: {
    code: 'identity.policy-past',
    status: 422,
    message: { vi: 'Ngày áp dụng đã qua.', en: 'The day is over.' },
    next: { vi: 'Chọn hôm nay hoặc một ngày sau.', en: 'Choose today or later.' },
  },
  noFactor: {
    code: 'identity.no-factor',
    status: 409,
    message: { vi: 'Người này chưa có lớp bảo vệ thứ hai.', en: 'This officer has no second factor.' },
    next: { vi: 'Không cần đặt lại.', en: 'There is nothing to reset.' },
  },
  notConfigured: {
    code: 'identity.not-configured',
    status: 503,
    message: { vi: 'Hệ thống này chưa được nối với VNeID.', en: 'This installation is not connected to VNeID.' },
    next: { vi: 'Đến Bộ phận Một cửa để nộp hồ sơ trực tiếp.', en: 'File at the one-stop counter.' },
  },
} as const satisfies Record<string, Refusal>
