import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import type { Result } from '../../kernel/result.ts'
import { dueAt, isWorkingDay, loadCalendar, permissions, removeDay, setDay } from './index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-16T08:00:00+07:00')
const access = createAccess(permissions, {
  isWithin: (agency, ancestor) => agency.startsWith(`${ancestor}.`),
  root: () => 'H12',
})
const administrator: Actor = {
  kind: 'officer',
  officerId: '01980000-0000-7000-8000-000000000002',
  name: 'Trần Văn Lịch',
  grants: [{ role: 'administrator', agencyCode: 'H12', subtree: true }],
}
const ofCommune: Actor = { ...administrator, grants: [{ role: 'administrator', agencyCode: 'H12.101', subtree: true }] }
const clerk: Actor = { ...administrator, grants: [{ role: 'clerk', agencyCode: 'H12', subtree: true }] }
const ask = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>) =>
  run({ db, clock, access: () => access }, { province, actor, name: 'test' }, work)
const calendarOf = (agencyCode = '') => db.read(province, (tx) => loadCalendar(tx, agencyCode))
const storm = { day: '2026-11-17', agencyCode: '', kind: 'closed', name: 'Nghỉ tránh bão số 9', source: 'Công điện 12/CĐ-UBND' } as const
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)

beforeEach(async () => {
  await db.write(province, async (tx) => {
    await sql`delete from calendar_day`.execute(tx)
    await sql`delete from working_hours where agency_code <> ''`.execute(tx)
    await sql`update calendar_state set version = gen_random_uuid()`.execute(tx)
  })
})

test('a new province knows the country’s days off without loading anything', async () => {
  const calendar = await calendarOf()
  expect([calendar.from, calendar.to]).toEqual(['2022-01-01', '2027-12-31'])
  expect(isWorkingDay('2026-11-24', calendar)).toBe(false)
  expect(isWorkingDay('2026-08-22', calendar)).toBe(true)
})

test('the calendar is built once and kept until it changes', async () => {
  const first = await calendarOf()
  expect(await calendarOf()).toBe(first)
  await ask(administrator, (cx) => setDay(cx, storm))
  expect(await calendarOf()).not.toBe(first)
})

describe('a storm day entered by an administrator', () => {
  const received = Temporal.Instant.from('2026-11-16T09:00:00+07:00')
  const due = async (agencyCode?: string) => dueAt(received, { limit: 1, unit: 'working_day' }, await calendarOf(agencyCode))

  test('moves deadlines of the whole province, and the explanation names the storm', async () => {
    expect(code(await ask(administrator, (cx) => setDay(cx, storm)))).toBe('ok')
    const { due: instant, explanation } = await due()
    expect(instant.toString()).toBe('2026-11-18T10:30:00Z')
    expect(explanation.map((sentence) => sentence.vi).join(' ')).toContain('Nghỉ tránh bão số 9')
  })

  test('of one office moves only its own', async () => {
    await ask(administrator, (cx) => setDay(cx, { ...storm, agencyCode: 'H12.101' }))
    expect((await due('H12.101')).due.toString()).toBe('2026-11-18T10:30:00Z')
    expect((await due('H12.102')).due.toString()).toBe('2026-11-17T10:30:00Z')
  })

  test('can be taken back, once', async () => {
    await ask(administrator, (cx) => setDay(cx, storm))
    expect(code(await ask(administrator, (cx) => removeDay(cx, { day: storm.day, agencyCode: '' })))).toBe('ok')
    expect(code(await ask(administrator, (cx) => removeDay(cx, { day: storm.day, agencyCode: '' })))).toBe('calendar.day-not-found')
    expect((await due()).due.toString()).toBe('2026-11-17T10:30:00Z')
  })

  test('is refused to a clerk, on a day that is off anyway, and in an unknown year', async () => {
    expect(code(await ask(clerk, (cx) => setDay(cx, storm)))).toBe('access.denied')
    expect(code(await ask(administrator, (cx) => setDay(cx, { ...storm, day: '2026-11-24' })))).toBe('calendar.day-invalid')
    expect(code(await ask(administrator, (cx) => setDay(cx, { ...storm, day: '2031-01-02' })))).toBe('calendar.year-unknown')
  })

  test('holds for the whole province only when entered at its top; a commune has days of its own', async () => {
    expect(code(await ask(ofCommune, (cx) => setDay(cx, storm)))).toBe('access.denied')
    expect(code(await ask(ofCommune, (cx) => setDay(cx, { ...storm, agencyCode: 'H12.102' })))).toBe('access.denied')
    expect(code(await ask(ofCommune, (cx) => setDay(cx, { ...storm, agencyCode: 'H12.101' })))).toBe('ok')
    await ask(administrator, (cx) => setDay(cx, storm))
    expect(code(await ask(ofCommune, (cx) => removeDay(cx, { day: storm.day, agencyCode: '' })))).toBe('access.denied')
    expect(code(await ask(ofCommune, (cx) => removeDay(cx, { day: storm.day, agencyCode: 'H12.101' })))).toBe('ok')
  })

  test('leaves its trace in the event log', async () => {
    await ask(administrator, (cx) => setDay(cx, storm))
    const { rows } = await db.read(province, (tx) => sql`select type, data from event order by position desc limit 1`.execute(tx))
    expect(rows).toEqual([{ type: 'calendar.day-set', data: storm }])
  })
})

test('an office with its own hours keeps them from its own date on; everyone else keeps the ordinary ones', async () => {
  await db.write(province, async (tx) => {
    await sql`insert into working_hours values ('H12.20', '2026-11-01', 1, '08:00', '16:00'), ('H12.20', '2026-11-01', 2, '08:00', '16:00')`.execute(
      tx,
    )
    await sql`update calendar_state set version = gen_random_uuid()`.execute(tx)
  })
  const closing = async (agencyCode: string, day: string) =>
    dueAt(Temporal.Instant.from(`${day}T09:00:00+07:00`), { limit: 1, unit: 'working_day' }, await calendarOf(agencyCode)).due.toString()
  expect(await closing('H12.20', '2026-11-16')).toBe('2026-11-17T09:00:00Z')
  expect(await closing('H12.101', '2026-11-16')).toBe('2026-11-17T10:30:00Z')
  expect(await closing('H12.20', '2026-10-12')).toBe('2026-10-13T10:30:00Z')
})
