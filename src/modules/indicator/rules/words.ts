const FIRST_SLOTS = 1 << 12

/**
 * Words that come again and again in long texts, numbered from 0 in the order they were first met. A word is looked up where it stands in
 * the text's bytes (UTF-8): cutting tens of thousands of them out only to find them known takes several times longer.
 */
export class Words {
  readonly #texts: string[] = []
  readonly #bytes: Uint8Array[] = []
  readonly #hashes: number[] = []
  /** Open addressing: number of the word plus 1; 0 is free. Never more than half full. */
  #slots = new Int32Array(FIRST_SLOTS)
  /** Where the word that was read last ended. */
  end = 0

  get size(): number {
    return this.#texts.length
  }

  text(number: number): string {
    return this.#texts[number] as string
  }

  number(text: string): number {
    return this.read(Buffer.from(text), 0, -1)
  }

  /** Number of the word that begins at `from` and ends before the byte `mark` or with the text; a new one is remembered. */
  read(text: Buffer, from: number, mark: number): number {
    let hash = 0
    let at = from
    for (; at < text.length; at += 1) {
      const byte = text[at] as number
      if (byte === mark) break
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    this.end = at
    const slots = this.#slots
    const last = slots.length - 1
    for (let slot = (hash ^ (hash >>> 15)) & last; ; slot = (slot + 1) & last) {
      const number = (slots[slot] as number) - 1
      if (number < 0) return this.#learn(text.subarray(from, at), hash, slot)
      if (this.#hashes[number] === hash && isAt(this.#bytes[number] as Uint8Array, text, from, at)) return number
    }
  }

  #learn(word: Buffer, hash: number, slot: number): number {
    const number = this.#texts.push(word.toString()) - 1
    this.#bytes.push(new Uint8Array(word))
    this.#hashes.push(hash)
    if (this.#texts.length * 2 < this.#slots.length) this.#slots[slot] = number + 1
    else this.#grow()
    return number
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const last = slots.length - 1
    for (const [number, hash] of this.#hashes.entries()) {
      let slot = (hash ^ (hash >>> 15)) & last
      while (slots[slot] !== 0) slot = (slot + 1) & last
      slots[slot] = number + 1
    }
    this.#slots = slots
  }
}

function isAt(word: Uint8Array, text: Buffer, from: number, to: number): boolean {
  if (word.length !== to - from) return false
  for (let i = 0; i < word.length; i += 1) if (word[i] !== text[from + i]) return false
  return true
}
