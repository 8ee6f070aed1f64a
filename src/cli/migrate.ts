import type { Command } from 'commander'
import { migrate } from '../kernel/database/migrate.ts'
import { commandConfig, openFor } from './database.ts'

export function configure(command: Command): void {
  command.option('--json', 'JSON').action(async ({ json }: { json?: boolean }) => {
    const opened = await openFor(commandConfig())
    const files: string[] = []
    try {
      await migrate({ ...opened.migration, log: (line) => files.push(line) })
    } finally {
      await opened.close()
    }
    if (json) console.log(JSON.stringify({ applied: files }))
    else console.log(files.length > 0 ? files.join('\n') : 'Đã mới nhất / Up to date')
  })
}
