import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { createProvince } from '../kernel/database/migrate.ts'
import { migrationsFolder } from '../kernel/paths.ts'
import * as exact from '../kernel/rational.ts'
import { loadDirectory } from '../modules/organisation/index.ts'
import { NATIONAL, provinceUnit, scoreUnits } from '../modules/scheme/index.ts'
import { areProvincesLoaded, loadProvinces } from './provinces.ts'
import { simulatedProvinces } from './rules/provinces.ts'

const { db, ownerUrl } = await testDatabase()
const now = Temporal.Instant.from('2026-11-20T03:00:00Z')

test('simulated provinces stand beside the demo’s own, each in its own schema, and a second run changes nothing', async () => {
  const host = { db, clock: () => now, migration: { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder } }
  const two = simulatedProvinces.slice(0, 2)
  expect(simulatedProvinces.length).toBeGreaterThanOrEqual(9)
  expect(await loadProvinces(host, undefined, two)).toEqual({ provinces: 2, dossiers: 840 })
  expect(await loadProvinces(host, undefined, two)).toEqual({ provinces: 0, dossiers: 0 })
  const period = { from: '2026-01-01', to: '2026-11-20' }
  const scores: number[] = []
  for (const { slug, name, code } of two) {
    const province = { slug, name, code, schema: slug.replaceAll('-', '_') }
    const line = await db.snapshot(province, async (tx) => {
      const unit = provinceUnit(await loadDirectory(tx), period)
      return (await scoreUnits(tx, { period, scheme: NATIONAL }, [unit], now)).lines[0]
    })
    expect(line?.amounts.received).toBe(420)
    scores.push(line ? Number(exact.written(line.score.total, 2)) : 0)
  }
  // Cần Thơ does better than Vĩnh Long, as it was made to.
  expect(scores[0]).toBeGreaterThan(scores[1] ?? 100)
})

test('a province that somebody made under the name of a simulated one is never filled with made-up dossiers', async () => {
  const migration = { ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
  const host = { db, clock: () => now, migration }
  const [own] = simulatedProvinces.slice(2)
  if (!own) throw new Error('there are too few simulated provinces')
  await createProvince(migration, { ...own, name: own.name })
  expect(await loadProvinces(host, undefined, [own])).toEqual({ provinces: 0, dossiers: 0 })
  expect(await areProvincesLoaded(db)).toBe(false)
})
