import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../test/support/database.ts'
import { type Composed, compose } from './compose.ts'
import type { Worker } from './kernel/app.ts'
import { readConfig } from './kernel/config/index.ts'
import { openDatabase } from './kernel/database/index.ts'
import { createLog } from './kernel/log/index.ts'
import { serve } from './main.ts'

const { province, appUrl, ownerUrl } = await testDatabase()
const config = readConfig({
  CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-serve-')),
  PORT: '0',
  HOST: '127.0.0.1',
  BASE_URL: 'http://localhost',
})

/** A house of its own, with a page that takes its time and a stream that never ends. */
async function house(...workers: Worker[]): Promise<Composed> {
  const db = openDatabase({ url: appUrl, max: 4 })
  const composed = await compose({ config, log: createLog('silent'), db, province, owner: { ownerUrl, appRole: 'cuaso_app' } })
  composed.app.workers.push(...workers)
  composed.web.get('/slow', async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    return c.text('done')
  })
  composed.web.get('/stream', (c) => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('data: 1\n\n'))
        composed.app.streams.add(() => controller.close())
      },
    })
    return c.body(body, 200, { 'content-type': 'text/event-stream' })
  })
  return composed
}

const worker = (name: string, more: Partial<Worker> = {}): Worker & { starts: number; stops: number } => {
  const counts = { starts: 0, stops: 0 }
  return {
    name,
    start: async () => {
      counts.starts += 1
    },
    stop: async () => {
      counts.stops += 1
    },
    get starts() {
      return counts.starts
    },
    get stops() {
      return counts.stops
    },
    ...more,
  }
}

test('closing finishes what is in hand, ends streams, takes nothing new, and stops every worker once', async () => {
  const counting = worker('counting')
  const failing = worker('failing', { stop: () => Promise.reject(new Error('cannot')) })
  const composed = await house(failing, counting)
  const serving = await serve(composed)
  const base = `http://127.0.0.1:${serving.port}`
  const slow = fetch(`${base}/slow`).then((answer) => answer.text())
  const stream = await fetch(`${base}/stream`, { headers: { accept: 'text/event-stream' } })
  const reader = stream.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: 1\n\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closing = [serving.close(), serving.close()]
  await expect(fetch(`${base}/healthz`)).rejects.toThrow()
  expect(await slow).toBe('done')
  expect((await reader?.read())?.done).toBe(true)
  await Promise.all(closing)
  expect([counting.starts, counting.stops]).toEqual([1, 1])
  expect(composed.app.db.pool(province).totalCount).toBe(0)
})

test('a worker that never stops does not hold the house up for ever', async () => {
  const composed = await house(worker('stuck', { stop: () => new Promise(() => undefined) }))
  const serving = await serve(composed)
  const begun = performance.now()
  await serving.close(300)
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('a worker that cannot start closes the doors again and says why', async () => {
  const first = worker('first')
  const composed = await house(first, worker('broken', { start: () => Promise.reject(new Error('cannot start')) }))
  await expect(serve(composed)).rejects.toThrow('cannot start')
  expect([first.starts, first.stops]).toEqual([1, 1])
})
