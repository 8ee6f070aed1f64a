import type { Config } from '../kernel/config/index.ts'
import { demoAccounts } from '../modules/identity/index.ts'

const DOORS = [
  ['/', 'Người dân / Citizens'],
  ['/mot-cua', 'Một cửa / One-stop office'],
  ['/dieu-hanh', 'Điều hành / Leaders’ board'],
  ['/quan-tri', 'Quản trị / Administration'],
  ['/api/v1', 'API'],
] as const

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length))) ?? []
  return rows
    .map((row) => `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join('  ')}`.trimEnd())
    .join('\n')
}

/** What the terminal shows when the doors are open: where to go, and who to come in as. */
export function welcome(config: Config, port: number, seconds: number): string {
  const base = (config.BASE_URL ?? `http://localhost:${port}`).replace(/\/$/, '')
  const doors = columns(DOORS.map(([path, name]) => [`${base}${path}`, name]))
  const lines = [`\nCửa Số đã mở cửa sau ${seconds.toFixed(1)} giây / is open after ${seconds.toFixed(1)} s\n`, doors]
  if (config.DEMO) {
    const accounts = demoAccounts()
    lines.push(
      '\nTài khoản dùng thử / Demo accounts',
      columns(accounts.map(({ role, username, password, name, what }) => [role, username, password, `${name}, ${what}`])),
    )
  }
  lines.push('\nNhấn Ctrl-C để đóng cửa / press Ctrl-C to close\n')
  return `${lines.join('\n')}\n`
}
