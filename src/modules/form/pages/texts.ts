import type { Text } from '../../../kernel/i18n/index.ts'

export const texts = {
  addItem: { vi: 'Thêm {item}', en: 'Add {item}' },
  removeItem: { vi: 'Xóa {item}', en: 'Remove {item}' },
  removeFile: { vi: 'Bỏ tệp {name}', en: 'Remove {name}' },
  uploaded: { vi: 'Đã tải lên', en: 'Uploaded' },
  noItems: { vi: 'Chưa có mục nào.', en: 'None yet.' },
  fromProfile: { vi: 'Lấy từ tài khoản của bạn; sửa nếu không đúng.', en: 'Taken from your account; change it if it is wrong.' },
  commune: { vi: 'Tỉnh, xã hoặc phường', en: 'Province and commune' },
  line: { vi: 'Số nhà, đường, ấp hoặc khóm', en: 'House number, street or hamlet' },
  agree: { vi: 'Tôi đồng ý', en: 'I agree' },
  continue: { vi: 'Lưu và tiếp tục', en: 'Save and continue' },
  later: { vi: 'Lưu, để sau', en: 'Save and come back later' },
  stateNotStarted: { vi: 'Chưa bắt đầu', en: 'Not started' },
  stateInProgress: { vi: 'Đang làm', en: 'In progress' },
  stateComplete: { vi: 'Xong', en: 'Complete' },
} as const satisfies Record<string, Text>
