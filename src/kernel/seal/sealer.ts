import { sql } from 'kysely'
import type { App, Worker } from '../app.ts'
import type { Province, Tx } from '../database/index.ts'
import { type EventText, eventTextColumns, leafHash } from './leaf.ts'
import { MerkleTree } from './merkle.ts'
import { GENESIS, LeafList, type SealFacts, sealHash } from './seal.ts'

/** Most events in one batch: what one sealing keeps in memory. */
const BATCH = 2000
const INTERVAL_MS = 5000
/** A sealer that has not got through for this long says so. */
const PATIENCE_MS = 120_000

interface LastSeal {
  batch: number
  last_tx: string
  last_position: string
  hash: Buffer
}

async function findLastSeal(tx: Tx): Promise<LastSeal | undefined> {
  const { rows } = await sql<LastSeal>`
    select batch, last_tx::text as last_tx, last_position::text as last_position, hash
    from event_seal order by batch desc limit 1`.execute(tx)
  return rows[0]
}

/**
 * The next events in order that no running transaction can still come before: a transaction id below the snapshot's xmin belongs to
 * a transaction that has ended, so whatever it wrote is visible now or never.
 */
async function readSealable(tx: Tx, after: { tx: string; position: string }): Promise<EventText[]> {
  const { rows } = await sql<EventText>`
    select ${sql.raw(eventTextColumns)} from event
    where (tx, position) > (${after.tx}::xid8, ${after.position}::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
    order by event.tx, event.position limit ${BATCH}`.execute(tx)
  return rows
}

async function insertSeal(tx: Tx, facts: SealFacts, hash: Buffer, leaves: Buffer): Promise<void> {
  await sql`
    insert into event_seal (batch, first_tx, first_position, last_tx, last_position, events, root, hash, sealed_at, leaves)
    values (${facts.batch}, ${facts.firstTx}::xid8, ${facts.firstPosition}::bigint, ${facts.lastTx}::xid8, ${facts.lastPosition}::bigint,
      ${facts.events}, ${facts.root}, ${hash}, ${facts.sealedAt}::timestamptz, ${leaves})`.execute(tx)
}

/**
 * Seals the next batch of a province's log. Returns how many events it sealed; 0 when there is nothing, or when another sealer is at
 * work: two at once are harmless, the second finds the lock taken, and the batch number is a primary key besides.
 */
export async function sealBatch(app: Pick<App, 'db' | 'clock'>, province: Province): Promise<number> {
  return app.db.write(
    province,
    async (tx) => {
      const { rows } = await sql<{ mine: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('cuaso-seal'), hashtext(${province.schema})) as mine`.execute(tx)
      if (!rows[0]?.mine) return 0
      const before = await findLastSeal(tx)
      const events = await readSealable(tx, { tx: before?.last_tx ?? '0', position: before?.last_position ?? '0' })
      const first = events[0]
      const last = events.at(-1)
      if (!first || !last) return 0
      const leaves = events.map((event) => ({ position: event.position, hash: leafHash(event) }))
      const tree = new MerkleTree()
      for (const leaf of leaves) tree.add(leaf.hash)
      const facts: SealFacts = {
        batch: (before?.batch ?? 0) + 1,
        firstTx: first.tx,
        firstPosition: first.position,
        lastTx: last.tx,
        lastPosition: last.position,
        events: events.length,
        root: tree.root(),
        sealedAt: new Date(app.clock().epochMilliseconds).toISOString(),
      }
      await insertSeal(tx, facts, sealHash(before?.hash ?? GENESIS, facts), LeafList.write(leaves))
      return events.length
    },
    { quiet: true },
  )
}

/** Seals everything that can be sealed now. Returns how many events. */
export async function sealAll(app: Pick<App, 'db' | 'clock'>, province: Province): Promise<number> {
  let sealed = 0
  for (;;) {
    const batch = await sealBatch(app, province)
    if (batch === 0) return sealed
    sealed += batch
  }
}

/** The worker that seals the log every few seconds, after and beside business transactions, never inside one. */
export function createSealer(app: App, options: { intervalMs?: number } = {}): Worker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = true
  let failure: string | undefined
  let wellAt = 0

  const pass = async (): Promise<void> => {
    try {
      while (!stopped && (await sealBatch(app, app.province)) > 0);
      failure = undefined
      wellAt = Date.now()
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
      app.log.warn({ err: error }, 'sealing the event log failed; it will be tried again')
    }
    if (!stopped) timer = setTimeout(next, options.intervalMs ?? INTERVAL_MS).unref()
  }
  const next = (): void => {
    running = pass()
  }

  return {
    name: 'sealer',
    async start() {
      if (!stopped) return
      stopped = false
      wellAt = Date.now()
      next()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
    health: () =>
      failure !== undefined && Date.now() - wellAt > PATIENCE_MS
        ? `the event log has not been sealed for ${Math.round((Date.now() - wellAt) / 1000)} s`
        : undefined,
  }
}
