import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createAccess } from '../../src/kernel/access/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { run } from '../../src/kernel/command.ts'
import { record } from '../../src/kernel/events.ts'
import { ok } from '../../src/kernel/result.ts'
import { noticeEvent } from '../../src/modules/notification/notices.ts'
import { testDatabase } from '../support/database.ts'
import { mailServer } from '../support/mail-server.ts'

const LETTERS = 30
const KILLS = 3

const { db, province, owner, appUrl, ownerUrl } = await testDatabase()
const post = await mailServer()
const host = { db, clock: systemClock, access: () => createAccess([], { isWithin: () => false }) }
const script = join(import.meta.dirname, '../support/mail-process.ts')

let server: ChildProcess | undefined
async function start(): Promise<void> {
  server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, appUrl, ownerUrl, post.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (server.stdout) await once(server.stdout, 'data')
}
async function kill(): Promise<void> {
  const running = server
  server = undefined
  if (!running) return
  const gone = once(running, 'exit')
  running.kill('SIGKILL')
  await gone
}
afterAll(kill)

const marked = async (): Promise<string[]> =>
  (await owner(`select id::text from ca_mau.letter where state = 'sent'`)).map(({ id }) => String(id))

/** How often each letter arrived, by its Message-ID. */
function timesOf(): Map<string, number> {
  const times = new Map<string, number>()
  for (const { head } of post.letters) {
    const id = head.get('message-id')?.slice(1, 37) ?? ''
    times.set(id, (times.get(id) ?? 0) + 1)
  }
  return times
}

test('the server is killed at the moment the mail server takes a letter, again and again: every letter arrives, and none that was marked as sent comes twice', async () => {
  const officers = Array.from({ length: LETTERS }, () => randomUUID())
  for (const [n, id] of officers.entries())
    await owner(
      `insert into ca_mau.officer (id, username, name, agency_code, email, password_hash, password_changed_at, search, created_at)
       values ($1, $2, 'Cán Bộ', 'H12', $3, 'x', now(), $2, now())`,
      [id, `can.bo.${n}`, `can.bo.${n}@xa.example.vn`],
    )
  let until: (() => void) | undefined
  let left = 0
  // The letter is in the mail server's hands; this server never hears of it.
  post.answer.letter = async () => {
    if (until && --left === 0) {
      void kill().then(until)
      until = undefined
      await sleep(50)
    }
    return undefined
  }
  await run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'test.tell' }, async (cx) => {
    const notice = { key: 'crash', title: 'Báo cáo tuần', body: 'Mở trang để xem.', href: '/dieu-hanh/bao-cao' }
    await record(cx, { events: [noticeEvent(cx.id(), null, { officerIds: officers, ...notice })] })
    return ok({})
  })
  const confirmed = new Map<string, number>()
  for (let round = 0; round < KILLS; round += 1) {
    const killed = new Promise<void>((resolve) => {
      until = resolve
      left = 3 + round
    })
    await start()
    await killed
    for (const id of await marked()) if (!confirmed.has(id)) confirmed.set(id, timesOf().get(id) ?? 0)
    // Time passes: what the dead server had in hand is given back.
    await owner(`update pgboss.job set started_on = now() - interval '1 hour' where state = 'active'`)
  }
  await start()
  for (const end = Date.now() + 30_000; (await marked()).length < LETTERS && Date.now() < end; await sleep(50))
    await owner(`update pgboss.job set start_after = now() - interval '1 second' where state = 'retry'`)
  await kill()

  expect(await marked()).toHaveLength(LETTERS)
  const arrivals = timesOf()
  expect(arrivals.size).toBe(LETTERS)
  expect(new Set(post.letters.map(({ to }) => to)).size).toBe(LETTERS)
  const twice = [...arrivals].filter(([, times]) => times > 1)
  // What was on its way when the server died, two at a time, comes again under the same Message-ID; nothing else does.
  expect(twice.length).toBeGreaterThan(0)
  const doubted = new Set((await owner(`select id::text from ca_mau.letter where maybe_twice`)).map(({ id }) => String(id)))
  for (const [id] of twice) expect(doubted).toContain(id)
  expect(post.letters.length - LETTERS).toBeLessThanOrEqual(KILLS * 2)
  expect(confirmed.size).toBeGreaterThan(0)
  for (const [id, times] of confirmed) expect(arrivals.get(id), id).toBe(times)
})
