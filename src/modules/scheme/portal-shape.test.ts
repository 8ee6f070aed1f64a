import { expect, test } from 'vitest'
import { noCounts } from '../indicator/index.ts'
import { portalCounters, portalGroups, portalMetrics } from './portal-shape.ts'
import type { ScoredLine } from './queries/scores.ts'
import type { Amounts } from './rules/quantities.ts'
import { type Gaps, noGaps } from './rules/reported-months.ts'
import { versionOn } from './rules/scheme.ts'
import { scoreUnit } from './rules/score.ts'
import { nationalSchemes } from './schemes.ts'

const national = nationalSchemes()[0]
if (!national) throw new Error('there is no national scheme')
const { version } = versionOn(national, '2026-12-31')

function lineOf(amounts: Amounts, gaps: Gaps = noGaps): ScoredLine {
  const group = { key: 'H12', name: 'Ủy ban nhân dân tỉnh Cà Mau', tier: 'province', validFrom: null, members: [] } as const
  return { unit: { group, level: 'province' }, amounts, score: scoreUnit(version, 'province', amounts), temporary: false, gaps }
}

test('what nobody reported is null under the portal’s names, and so is the score of a group of which nothing is known; a real 0 stays 0', () => {
  const line = lineOf({
    received: 10,
    on_time: 6,
    open_in_time: 2,
    paid_online: 0,
    fee_due: 4,
    procedures_online: 5,
    procedures_online_filed: 0,
  })
  const counters = portalCounters(line, { online: { ...noCounts, received: 7, finished: 5, on_time: 4 } }, { partial: 2, full: 3 })
  expect(counters).toMatchObject({
    totalReceived: 10,
    totalOnTime: 8,
    totalOverdue: 2,
    avgProcessingDays: null,
    channelOnlineSum: 7,
    channelDirectSum: 0,
    onlineOnTimeSum: 4,
    onlineOverdueSum: 1,
    onlineDossierCount: 0,
    totalDossierOnlinePaymentSuccess: 0,
    totalFeeDossierFormality: null,
    totalFeeDossierFormalityDistinct: null,
    partialCount: 2,
    fullCount: 3,
  })
  expect(portalGroups(line).map(({ code }) => code)).toEqual(['CKMB', 'TDGQ', 'CLGQ', 'TTTT', 'MDSH', 'MDHL'])
  expect(portalGroups(line).find(({ code }) => code === 'CKMB')).toMatchObject({ score: null, maxScore: 18 })
  expect(portalGroups(line).find(({ code }) => code === 'TDGQ')).toMatchObject({ score: 16, maxScore: 20 })
  const metrics = new Map(portalMetrics(line).map((one) => [one.code, one]))
  expect(metrics.get('PUBLISH_ON_TIME')).toMatchObject({ numerator: null, denominator: null, ratio: null, score: null, maxScore: 6 })
  expect(metrics.get('ON_TIME')).toMatchObject({ numerator: 8, denominator: 10, ratio: 0.8, score: 16 })
})

test('a metric whose reported figure lacks months names them; others name none', () => {
  const gaps = { synced: { reported: ['2026-01', '2026-02'], missing: ['2026-03'] } }
  const metrics = new Map(portalMetrics(lineOf({ received: 10, synced: 8 }, gaps)).map((one) => [one.code, one]))
  expect(metrics.get('DOSSIER_SYNC')).toMatchObject({ numerator: 8, missingMonths: ['2026-03'] })
  expect(metrics.get('ON_TIME')?.missingMonths).toEqual([])
})
