import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { sql } from '../../kernel/database/index.ts'
import type { ImportOutcome } from '../../kernel/import.ts'
import { recount } from '../indicator/index.ts'
import { BIRTH, must, openHouse } from './dossier.test-support.ts'
import type { DossierEvent } from './events.ts'
import { answerSupplement, dossierImport, dossierMeasures, noteOnDossier, submitDossier } from './index.ts'
import { type Dossier, dossierToJson } from './rules/dossier.ts'
import { foldEvents } from './rules/fold.ts'
import * as store from './store.ts'

const { db, province } = await testDatabase()
const house = await openHouse(db, province)

const line = (n: number, change: Record<string, string> = {}): Record<string, string> => ({
  code: `H12.31.01-220315-${String(n).padStart(4, '0')}`,
  procedure_code: BIRTH,
  agency_code: 'H12.31.01',
  channel: n % 3 === 0 ? 'counter' : 'online',
  assisted: 'false',
  submitted_at: '2022-03-15T08:00:00+07:00',
  received_at: '2022-03-15T08:30:00+07:00',
  due_at: '2022-03-15T17:00:00+07:00',
  completed_at: '2022-03-15T16:00:00+07:00',
  returned_at: '2022-03-16T16:00:00+07:00',
  status: '10',
  fee_vnd: n % 2 === 0 ? '8000' : '0',
  paid_vnd: n % 2 === 0 ? '8000' : '0',
  paid_online: n % 2 === 0 ? 'true' : 'false',
  papers_total: '2',
  papers_digitised: n % 5 === 0 ? '1' : '2',
  papers_reused: '0',
  result_electronic: 'true',
  supplement_requests: '0',
  supplement_working_days: '0',
  applicant_name: 'Lý Thị Mười',
  applicant_id: '',
  applicant_phone: '',
  ...change,
})

async function load(lines: readonly Record<string, string>[]): Promise<ImportOutcome> {
  const kind = dossierImport()
  const rows = lines.map((record, n) => {
    const read = kind.parse(record)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: n + 2, row: read.value }
  })
  const total = { imported: 0, unchanged: 0, rejects: [] as ImportOutcome['rejects'][number][] }
  for (let n = 0; n < rows.length; n += 40) {
    const done = await db.write(province, (tx) => kind.apply({ tx, now: house.clock(), province, id: randomUUID }, rows.slice(n, n + 40)))
    total.imported += done.imported
    total.unchanged += done.unchanged
    total.rejects.push(...done.rejects)
  }
  return total
}

const idOf = async (code: string): Promise<string> => {
  const { rows } = await db.read(province, (tx) => sql<{ id: string }>`select id from dossier where code = ${code}`.execute(tx))
  return rows[0]?.id ?? ''
}

const counted = () => recount(house, province, [dossierMeasures])
const hundred = Array.from({ length: 100 }, (_, n) => line(n + 1))

test('a file is loaded once; the same file again changes nothing', async () => {
  expect(await load(hundred)).toEqual({ imported: 100, unchanged: 0, rejects: [] })
  const first = await counted()
  expect(first.difference).toBe(0)
  expect(first.figures).toMatchObject({
    received: 100,
    online: 67,
    finished: 100,
    on_time: 100,
    fee_due: 50,
    paid_online: 50,
    digitised: 80,
  })
  expect(await load(hundred)).toEqual({ imported: 0, unchanged: 100, rejects: [] })
  expect((await counted()).events).toBe(first.events)
})

