// npm run bench [name…] [--option…]: builds the benches with Vite and runs them one after the other, each in its own process.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { ensureBuilt } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const options = process.argv.slice(2).filter((word) => word.startsWith('--'))
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const benches = globSync('bench/*.ts', { cwd: root })
  .map((path) => basename(path, '.ts'))
  .sort()
const unknown = wanted.filter((name) => !benches.includes(name))
if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(', ')}; there are: ${benches.join(', ')}`)
  process.exit(1)
}

const built = await ensureBuilt(root)
const folder = join(root, 'dist', 'bench')
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  resolve: { tsconfigPaths: false },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  ssr: { target: 'node' },
  build: {
    ssr: true,
    target: 'node24',
    minify: false,
    outDir: folder,
    emptyOutDir: true,
    rolldownOptions: {
      input: Object.fromEntries(benches.map((name) => [name, join(root, 'bench', `${name}.ts`)])),
      output: { entryFileNames: '[name].js' },
    },
  },
})
let failed = 0
for (const name of wanted.length > 0 ? wanted : benches.filter((name) => name !== 'serve')) {
  console.log(`\n=== ${name}`)
  const run = spawnSync(process.execPath, ['--expose-gc', join(folder, `${name}.js`), ...options], {
    stdio: 'inherit',
    env: { ...process.env, CUASO_BUILD: built, CUASO_BENCH: folder, NODE_ENV: 'production' },
  })
  failed += run.status === 0 ? 0 : 1
}
process.exit(failed === 0 ? 0 : 1)
