import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { createAccess } from '../../../kernel/access/index.ts'
import type { App } from '../../../kernel/app.ts'
import { run } from '../../../kernel/command.ts'
import type { Actor } from '../../../kernel/context.ts'
import { sql } from '../../../kernel/database/index.ts'
import type { ImportKind } from '../../../kernel/import.ts'
import { loadCatalogue } from '../../catalogue/index.ts'
import { dossierImport } from '../../dossier/index.ts'
import { foldAll } from '../../indicator/index.ts'
import { loadDirectory, loadOrganisationData, permissionTree } from '../../organisation/index.ts'
import { NATIONAL, provinceUnit } from '../index.ts'
import { permissions } from '../permissions.ts'
import { caseFor, casesFor } from './cases.ts'
import { findCases } from './find-cases.ts'
import { reviewCase } from './review-case.ts'
import { isStale, nightly, refreshRun } from './runs.ts'
import { readRun } from './store.ts'
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

const officer = (role: 'reform_officer' | 'unit_head', agencyCode = 'H12'): Actor => ({
  kind: 'officer',
  officerId: randomUUID(),
  name: 'Mai Xuân Phúc',
  grants: [{ role, agencyCode, subtree: agencyCode === 'H12' }],
})
let now = NOW
const host = {
  db,
  clock: () => now,
  access: () =>
    createAccess(
      permissions,
      permissionTree(db, province, () => '2022-05-20'),
    ),
  jobs: { send: async () => 'job', wake: () => undefined },
} as never as Pick<App, 'db' | 'clock' | 'jobs' | 'access'> & { log: App['log'] }

const MACHINE = '01900000-0000-7000-8000-0000000000aa'

