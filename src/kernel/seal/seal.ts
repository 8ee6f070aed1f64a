import { createHash } from 'node:crypto'

/** The range and root of one batch of events. Positions and transaction ids as decimal text; `sealedAt` ISO 8601, whole milliseconds. */
export interface SealFacts {
  readonly batch: number
  readonly firstTx: string
  readonly firstPosition: string
  readonly lastTx: string
  readonly lastPosition: string
  readonly events: number
  readonly root: Uint8Array
  readonly sealedAt: string
}

/** What the first seal names as the one before. */
export const GENESIS: Uint8Array = new Uint8Array(32)

/** Hash of a seal: SHA-256(0x02 ‖ hash of the seal before ‖ facts as canonical JSON). */
export function sealHash(previous: Uint8Array, facts: SealFacts): Buffer {
  const text = JSON.stringify([
    'cuaso-seal-1',
    String(facts.batch),
    facts.firstTx,
    facts.firstPosition,
    facts.lastTx,
    facts.lastPosition,
    String(facts.events),
    Buffer.from(facts.root).toString('hex'),
    facts.sealedAt,
  ])
  return createHash('sha256').update('\x02').update(previous).update(text).digest()
}

const POSITION_BYTES = 8
const HASH_BYTES = 16
const ENTRY_BYTES = POSITION_BYTES + HASH_BYTES

/** The list that lets a check name one event of a batch: position and shortened leaf hash of each, in order. */
export class LeafList {
  readonly #bytes: Buffer
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  static write(leaves: readonly { position: string; hash: Buffer }[]): Buffer {
    const bytes = Buffer.alloc(leaves.length * ENTRY_BYTES)
    leaves.forEach(({ position, hash }, index) => {
      bytes.writeBigUInt64BE(BigInt(position), index * ENTRY_BYTES)
      hash.copy(bytes, index * ENTRY_BYTES + POSITION_BYTES, 0, HASH_BYTES)
    })
    return bytes
  }

  /** How many events; NaN when the bytes are cut in the middle of one. */
  get length(): number {
    const entries = this.#bytes.length / ENTRY_BYTES
    return Number.isInteger(entries) ? entries : Number.NaN
  }

  position(index: number): string | undefined {
    const start = index * ENTRY_BYTES
    return start + ENTRY_BYTES <= this.#bytes.length ? String(this.#bytes.readBigUInt64BE(start)) : undefined
  }

  matches(index: number, hash: Buffer): boolean {
    const start = index * ENTRY_BYTES + POSITION_BYTES
    return this.#bytes.subarray(start, start + HASH_BYTES).equals(hash.subarray(0, HASH_BYTES))
  }

  has(position: string): boolean {
    const wanted = BigInt(position)
    for (let start = 0; start + ENTRY_BYTES <= this.#bytes.length; start += ENTRY_BYTES) {
      if (this.#bytes.readBigUInt64BE(start) === wanted) return true
    }
    return false
  }
}
