import { sql } from 'kysely'
import type { Province, Tx } from '../../../kernel/database/index.ts'

export interface KnownProvince extends Province {
  /** Whether its schema has everything that the served province's has; one that is behind is named and left out. */
  readonly current: boolean
}

interface Listed extends Province {
  readonly readable: boolean
}

/** Every province of the installation, and whether its schema can be read as this program reads it. `own` is the one that is served. */
export async function listProvinces(tx: Tx, own: Province): Promise<KnownProvince[]> {
  // A schema that is missing, half made or not ours to read must not make the question itself fail.
  const { rows } = await sql<Listed>`
    select p.slug, p.schema, p.name, p.code, coalesce(has_schema_privilege(n.oid, 'usage') and has_table_privilege(m.oid, 'select')
      and has_table_privilege(e.oid, 'select'), false) as readable
    from shared.province p left join pg_namespace n on n.nspname = p.schema
      left join pg_class m on m.relnamespace = n.oid and m.relname = 'migration'
      left join pg_class e on e.relnamespace = n.oid and e.relname = 'event'
    order by p.slug`.execute(tx)
  const readable = rows.filter((row) => row.readable)
  const applied = new Map(readable.map(({ slug }) => [slug, new Set<string>()]))
  if (readable.length > 0) {
    const each = readable.map(({ slug, schema }) => sql`select ${sql.lit(slug)} as slug, name from ${sql.id(schema, 'migration')}`)
    const found = await sql<{ slug: string; name: string }>`${sql.join(each, sql` union all `)}`.execute(tx)
    for (const { slug, name } of found.rows) applied.get(slug)?.add(name)
  }
  const needed = [...(applied.get(own.slug) ?? [])]
  return rows.map(({ slug, schema, name, code }) => {
    const has = applied.get(slug)
    return { slug, schema, name, code, current: has !== undefined && needed.every((file) => has.has(file)) }
  })
}

export interface Looked {
  /** Events of transactions that had not ended at the floor, by province. */
  readonly seen: ReadonlyMap<string, number>
  /** Where the next look begins, and how many events it will see again. */
  readonly floor: string
  readonly next: ReadonlyMap<string, number>
}

/** How long a look waits for a log that somebody holds for themselves. */
const LOCK_PATIENCE = '1s'

/** Provinces whose log is held for a change of its form, or waited for so: to read it now would be to stand in that line. */
export async function heldLogs(tx: Tx, provinces: readonly Province[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ schema: string }>`
    select distinct n.nspname as schema
    from pg_locks l join pg_class e on e.oid = l.relation and e.relname = 'event' join pg_namespace n on n.oid = e.relnamespace
    where l.mode = 'AccessExclusiveLock' and l.database = (select oid from pg_database where datname = current_database())`.execute(tx)
  const held = new Set(rows.map(({ schema }) => schema))
  return new Set(provinces.filter(({ schema }) => held.has(schema)).map(({ slug }) => slug))
}

/** One look at the logs of several provinces at once, inside a transaction of its own; transaction ids are the whole database's. `floor` undefined: the first look. */
export async function lookAtLogs(tx: Tx, provinces: readonly Province[], floor: string | undefined): Promise<Looked> {
  await sql`select set_config('lock_timeout', ${LOCK_PATIENCE}, true)`.execute(tx)
  const from = floor === undefined ? sql`(select xmin from snapshot)` : sql`${floor}::xid8`
  const each = provinces.map(
    ({ slug, schema }) => sql`
      select ${sql.lit(slug)} as slug, count(*) as seen, count(*) filter (where tx >= (select xmin from snapshot)) as next
      from ${sql.id(schema, 'event')} where tx >= ${from}`,
  )
  const { rows } = await sql<{ slug: string; seen: number; next: number; floor: string }>`
    with snapshot as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
    select looked.*, (select xmin::text from snapshot) as floor from (${sql.join(each, sql` union all `)}) as looked`.execute(tx)
  return {
    seen: new Map(rows.map(({ slug, seen }) => [slug, seen])),
    floor: rows[0]?.floor ?? floor ?? '0',
    next: new Map(rows.map(({ slug, next }) => [slug, next])),
  }
}
