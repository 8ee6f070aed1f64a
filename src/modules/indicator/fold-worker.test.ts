import { expect, test } from 'vitest'
import type { App } from '../../kernel/app.ts'
import { createLog } from '../../kernel/log/index.ts'
import { foldWorker } from './fold-worker.ts'

const app = {
  log: createLog('silent'),
  province: { slug: 'ca-mau', schema: 'ca_mau', name: 'Cà Mau', code: '96' },
  db: { write: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:5432')) },
} as unknown as App

test('a fold that keeps failing says so, and not where the database lives', async () => {
  const worker = foldWorker(app, { patienceMs: 0 })
  await worker.start()
  await expect.poll(() => worker.health?.()).toBe('counts have not been folded for 0 s')
  await worker.stop()
})

test('one failure does not take a server out of service: reads are exact all the same', async () => {
  const worker = foldWorker(app)
  await worker.start()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(worker.health?.()).toBeUndefined()
  await worker.stop()
})
