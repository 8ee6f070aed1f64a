import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { dayOf } from '../../kernel/clock.ts'
import { type Call, type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import { createLog } from '../../kernel/log/index.ts'
import type { Result } from '../../kernel/result.ts'
import { loadOrganisationData, permissionTree, refreshDirectory } from '../organisation/index.ts'
import { createAccessKeeper, seedPermissions } from './access.ts'
import { changePassword } from './commands/change-password.ts'
import { changePermissions } from './commands/change-permissions.ts'
import { changeSessionPolicy } from './commands/change-session-policy.ts'
import { createOfficer } from './commands/create-officer.ts'
import { deactivateOfficer, reactivateOfficer } from './commands/deactivate-officer.ts'
import { delegateRole } from './commands/delegate-role.ts'
import { grantRole } from './commands/grant-role.ts'
import { resetPassword } from './commands/reset-password.ts'
import { revokeRole } from './commands/revoke-role.ts'
import { signInOfficer } from './commands/sign-in-officer.ts'
import { demoAccounts, seedDemo } from './demo.ts'
import { permissions } from './permissions.ts'
import { createSessions, purgeSessions, tokenHashOf } from './sessions.ts'

const { db, province } = await testDatabase()
let now = Temporal.Instant.from('2026-11-20T02:00:00Z')
const clock = () => now
const keeper = createAccessKeeper(db, (of) => permissionTree(db, of, () => dayOf(now)))
const host = { db, clock, province, access: keeper.access, log: createLog('silent') }
const sessions = createSessions(db)
const place = { address: '203.0.113.9', device: 'Firefox · Linux' }
const strong = 'rừng đước xanh nước lợ'

const act = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>, more: Partial<Call> = {}): Promise<Result<T>> =>
  run(host satisfies CommandHost, { province, actor, name: 'test', ...more }, work)

