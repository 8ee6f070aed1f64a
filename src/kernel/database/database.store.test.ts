import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { migrationsFolder } from '../paths.ts'
import { transact } from './driver.ts'
import { later, openDatabase, type Province, schemaOf, type Tx } from './index.ts'
import { createProvince, migrate } from './migrate.ts'

const { db, province, owner, ownerUrl, appUrl } = await testDatabase()
const options = { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
const other: Province = await createProvince(options, { slug: 'bac-lieu', name: 'Tỉnh Bạc Liêu', code: '95' })

const addEvent = (tx: Tx, type: string) =>
  sql`insert into event (at, type, subject, actor, data) values (now(), ${type}, ${randomUUID()}::uuid, '{}'::jsonb, '{}'::jsonb)`.execute(
    tx,
  )
const types = async (one: Province): Promise<string[]> =>
  (await db.read(one, (tx) => sql<{ type: string }>`select type from event order by position`.execute(tx))).rows.map((row) => row.type)

describe('two provinces in one database', () => {
  test('a transaction of one never sees or changes the other, however they take turns', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const one = index % 2 ? province : other
        return db.write(one, (tx) => addEvent(tx, `of.${one.slug}`))
      }),
    )
    expect(new Set(await types(province))).toEqual(new Set(['of.ca-mau']))
    expect(new Set(await types(other))).toEqual(new Set(['of.bac-lieu']))
    expect([(await types(province)).length, (await types(other)).length]).toEqual([30, 30])
  })

  test('the path is local to the transaction: whatever a command does to it is gone afterwards', async () => {
    await db.write(province, (tx) => sql`set local search_path to public`.execute(tx))
    const { rows } = await db.read(province, (tx) => sql<{ path: string }>`select current_setting('search_path') as path`.execute(tx))
    expect(rows[0]?.path.replaceAll(' ', '')).toBe('ca_mau,shared,public')
    await expect(db.read(province, (tx) => sql`select type from event limit 1`.execute(tx))).resolves.toBeDefined()
  })

  test.each(['public', 'shared', 'pg_catalog', 'pgboss', 'a;drop', 'A', '1a', '', 'a"b', 'x'.repeat(64)])(
    '"%s" is no name for a province',
    (slug) => {
      expect(() => schemaOf(slug)).toThrow('not usable')
    },
  )
})

