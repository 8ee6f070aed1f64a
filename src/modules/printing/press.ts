import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Refused, refusals } from '../../kernel/errors.ts'
import { dataFolder, projectRoot } from '../../kernel/paths.ts'
import type { PressPlace, Work } from './press-work.ts'

const from = createRequire(join(projectRoot, 'package.json'))

/** Tinos: the free twin of Times New Roman, with every Vietnamese letter. The same files on every machine, so the same pages. */
export const typeface: readonly string[] = [
  '400Regular/Tinos_400Regular.ttf',
  '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  '700Bold/Tinos_700Bold.ttf',
  '700Bold_Italic/Tinos_700Bold_Italic.ttf',
].map((file) => from.resolve(`@expo-google-fonts/tinos/${file}`))

export const templatesFolder: string = join(dataFolder, 'printing')

const place: PressPlace = { templates: templatesFolder, fonts: typeface }

/** Beside this file when it runs from src/, beside the program when it runs from a build. */
function workerFile(): URL {
  const built = new URL('./press-worker.js', import.meta.url)
  return existsSync(built) ? built : new URL('./press-worker.ts', import.meta.url)
}

interface Waiting {
  readonly work: Work
  readonly done: (bytes: Uint8Array<ArrayBuffer>) => void
  readonly failed: (error: Error) => void
}

/** More than this many papers waiting at once is a queue nobody waits out: the next ones are told to come again. */
const QUEUE = 200
/** The longest piece of work (a register of thousands of rows) takes seconds; what takes longer is stuck. In ms. */
const PATIENCE = 60_000
/** Long lists leave a typesetter hundreds of megabytes large: after so many bytes of them the thread goes, and a new one begins small. */
const HEAVY = 400_000
/** A thread with nothing to do goes, and its memory with it. In ms. */
const IDLE = 300_000

/**
 * The press: one thread that typesets, one piece of work at a time, started when first needed. When it dies over a piece of work, that
 * piece fails and the next ones go to a new thread.
 */
export class Press {
  #worker: Worker | undefined
  #current: Waiting | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #queue: Waiting[] = []

  /** Throws `Refused` service.busy when too much waits already; an `Error` when a template or its data are broken. */
  work(work: Work): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#queue.length >= QUEUE) return Promise.reject(new Refused(refusals.busy))
    return new Promise((done, failed) => {
      this.#queue.push({ work, done, failed })
      this.#next()
    })
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    const worker = this.#worker
    const current = this.#current
    this.#worker = undefined
    this.#current = undefined
    await worker?.terminate()
    current?.failed(new Error('the press was closed'))
    if (this.#queue.length > 0) this.#next()
  }

  #next(): void {
    if (this.#current) return
    this.#current = this.#queue.shift()
    clearTimeout(this.#timer)
    if (!this.#current) {
      this.#worker?.unref()
      this.#timer = setTimeout(() => void this.close(), IDLE).unref()
      return
    }
    const worker = this.#thread()
    worker.ref()
    this.#timer = setTimeout(() => this.#lost(worker, new Error('the press took too long')), PATIENCE)
    worker.postMessage(this.#current.work)
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(workerFile(), { workerData: place, execArgv: [] })
    worker.on('message', (answer: { bytes?: Uint8Array<ArrayBuffer>; trouble?: string }) => {
      const current = this.#current
      this.#current = undefined
      const heavy = current !== undefined && (current.work.kind === 'xlsx' || (current.work.inputs.facts ?? '').length > HEAVY)
      if (answer.bytes) current?.done(answer.bytes)
      else current?.failed(new Error(answer.trouble ?? 'the press failed'))
      if (heavy) {
        this.#worker = undefined
        void worker.terminate()
      }
      this.#next()
    })
    worker.on('error', (error) => this.#lost(worker, error as Error))
    worker.on('exit', () => this.#lost(worker, new Error('the press stopped')))
    this.#worker = worker
    return worker
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    void worker.terminate()
    const current = this.#current
    this.#current = undefined
    current?.failed(error)
    this.#next()
  }
}

let press: Press | undefined

/** The press of this process. */
export function sharedPress(): Press {
  press ??= new Press()
  return press
}
