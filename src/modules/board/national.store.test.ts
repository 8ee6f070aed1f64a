import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { loadProvinces } from '../../demo/provinces.ts'
import { simulatedProvinces } from '../../demo/rules/provinces.ts'
import type { App } from '../../kernel/app.ts'
import type { Context } from '../../kernel/context.ts'
import { createProvince } from '../../kernel/database/migrate.ts'
import { record } from '../../kernel/events.ts'
import { uuidv7 } from '../../kernel/id.ts'
import { migrationsFolder } from '../../kernel/paths.ts'
import * as exact from '../../kernel/rational.ts'
import { ProvincesWatch } from './provinces-watch.ts'
import { NationalScores, type ProvinceStanding } from './queries/national.ts'
import { amongAll, differencesOf, GROUPING, groupRows, isScored, rankProvinces } from './queries/national-figures.ts'

const { db, province, ownerUrl, owner } = await testDatabase()
const now = Temporal.Instant.from('2026-11-20T03:00:00Z')
const migration = { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
const warnings: unknown[] = []
const app = {
  db,
  province,
  clock: () => now,
  log: { debug: () => undefined, warn: (what: unknown) => warnings.push(what) },
} as unknown as App
const watch = new ProvincesWatch(app)
const scores = new NationalScores(app, watch)
const period = { from: '2026-01-01', to: '2026-11-20' }
const [canTho, vinhLong] = simulatedProvinces as [(typeof simulatedProvinces)[number], (typeof simulatedProvinces)[number]]

const states = (standings: readonly ProvinceStanding[]) => Object.fromEntries(standings.map((one) => [one.province.slug, one.state]))

/** Something that moves figures: an event in a province's own log. */
const happen = (slug: string): Promise<void> => {
  const schema = slug.replaceAll('-', '_')
  return db.write({ slug, schema, name: slug, code: '00' }, (tx) =>
    record(
      {
        tx,
        now,
        actor: { kind: 'system', name: 'test' },
        requestId: uuidv7(0),
        command: 'test',
        id: () => uuidv7(0),
      } as unknown as Context,
      {
        events: [{ type: 'test.happened', subject: uuidv7(0), data: {} }],
      },
    ),
  )
}

test('provinces are ranked by their own figures; one without a dossier has no rank and no 0, one behind or gone is named and breaks nothing', async () => {
  await loadProvinces({ db, clock: () => now, migration }, undefined, [canTho, vinhLong])
  await createProvince(migration, { slug: 'trong', name: 'Tỉnh Trống', code: '01' })
  await owner(`insert into shared.province (slug, schema, name, code) values ('mat', 'khong_co', 'Tỉnh Mất', '02')`)
  expect(states(await scores.read(period))).toEqual({
    'ca-mau': 'nothing',
    'can-tho': 'scored',
    mat: 'behind',
    trong: 'nothing',
    'vinh-long': 'scored',
  })
  await owner(`delete from vinh_long.migration where name = (select max(name) from vinh_long.migration)`)
  const standings = await scores.read(period)
  expect(states(standings)).toMatchObject({ 'can-tho': 'scored', 'vinh-long': 'behind' })
  expect(rankProvinces(standings, undefined).map(({ standing, rank }) => [standing.province.slug, rank])).toEqual([
    ['can-tho', 1],
    ['ca-mau', null],
    ['mat', null],
    ['trong', null],
    ['vinh-long', null],
  ])
  expect(warnings).toEqual([])
})

test('provinces that print the same points share a rank, and the next one stands below them both', async () => {
  const [scored] = (await scores.read(period)).filter(({ state }) => state === 'scored')
  if (scored?.state !== 'scored') throw new Error('nobody was scored')
  const twin = (slug: string, name: string): ProvinceStanding => ({ ...scored, province: { ...scored.province, slug, name } })
  const { max, unknown, band, indicators, groupings } = scored.now.score
  const groupPoints = () => []
  const lower = {
    ...scored,
    now: { ...scored.now, score: { max, unknown, band, indicators, groupings, groupPoints, total: { num: 1n, den: 2n } } },
  }
  const lowest: ProvinceStanding = { ...lower, province: { ...scored.province, slug: 'thap', name: 'Thấp' } }
  const ranks = rankProvinces([lowest, twin('b', 'Bờ'), twin('a', 'Ả')], undefined).map(({ standing, rank }) => [
    standing.province.name,
    rank,
  ])
  expect(ranks).toEqual([
    ['Ả', 1],
    ['Bờ', 1],
    ['Thấp', 3],
  ])
})

const given = (rows: readonly [string, number | null][]) =>
  rows.map(([name, points]) => ({
    province: { slug: name, schema: name, name, code: '00' },
    points: points === null ? null : exact.decimal(points),
  }))

test('the median of an even number is the middle of the two in the middle; the best names everybody who prints the same; who has no points is not 0', () => {
  const four = amongAll(
    given([
      ['a', 1],
      ['b', 4],
      ['c', 2],
      ['d', 4.001],
      ['e', null],
    ]),
  )
  expect(four).toMatchObject({ median: exact.decimal(3), best: exact.decimal(4), count: 4 })
  expect(four.leaders.map(({ name }) => name)).toEqual(['b', 'd'])
  expect(
    amongAll(
      given([
        ['a', 1],
        ['b', 3],
        ['c', 9],
      ]),
    ),
  ).toMatchObject({ median: exact.decimal(3), best: exact.decimal(9) })
  expect(amongAll(given([['a', null]]))).toEqual({ median: null, best: null, leaders: [], count: 0 })
})

test('a province opens to every indicator with its change, the median and the best; two provinces differ by the indicators’ own points', async () => {
  await owner(`insert into vinh_long.migration (name, hash, applied_at) select name, hash, applied_at from can_tho.migration
    where name not in (select name from vinh_long.migration)`)
  const standings = await scores.read(period)
  const [first, second] = standings.filter(isScored)
  if (!first || !second) throw new Error('two provinces should be scored')
  const [whole, ...groups] = groupRows(first, standings, GROUPING)
  expect(groups.map(({ code }) => code)).toEqual(['CKMB', 'TDGQ', 'CLGQ', 'TTTT', 'MDSH', 'MDHL'])
  expect(whole).toMatchObject({ points: first.now.score.total, among: { count: 2 } })
  const rows = groups.flatMap(({ indicators }) => indicators)
  expect(rows.map(({ one }) => one.indicator.id).sort()).toEqual(first.now.score.indicators.map(({ indicator }) => indicator.id).sort())
  for (const { one, among } of rows) {
    if (one.points === null || among.best === null) continue
    expect(exact.atLeast(among.best, exact.rounded(one.points, 2)), one.indicator.id).toBe(true)
    expect(exact.atLeast(among.best, among.median ?? exact.zero)).toBe(true)
  }
  const differences = differencesOf(first.now.score, second.now.score)
  const known = differences.flatMap(({ gap }) => (gap ? [Math.abs(Number(exact.written(gap, 2)))] : []))
  expect(known).toEqual([...known].sort((a, b) => b - a))
  expect(known[0]).toBeGreaterThan(0)
  expect(differences.findIndex(({ gap }) => gap === null)).toBe(known.length === differences.length ? -1 : known.length)
  // What stands in the table adds up to what the totals differ by.
  const summed = exact.sum(differences.flatMap(({ gap }) => (gap ? [gap] : [])))
  const apart = exact.minus(first.now.score.total, second.now.score.total)
  expect(Math.abs(Number(exact.written(exact.minus(summed, apart), 4)))).toBeLessThan(0.15)
  expect(
    differences.every(({ left, right, oneSided }) => oneSided === ((left.points === null) !== ((right?.points ?? null) === null))),
  ).toBe(true)
  const back = differencesOf(second.now.score, first.now.score)
  for (const { left, gap } of differences) {
    const other = back.find((one) => one.left.indicator.id === left.indicator.id)?.gap ?? null
    expect(gap && exact.written(gap, 2)).toBe(other && exact.written(exact.minus(exact.zero, other), 2))
  }
})

test('a province whose tables somebody is changing is named within seconds, holds nobody up, and comes back by itself', async () => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let heard = 0
  const stop = watch.subscribe(() => {
    heard += 1
  })
  try {
    await scores.read(period)
    await client.query('begin; lock table can_tho.event, can_tho.indicator_delta, can_tho.indicator_cell in access exclusive mode')
    await happen('vinh-long')
    const asked = heard
    await expect.poll(() => heard, { timeout: 8000 }).toBeGreaterThan(asked)
    const other = { from: '2026-02-01', to: '2026-11-20' }
    const started = performance.now()
    expect(states(await scores.read(other))).toMatchObject({ 'can-tho': 'unread', 'vinh-long': 'scored' })
    expect(performance.now() - started).toBeLessThan(5000)
    // Asked again at once, nobody waits a second time.
    expect(states(await scores.read(other))).toMatchObject({ 'can-tho': 'unread' })
    expect(warnings.splice(0)).toHaveLength(1)
    await client.query('rollback')
    await expect.poll(async () => states(await scores.read(other))['can-tho'], { timeout: 8000, interval: 500 }).toBe('scored')
    const before = watch.stamp('can-tho')
    await happen('can-tho')
    await expect.poll(() => watch.stamp('can-tho'), { timeout: 5000 }).not.toBe(before)
  } finally {
    stop()
    await client.end()
  }
}, 40_000)

test('a change in another province is heard of, and only that province is read again', async () => {
  let heard = 0
  const stop = watch.subscribe(() => {
    heard += 1
  })
  try {
    await expect.poll(() => heard, { timeout: 5000 }).toBeGreaterThan(0)
    const [before, other] = [watch.stamp('can-tho'), watch.stamp('trong')]
    const read = (slug: string, all: ProvinceStanding[]) => all.find((one) => one.province.slug === slug)
    const first = await scores.read(period)
    const asked = heard
    await happen('can-tho')
    await expect.poll(() => heard, { timeout: 5000 }).toBeGreaterThan(asked)
    expect(watch.stamp('can-tho')).not.toBe(before)
    expect(watch.stamp('trong')).toBe(other)
    const second = await scores.read(period)
    expect(read('can-tho', second)).not.toBe(read('can-tho', first))
    expect(read('trong', second)).toBe(read('trong', first))
  } finally {
    stop()
  }
})
