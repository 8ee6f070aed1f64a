import { sql } from 'kysely'
import type { Database, Province, Tx } from '../database/index.ts'
import { type EventText, eventTextColumns, leafHash } from './leaf.ts'
import { MerkleTree } from './merkle.ts'
import { GENESIS, LeafList, type SealFacts, sealHash } from './seal.ts'

/** Where the log stops being what was sealed. `type` and `at` are missing when the event itself is gone. */
export interface Break {
  readonly kind: 'event-altered' | 'event-missing' | 'event-inserted' | 'seal-altered' | 'seal-missing'
  readonly batch: number
  readonly position?: string
  readonly type?: string
  readonly at?: string
}

export interface LogCheck {
  readonly ok: boolean
  readonly seals: number
  /** Events found exactly as sealed. */
  readonly events: number
  /** Events written since the last seal: normal for a few seconds. */
  readonly unsealed: number
  /** Hash of the last good seal: noted elsewhere, it proves that the log was not rewritten as a whole. */
  readonly head: string | null
  readonly broken?: Break
}

interface SealRow {
  batch: number
  first_tx: string
  first_position: string
  last_tx: string
  last_position: string
  events: number
  root: Buffer
  hash: Buffer
  sealed_at: string
  leaves: Buffer
}

const PAGE = 2000

async function findSeal(tx: Tx, batch: number): Promise<SealRow | undefined> {
  const { rows } = await sql<SealRow>`
    select batch, first_tx::text as first_tx, first_position::text as first_position, last_tx::text as last_tx,
      last_position::text as last_position, events, root, hash, leaves,
      to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as sealed_at
    from event_seal where batch = ${batch}`.execute(tx)
  return rows[0]
}

const factsOf = (row: SealRow): SealFacts => ({
  batch: row.batch,
  firstTx: row.first_tx,
  firstPosition: row.first_position,
  lastTx: row.last_tx,
  lastPosition: row.last_position,
  events: row.events,
  root: row.root,
  sealedAt: row.sealed_at,
})

interface Mark {
  tx: string
  position: string
}

/** The events of a range in order, a page at a time. */
async function* readRange(tx: Tx, after: Mark, upTo: Mark): AsyncGenerator<EventText> {
  let from = after
  for (;;) {
    const { rows } = await sql<EventText>`
      select ${sql.raw(eventTextColumns)} from event
      where (tx, position) > (${from.tx}::xid8, ${from.position}::bigint) and (tx, position) <= (${upTo.tx}::xid8, ${upTo.position}::bigint)
      order by event.tx, event.position limit ${PAGE}`.execute(tx)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    from = { tx: last.tx, position: last.position }
  }
}

async function findEvent(tx: Tx, position: string): Promise<EventText | undefined> {
  const { rows } = await sql<EventText>`select ${sql.raw(eventTextColumns)} from event where position = ${position}::bigint`.execute(tx)
  return rows[0]
}

/** An event that should be here and is not: gone, or still in the log under another transaction id. */
async function gone(tx: Tx, batch: number, position: string): Promise<Break> {
  const moved = await findEvent(tx, position)
  return moved ? { kind: 'event-altered', batch, position, type: moved.type, at: moved.at } : { kind: 'event-missing', batch, position }
}

const named = (kind: Break['kind'], batch: number, event: EventText): Break => ({
  kind,
  batch,
  position: event.position,
  type: event.type,
  at: event.at,
})

/** Compares one batch's events with its seal. The first difference, or nothing. */
async function checkBatch(tx: Tx, seal: SealRow, after: Mark): Promise<Break | undefined> {
  const leaves = new LeafList(seal.leaves)
  const tree = new MerkleTree()
  let index = 0
  for await (const event of readRange(tx, after, { tx: seal.last_tx, position: seal.last_position })) {
    const expected = leaves.position(index)
    if (expected !== event.position) {
      if (expected === undefined || !leaves.has(event.position)) return named('event-inserted', seal.batch, event)
      return gone(tx, seal.batch, expected)
    }
    const hash = leafHash(event)
    if (!leaves.matches(index, hash)) return named('event-altered', seal.batch, event)
    tree.add(hash)
    index += 1
  }
  const next = leaves.position(index)
  if (next !== undefined) return gone(tx, seal.batch, next)
  // Every event matches its short hash and yet the root does not: the list beside the seal was rewritten with the events.
  return tree.root().equals(seal.root) && index === seal.events ? undefined : { kind: 'seal-altered', batch: seal.batch }
}

/**
 * Checks a province's whole log against its seals, in the memory of one batch. Stops at the first break and names it. Runs beside
 * writers: seals and sealed events never change, so no snapshot has to be held.
 */
export async function checkLog(db: Database, province: Province, progress?: (events: number) => void): Promise<LogCheck> {
  return db.read(province, async (tx) => {
    let mark: Mark = { tx: '0', position: '0' }
    let head: Uint8Array = GENESIS
    let seals = 0
    let events = 0
    const done = async (broken?: Break): Promise<LogCheck> => ({
      ok: broken === undefined,
      seals,
      events,
      unsealed: await countUnsealed(tx),
      head: seals === 0 ? null : Buffer.from(head).toString('hex'),
      ...(broken ? { broken } : {}),
    })
    const { rows } = await sql<{ last: number | null }>`select max(batch) as last from event_seal`.execute(tx)
    const last = rows[0]?.last ?? 0
    for (let batch = 1; batch <= last; batch += 1) {
      const seal = await findSeal(tx, batch)
      if (!seal) return done({ kind: 'seal-missing', batch })
      const facts = factsOf(seal)
      // Events first: an altered event is a better name for what happened than the seal that no longer fits.
      const broken = await checkBatch(tx, seal, mark)
      if (broken) return done(broken)
      if (!sealHash(head, facts).equals(seal.hash)) return done({ kind: 'seal-altered', batch })
      mark = { tx: seal.last_tx, position: seal.last_position }
      head = seal.hash
      seals += 1
      events += seal.events
      progress?.(events)
    }
    return done()
  })
}

/** Events after the last seal. */
export async function countUnsealed(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with last as (select last_tx, last_position from event_seal order by batch desc limit 1)
    select count(*) as count from event
    where (tx, position) > (coalesce((select last_tx from last), '0'::xid8), coalesce((select last_position from last), 0))`.execute(tx)
  return rows[0]?.count ?? 0
}
