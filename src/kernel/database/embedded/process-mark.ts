import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'

/** The kernel's boot, so that a mark from before a reboot never matches. Empty where the system does not tell. */
const boot = ((): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8)
  } catch {
    return ''
  }
})()

/** Names one process for good: a pid alone can be given to another process later. `undefined` when it does not run. */
export function processMark(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name may hold spaces and brackets; after its last bracket come state (3rd field) … start time (22nd).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${pid}:${fields[19]}:${boot}`
    } catch {
      return undefined
    }
  }
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  if (process.platform === 'win32') return `${pid}`
  try {
    return `${pid}:${execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim()}`
  } catch {
    return undefined
  }
}

/** Whether the process named by a mark still runs. */
export const isAlive = (mark: string): boolean => processMark(Number.parseInt(mark, 10)) === mark

/** Whether process `pid` is the PostgreSQL that works in `folder` (a server stays in its data folder). */
export function worksIn(pid: number, folder: string): boolean {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
    }
    if (process.platform === 'win32') return processMark(pid) !== undefined
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).includes(folder)
  } catch {
    return false
  }
}
