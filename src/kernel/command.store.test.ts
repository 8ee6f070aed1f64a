import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { allow, createAccess } from './access/index.ts'
import { type Call, isUnavailable, run } from './command.ts'
import type { Actor, Context } from './context.ts'
import { openDatabase, type Tx } from './database/index.ts'
import { type Refusal, refusals } from './errors.ts'
import { record } from './events.ts'
import { ok, type Result, refuse } from './result.ts'

const { db, province, owner } = await testDatabase()
await owner('create table ca_mau.thing (name text primary key, amount int not null default 0)')
await owner('grant all on ca_mau.thing to cuaso_app')

const now = Temporal.Instant.from('2026-11-21T03:04:05.123456Z')
const access = createAccess([{ role: 'clerk', action: 'thing.make', scope: 'unit' }], { isWithin: () => false })
const host = { db, clock: () => now, access: () => access }
const citizen: Actor = { kind: 'citizen', personId: randomUUID(), name: 'Nguyễn Thử', personalNumber: '001099012345', phone: '0912345678' }
const refusal: Refusal = { code: 'thing.no', status: 409, message: { vi: 'không', en: 'no' } }

const call = (more: Partial<Call> = {}): Call => ({ province, actor: citizen, name: 'thing.make', ...more })
const add = (tx: Tx, name: string) => sql`insert into thing (name) values (${name})`.execute(tx)
const things = async (name: string): Promise<number> => (await owner('select 1 from ca_mau.thing where name = $1', [name])).length

/** Makes a thing, as a command does: the work, then its record. */
const make =
  (name: string, more: { data?: object } = {}) =>
  async (cx: Context): Promise<Result<{ id: string; name: string }>> => {
    await add(cx.tx, name)
    const view = { id: cx.id(), name }
    await record(cx, { events: [{ type: 'thing.made', subject: view.id, agencyCode: 'H12.1', data: more.data ?? { name } }], result: view })
    return ok(view)
  }

describe('a command', () => {
  test('that refuses, refuses access or breaks leaves nothing behind', async () => {
    const refusing = await run(host, call(), async (cx) => {
      await add(cx.tx, 'refused')
      return refuse(refusal)
    })
    expect(refusing).toEqual({ ok: false, error: refusal })
    const denied = await run(host, call(), async (cx) => {
      await add(cx.tx, 'denied')
      allow(cx, 'thing.make', { agencyCode: 'H12' })
      return ok(null)
    })
    expect(denied).toEqual({ ok: false, error: refusals.denied })
    const bug = run(host, call(), async (cx) => {
      await add(cx.tx, 'broken')
      throw new TypeError('a bug')
    })
    await expect(bug).rejects.toThrow('a bug')
    expect([await things('refused'), await things('denied'), await things('broken')]).toEqual([0, 0, 0])
  })

  test('repeated with its request id is done once and answers the same', async () => {
    const requestId = randomUUID()
    const first = await run(host, call({ requestId }), make('once'))
    const second = await run(host, call({ requestId }), make('once-again'))
    expect(second).toEqual(first)
    expect([await things('once'), await things('once-again')]).toEqual([1, 0])
  })

  test('repeated after the world moved on, when it would now be refused, still answers as the first time', async () => {
    const requestId = randomUUID()
    const first = await run(host, call({ requestId }), make('moved-on'))
    expect(await run(host, call({ requestId }), async () => refuse(refusal))).toEqual(first)
  })

  test('sent ten times at once is done once, and all ten hear the same', async () => {
    const requestId = randomUUID()
    const all = await Promise.all(Array.from({ length: 10 }, () => run(host, call({ requestId }), make('at-once'))))
    expect(new Set(all.map((result) => JSON.stringify(result))).size).toBe(1)
    expect(all[0]?.ok).toBe(true)
    expect(await things('at-once')).toBe(1)
  })

  test('that did nothing may be tried again with the same request id', async () => {
    const requestId = randomUUID()
    expect(await run(host, call({ requestId }), async () => refuse(refusal))).toMatchObject({ ok: false })
    expect(await run(host, call({ requestId }), make('second-thought'))).toMatchObject({ ok: true })
  })

  test('does not answer a stranger, nor another command, with what a request id once did', async () => {
    const requestId = randomUUID()
    await run(host, call({ requestId }), make('mine'))
    const stranger = { kind: 'citizen', personId: randomUUID(), name: 'Người khác' } as const
    for (const other of [call({ requestId, actor: stranger }), call({ requestId, name: 'thing.unmake' })]) {
      expect(await run(host, other, make('mine-too'))).toEqual({ ok: false, error: refusals.requestReused })
    }
  })

  test('with a request id that is no id is refused before it does anything', async () => {
    expect(await run(host, call({ requestId: 'x' }), make('no-id'))).toEqual({ ok: false, error: refusals.badRequest })
    expect(await things('no-id')).toBe(0)
  })

  test('that meets another one and deadlocks is tried again until both are done', async () => {
    await owner(`insert into ca_mau.thing (name) values ('left'), ('right')`)
    const bump = (tx: Tx, name: string) => sql`update thing set amount = amount + 1 where name = ${name}`.execute(tx)
    const both =
      (first: string, second: string) =>
      async (cx: Context): Promise<Result<null>> => {
        await bump(cx.tx, first)
        await new Promise((resolve) => setTimeout(resolve, 30))
        await bump(cx.tx, second)
        return ok(null)
      }
    await owner(`alter database ${(await owner('select current_database() as name'))[0]?.name} set deadlock_timeout = '50ms'`).catch(
      () => undefined,
    )
    const results = await Promise.all([run(host, call(), both('left', 'right')), run(host, call(), both('right', 'left'))])
    expect(results.map((result) => result.ok)).toEqual([true, true])
    expect(await owner(`select amount from ca_mau.thing where name in ('left', 'right')`)).toEqual([{ amount: 2 }, { amount: 2 }])
  })

  test('that breaks a rule of the database is a bug and not a quiet refusal', async () => {
    await run(host, call(), make('unique'))
    await expect(run(host, call({ requestId: randomUUID() }), make('unique'))).rejects.toMatchObject({ code: '23505' })
  })

  test('that cannot reach the database is asked to come back, with the same request id', async () => {
    const gone = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })
    expect(await run({ ...host, db: gone }, call(), make('gone'))).toEqual({ ok: false, error: refusals.busy })
    await gone.close()
    const cut = await run(host, call({ requestId: randomUUID() }), async (cx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(cx.tx)
      await db.pool(province).query('select pg_terminate_backend($1)', [rows[0]?.pid])
      return make('cut')(cx)
    })
    expect(cut).toEqual({ ok: false, error: refusals.busy })
    expect(await things('cut')).toBe(0)
  })

  test('gets its time and its ids from outside', async () => {
    const seen = await run(host, call(), async (cx) => ok([cx.now.toString(), cx.random(4).length, cx.locale]))
    expect(seen).toEqual(ok([now.toString(), 4, 'vi']))
    const id = await run(host, call(), async (cx) => ok(cx.id()))
    expect(id.ok && Number.parseInt(id.value.replaceAll('-', '').slice(0, 12), 16)).toBe(now.epochMilliseconds)
  })
})