const idOf = (username: string): Promise<string> =>
  db.read(province, async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from officer where username = ${username}`.execute(tx)
    return rows[0]?.id ?? ''
  })

/** Signs in and returns who the session says this is. */
async function signedIn(username: string, password = 'cuaso-demo-2026'): Promise<{ actor: Actor; token: string }> {
  const result = await signInOfficer(host, { username, password, place, replaces: null })
  if (!result.ok) throw new Error(`${username}: ${result.error.code}`)
  const session = await sessions.find(province, result.value.token, now)
  if (!session) throw new Error(`${username} has no session`)
  return { actor: session.actor, token: result.value.token }
}

const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)

beforeAll(async () => {
  await loadOrganisationData(host, province)
  await refreshDirectory(db, province)
  await seedPermissions(db, province, permissions, now)
  await keeper.refresh(province)
  await seedDemo(host, province)
})

describe('demo', () => {
  test('every demo account can sign in, and putting the demo in again changes nothing', async () => {
    expect(await seedDemo(host, province)).toEqual({ officers: 0, citizens: 0 })
    const officers = demoAccounts().filter((account) => account.role !== 'citizen')
    for (const account of officers) {
      const { actor } = await signedIn(account.username, account.password)
      expect(actor.kind === 'officer' && actor.grants[0]?.role).toBe(account.role)
    }
    expect(new Set(officers.map((account) => account.role)).size).toBe(6)
  })
})

describe('sessions', () => {
  test('the database keeps only a hash of the token, and a guess finds nothing', async () => {
    const { token } = await signedIn('chutich')
    const { rows } = await db.read(province, (tx) => sql<{ all: string }>`select jsonb_agg(s)::text as all from session s`.execute(tx))
    expect(rows[0]?.all).not.toContain(token)
    expect(await sessions.find(province, token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'), now)).toBeUndefined()
    expect(await sessions.find(province, "'; drop table session", now)).toBeUndefined()
  })

  test('an officer is signed out after an idle hour, and after twelve hours in any case', async () => {
    const start = now
    const { token } = await signedIn('chutich')
    for (let minutes = 50; minutes < 720; minutes += 50) {
      now = start.add({ minutes })
      expect(await sessions.find(province, token, now), `${minutes} minutes`).toBeDefined()
    }
    now = start.add({ minutes: 721 })
    expect(await sessions.find(province, token, now)).toBeUndefined()
    now = start
    const { token: idle } = await signedIn('chutich')
    now = start.add({ minutes: 61 })
    expect(await sessions.find(province, idle, now)).toBeUndefined()
    now = start
  })

  test('use is noted at most once a minute', async () => {
    const start = now
    const { token } = await signedIn('caicach')
    const seen = async (): Promise<string> => {
      const { rows } = await db.read(province, (tx) =>
        sql<{ at: Temporal.Instant }>`select seen_at as at from session where token_hash = ${tokenHashOf(token)}`.execute(tx),
      )
      return String(rows[0]?.at)
    }
    await sessions.find(province, token, start.add({ seconds: 59 }))
    expect(await seen()).toBe(start.toString())
    await sessions.find(province, token, start.add({ seconds: 61 }))
    expect(await seen()).toBe(start.add({ seconds: 61 }).toString())
  })

  test('the length of a session is dated data that an administrator changes', async () => {
    const start = now
    const { actor } = await signedIn('quantri')
    now = start.add({ seconds: 1 })
    const changed = await act(actor, (cx) => changeSessionPolicy(cx, { subjectKind: 'officer', idleMinutes: 10, absoluteMinutes: 60 }))
    expect(code(changed)).toBe('ok')
    const { token } = await signedIn('chutich')
    expect(await sessions.find(province, token, now.add({ minutes: 11 }))).toBeUndefined()
    now = start.add({ seconds: 2 })
    await act(actor, (cx) => changeSessionPolicy(cx, { subjectKind: 'officer', idleMinutes: 60, absoluteMinutes: 720 }))
    now = start.add({ seconds: 3 })
  })

  test('purging removes what has expired and nothing else', async () => {
    await signedIn('chutich')
    const later = now.add({ minutes: 45 })
    const before = now
    now = later
    const { token } = await signedIn('caicach')
    now = before.add({ minutes: 90 })
    expect((await purgeSessions(db, province, now)).sessions).toBeGreaterThan(0)
    expect(await sessions.find(province, token, now)).toBeDefined()
    now = before
  })
})

describe('signing in by password', () => {
  test('an unknown name and a wrong password get the same answer', async () => {
    const unknown = await signInOfficer(host, { username: 'khong.co', password: 'x', place: { ...place, address: '1' }, replaces: null })
    const wrong = await signInOfficer(host, { username: 'caicach', password: 'x', place: { ...place, address: '1' }, replaces: null })
    expect(unknown).toEqual(wrong)
    expect(code(wrong)).toBe('identity.wrong-password')
  })

  const attempt = (username: string, password: string, address: string) =>
    signInOfficer(host, { username, password, place: { ...place, address }, replaces: null })
  const locksOf = (username: string): Promise<number> =>
    db.read(province, async (tx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*) from event where type = 'identity.locked-out' and subject = (select id from officer where username = ${username})`.execute(
        tx,
      )
      return rows[0]?.count ?? 0
    })

  test('five wrong passwords from one network close the account to it, and say until when; then it opens again', async () => {
    const start = now
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => attempt('tuphap.lanhdao', 'sai', `2001:db8:1:2::${n}`)))
    expect(answers.map(code).filter((answer) => answer === 'identity.wrong-password')).toHaveLength(4)
    const locked = await attempt('tuphap.lanhdao', 'cuaso-demo-2026', '2001:db8:1:2::99')
    expect(code(locked)).toBe('identity.locked-out')
    expect(!locked.ok && locked.error.message.vi).toMatch(/tạm khóa đến \d\d:\d\d/)
    expect(await locksOf('tuphap.lanhdao')).toBe(1)
    now = start.add({ minutes: 16 })
    expect(code(await attempt('tuphap.lanhdao', 'cuaso-demo-2026', '2001:db8:1:2::99'))).toBe('ok')
    now = start
  })

  test('a stranger who guesses a user name keeps its officer out of nothing, however long they try', async () => {
    for (let n = 0; n < 39; n += 1) await attempt('caicach', 'sai', '198.51.100.20')
    expect(code(await attempt('caicach', 'cuaso-demo-2026', '198.51.100.20'))).toBe('identity.locked-out')
    expect(code(await attempt('caicach', 'cuaso-demo-2026', '192.0.2.1'))).toBe('ok')
  })

  test('fifty wrong passwords from many networks lock the account everywhere, and a name nobody has as well', async () => {
    const start = now
    for (const username of ['baclieu.lanhdao', 'khong.ai']) {
      const tries = Array.from({ length: 51 }, (_, n) => `198.51.100.${100 + Math.floor(n / 4)}`)
      const answers: string[] = []
      for (const address of tries) answers.push(code(await attempt(username, 'sai', address)))
      expect(answers.filter((answer) => answer === 'identity.wrong-password')).toHaveLength(49)
      expect(answers.slice(49)).toEqual(['identity.locked-everywhere', 'identity.locked-everywhere'])
      expect(code(await attempt(username, 'cuaso-demo-2026', '192.0.2.77'))).toBe('identity.locked-everywhere')
    }
    expect(await locksOf('baclieu.lanhdao')).toBe(1)
    now = start.add({ minutes: 16 })
    expect(code(await attempt('baclieu.lanhdao', 'cuaso-demo-2026', '192.0.2.77'))).toBe('ok')
    now = start
  }, 30_000)

  test('a new temporary password opens the account to every network again', async () => {
    const { actor } = await signedIn('quantri')
    const officerId = await idOf('chutich')
    const { rows } = await db.read(province, (tx) =>
      sql<{ hash: string }>`select password_hash as hash from officer where id = ${officerId}`.execute(tx),
    )
    for (const address of ['192.0.2.50', '192.0.2.51']) for (let n = 0; n < 5; n += 1) await attempt('chutich', 'sai', address)
    expect(code(await attempt('chutich', 'x', '192.0.2.51'))).toBe('identity.locked-out')
    expect(code(await act(actor, (cx) => resetPassword(cx, { officerId, temporaryPassword: 'mfwq-tndx-7k3v-zzpb' })))).toBe('ok')
    for (const address of ['192.0.2.50', '192.0.2.51']) expect(code(await attempt('chutich', 'mfwq-tndx-7k3v-zzpb', address))).toBe('ok')
    await db.write(province, (tx) =>
      sql`update officer set password_hash = ${rows[0]?.hash}, must_change_password = false, temporary_until = null where id = ${officerId}`.execute(
        tx,
      ),
    )
  })

  test('an address that tries many accounts is stopped, and right passwords do not count against it', async () => {
    const from = { ...place, address: '203.0.113.200' }
    for (let n = 0; n < 39; n += 1) await signInOfficer(host, { username: `thu.${n}`, password: 'sai', place: from, replaces: null })
    for (let n = 0; n < 3; n += 1) {
      expect(code(await signInOfficer(host, { username: 'chutich', password: 'cuaso-demo-2026', place: from, replaces: null }))).toBe('ok')
    }
    await signInOfficer(host, { username: 'thu.x', password: 'sai', place: from, replaces: null })
    expect(code(await signInOfficer(host, { username: 'chutich', password: 'cuaso-demo-2026', place: from, replaces: null }))).toBe(
      'identity.address-blocked',
    )
  }, 30_000)

  test('a hash made with older parameters is made anew at the next sign-in', async () => {
    const { hash } = await import('@node-rs/argon2')
    const old = await hash('cuaso-demo-2026', { memoryCost: 8192, timeCost: 1 })
    await db.write(province, (tx) => sql`update officer set password_hash = ${old} where username = 'baclieu.lanhdao'`.execute(tx))
    await signedIn('baclieu.lanhdao')
    const { rows } = await db.read(province, (tx) =>
      sql<{ hash: string }>`select password_hash as hash from officer where username = 'baclieu.lanhdao'`.execute(tx),
    )
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await signedIn('baclieu.lanhdao')
  })

  test('signing in ends the session the browser held before', async () => {
    const { token } = await signedIn('caicach')
    await signInOfficer(host, { username: 'caicach', password: 'cuaso-demo-2026', place, replaces: tokenHashOf(token) })
    expect(await sessions.find(province, token, now)).toBeUndefined()
  })
})

