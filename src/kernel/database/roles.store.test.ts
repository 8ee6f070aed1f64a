import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'

const { db, province, owner } = await testDatabase()

const refused = { code: '42501' }

test('the application works in its province without naming the schema', async () => {
  const { rows } = await db.read(province, (tx) => sql<{ path: string }>`select current_schema() as path`.execute(tx))
  expect(rows).toEqual([{ path: 'ca_mau' }])
})

test('the application may read and add events, and may not change, remove or empty the log', async () => {
  await db.write(province, (tx) =>
    sql`insert into event (at, type, subject, actor, data) values (now(), 'test.happened', gen_random_uuid(), '{}', '{}')`.execute(tx),
  )
  for (const statement of [sql`update event set data = '{"a":1}'`, sql`delete from event`, sql`truncate event`, sql`drop table event`]) {
    await expect(db.write(province, (tx) => statement.execute(tx))).rejects.toMatchObject(refused)
  }
  expect(await owner('select count(*)::int as n from ca_mau.event')).toEqual([{ n: 1 }])
})

test('the application may not give itself rights or make tables', async () => {
  // PostgreSQL answers this one with a warning, so what counts is that it changed nothing.
  await db.write(province, (tx) => sql`grant update on event to current_user`.execute(tx))
  await expect(db.write(province, (tx) => sql`update event set data = '{"a":2}'`.execute(tx))).rejects.toMatchObject(refused)
  const [{ who } = {}] = await owner('select current_user as who')
  for (const statement of [sql`create table mine (id int)`, sql`set local role ${sql.id(String(who))}`, sql`create schema mine`]) {
    await expect(db.write(province, (tx) => statement.execute(tx))).rejects.toMatchObject(refused)
  }
})
