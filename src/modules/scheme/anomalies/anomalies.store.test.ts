import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { createAccess } from '../../../kernel/access/index.ts'
import { run } from '../../../kernel/command.ts'
import type { Actor } from '../../../kernel/context.ts'
import { sql } from '../../../kernel/database/index.ts'
import type { ImportKind } from '../../../kernel/import.ts'
import { loadCatalogue } from '../../catalogue/index.ts'
import { dossierImport } from '../../dossier/index.ts'
import { loadDirectory, loadOrganisationData, permissionTree } from '../../organisation/index.ts'
import { NATIONAL, provinceUnit } from '../index.ts'
import { permissions } from '../permissions.ts'
import { findCase, findCases } from './find-cases.ts'
import { reviewCase } from './review-case.ts'
import { scoreBoth } from './without-assisted.ts'

const { db, province } = await testDatabase()
const NOW = Temporal.Instant.from('2022-05-20T03:00:00Z')
const period = { from: '2022-03-01', to: '2022-03-31' }

const line = (agency: string, day: string, n: number, change: Record<string, string> = {}): Record<string, string> => ({
  code: `${agency}-${day.slice(2).replaceAll('-', '')}-${String(n).padStart(4, '0')}`,
  procedure_code: '1.001193',
  agency_code: agency,
  channel: 'online',
  assisted: 'false',
  submitted_at: `${day}T08:00:00+07:00`,
  received_at: `${day}T08:30:00+07:00`,
  due_at: `${day}T17:00:00+07:00`,
  completed_at: `${day}T16:30:00+07:00`,
  returned_at: `${day}T16:45:00+07:00`,
  status: '10',
  fee_vnd: '0',
  paid_vnd: '0',
  paid_online: 'false',
  papers_total: '2',
  papers_digitised: '2',
  papers_reused: '0',
  result_electronic: n % 2 === 0 ? 'true' : 'false',
  supplement_requests: '0',
  supplement_working_days: '0',
  applicant_name: 'Lý Thị Mười',
  applicant_id: `0961900${String(10_000 + n)}`,
  applicant_phone: `0100${String(100_000 + n)}`,
  ...change,
})
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const officer = (role: 'reform_officer' | 'unit_head'): Actor => ({
  kind: 'officer',
  officerId: randomUUID(),
  name: 'Mai Xuân Phúc',
  grants: [{ role, agencyCode: 'H12', subtree: true }],
})
const host = {
  db,
  clock: () => NOW,
  access: () =>
    createAccess(
      permissions,
      permissionTree(db, province, () => '2022-05-20'),
    ),
}

beforeAll(async () => {
  await loadOrganisationData({ db, clock: () => NOW }, province)
  await loadCatalogue({ db, clock: () => NOW }, province)
  const rows = [
    // Two thirds with help; a quiet month but for its last day.
    ...range(1, 40).map((n) => line('H12.31.01', '2022-03-15', n, n <= 27 ? { assisted: 'true' } : {})),
    ...range(10, 14).flatMap((day) => range(1, 3).map((n) => line('H12.31.02', `2022-03-${day}`, n + 50 * day))),
    ...range(1, 30).map((n) => line('H12.31.02', '2022-03-31', n + 900)),
    // Nine people under one number.
    ...range(1, 9).map((n) => line('H12.31.03', '2022-03-16', n + 2000, { applicant_phone: '0100999321' })),
  ]
  const kind = dossierImport() as ImportKind<unknown>
  const read = rows.map((record, i) => {
    const parsed = kind.parse(record)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    return { line: i + 2, row: parsed.value }
  })
  const done = await db.write(province, (tx) => kind.apply({ tx, now: NOW, province, id: randomUUID }, read))
  expect(done.rejects).toEqual([])
  // Results taken back and supplements asked, as their events would say.
  await db.write(province, async (tx) => {
    const ids = (
      await sql<{ id: string }>`select id from dossier where agency_code = 'H12.31.01' order by code limit 4`.execute(tx)
    ).rows.map(({ id }) => id)
    const event = (type: string, id: string | undefined, at: string, data: object) =>
      sql`insert into event (at, type, subject, agency_code, actor, data)
        values (${at}::timestamptz, ${type}, ${id}::uuid, 'H12.31.01', ${JSON.stringify({ kind: 'officer', id: '01900000-0000-7000-8000-000000000007', name: 'Trần Văn Khánh' })}::jsonb, ${JSON.stringify(data)}::jsonb)`.execute(
        tx,
      )
    await event('dossier.issued', ids[0], '2022-03-15T16:40:00+07:00', {})
    await event('dossier.undone', ids[0], '2022-03-16T08:00:00+07:00', { undoes: [{ version: 3, type: 'dossier.issued' }] })
    await event('dossier.undone', ids[1], '2022-03-16T08:00:00+07:00', { undoes: [{ version: 2, type: 'dossier.assigned' }] })
    for (const id of ids.slice(1)) await event('dossier.supplement-requested', id, '2022-03-15T15:00:00+07:00', { note: 'x' })
  })
})

