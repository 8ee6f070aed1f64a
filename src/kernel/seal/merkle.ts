import { hash } from 'node:crypto'

/** Node hash of RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). A node can never pass for a leaf. */
const NODE = Buffer.of(1)
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')

/**
 * Root of a Merkle tree that grows leaf by leaf, in memory of one hash a level. Same tree as RFC 6962: a tree of n leaves is split at
 * the largest power of two below n.
 */
export class MerkleTree {
  /** Roots of the complete subtrees so far, largest first; subtree i has 2^heights[i] leaves. */
  readonly #roots: Buffer[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds a leaf hash. */
  add(leaf: Buffer): void {
    let root = leaf
    // Each trailing one bit of the count is a complete subtree that the new one pairs with.
    for (let count = this.#size; count % 2 === 1; count = Math.floor(count / 2)) root = nodeHash(this.#roots.pop() as Buffer, root)
    this.#roots.push(root)
    this.#size += 1
  }

  /** The root of all leaves added. The empty tree's is SHA-256 of nothing. */
  root(): Buffer {
    const [last, ...rest] = [...this.#roots].reverse()
    return last ? rest.reduce((right, left) => nodeHash(left, right), last) : hash('sha256', '', 'buffer')
  }
}
