import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Composed } from './compose.ts'
import type { Worker } from './kernel/app.ts'
import { StartupError } from './kernel/startup-error.ts'

export interface Serving {
  /** Port really listened on (the configured one, or a free one for 0). */
  readonly port: number
  /** Stops taking requests, finishes those in hand (at most `patience` ms), stops the workers, closes the database. Harmless twice. */
  close(patience?: number): Promise<void>
}

/** Why a port cannot be opened, as one clear line. */
export function explainPort(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupError({
      vi: `cổng ${port} đang có chương trình khác dùng; đặt PORT khác, ví dụ PORT=3001 npm start`,
      en: `port ${port} is in use; choose another, for example PORT=3001 npm start`,
    })
  }
  if (error.code === 'EACCES') return new StartupError({ vi: `không được phép mở cổng ${port}`, en: `not allowed to open port ${port}` })
  return error
}

/** What the work gives, or nothing when it takes longer than `ms`. */
const within = async <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Opens the doors: the web server first, so that a busy port is told before any work begins, then the workers. */
export async function serve(composed: Composed): Promise<Serving> {
  const { app, web } = composed
  const server = createHttpServer(
    { keepAliveTimeout: 65_000, headersTimeout: 66_000, requestTimeout: 300_000 },
    getRequestListener(web.fetch),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explainPort(error, app.config.PORT)))
    server.listen(app.config.PORT, app.config.HOST, resolve)
  })

  let closing: Promise<void> | undefined
  const close = async (patience: number): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    composed.stopStreams()
    // A browser keeps its connection after the answer: those that fall idle meanwhile are closed as they do.
    const tidy = setInterval(() => server.closeIdleConnections(), 50)
    server.closeIdleConnections()
    await within(closed, patience)
    clearInterval(tidy)
    server.closeAllConnections()
    // One worker that cannot stop must not keep the others, or the database, from closing in good order.
    const stopped = await within(Promise.allSettled(app.workers.map((worker) => worker.stop())), patience)
    for (const [index, result] of (stopped ?? []).entries()) {
      if (result.status === 'rejected')
        app.log.warn({ err: result.reason, worker: app.workers[index]?.name }, 'a worker did not stop cleanly')
    }
    if (!stopped) app.log.warn('some workers did not stop in time')
    await within(composed.close(), patience)
  }
  // Whoever asks meanwhile gets an answer, but the house is not ready before everything in it works.
  const workers = [...app.workers]
  const opening: Worker = { name: 'workers', start: async () => undefined, stop: async () => undefined, health: () => 'starting' }
  app.workers.push(opening)
  try {
    for (const worker of workers) await worker.start()
    app.workers.splice(app.workers.indexOf(opening), 1)
  } catch (error) {
    await close(0)
    throw error
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: (patience = 10_000) => (closing ??= close(patience)),
  }
}