beforeAll(async () => {
  await loadOrganisationData({ db, clock: () => NOW }, province)
  await loadCatalogue({ db, clock: () => NOW }, province)
  const rows = [
    // Two thirds with help; a quiet month but for its last day.
    ...range(1, 40).map((n) => line('H12.31.01', '2022-03-15', n, n <= 27 ? { assisted: 'true' } : {})),
    ...range(10, 14).flatMap((day) => range(1, 3).map((n) => line('H12.31.02', `2022-03-${day}`, n + 50 * day))),
    ...range(1, 30).map((n) => line('H12.31.02', '2022-03-31', n + 900)),
    // Nine people under one number; one of them on the first day of the next month.
    ...range(1, 9).map((n) => line('H12.31.03', '2022-03-16', n + 2000, { applicant_phone: '0100999321' })),
    line('H12.31.03', '2022-04-01', 2050, { applicant_phone: '0100999321' }),
    // Sent from one device, by eight people; from a tablet of the commune, by nine.
    ...range(1, 8).map((n) => line('H12.31.04', '2022-03-17', n + 3000)),
    ...range(1, 9).map((n) => line('H12.31.05', '2022-03-18', n + 3100)),
    // The end of April is a holiday on a Saturday: what came in then is before the close too.
    ...range(1, 5).map((n) => line('H12.31.06', '2022-04-12', n + 4000)),
    ...range(1, 20).map((n) => line('H12.31.06', '2022-04-30', n + 4100)),
  ]
  const kind = dossierImport() as ImportKind<unknown>
  const read = rows.map((record, i) => {
    const parsed = kind.parse(record)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    return { line: i + 2, row: parsed.value }
  })
  const done = await db.write(province, (tx) => kind.apply({ tx, now: NOW, province, id: randomUUID }, read))
  expect(done.rejects).toEqual([])
  await db.write(province, async (tx) => {
    await sql`
      insert into office_machine (id, mark, agency_code, name, since, by_name)
      values (${MACHINE}::uuid, '\\x02', 'H12.31.05', 'Máy tính bảng tổ công nghệ số', ${NOW}::timestamptz, 'Lê Thị Cúc')`.execute(tx)
    await sql`
      insert into filing_device (dossier_id, mark, machine_id, filed_at)
      select id, case agency_code when 'H12.31.04' then '\\x01'::bytea else '\\x02' end, case agency_code when 'H12.31.05' then ${MACHINE}::uuid end, submitted_at
      from dossier where agency_code in ('H12.31.04', 'H12.31.05')`.execute(tx)
    const ids = (
      await sql<{ id: string }>`select id from dossier where agency_code = 'H12.31.01' order by code limit 12`.execute(tx)
    ).rows.map(({ id }) => id)
    const person = (n: number) => ({ kind: 'officer', id: `01900000-0000-7000-8000-00000000000${n}`, name: 'Trần Văn Khánh' })
    const event = (type: string, id: string | undefined, at: string, data: object, actor: object = person(7)) =>
      sql`insert into event (at, type, subject, agency_code, actor, data)
        values (${at}::timestamptz, ${type}, ${id}::uuid, 'H12.31.01', ${JSON.stringify(actor)}::jsonb, ${JSON.stringify(data)}::jsonb)`.execute(
        tx,
      )
    // Due on 15 March 17:00. A result undone, another step undone, a withdrawal by an officer resumed, and one by the citizen.
    await event('dossier.issued', ids[0], '2022-03-15T16:40:00+07:00', {})
    await event('dossier.undone', ids[0], '2022-03-16T08:00:00+07:00', { undoes: [{ version: 3, type: 'dossier.issued' }] })
    await event('dossier.undone', ids[1], '2022-03-16T08:00:00+07:00', { undoes: [{ version: 2, type: 'dossier.assigned' }] })
    for (const [id, who] of [
      [ids[4], person(7)],
      [ids[5], { kind: 'citizen', id: randomUUID(), name: 'Lý Thị Mười' }],
    ] as const) {
      await event('dossier.withdrawn', id, '2022-03-15T16:30:00+07:00', { note: 'x' }, who)
      await event('dossier.resumed', id, '2022-03-17T16:30:00+07:00', { note: 'x' })
    }
    // Put off since: it stood at 17:00 that day when it was issued.
    await sql`
      update dossier set due_at = '2022-03-30T17:00:00+07:00', due_changes = ${JSON.stringify([
        { kind: 'recall', at: '2022-03-16T09:00:00+07:00', from: '2022-03-15T17:00:00+07:00', to: '2022-03-30T17:00:00+07:00' },
      ])}::jsonb where id = ${ids[6]}::uuid`.execute(tx)
    await event('dossier.issued', ids[6], '2022-03-15T16:50:00+07:00', {})
    await event('dossier.recalled', ids[6], '2022-03-16T09:00:00+07:00', { note: 'x' })
    for (const id of ids.slice(1, 4)) await event('dossier.supplement-requested', id, '2022-03-15T15:00:00+07:00', { note: 'x' })
    // Another officer: the last second of the month, the first of the next, and one before reception: two of three count.
    const last = '2022-03-31T23:59:59+07:00'
    for (const [id, at, data] of [
      [ids[7], last, {}],
      [ids[8], last, {}],
      [ids[9], '2022-04-01T00:00:00+07:00', {}],
      [ids[10], last, { beforeReception: true }],
    ] as const) {
      await sql`update dossier set due_at = '2022-04-01T08:00:00+07:00' where id = ${id}::uuid`.execute(tx)
      await event('dossier.supplement-requested', id, at, { note: 'x', ...data }, person(8))
    }
  })
  await foldAll(db, province)
})

const cases = (asked = period) => db.snapshot(province, (tx) => findCases(tx, asked, NOW))
const seen = (actor: Actor, asked = period) => casesFor(host, { province, actor }, asked)

test('help, one number, one device, a burst at the close, work opened again and stopped clocks are found, each with what shows it', async () => {
  const found = await cases()
  expect(found.cases.map(({ kind, agencyCode, count, of, machine }) => [kind, agencyCode, count, of, machine?.name])).toEqual([
    ['taken-back', 'H12.31.01', 3, 3, undefined],
    ['stop-clock', 'H12.31.01', 3, 3, undefined],
    ['one-device', 'H12.31.05', 9, 9, 'Máy tính bảng tổ công nghệ số'],
    ['one-device', 'H12.31.04', 8, 8, undefined],
    ['one-phone', 'H12.31.03', 9, 9, undefined],
    ['burst', 'H12.31.02', 30, 3, undefined],
    ['assisted-share', 'H12.31.01', 27, 40, undefined],
  ])
  expect([found.marked, found.online]).toEqual([17, 111])
})

