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
  notConfigured: {
    code: 'identity.not-configured',
    status: 503,
    message: { vi: 'Hệ thống này chưa được nối với VNeID.', en: 'This installation is not connected to VNeID.' },
    next: { vi: 'Đến Bộ phận Một cửa để nộp hồ sơ trực tiếp.', en: 'File at the one-stop counter.' },
  },
} as const satisfies Record<string, Refusal>