describe('accounts', () => {
  test('a new officer holds nothing until the temporary password is changed, and it stops working after three days', async () => {
    const start = now
    const { actor: administrator } = await signedIn('quantri')
    const temporaryPassword = 'mfwq-tndx-7k3v-zzpb'
    const input = {
      username: 'kiem.thu',
      name: 'Kiêm Thu',
      position: '',
      agencyCode: 'H12.144',
      phone: null,
      email: null,
      temporaryPassword,
    }
    const created = await act(administrator, (cx) => createOfficer(cx, input))
    const officerId = created.ok ? created.value.officerId : ''
    expect(code(await act(administrator, (cx) => createOfficer(cx, input)))).toBe('identity.username-taken')
    const grant = {
      officerId,
      role: 'clerk',
      agencyCode: 'H12.144',
      subtree: false,
      validFrom: dayOf(now),
      validTo: null,
      reason: '',
    } as const
    expect(code(await act(administrator, (cx) => grantRole(cx, grant)))).toBe('ok')

    const { actor, token } = await signedIn('kiem.thu', temporaryPassword)
    expect(actor.kind === 'officer' && actor.grants).toEqual([])
    if (actor.kind !== 'officer') throw new Error('not an officer')
    expect(
      code(
        await changePassword(host, actor, {
          current: temporaryPassword,
          next: 'kiemthu-2026-cuaso',
          repeat: 'kiemthu-2026-cuaso',
          place,
          factorAt: null,
        }),
      ),
    ).toBe('identity.weak-password')
    const changed = await changePassword(host, actor, { current: temporaryPassword, next: strong, repeat: strong, place, factorAt: null })
    expect(code(changed)).toBe('ok')
    expect(await sessions.find(province, token, now)).toBeUndefined()
    const session = changed.ok ? await sessions.find(province, changed.value.token, now) : undefined
    expect(session?.actor.kind === 'officer' && session.actor.grants).toEqual([{ role: 'clerk', agencyCode: 'H12.144', subtree: false }])

    await act(administrator, (cx) => resetPassword(cx, { officerId, temporaryPassword }))
    now = start.add({ hours: 73 })
    expect(code(await signInOfficer(host, { username: 'kiem.thu', password: temporaryPassword, place, replaces: null }))).toBe(
      'identity.temporary-password-expired',
    )
    now = start
  })

  test('no event and no stored answer holds a password', async () => {
    const { rows } = await db.read(province, (tx) =>
      sql<{
        all: string
      }>`select (select jsonb_agg(e)::text from event e) || (select jsonb_agg(r)::text from request_log r) as all`.execute(tx),
    )
    expect(rows[0]?.all).not.toMatch(/mfwq-tndx|argon2|cuaso-demo-2026/)
    expect(rows[0]?.all).not.toMatch(/0961\d{8}/)
  })

  test('a deactivated officer is out at once and cannot come in; opened again, they hold no role', async () => {
    const { actor: administrator } = await signedIn('quantri')
    const { token } = await signedIn('tuphap.chuyenvien')
    const officerId = await idOf('tuphap.chuyenvien')
    expect(code(await act(administrator, (cx) => deactivateOfficer(cx, { officerId, reason: 'Nghỉ việc' })))).toBe('ok')
    expect(await sessions.find(province, token, now)).toBeUndefined()
    expect(code(await signInOfficer(host, { username: 'tuphap.chuyenvien', password: 'cuaso-demo-2026', place, replaces: null }))).toBe(
      'identity.wrong-password',
    )
    await act(administrator, (cx) => reactivateOfficer(cx, { officerId }))
    const { actor } = await signedIn('tuphap.chuyenvien')
    expect(actor.kind === 'officer' && actor.grants).toEqual([])
  })
})

