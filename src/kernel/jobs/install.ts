import pg from 'pg'
import PgBoss from 'pg-boss'
import { deadQueueOf, defaults, type JobDefinition } from './definition.ts'

const YEARS = 10

/**
 * Installs or updates pg-boss's tables and the queues, as the owner: the server itself needs no right to change structure.
 * Every queue has a dead-letter queue where jobs wait for a person for years, not days.
 */
export async function installJobs(ownerUrl: string, appRole: string, definitions: readonly Pick<JobDefinition, 'queue'>[]): Promise<void> {
  // One connection, kept: it holds the lock that makes a second start wait, as for migrations.
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, idleTimeoutMillis: 0, application_name: 'cuaso-migrate' })
  pool.on('error', () => undefined)
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    migrate: true,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => undefined)
  try {
    await pool.query(`select pg_advisory_lock(hashtext('cuaso-migrate'))`)
    await boss.start()
    for (const definition of definitions) await installQueue(boss, { ...defaults, ...definition })
    const role = `"${appRole.replaceAll('"', '""')}"`
    await pool.query(`
      grant usage on schema pgboss to ${role};
      grant select, insert, update, delete on pgboss.job, pgboss.archive to ${role};
      grant select on pgboss.queue, pgboss.schedule, pgboss.subscription to ${role};
      grant select, update on pgboss.version to ${role}`)
  } finally {
    await boss.stop({ graceful: false })
    await pool.end()
  }
}

async function installQueue(
  boss: PgBoss,
  definition: Required<Pick<JobDefinition, 'retryLimit' | 'retryDelay' | 'retryBackoff' | 'timeout'>> & { queue: string },
) {
  const dead = deadQueueOf(definition.queue)
  const kept = { retentionMinutes: YEARS * 365 * 24 * 60 }
  const options = {
    retryLimit: definition.retryLimit,
    retryDelay: definition.retryDelay,
    retryBackoff: definition.retryBackoff,
    expireInSeconds: definition.timeout,
    deadLetter: dead,
    ...kept,
  }
  await boss.createQueue(dead, { name: dead, retryLimit: 0, ...kept })
  await boss.createQueue(definition.queue, { name: definition.queue, ...options })
  await boss.updateQueue(definition.queue, { name: definition.queue, ...options })
}
