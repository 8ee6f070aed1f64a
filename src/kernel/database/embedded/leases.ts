import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, processMark } from './process-mark.ts'

/** Says that this process uses the database in `folder`. Returns the way to give it back. Call under the folder's lock. */
export async function takeLease(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${process.pid}-${randomUUID().slice(0, 8)}`)
  await writeFile(path, processMark(process.pid) ?? `${process.pid}`)
  return () => rm(path, { force: true })
}

/** How many living processes (or parts of one) use the database; leases of dead ones are removed. Call under the folder's lock. */
export async function countLeases(folder: string): Promise<number> {
  let living = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    if (isAlive(await readFile(path, 'utf8').catch(() => ''))) living += 1
    else await rm(path, { force: true })
  }
  return living
}