describe('roles', () => {
  const base = { subtree: false, validFrom: dayOf(now), validTo: null, reason: 'thử' } as const

  test('a clerk grants nothing to anybody', async () => {
    const { actor } = await signedIn('motcua.cainuoc')
    const officerId = await idOf('cainuoc.chuyenvien')
    expect(code(await act(actor, (cx) => grantRole(cx, { ...base, officerId, role: 'clerk', agencyCode: 'H12.144' })))).toBe(
      'access.denied',
    )
  })

  test('a unit’s administrator grants within the unit only, and never a role that reaches the province', async () => {
    const { actor: top } = await signedIn('quantri')
    const unitAdministrator = await idOf('xaydung.lanhdao')
    await act(top, (cx) => grantRole(cx, { ...base, officerId: unitAdministrator, role: 'administrator', agencyCode: 'H12.15' }))
    const { actor } = await signedIn('xaydung.lanhdao')
    const officerId = await idOf('xaydung.chuyenvien')
    const grant = (more: object) => act(actor, (cx) => grantRole(cx, { ...base, officerId, role: 'clerk', agencyCode: 'H12.15', ...more }))
    expect(code(await grant({}))).toBe('ok')
    expect(code(await grant({}))).toBe('identity.same-grant')
    expect(code(await grant({ agencyCode: 'H12.09' }))).toBe('access.denied')
    expect(code(await grant({ subtree: true }))).toBe('identity.more-than-held')
    expect(
      code(await act(actor, (cx) => grantRole(cx, { ...base, officerId: unitAdministrator, role: 'clerk', agencyCode: 'H12.15' }))),
    ).toBe('identity.own-grant')
    const topId = await idOf('quantri')
    expect(code(await act(actor, (cx) => resetPassword(cx, { officerId: topId, temporaryPassword: 'mfwq-tndx-7k3v-zzpb' })))).toBe(
      'access.denied',
    )
  })

  test('a role held for a period counts in that period only', async () => {
    const start = now
    const { actor } = await signedIn('quantri')
    const officerId = await idOf('cainuoc.chuyenvien')
    const grant = { ...base, officerId, role: 'clerk', agencyCode: 'H12.144', validFrom: '2026-11-25', validTo: '2026-11-26' } as const
    expect(code(await act(actor, (cx) => grantRole(cx, grant)))).toBe('ok')
    const roles = async (at: string): Promise<string[]> => {
      now = Temporal.Instant.from(at)
      const { actor: then } = await signedIn('cainuoc.chuyenvien')
      return then.kind === 'officer' ? then.grants.map((held) => held.role) : []
    }
    expect(await roles('2026-11-24T16:59:00Z')).toEqual(['specialist'])
    expect(await roles('2026-11-24T17:00:00Z')).toEqual(['specialist', 'clerk'])
    expect(await roles('2026-11-26T16:59:00Z')).toEqual(['specialist', 'clerk'])
    expect(await roles('2026-11-26T17:00:00Z')).toEqual(['specialist'])
    now = start
  })

  test('a head hands the role on to a deputy for some days; it cannot be handed further and ends with the head’s own', async () => {
    const { actor: head } = await signedIn('cainuoc.lanhdao')
    const delegateId = await idOf('cainuoc.chuyenvien')
    const { rows } = await db.read(province, (tx) =>
      sql<{ id: string }>`select g.id from role_grant g join officer o on o.id = g.officer_id where o.username = 'cainuoc.lanhdao'`.execute(
        tx,
      ),
    )
    const grantId = rows[0]?.id ?? ''
    const input = {
      grantId,
      delegateId,
      agencyCode: 'H12.144',
      subtree: false,
      validFrom: dayOf(now),
      validTo: '2026-12-05',
      reason: 'Đi họp',
    }
    expect(code(await act(head, (cx) => delegateRole(cx, { ...input, agencyCode: 'H12' })))).toBe('access.denied')
    expect(code(await act(head, (cx) => delegateRole(cx, { ...input, subtree: true })))).toBe('identity.more-than-held')
    const delegated = await act(head, (cx) => delegateRole(cx, input))
    expect(code(delegated)).toBe('ok')
    const { actor: deputy, token } = await signedIn('cainuoc.chuyenvien')
    expect(deputy.kind === 'officer' && deputy.grants.map((held) => held.role)).toContain('unit_head')
    const third = await idOf('motcua.cainuoc')
    const again = { ...input, grantId: delegated.ok ? delegated.value.grantId : '', delegateId: third }
    expect(code(await act(deputy, (cx) => delegateRole(cx, again)))).toBe('identity.not-delegable')

    const { actor: top } = await signedIn('quantri')
    const revoked = await act(top, (cx) => revokeRole(cx, { grantId, reason: 'Thôi chức' }))
    expect(revoked.ok && revoked.value.revoked).toBe(2)
    expect(await sessions.find(province, token, now)).toBeUndefined()
  })

  test('the last administrator of the province stays, even when two remove each other at the same moment', async () => {
    const { actor: first } = await signedIn('quantri')
    const firstId = await idOf('quantri')
    expect(code(await act(first, (cx) => deactivateOfficer(cx, { officerId: firstId, reason: '' })))).toBe('identity.last-administrator')
    const secondId = await idOf('caicach')
    const second = await act(first, (cx) =>
      grantRole(cx, { ...base, officerId: secondId, role: 'administrator', agencyCode: 'H12', subtree: true }),
    )
    const { actor: other } = await signedIn('caicach')
    const own = await db.read(province, async (tx) => {
      const { rows } = await sql<{
        id: string
      }>`select id from role_grant where officer_id = ${firstId}::uuid and role = 'administrator'`.execute(tx)
      return rows[0]?.id ?? ''
    })
    const answers = await Promise.all([
      act(first, (cx) => revokeRole(cx, { grantId: second.ok ? second.value.grantId : '', reason: '' })),
      act(other, (cx) => revokeRole(cx, { grantId: own, reason: '' })),
    ])
    // Whoever comes second has lost the right by then, or would be removing the last one.
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const { rows } = await db.read(province, (tx) =>
      sql<{
        count: number
      }>`select count(*) from role_grant where role = 'administrator' and agency_code = 'H12' and revoked_at is null`.execute(tx),
    )
    expect(rows[0]?.count).toBe(1)
  })
})

