import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { access, dossierLine, furnish, officer, open } from '../../../test/support/past.ts'
import { run } from '../../kernel/command.ts'
import type { Actor } from '../../kernel/context.ts'
import { measureSources } from '../../measure-sources.ts'
import { checkSnapshots, closePeriod, findSnapshot, listSnapshots, NATIONAL } from './index.ts'

const { db, province, owner } = await testDatabase()
let now = Temporal.Instant.from('2024-03-10T03:00:00Z')
const host = { db, clock: () => now, access: () => access }
const phuc = officer('Mai Xuân Phúc')
const dao = officer('Lâm Thị Đào')

const close = (from: string, to: string, reason = '', actor: Actor = phuc, requestId?: string) =>
  run(host, { province, actor, name: 'index.close', ...(requestId ? { requestId } : {}) }, (cx) =>
    closePeriod(cx, { from, to, scheme: NATIONAL, reason }),
  )
const check = () => db.snapshot(province, (tx) => checkSnapshots(tx, measureSources))
const all = () => db.read(province, listSnapshots)

let files: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  files = await furnish(db, province, () => now)
  await files.dossiers([1, 2, 3].map((n) => dossierLine(n, '2023-01-10T08:00:00+07:00')))
})

test('two officers who close a period at once close it once: the other is told that nothing has changed', async () => {
  const done = await Promise.all([close('2023-01-01', '2023-01-31'), close('2023-01-01', '2023-01-31', '', dao)])
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  expect(done.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'scheme.closed-unchanged' } })
  // Two corrections at once: one revision, the other finds it made.
  await files.dossiers([dossierLine(4, '2023-01-11T08:00:00+07:00')])
  const again = await Promise.all([
    close('2023-01-01', '2023-01-31', 'Nạp hồ sơ giấy'),
    close('2023-01-01', '2023-01-31', 'Nạp hồ sơ giấy', dao),
  ])
  expect(again.map((one) => (one.ok ? one.value.revision : one.error.code)).sort()).toEqual([2, 'scheme.closed-unchanged'])
  expect((await all()).map(({ revision }) => revision)).toEqual([2, 1])
})

test('two different periods closed at once both stand, and each is found whole', async () => {
  const done = await Promise.all([close('2023-02-01', '2023-02-28'), close('2023-01-01', '2023-03-31', '', dao)])
  expect(done.every(({ ok }) => ok)).toBe(true)
  expect((await check()).map(({ broken, difference }) => [broken, difference])).toEqual(Array(4).fill([null, 0]))
})

test('the same request twice is one closing, answered twice', async () => {
  const requestId = '01890000-0000-7000-8000-0000000000aa'
  const first = await close('2023-03-01', '2023-03-31', '', phuc, requestId)
  expect(first).toMatchObject({ ok: true, value: { revision: 1 } })
  expect(await close('2023-03-01', '2023-03-31', '', phuc, requestId)).toEqual(first)
})

test('a server killed in the middle of a closing leaves nothing behind, and the period is closed the next time', async () => {
  const killed = await run(host, { province, actor: phuc, name: 'index.close' }, async (cx) => {
    const done = await closePeriod(cx, { from: '2023-04-01', to: '2023-04-30', scheme: NATIONAL, reason: '' })
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(cx.tx)
    await owner('select pg_terminate_backend($1)', [rows[0]?.pid])
    return done
  })
  expect(killed).toMatchObject({ ok: false, error: { code: 'service.busy' } })
  const find = () => db.read(province, (tx) => findSnapshot(tx, { scheme: NATIONAL, from: '2023-04-01', to: '2023-04-30' }))
  expect(await find()).toBeUndefined()
  expect(await owner(`select 1 from ca_mau.event where type = 'index.closed' and data ->> 'from' = '2023-04-01'`)).toEqual([])
  expect(await close('2023-04-01', '2023-04-30')).toMatchObject({ ok: true, value: { revision: 1 } })
  expect(await find()).toMatchObject({ revision: 1 })
})

test('a closed period that was taken away, or put in behind the log, is found', async () => {
  const [row] = await owner(`delete from ca_mau.index_snapshot where first = '2023-04-01' returning *`)
  expect((await check()).filter(({ broken }) => broken !== null)).toMatchObject([{ from: '2023-04-01', broken: 'missing' }])
  const names = Object.keys(row ?? {})
  const put = (changed: Record<string, unknown>) =>
    owner(
      `insert into ca_mau.index_snapshot (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
      names.map((name) => ({ ...row, ...changed })[name]),
    )
  await put({ revision: 2 })
  expect((await check()).map(({ broken }) => broken).filter(Boolean)).toEqual(['missing', 'unrecorded'])
  await owner(`delete from ca_mau.index_snapshot where first = '2023-04-01'`)
  await put({})
  expect((await check()).every(({ broken, difference }) => broken === null && difference === 0)).toBe(true)
})

test('dossiers that were open when a period was closed are made again from the log, whatever became of them since', async () => {
  const line = (n: number, due: string, change = {}) => dossierLine(n, '2023-06-20T08:00:00+07:00', { ...open, due_at: due, ...change })
  const lines = [line(1, '2023-06-23T17:00:00+07:00'), line(2, '2023-07-14T17:00:00+07:00')]
  const second = line(3, '2023-07-14T17:00:00+07:00', { status: '5', supplement_requests: '2' })
  await files.dossiers([...lines, second])
  expect(await close('2023-06-01', '2023-06-30')).toMatchObject({ ok: true })
  const amounts = async () => {
    const found = await db.read(province, (tx) => findSnapshot(tx, { scheme: NATIONAL, from: '2023-06-01', to: '2023-06-30' }))
    return JSON.parse(found?.body ?? '{}').province.amounts
  }
  expect(await amounts()).toMatchObject({ received: 3, open_in_time: 1, late: 2, on_time: 0 })
  // Time alone changes nothing: the period is judged at its end.
  now = now.add({ hours: 24 * 30 })
  expect(await close('2023-06-01', '2023-06-30', 'Xem lại')).toMatchObject({ ok: false, error: { code: 'scheme.closed-unchanged' } })
  // Both are finished later, one late: the closed figures still come out of the log.
  await files.dossiers(lines.map((one) => ({ ...one, status: '9', completed_at: '2023-07-15T08:00:00+07:00' })))
  expect(await close('2023-06-01', '2023-06-30', 'Hồ sơ đã xong')).toMatchObject({ ok: true, value: { revision: 2 } })
  expect(await amounts()).toMatchObject({ received: 3, open_in_time: 0, late: 3 })
  const june = async () => (await check()).filter(({ from }) => from === '2023-06-01')
  expect((await june()).map(({ broken, difference }) => [broken, difference])).toEqual(Array(2).fill([null, 0]))
  // A due date moved behind the log's back.
  const moved = (from: string, to: string) =>
    owner(
      `update ca_mau.event set data = replace(data::text, $1, $2)::jsonb
       where type = 'dossier.imported' and data::text like '%2023-06-23T10:00%' and data::text like '%230620-0001%' returning position`,
      [from, to],
    )
  expect(await moved('"dueAt": "2023-06-23T10:00:00.000Z"', '"dueAt": "2023-08-23T10:00:00.000Z"')).toHaveLength(1)
  const [, first] = (await june()).sort((a, b) => b.revision - a.revision)
  expect(first?.differing).toContainEqual({ unit: 'H12', quantity: 'late', closed: 2, counted: 1 })
})
