import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../access/index.ts'
import type { Session } from '../app.ts'
import { SessionWatch } from './session-watch.ts'

const { db, province, owner } = await testDatabase()

const officer = (n: number): Session['actor'] => ({
  kind: 'officer',
  officerId: `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  name: `Cán bộ ${n}`,
  grants: [{ role: 'leader', agencyCode: 'H12', subtree: true }],
})

/** Officers with a session each, in the database and in whoever keeps sessions. */
async function house(officers: number) {
  const hashes = Array.from({ length: officers }, (_none, n) => Buffer.alloc(32, n + 1))
  await owner('delete from ca_mau.session')
  await owner(
    `insert into ca_mau.session (token_hash, subject_kind, subject_id, csrf, created_at, seen_at, expires_at)
     select decode(hash, 'hex'), 'officer', gen_random_uuid(), 'x', now(), now(), now() + interval '1 hour' from unnest($1::text[]) hash`,
    [hashes.map((hash) => hash.toString('hex'))],
  )
  const asked = { inFull: 0, statements: 0 }
  let may = true
  const read: typeof db.read = (of, work) => {
    asked.statements += 1
    return db.read(of, work)
  }
  const watch = new SessionWatch(
    {
      db: { ...db, read },
      province,
      log: { debug: () => undefined } as never,
      clock: () => Temporal.Now.instant(),
      access: () => createAccess(may ? [{ role: 'leader', action: 'board.see', scope: 'unit' }] : [], { isWithin: () => false }),
      sessions: {
        find: async (_province, token) => {
          asked.inFull += 1
          const n = Number(token)
          const rows = await owner(`select 1 from ca_mau.session where token_hash = $1`, [hashes[n]])
          return rows.length === 1 ? { actor: officer(n), csrf: '', tokenHash: hashes[n] as Uint8Array } : undefined
        },
      },
    },
    30,
  )
  const ended = new Set<number>()
  const closes = hashes.map((tokenHash, n) =>
    watch.add({ token: String(n), tokenHash, actor: officer(n) }, 'board.see', () => ended.add(n)),
  )
  return {
    asked,
    ended,
    close: () => {
      for (const one of closes) one()
    },
    signOut: (n: number) => owner('delete from ca_mau.session where token_hash = $1', [hashes[n]]),
    takeRightAway: () => {
      may = false
    },
  }
}

test('whoever has signed out, or lost their session with a role, stops looking; the others go on looking', async () => {
  const here = await house(3)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(here.ended.size).toBe(0)
  await here.signOut(1)
  await expect.poll(() => [...here.ended]).toEqual([1])
  here.close()
})

test('when a role may no longer look, nobody who holds it does', async () => {
  const here = await house(3)
  here.takeRightAway()
  await expect.poll(() => here.ended.size).toBe(3)
  here.close()
})

test('two hundred open sessions are one question at a time, not two hundred; none when nothing is open', async () => {
  const here = await house(200)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(here.asked.statements).toBeLessThanOrEqual(7)
  expect(here.asked.inFull).toBe(0)
  here.close()
  await new Promise((resolve) => setTimeout(resolve, 60))
  const { statements } = here.asked
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(here.asked.statements).toBe(statements)
})
