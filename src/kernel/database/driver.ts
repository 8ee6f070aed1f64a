import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { toParameter } from './parse.ts'
import type { DB as Tables } from './tables.ts'

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

/** The parts of a `pg` client that its types do not tell. */
interface Wire {
  readonly connection: {
    readonly stream: { cork(): void; uncork(): void }
    readonly parsedStatements: Record<string, string>
    readonly submittedNamedStatements: Record<string, string>
    close(what: { type: 'S'; name: string }): void
  }
}

/** A connection keeps so many plans; the one not used for longest makes room. */
const PLANS = 300

const plans = new WeakMap<PoolClient, Set<string>>()

/** Says that a plan is used; forgets the oldest on both sides when there are too many. `Close` travels before the next statement. */
function keepPlan(client: PoolClient, name: string): void {
  let kept = plans.get(client)
  if (!kept) {
    kept = new Set()
    plans.set(client, kept)
  }
  // Most statements are those of a moment ago: the order is exact only where it decides something.
  if (kept.has(name) && kept.size < PLANS / 2) return
  kept.delete(name)
  kept.add(name)
  if (kept.size <= PLANS) return
  const [oldest] = kept
  if (oldest === undefined) return
  kept.delete(oldest)
  const { connection } = client as unknown as Wire
  connection.close({ type: 'S', name: oldest })
  delete connection.parsedStatements[oldest]
  delete connection.submittedNamedStatements[oldest]
}

const corked = new WeakSet<object>()

/** Statements that are sent before the process waits for anything travel in one packet: a write to a socket costs as much as the statement. */
function sendTogether(client: PoolClient): void {
  const { stream } = (client as unknown as Wire).connection
  if (corked.has(stream)) return
  corked.add(stream)
  stream.cork()
  process.nextTick(() => {
    corked.delete(stream)
    stream.uncork()
  })
}

/** Only reads: were it to stand outside a transaction, it would change nothing. */
const READS = /^\s*select\b/i

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code
const IN_FAILED_TRANSACTION = '25P02'