describe('statements', () => {
  test('are prepared once a connection by their text, also when two share a beginning', async () => {
    const single = openDatabase({ url: appUrl, max: 1 })
    for (let n = 0; n < 3; n += 1) await single.read(province, (tx) => sql`select ${n}::int as n`.execute(tx))
    await single.read(province, (tx) => sql`select ${1}::int as n, 2 as m`.execute(tx))
    const { rows } = await single.pool(province).query(`select statement from pg_prepared_statements order by 1`)
    expect(rows.map((row) => row.statement)).toEqual(['select $1::int as n', 'select $1::int as n, 2 as m'])
    await single.close()
  })

  test('that failed can be sent again in a new transaction', async () => {
    const single = openDatabase({ url: appUrl, max: 1 })
    const half = (tx: Tx, n: number) => sql<{ half: number }>`select 10 / ${n}::int as half`.execute(tx)
    await expect(single.write(province, (tx) => half(tx, 0))).rejects.toMatchObject({ code: '22012' })
    expect((await single.write(province, (tx) => half(tx, 5))).rows).toEqual([{ half: 2 }])
    await single.close()
  })

  test('begin and the search path travel together: a transaction with one statement is three messages', async () => {
    const sent: string[] = []
    const single = openDatabase({ url: appUrl, max: 1 })
    const client = await single.pool(province).connect()
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      sent.push(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text)
      return query(...args)
    }) as typeof client.query
    client.release()
    await single.write(province, (tx) => sql`select 1 as one`.execute(tx))
    expect(sent).toEqual([
      expect.stringMatching(/^begin\s*; set local search_path to ca_mau, shared, public$/),
      'select 1 as one',
      'commit',
    ])
    await single.close()
  })

  test('that are not waited for travel together, in order, and what fails first is what the caller hears', async () => {
    const mark = `of.${randomUUID()}`
    await db.write(province, async (tx) => {
      await later(tx, addEvent(tx, `${mark}.1`))
      await later(tx, addEvent(tx, `${mark}.2`))
    })
    expect((await types(province)).filter((type) => type.startsWith(mark))).toEqual([`${mark}.1`, `${mark}.2`])

    const fails = (tx: Tx) => later(tx, sql`select 1 / ${0}::int`.execute(tx))
    // Told by the end of the transaction, or by the next statement that somebody waits for; nothing of it stays.
    await expect(db.write(province, fails)).rejects.toMatchObject({ code: '22012' })
    const further = db.write(province, async (tx) => {
      await later(tx, addEvent(tx, `${mark}.3`))
      await fails(tx)
      await addEvent(tx, `${mark}.4`)
    })
    await expect(further).rejects.toMatchObject({ code: '22012' })
    const swallowed = db.write(province, async (tx) => {
      await addEvent(tx, `${mark}.5`)
      await sql`select 1 / ${0}::int`.execute(tx).catch(() => undefined)
    })
    await expect(swallowed).rejects.toMatchObject({ code: '22012' })
    expect((await types(province)).filter((type) => type.startsWith(mark))).toHaveLength(2)
    // Outside a transaction there is no later.
    await expect(db.read(province, fails)).rejects.toMatchObject({ code: '22012' })
  })

  test('never stand alone: when begin fails while the connection lives, no write of the transaction is sent', async () => {
    const single = openDatabase({ url: appUrl, max: 1 })
    const begin = `begin isolation level none; set local search_path to ${province.schema}`
    const mark = `of.${randomUUID()}`
    const works: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => addEvent(tx, mark),
      (tx) => later(tx, addEvent(tx, mark)),
      (tx) => Promise.all([later(tx, addEvent(tx, mark)), sql`select 1 as one`.execute(tx), addEvent(tx, mark)]),
      async (tx) => {
        await sql`select 1 as one`.execute(tx).catch(() => undefined)
        await addEvent(tx, mark)
      },
      async (tx) => {
        void sql`select 1 as one`.execute(tx).catch(() => undefined)
        void addEvent(tx, mark).catch(() => undefined)
        throw new Error('gave up')
      },
    ]
    for (const work of works) await expect(transact(single.pool(province), begin, work)).rejects.toThrow()
    await expect(transact(single.pool(province), begin, (tx) => later(tx, addEvent(tx, mark)))).rejects.toMatchObject({ code: '42601' })
    expect((await types(province)).filter((type) => type.startsWith(mark))).toEqual([])
    await single.close()
  })

  test('keep their order also where the first is a write that nobody waits for', async () => {
    const mark = `of.${randomUUID()}`
    const seen = await db.write(province, async (tx) => {
      await later(tx, addEvent(tx, `${mark}.1`))
      const [{ rows }] = await Promise.all([
        sql<{ n: number }>`select count(*)::int as n from event where type like ${`${mark}%`}`.execute(tx),
        addEvent(tx, `${mark}.2`),
      ])
      await later(tx, addEvent(tx, `${mark}.3`))
      return rows
    })
    expect(seen).toEqual([{ n: 1 }])
    expect((await types(province)).filter((type) => type.startsWith(mark))).toEqual([`${mark}.1`, `${mark}.2`, `${mark}.3`])
    const gaveUp = db.write(province, async (tx) => {
      await later(tx, addEvent(tx, `${mark}.4`))
      throw new Error('gave up')
    })
    await expect(gaveUp).rejects.toThrow('gave up')
    expect((await types(province)).filter((type) => type.startsWith(mark))).toHaveLength(3)
  })

  test('of a transaction that is over are refused: the connection is somebody else’s by then', async () => {
    let kept: Tx | undefined
    await db.write(province, async (tx) => {
      kept = tx
    })
    await expect(addEvent(kept as Tx, 'too.late')).rejects.toThrow('over')
  })

  test('keep three hundred plans a connection: the one not used for longest makes room, and is planned anew when it comes back', async () => {
    const single = openDatabase({ url: appUrl, max: 1 })
    const number = (n: number) => single.read(province, (tx) => sql.raw<{ n: number }>(`select ${n} as n`).execute(tx))
    for (let n = 0; n < 310; n += 1) {
      expect((await number(n)).rows).toEqual([{ n }])
      if (n % 50 === 0) await number(3)
    }
    const { rows } = await single
      .pool(province)
      .query("select count(*)::int as n, count(*) filter (where statement = 'select 3 as n')::int as kept from pg_prepared_statements")
    expect(rows).toEqual([{ n: 300, kept: 1 }])
    expect((await number(0)).rows).toEqual([{ n: 0 }])
    // Inside a transaction that has failed, too.
    await expect(
      single.write(province, async (tx) => {
        await sql`select 1 / ${0}::int`.execute(tx).catch(() => undefined)
        for (let n = 400; n < 420; n += 1)
          await sql
            .raw(`select ${n} as n`)
            .execute(tx)
            .catch(() => undefined)
      }),
    ).rejects.toThrow()
    for (let n = 400; n < 420; n += 1) expect((await number(n)).rows).toEqual([{ n }])
    await single.close()
  })

  test('can be read in chunks through a cursor, with parameters', async () => {
    const seen: number[] = []
    await db.write(province, async (tx) => {
      const query = tx.selectFrom(sql<{ n: number }>`generate_series(1, ${7}::int)`.as<'s'>('s')).select(sql<number>`s`.as('n'))
      for await (const row of query.stream(3)) seen.push(row.n as number)
    })
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

test('a snapshot sees one moment and cannot write', async () => {
  await db.snapshot(province, async (tx) => {
    const before = (await sql`select position from event`.execute(tx)).rows.length
    await db.write(province, (other) => addEvent(other, 'of.ca-mau'))
    expect((await sql`select position from event`.execute(tx)).rows.length).toBe(before)
  })
  await expect(db.snapshot(province, (tx) => addEvent(tx, 'x'))).rejects.toMatchObject({ code: '25006' })
})

test('whoever follows on the one connection of a snapshot that was not waited for is in no transaction of its', async () => {
  const narrow = openDatabase({ url: appUrl, max: 1 })
  const isolation = (tx: Tx) => sql<{ level: string }>`select current_setting('transaction_isolation') as level`.execute(tx)
  const levels = await Promise.all(
    Array.from({ length: 30 }, async (_none, n) => {
      if (n % 3 === 1) return narrow.write(province, isolation)
      if (n % 3 === 2) return narrow.read(province, isolation)
      // One that failed, and whose failure was swallowed, is still told of.
      await expect(narrow.snapshot(province, (tx) => sql`select 1 / 0`.execute(tx).catch(() => 'swallowed'))).rejects.toMatchObject({
        code: '22012',
      })
      return narrow.snapshot(province, isolation)
    }),
  )
  expect(levels.map(({ rows }) => rows[0]?.level)).toEqual(levels.map((_one, n) => (n % 3 === 0 ? 'repeatable read' : 'read committed')))
  await narrow.close()
})

test('values arrive as what they are: instants, civil days, decimals as text, whole numbers, empty places', async () => {
  const { rows } = await db.read(province, (tx) =>
    sql<
      Record<string, unknown>
    >`select timestamptz '2026-11-21 20:05:01.123456+07' as at, date '2026-02-28' as day, 1.10::numeric as share, 9007199254740991 as big,
      array[timestamptz '2026-01-01 00:00+00', null] as instants, array[date '2026-01-01'] as days, array[1, null, 3]::bigint[] as bigs,
      array[1.50]::numeric[] as decimals, '{}'::bigint[] as none, '{"a": 1}'::jsonb as json, 4::smallint as small, null::timestamptz as nothing`.execute(
      tx,
    ),
  )
  expect(rows[0]).toEqual({
    at: Temporal.Instant.from('2026-11-21T13:05:01.123456Z'),
    day: '2026-02-28',
    share: '1.10',
    big: 9007199254740991,
    instants: [Temporal.Instant.from('2026-01-01T00:00:00Z'), null],
    days: ['2026-01-01'],
    bigs: [1, null, 3],
    decimals: ['1.50'],
    none: [],
    json: { a: 1 },
    small: 4,
    nothing: null,
  })
  await expect(db.read(province, (tx) => sql`select 9007199254740993 as big`.execute(tx))).rejects.toThrow('safe integer')
})

test('values go in as they are: instants, days, lists of them, objects as JSON', async () => {
  const at = Temporal.Instant.from('2026-11-21T13:05:01.123456Z')
  const { rows } = await db.read(province, (tx) =>
    sql<Record<string, unknown>>`select ${at}::timestamptz as at, ${Temporal.PlainDate.from('2026-02-28')}::date as day,
      ${[at, null]}::timestamptz[] as instants, ${['a,b', 'c"d', '']}::text[] as texts, ${{ a: [1] }}::jsonb as json`.execute(tx),
  )
  expect(rows[0]).toEqual({ at, day: '2026-02-28', instants: [at, null], texts: ['a,b', 'c"d', ''], json: { a: [1] } })
})

describe('a connection that dies', () => {
  test('in the middle of a transaction fails that transaction only; the next one gets another connection', async () => {
    const single = openDatabase({ url: appUrl, max: 1 })
    const broken = single.write(province, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await db.pool(province).query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await new Promise((resolve) => setTimeout(resolve, 50))
      await addEvent(tx, 'lost')
    })
    await expect(broken).rejects.toThrow()
    await expect(single.write(province, (tx) => addEvent(tx, 'of.ca-mau'))).resolves.toBeDefined()
    expect(await types(province)).not.toContain('lost')
    await single.close()
  })

  test('while idle is told and replaced', async () => {
    const told: Error[] = []
    const single = openDatabase({ url: appUrl, max: 1, onError: (error) => told.push(error) })
    const { rows } = await single.read(province, (tx) => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx))
    await db.pool(province).query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(told).toHaveLength(1)
    await expect(single.read(province, (tx) => sql`select 1`.execute(tx))).resolves.toBeDefined()
    await single.close()
  })
})