const cases = () => db.snapshot(province, (tx) => findCases(tx, period, NOW))

test('help, one number, a burst at the close, a result taken back and stopped clocks are found, each with what shows it', async () => {
  const found = (await cases()).cases.map(({ kind, agencyCode, count, of }) => [kind, agencyCode, count, of])
  expect(found).toEqual([
    ['taken-back', 'H12.31.01', 1, 1],
    ['stop-clock', 'H12.31.01', 3, 3],
    ['one-phone', 'H12.31.03', 9, 9],
    ['burst', 'H12.31.02', 30, 3],
    ['assisted-share', 'H12.31.01', 27, 40],
  ])
})

test('the evidence shows dossiers and no number in full, and a case is named after a dossier, not a number', async () => {
  const [shared] = (await cases()).cases.filter(({ kind }) => kind === 'one-phone')
  expect(shared?.key).toContain(shared?.dossiers[0])
  for (const { key, count } of (await cases()).cases) {
    const found = await db.snapshot(province, (tx) => findCase(tx, period, key, NOW))
    expect(found?.evidence.length).toBe(count)
    for (const { number, phone } of found?.evidence ?? []) expect([number, phone].join(' ')).toMatch(/^•+\d{3} •+\d{3}$/)
  }
})

test('the reform office notes what it found, once for a request; others may not', async () => {
  const [first] = (await cases()).cases
  const input = { ...period, key: first?.key ?? '', note: 'Đã hỏi đơn vị: ghi nhầm kết quả của hồ sơ khác.' }
  const call = { province, requestId: randomUUID(), name: 'anomaly.review' }
  const review = () => run(host, { ...call, actor: officer('reform_officer') }, (cx) => reviewCase(cx, input))
  expect((await review()).ok).toBe(true)
  const [after] = (await cases()).cases
  expect(after?.reviews.map(({ note, reviewedBy }) => [note, reviewedBy])).toEqual([[input.note, 'Mai Xuân Phúc']])
  const refused = await run(host, { ...call, requestId: randomUUID(), actor: officer('unit_head') }, (cx) => reviewCase(cx, input))
  expect(refused.ok ? '' : refused.error.code).toBe('access.denied')
  const gone = await run(host, { ...call, requestId: randomUUID(), actor: officer('reform_officer') }, (cx) =>
    reviewCase(cx, { ...input, key: 'burst H12 x' }),
  )
  expect(gone.ok ? '' : gone.error.code).toBe('scheme.no-anomaly')
})

test('the score without assisted filings is that of the other dossiers', async () => {
  const both = await db.snapshot(province, async (tx) => {
    const directory = await loadDirectory(tx)
    return scoreBoth(tx, { period, scheme: NATIONAL }, provinceUnit(directory, period), NOW)
  })
  const total = both.with.amounts.received ?? 0
  expect([both.assisted, both.without.amounts.received, both.without.amounts.on_time]).toEqual([27, total - 27, total - 27])
  expect(both.without.amounts.assisted).toBe(0)
  expect(both.with.amounts.assisted).toBe(27)
})
