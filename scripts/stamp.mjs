// Which build belongs to these sources. A build lives in dist/<stamp>, so two processes that build at once, or a server that still
// runs the build before, never touch each other's files.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const WATCHED = ['src', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/stamp.mjs']
const TEST = /\.(store|http|e2e)?\.?test\.tsx?$/

/** Every file below `path` with its time and size; tests are not part of a build. */
function* describe(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false })
  if (stat?.isFile()) yield `${path} ${stat.mtimeMs} ${stat.size}`
  if (!stat?.isDirectory()) return
  for (const name of readdirSync(join(root, path)).sort()) if (!TEST.test(name)) yield* describe(root, `${path}/${name}`)
}

/** The folder of the build of the sources as they are now. */
export function buildFolder(root) {
  const hash = createHash('sha256').update(process.env.CUASO_DEV ?? '')
  for (const path of WATCHED) for (const line of describe(root, path)) hash.update(`${line}\n`)
  return join(root, 'dist', hash.digest('hex').slice(0, 12))
}

export const isBuilt = (folder) => existsSync(join(folder, 'server', 'cli.js'))
