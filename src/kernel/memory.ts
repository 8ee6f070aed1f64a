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

/**
 * Clears away when the process has grown beyond `bytes`. Long loads leave much garbage quickly, and on a machine with much memory V8
 * would let it lie for hundreds of megabytes that a small office's server does not have.
 */
export function keepMemoryBelow(bytes: number): void {
  if (process.memoryUsage.rss() > bytes) giveMemoryBack()
}
