import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { toParameter } from './parse.ts'

const names = new Map<string, string>()

/** A stable name for a statement's text, so that PostgreSQL plans it once a connection. */
function statementName(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url')
    // Texts are constant in this house; the bound only guards against a mistake that builds them from input.
    if (names.size > 2000) names.clear()
    names.set(text, name)
  }
  return name
}

class Connection implements DatabaseConnection {
  readonly client: PoolClient
  /** Set when the connection's state is no longer known: it goes back to the pool to be thrown away. */
  broken: Error | undefined
  // A connection that dies while in use also emits an error, and an error nobody listens to ends the process.
  readonly #onError = (error: Error): void => {
    this.broken = error
  }
  constructor(client: PoolClient) {
    this.client = client
    client.on('error', this.#onError)
  }

  release(): void {
    this.client.off('error', this.#onError)
    this.client.release(this.broken)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.client.query({
      name: statementName(query.sql),
      text: query.sql,
      values: query.parameters.map(toParameter),
    })
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  /** Rows in chunks through a server-side cursor; only inside a transaction. */
  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    const cursor = `c${Math.random().toString(36).slice(2)}`
    await this.client.query(`declare ${cursor} no scroll cursor for ${query.sql}`, query.parameters.map(toParameter))
    try {
      for (;;) {
        const { rows } = await this.client.query(`fetch ${chunkSize} from ${cursor}`)
        if (rows.length === 0) return
        yield { rows: rows as R[] }
      }
    } finally {
      await this.client.query(`close ${cursor}`).catch(() => undefined)
    }
  }
}

/** A Kysely driver whose transactions begin with their search path in the same round trip (architecture §4). */
class ProvinceDriver implements Driver {
  readonly #pool: Pool
  readonly #begin: string
  constructor(pool: Pool, begin: string) {
    this.#pool = pool
    this.#begin = begin
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new Connection(await this.#pool.connect())
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const mode = [
      settings.isolationLevel ? `isolation level ${settings.isolationLevel}` : '',
      settings.accessMode ? settings.accessMode : '',
    ].join(' ')
    await (connection as Connection).client.query(`begin ${mode}; ${this.#begin}`)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as Connection).client.query('commit')
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // Why the transaction failed is already known and is told; a rollback that cannot be sent only means that the connection is gone.
    await (connection as Connection).client.query('rollback').catch((error: Error) => {
      ;(connection as Connection).broken = error
    })
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    ;(connection as Connection).release()
  }

  async destroy(): Promise<void> {}
}

/** The dialect of one province: its pool, its search path. */
export const provinceDialect = (pool: Pool, searchPath: string): Dialect => ({
  createDriver: () => new ProvinceDriver(pool, `set local search_path to ${searchPath}`),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
})
