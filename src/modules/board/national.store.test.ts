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
import { rankProvinces } from './pages/score-national-page.tsx'
import { ProvincesWatch } from './provinces-watch.ts'
import { NationalScores, type ProvinceStanding } from './queries/national.ts'

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
  const lower = { ...scored, now: { ...scored.now, score: { max, unknown, band, indicators, groupings, total: { num: 1n, den: 2n } } } }
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
