import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type Province, schemaOf } from './index.ts'

export interface MigrateOptions {
  /** Connection string of the owner role. */
  readonly ownerUrl: string
  /** The role the server works as; gets its rights here. */
  readonly appRole: string
  /** Folder with `shared/` and `province/`. */
  readonly folder: string
  readonly log?: (line: string) => void
}

interface Migration {
  name: string
  text: string
  hash: string
}

/** A file that was applied and then changed: forward-only means it must not be. */
export class MigrationChanged extends Error {}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') }
    }),
  )
}

const quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

async function apply(client: pg.Client, schema: string, path: string, migrations: Migration[], appRole: string, log?: (l: string) => void) {
  await client.query(`
    create schema if not exists ${quote(schema)};
    create table if not exists ${quote(schema)}.migration (
      name text primary key, hash text not null, applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<{ name: string; hash: string }>(`select name, hash from ${quote(schema)}.migration`)
  const done = new Map(rows.map((row) => [row.name, row.hash]))
  let applied = 0
  for (const migration of migrations) {
    const before = done.get(migration.name)
    if (before === migration.hash) continue
    if (before !== undefined) {
      throw new MigrationChanged(`migration ${schema}/${migration.name} was changed after it was applied; add a new numbered file instead`)
    }
    await client.query('begin')
    try {
      await client.query(`set local search_path to ${path}`)
      await client.query(`select set_config('cuaso.app_role', $1, true)`, [appRole])
      await client.query(migration.text)
      await client.query(`insert into ${quote(schema)}.migration (name, hash) values ($1, $2)`, [migration.name, migration.hash])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error instanceof Error ? new Error(`migration ${schema}/${migration.name}: ${error.message}`, { cause: error }) : error
    }
    applied += 1
    log?.(`${schema}/${migration.name}`)
  }
  // Also when nothing is new: the server may work as another role than last time.
  await grant(client, schema, appRole)
  return applied
}

/** The application may work with rows, never with structure; append-only tables only grow and are only read. */
async function grant(client: pg.Client, schema: string, appRole: string): Promise<void> {
  const role = quote(appRole)
  await client.query(`
    grant usage on schema ${quote(schema)} to ${role};
    grant select, insert, update, delete on all tables in schema ${quote(schema)} to ${role};
    grant usage, select on all sequences in schema ${quote(schema)} to ${role};
    revoke insert, update, delete on ${quote(schema)}.migration from ${role}`)
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') like 'append-only%'`,
    [schema],
  )
  for (const { name } of rows) await client.query(`revoke update, delete, truncate on ${quote(schema)}.${quote(name)} from ${role}`)
}

async function withOwner<T>(options: MigrateOptions, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'cuaso-migrate' })
  // A connection that dies also emits an error; the statement in hand already tells.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`set timezone to 'UTC'`)
    // Two starts at once: the second waits here. This is not a business transaction.
    await client.query(`select pg_advisory_lock(hashtext('cuaso-migrate'))`)
    return await work(client)
  } finally {
    await client.end()
  }
}

async function migrateShared(client: pg.Client, options: MigrateOptions): Promise<number> {
  const migrations = await readMigrations(join(options.folder, 'shared'))
  await client.query('create extension if not exists pg_trgm with schema public')
  return apply(client, 'shared', 'shared, public', migrations, options.appRole, options.log)
}

/** Brings `shared` and every province's schema up to date. Returns how many files were applied. */
export async function migrate(options: MigrateOptions): Promise<number> {
  return withOwner(options, async (client) => {
    let applied = await migrateShared(client, options)
    const migrations = await readMigrations(join(options.folder, 'province'))
    const { rows } = await client.query<{ schema: string }>('select schema from shared.province order by schema')
    for (const { schema } of rows)
      applied += await apply(client, schema, `${schema}, shared, public`, migrations, options.appRole, options.log)
    return applied
  })
}

/** Registers a province and builds its schema; a second call with the same slug changes nothing. */
export async function createProvince(options: MigrateOptions, input: { slug: string; name: string; code: string }): Promise<Province> {
  const schema = schemaOf(input.slug)
  return withOwner(options, async (client) => {
    await migrateShared(client, options)
    const migrations = await readMigrations(join(options.folder, 'province'))
    await apply(client, schema, `${schema}, shared, public`, migrations, options.appRole, options.log)
    const { rows } = await client.query<Province>(
      `insert into shared.province (slug, schema, name, code) values ($1, $2, $3, $4)
       on conflict (slug) do update set slug = excluded.slug
       returning slug, schema, name, code`,
      [input.slug, schema, input.name, input.code],
    )
    return rows[0] as Province
  })
}