test('a changed line corrects the dossier, and the counts by the difference', async () => {
  const changed = [...hundred.slice(0, 3), line(4, { channel: 'counter', completed_at: '2022-03-16T08:00:00+07:00' }), ...hundred.slice(4)]
  expect(await load(changed)).toEqual({ imported: 1, unchanged: 99, rejects: [] })
  const after = await counted()
  expect(after.difference).toBe(0)
  expect(after.figures).toMatchObject({ received: 100, online: 66, finished: 100, on_time: 99 })
  const id = await idOf(line(4).code ?? '')
  const events = await db.read(province, (tx) => store.history(tx, id))
  expect(events.map(({ type }) => type)).toEqual(['dossier.imported', 'dossier.corrected'])
  const stored = (await db.read(province, (tx) => store.find(tx, id))) as Dossier
  expect(dossierToJson(foldEvents(events as unknown as DossierEvent[]) as Dossier)).toEqual(dossierToJson(stored))
})

test('rows that cannot be true are rejected with their column; the others load', async () => {
  const outcome = await load([
    line(201),
    line(202, { agency_code: 'H12.101' }),
    line(203, { procedure_code: '9.999999' }),
    line(204, {
      received_at: '2031-01-01T08:00:00+07:00',
      submitted_at: '2031-01-01T08:00:00+07:00',
      status: '2',
      due_at: '',
      completed_at: '',
      returned_at: '',
    }),
    line(201, { fee_vnd: '1' }),
    line(201),
  ])
  expect(outcome.imported).toBe(1)
  expect(outcome.unchanged).toBe(1)
  expect(outcome.rejects.map(({ line: at, column }) => [at, column])).toEqual([
    [3, 'agency_code'],
    [4, 'procedure_code'],
    [5, 'submitted_at'],
    [6, 'code'],
  ])
  expect(outcome.rejects[3]?.reason.vi).toContain('dòng 2')
})

test('working days that the applicant took are taken off before lateness is judged', async () => {
  const late = { completed_at: '2022-03-17T16:00:00+07:00', returned_at: '2022-03-18T16:00:00+07:00' }
  const before = (await counted()).figures.on_time
  await load([line(301, late), line(302, { ...late, supplement_requests: '1', supplement_working_days: '2' })])
  expect((await counted()).figures.on_time).toBe(before + 1)
})

test('a dossier without a due date gets the one of its procedure', async () => {
  await load([line(401, { due_at: '' })])
  const stored = (await db.read(province, async (tx) => store.find(tx, await idOf(line(401).code ?? '')))) as Dossier
  expect(stored.dueAt?.toString()).toBe('2022-03-16T10:30:00Z')
})

test('a code of today that came with a file is not given a second time', async () => {
  house.at('2022-03-15T18:00:00+07:00')
  const code = 'H12.31.01-220315-0900'
  await load([line(601, { code, returned_at: '', completed_at: '', status: '4' })])
  house.at('2022-03-15T18:30:00+07:00')
  const filed = must(
    await house.as({ kind: 'system', name: 'test' }, (cx) =>
      submitDossier(cx, {
        procedureCode: BIRTH,
        agencyCode: 'H12.31.01',
        applicant: { name: 'Lý Thị Mười' },
        channel: 'counter',
        receive: true,
      }),
    ),
  )
  expect(filed.code).toBe('H12.31.01-220315-0901')
  house.at('2026-03-02T08:00:00+07:00')
})

test('an open dossier of the past is worked on here, and then no file changes it any more', async () => {
  const open = { status: '5', completed_at: '', returned_at: '', supplement_requests: '1' }
  await load([line(501, open)])
  const id = await idOf(line(501).code ?? '')
  must(await house.as({ kind: 'system', name: 'test' }, (cx) => answerSupplement(cx, { dossierId: id, note: 'Đã nộp đủ' })))
  must(await house.as({ kind: 'system', name: 'test' }, (cx) => noteOnDossier(cx, { dossierId: id, note: 'Đã kiểm tra' })))
  expect(await load([line(501, open)])).toEqual({ imported: 0, unchanged: 1, rejects: [] })
  expect((await load([line(501, { ...open, fee_vnd: '9000' })])).rejects).toMatchObject([{ column: 'code' }])
  expect((await counted()).difference).toBe(0)
})
