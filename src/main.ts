import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Composed } from './compose.ts'
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
  for (const worker of app.workers) await worker.start()

  let closing: Promise<void> | undefined
  const close = async (patience: number): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    composed.stopStreams()
    server.closeIdleConnections()
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, patience).unref())])
    server.closeAllConnections()
    await Promise.all(app.workers.map((worker) => worker.stop()))
    await composed.close()
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: (patience = 10_000) => (closing ??= close(patience)),
  }
}
