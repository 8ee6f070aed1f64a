import { Command, CommanderError } from 'commander'
import { ConfigError } from '../kernel/config/index.ts'
import { MigrationChanged } from '../kernel/database/migrate.ts'
import { type Text, t } from '../kernel/i18n/index.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { type CommandEntry, Exit } from './command.ts'
import { commands } from './commands.ts'

type Language = 'vi' | 'en' | 'both'

/** `--lang` counts for every command, wherever it stands; without it both languages are shown. */
function takeLanguage(words: string[]): Language {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (at < 0) return 'both'
  const [word] = words.splice(at, 1)
  const value = word?.includes('=') ? word.split('=')[1] : words.splice(at, 1)[0]
  return value === 'vi' || value === 'en' ? value : 'both'
}

const say = (language: Language, text: Text): string => (language === 'both' ? `${text.vi}\n${text.en}` : t(language, text))

/** The command that the words ask for: the longest name that they begin with. */
function find(words: readonly string[]): CommandEntry | undefined {
  const asked = words.filter((word) => !word.startsWith('-'))
  return [...commands]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => name.split(' ').every((word, index) => asked[index] === word))
}

/** What the commands of a group do, each under its own word: `rates: …`. */
const describeGroup = (group: string, language: Language): string =>
  commands
    .filter(({ name }) => name.startsWith(`${group} `))
    .map(({ name, summary }) => `${name.slice(group.length + 1)}: ${say(language, summary)}`)
    .join('\n')

async function build(words: readonly string[], language: Language): Promise<Command> {
  const program = new Command('cuaso')
    .description(
      say(language, { vi: 'Cửa Số: một cửa cho chính quyền số của tỉnh.', en: 'Cửa Số: one door for a province’s digital government.' }),
    )
    .helpOption('-h, --help', say(language, { vi: 'Hướng dẫn', en: 'Help' }).replace('\n', ' / '))
    .helpCommand(false)
    .configureHelp({ helpWidth: 110 })
    .exitOverride()
  program.option('--lang <vi|en>', 'tiếng Việt / English')
  const asked = find(words)
  const groups = new Map<string, Command>()
  for (const entry of commands) {
    const path = entry.name.split(' ')
    const last = path.pop() as string
    let parent = program
    if (path[0]) {
      parent = groups.get(path[0]) ?? program.command(path[0]).helpCommand(false).exitOverride()
      if (!groups.has(path[0])) parent.description(describeGroup(path[0], language))
      groups.set(path[0], parent)
    }
    const command = parent.command(last).description(say(language, entry.summary)).exitOverride()
    if (entry === asked) (await entry.load()).configure(command)
  }
  return program
}

/** What a person reads when a command fails, and its exit code. Only a bug shows where it happened. */
function explain(error: unknown): { line: string; code: number } {
  if (error instanceof Exit) return { line: '', code: error.code }
  if (error instanceof CommanderError) return { line: '', code: error.exitCode }
  if (error instanceof StartupError) return { line: `Lỗi: ${error.text.vi} / Error: ${error.text.en}`, code: 1 }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const expected = error instanceof ConfigError || error instanceof MigrationChanged
  return { line: `Lỗi / Error: ${expected || !process.env.CUASO_DEBUG ? message : stack}`, code: 1 }
}

/** Waits until everything written has left, so that a pipe gets the last line too. */
const flush = (stream: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()))

async function main(): Promise<number> {
  const words = process.argv.slice(2)
  const language = takeLanguage(words)
  try {
    const program = await build(words, language)
    if (words.length === 0) {
      program.outputHelp()
      return 0
    }
    await program.parseAsync(words, { from: 'user' })
    return 0
  } catch (error) {
    const { line, code } = explain(error)
    if (line) process.stderr.write(`${line}\n`)
    return code
  }
}

// The launcher holds the other end of a channel: when it is killed, this process stops as if asked to.
if (process.channel) {
  process.channel.unref()
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}
// A reader that has seen enough (`cuaso report … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const code = await main()
await Promise.all([flush(process.stdout), flush(process.stderr)])
process.exit(code)
