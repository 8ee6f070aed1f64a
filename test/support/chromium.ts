import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { projectRoot } from '../../src/kernel/paths.ts'

export interface Chromium {
  readonly executablePath: string
  /** What the browser needs in its environment on machines without its libraries or fonts. */
  readonly env: Readonly<Record<string, string>>
}

const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../..')

/** The package always unpacks into the folder for temporary files, under fixed names; so it gets such a folder to itself. */
function unpack(folder: string): void {
  const script = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
    encoding: 'utf8',
  })
  if (status !== 0 || !existsSync(join(folder, 'chromium'))) throw new Error(`Chromium could not be unpacked: ${stderr}`)
}

/** Libraries (NSS and friends) that come with the package, for machines that lack them. */
function libraries(folder: string): Record<string, string> {
  const linked = spawnSync('ldd', [join(folder, 'chromium')], { encoding: 'utf8' }).stdout ?? ''
  if (!linked.includes('not found')) return {}
  const target = join(folder, 'al2023')
  if (!existsSync(target)) {
    const draft = mkdtempSync(`${target}-`)
    const archive = brotliDecompressSync(readFileSync(join(packageFolder, 'bin/al2023.tar.br')))
    const { status } = spawnSync('tar', ['x', '-C', draft], { input: archive })
    if (status !== 0) throw new Error('the libraries of Chromium could not be unpacked')
    moveIn(draft, target)
  }
  return { LD_LIBRARY_PATH: join(target, 'lib') }
}

/** A machine without fonts gets the package's own; Chromium draws no text at all without one. */
function fonts(folder: string): Record<string, string> {
  if (existsSync('/etc/fonts/fonts.conf')) return {}
  const file = join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  )
  return { FONTCONFIG_FILE: file }
}

/** Moves a finished folder to its place; when another process was quicker, theirs stays. */
function moveIn(draft: string, place: string): void {
  try {
    renameSync(draft, place)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  }
}

/** The browser that comes with npm, unpacked once a version. Two processes may ask at once. */
export function findChromium(): Chromium {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(projectRoot, '.cache', `chromium-${version}`)
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    const draft = mkdtempSync(`${folder}-`)
    unpack(draft)
    moveIn(draft, folder)
  }
  return { executablePath: join(folder, 'chromium'), env: { ...libraries(folder), ...fonts(folder) } }
}
