import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartupError } from '../../startup-error.ts'
import { isAlive, processMark } from './process-mark.ts'

interface Holder {
  token: string
  mark: string
}

const read = async (path: string): Promise<Holder | undefined> => {
  try {
    const [token = '', mark = ''] = (await readFile(path, 'utf8')).split('\n')
    return { token, mark }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** One try. A lock whose holder died is taken over under a second lock named after the dead holder, so only one process takes it. */
async function take(path: string, mine: Holder): Promise<boolean> {
  const draft = `${path}.${mine.token}`
  await writeFile(draft, `${mine.token}\n${mine.mark}`)
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = await read(path)
    if (!holder || isAlive(holder.mark)) return false
    const heir = `${path}.${holder.token.slice(0, 8)}`
    const second = { token: randomUUID(), mark: mine.mark }
    if (!(await take(heir, second))) return false
    try {
      if ((await read(path))?.token !== holder.token) return false
      await rename(draft, path)
      return true
    } finally {
      await rm(heir, { force: true })
    }
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Runs `work` while no other process holds the lock file at `path`. A lock left by a process that died is taken over.
 * Throws StartupError when a living process holds it for longer than `patience` ms.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, patience = 120_000): Promise<T> {
  const mine: Holder = { token: randomUUID(), mark: processMark(process.pid) ?? `${process.pid}` }
  const until = Date.now() + patience
  while (!(await take(path, mine))) {
    if (Date.now() > until) {
      const holder = await read(path)
      const pid = Number.parseInt(holder?.mark ?? '', 10)
      throw new StartupError({
        vi: `tiến trình ${pid} đang giữ cơ sở dữ liệu quá lâu (${path})`,
        en: `process ${pid} has been holding the database for too long (${path})`,
      })
    }
    await sleep(25)
  }
  try {
    return await work()
  } finally {
    if ((await read(path))?.token === mine.token) await rm(path, { force: true })
  }
}
