// Everything that must hold, in order, quickest first; stops at the first stage that fails. `npm test -- unit` runs one Vitest project.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node = join(root, 'node_modules', '.bin', 'node')
const bin = (name) => join(root, 'node_modules', '.bin', name)

// One Vitest run for all projects: they share two workers and one PostgreSQL. The crash room kills servers, so it is alone.
const stages = [
  ['Biome: format and lint', bin('biome'), 'check', '--error-on-warnings', '.'],
  ['TypeScript: types', join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'],
  ['dependency-cruiser: the floors of the house', join(root, 'scripts', 'architecture.mjs')],
  ['knip: nothing left over', bin('knip'), '--no-progress'],
  ['unit and architecture tests', bin('vitest'), 'run', '--project', 'unit', '--project', 'architecture'],
  ['store and HTTP tests', bin('vitest'), 'run', '--project', 'store', '--project', 'http', '--project', 'store-alone'],
  ['browser journeys', bin('vitest'), 'run', '--project', 'browser'],
  ['crash tests', bin('vitest'), 'run', '--project', 'crash'],
]

const wanted = process.argv.slice(2)
const chosen =
  wanted.length > 0 ? [[`vitest: ${wanted.join(' ')}`, bin('vitest'), 'run', ...wanted.flatMap((name) => ['--project', name])]] : stages
const begun = Date.now()
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

for (const [index, [name, ...command]] of chosen.entries()) {
  const since = Date.now()
  process.stdout.write(`\n── ${index + 1}/${chosen.length} ${name}\n`)
  // The pinned Node runs every tool, whatever `node` is on this machine.
  const { status, signal } = spawnSync(node, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
  })
  if (status !== 0) {
    process.stdout.write(`── FAILED after ${seconds(since)}: ${name}\n`)
    process.exit(signal ? 130 : (status ?? 1))
  }
  process.stdout.write(`── ok in ${seconds(since)}: ${name}\n`)
}
process.stdout.write(`\nAll ${chosen.length} stages passed in ${seconds(begun)}.\n`)