class Connection implements DatabaseConnection {
  readonly client: PoolClient
  /** Set when the connection's state is no longer known: it goes back to the pool to be thrown away. */
  broken: Error | undefined
  /** What went wrong first: what comes after it in a transaction fails only because of it. */
  failure: unknown
  // A connection that dies while in use also emits an error, and an error nobody listens to ends the process.
  readonly #onError = (error: Error): void => {
    this.broken = error
  }
  /** The answer to `begin`; `#open` once it is known, and always outside a transaction. */
  #begun: Promise<unknown> | undefined
  #open = true
  /** Statements that wait for `begin`. What comes after them waits too, so that the order stays. */
  #held = 0
  constructor(client: PoolClient) {
    this.client = client
    client.on('error', this.#onError)
  }

  /** Sends `begin` and does not wait for it. */
  begin(text: string): Promise<unknown> {
    sendTogether(this.client)
    this.#open = false
    this.#begun = this.client.query(text).then(() => {
      this.#open = true
    })
    this.#begun.catch((error: Error) => {
      this.failure ??= error
      this.broken ??= error
    })
    return this.#begun
  }

  /** When every statement that was asked for has been sent, or will never be. */
  async sent(): Promise<void> {
    if (this.#held > 0) await this.#begun?.catch(() => undefined)
  }

  release(): void {
    this.client.off('error', this.#onError)
    this.client.release(this.broken)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // Were `begin` to fail while the connection lives, what follows it in the same packet would stand alone and be committed by itself.
    // So only a read travels with it; a write is sent when the transaction is known to be open.
    if (this.#held > 0 || !(this.#open || READS.test(query.sql))) {
      this.#held += 1
      try {
        await this.#begun
      } finally {
        this.#held -= 1
      }
    }
    const name = statementName(query.sql)
    sendTogether(this.client)
    keepPlan(this.client, name)
    try {
      const result = await this.client.query({ name, text: query.sql, values: query.parameters.map(toParameter) })
      if (!this.#open) await this.#begun
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
    } catch (error) {
      if (codeOf(error) === IN_FAILED_TRANSACTION && this.failure) throw this.failure
      this.failure ??= error
      throw error
    }
  }

  /** Rows in chunks through a server-side cursor; only inside a transaction. */
  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    const cursor = `c${Math.random().toString(36).slice(2)}`
    await this.#begun
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

/** An open transaction: where, and what nobody waits for yet. */
interface Opened {
  readonly pool: Pool
  readonly unanswered: Promise<unknown>[]
}

const opened = new WeakMap<object, Opened>()

/**
 * Does not wait for a statement that has been sent: the next one follows it at once, and its failure is told by the next one that is
 * waited for or by the end of the transaction. For writes whose answer says nothing. Outside a transaction it waits.
 */
export async function later(tx: object, sent: Promise<unknown>): Promise<void> {
  const open = opened.get(tx)
  if (!open) {
    await sent
    return
  }
  sent.catch(() => undefined)
  open.unanswered.push(sent)
}

/**
 * Runs one transaction on one connection of the pool. Statements do not queue for each other: what the work sends without waiting travels
 * together, `begin` with the reads that come first, `commit` with the last. PostgreSQL works them off in order. `reads`: it only reads, so
 * its answer does not wait for the end.
 */
export async function transact<T>(
  pool: Pool,
  begin: string,
  work: (tx: Kysely<Tables>) => Promise<T>,
  { reads = false }: { reads?: boolean } = {},
): Promise<T> {
  const connection = new Connection(await pool.connect())
  const { client } = connection
  let over = false
  let ending: Promise<unknown> | undefined
  const provider: ConnectionProvider = {
    provideConnection: (use) => (over ? Promise.reject(new Error('the transaction is over')) : use(connection)),
  }
  const tx = kyselyOf(pool, provider)
  const unanswered: Promise<unknown>[] = []
  opened.set(tx, { pool, unanswered })
  try {
    const begun = connection.begin(begin)
    // Nothing more is done on a connection whose transaction did not begin.
    begun.catch(() => {
      over = true
    })
    let value: T
    try {
      value = await work(tx)
    } catch (error) {
      over = true
      await connection.sent()
      // Why the transaction failed is already known and is told; a rollback that cannot be sent only means that the connection is gone.
      await client.query('rollback').catch((lost: Error) => {
        connection.broken ??= lost
      })
      throw error
    }
    over = true
    await connection.sent()
    sendTogether(client)
    if (reads && unanswered.length === 0 && connection.failure === undefined) {
      await begun
      // What was read stands, however its end is answered: nobody waits for that.
      ending = client.query('commit').catch((lost: Error) => {
        connection.broken ??= lost
      })
      return value
    }
    const [ended, ...before] = await Promise.allSettled([client.query('commit'), begun, ...unanswered])
    if (ended.status === 'rejected') connection.broken ??= ended.reason as Error
    for (const one of [...before, ended]) if (one.status === 'rejected') throw one.reason
    if (ended.status === 'fulfilled' && ended.value.command !== 'COMMIT') {
      throw connection.failure ?? new Error('the transaction was rolled back: a statement in it failed and nobody said so')
    }
    return value
  } finally {
    if (ending) void ending.then(() => connection.release())
    else connection.release()
  }
}

/** An object that stands for the database of an open transaction's province as long as this process has it open: what is remembered of it goes with it. */
export function databaseOf(tx: object): object {
  const open = opened.get(tx)
  if (!open) throw new Error('not a transaction')
  return open.pool
}

/** What Kysely needs to reach a connection for single statements; transactions go through `transact`. */
class ProvinceDriver implements Driver {
  readonly #pool: Pool
  constructor(pool: Pool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new Connection(await this.#pool.connect())
  }

  async beginTransaction(): Promise<void> {
    throw new Error('a transaction begins with the database’s write or snapshot')
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    ;(connection as Connection).release()
  }

  async destroy(): Promise<void> {}
}

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()

function kyselyOf(pool: Pool, provider?: ConnectionProvider): Kysely<Tables> {
  const driver = new ProvinceDriver(pool)
  const dialect: Dialect = {
    createDriver: () => driver,
    createQueryCompiler: () => compiler,
    createAdapter: () => adapter,
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
  if (!provider) return new Kysely<Tables>({ dialect })
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor: new DefaultQueryExecutor(compiler, adapter, provider) })
}

/** Single statements, each on whichever connection of the pool is free. */
export const statementsOf = (pool: Pool): Kysely<Tables> => kyselyOf(pool)
