import { hash } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { compose } from '../../compose.ts'
import { readConfig } from '../../kernel/config/index.ts'
import { openDatabase } from '../../kernel/database/index.ts'
import { createLog } from '../../kernel/log/index.ts'
import { serve } from '../../main.ts'
import type { Listening } from './live.tsx'
import { liveStream } from './stream.ts'

const { province, appUrl, ownerUrl, owner } = await testDatabase()

/** A view of which nothing is read: what it shows, and when, is up to the test. */
function spoken() {
  const wakes = new Set<() => void>()
  let said: string | undefined
  return {
    wakes,
    say: (text: string) => {
      said = text
      for (const wake of [...wakes]) wake()
    },
    listen: (_question: unknown, _locale: unknown, wake: () => void): Listening => {
      wakes.add(wake)
      let told: string | undefined
      return {
        take: () => {
          if (said === told || said === undefined) return undefined
          told = said
          return new TextEncoder().encode(`data: ${said}\n\n`)
        },
        stop: () => wakes.delete(wake),
      }
    },
  }
}

/** The whole house on a port of its own, with officers who are signed in; `/noi` and `/to` are streams that the test speaks through. */
async function house() {
  const db = openDatabase({ url: appUrl, max: 4 })
  const config = readConfig({
    CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-stream-')),
    PORT: '0',
    HOST: '127.0.0.1',
    BASE_URL: 'http://localhost',
    RATE_LIMIT: '1000000',
  })
  const composed = await compose({ config, log: createLog('silent'), db, province, owner: { ownerUrl, appRole: 'cuaso_app' } })
  const [view, loud] = [spoken(), spoken()]
  for (const [path, said] of [
    ['/noi', view],
    ['/to', loud],
  ] as const)
    composed.web.get(path, liveStream(said, { action: 'board.see', question: () => '' }, 50))
  composed.app.workers.splice(0)
  const serving = await serve(composed)
  const origin = `http://127.0.0.1:${serving.port}`
  let officers = 0
  return {
    view,
    loud,
    origin,
    close: () => serving.close(),
    /** The cookie of an officer who leads the province. */
    signIn: async (): Promise<string> => {
      officers += 1
      const token = `${officers}`.padStart(43, 'x')
      await owner(
        `with made as (
           insert into ca_mau.officer (id, username, name, agency_code, password_hash, password_changed_at, search, created_at)
           values (gen_random_uuid(), $1, $1, 'H12', 'x', now(), '', now()) returning id
         ), granted as (
           insert into ca_mau.role_grant (id, officer_id, role, agency_code, subtree, valid_from, granted_at)
           select gen_random_uuid(), id, 'leader', 'H12', true, '2020-01-01', now() from made
         )
         insert into ca_mau.session (token_hash, subject_kind, subject_id, csrf, created_at, seen_at, expires_at)
         select $2, 'officer', id, 'x', now(), now(), now() + interval '1 hour' from made`,
        [`${token}.${serving.port}`, hash('sha256', token, 'buffer')],
      )
      return `cuaso_session=${token}`
    },
    signOut: (cookie: string) =>
      owner('delete from ca_mau.session where token_hash = $1', [hash('sha256', cookie.replace('cuaso_session=', ''), 'buffer')]),
  }
}

const open = (address: string, cookie: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(address, { headers: { cookie, accept: 'text/event-stream', ...headers } })

/** Everything that comes, as it comes. */
function heard(response: Response): { text: string; done: boolean } {
  const all = { text: '', done: false }
  const decoder = new TextDecoder()
  void (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) all.text += decoder.decode(chunk, { stream: true })
  })()
    .catch(() => undefined)
    .finally(() => {
      all.done = true
    })
  return all
}

const here = await house()

