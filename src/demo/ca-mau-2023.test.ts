import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as exact from '../kernel/rational.ts'
import { scoreUnit } from '../modules/scheme/index.ts'
import { catalogue2023, scheme2023, writeCaMau2023, year2023 } from './ca-mau-2023.ts'
import { YearCount } from './rules/amounts-2023.ts'
import { dossiers2023 } from './rules/ca-mau-2023.ts'
import { campaign2023 } from './rules/published-2023.ts'
import type { DemoDossier } from './rules/year.ts'

const input = await year2023()
const all = [...dossiers2023(input)]
const tierOf = new Map(input.units.map(({ code, tier }) => [code, tier]))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuaso-2023-test-'))
  await writeCaMau2023(folder)
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Counts by unit of what was received in some days: received, online, digitised, with a fee, paid online. */
function byUnit(from: string, to: string): Map<string, [number, number, number, number, number]> {
  const units = new Map<string, [number, number, number, number, number]>()
  for (const one of all) {
    const day = one.received_at.slice(0, 10)
    if (day < from || day > to) continue
    const counts = units.get(one.agency_code) ?? [0, 0, 0, 0, 0]
    counts[0] += 1
    if (one.channel === 'online') counts[1] += 1
    if (one.papers_total > 0 && one.papers_digitised === one.papers_total) counts[2] += 1
    if (one.fee_vnd > 0) counts[3] += 1
    if (one.fee_vnd > 0 && one.paid_online) counts[4] += 1
    units.set(one.agency_code, counts)
  }
  return units
}

const percent = (part: number, of: number): string => ((100 * part) / of).toFixed(2)

describe('the campaign of 1 March – 9 May 2023', () => {
  const units = byUnit(campaign2023.from, campaign2023.to)
  const best = (rate: (counts: [number, number, number, number, number]) => number) => {
    const [code = '', counts = [0, 0, 0, 0, 0]] = [...units].sort(([, a], [, b]) => rate(b) - rate(a))[0] ?? []
    return [tierOf.get(code), (100 * rate(counts as [number, number, number, number, number])).toFixed(2)]
  }

  test('ends with the published best of all units', () => {
    expect(best(([received, online]) => online / received)).toEqual(['province', '92.79'])
    expect(best(([received, , digitised]) => digitised / received)).toEqual(['province', '92.28'])
    expect(best(([, , , due, paid]) => paid / due)).toEqual(['commune', '90.14'])
  })

  const met = (until: string): Record<string, number> => {
    const found: Record<string, number> = { province: 0, district: 0, commune: 0 }
    for (const [code, [received, online, digitised, due, paid]] of byUnit(campaign2023.from, until)) {
      const tier = tierOf.get(code) ?? 'commune'
      const target = campaign2023.targets[tier]
      const good = online >= target.online * received && digitised >= target.digitised * received && paid >= target.payment * due
      if (good && due > 0) found[tier] = (found[tier] ?? 0) + 1
    }
    return found
  }

  test('ends with 9 province, 7 district and 84 commune units that met all three targets; every unit is measured by all three', () => {
    expect(met(campaign2023.to)).toEqual({ province: 9, district: 7, commune: 84 })
    expect([...units.values()].filter(([received, , , due]) => received === 0 || due === 0)).toEqual([])
    expect([...units.keys()].filter((code) => tierOf.get(code) === 'district').length).toBe(9)
    expect([...units.keys()].filter((code) => tierOf.get(code) === 'commune').length).toBe(101)
  })

  test('moved forward from Friday to Friday', () => {
    const fridays = ['03-03', '03-10', '03-17', '03-24', '03-31', '04-07', '04-14', '04-21', '04-28', '05-05'].map((day) => `2023-${day}`)
    const rates = fridays.map((friday) => {
      const counts = [...byUnit(campaign2023.from, friday).values()]
      const sum = (i: 0 | 1 | 2 | 3 | 4): number => counts.reduce((total, one) => total + one[i], 0)
      return [sum(1) / sum(0), sum(2) / sum(0), sum(4) / sum(3)]
    })
    for (const [i, week] of rates.entries()) for (const [k, rate] of week.entries()) expect(rate).toBeGreaterThan(rates[i - 1]?.[k] ?? 0)
    expect(met('2023-03-31').commune).toBeLessThan(met('2023-04-28').commune ?? 0)
  })
})

test('the year has 120,000 dossiers, 97.3 % online, 97.29 % digitised, 62.58 % paid online', () => {
  const sums = [0, 0, 0, 0, 0]
  for (const one of byUnit('2023-01-01', '2023-12-31').values()) for (const [i, n] of one.entries()) sums[i] = (sums[i] ?? 0) + n
  const [received = 0, online = 0, digitised = 0, due = 0, paid = 0] = sums
  expect([received, percent(online, received), percent(digitised, received), percent(paid, due)]).toEqual([
    120_000,
    '97.30',
    '97.29',
    '62.58',
  ])
})

test('with what is reported the province scores 89.06 under Decision 766, and every reported line says that it is simulated', async () => {
  const lines = parse(await readFile(join(folder, 'reported.csv'), 'utf8'), { columns: true }) as Record<string, string>[]
  expect(lines.filter(({ source }) => !source?.includes('mô phỏng'))).toEqual([])
  const reported: Record<string, number> = {}
  for (const { quantity = '', agency_code, value } of lines)
    if (agency_code === 'H12') reported[quantity] = (reported[quantity] ?? 0) + Number(value)
  const year = new YearCount(input.procedures, input.days)
  for (const one of all) year.add(one)
  const amounts = { ...year.amounts(), ...(await catalogue2023(input.procedures)), ...reported }
  const score = scoreUnit(scheme2023(), 'province', amounts)
  expect([exact.written(score.total, 2), exact.written(score.unknown, 2)]).toEqual(['89.06', '0.00'])
})

test('dossiers run in order, in opening hours, are settled, and are nobody’s', () => {
  const wrong = all.filter(
    (one: DemoDossier) =>
      one.submitted_at > one.received_at ||
      one.received_at > one.completed_at ||
      one.completed_at > one.returned_at ||
      !input.days.isWorked(input.days.index(one.received_at.slice(0, 10))) ||
      ![8, 10].includes(one.status) ||
      !/^(096[0-3]\d{8}|20\d{8})$/.test(one.applicant_id) ||
      !/^0100\d{6}$/.test(one.applicant_phone),
  )
  expect(wrong).toEqual([])
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
})

test('the same seed writes the same file', async () => {
  const text = await readFile(join(folder, 'dossiers.csv'), 'utf8')
  const columns = text.slice(0, text.indexOf('\n')).split(',') as (keyof DemoDossier)[]
  const again = all.map((one) => columns.map((column) => one[column]).join(',')).join('\n')
  expect(text.slice(text.indexOf('\n') + 1, -1) === again).toBe(true)
})