test('a period begins and ends at midnight in Vietnam; a Saturday before the close belongs to it', async () => {
  const april = { from: '2022-04-01', to: '2022-04-30' }
  expect((await cases(april)).cases.map(({ kind, day, count, of }) => [kind, day, count, of])).toEqual([['burst', '2022-04-30', 20, 5]])
  // Both months: the tenth person of the number, and the third request of the other officer.
  const both = (await cases({ from: '2022-03-01', to: '2022-04-30' })).cases
  expect(both.find(({ kind }) => kind === 'one-phone')?.count).toBe(10)
  expect(both.filter(({ kind }) => kind === 'stop-clock').map(({ about, count, of }) => [about.at(-1), count, of])).toEqual([
    ['7', 3, 3],
    ['8', 3, 3],
  ])
  // A period that still runs has no close.
  const running = await db.snapshot(province, (tx) => findCases(tx, april, Temporal.Instant.from('2022-04-30T10:00:00Z')))
  expect(running.cases).toEqual([])
})

test('the evidence shows every dossier and no number in full, page by page, and a case is named after a dossier, not a number', async () => {
  const reform = { province, actor: officer('reform_officer') }
  const [shared] = (await cases()).cases.filter(({ kind }) => kind === 'one-phone')
  expect(shared?.key).toContain(shared?.dossiers[0])
  for (const { key, count } of (await cases()).cases) {
    const found = await caseFor(host, reform, { ...period, key, page: 1, size: 100 })
    expect(found?.evidence.total).toBe(count)
    expect(found?.evidence.rows.length).toBe(count)
    for (const { number, phone } of found?.evidence.rows ?? []) expect([number, phone].join(' ')).toMatch(/^•+\d{3} •+\d{3}$/)
    const pages = await Promise.all([1, 2, 3].map((page) => caseFor(host, reform, { ...period, key, page, size: 12 })))
    const ids = pages.slice(0, Math.ceil(count / 12)).flatMap((one) => one?.evidence.rows.map(({ id }) => id) ?? [])
    expect(new Set(ids).size).toBe(count)
    const beyond = await caseFor(host, reform, { ...period, key, page: 9999, size: 12 })
    expect(beyond?.evidence.page).toBe(Math.ceil(count / 12))
  }
  expect(await caseFor(host, reform, { ...period, key: 'burst H12 x', page: 1, size: 12 })).toBeUndefined()
})

test('a page says of what moment it is: what happens after is seen when it is worked out again', async () => {
  const [one] = [await refreshRun(host, province, period)]
  const first = (await seen(officer('reform_officer'))).cases.length
  await db.write(province, (tx) => sql`delete from filing_device where mark = '\\x01'`.execute(tx))
  const later = await seen(officer('reform_officer'))
  expect([later.cases.length, later.computedAt.toString()]).toEqual([first, one?.computedAt.toString()])
  now = NOW.add({ minutes: 1 })
  await refreshRun(host, province, period)
  const fresh = await seen(officer('reform_officer'))
  expect([fresh.cases.length, fresh.computedAt.toString()]).toEqual([first - 1, now.toString()])
  now = NOW
  // Two at once are one; a later run is never put aside for an earlier one.
  const [a, b] = await Promise.all([refreshRun(host, province, period), refreshRun(host, province, period)])
  expect(a).toBe(b)
  expect((await db.read(province, (tx) => readRun(tx, period)))?.computedAt.toString()).toBe(NOW.add({ minutes: 1 }).toString())
  expect(isStale(fresh, period, NOW.add({ hours: 24 }))).toBe(false)
  expect(isStale(fresh, period, NOW.add({ hours: 25 }))).toBe(true)
  expect(isStale(fresh, { from: '2022-04-01', to: '2022-05-31' }, NOW.add({ minutes: 17 }))).toBe(true)
  expect(nightly('2026-01-31')).toEqual([
    { from: '2026-01-01', to: '2026-01-31' },
    { from: '2025-12-01', to: '2025-12-31' },
    { from: '2026-01-01', to: '2026-03-31' },
    { from: '2025-10-01', to: '2025-12-31' },
  ])
})

