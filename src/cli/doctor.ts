import { statfs } from 'node:fs/promises'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { compose } from '../compose.ts'
import type { SelfCheck } from '../kernel/app.ts'
import { ZONE } from '../kernel/clock.ts'
import type { Config } from '../kernel/config/index.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { Exit } from './command.ts'
import { commandConfig, findProvince, type Opened, openFor } from './database.ts'

interface Finding {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly warning?: boolean
}

const GIB = 1024 ** 3
const ROOM = 2 * GIB
const DRIFT_MS = 2000

async function ask({ name, run }: SelfCheck): Promise<Finding> {
  try {
    return { name, ...(await run()) }
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message }
  }
}

const disk = (config: Config): SelfCheck => ({
  name: 'disk',
  run: async () => {
    const { bavail, bsize } = await statfs(config.CUASO_DATA)
    const free = bavail * bsize
    return { ok: free > ROOM, detail: `${(free / GIB).toFixed(1)} GiB free in ${config.CUASO_DATA}` }
  },
})

const port = (config: Config): SelfCheck => ({
  name: 'port',
  run: async () => {
    const address = `http://localhost:${config.PORT}/healthz`
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(3000) })
      return {
        ok: response.ok,
        detail: response.ok ? `Cửa Số answers on port ${config.PORT}` : `${address} answers ${response.status}: another program?`,
      }
    } catch (error) {
      const refused = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED'
      return { ok: refused, detail: refused ? `port ${config.PORT} is free` : `${address}: ${(error as Error).message}` }
    }
  },
})

const clock = ({ db }: Opened): SelfCheck => ({
  name: 'clock',
  run: async () => {
    const before = Date.now()
    const { rows } = await db.shared((tx) =>
      sql<{ ms: string }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms`.execute(tx),
    )
    const drift = Math.round(Number(rows[0]?.ms) - (before + Date.now()) / 2)
    const local = new Date().toLocaleString('sv-SE', { timeZone: ZONE })
    return { ok: Math.abs(drift) < DRIFT_MS, detail: `${local} in ${ZONE}; the database is ${drift} ms ${drift < 0 ? 'behind' : 'ahead'}` }
  },
})

/** The server's role must not be able to change structure, nor to become someone who can. */
const roles = ({ db, appRole }: Opened): SelfCheck => ({
  name: 'roles',
  run: async () => {
    const { rows } = await db.shared((tx) =>
      sql<{ who: string; creates: boolean; super: boolean }>`
        select current_user as who, has_database_privilege(current_database(), 'create') as creates,
          (select rolsuper from pg_roles where rolname = current_user) as super`.execute(tx),
    )
    const { who = '', creates = true, super: all = true } = rows[0] ?? {}
    return {
      ok: who === appRole && !creates && !all,
      detail: `the server works as ${who}${creates || all ? ', which has more rights than it should' : ''}`,
    }
  },
})

const version = ({ db, embeddedPid }: Opened): SelfCheck => ({
  name: 'postgresql',
  run: async () => {
    const { rows } = await db.shared((tx) => sql<{ version: string }>`select current_setting('server_version') as version`.execute(tx))
    return { ok: true, detail: `${rows[0]?.version}, ${embeddedPid ? `embedded (process ${embeddedPid})` : 'from DATABASE_URL'}` }
  },
})

/** What the house itself and its adapters say; needs a province. */
async function houseChecks(opened: Opened): Promise<Finding[]> {
  const { config, log, db } = opened
  const province = await findProvince(opened, config.PROVINCE).catch(() => undefined)
  if (!province) return [{ name: 'province', ok: false, detail: `${config.PROVINCE} is not there yet: run "cuaso start" or "cuaso init"` }]
  const { app } = await compose({ config, log, db, province })
  return [{ name: 'province', ok: true, detail: `${province.name} (${province.schema})` }, ...(await Promise.all(app.checks.map(ask)))]
}

async function examine(config: Config): Promise<Finding[]> {
  const outside = await Promise.all([disk(config), port(config)].map(ask))
  try {
    const opened = await openFor(config)
    try {
      const inside = await Promise.all([version(opened), roles(opened), clock(opened)].map(ask))
      return [...inside, ...outside, ...(await houseChecks(opened))]
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    return [{ name: 'postgresql', ok: false, detail: error.message }, ...outside]
  }
}

export function configure(command: Command): void {
  command.option('--json', 'JSON').action(async ({ json }: { json?: boolean }) => {
    const findings = await examine(commandConfig())
    if (json) console.log(JSON.stringify(findings))
    else
      for (const { name, ok, warning, detail } of findings) console.log(`${ok ? (warning ? '!' : '✓') : '✗'} ${name.padEnd(14)} ${detail}`)
    if (findings.some(({ ok }) => !ok)) throw new Exit(1)
  })
}