test('a listener hears of a committed write, not of one that failed, nor of quiet bookkeeping', async () => {
  const heard: string[] = []
  const stop = db.onCommit((one) => heard.push(one.slug))
  await db.write(province, async () => undefined)
  await db.write(province, () => Promise.reject(new Error('no'))).catch(() => undefined)
  await db.write(province, async () => undefined, { quiet: true })
  stop()
  await db.write(province, async () => undefined)
  expect(heard).toEqual(['ca-mau'])
})

describe('migrations', () => {
  test('run once, and a second run changes nothing', async () => {
    expect(await migrate(options)).toBe(0)
  })

  test('give the application its rows and not one right over structure or the append-only logs', async () => {
    const forbidden = [
      'create table x (a int)',
      'alter table event add column x int',
      'drop table request_log',
      'delete from event',
      `update event set type = 'x'`,
      'truncate event',
      'truncate event_seal',
      'update event_seal set events = 1',
      `update migration set name = 'x'`,
      `insert into shared.migration (name, hash) values ('x', 'y')`,
    ]
    for (const statement of forbidden) await expect(db.pool(province).query(statement), statement).rejects.toMatchObject({ code: '42501' })
    const { rows } = await db.pool(province).query('select name from migration order by name')
    expect(rows.map((row) => row.name)).toContain('0001_kernel.sql')
  })

  test('give the application its rights although no file is new, as when it works under another role than last time', async () => {
    await owner('revoke all on all tables in schema ca_mau, shared from cuaso_app')
    await owner('revoke usage on schema ca_mau, shared from cuaso_app')
    expect(await migrate(options)).toBe(0)
    const rights = await owner(
      `select has_table_privilege('cuaso_app', 'ca_mau.event', 'insert') as inserts,
         has_table_privilege('cuaso_app', 'ca_mau.event', 'update') as updates, has_schema_privilege('cuaso_app', 'shared', 'usage') as uses`,
    )
    expect(rights).toEqual([{ inserts: true, updates: false, uses: true }])
  })
})
