import { Command, CommanderError } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { access, dossierLine, furnish, officer, open, reportedLine } from '../../test/support/past.ts'
import { run } from '../kernel/command.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { closePeriod, NATIONAL, type ScoreJson } from '../modules/scheme/index.ts'
import * as checkIndex from './check-index.ts'
import type { CommandFile } from './command.ts'
import * as index from './index-score.ts'
import * as recount from './recount.ts'

const { db, province, appUrl, ownerUrl } = await testDatabase()
const now = Temporal.Instant.from('2024-04-10T03:00:00Z')
const before = { ...process.env }

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, LOG_LEVEL: 'silent' })
  // The test runner has one of its own.
  delete process.env.BASE_URL
  const files = await furnish(db, province, () => now)
  const at = '2024-03-05T08:00:00+07:00'
  const due_at = '2024-03-08T17:00:00+07:00'
  await files.dossiers([
    dossierLine(1, at, { due_at }),
    dossierLine(2, at, { due_at, channel: 'counter', paid_online: 'false', result_electronic: 'false' }),
    dossierLine(3, at, { due_at, completed_at: '2024-03-09T08:00:00+07:00', fee_vnd: '0', paid_vnd: '0', papers_digitised: '1' }),
    dossierLine(4, at, { ...open, due_at: '2024-05-08T17:00:00+07:00' }),
    dossierLine(5, at, { agency_code: 'H12.05', due_at }),
  ])
  await files.reported([
    reportedLine('synced', 3, '2024-03'),
    reportedLine('decisions', 0, '2024-03'),
    reportedLine('decisions_on_time', 0, '2024-03'),
  ])
})
afterAll(() => {
  for (const name of ['DATABASE_URL', 'DATABASE_APP_URL', 'LOG_LEVEL', 'BASE_URL']) {
    if (before[name] === undefined) delete process.env[name]
    else process.env[name] = before[name]
  }
})
afterEach(() => void vi.restoreAllMocks())

/** What a command prints, without a process around it. */
async function say({ configure }: CommandFile, ...options: string[]): Promise<string> {
  const printed = vi
    .spyOn(console, 'log')
    .mockReset()
    .mockImplementation(() => undefined)
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  configure(command)
  await command.parseAsync(options, { from: 'user' })
  return printed.mock.calls.flat().join('\n')
}
const march = ['--from', '2024-03-01', '--to', '2024-03-31']
const ask = async (...options: string[]): Promise<ScoreJson> => JSON.parse(await say(index, ...march, '--json', ...options))

