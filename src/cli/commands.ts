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
    name: 'deadline',
    summary: { vi: 'Tính hạn trả của một hồ sơ và giải thích vì sao.', en: 'Work out when a dossier is due, and explain why.' },
    load: () => import('./deadline.ts'),
  },
]
