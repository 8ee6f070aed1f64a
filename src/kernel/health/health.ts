import { sql } from 'kysely'
import type { App, SelfCheck } from '../app.ts'
import { Routes } from '../http/routes.ts'
import { migrationsFolder } from '../paths.ts'
import { migrationState } from './migrations.ts'

type Host = Pick<App, 'db' | 'province' | 'workers'>

export interface Readiness {
  readonly ready: boolean
  /** One line each, in English, without addresses or secrets: they are read by machines and shown to anyone. */
  readonly reasons: readonly string[]
}

const PATIENCE_MS = 2000
/** Asked more often than this, the last answer is given again. */
const FRESH_MS = 500

const within = <T>(work: Promise<T>, ms: number): Promise<T> =>
  Promise.race([work, new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('no answer in time')), ms).unref())])

/** Lines of the workers that are not well. */
export const workerComplaints = (host: Pick<App, 'workers'>): string[] =>
  host.workers.flatMap((worker) => {
    const complaint = worker.health?.()
    return complaint === undefined ? [] : [`${worker.name}: ${complaint}`]
  })

/** Judges whether this server can do its work: database answers, migrations are current, workers are well. */
export function createReadiness(host: Host, folder = migrationsFolder): () => Promise<Readiness> {
  let migrated = false
  let last: { at: number; answer: Promise<Readiness> } | undefined

  const database = async (): Promise<string[]> => {
    if (migrated) {
      await host.db.read(host.province, (tx) => sql`select 1`.execute(tx))
      return []
    }
    const { missing, unknown } = await migrationState(host.db, host.province, folder)
    migrated = missing.length === 0 && unknown.length === 0
    return [
      ...missing.map((name) => `migrations: ${name} is missing`),
      ...unknown.map((name) => `migrations: ${name} is newer than this program`),
    ]
  }

  const judge = async (): Promise<Readiness> => {
    const reasons = await within(database(), PATIENCE_MS).catch(() => ['database: no answer'])
    const all = [...reasons, ...workerComplaints(host)]
    return { ready: all.length === 0, reasons: all }
  }

  return () => {
    const now = performance.now()
    if (!last || now - last.at > FRESH_MS) last = { at: now, answer: judge() }
    return last.answer
  }
}

/** /healthz: the process answers. /readyz: it can do its work, or 503 with the reasons. */
export function healthRoutes(host: Host): Routes {
  const readiness = createReadiness(host)
  return new Routes()
    .get('/healthz', 'public', (c) => c.json({ status: 'ok' }))
    .get('/readyz', 'public', async (c) => {
      const { ready, reasons } = await readiness()
      return c.json(ready ? { status: 'ready' } : { status: 'not-ready', reasons }, ready ? 200 : 503)
    })
}

/** What `cuaso doctor` and the health page ask of the kernel. */
export function kernelChecks(host: Host & Pick<App, 'files'>): SelfCheck[] {
  return [
    {
      name: 'migrations',
      async run() {
        const { missing, unknown } = await migrationState(host.db, host.province, migrationsFolder)
        const wrong = [...missing, ...unknown]
        return { ok: wrong.length === 0, detail: wrong.join(', ') }
      },
    },
    {
      name: 'files',
      run: async () => ({ ok: true, detail: await host.files.check() }),
    },
    {
      // Order in the log is by transaction id. A database restored from a dump into a new cluster counts from the start again, so that
      // new events would sort before old ones: the counter has to be moved on first (pg_resetwal -x).
      name: 'transaction counter',
      async run() {
        const { rows } = await host.db.read(host.province, (tx) =>
          sql<{ ok: boolean }>`
            select coalesce((select tx from event order by tx desc, position desc limit 1) < pg_snapshot_xmax(pg_current_snapshot()), true) as ok`.execute(
            tx,
          ),
        )
        const ok = rows[0]?.ok === true
        return {
          ok,
          detail: ok ? '' : 'the log is ahead of the database: restored into a new cluster without moving its transaction counter',
        }
      },
    },
  ]
}
