import { text as readAll } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { zoned } from '../kernel/clock.ts'
import { type Grant, officerRoles } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import type { Refusal } from '../kernel/errors.ts'
import type { Text } from '../kernel/i18n/index.ts'
import type { Result } from '../kernel/result.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { type OpenedAccount, openAccount, resetAccount, resetAccountFactor, temporaryPassword } from '../modules/identity/index.ts'
import type { CommandFile } from './command.ts'
import { getProvince, withDatabase } from './database.ts'

interface Common {
  username: string
  passwordStdin?: boolean
  province?: string
  json?: boolean
}

interface Create extends Common {
  name: string
  role: Grant['role']
  agency: string
  position: string
  subtree?: boolean
}

/** Roles whose work is everything below their unit as well. */
const REACH_DOWN: readonly Grant['role'][] = ['administrator', 'leader', 'reform_officer']

/** Where to look when a page would have shown a list to choose from. */
const HINTS: Readonly<Record<string, Text>> = {
  'identity.unknown-agency': {
    vi: 'Nạp danh sách cơ quan trước: cuaso import agencies <tệp.csv>.',
    en: 'Load the agencies first: cuaso import agencies <file.csv>.',
  },
  'identity.unknown-officer': { vi: 'Xem lại --username và --province.', en: 'Check --username and --province.' },
}

/** A refusal as the one line a command ends with: what is wrong, field by field where that is known, and what to do. */
function explain(refusal: Refusal): StartupError {
  const next = HINTS[refusal.code] ?? refusal.next
  const said = refusal.fields && refusal.fields.length > 0 ? refusal.fields.map(({ message }) => message) : [refusal.message]
  const line = (language: keyof Text): string => [...new Set([...said, ...(next ? [next] : [])].map((one) => one[language]))].join(' ')
  return new StartupError({ vi: line('vi'), en: line('en') })
}

/** The password on standard input, without the line end that `echo` adds. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Mật khẩu tạm, rồi Ctrl-D / Temporary password, then Ctrl-D: ')
  return (await readAll(process.stdin)).replace(/\r?\n$/, '')
}

/** Chooses or reads the password, does the work, and prints the password once when it was chosen here. */
async function account(
  options: Common,
  done: Text,
  work: (db: Database, province: Province, password: string) => Promise<Result<OpenedAccount>>,
): Promise<void> {
  const password = options.passwordStdin ? await readPassword() : temporaryPassword()
  const result = await withDatabase(async (opened) => work(opened.db, await getProvince(opened, options.province), password))
  if (!result.ok) throw explain(result.error)
  const { officerId, username, name, temporaryUntil } = result.value
  const shown = options.passwordStdin ? null : password
  if (options.json) {
    console.log(JSON.stringify({ officer_id: officerId, username, name, temporary_password: shown, temporary_until: temporaryUntil }))
    return
  }
  const until = zoned(Temporal.Instant.from(temporaryUntil)).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
  console.log(`${done.vi} / ${done.en}: ${username} (${name})`)
  if (shown) console.log(`Mật khẩu tạm, chỉ hiện lần này / Temporary password, shown only now: ${shown}`)
  console.log(`Phải đổi khi đăng nhập lần đầu, trước ${until} / To be changed at the first sign-in, before ${until}`)
}

const common = (command: Command): Command =>
  command
    .option(
      '--password-stdin',
      'đọc mật khẩu tạm từ đầu vào chuẩn, không in ra / read the temporary password from standard input, print none',
    )
    .option('--province <slug>', 'tỉnh, mặc định theo cấu hình / province, by default the configured one')
    .option('--json', 'JSON')

/** Makes an account: the way in for the first administrator of a province, who then makes the others at /quan-tri. */
export const create: CommandFile = {
  configure: (command) => {
    command
      .requiredOption('--username <name>', 'tên đăng nhập: 3–60 chữ thường không dấu, số, dấu chấm / user name')
      .requiredOption('--name <full name>', 'họ và tên / full name')
      .addOption(new Option('--role <role>', 'vai trò / role').choices(officerRoles).makeOptionMandatory())
      .requiredOption('--agency <code>', 'mã cơ quan, như H92; quản trị cả tỉnh: mã UBND tỉnh / code of the agency, such as H92')
      .option('--position <title>', 'chức danh / position', '')
      .option('--subtree', `cả cấp dưới / everything below too (${REACH_DOWN.join(', ')}: mặc định / default)`)
      .option('--no-subtree', 'chỉ cơ quan này / this agency only')
    common(command).action((options: Create) =>
      account(options, { vi: 'Đã tạo tài khoản', en: 'Account made' }, (db, province, password) =>
        openAccount(db, province, {
          username: options.username,
          name: options.name,
          position: options.position,
          agencyCode: options.agency,
          role: options.role,
          subtree: options.subtree ?? REACH_DOWN.includes(options.role),
          temporaryPassword: password,
        }),
      ),
    )
  },
}

/** Lets somebody in again who forgot the password, when no administrator can. */
export const resetPassword: CommandFile = {
  configure: (command) => {
    command.requiredOption('--username <name>', 'tên đăng nhập / user name')
    common(command).action((options: Common) =>
      account(options, { vi: 'Đã đặt lại mật khẩu', en: 'Password reset' }, (db, province, password) =>
        resetAccount(db, province, { username: options.username, temporaryPassword: password }),
      ),
    )
  },
}

/** Takes an officer's second factors away: for somebody who lost them when no administrator can help. They sign in with the password and set one up again. */
export const resetFactor: CommandFile = {
  configure: (command) => {
    command
      .requiredOption('--username <name>', 'tên đăng nhập / user name')
      .requiredOption('--reason <text>', 'lý do, ghi vào nhật ký / reason, kept in the log')
      .option('--province <slug>', 'tỉnh, mặc định theo cấu hình / province, by default the configured one')
      .option('--json', 'JSON')
      .action(async ({ username, reason, province, json }: { username: string; reason: string; province?: string; json?: boolean }) => {
        const result = await withDatabase(async (opened) =>
          resetAccountFactor(opened.db, await getProvince(opened, province), { username, reason }),
        )
        if (!result.ok) throw explain(result.error)
        const { officerId, removed, ...who } = result.value
        if (json) console.log(JSON.stringify({ officer_id: officerId, username: who.username, name: who.name, removed }))
        else console.log(`Đã bỏ ${removed} cách xác thực của / Removed ${removed} factor(s) of ${who.username} (${who.name})`)
      })
  },
}
