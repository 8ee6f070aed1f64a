#!/usr/bin/env node
// The front step of the house. Runs on any Node ≥ 20: finds the pinned Node 24, builds dist/ when the sources are newer, and hands over.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFolder, isBuilt } from '../scripts/stamp.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** One clear line, exit code 1. */
function fail(vi, en) {
  process.stderr.write(`Lỗi: ${vi} / Error: ${en}\n`)
  process.exit(1)
}

/** The Node that runs Cửa Số: the one pinned in package.json, or this one when it is new enough. */
function findNode() {
  const suffix = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = join(root, 'node_modules', 'node', 'bin', suffix)
  if (existsSync(pinned) && spawnSync(pinned, ['-v']).status === 0) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return undefined
}

/** Ends like the child ended: same exit code, or the same signal. */
function endLike(code, signal) {
  if (signal) {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  } else process.exit(code ?? 1)
}

if (!existsSync(join(root, 'node_modules')))
  fail('chưa cài thư viện, hãy chạy "npm ci" trước.', 'libraries are not installed; run "npm ci" first.')
const node = findNode()
if (!node) fail('thiếu Node 24 đi kèm, hãy chạy lại "npm ci".', 'the pinned Node 24 is missing; run "npm ci" again.')

const folder = buildFolder(root)
if (!isBuilt(folder)) {
  const build = spawnSync(node, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  if (build.status !== 0 || !isBuilt(folder)) {
    process.stderr.write(build.stderr ?? '')
    const missing = /Cannot find (?:package|module) '([^']+)'/.exec(build.stderr ?? '')?.[1]
    if (missing) fail(`thiếu thư viện ${missing}, hãy chạy lại "npm ci".`, `library ${missing} is missing; run "npm ci" again.`)
    fail('không dựng được chương trình (xem dòng trên).', 'the program could not be built (see above).')
  }
}

// On a machine with much memory V8 would let short-lived objects take 100 MB more; an import of any length stays under 300 MB.
const young = `--max-semi-space-size=${process.argv[2] === 'import' ? 4 : 8}`

const child = spawn(
  node,
  [young, '--enable-source-maps', '--disable-warning=ExperimentalWarning', join(folder, 'server', 'cli.js'), ...process.argv.slice(2)],
  // The channel carries nothing; when this process is killed it closes, and the child stops as if asked to.
  { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, CUASO_BUILD: folder } },
)
child.on('error', (error) => fail(`không chạy được Node 24: ${error.message}`, `Node 24 does not run: ${error.message}`))
child.on('exit', endLike)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

/** The npm that runs this script, one or two processes up (npm may put a shell between); where that cannot be seen, the parent. */
function npmAbove() {
  try {
    for (let pid = process.ppid, step = 0; step < 2; step += 1) {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('npm')) return pid
      pid = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1])
    }
  } catch {
    // No /proc here.
  }
  return process.ppid
}

/** Whether a process of this number runs. */
function runs(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// `npm start` killed outright cannot tell anybody; then nobody is left who would stop this, so it stops itself.
if (process.env.npm_lifecycle_event) {
  const npm = npmAbove()
  setInterval(() => runs(npm) || child.kill('SIGTERM'), 1000).unref()
}
