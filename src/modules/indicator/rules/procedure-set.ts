const NOTHING = new Uint8Array(0)
const ONES = Uint8Array.from({ length: 256 }, (_none, byte) => byte.toString(2).replaceAll('0', '').length)

/** A set of small whole numbers as a string of bits: number n is bit n % 8 (from the lowest) of byte n / 8. Grows as it is added to. */
export class PlaceSet {
  #bytes: Uint8Array

  constructor(bytes?: Uint8Array) {
    this.#bytes = bytes ? new Uint8Array(bytes) : NOTHING
  }

  set(place: number, present: boolean): void {
    const byte = place >> 3
    if (byte >= this.#bytes.length) {
      if (!present) return
      const grown = new Uint8Array(Math.max(byte + 1, this.#bytes.length * 2))
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    const bit = 1 << (place & 7)
    this.#bytes[byte] = present ? (this.#bytes[byte] ?? 0) | bit : (this.#bytes[byte] ?? 0) & ~bit
  }

  /** Adds every number of another set. */
  addAll(bytes: Uint8Array): void {
    if (this.#bytes === NOTHING) {
      this.#bytes = new Uint8Array(bytes)
      return
    }
    if (bytes.length > this.#bytes.length) {
      const grown = new Uint8Array(bytes.length)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    const own = this.#bytes
    for (let i = 0; i < bytes.length; i += 1) own[i] = (own[i] as number) | (bytes[i] as number)
  }

  get size(): number {
    const own = this.#bytes
    let count = 0
    for (let i = 0; i < own.length; i += 1) count += ONES[own[i] as number] as number
    return count
  }

  /** Without zero bytes at the end: equal sets have equal bytes. */
  get bytes(): Uint8Array {
    let length = this.#bytes.length
    while (length > 0 && this.#bytes[length - 1] === 0) length -= 1
    return this.#bytes.subarray(0, length)
  }
}