describe('cuaso index', () => {
  test('answers with score, groups and indicators, each with numerator, denominator, ratio, score and max', async () => {
    const json = await ask('--unit', 'H12.31.01')
    expect(Object.keys(json)).toEqual([
      'scheme',
      'scheme_valid_from',
      'in_force',
      'from',
      'to',
      'as_of',
      'unit',
      'score',
      'max',
      'unknown',
      'band',
      'missing_months',
      'groups',
      'indicators',
      'win_back',
    ])
    expect(json).toMatchObject({
      scheme: '766',
      scheme_valid_from: '2022-06-23',
      in_force: true,
      from: '2024-03-01',
      to: '2024-03-31',
      unit: { code: 'H12.31.01', level: 'commune' },
      max: 100,
    })
    for (const one of json.indicators) {
      expect(Object.keys(one).slice(0, 9)).toEqual(['id', 'code', 'name', 'group', 'numerator', 'denominator', 'ratio', 'score', 'max'])
      expect(Object.keys(one).slice(9)).toEqual(['standing', 'missing', 'certainty', 'basis', 'quality', 'missing_months'])
    }
    const one = (id: string) => json.indicators.find((indicator) => indicator.id === id)
    // Two in time and one still in time of four; the third is late by a day.
    expect(one('2.1')).toMatchObject({ numerator: 3, denominator: 4, ratio: 0.75, score: 15, max: 20 })
    expect(one('3.3')).toMatchObject({ numerator: 2, denominator: 4, ratio: 0.5, score: 6 })
    expect(one('3.6')).toMatchObject({ numerator: 2, denominator: 3, ratio: 0.6667, score: 6 })
    expect(one('4.1')).toMatchObject({ numerator: 2, denominator: 3, score: 4 })
    expect(one('4.2')).toMatchObject({ numerator: 1, denominator: 4, score: 1 })
    expect(one('5.4')).toMatchObject({ numerator: 3, denominator: 4, score: 5 })
    expect(one('5.2')).toMatchObject({ numerator: 0, denominator: 0, ratio: null, score: 6, standing: 'zero' })
    expect(one('4.4')).toMatchObject({ numerator: null, ratio: null, score: null, standing: 'unknown', missing: ['from_vault'] })
    // The groups of each view add up to the score, the indicators too.
    for (const grouping of ['legal', 'portal']) {
      const groups = json.groups.filter((group) => group.grouping === grouping)
      expect(groups.map(({ max }) => max)).toEqual(grouping === 'legal' ? [18, 20, 22, 22, 18] : [18, 20, 12, 10, 22, 18])
      expect(groups.reduce((sum, group) => sum + group.score, 0)).toBeCloseTo(json.score, 1)
    }
    expect(json.indicators.reduce((sum, { score }) => sum + (score ?? 0), 0)).toBeCloseTo(json.score, 1)
  })

  test('without a unit it is the province; reported figures count, a period without announcements is not scored', async () => {
    const json = await ask()
    expect(json).toMatchObject({ unit: { code: 'H12', level: 'province' }, max: 94 })
    const one = (id: string) => json.indicators.find((indicator) => indicator.id === id)
    expect(one('1.1')).toMatchObject({ denominator: 0, score: null, max: 0, standing: 'zero' })
    expect(one('1.2')).toMatchObject({ denominator: null, score: null, max: 4, standing: 'unknown' })
    expect(one('1.4')).toMatchObject({ numerator: 3, denominator: 5, ratio: 0.6, score: 3.6, quality: ['NO_NATIONAL_REPORT_DATA'] })
    // Three of five online with their result, of which three fifths were synced.
    expect(one('3.3')).toMatchObject({ numerator: 3, denominator: 5, ratio: 0.36, score: 4.32 })
  })

  test('the same question has the same answer, to the byte but for the moment', async () => {
    const text = async () => (await say(index, ...march, '--json')).replace(/"as_of": "[^"]+"/, '')
    expect(await text()).toBe(await text())
  })

  test('2.2 comes with --procedure; for a person it is a table', async () => {
    const timed = await ask('--procedure', '1.001193')
    expect(timed.indicators.find(({ id }) => id === '2.2')).toMatchObject({ denominator: 4, score: null, max: 0 })
    const table = await say(index, ...march, '--unit', 'H12.31.01')
    expect(table).toMatch(/^H12\.31\.01 .+: \d+\.\d\d \/ 100\.00 \(.+\)\n/)
    expect(table).toMatch(/2\.1 +Hồ sơ xử lý trước và đúng hạn +3 +4 +0\.7500 +15\.00 +20\.00/)
    expect(table).toMatch(/4\.4 .*– .*thiếu \/ missing: from_vault/)
  })

  test.each([
    [['--from', '2024-03-1', '--to', '2024-03-31'], '--from'],
    [['--from', '2024-02-30', '--to', '2024-03-31'], '--from'],
    [['--from', '2024-03-01', '--to', 'hôm nay'], '--to'],
    [['--from', '2024-03-31', '--to', '2024-03-01'], 'the last day is before the first'],
    [['--from', '2024-03-01'], "required option '--to"],
    [[...march, '--unit', 'H12.999'], 'No unit had this code'],
    [[...march, '--unit', ''], 'No unit had this code'],
    // A commune of after the reform.
    [[...march, '--unit', 'H12.101'], 'No unit had this code'],
    [[...march, '--scheme', 'khong-co'], 'no such index scheme'],
    [[...march, '--province', 'can-tho'], 'there is no province'],
    [[...march, '--closed'], 'has not been closed'],
    [[...march, '--sai'], 'unknown option'],
  ])('%j ends with 1 and words that name what is wrong', async (options, named) => {
    const refused = await say(index, ...options).catch((error: unknown) => error)
    // What src/cli/main.ts makes exit code 1 of, in one line; anything else would be a bug shown with its stack.
    expect(refused instanceof StartupError || (refused instanceof CommanderError && refused.exitCode === 1)).toBe(true)
    expect(JSON.stringify(refused) + String(refused)).toContain(named)
  })
})

describe('a closed figure', () => {
  test('is read back with --closed, and comes out of the log again by recount --as-of and by check index', async () => {
    const closedAt = now.add({ hours: 1 })
    const host = { db, clock: () => closedAt, access: () => access }
    const done = await run(host, { province, actor: officer('Mai Xuân Phúc'), name: 'index.close' }, (cx) =>
      closePeriod(cx, { from: '2024-03-01', to: '2024-03-31', scheme: NATIONAL, reason: '' }),
    )
    expect(done.ok).toBe(true)
    const closed = JSON.parse(await say(index, ...march, '--closed', '--unit', 'H12.31.01', '--json'))
    expect(closed).toMatchObject({ as_of: closedAt.toString(), closed: { revision: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    // Later a dossier of the period comes in.
    const later = now.add({ hours: 2 })
    const files = await furnish(db, province, () => later)
    await files.dossiers([dossierLine(9, '2024-03-06T08:00:00+07:00')])
    expect((await ask('--unit', 'H12.31.01')).indicators.find(({ id }) => id === '2.1')?.denominator).toBe(5)
    expect(JSON.parse(await say(index, ...march, '--closed', '--unit', 'H12.31.01', '--json'))).toEqual(closed)
    const figures = async (...options: string[]) => JSON.parse(await say(recount, '--json', ...options))
    const asOf = await figures('--as-of', closedAt.toString(), ...march, '--unit', 'H12.31.01')
    expect(asOf).toMatchObject({ difference: 0, as_of: closedAt.toString(), figures: { received: 4, online: 3, fee_due: 3, on_time: 2 } })
    expect((await figures(...march, '--unit', 'H12.31.01')).figures.received).toBe(5)
    expect((await figures('--as-of', closedAt.toString())).figures.received).toBe(5)
    expect((await figures('--as-of', closedAt.toString(), '--from', '2024-04-01', '--to', '2024-04-30')).figures.received).toBe(0)
    const checked = JSON.parse(await say(checkIndex, '--json'))
    expect(checked).toMatchObject([{ broken: null, difference: 0, misscored: [] }])
    await expect(say(recount, '--as-of', 'hôm qua')).rejects.toThrow()
    await expect(say(recount, '--from', '2024-03-01')).rejects.toThrow()
    await expect(say(recount, ...march, '--unit', 'H12.999')).rejects.toThrow()
  })
})
