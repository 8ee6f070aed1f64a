import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { Command } from 'commander'
import { compose } from '../compose.ts'
import { isDemoLoaded } from '../demo/load.ts'
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

/**
 * Fills the demo in a process of its own: loading tens of thousands of dossiers leaves a heap that a server would keep for hours.
 * A later start finds everything there and only looks.
 */
async function fillDemo(served: Province, opened: Opened, stopping: Promise<void>): Promise<void> {
  if (await isDemoLoaded(opened.db, served)) return
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'load-demo'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  void stopping.then(() => child.kill('SIGTERM'))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status) => resolve(status))
  })
  if (code !== 0)
    throw new StartupError({
      vi: 'chưa nạp xong tỉnh mẫu; chạy lại để nạp tiếp',
      en: 'the demo province is not filled yet; start again to go on',
    })
}

async function open(opened: Opened, stopping: Promise<void>): Promise<Serving> {
  await migrate(opened.migration)
  const { config, log, db } = opened
  const served = await province(opened)
  if (config.DEMO && served.slug === DEMO.slug) await fillDemo(served, opened, stopping)
  return serve(await compose({ config, log, db, province: served, owner: opened.migration }))
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
  let serving: Serving | undefined
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
    await Promise.race([serving?.close(), impatient])
    await opened.close()
  }
}

export function configure(command: Command): void {
  command.action(start)
}
