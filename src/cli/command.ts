import type { Command } from 'commander'
import type { Text } from '../kernel/i18n/index.ts'

/** A file of src/cli/: says what its command takes, and does it. Loaded only when the command is asked for. */
export interface CommandFile {
  /** Adds arguments, options and the action. The action returns an exit code, or nothing for 0. */
  configure(command: Command): void
}

export interface CommandEntry {
  /** Words after `cuaso`, such as `report rates`. */
  readonly name: string
  readonly summary: Text
  load(): Promise<CommandFile>
}

/** Ends the command with this exit code, saying nothing more. 0 done, 2 a check found a difference, 3 some rows were rejected. */
export class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}