test('the board itself comes as a stream: when to come back, then the whole board with its number; proxies neither gather nor compress it', async () => {
  const cookie = await here.signIn()
  const response = await open(`${here.origin}/dieu-hanh/luong`, cookie, { accept: '*/*', 'accept-encoding': 'gzip' })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  expect(response.headers.get('content-encoding')).toBeNull()
  const all = heard(response)
  await expect.poll(() => all.text).toMatch(/^retry: \d{4}\n\n(?:: …\n\n)*id: [a-z0-9]+\.1\nevent: board\ndata: \{"html":\{"cards":/)
  expect((await open(`${here.origin}/dieu-hanh/luong`, '')).status).not.toBe(200)
})

test('an officer who signs out is told so within seconds and hears nothing more; the neighbour goes on', async () => {
  const [leaving, staying] = [await here.signIn(), await here.signIn()]
  const [one, other] = [heard(await open(`${here.origin}/noi`, leaving)), heard(await open(`${here.origin}/noi`, staying))]
  await expect.poll(() => one.text).toContain(': …')
  await here.signOut(leaving)
  const since = performance.now()
  await expect.poll(() => one.done, { timeout: 5000 }).toBe(true)
  expect(performance.now() - since).toBeLessThan(4000)
  expect(one.text).toMatch(/event: end\n/)
  here.view.say('sau khi ra')
  await expect.poll(() => other.text).toContain('sau khi ra')
  expect(one.text).not.toContain('sau khi ra')
})

test('one person opens a wall of boards, not hundreds, and reads why; a closed one makes room', async () => {
  const cookie = await here.signIn()
  const closers = Array.from({ length: 12 }, () => new AbortController())
  const opened = await Promise.all(
    closers.map(({ signal }) => fetch(`${here.origin}/noi`, { headers: { cookie, accept: 'text/event-stream' }, signal })),
  )
  expect(opened.map(({ status }) => status)).toEqual(opened.map(() => 200))
  // Whichever kind of board it is.
  const refused = await open(`${here.origin}/dieu-hanh/luong`, cookie)
  expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('quá nhiều bảng tự cập nhật')])
  closers[0]?.abort()
  await expect.poll(async () => (await open(`${here.origin}/noi`, cookie)).status).toBe(200)
  for (const closer of closers) closer.abort()
})

/** A reader who takes nothing until told to. */
async function deaf(): Promise<Socket> {
  const { hostname, port } = new URL(here.origin)
  const before = here.loud.wakes.size
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(`GET /to HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncookie: ${await here.signIn()}\r\n\r\n`)
  await expect.poll(() => here.loud.wakes.size).toBe(before + 1)
  return socket
}
/** More than the buffers of both ends hold together. */
const LOUD = 'x'.repeat(12_000_000)

test('whoever reads slower than the counters gets the latest board after catching up, not all that was missed', async () => {
  const socket = await deaf()
  for (let n = 0; n < 20; n += 1) {
    here.loud.say(`tin-${n}-${LOUD}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  here.loud.say('tin-cuoi')
  let got = ''
  socket.resume()
  socket.on('data', (chunk: Buffer) => {
    got += chunk.toString('latin1').replace(/x+/g, '')
  })
  await expect.poll(() => got, { timeout: 5000 }).toContain('tin-cuoi')
  expect(got.match(/tin-/g)?.length).toBeLessThanOrEqual(3)
  socket.destroy()
  await expect.poll(() => here.loud.wakes.size).toBe(0)
})

test('the house closes within five seconds with a hundred open boards and some whose readers take nothing', async () => {
  const cookies = await Promise.all(Array.from({ length: 10 }, () => here.signIn()))
  const all = await Promise.all(
    Array.from({ length: 100 }, async (_none, n) => heard(await open(`${here.origin}/noi`, cookies[n % 10] ?? ''))),
  )
  const sockets = [await deaf(), await deaf()]
  here.loud.say(LOUD)
  const since = performance.now()
  await here.close()
  expect(performance.now() - since).toBeLessThan(5000)
  await expect.poll(() => all.every(({ done }) => done)).toBe(true)
  for (const socket of sockets) socket.destroy()
})
