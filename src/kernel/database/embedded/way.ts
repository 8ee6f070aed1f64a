import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { chown, lchown, lstat, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { StartupError } from '../../startup-error.ts'
import { program } from './binaries.ts'

/**
 * PostgreSQL refuses to run as root, and initdb wants its user in /etc/passwd. A way is one manner of running it here all the same.
 * The working folder of every program is the data folder, and `-D` is `data`.
 */
export interface Way {
  readonly name: 'plain' | 'other-user' | 'user-namespace' | 'copied-binaries'
  readonly binaries: string
  /** What stands before the program's own command line. */
  readonly prefix: readonly string[]
  readonly identity: { uid?: number; gid?: number }
  /** The data folder as PostgreSQL is to name it. */
  data(folder: string): string
}

interface Account {
  uid: number
  gid: number
}

function accounts(): (Account & { name: string })[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
      .filter(({ name, uid }) => name && Number.isInteger(uid))
  } catch {
    return []
  }
}

const works = (command: readonly string[], identity: { uid?: number; gid?: number } = {}): boolean =>
  spawnSync(command[0] as string, command.slice(1), { ...identity, cwd: '/', env: { PATH: process.env.PATH }, timeout: 5000 }).status === 0

/** Whether `account` may walk through every folder that leads to `folder` (which itself will belong to it). */
function reaches(account: Account, folder: string): boolean {
  for (let path = dirname(realpathSync(folder)); ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (path === dirname(path)) return true
  }
}

const absolute = (folder: string): string => realpathSync(folder)

function namespaceWay(binaries: string, account: Account): Way | undefined {
  const prefix = ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--']
  if (process.platform !== 'linux' || !works([...prefix, program(binaries, 'postgres'), '-V'])) return undefined
  return { name: 'user-namespace', binaries, prefix, identity: {}, data: absolute }
}

/** A copy of the binaries that every user can read, made once a version. Only a folder that belongs to root is trusted. */
function readableCopy(binaries: string): string | undefined {
  const stamp = `${statSync(program(binaries, 'postgres')).mtimeMs}`.replace('.', '-')
  for (const parent of ['/var/cache', '/var/tmp', tmpdir()]) {
    const folder = join(parent, `cuaso-postgresql-${basename(dirname(binaries))}-${stamp}`)
    try {
      const found = lstatSync(folder, { throwIfNoEntry: false })
      if (found?.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return folder
      if (found) continue
      const draft = mkdtempSync(`${folder}-`)
      try {
        cpSync(binaries, draft, {
          recursive: true,
          verbatimSymlinks: true,
          filter: (path) => !/\.a$|\/(pgxs|pkgconfig|doc|man)$/.test(path),
        })
        chmodSync(draft, 0o755)
        renameSync(draft, folder)
        return folder
      } finally {
        rmSync(draft, { recursive: true, force: true })
      }
    } catch {
      // Not writable or full: the next place may do.
    }
  }
  return undefined
}

function copiedWay(binaries: string, account: Account): Way | undefined {
  const copy = process.platform === 'linux' ? readableCopy(binaries) : undefined
  const identity = { uid: account.uid, gid: account.gid }
  if (!copy || !works([program(copy, 'postgres'), '-V'], identity)) return undefined
  // The working folder is entered before the user changes, so its path need not be walkable: it is named through /proc.
  return { name: 'copied-binaries', binaries: copy, prefix: [], identity, data: () => '/proc/self/cwd' }
}

/** Finds how PostgreSQL can run on this machine for this data folder (which exists). Throws StartupError when there is no way. */
export function chooseWay(binaries: string, folder: string): Way {
  const plain: Way = { name: 'plain', binaries, prefix: [], identity: {}, data: absolute }
  if (process.getuid === undefined) return plain
  const known = accounts()
  const account = known.find(({ name }) => name === 'nobody') ?? known.find(({ uid }) => uid > 0)
  if (process.getuid() !== 0) {
    if (known.length === 0 || !account || process.platform !== 'linux' || known.some(({ uid }) => uid === process.getuid?.())) return plain
    return namespaceWay(binaries, account) ?? plain
  }
  if (account) {
    const { uid, gid } = account
    if (reaches(account, folder) && works([program(binaries, 'postgres'), '-V'], { uid, gid })) {
      return { name: 'other-user', binaries, prefix: [], identity: { uid, gid }, data: absolute }
    }
    const way = namespaceWay(binaries, account) ?? copiedWay(binaries, account)
    if (way) return way
  }
  throw new StartupError({
    vi: `PostgreSQL không chạy bằng root và không tìm được tài khoản khác dùng được ${folder}; chạy bằng người dùng thường hoặc đặt DATABASE_URL`,
    en: `PostgreSQL does not run as root, and no other account can use ${folder}; run as an ordinary user or set DATABASE_URL`,
  })
}

/** An ordinary user works only with folders of their own. Throws StartupError. */
export function checkOwner(folder: string, owner: number): void {
  const me = process.getuid?.() ?? owner
  if (me === 0 || me === owner) return
  throw new StartupError({
    vi: `${folder} thuộc về người dùng khác (uid ${owner}); hãy chạy bằng người dùng đó hoặc đặt CUASO_DATA`,
    en: `${folder} belongs to another user (uid ${owner}); run as that user or set CUASO_DATA`,
  })
}

/** Gives a data folder, with everything in it, to the user that the way runs as. */
export async function giveTo(way: Way, folder: string): Promise<void> {
  const me = process.getuid?.()
  if (me === undefined) return
  const uid = way.identity.uid ?? me
  const gid = way.identity.gid ?? process.getgid?.() ?? uid
  const owner = (await lstat(folder)).uid
  if (owner === uid) return
  checkOwner(folder, owner)
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), uid, gid)
  // The folder itself last: it says that all below it was done.
  await chown(folder, uid, gid)
}
