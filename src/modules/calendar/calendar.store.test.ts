import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { record } from '../../kernel/events.ts'
import { importFile } from '../../kernel/import-file.ts'
import { dataFolder } from '../../kernel/paths.ts'
import type { Result } from '../../kernel/result.ts'
import { ok } from '../../kernel/result.ts'
import {
  calendarImport,
  changeCalendar,
  dueAt,
  isWorkingDay,
  loadCalendar,
  loadCalendars,
  permissions,
  removeDay,
  setDay,
} from './index.ts'

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
    await sql`delete from working_schedule where agency_code <> ''`.execute(tx)
    await sql`delete from clock_rule`.execute(tx)
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

describe('hours and rules of an agency', () => {
  const change = (value: Parameters<typeof changeCalendar>[1], actor = administrator) =>
    ask(actor, async (cx) => {
      const changed = await changeCalendar(cx, value)
      if (!changed.ok) return changed
      await record(cx, { events: [changed.value] })
      return ok(null)
    })
  const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: 8 * 60, closes: 16 * 60 }))
  const hours = { agencyCode: 'H12.31', validFrom: '2026-11-01', inherits: false, saturdayCounts: false, hours: week, source: 'QĐ 1' }
  const closing = async (agencyCode: string, day = '2026-11-16') =>
    dueAt(Temporal.Instant.from(`${day}T09:00:00+07:00`), { limit: 1, unit: 'working_day' }, await calendarOf(agencyCode)).due.toString()

  test('hold for the agencies below it, until one of them decides otherwise, from a day on', async () => {
    expect(code(await change({ kind: 'set-hours', value: hours }))).toBe('ok')
    const longer = week.map((row) => ({ ...row, closes: 17 * 60 }))
    await change({ kind: 'set-hours', value: { ...hours, agencyCode: 'H12.31.04', hours: longer } })
    await change({ kind: 'set-hours', value: { ...hours, agencyCode: 'H12.31.04', validFrom: '2026-12-01', inherits: true, hours: [] } })
    expect(await closing('H12.31.05')).toBe('2026-11-17T09:00:00Z')
    expect(await closing('H12.31.04')).toBe('2026-11-17T10:00:00Z')
    expect(await closing('H12.31.04', '2026-12-07')).toBe('2026-12-08T09:00:00Z')
    expect(await closing('H12.32')).toBe('2026-11-17T10:30:00Z')
    expect(code(await change({ kind: 'remove-hours', value: { agencyCode: 'H12.31.04', validFrom: '2026-11-01' } }))).toBe('ok')
    expect(await closing('H12.31.04')).toBe('2026-11-17T09:00:00Z')
    expect(code(await change({ kind: 'remove-hours', value: { agencyCode: 'H12.31.04', validFrom: '2026-11-01' } }))).toBe(
      'calendar.setting-not-found',
    )
    expect(code(await change({ kind: 'remove-hours', value: { agencyCode: '', validFrom: '1900-01-01' } }))).toBe(
      'calendar.setting-not-found',
    )
  })

  test('are changed only by whoever reaches the agency', async () => {
    expect(code(await change({ kind: 'set-hours', value: hours }, ofCommune))).toBe('access.denied')
    expect(code(await change({ kind: 'set-hours', value: { ...hours, agencyCode: 'H12.101' } }, ofCommune))).toBe('ok')
  })

  test('many calendars at once are the same as one by one, and agencies that differ in nothing share one', async () => {
    await change({ kind: 'set-hours', value: hours })
    const all = await db.read(province, (tx) => loadCalendars(tx, ['H12.31', 'H12.31.05', 'H12.101', 'H12.102']))
    expect(all('H12.101')).toBe(all('H12.102'))
    expect(all('H12.31').schedules).toEqual((await calendarOf('H12.31')).schedules)
    expect(() => all('H12.999')).toThrow(RangeError)
  })
})

test('an imported year stands in place of the one that came with the program; the same file again changes nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-calendar-'))
  const file = join(folder, 'lich.csv')
  const shipped = await readFile(join(dataFolder, 'calendar', 'vn-2027.csv'), 'utf8')
  await writeFile(file, shipped.replace('2027-04-30,holiday', '2027-04-29,holiday').replaceAll(',computed', ',official'))
  const load = () => importFile({ db, clock }, province, calendarImport as never, file)
  const lines = shipped.trim().split('\n').length - 1
  expect(await load()).toMatchObject({ imported: lines, unchanged: 0, rejected: 0 })
  expect(await load()).toMatchObject({ imported: 0, unchanged: lines, rejected: 0 })
  const calendar = await calendarOf()
  expect([isWorkingDay('2027-04-29', calendar), isWorkingDay('2027-04-30', calendar)]).toEqual([false, true])
  expect(isWorkingDay('2026-04-30', calendar)).toBe(false)
  await writeFile(file, shipped.split('\n').slice(0, 4).join('\n'))
  expect(await load()).toMatchObject({ imported: 0, rejected: 3 })
  expect(isWorkingDay('2027-04-30', await calendarOf())).toBe(true)
})
