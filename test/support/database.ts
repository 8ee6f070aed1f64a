import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase, type Province } from '../../src/kernel/database/index.ts'

export interface TestDatabase {
  /** As the application: what the server would use. */
  readonly db: Database
  /** The province in the template: Cà Mau, empty. */
  readonly province: Province
  readonly ownerUrl: string
  readonly appUrl: string
  /** Runs one statement as the owner, for what the application may not do. */
  owner(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

const named = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href

async function query(url: string, statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement, values)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

/** Drops a database once whoever a test left connected is gone. (`with (force)` may not end what the server itself does there.) */
async function drop(ownerUrl: string, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await query(
        ownerUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename in (current_user, 'cuaso_app')`,
        [name],
      )
      await query(ownerUrl, `drop database if exists ${name}`)
      return
    } catch (error) {
      if (tries === 10) throw error
      await sleep(200)
    }
  }
}

/**
 * A database for this test file alone, cloned from the migrated template and dropped after its last test.
 * Call once at the top of the file: `const { db, province } = await testDatabase()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('database')
  const name = `cuaso_test_${process.pid}_${randomBytes(5).toString('hex')}`
  await query(server.ownerUrl, `create database ${name} template ${server.template}`)
  const ownerUrl = named(server.ownerUrl, name)
  const appUrl = named(server.appUrl, name)
  const db = openDatabase({ url: appUrl, max: 8 })
  afterAll(async () => {
    await db.close()
    await drop(server.ownerUrl, name)
  })
  const rows = await query(ownerUrl, `select slug, schema, name, code from shared.province where slug = 'ca-mau'`)
  return {
    db,
    province: rows[0] as unknown as Province,
    ownerUrl,
    appUrl,
    owner: (statement, values) => query(ownerUrl, statement, values),
  }
}
