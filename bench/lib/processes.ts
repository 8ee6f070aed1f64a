import { readdirSync, readFileSync } from 'node:fs'

const statOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? []
  } catch {
    return []
  }
}

/** CPU seconds a process has used, user and system (100 ticks a second on Linux); 0 for one that is gone. */
export const cpuOf = (pid: number): number => {
  const fields = statOf(pid)
  return fields.length === 0 ? 0 : (Number(fields[11]) + Number(fields[12])) / 100
}

/** The children of a process. */
export const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && Number(statOf(pid)[1]) === parent)

/** The parent of a process. */
export const parentOf = (pid: number): number => Number(statOf(pid)[1])

/** Resident memory of a process in MB. */
export const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
