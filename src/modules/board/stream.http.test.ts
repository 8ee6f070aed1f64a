import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createAccess } from '../../kernel/access/index.ts'
import type { App } from '../../kernel/app.ts'
import { Refused } from '../../kernel/errors.ts'
import type { WebVariables } from '../../kernel/http/context.ts'
import { Streams } from '../../kernel/streams.ts'
import type { LiveBoards, Message } from './live.tsx'
import { boardStream } from './stream.ts'

const actor = {
  kind: 'officer',
  officerId: '01980000-0000-7000-8000-000000000001',
  name: 'Lãnh đạo',
  grants: [{ role: 'leader', agencyCode: 'H12', subtree: true }],
} as const

/** A board of which nothing is read: what it says, and when, is up to the test. */
function house(heartbeat: number) {
  let signedIn = true
  const listeners = new Set<(message: Message) => void>()
  const boards = {
    listen: (_question: unknown, _locale: unknown, send: (message: Message) => void) => {
      listeners.add(send)
      return () => listeners.delete(send)
    },
  } as unknown as LiveBoards
  const app = {
    baseUrl: 'http://localhost',
    clock: () => Temporal.Instant.from('2026-11-20T08:00:00+07:00'),
    province: { slug: 'ca-mau', schema: 'ca_mau', name: 'Cà Mau', code: '96' },
    sessions: { find: async () => (signedIn ? { actor, csrf: '', tokenHash: new Uint8Array() } : undefined) },
    access: () => createAccess([{ role: 'leader', action: 'board.see', scope: 'unit' }], { isWithin: () => false }),
    streams: new Streams(),
  } as unknown as App
  const web = new Hono<{ Variables: WebVariables }>()
  web.use(async (c, next) => {
    c.set('app', app)
    c.set('actor', actor)
    c.set('locale', 'vi')
    await next()
  })
  web.onError((error, c) => c.text('', error instanceof Refused ? error.refusal.status : 500))
  web.get('/luong', boardStream(boards, heartbeat))
  return {
    listeners,
    open: () => web.request('/luong'),
    signOut: () => {
      signedIn = false
    },
    say: (text: string) => {
      for (const send of [...listeners]) send({ html: { cards: text }, text: {} })
    },
  }
}

const reading = (response: Response): ReadableStreamDefaultReader<Uint8Array> => (response.body as ReadableStream<Uint8Array>).getReader()

test('a board ends soon after its reader has signed out, and nobody listens for them any more', async () => {
  const here = house(20)
  const reader = reading(await here.open())
  expect(new TextDecoder().decode((await reader.read()).value)).toContain(': …')
  here.signOut()
  let done = false
  while (!done) done = (await reader.read()).done
  expect(here.listeners.size).toBe(0)
})

test('one person opens a wall of boards, not hundreds; a closed one makes room', async () => {
  const here = house(60_000)
  const opened = await Promise.all(Array.from({ length: 12 }, () => here.open()))
  expect(opened.map(({ status }) => status)).toEqual(opened.map(() => 200))
  expect((await here.open()).status).toBe(429)
  await opened[0]?.body?.cancel()
  await expect.poll(async () => (await here.open()).status).toBe(200)
})

test('a reader slower than the counters gets the latest board after catching up, not all that was missed', async () => {
  const here = house(60_000)
  const reader = reading(await here.open())
  for (let n = 0; n < 50; n += 1) here.say(`lần ${n}`)
  const first = new TextDecoder().decode((await reader.read()).value)
  expect(first).toContain('lần 0')
  await reader.read()
  // Caught up: the board is asked for anew, and says how things stand now.
  await expect.poll(() => here.listeners.size).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 20))
  here.say('bây giờ')
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('bây giờ')
})
