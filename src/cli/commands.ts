import type { CommandEntry } from './command.ts'

/** Every command, in the order `cuaso --help` shows them. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: {
      vi: 'Mở cửa: chạy cơ sở dữ liệu, máy chủ web và các việc nền.',
      en: 'Open the doors: database, web server and background work.',
    },
    load: () => import('./start.ts'),
  },
  {
    name: 'init',
    summary: { vi: 'Tạo chỗ cho một tỉnh mới.', en: 'Make room for a new province.' },
    load: () => import('./init.ts'),
  },
  {
    name: 'officer create',
    summary: {
      vi: 'Tạo tài khoản cán bộ kèm vai trò, như người quản trị đầu tiên của tỉnh; in mật khẩu tạm một lần.',
      en: 'Make an officer’s account with a role, such as the province’s first administrator; prints a temporary password once.',
    },
    load: async () => (await import('./officer.ts')).create,
  },
  {
    name: 'officer reset-password',
    summary: {
      vi: 'Đặt mật khẩu tạm mới cho một cán bộ, kết thúc mọi phiên của người đó.',
      en: 'Give an officer a new temporary password and end their sessions.',
    },
    load: async () => (await import('./officer.ts')).resetPassword,
  },
  {
    name: 'officer reset-factor',
    summary: {
      vi: 'Bỏ xác thực hai lớp của một cán bộ đã mất điện thoại hoặc khóa; người đó thiết lập lại.',
      en: 'Remove an officer’s second factors after a lost phone or key; they set one up again.',
    },
    load: async () => (await import('./officer.ts')).resetFactor,
  },
  {
    name: 'migrate',
    summary: { vi: 'Đưa cấu trúc dữ liệu lên phiên bản này.', en: 'Bring the database up to this version.' },
    load: () => import('./migrate.ts'),
  },
  {
    name: 'doctor',
    summary: { vi: 'Kiểm tra cơ sở dữ liệu, đĩa, giờ, cổng và các kết nối.', en: 'Check database, disk, clock, ports and connections.' },
    load: () => import('./doctor.ts'),
  },
  {
    name: 'check log',
    summary: {
      vi: 'Kiểm tra nhật ký sự kiện theo niêm phong; chỉ ra chỗ bị sửa, mất hoặc chèn.',
      en: 'Check the event log against its seals; names what was changed, taken or slipped in.',
    },
    load: () => import('./check.ts'),
  },
  {
    name: 'check index',
    summary: {
      vi: 'Kiểm tra các kỳ đã chốt: mã băm, điểm, và đếm lại từ nhật ký tại thời điểm chốt.',
      en: 'Check closed periods: digests, points, and counts again from the log as it was read then.',
    },
    load: () => import('./check-index.ts'),
  },
  {
    name: 'deadline',
    summary: { vi: 'Tính hạn trả của một hồ sơ và giải thích vì sao.', en: 'Work out when a dossier is due, and explain why.' },
    load: () => import('./deadline.ts'),
  },
  {
    name: 'import',
    summary: { vi: 'Nạp tệp CSV: đơn vị, thủ tục, hồ sơ.', en: 'Load a CSV file of agencies, procedures or dossiers.' },
    load: () => import('./import.ts'),
  },
  {
    name: 'report rates',
    summary: { vi: 'Số liệu và tỷ lệ của một kỳ, chính xác lúc này.', en: 'Counts and rates of a period, exact at this moment.' },
    load: () => import('./report.ts'),
  },
  {
    name: 'report weekly',
    summary: {
      vi: 'Chốt báo cáo tuần của một ngày đã qua, lập từ nhật ký.',
      en: 'Freeze the weekly report of a past day, made from the log.',
    },
    load: () => import('./report-weekly.ts'),
  },
  {
    name: 'index',
    summary: {
      vi: 'Điểm bộ chỉ số (QĐ 766) của tỉnh hoặc một đơn vị.',
      en: 'Score of the service index (Decision 766), province or unit.',
    },
    load: () => import('./index-score.ts'),
  },
  {
    name: 'recount',
    summary: {
      vi: 'Đếm lại từ nhật ký sự kiện và so với số đang hiện; lệch phải bằng 0.',
      en: 'Count again from the event log and compare; the difference must be 0.',
    },
    load: () => import('./recount.ts'),
  },
  {
    name: 'demo',
    summary: {
      vi: 'Ghi bộ dữ liệu mô phỏng Cà Mau 2022 hoặc 2023 ra tệp CSV, hoặc nạp vào tỉnh mẫu.',
      en: 'Write the simulated data set Cà Mau 2022 or 2023 as CSV files, or load it into the demo province.',
    },
    load: () => import('./demo.ts'),
  },
  {
    name: 'load-demo',
    summary: { vi: 'Nạp tỉnh mẫu; lần chạy đầu tiên tự làm việc này.', en: 'Fill the demo province; the first start does this by itself.' },
    load: () => import('./load-demo.ts'),
  },
]
