import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../access/index.ts'
import { systemClock } from '../clock.ts'
import { run } from '../command.ts'
import { record } from '../events.ts'
import { ok } from '../result.ts'
import { checkLog, sealAll, sealBatch } from './index.ts'

const { db, province, owner } = await testDatabase()
const access = createAccess([], { isWithin: () => false })
const host = { db, clock: systemClock, access: () => access }

/** One command that records some events, as every module does. */
const happen = (count: number, data: object = { fee: '15000' }) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'test.happen', requestId: randomUUID() }, async (cx) => {
    const events = Array.from({ length: count }, (_, index) => ({
      type: 'test.happened',
      subject: cx.id(),
      agencyCode: 'H12.19',
      data: { ...data, index },
    }))
    await record(cx, { events })
    return ok(null)
  })

const positions = async (): Promise<string[]> =>
  (await owner(`select position::text as position from ${province.schema}.event order by tx, position`)).map((row) => String(row.position))

/** Does something to the log as its owner, looks, and puts everything back. */
async function tampered(statement: string, values: unknown[] = []) {
  const { schema } = province
  await owner(`create table keep_event as select * from ${schema}.event`)
  await owner(`create table keep_seal as select * from ${schema}.event_seal`)
  try {
    await owner(statement, values)
    return await checkLog(db, province)
  } finally {
    await owner(`truncate ${schema}.event, ${schema}.event_seal`)
    await owner(`insert into ${schema}.event overriding system value select * from keep_event`)
    await owner(`insert into ${schema}.event_seal select * from keep_seal`)
    await owner('drop table keep_event, keep_seal')
  }
}

describe('a sealed log', () => {
  let all: string[] = []
  beforeAll(async () => {
    await happen(3, { text: 'Nguyễn Văn “A”\n', number: 1.5, deep: { b: [1, null, true], a: '' } })
    await happen(1)
    await sealAll(host, province)
    await happen(4)
    await sealAll(host, province)
    await happen(2)
    all = await positions()
  })

  test('is found whole, and what is not sealed yet is counted', async () => {
    const check = await checkLog(db, province)
    expect(check).toMatchObject({ ok: true, seals: 2, events: 8, unsealed: 2 })
    expect(check.head).toMatch(/^[0-9a-f]{64}$/)
    expect(check.broken).toBeUndefined()
  })

  test('cannot be changed by the application', async () => {
    for (const statement of [`update event set type = 'x'`, 'delete from event', 'truncate event', 'delete from event_seal']) {
      await expect(db.pool(province).query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('names the event of which the owner changed one byte', async () => {
    const position = all[5]
    const check = await tampered(`update ${province.schema}.event set data = jsonb_set(data, '{fee}', '"15001"') where position = $1`, [
      position,
    ])
    expect(check).toMatchObject({ ok: false, seals: 1, broken: { kind: 'event-altered', batch: 2, position, type: 'test.happened' } })
    expect(check.broken?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })

  test.each([
    ['who did it', `actor = '{"kind":"system","name":"other"}'`],
    ['when', `at = at + interval '1 microsecond'`],
    ['what it was', `type = 'test.undone'`],
    ['whose request it was', 'request_id = gen_random_uuid()'],
    ['where', `agency_code = null`],
    ['its place in the order', `tx = '999999999'::xid8`],
  ])('names the event when the owner changed %s', async (_what, change) => {
    const check = await tampered(`update ${province.schema}.event set ${change} where position = $1`, [all[1]])
    expect(check.broken).toMatchObject({ kind: 'event-altered', batch: 1, position: all[1] })
  })

  test('names the place of an event that the owner deleted, wherever it stood', async () => {
    for (const index of [0, 2, 3, 7]) {
      const check = await tampered(`delete from ${province.schema}.event where position = $1`, [all[index]])
      expect(check.broken).toEqual({ kind: 'event-missing', batch: index < 4 ? 1 : 2, position: all[index] })
    }
  })

  test('names an event slipped in with an early date and transaction', async () => {
    const check = await tampered(
      `insert into ${province.schema}.event (position, tx, at, type, subject, actor, data) overriding system value
       select 900000, tx, at - interval '1 day', 'test.slipped-in', subject, actor, data from ${province.schema}.event where position = $1`,
      [all[2]],
    )
    expect(check.broken).toMatchObject({ kind: 'event-inserted', batch: 1, position: '900000', type: 'test.slipped-in' })
  })

  test('names the seal that was changed or taken away', async () => {
    const { schema } = province
    const later = await tampered(`update ${schema}.event_seal set sealed_at = sealed_at + interval '1 second' where batch = 1`)
    expect(later.broken).toEqual({ kind: 'seal-altered', batch: 1 })
    const removed = await tampered(`delete from ${schema}.event_seal where batch = 1`)
    expect(removed.broken).toEqual({ kind: 'seal-missing', batch: 1 })
    const shorter = await tampered(`update ${schema}.event_seal set leaves = '' where batch = 2`)
    expect(shorter.broken).toMatchObject({ batch: 2, kind: 'event-inserted', position: all[4] })
  })
})

test('an event whose transaction is still running when later ones commit is sealed in its own order, after it commits', async () => {
  await sealAll(host, province)
  const slow = await db.pool(province).connect()
  try {
    await slow.query('begin')
    await slow.query(
      `insert into event (at, type, subject, actor, data) values (now(), 'test.slow', gen_random_uuid(), '{"kind":"system","name":"slow"}', '{}')`,
    )
    await happen(2)
    expect(await sealBatch(host, province)).toBe(0)
    await slow.query('commit')
  } finally {
    slow.release()
  }
  expect(await sealAll(host, province)).toBe(3)
  expect(await checkLog(db, province)).toMatchObject({ ok: true, unsealed: 0 })
})

test('two sealers at once seal every event once', async () => {
  for (let round = 0; round < 5; round += 1) await happen(5)
  const sealed = await Promise.all(Array.from({ length: 6 }, () => sealAll(host, province)))
  expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(25)
  expect(await checkLog(db, province)).toMatchObject({ ok: true, unsealed: 0 })
})

test('a log longer than a batch is sealed in several and checked in pages', async () => {
  await owner(
    `insert into ${province.schema}.event (at, type, subject, actor, data)
     select now(), 'test.many', gen_random_uuid(), '{"kind":"system","name":"many"}', jsonb_build_object('n', n) from generate_series(1, 12000) n`,
  )
  expect(await sealAll(host, province)).toBe(12_000)
  const { rows } = await db.pool(province).query('select events from event_seal order by batch desc limit 3')
  expect(rows.map((row) => row.events)).toEqual([2000, 2000, 2000])
  expect(await checkLog(db, province)).toMatchObject({ ok: true, unsealed: 0 })
})