test.each([
  ['57P01', true],
  ['57P03', true],
  ['08006', true],
  ['53300', true],
  ['ECONNREFUSED', true],
  ['25006', true],
  ['57014', false],
  ['23505', false],
  ['22P02', false],
])('error %s says that the database is away: %s', (code, away) => expect(isUnavailable(Object.assign(new Error('x'), { code }))).toBe(away))

describe('the record of a command', () => {
  test('is its events in their order, who did it without numbers or contacts, its deltas, and its answer', async () => {
    const requestId = randomUUID()
    await run(host, call({ requestId }), async (cx) => {
      const events = ['first', 'second', 'third'].map((name) => ({
        type: `thing.${name}`,
        subject: cx.id(),
        agencyCode: null,
        data: { name, '"quoted"': 'Đất đai 😀' },
      }))
      const values = [
        [1, 1],
        [2, -1],
        [3, 0],
      ] as const
      await record(cx, {
        events,
        deltas: [
          { agencyCode: 'H12.1', day: '2026-11-21', procedureCode: '1.001', channel: 'online', values },
          { agencyCode: 'H12.1', day: '2026-11-21', procedureCode: '1.001', channel: 'online', values: [[4, 0]] },
        ],
        result: { at: '2026-11-21' },
      })
      return ok(null)
    })
    const events = await owner(
      'select type, agency_code, actor, data, at, tx::text from ca_mau.event where request_id = $1 order by position',
      [requestId],
    )
    expect(events.map((event) => event.type)).toEqual(['thing.first', 'thing.second', 'thing.third'])
    expect(new Set(events.map((event) => event.tx)).size).toBe(1)
    expect(events[0]).toMatchObject({ agency_code: null, data: { name: 'first', '"quoted"': 'Đất đai 😀' } })
    expect(events[0]?.actor).toEqual({ kind: 'citizen', id: (citizen as { personId: string }).personId, name: 'Nguyễn Thử' })
    expect(events[0]?.at).toEqual(new Date('2026-11-21T03:04:05.123Z'))
    expect(await owner('select agency_code, day::text, counts from ca_mau.indicator_delta')).toEqual([
      { agency_code: 'H12.1', day: '2026-11-21', counts: '1 -2' },
    ])
    expect(await owner('select command, actor_key, result from ca_mau.request_log where request_id = $1', [requestId])).toEqual([
      { command: 'thing.make', actor_key: `citizen:${(citizen as { personId: string }).personId}`, result: { at: '2026-11-21' } },
    ])
  })

  test('is one statement, whatever it holds', async () => {
    let statements = 0
    await run(host, call(), async (cx) => {
      const counting = new Proxy(cx.tx, {
        get: (tx, key) => {
          if (key === 'executeQuery') statements += 1
          const value = Reflect.get(tx, key) as unknown
          return typeof value === 'function' ? value.bind(tx) : value
        },
      })
      await record(
        { ...cx, tx: counting },
        { events: Array.from({ length: 40 }, () => ({ type: 'thing.many', subject: cx.id(), data: {} })) },
      )
      return ok(null)
    })
    expect(statements).toBeLessThanOrEqual(1)
    expect(await owner(`select count(*)::int as n from ca_mau.event where type = 'thing.many'`)).toEqual([{ n: 40 }])
  })
})