describe('permissions', () => {
  test('rules come from the modules once; what an administrator changed stays and is kept in history', async () => {
    expect(await seedPermissions(db, province, permissions, now)).toBe(0)
    const administrator: Actor = {
      kind: 'officer',
      officerId: await idOf('quantri'),
      name: 'Quản trị',
      grants: [{ role: 'administrator', agencyCode: 'H12', subtree: true }],
    }
    const change = (role: 'leader' | 'administrator', action: string, scope: 'none' | 'own' | 'province') =>
      act(administrator, (cx) => changePermissions(cx, { action, scopes: { [role]: scope } }))
    expect(code(await change('administrator', 'identity.change-permissions', 'none'))).toBe('identity.right-needed')
    expect(code(await change('leader', 'identity.fly', 'province'))).toBe('identity.unknown-action')
    expect(code(await change('leader', 'identity.see-officers', 'none'))).toBe('ok')
    await keeper.refresh(province)
    const leader: Actor = { kind: 'officer', officerId: 'x', name: 'x', grants: [{ role: 'leader', agencyCode: 'H12', subtree: true }] }
    expect(keeper.access(province).can(leader, 'identity.see-officers')).toBe(false)
    expect(await seedPermissions(db, province, permissions, now)).toBe(0)
    now = now.add({ seconds: 5 })
    await change('leader', 'identity.see-officers', 'province')
    await keeper.refresh(province)
    expect(keeper.access(province).can(leader, 'identity.see-officers')).toBe(true)
  })
})
