/** Live streams that are open: counted for metrics, closed at shutdown, so that a browser with an open board never holds a stop up. */
export class Streams {
  readonly #open = new Set<() => void>()
  #closed = false

  /** Registers a stream; returns what to call when it ends by itself. A stream opened after closing began is ended at once. */
  add(end: () => void): () => void {
    if (this.#closed) {
      end()
      return () => undefined
    }
    this.#open.add(end)
    return () => this.#open.delete(end)
  }

  get size(): number {
    return this.#open.size
  }

  closeAll(): void {
    this.#closed = true
    for (const end of [...this.#open]) end()
    this.#open.clear()
  }
}
