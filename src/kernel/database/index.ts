import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { statementsOf, transact } from './driver.ts'
import { types } from './parse.ts'
import type { DB } from './tables.ts'

export { sql } from 'kysely'
export { databaseOf, later } from './driver.ts'
export type Tables = DB

/** A province as the kernel knows it. `schema` is its PostgreSQL schema, `code` its two-digit administrative code. */
export interface Province {
  readonly slug: string
  readonly schema: string
  readonly name: string
  readonly code: string
}

/** Where statements run: inside a transaction of one province, or (reads) on a connection whose search path is that province. */
export type Tx = Kysely<Tables>

declare const oneMoment: unique symbol

/** A transaction whose statements all see the same moment: figures read one after the other agree. */
export type Snapshot = Tx & { readonly [oneMoment]: true }

/** Makes a writing transaction one that sees a single moment. Must be the first thing it does; it is tried again when others wrote what it writes. */
export async function holdMoment(tx: Tx): Promise<Snapshot> {
  await sql`set transaction isolation level repeatable read`.execute(tx)
  return tx as Snapshot
}

export interface Database {
  /** Single-statement reads: one round trip each, no transaction. */
  read<T>(province: Province, work: (tx: Tx) => Promise<T>): Promise<T>
  /** A read-only snapshot: several statements that must agree with each other. */
  snapshot<T>(province: Province, work: (tx: Snapshot) => Promise<T>): Promise<T>
  /** One business transaction. `quiet`: a worker's own bookkeeping, of which `onCommit` need not hear. */
  write<T>(province: Province, work: (tx: Tx) => Promise<T>, options?: { quiet?: boolean }): Promise<T>
  /** Reads of the shared schema, outside any province. */
  shared<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The raw pool of a province: for COPY and cursors. */
  pool(province: Province): pg.Pool
  /** Calls `listener` in this process after each committed write: a hint to look, never a promise. Returns how to stop. */
  onCommit(listener: (province: Province) => void): () => void
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Connection string of the application role. */
  readonly url: string
  /** Set when the login may act as owner: every session gives the rights up with SET ROLE. */
  readonly role?: string
  /** Connections per province. */
  readonly max?: number
  readonly onError?: (error: Error) => void
}

const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/

/** `ca-mau` → `ca_mau`. Throws on anything that is not a plain lower-case name: it ends up in `search_path`. */
export function schemaOf(slug: string): string {
  const schema = slug.replaceAll('-', '_')
  if (!IDENTIFIER.test(schema) || schema === 'shared' || schema === 'public' || schema.startsWith('pg')) {
    throw new Error(`"${slug}" is not usable as a province name: lower-case letters, digits and hyphens only`)
  }
  return schema
}

export const searchPath = (schema: string): string => `${schema}, shared, public`

interface Gate {
  pool: pg.Pool
  db: Kysely<Tables>
  /** Sets the search path of a transaction. */
  path: string
}

/** Opens the database for the application role. Pools are made when a province is first used and close when idle. */
export function openDatabase(options: DatabaseOptions): Database {
  const gates = new Map<string, Gate>()
  const listeners = new Set<(province: Province) => void>()

  const gate = (schema: string): Gate => {
    let open = gates.get(schema)
    if (!open) {
      const path = schema === 'shared' ? 'shared, public' : searchPath(schema)
      const settings = [`-c search_path=${path.replaceAll(' ', '')}`, '-c timezone=UTC', '-c statement_timeout=60s']
      if (options.role) settings.push(`-c role=${options.role}`)
      const pool = new pg.Pool({
        connectionString: options.url,
        max: options.max ?? 12,
        idleTimeoutMillis: 30_000,
        connectionTimeoutMillis: 5_000,
        application_name: 'cuaso',
        options: settings.join(' '),
        types,
        // Statements do not wait for the answer to the one before: see transact.
        pipeline: true,
      } as pg.PoolConfig)
      // An idle connection that dies (database restarted) must not take the process with it; the pool opens a new one.
      pool.on('error', (error) => options.onError?.(error))
      open = { pool, db: statementsOf(pool), path: `set local search_path to ${path}` }
      gates.set(schema, open)
    }
    return open
  }

  return {
    read: (province, work) => work(gate(province.schema).db),
    snapshot: (province, work) => {
      const { pool, path } = gate(province.schema)
      return transact(pool, `begin isolation level repeatable read read only; ${path}`, (tx) => work(tx as Snapshot), { reads: true })
    },
    write: async (province, work, { quiet = false } = {}) => {
      const { pool, path } = gate(province.schema)
      const value = await transact(pool, `begin; ${path}`, work)
      if (!quiet) for (const listener of listeners) listener(province)
      return value
    },
    shared: (work) => work(gate('shared').db),
    pool: (province) => gate(province.schema).pool,
    onCommit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      const open = [...gates.values()]
      gates.clear()
      await Promise.all(open.map(({ pool }) => pool.end()))
    },
  }
}
