import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { constants, setPriority } from 'node:os'
import type { Command } from 'commander'
import { compose } from '../compose.ts'
import { isDemoLoaded } from '../demo/load.ts'
import { areProvincesLoaded } from '../demo/provinces.ts'
import { type Config, readConfig } from '../kernel/config/index.ts'
import type { Province } from '../kernel/database/index.ts'
import { createProvince, migrate } from '../kernel/database/migrate.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { explainPort, type Serving, serve } from '../main.ts'
import { findProvince, getProvince, type Opened, openFor } from './database.ts'
import { welcome } from './welcome.ts'

/** Told before any work begins: someone else already listens there. */
function checkPort({ PORT, HOST }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(explainPort(error, PORT)))
    probe.listen(PORT, HOST, () => probe.close(() => resolve()))
  })
}

const DEMO = { slug: 'ca-mau', name: 'Tỉnh Cà Mau', code: '96' } as const

/** The province this installation serves. The demo makes its own; any other was made with `cuaso init`. */
async function province(opened: Opened): Promise<Province> {
  const { config, migration } = opened
  const found = await findProvince(opened, config.PROVINCE)
  if (found) return found
  return config.DEMO && config.PROVINCE === DEMO.slug ? createProvince(migration, DEMO) : getProvince(opened)
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** One Ctrl-C may arrive several times (from the terminal, npm and the launcher); only a later one means "at once". */
const SAME_SIGNAL_MS = 1500

/** When the person wants this to end. `impatient` says that they asked again. */
function untilAskedToStop(): { stopping: Promise<void>; impatient: Promise<void> } {
  let stop: () => void = () => undefined
  let hurry: () => void = () => undefined
  const stopping = new Promise<void>((resolve) => {
    stop = resolve
  })
  const impatient = new Promise<void>((resolve) => {
    hurry = resolve
  })
  let first = 0
  const hear = (): void => {
    if (first === 0) first = Date.now()
    else if (Date.now() - first > SAME_SIGNAL_MS) hurry()
    stop()
  }
  for (const signal of SIGNALS) process.on(signal, hear)
  return { stopping, impatient }
}

/** Runs another command of this program to its end; asked to stop, it stops with us. Returns its exit code, null after a signal. */
async function runBeside(words: readonly string[], stopping: Promise<void>, output: 'inherit' | 'ignore'): Promise<number | null> {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...words], { stdio: ['ignore', output, output] })
  void stopping.then(() => child.kill('SIGTERM'))
  if (output === 'ignore' && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status) => resolve(status))
  })
}

/**
 * The simulated provinces of the national board are made once the doors are open, quietly and beside the server: nobody waits for
 * them, and the board shows each as it comes. What is cut off goes on at the next start.
 */
async function addProvinces(served: Province, { config, db, log }: Opened, stopping: Promise<void>): Promise<void> {
  try {
    if (!config.DEMO || served.slug !== DEMO.slug || (await areProvincesLoaded(db))) return
    const code = await runBeside(['demo', 'provinces'], stopping, 'ignore')
    if (code) log.warn({ code }, 'the simulated provinces were not all made; they go on at the next start')
  } catch (error) {
    log.warn({ err: error }, 'the simulated provinces were not made')
  }
}

/**
 * Fills the demo in a process of its own: loading tens of thousands of dossiers leaves a heap that a server would keep for hours.
 * A later start finds everything there and only looks.
 */
async function fillDemo(served: Province, opened: Opened, stopping: Promise<void>): Promise<void> {
  if (await isDemoLoaded(opened.db, served)) return
  if ((await runBeside(['load-demo'], stopping, 'inherit')) !== 0)
    throw new StartupError({
      vi: 'chưa nạp xong tỉnh mẫu; chạy lại để nạp tiếp',
      en: 'the demo province is not filled yet; start again to go on',
    })
}

async function open(opened: Opened, stopping: Promise<void>): Promise<Serving & { beside: Promise<void> }> {
  await migrate(opened.migration)
  const { config, log, db } = opened
  const served = await province(opened)
  if (config.DEMO && served.slug === DEMO.slug) await fillDemo(served, opened, stopping)
  const serving = await serve(await compose({ config, log, db, province: served, owner: opened.migration }))
  return { ...serving, beside: addProvinces(served, opened, stopping) }
}

async function start(): Promise<void> {
  const begun = performance.now()
  const config = readConfig(process.env)
  const { stopping, impatient } = untilAskedToStop()
  await checkPort(config)
  let lost: (error: Error) => void = () => undefined
  const failed = new Promise<never>((_resolve, reject) => {
    lost = reject
  })
  failed.catch(() => undefined)
  const opened = await openFor(config, { supervise: true, onLost: (error) => lost(error) })
  let serving: Awaited<ReturnType<typeof open>> | undefined
  try {
    serving = await Promise.race([open(opened, stopping), failed, stopping.then(() => undefined)])
    if (!serving) {
      // Asked to stop while still opening: what is cut short now has nobody left to tell.
      opened.log.level = 'silent'
      return
    }
    process.stdout.write(welcome(config, serving.port, (performance.now() - begun) / 1000))
    await Promise.race([stopping, failed])
    process.stdout.write('\nĐang đóng cửa… / Closing…\n')
  } finally {
    await Promise.race([Promise.all([serving?.beside, serving?.close()]), impatient])
    await opened.close()
  }
}

export function configure(command: Command): void {
  command.action(start)
}
