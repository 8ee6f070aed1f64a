// Builds the server (dist/<stamp>/server) and what browsers load (dist/<stamp>/client) with Vite. Safe to run twice at once.
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildFolder, isBuilt } from './stamp.mjs'

/** A build that no start used for a day is removed; a server that runs an older one keeps its files until then. */
const KEEP = 24 * 60 * 60 * 1000

function removeOld(folder) {
  const dist = dirname(folder)
  for (const name of readdirSync(dist)) {
    const path = join(dist, name)
    if (name !== basename(folder) && Date.now() - statSync(path).mtimeMs > KEEP) rmSync(path, { recursive: true, force: true })
  }
}

/** Returns the folder of a build of the sources as they are now, building it when it is not there. */
export async function ensureBuilt(root) {
  const folder = buildFolder(root)
  if (isBuilt(folder)) return folder
  const temporary = `${folder}.${process.pid}`
  const common = { root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' }
  try {
    await build({ ...common, build: { outDir: join(temporary, 'client') } })
    await build({ ...common, build: { outDir: join(temporary, 'server'), ssr: true } })
    renameSync(temporary, folder)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    // Someone else finished the same build first: theirs is as good.
    if (!isBuilt(folder)) throw error
  }
  removeOld(folder)
  return folder
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureBuilt(dirname(dirname(fileURLToPath(import.meta.url))))
}