test('the reform office notes what came of it, once for a request; others may not', async () => {
  const [first] = (await seen(officer('reform_officer'))).cases
  const input = { ...period, key: first?.key ?? '', outcome: 'explained' as const, note: 'Đã hỏi đơn vị: ghi nhầm kết quả của hồ sơ khác.' }
  const call = { province, requestId: randomUUID(), name: 'anomaly.review' }
  const review = () => run(host, { ...call, actor: officer('reform_officer') }, (cx) => reviewCase(cx, input))
  expect((await review()).ok).toBe(true)
  const after = (await seen(officer('reform_officer'))).cases[0]
  expect(after?.reviews.map(({ outcome, note, reviewedBy }) => [outcome, note, reviewedBy])).toEqual([
    ['explained', input.note, 'Mai Xuân Phúc'],
  ])
  for (const other of [officer('unit_head'), officer('reform_officer', 'H12.31.01')]) {
    const refused = await run(host, { ...call, requestId: randomUUID(), actor: other }, (cx) => reviewCase(cx, input))
    expect(refused.ok ? '' : refused.error.code).toBe('access.denied')
  }
  const gone = await run(host, { ...call, requestId: randomUUID(), actor: officer('reform_officer') }, (cx) =>
    reviewCase(cx, { ...input, key: 'burst H12 x' }),
  )
  expect(gone.ok ? '' : gone.error.code).toBe('scheme.no-anomaly')
})

test('a note about a case that no longer holds is still shown, in its own place', async () => {
  const found = (await seen(officer('reform_officer'))).cases.find(({ kind }) => kind === 'one-phone')
  const input = { ...period, key: found?.key ?? '', outcome: 'follow' as const, note: 'Số của cán bộ một cửa.' }
  const call = { province, requestId: randomUUID(), name: 'anomaly.review', actor: officer('reform_officer') }
  expect((await run(host, call, (cx) => reviewCase(cx, input))).ok).toBe(true)
  await db.write(province, (tx) => sql`update dossier set applicant_phone = null where applicant_phone = '0100999321'`.execute(tx))
  now = NOW.add({ minutes: 2 })
  await refreshRun(host, province, period)
  const view = await seen(officer('reform_officer'))
  expect(view.cases.some(({ key }) => key === input.key)).toBe(false)
  expect(view.gone.map(({ key, note, outcome }) => [key, note, outcome])).toEqual([[input.key, input.note, 'follow']])
})

test('whoever holds a unit sees nothing of it unless the province lets them, and then only their own', async () => {
  await expect(seen(officer('unit_head', 'H12.31.02'))).rejects.toThrow()
  const rules = [...permissions, { role: 'unit_head', action: 'anomaly.see', scope: 'unit' } as const]
  const tree = permissionTree(db, province, () => '2022-05-20')
  const allowed = { ...host, access: () => createAccess(rules, tree) }
  const own = await casesFor(allowed, { province, actor: officer('unit_head', 'H12.31.02') }, period)
  expect(own.cases.map(({ kind, agencyCode }) => [kind, agencyCode])).toEqual([['burst', 'H12.31.02']])
  expect(own.gone).toEqual([])
  const others = (await seen(officer('reform_officer'))).cases.find(({ agencyCode }) => agencyCode === 'H12.31.01')
  const asked = { ...period, key: others?.key ?? '', page: 1, size: 50 }
  expect(await caseFor(allowed, { province, actor: officer('unit_head', 'H12.31.02') }, asked)).toBeUndefined()
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
