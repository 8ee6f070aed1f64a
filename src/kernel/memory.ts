import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/** Clears away everything no longer used, and gives the memory back to the system. */
export function giveMemoryBack(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}

/** What one round of clearing away must be worth: it stops the program for a tenth of a second. */
const WORTH = 48 * 1024 * 1024
let kept = 0

/**
 * Clears away when the process has grown beyond `bytes` and much of it is new. Long loads leave much garbage quickly, and on a machine
 * with much memory V8 would let it lie for hundreds of megabytes that a small office's server does not have.
 */
export function keepMemoryBelow(bytes: number): void {
  const used = process.memoryUsage.rss()
  if (used < bytes || used < kept + WORTH) return
  giveMemoryBack()
  kept = process.memoryUsage.rss()
}
